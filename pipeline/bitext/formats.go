package bitext

// Formats is the table of bilingual file formats. A row in it takes part in the
// conformance test by being here.
var Formats = []Format{
	{
		Name: "xliff", Extensions: []string{".xlf", ".xliff"}, Title: "XLIFF 2.1",
		Keeps: allParts &^ PartSpan,
		read:  readXLIFF, write: writeXLIFF2("2.1"),
	},
	{
		Name: "tmx", Extensions: []string{".tmx"}, Title: "TMX 1.4b",
		Keeps: allParts &^ (PartTerms | PartMatches | PartSpan),
		read:  readTMX, write: writeTMX,
	},
	{
		Name: "tsv", Extensions: []string{".tsv", ".tab"}, Title: "TSV",
		Keeps: allParts &^ (PartLanguages | PartTerms | PartSpan),
		read:  readTSV, write: writeTSV,
	},
	{
		Name: "jsonl", Extensions: []string{".jsonl", ".ndjson"}, Title: "JSON Lines",
		Keeps: allParts,
		read:  readJSONL, write: writeJSONL,
	},
	{
		Name: "po", Extensions: []string{".po", ".pot"}, Title: "GNU gettext PO",
		Keeps: allParts &^ (PartTerms | PartSpan),
		read:  readPO, write: writePO,
	},
}

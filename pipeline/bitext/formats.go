package bitext

// Formats is the table of bilingual file formats. A row in it takes part in the
// conformance test by being here.
var Formats = []Format{
	{
		Name: "xliff", Extensions: []string{".xlf", ".xliff"}, Title: "XLIFF 2.1",
		Keeps:  allParts &^ PartSpan,
		splice: true, xml: true, validate: validateXLIFF, read: readXLIFF, write: writeXLIFF2("2.1"),
	},
	{
		Name: "xliff-2.0", Title: "XLIFF 2.0",
		Keeps:  allParts &^ PartSpan,
		splice: true, xml: true, validate: validateXLIFF, read: readXLIFF, write: writeXLIFF2("2.0"),
	},
	{
		Name: "xliff-2.2", Title: "XLIFF 2.2",
		Keeps:  allParts &^ PartSpan,
		splice: true, xml: true, validate: validateXLIFF, read: readXLIFF, write: writeXLIFF2("2.2"),
	},
	{
		Name: "xliff-1.2", Title: "XLIFF 1.2",
		Keeps:  allParts &^ (PartTerms | PartSpan),
		splice: true, xml: true, validate: validateXLIFF, read: readXLIFF, write: writeXLIFF12,
	},
	{
		Name: "sdlxliff", Extensions: []string{".sdlxliff"}, Title: "SDLXLIFF (XLIFF 1.2)",
		splice: true, xml: true, validate: validateXLIFF, read: readXLIFF,
	},
	{
		Name: "mqxliff", Extensions: []string{".mqxliff", ".mxliff"}, Title: "MQXLIFF (XLIFF 1.2)",
		splice: true, xml: true, validate: validateXLIFF, read: readXLIFF,
	},
	{
		Name: "tmx", Extensions: []string{".tmx"}, Title: "TMX 1.4b",
		Keeps:  allParts &^ (PartTerms | PartMatches | PartSpan),
		splice: true, xml: true, validate: validateTMX, read: readTMX, write: writeTMX,
	},
	{
		Name: "tsv", Extensions: []string{".tsv", ".tab"}, Title: "TSV",
		Keeps:  allParts &^ (PartLanguages | PartTerms | PartSpan),
		splice: true, noNUL: true, read: readTSV, write: writeTSV,
	},
	{
		Name: "csv", Extensions: []string{".csv"}, Title: "CSV (RFC 4180)",
		Keeps:  allParts &^ (PartLanguages | PartTerms | PartSpan),
		splice: true, noNUL: true, read: readCSV, write: writeCSV,
	},
	{
		Name: "xlsx", Extensions: []string{".xlsx"}, Title: "XLSX (Office Open XML)",
		Keeps: allParts &^ (PartLanguages | PartTerms | PartSpan),
		read:  readXLSX, write: writeXLSX,
	},
	{
		Name: "jsonl", Extensions: []string{".jsonl", ".ndjson"}, Title: "JSON Lines",
		Keeps: allParts,
		read:  readJSONL, write: writeJSONL,
	},
	{
		Name: "po", Extensions: []string{".po", ".pot"}, Title: "GNU gettext PO",
		Keeps:  allParts &^ (PartTerms | PartSpan),
		splice: true, noNUL: true, charset: poDeclared, validate: validatePO, read: readPO, write: writePO,
	},
	{
		Name: "wmt", Title: "WMT terminology task",
		Keeps: PartLanguages,
		read:  readWMT, write: writeWMT,
	},
}

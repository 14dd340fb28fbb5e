package bitext

// Codes are all codes that an Error of this package can carry. Each has a message and a
// paper in package locales.
var Codes = []string{
	"format-unknown", "format-not-read", "format-not-written", "format-not-spliced", "file-read",
	"file-not-utf8", "file-not-encoding", "file-encoding", "line-too-long", "text-nul", "gzip-file", "gzip-bomb",
	"language-tag", "languages-differ", "source-language-missing", "target-language-missing",
	"unit-not-utf8", "unit-span", "id-repeated", "splice-encoding", "splice-character", "splice-no-place",
	"splice-code", "xml-syntax", "xml-tag", "xml-truncated", "xml-root", "xml-name", "xml-prefix",
	"xml-attribute-repeated", "xml-character", "xml-entity", "xml-doctype", "xml-encoding",
	"xml-version", "xml-limit", "xliff-root", "xliff-version", "xliff-element", "xliff-child",
	"xliff-child-missing", "xliff-text", "xliff-attribute-missing", "xliff-attribute-unknown",
	"xliff-value", "xliff-data-missing", "xliff-language", "xliff-space", "xliff-order",
	"xliff-substate", "xliff-subtype", "xliff-cp", "xliff-skeleton", "xliff-pair",
	"xliff-pair-differs", "xliff-isolated", "xliff-comment", "xliff-reorder-context",
	"xliff-reorder-start", "xliff-reordered", "xliff-removed", "xliff-copy", "xliff-reference",
	"xliff-fragment", "xliff-gloss-empty", "xliff-validation-rule", "xliff-resource",
	"xliff-revision", "xliff-size", "tmx-root", "tmx-version", "tmx-element", "tmx-incomplete",
	"tmx-language-missing", "tmx-pair",
	"tmx-attribute-missing", "tmx-attribute-unknown", "tmx-value", "tmx-text", "tmx-source-missing", "po-syntax", "po-incomplete", "po-empty",
	"po-header", "po-plural", "po-newline", "po-format", "table-header",
	"table-column-repeated", "table-cells", "table-state", "more-syntax", "csv-quote",
	"xlsx-file", "xlsx-cell", "jsonl-syntax", "jsonl-value", "jsonl-surrogate", "moses-lines",
	"wmt-text-missing",
	"code-unknown", "code-doubled", "code-misplaced", "code-crossing", "code-missing",
	"unit-stale", "unit-untranslated", "unit-unknown", "unit-ambiguous",
}

package document

import (
	"strings"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

// languageWriter writes a language the way a document declares it at one place.
type languageWriter func(language.Tag) string

// languagePlace is where a document declares its language or the direction of its script.
type languagePlace struct {
	part  *part
	span  bitext.Span
	write languageWriter
}

// writeTag writes a BCP 47 tag: en-GB.
func writeTag(t language.Tag) string { return t.String() }

// writeLocale writes a tag the way POSIX and Open Graph do: en_GB, the region made up
// from the most likely one where the tag has none.
func writeLocale(t language.Tag) string {
	base, _ := t.Base()
	region, _ := t.Region()
	return base.String() + "_" + region.String()
}

// writeDirection writes the direction of the language's script.
func writeDirection(t language.Tag) string {
	if rightToLeft(t) {
		return "rtl"
	}
	return "ltr"
}

// rightToLeft reports whether a language is written from right to left. The scripts are
// those of Unicode's Bidi_Class R and AL in modern use.
func rightToLeft(t language.Tag) bool {
	script, _ := t.Script()
	return strings.Contains("Arab Hebr Syrc Thaa Nkoo Adlm Rohg", script.String())
}

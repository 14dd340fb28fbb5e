package glossary

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

var oneSpelling = strings.NewReplacer(
	"’", "'", "ʼ", "'", "-", " ", "\u2010", " ", "\u2011", " ", "\u00a0", " ", "\u202f", " ",
	"œ", "oe", "Œ", "Oe", "æ", "ae", "Æ", "Ae", "\u00ad", "",
)

// Spelling returns a term in the one spelling that stands for all that recognition takes
// for the same: composed (NFC), with straight apostrophes, spaces for hyphens and spelt-out
// ligatures. Two terms of one Spelling are found in the same places, but for their case.
func Spelling(term string) string { return oneSpelling.Replace(norm.NFC.String(term)) }

package document

import (
	"errors"
	"slices"
	"testing"
)

const xmlRules = "inline: [ref]\natom: [code]\naside: [note]\nhidden: [meta]\npreserve: [verse]\nattribute: [fig@alt, \"*@titre\"]\n"

var xmlCases = []struct {
	name, text, rules string
	want              []string
}{
	{"no rules", `<?xml version="1.0"?><doc><titre>Un</titre><p>Le <b>mot</b> juste.</p><p><b>Seul</b></p></doc>`, "", []string{"Un", "Le {1}mot{/1} juste.", "Seul"}},
	{"rules", `<doc><meta>x</meta><p titre="T">Voir <ref>la</ref><note><p>Une note.</p></note> <code>x</code> ici</p><fig alt="Image"/><verse>a
 b</verse></doc>`, xmlRules, []string{"T", "Voir {1}la{/1}{2:} {3:x} ici", "Une note.", "Image", "a\n b"}},
	{"ITS", `<d xml:lang="fr"><p translate="no">x</p><p>Le <i translate="no">y</i> z</p></d>`, "", []string{"Le {1:y} z"}},
	{"CDATA", `<d><p>a &lt;<![CDATA[<b> & c]]> d</p></d>`, "", []string{"a <<b> & c d"}},
	{"a prefix of its own", `<?xml version="1.0"?><!DOCTYPE d SYSTEM "d.dtd"><x:d xmlns:x="urn:x"><x:p>Oui</x:p></x:d>`, "", []string{"Oui"}},
}

func TestXML(t *testing.T) {
	for _, c := range xmlCases {
		t.Run(c.name, func(t *testing.T) {
			o := Options{}
			if c.rules != "" {
				o.Rules, _ = ParseRules([]byte(c.rules), "rules.yaml")
			}
			d := checkLaws(t, []byte(c.text), "x.xml", o)
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// What is not well-formed, or would reach outside the document, is refused by its name.
func TestMalformedXML(t *testing.T) {
	for text, code := range map[string]string{
		"<a><b></a></b>":   "markup-malformed",
		"<a>":              "markup-malformed",
		"<a/><b/>":         "markup-malformed",
		"<a/>x":            "markup-malformed",
		"<a b='1' b='2'/>": "markup-malformed",
		"<a b=1/>":         "markup-malformed",
		"<x::y/>":          "markup-malformed",
		"<a>\b</a>":        "markup-malformed",
		"<a>&#0;</a>":      "markup-entity",
		"<a>&#xD800;</a>":  "markup-entity",
		"<a>&eacute;</a>":  "markup-entity",
		"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>": "markup-doctype",
		"": "markup-malformed",
	} {
		_, err := Open([]byte(text), "x.xml", Options{})
		var e *Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s: %v, want %s", text, err, code)
		}
	}
	if _, err := ParseRules([]byte("inlin: [b]"), "rules.yaml"); err == nil {
		t.Error("an unknown key of a rule file is let through")
	}
}

func FuzzXML(f *testing.F) {
	for _, c := range xmlCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkLaws(t, data, "x.xml", Options{})
		checkLaws(t, data, "x.xhtml", Options{})
	})
}

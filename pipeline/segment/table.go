package segment

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

//go:embed data/*.yaml
var data embed.FS

// class says what an abbreviation lets its full stop do.
type class uint8

const (
	plain         class = iota // not an abbreviation
	never                      // never ends a sentence: M., cf.
	beforeNumber               // does not before a number: p., art.
	beforeCapital              // does not before a capital, save that of a starter: boul., St.
	maybeFinal                 // does before a starter or an opening quote: etc., Inc.
)

// table is what is known of a language.
type table struct {
	words    map[string]abbreviations // by the word, or the last of two, in lower case
	longest  int                      // bytes of the longest of them
	starters map[string]bool          // words that begin sentences rather than go on in them, in lower case
	opening  map[string]bool          // words that cannot be a sentence's last
	letters  map[string]bool          // letters that are words
	uncapped map[string]bool          // words that begin a sentence in lower case
	ordinals bool                     // a full stop behind a number makes an ordinal of it
	quoted   bool                     // speech always stands in quotes
	model    string
}

// abbreviations are those that are one word but for capitals, and those of two words that
// end in it.
type abbreviations struct {
	any   class // of the word in every case
	exact []abbreviation
}

// abbreviation is one with its capitals; of two words it is in lower case.
type abbreviation struct {
	text  string
	class class
}

// source is a table as it is written.
type source struct {
	Abbreviations struct {
		Never         string `yaml:"never"`
		BeforeNumber  string `yaml:"before-number"`
		BeforeCapital string `yaml:"before-capital"`
		MaybeFinal    string `yaml:"maybe-final"`
	} `yaml:"abbreviations"`
	Phrases  map[string]string `yaml:"phrases"`
	Starters string            `yaml:"starters"`
	Opening  string            `yaml:"never-last"`
	Letters  string            `yaml:"one-letter-words"`
	Uncapped string            `yaml:"lower-case-starters"`
	Quoted   bool              `yaml:"speech-in-quotes"`
	Ordinals bool              `yaml:"ordinal-full-stop"`
	Model    string            `yaml:"model"`
}

var classNames = map[string]class{"never": never, "before-number": beforeNumber, "before-capital": beforeCapital, "maybe-final": maybeFinal}

var languages = sync.OnceValue(func() map[string]func() *table {
	m := map[string]func() *table{}
	entries, err := data.ReadDir("data")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".yaml")
		if ok {
			m[name] = sync.OnceValue(func() *table { return compile("data/" + e.Name()) })
		}
	}
	return m
})

// tableOf is the table of the language, or the neutral one.
func tableOf(lang language.Tag) *table {
	base, _ := lang.Base()
	if t := languages()[base.String()]; t != nil {
		return t()
	}
	return languages()["und"]()
}

// compile makes a table of an embedded file; a mistake in one is a mistake in the
// program, which the tests find.
func compile(name string) *table {
	file, err := data.Open(name)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	var src source
	decoder := yaml.NewDecoder(file)
	decoder.KnownFields(true)
	if err := decoder.Decode(&src); err != nil {
		panic(name + ": " + err.Error())
	}
	t := &table{
		words:    map[string]abbreviations{},
		starters: set(src.Starters), opening: set(src.Opening), letters: set(src.Letters),
		uncapped: set(src.Uncapped), ordinals: src.Ordinals, quoted: src.Quoted, model: src.Model,
	}
	t.add(never, strings.Fields(src.Abbreviations.Never)...)
	t.add(beforeNumber, strings.Fields(src.Abbreviations.BeforeNumber)...)
	t.add(beforeCapital, strings.Fields(src.Abbreviations.BeforeCapital)...)
	t.add(maybeFinal, strings.Fields(src.Abbreviations.MaybeFinal)...)
	for phrase, class := range src.Phrases {
		if classNames[class] == plain {
			panic(name + ": " + phrase + ": no class " + class)
		}
		t.add(classNames[class], phrase)
	}
	return t
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// add enters abbreviations, written without their last full stop.
func (t *table) add(c class, list ...string) {
	for _, text := range list {
		key := strings.ToLower(text[strings.LastIndexByte(text, ' ')+1:])
		entry := t.words[key]
		if key == text {
			entry.any = c
		} else {
			entry.exact = append(slices.Clip(entry.exact), abbreviation{text, c})
		}
		t.words[key] = entry
		t.longest = max(t.longest, len(key))
	}
}

// withAbbreviations is a copy of the table with further abbreviations that never end a
// sentence.
func (t *table) withAbbreviations(list []string) (*table, error) {
	c := *t
	c.words = maps.Clone(t.words)
	for _, w := range list {
		w = strings.TrimSuffix(strings.TrimSpace(w), ".")
		if w == "" {
			return nil, &Error{Code: "segment-abbreviation-empty"}
		}
		c.add(never, w)
	}
	return &c, nil
}

// classOf is the class of the word before the site's punctuation, or of the two words.
func (t *table) classOf(s *site) class {
	if len(s.before) == 0 || len(s.before) > t.longest {
		return plain
	}
	var buf [64]byte
	entry, ok := t.words[string(fold(&buf, s.before))]
	if !ok {
		return plain
	}
	for _, a := range entry.exact {
		if a.text == s.before {
			return a.class
		}
		if strings.IndexByte(a.text, ' ') >= 0 && s.prev > s.from {
			two := s.text[wordStart(s.text, s.from, s.prev-1):s.term]
			if strings.EqualFold(two, a.text) {
				return a.class
			}
		}
	}
	return entry.any
}

// starts reports whether the word begins sentences rather than go on in them.
func (t *table) starts(word string) bool {
	var buf [64]byte
	return t.starters[string(fold(&buf, word))]
}

// fold writes the word in lower case and with straight apostrophes into the buffer; a
// word that is too long for it is nothing.
func fold(buf *[64]byte, word string) []byte {
	out := buf[:0]
	for _, r := range word {
		if r == '’' {
			r = '\''
		}
		if len(out)+utf8.UTFMax > len(buf) {
			return nil
		}
		out = utf8.AppendRune(out, unicode.ToLower(r))
	}
	return out
}

// Package locales holds everything drogman says to a person, in English and in French.
//
// A message has an ID and stands in the catalogue of each language, en/*.yaml and
// fr/*.yaml, one file per area of the program. An error or a finding names its message
// by its code (MessageID) and carries the values; For picks the reader's language; Text
// writes the sentence. Machine output never passes through here.
package locales

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
	"gopkg.in/yaml.v3"
)

//go:embed en/*.yaml fr/*.yaml
var catalogues embed.FS

// supported are the languages with a catalogue; the first is the default.
var supported = []language.Tag{language.English, language.French}

// Languages returns the languages that have a catalogue, the default first.
func Languages() []language.Tag { return slices.Clone(supported) }

// M holds the named values of a message. The key Count decides its plural form.
type M = map[string]any

// Coded is an error or a finding whose sentence stands in the catalogues under its code.
type Coded interface{ MessageID() string }

// Printer writes messages in one language. It is safe for concurrent use.
type Printer struct {
	tag       language.Tag
	localizer *i18n.Localizer
	numbers   *message.Printer
	ids       []string
}

// For returns the Printer of the first preference that names a language we speak: BCP 47
// tags or POSIX locale names ("fr_FR.UTF-8"); empty ones, "C" and "POSIX" are passed over
// to the default. It panics if the embedded catalogue does not parse, which a test rules out.
func For(preferences ...string) *Printer {
	tag := choose(preferences)
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	p := &Printer{tag: tag, numbers: message.NewPrinter(tag)}
	files, _ := fs.Glob(catalogues, tag.String()+"/*.yaml")
	for _, file := range files {
		data, _ := catalogues.ReadFile(file)
		area := strings.TrimSuffix(path.Base(file), ".yaml")
		loaded, err := bundle.ParseMessageFileBytes(data, area+"."+tag.String()+".yaml")
		if err != nil {
			panic(fmt.Sprintf("locales: %s: %v", file, err))
		}
		for _, m := range loaded.Messages {
			p.ids = append(p.ids, m.ID)
		}
	}
	p.localizer = i18n.NewLocalizer(bundle, tag.String())
	return p
}

func choose(preferences []string) language.Tag {
	for _, name := range preferences {
		if tag, ok := Spoken(name); ok {
			return tag
		}
	}
	return supported[0]
}

// Spoken returns the language with a catalogue that a BCP 47 tag or a POSIX locale name
// stands for, and whether there is one.
func Spoken(name string) (language.Tag, bool) {
	name, _, _ = strings.Cut(name, ".")
	if name == "C" || name == "POSIX" {
		return supported[0], true
	}
	tag, err := language.Parse(name)
	if err != nil {
		return language.Und, false
	}
	_, i, confidence := language.NewMatcher(supported).Match(tag)
	return supported[i], confidence >= language.High
}

// Language is the language the Printer writes.
func (p *Printer) Language() language.Tag { return p.tag }

// IDs returns the ID of every message, sorted.
func (p *Printer) IDs() []string {
	ids := slices.Clone(p.ids)
	slices.Sort(ids)
	return ids
}

// Text writes a message with its values: an M, or a struct or pointer to one whose
// exported fields the message names. A message that is missing or does not fit its
// values comes out as its ID in ‹ ›, which no test lets through.
func (p *Printer) Text(id string, values any) string {
	text, err := p.render(id, values)
	if err != nil {
		return "‹" + id + "›"
	}
	return text
}

// Lookup is Text that says why a message cannot be written.
func (p *Printer) Lookup(id string, values any) (string, error) { return p.render(id, values) }

func (p *Printer) render(id string, values any) (string, error) {
	config := &i18n.LocalizeConfig{
		MessageID:    id,
		TemplateData: values,
		Funcs:        template.FuncMap{"n": p.Number},
	}
	if m, ok := values.(M); ok {
		if count, ok := m["Count"]; ok {
			config.PluralCount = count
		}
	}
	text, err := p.localizer.Localize(config)
	if err == nil && strings.Contains(text, "<no value>") {
		err = fmt.Errorf("locales: message %s names a value it was not given: %s", id, text)
	}
	return strings.TrimRight(text, "\n"), err
}

// Number writes a whole or decimal number as the language does: 1,234.5 or 1 234,5.
func (p *Printer) Number(n any) string {
	return p.numbers.Sprint(number.Decimal(n, number.MaxFractionDigits(1)))
}

// Error writes what an error tells a person: the message of the first Coded error in its
// chain, with that error as its values; without one, the error's own English.
func (p *Printer) Error(err error) string {
	var coded interface {
		error
		Coded
	}
	if errors.As(err, &coded) {
		if text, err := p.render(coded.MessageID(), coded); err == nil {
			return text
		}
	}
	return err.Error()
}

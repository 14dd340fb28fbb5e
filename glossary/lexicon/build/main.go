// Build makes fr.lex, the embedded French lexicon, from the expanded forms of
// hunspell-fr (one form a line, then its lemmas, each as the number of bytes to cut from
// the form's end and the letters to put in their place).
//
//	go run ./glossary/lexicon/build FORMS.tsv.gz > glossary/lexicon/fr.lex
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"drogman/glossary/lexicon"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: build FORMS.tsv.gz > fr.lex")
	}
	f, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	zipped, err := gzip.NewReader(f)
	if err != nil {
		log.Fatal(err)
	}
	lemmas, err := read(zipped)
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(os.Stdout)
	write(out, lemmas)
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// read gathers the forms of each lemma.
func read(r io.Reader) (map[string][]string, error) {
	lemmas := map[string][]string{}
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		fields := strings.Split(scanner.Text(), "\t")
		for _, edit := range fields[1:] {
			lemma, err := apply(edit, fields[0])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", scanner.Text(), err)
			}
			lemmas[lemma] = append(lemmas[lemma], fields[0])
		}
	}
	return lemmas, scanner.Err()
}

// apply makes the lemma from a form: cut bytes, then append.
func apply(edit, form string) (string, error) {
	letters := strings.TrimLeft(edit, "0123456789")
	cut, err := strconv.Atoi(edit[:len(edit)-len(letters)])
	if err != nil {
		return "", err
	}
	lemma := form[:len(form)-cut] + letters
	if !utf8.ValidString(lemma) {
		return "", fmt.Errorf("lemma %q is not UTF-8", lemma)
	}
	return lemma, nil
}

// paradigm is a class before it has a number, and the stem that takes it.
type paradigm struct{ stem, class string }

// write writes the classes and the automaton of the stems.
func write(w io.Writer, lemmas map[string][]string) {
	var all []paradigm
	for lemma, forms := range lemmas {
		for _, p := range split(lemma, forms) {
			all = append(all, encode(p.verbal, p.forms))
		}
	}
	numbers := map[string]int{}
	for _, p := range all {
		numbers[p.class] = 0
	}
	for i, c := range slices.Sorted(maps.Keys(numbers)) {
		numbers[c] = i
		fmt.Fprintln(w, c)
	}
	fmt.Fprintln(w)
	slices.SortFunc(all, func(a, b paradigm) int {
		return cmp.Or(cmp.Compare(a.stem, b.stem), cmp.Compare(a.class, b.class))
	})
	var b builder
	for _, p := range slices.Compact(all) {
		b.add(p.stem, numbers[p.class])
	}
	b.write(w)
}

// forms of one paradigm, the lemma first.
type lemmaForms struct {
	verbal bool
	forms  []lexicon.Form
}

var infinitives = []string{"er", "ir", "re", "oir"}

// split tells verbs from the rest. A lemma with the ending of an infinitive and more
// forms than a noun can have is a verb; one that has a plural in -s besides (pouvoirs)
// is a noun too.
func split(lemma string, forms []string) []lemmaForms {
	verbal := len(forms) > 4 && slices.Contains(forms, lemma) &&
		slices.ContainsFunc(infinitives, func(e string) bool { return strings.HasSuffix(lemma, e) })
	if !verbal {
		return []lemmaForms{{false, nominal(lemma, forms)}}
	}
	var parts []lemmaForms
	if slices.Contains(forms, lemma+"s") {
		parts = append(parts, lemmaForms{false, nominal(lemma, []string{lemma, lemma + "s"})})
	}
	verb := []lexicon.Form{{Text: lemma}}
	for _, f := range forms {
		if f != lemma && f != lemma+"s" {
			verb = append(verb, lexicon.Form{Text: f})
		}
	}
	return append(parts, lemmaForms{true, verb})
}

// nominal gives each form its gender and number. The plural of a form is found by rule
// among the other forms. A form that is neither the lemma, nor its plural, nor another
// masculine (bel, vieil) is feminine. Where there is no feminine the gender is open: the
// word is a noun of either gender or an adjective with one form for both.
func nominal(lemma string, forms []string) []lexicon.Form {
	masculine := map[string]bool{lemma: true}
	for _, f := range forms {
		if isPlural(lemma, f, forms) || !strings.HasSuffix(strings.TrimSuffix(f, "s"), "e") {
			masculine[f] = true
		}
	}
	feminine := len(masculine) < len(forms)+boolInt(!slices.Contains(forms, lemma))
	out := []lexicon.Form{}
	for _, f := range forms {
		out = append(out, lexicon.Form{Text: f, Slots: slots(f, forms, masculine[f], feminine)})
	}
	slices.SortStableFunc(out, func(a, b lexicon.Form) int {
		return cmp.Compare(boolInt(b.Text == lemma), boolInt(a.Text == lemma))
	})
	return out
}

func slots(form string, forms []string, masculine, feminine bool) lexicon.Slot {
	var s lexicon.Slot
	switch {
	case masculine && feminine && strings.HasSuffix(form, "l") && !slices.Contains(forms, form+"s"):
		s = lexicon.Singular // bel, nouvel, vieil: before a vowel
	case slices.ContainsFunc(forms, func(f string) bool { return isPlural(f, form, forms) }):
		s = lexicon.Plural
	case slices.ContainsFunc(forms, func(f string) bool { return isPlural(form, f, forms) }):
		s = lexicon.Singular
	default:
		s = lexicon.Singular | lexicon.Plural
	}
	switch {
	case !feminine:
		return s
	case masculine:
		return s & (lexicon.MasculineSingular | lexicon.MasculinePlural)
	}
	return s & (lexicon.FeminineSingular | lexicon.FemininePlural)
}

// plurals are the endings of the singular and of the plural.
var plurals = [][2]string{{"", "s"}, {"", "x"}, {"al", "aux"}, {"ail", "aux"}, {"um", "a"}, {"o", "i"}, {"man", "men"}, {"el", "aux"}, {"eul", "eux"}, {"y", "ies"}}

// isPlural tells whether one of the forms is the plural of another. One in -es is that
// only where no form in -e can be its singular: antislashes, but not gauloises.
func isPlural(singular, plural string, forms []string) bool {
	if singular == plural {
		return false
	}
	if plural == singular+"es" {
		return !slices.Contains(forms, singular+"e")
	}
	for _, p := range plurals {
		if stem, ok := strings.CutSuffix(singular, p[0]); ok && plural == stem+p[1] {
			return !strings.HasSuffix(singular, "s")
		}
	}
	return false
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// encode cuts forms into their common stem and a line of endings (see lexicon.open).
func encode(verbal bool, forms []lexicon.Form) paradigm {
	stem := forms[0].Text
	for _, f := range forms {
		for !strings.HasPrefix(f.Text, stem) {
			_, size := utf8.DecodeLastRuneInString(stem)
			stem = stem[:len(stem)-size]
		}
	}
	kind := "n"
	if verbal {
		kind = "v"
	}
	endings := make([]string, len(forms))
	for i, f := range forms {
		endings[i] = fmt.Sprintf("%x%s", f.Slots, f.Text[len(stem):])
	}
	return paradigm{stem, kind + strings.Join(endings, "/")}
}

package document

import (
	"slices"
	"testing"

	"drogman/pipeline/bitext"
)

var catalogueCases = []struct {
	name, file, text string
	want, ids        []string
}{
	{"nested JSON", "fr.json", `{"a": {"titre": "L\u2019été", "n": 3, "l": ["Un", "Deux"]}, "vide": "", "q": "\"Oui\"\n"}`,
		[]string{"L’été", "Un", "Deux", "\"Oui\"\n"}, []string{"a.titre", "a.l.0", "a.l.1", "q"}},
	{"go-i18n JSON", "fr.json", `[{"id": "x", "description": "no", "one": "{{.N}} fichier", "other": "{{.N}} fichiers"}]`,
		[]string{"{1:{{.N}}} fichier", "{1:{{.N}}} fichiers"}, []string{"0.one", "0.other"}},
	{"a key named description", "fr.json", `{"description": "Oui", "titre": "Non"}`, []string{"Oui", "Non"}, []string{"description", "titre"}},
	{"placeholders", "fr.json", `{"a b": "%s a %1$d, {name}, ${x}, %(n)d, {0}: 100 % de <b>tout</b> <br/> &nbsp;"}`,
		[]string{"{1:%s} a {2:%1$d}, {3:{name}}, {4:${x}}, {5:%(n)d}, {6:{0}}: 100 % de {7}tout{/7} {8:<br/>} {9:&nbsp;}"}, []string{"a_b-10a3f9f2"}},
	{"ICU plural", "fr.json", `{"n": "Il y a {n, plural, one {# {type} ici} other {# fichiers}}."}`,
		[]string{"Il y a {1:{n, plural, one {}{2:#} {3:{type}} ici{4:} other {}{5:#} fichiers{6:}}}."}, []string{"n"}},
	{"YAML styles", "fr.yaml", "a: Un # non\nb: 'L''été'\nc: \"D\\u00e9j\\u00e0\"\nd: |\n  Ligne un\n  deux\ne: >-\n  plié\n  ici\nf: plat\n  suite\ng: [x, 'y, z']\nh: 3\ni: yes\n",
		[]string{"Un", "L'été", "Déjà", "Ligne un\ndeux\n", "plié ici", "plat suite", "x", "y, z", "yes"}, []string{"a", "b", "c", "d", "e", "f", "g.0", "g.1", "i"}},
	{"go-i18n YAML", "fr.yaml", "msg:\n  description: no\n  other: Oui\n", []string{"Oui"}, []string{"msg.other"}},
	{"properties", "fr.properties", "# non\n! non\na=Un\nb.c : L\\u2019\\u00e9t\\u00e9 \\\n   long\nd\ne\\ f Oui\n",
		[]string{"Un", "L’été long", "Oui"}, []string{"a", "b.c", "e_f-590997d2"}},
}

func TestCatalogues(t *testing.T) {
	for _, c := range catalogueCases {
		t.Run(c.name, func(t *testing.T) {
			d := checkLaws(t, []byte(c.text), c.file, Options{})
			if d == nil {
				_, err := Open([]byte(c.text), c.file, Options{})
				t.Fatal(err)
			}
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			var ids []string
			for _, b := range d.Blocks {
				ids = append(ids, b.ID)
			}
			if !slices.Equal(ids, c.ids) {
				t.Errorf("IDs %q, want %q", ids, c.ids)
			}
			checkRewritten(t, d)
		})
	}
}

// Each translation must come back from the style its source was written in.
func TestYAMLStyles(t *testing.T) {
	d, _ := Open([]byte(catalogueCases[5].text), "fr.yaml", Options{})
	for _, s := range []string{"yes", "No: it's", "# x", "a\nb", " led", "trailing ", "[x], {y}", "\"q\"", "'", "null", "12", "a #b", "é\u2028x", "- a", "*a", "&a", "!x", "%a", "@a", "`a", "a:"} {
		out := merged(t, d, func(b *Block) (string, []bitext.Code, bool) { return s, nil, true })
		again, err := Open(out, "fr.yaml", Options{})
		if err != nil {
			t.Fatalf("%q: %v\n%s", s, err, out)
		}
		for _, b := range again.Blocks {
			if b.Text != s && b.Text != s+"\n" {
				t.Errorf("%q read back %q:\n%s", s, b.Text, out)
				break
			}
		}
	}
}

func TestKeys(t *testing.T) {
	d, _ := Open([]byte(`{"a": {"title": "x", "id": "y"}, "title": "z"}`), "x.json", Options{Keys: []string{"*.title"}})
	if got := blocks(d); !slices.Equal(got, []string{"x"}) {
		t.Errorf("got %q", got)
	}
}

func TestPO(t *testing.T) {
	const source = "msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n# note\nmsgctxt \"c\"\nmsgid \"\"\n\"Un \"\n\"mot\\n\"\nmsgstr \"\"\n\nmsgid \"%d jour\"\nmsgid_plural \"%d jours\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n\n#~ msgid \"x\"\n#~ msgstr \"\"\n"
	d := checkLaws(t, []byte(source), "x.po", Options{})
	if got, want := blocks(d), []string{"Un mot\n", "{1:%d} jour", "{1:%d} jours"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	got := merged(t, d, func(b *Block) (string, []bitext.Code, bool) {
		return map[string]string{"Un mot\n": "One \"word\"\n", "%d jour": "%d day", "%d jours": "%d days"}[b.Text], nil, true
	})
	const want = "msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n# note\nmsgctxt \"c\"\nmsgid \"\"\n\"Un \"\n\"mot\\n\"\nmsgstr \"One \\\"word\\\"\\n\"\n\nmsgid \"%d jour\"\nmsgid_plural \"%d jours\"\nmsgstr[0] \"%d day\"\nmsgstr[1] \"%d days\"\n\n#~ msgid \"x\"\n#~ msgstr \"\"\n"
	if string(got) != want {
		t.Errorf("got %s", got)
	}
}

func FuzzCatalogues(f *testing.F) {
	f.Add([]byte("a=\\u1000\xb1"))
	for _, c := range catalogueCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"x.json", "x.yaml", "x.properties", "x.po"} {
			checkLaws(t, data, name, Options{})
		}
	})
}

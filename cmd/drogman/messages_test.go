package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"drogman/glossary"
	"drogman/glossary/exchange"
	"drogman/glossary/lint"
	"drogman/locales"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
	"drogman/pipeline/document"
	"drogman/pipeline/segment"
	"drogman/pipeline/suspect"
)

// call is one place in this package that names a message, with the values it gives.
type call struct {
	place  token.Position
	id     string
	values []string
}

// messageCalls finds every message named in this package by a literal: arguments of
// text, narrate, usage and Text, and the fields of usageError and fault.
func messageCalls(t *testing.T) []call {
	t.Helper()
	files := token.NewFileSet()
	var calls []call
	names, _ := os.ReadDir(".")
	for _, name := range names {
		if !strings.HasSuffix(name.Name(), ".go") || strings.HasSuffix(name.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			var id, values ast.Expr
			switch n := n.(type) {
			case *ast.CallExpr:
				id, values = callArguments(n)
			case *ast.CompositeLit:
				id, values = literalFields(n)
			}
			if text, ok := literal(id); ok {
				calls = append(calls, call{files.Position(n.Pos()), text, keys(values)})
			}
			return true
		})
	}
	return calls
}

func callArguments(c *ast.CallExpr) (id, values ast.Expr) {
	name := ""
	switch f := c.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	at, ok := map[string]int{"text": 0, "narrate": 0, "usage": 0, "Text": 0, "fault": 1}[name]
	if !ok || len(c.Args) <= at {
		return nil, nil
	}
	if len(c.Args) > at+1 {
		values = c.Args[at+1]
	}
	return c.Args[at], values
}

func literalFields(c *ast.CompositeLit) (id, values ast.Expr) {
	if name, ok := c.Type.(*ast.Ident); !ok || name.Name != "usageError" && name.Name != "fault" {
		return nil, nil
	}
	for _, e := range c.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			switch kv.Key.(*ast.Ident).Name {
			case "id":
				id = kv.Value
			case "values":
				values = kv.Value
			}
		}
	}
	return id, values
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

func keys(values ast.Expr) []string {
	lit, ok := values.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var names []string
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if name, ok := literal(kv.Key); ok {
				names = append(names, name)
			}
		}
	}
	return names
}

// Every message this program names exists in both languages and renders with the very
// values it is given, whatever their number.
func TestMessagesRender(t *testing.T) {
	calls := messageCalls(t)
	if len(calls) < 40 {
		t.Fatalf("found only %d places that name a message: the search is broken", len(calls))
	}
	for _, tag := range locales.Languages() {
		say := locales.For(tag.String())
		for _, c := range calls {
			for _, number := range []int{0, 1, 3} {
				values := locales.M{"Cause": "because"} // a fault's cause is added when it is told
				for _, name := range c.values {
					values[name] = number
				}
				if _, err := say.Lookup(c.id, values); err != nil {
					t.Errorf("%v: in %s, for %d: %v", c.place, tag, number, err)
				}
			}
		}
	}
}

var unnamedValue = regexp.MustCompile(`--\S+ (strings?|int|float|stringArray)\b`)

// Help pages are whole in both languages, and no verb is without one.
func TestHelpPages(t *testing.T) {
	for _, tag := range locales.Languages() {
		w := newWorld(strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}, func(string) string { return "" })
		w.say = locales.For(tag.String())
		each(w.rootCommand(), func(c *cobra.Command) {
			var page bytes.Buffer
			c.SetOut(&page)
			if err := c.Help(); err != nil {
				t.Errorf("%s in %s: %v", c.CommandPath(), tag, err)
			}
			if bad := unnamedValue.FindString(page.String()); bad != "" {
				t.Errorf("%s in %s: name the value of the flag in back quotes: %s", c.CommandPath(), tag, bad)
			}
			if strings.Contains(page.String(), "(default [") {
				t.Errorf("%s in %s shows a default that pflag made up", c.CommandPath(), tag)
			}
			if i := strings.IndexRune(page.String(), '‹'); i >= 0 {
				t.Errorf("%s in %s lacks a message: %.60s", c.CommandPath(), tag, page.String()[i:])
			}
		})
	}
}

// codeLists are the codes that errors and findings of each package can carry.
var codeLists = [][]string{
	bitext.Codes,
	segment.Codes,
	document.Codes,
	suspect.Codes,
	exchange.Codes,
	glossary.Codes,
	lint.Codes(),
	check.Codes,
	ruleCodes(),
	{check.StaleWaiver, check.ExpiredWaiver},
}

func ruleCodes() []string {
	var codes []string
	for _, r := range check.Rules {
		codes = append(codes, r.Code)
	}
	return codes
}

// What is told of a suspect place renders with the very values it is given.
func TestSuspectsRender(t *testing.T) {
	for _, tag := range locales.Languages() {
		w := &world{say: locales.For(tag.String())}
		for _, code := range suspect.Codes {
			for _, count := range []int{1, 3} {
				for _, block := range []string{"", "BLOCK"} {
					told := w.sentence(&notice{suspect.Finding{Code: code, Have: "HAVE"}, count, "a.txt", 2, 5, block})
					if !strings.HasPrefix(told, "a.txt:2:5: ") || !strings.Contains(told, "HAVE") || strings.Contains(told, "‹") ||
						strings.Contains(told, "3") != (count == 3) || strings.Contains(told, "BLOCK") != (block != "") {
						t.Errorf("%s in %s: %s", code, tag, told)
					}
				}
			}
		}
	}
}

// A code that can be printed can be explained, and what can be explained is a message.
func TestEveryCodeIsExplained(t *testing.T) {
	for _, tag := range locales.Languages() {
		ids := locales.For(tag.String()).IDs()
		for _, codes := range codeLists {
			for _, code := range codes {
				for _, id := range []string{code, code + papers} {
					if !slices.Contains(ids, id) {
						t.Errorf("%s has no message %s", tag, id)
					}
				}
			}
		}
	}
}

var badFrench = regexp.MustCompile(`[^\s\x{a0}\x{202f}(\[–—?!…\pL\d'’"»“.][?!;]|\pL[;?!]| [;!?»]|« |\pL: `)

// French messages keep French typography: no-break spaces inside « » and before : ; ! ?
func TestFrenchTypography(t *testing.T) {
	say := locales.For("fr")
	for _, id := range say.IDs() {
		if strings.HasSuffix(id, ".example") {
			continue
		}
		text, _ := say.Lookup(id, locales.M{})
		for line := range strings.Lines(text) {
			quoted := strings.HasPrefix(line, " ") || strings.Contains(line, "http")
			if bad := badFrench.FindString(line); bad != "" && !quoted {
				t.Errorf("%s: %q in %q", id, bad, line)
			}
		}
	}
}

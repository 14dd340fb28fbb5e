package bitext

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The rules of PO files beyond their syntax, after the GNU gettext manual: sections “The
// Format of PO Files”, “Filling in the Header Entry”, “Plural forms” and “c-format”.

// poRule is one rule: it returns what an entry has and what it should, "" for what is well.
type poRule struct {
	code  string
	judge func(f *poFile, e *poEntry) (have, want string)
}

// poFile is what the header entry says for all others.
type poFile struct {
	plurals int // nplurals, 0: not said
	charset string
}

var poRules = []poRule{
	{"po-header", rulePOHeader},
	{"po-plural", rulePOPlural},
	{"po-newline", rulePONewline},
	{"po-format", rulePOFormat},
}

// validatePO reads the file for the errors that reading meets and holds each entry that is
// not obsolete to the rules.
func validatePO(in *input, yield func(*Error) bool) {
	file, stopped := &poFile{}, false
	report := func(e *Error) bool {
		stopped = stopped || !yield(e)
		return !stopped
	}
	in.entry = func(e *poEntry) bool {
		if e.isHeader() {
			file.readHeader(e.text("msgstr"))
		}
		for _, rule := range poRules {
			have, want := rule.judge(file, e)
			if have+want != "" && !report(&Error{Code: rule.code, Place: e.place, Unit: e.text("msgctxt"), Have: shown(have), Want: want}) {
				return false
			}
		}
		return true
	}
	readPO(in, func(_ Unit, err error) bool {
		return err == nil || report(asError(err, in.name))
	})
}

func (e *poEntry) isHeader() bool { return e.text("msgid") == "" && e.fields["msgctxt"] == nil }

var (
	nplurals  = regexp.MustCompile(`(?m)^Plural-Forms:.*\bnplurals\s*=\s*([0-9]{1,3})`)
	poCharset = regexp.MustCompile(`(?m)^Content-Type:.*\bcharset=(\S+)`)
)

func (f *poFile) readHeader(text string) {
	if m := nplurals.FindStringSubmatch(text); m != nil {
		f.plurals, _ = strconv.Atoi(m[1])
	}
	if m := poCharset.FindStringSubmatch(text); m != nil {
		f.charset = m[1]
	}
}

// rulePOHeader: a Plural-Forms field says how many forms there are and which number takes
// which (nplurals=…; plural=…;), and a Content-Type names the charset.
func rulePOHeader(f *poFile, e *poEntry) (have, want string) {
	if !e.isHeader() {
		return "", ""
	}
	for line := range strings.SplitSeq(e.text("msgstr"), "\n") {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch {
		case name == "Plural-Forms" && !strings.Contains(value, "INTEGER") && (f.plurals == 0 || !strings.Contains(value, "plural=") && !strings.Contains(value, "plural =")):
			return line, "nplurals=…; plural=…;"
		case name == "Content-Type" && f.charset == "":
			return line, "text/plain; charset=UTF-8"
		}
	}
	return "", ""
}

// rulePOPlural: an entry with msgid_plural has msgstr[0] to msgstr[nplurals-1] and no other;
// one without has msgstr alone. A template's empty forms may be any number.
func rulePOPlural(f *poFile, e *poEntry) (have, want string) {
	forms, filled := 0, false
	for keyword, text := range e.fields {
		if strings.HasPrefix(keyword, "msgstr[") {
			forms++
			filled = filled || text.Len() > 0
		}
	}
	plural := e.fields["msgid_plural"] != nil
	switch {
	case plural && e.fields["msgstr"] != nil:
		return "msgstr", "msgstr[0]"
	case !plural && forms > 0:
		return "msgstr[0]", "msgid_plural"
	case !plural:
		return "", ""
	}
	for i := range forms {
		if e.fields[fmt.Sprintf("msgstr[%d]", i)] == nil {
			return "", fmt.Sprintf("msgstr[%d]", i)
		}
	}
	if filled && f.plurals > 0 && forms != f.plurals {
		return strconv.Itoa(forms), "nplurals=" + strconv.Itoa(f.plurals)
	}
	return "", ""
}

// translations calls do for each source string and translation that must agree: msgstr and
// msgstr[0] with msgid, the further forms with msgid_plural.
func (e *poEntry) translations(do func(keyword, source, target string) bool) {
	for keyword, text := range e.fields {
		if !strings.HasPrefix(keyword, "msgstr") || text.Len() == 0 {
			continue
		}
		source := e.text("msgid")
		if strings.HasPrefix(keyword, "msgstr[") && keyword != "msgstr[0]" {
			source = e.text("msgid_plural")
		}
		if !do(keyword, source, text.String()) {
			return
		}
	}
}

// rulePONewline: msgid and msgstr begin with a line feed both or neither, and so they end.
func rulePONewline(_ *poFile, e *poEntry) (have, want string) {
	if e.isHeader() || e.fuzzy {
		return "", ""
	}
	e.translations(func(keyword, source, target string) bool {
		if strings.HasPrefix(source, "\n") != strings.HasPrefix(target, "\n") ||
			strings.HasSuffix(source, "\n") != strings.HasSuffix(target, "\n") {
			have, want = keyword, `\n`
		}
		return have == ""
	})
	return have, want
}

// cDirective is one directive of printf: %, an argument's number, flags, width, precision,
// length, conversion. A blank is no flag here: “100 % des” is prose.
var cDirective = regexp.MustCompile(`%(?:(\d+)\$)?[-+0#'I]*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?(?:hh|h|ll|l|q|L|j|z|t)?([diouxXeEfFgGaAcsCSpnm%])`)

// pythonDirective is one directive of Python's %-formatting that names its argument.
var pythonDirective = regexp.MustCompile(`%\((\w+)\)[-+0# ]*\d*(?:\.\d+)?([diouxXeEfFgGcrsa])`)

// rulePOFormat: a translation of a string that is flagged c-format or python-format takes
// the same arguments as the source. Of plural forms, one may leave out an argument (“one
// file”), so there only those it does take are judged.
func rulePOFormat(_ *poFile, e *poEntry) (have, want string) {
	if e.fuzzy || e.isHeader() {
		return "", ""
	}
	arguments := map[bool]func(string) []string{true: cArguments, false: pythonArguments}
	for _, c := range []bool{true, false} {
		if !slices.Contains(e.flags, pick(c, "c-format", "python-format")) {
			continue
		}
		e.translations(func(_, source, target string) bool {
			s, t := arguments[c](source), arguments[c](target)
			missing := slices.ContainsFunc(s, func(a string) bool { return !slices.Contains(t, a) })
			added := slices.ContainsFunc(t, func(a string) bool { return !slices.Contains(s, a) })
			if added || missing && e.fields["msgid_plural"] == nil {
				have, want = strings.Join(t, " "), strings.Join(s, " ")
				have = pick(have == "", "–", have)
			}
			return have == ""
		})
	}
	return have, want
}

// cArguments lists the arguments of a C format string by number and kind of conversion.
func cArguments(format string) (list []string) {
	next := 0
	for _, m := range cDirective.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" || m[2] == "m" {
			continue
		}
		number := m[1]
		if number == "" {
			next++
			number = strconv.Itoa(next)
		}
		list = append(list, "%"+number+"$"+sameConversion(m[2]))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// sameConversion is the first of the conversions that take an argument of the same type.
func sameConversion(c string) string {
	for _, kinds := range []string{"di", "ouxX", "eEfFgGaA"} {
		if strings.Contains(kinds, c) {
			return kinds[:1]
		}
	}
	return c
}

func pythonArguments(format string) (list []string) {
	for _, m := range pythonDirective.FindAllStringSubmatch(format, -1) {
		list = append(list, "%("+m[1]+")"+pick(strings.Contains("rsa", m[2]), "s", sameConversion(m[2])))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

package edit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"drogman/glossary"
)

// ErrFlow is returned by Add where a section is written in brackets: its entries have no
// lines of their own.
var ErrFlow = errors.New("section in flow style")

// Options of Format.
type Options struct {
	// Sort puts the entries of each group in the order of Lang's dictionaries. A group is
	// a run of entries without a blank line between them: groups and their order are the
	// author's. A comment moves with the entry below it.
	Sort bool
	Lang language.Tag
}

// Format tidies a file: lines end in \n without white space before it, the file in one
// line break; never two blank lines together, none at the start, one between sections.
// Text that a value holds over several lines is not touched. Formatting twice is
// formatting once; no comment is lost.
func Format(data []byte, opt Options) ([]byte, error) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	root, err := parse([]byte(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)))
	if err != nil {
		return nil, err
	}
	if len(root.children) == 0 {
		return []byte(tidy(root.text(), false)), nil
	}
	closeLast(root)
	for i, section := range root.children {
		if i > 0 && !strings.Contains(section.lead, "\n\n") && !strings.HasPrefix(section.lead, "\n") {
			section.lead = "\n" + section.lead
		}
		if opt.Sort && section.key != "glossary" {
			sortGroups(section, opt.Lang)
		}
		walk(section, tidyBlock)
	}
	root.head, root.tail = tidy(root.head, true), tidy(root.tail, true)
	return []byte(strings.Trim(root.text(), "\n") + "\n"), nil
}

// closeLast gives the last line of the file its line break, so that blocks can move.
func closeLast(b *block) {
	for len(b.children) > 0 && b.tail == "" {
		b = b.children[len(b.children)-1]
	}
	last := &b.tail
	if b.tail == "" {
		last = &b.head
	}
	if !strings.HasSuffix(*last, "\n") {
		*last += "\n"
	}
}

func walk(b *block, do func(*block)) {
	do(b)
	for _, child := range b.children {
		walk(child, do)
	}
}

// tidyBlock tidies what is no value over several lines: of a leaf with more than one line
// only the comments above it.
func tidyBlock(b *block) {
	b.lead, b.tail = tidy(b.lead, true), tidy(b.tail, true)
	if strings.Count(b.head, "\n") == 1 {
		b.head = tidy(b.head, true)
	}
}

// tidy strips the ends of lines and joins runs of blank lines; within says that the text
// stands between others, so that a blank line at its ends is kept.
func tidy(s string, within bool) string {
	var out strings.Builder
	blank := !within
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, " \t\r\n")
		if line == "" && blank {
			continue
		}
		blank = line == ""
		out.WriteString(line + "\n")
	}
	if !within {
		return strings.TrimRight(out.String(), "\n") + strings.Repeat("\n", min(1, out.Len()))
	}
	return out.String()
}

// sortGroups sorts the entries of a section, group by group.
func sortGroups(section *block, lang language.Tag) {
	order := collate.New(lang)
	entries := section.children
	for start := 0; start < len(entries); {
		end := start + 1
		for end < len(entries) && !strings.Contains("\n"+entries[end].lead, "\n\n") {
			end++
		}
		group := entries[start:end]
		above := groupLead(group[0])
		slices.SortStableFunc(group, func(a, b *block) int { return order.CompareString(a.key, b.key) })
		group[0].lead = above + group[0].lead
		start = end
	}
}

// groupLead takes off what stands above a whole group: the comments up to a blank line,
// and the blank line, stay where they are when its first entry moves.
func groupLead(first *block) string {
	i := strings.LastIndex("\n"+first.lead, "\n\n")
	if i < 0 {
		return ""
	}
	above := first.lead[:i+1]
	first.lead = first.lead[i+1:]
	return above
}

// Add writes a concept as the last entry of its section, which is made where it is
// missing. The file is otherwise unchanged.
func Add(data []byte, c *glossary.Concept, g *glossary.Glossary) ([]byte, error) {
	root, err := parse(data)
	if err != nil {
		return nil, err
	}
	entry := Entry(c, g)
	section, _ := root.child(string(c.Type))
	if section == nil {
		text := strings.TrimRight(string(data), "\n")
		return []byte(fmt.Sprintf("%s\n\n%s:\n%s", text, c.Type, entry)), nil
	}
	if len(section.children) == 0 && strings.TrimSpace(stripComment(section.head)) != string(c.Type)+":" {
		return nil, ErrFlow
	}
	closeLast(root)
	if n := len(section.children); n > 0 {
		last := section.children[n-1]
		entry = reindent(entry, last.indent(), c.Type == glossary.Keep && !section.list)
	}
	section.children = append(section.children, &block{head: entry})
	return []byte(root.text()), nil
}

func stripComment(line string) string {
	before, _, _ := strings.Cut(line, " #")
	return before
}

// reindent moves an entry from two spaces to those of its neighbours, and from a list
// item to a key where the neighbours are keys.
func reindent(entry string, spaces int, unlist bool) string {
	var out strings.Builder
	for line := range strings.Lines(entry) {
		line = strings.TrimPrefix(line, "  ")
		if unlist {
			line = strings.TrimPrefix(line, "- ")
			if !strings.Contains(line, ":") {
				line = strings.TrimSuffix(line, "\n") + ":\n"
			}
		}
		out.WriteString(strings.Repeat(" ", spaces) + line)
	}
	return out.String()
}

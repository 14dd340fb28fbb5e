package segment

import "strings"

// userRules are the exceptions that a user has added.
type userRules struct{ rules []userRule }

// userRule is a place between two pieces of plain text.
type userRule struct {
	before, after string
	ends          bool
}

// add adds the exceptions, each written "before|after".
func (u *userRules) add(exceptions []string, ends bool) error {
	for _, e := range exceptions {
		before, after, _ := strings.Cut(e, "|")
		before, after = strings.TrimSpace(before), strings.TrimSpace(after)
		if before == "" {
			return &Error{Code: "segment-exception-empty", Have: e, Want: "before|after"}
		}
		u.rules = append(u.rules, userRule{before, after, ends})
	}
	return nil
}

// says is what the user's exceptions say of a place; one against a break wins.
func (u *userRules) says(text string, place int) (o opinion) {
	for _, r := range u.rules {
		if !strings.HasSuffix(text[:place], r.before) {
			continue
		}
		if !strings.HasPrefix(sameParagraph(text[place:min(len(text), place+look)]), r.after) {
			continue
		}
		if !r.ends {
			return goesOn
		}
		o = ends
	}
	return o
}

// sameParagraph is the text without the white space at its start, up to a second line
// break.
func sameParagraph(text string) string {
	const spaces = " \u00A0\u202F\r\t"
	return strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(text, spaces), "\n"), spaces)
}

// exception halts at a byte before which a user's exception may name a place.
func (w *walker) exception() bool {
	w.pos++
	if w.user.says(w.text, w.pos) == ends {
		return w.settle(w.pos, true, "user")
	}
	return false
}

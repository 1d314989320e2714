package setup

import (
	"strings"
	"unicode"
)

// marks are the quotes that a text is pasted in.
const marks = "\"'`“”„«»"

// unseen tells the characters that come along when something is copied from a
// letter or a page, and that nobody sees: spaces of every width, the byte order
// mark, and the marks of direction.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Cf, r)
}

// pasted is a key or an address as it was meant: nothing unseen in it, and no
// quotes around it.
func pasted(text string) string {
	text = strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, text)
	return strings.Trim(text, marks)
}

// sentence is a text that people read: on one line, nothing unseen around it.
func sentence(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
	return strings.TrimFunc(text, unseen)
}

// fileName is a path of this machine, which may well have spaces in it.
func fileName(text string) string {
	return strings.TrimFunc(strings.Trim(strings.TrimFunc(text, unseen), marks), unseen)
}

// items are the parts of a list, which commas, semicolons or spaces part.
func items(text string) []string {
	all := []string{}
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || unseen(r) }) {
		if item = strings.Trim(item, marks); item != "" {
			all = append(all, item)
		}
	}
	return all
}

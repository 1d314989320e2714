package config

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// set writes a value and returns the new text.
func (l *layout) set(path []step, v Value) []byte {
	if s := find(l.all, path); s != nil {
		if valueOf(s.means) == v {
			return l.text
		}
		return l.replace(s, v)
	}
	if s := around(l.all, path); s != nil {
		return l.addInside(s, path, v)
	}
	return l.add(path, v)
}

// splice puts a text in the place of another.
func (l *layout) splice(from, to int, text string) []byte {
	return slices.Concat(l.text[:from], []byte(text), l.text[to:])
}

// replace changes the value of a key. A comment behind it stays in its column
// as long as there is room.
func (l *layout) replace(s *statement, v Value) []byte {
	from, to := s.value[0], s.value[1]
	text := v.String()
	rest := l.text[to:l.lineEnd(to)]
	gap := len(rest) - len(bytes.TrimLeft(rest, " "))
	if gap > 1 && rest[gap] == '#' {
		column := utf8.RuneCount(l.text[l.lineStart(to):to]) + gap
		now := utf8.RuneCount(l.text[l.lineStart(from):from]) + utf8.RuneCountInString(text)
		text += strings.Repeat(" ", max(column-now, 1))
		to += gap
	}
	return l.splice(from, to, text)
}

// addInside writes a new pair into braces.
func (l *layout) addInside(s *statement, path []step, v Value) []byte {
	pair := keyText(path[len(s.path):]) + " = " + v.String()
	if len(s.inside) == 0 {
		return l.splice(s.value[0], s.value[1], "{ "+pair+" }")
	}
	end := s.inside[len(s.inside)-1].to
	return l.splice(end, end, ", "+pair)
}

// add writes a key that is not there: below its header, else beside other keys
// that name its section with dots, else below a new header.
func (l *layout) add(path []step, v Value) []byte {
	section := path[:len(path)-1]
	if header := l.headerOf(section); header >= 0 || len(section) == 0 {
		at, indent := l.room(header, path[len(path)-1].name)
		return l.insert(at, indent+keyText(path[len(path)-1:])+" = "+v.String())
	}
	for i := range slices.Backward(l.all) {
		if s := &l.all[i]; !s.header && below(s.path, section) && s.head < len(section) {
			return l.insert(s.to, l.indent(s.from)+keyText(path[s.head:])+" = "+v.String())
		}
	}
	lines := []string{"[" + keyText(section) + "]", keyText(path[len(path)-1:]) + " = " + v.String()}
	for i := range l.all {
		if s := &l.all[i]; s.header && below(s.path, section) {
			return l.insert(l.lead(s), append(lines, "")...)
		}
	}
	return l.atEnd(lines)
}

// switchedOff is a key that stands in a comment, and elsewhere a header.
var switchedOff = regexp.MustCompile(`^#+[ \t]*(?:([A-Za-z0-9_-]+)[ \t]*=|\[)`)

// room is where a new key of a header is to stand: below the comment that shows
// it switched off, else below the last key.
func (l *layout) room(header int, name string) (at int, indent string) {
	keys := l.region(header)
	from := 0
	if header >= 0 {
		from = l.all[header].to
	}
	at, indent = from, ""
	if len(keys) > 0 {
		last := &keys[len(keys)-1]
		at, indent = l.tail(last), l.indent(last.from)
	}
	end := len(l.text)
	if next := header + 1 + len(keys); next < len(l.all) {
		end = l.all[next].from
	}
	for line := from; line < end; line = l.lineEnd(line) {
		if i := slices.IndexFunc(keys, func(s statement) bool { return s.from <= line && line < s.to }); i >= 0 {
			continue
		}
		found := switchedOff.FindStringSubmatch(l.line(line))
		if found == nil {
			continue
		}
		if found[1] == name {
			return l.lineEnd(line), l.indent(line)
		}
		if found[1] == "" {
			break // what stands below belongs to the header that is switched off
		}
	}
	return at, indent
}

// indent is the space at the start of a line.
func (l *layout) indent(from int) string {
	line := l.text[from:]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// insert writes whole lines, with the line ends that the text has.
func (l *layout) insert(at int, lines ...string) []byte {
	end := l.lineFeed()
	block := strings.Join(lines, end) + end
	if at > 0 && l.text[at-1] != '\n' {
		block = end + strings.TrimSuffix(block, end)
	}
	return l.splice(at, at, block)
}

func (l *layout) lineFeed() string {
	if i := bytes.IndexByte(l.text, '\n'); i > 0 && l.text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// atEnd writes lines at the end of the text, set off by an empty one.
func (l *layout) atEnd(lines []string) []byte {
	if len(l.text) > 0 && l.line(l.lineStart(len(l.text)-1)) != "" {
		lines = append([]string{""}, lines...)
	}
	return l.insert(len(l.text), lines...)
}

// keyText writes names as TOML, with dots between them.
func keyText(path []step) string {
	var names []string
	for _, s := range path {
		switch {
		case s.item > 0: // a header names the list only
		case s.name != "" && strings.IndexFunc(s.name, notInName) < 0:
			names = append(names, s.name)
		default:
			names = append(names, quoted(s.name))
		}
	}
	return strings.Join(names, ".")
}

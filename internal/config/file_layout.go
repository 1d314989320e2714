package config

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// step leads from a table to the value of a name or, where item is set, from a
// list of tables to one of its items, counted from 1.
type step struct {
	name string
	item int
}

// steps are those of a full key, such as uzum.service_id.
func steps(key string) []step {
	var path []step
	for name := range strings.SplitSeq(key, ".") {
		path = append(path, step{name: name})
	}
	return path
}

// below tells whether path leads through the value that outer leads to.
func below(path, outer []step) bool {
	return len(path) > len(outer) && slices.Equal(path[:len(outer)], outer)
}

// statement is a header, or a key with its value, and where they stand.
type statement struct {
	header bool
	path   []step
	head   int // steps that the header or the braces around have taken already
	from   int // of the first of its lines; between braces, of the key
	to     int // behind the line feed of its last line; between braces, behind the value
	value  [2]int
	means  *node
	inside []statement // the pairs of a table in braces
}

// layout is where everything stands in a text, which is TOML.
type layout struct {
	text   []byte // without a byte order mark
	all    []statement
	counts map[string]int // items of each list of tables so far
}

func readLayout(text []byte) *layout {
	l := &layout{text: text, counts: make(map[string]int)}
	d := openDocument(text)
	var header []step
	for d.parser.NextExpression() {
		e := d.parser.Expression()
		if e.Kind == unstable.KeyValue {
			s := l.pair(d, e, header)
			s.from, s.to = l.lineStart(s.from), l.lineEnd(s.to)
			l.all = append(l.all, s)
			continue
		}
		names, from, to := keyOf(e)
		header = l.resolve(nil, names, e.Kind == unstable.ArrayTable)
		l.all = append(l.all, statement{header: true, path: header, from: l.lineStart(from), to: l.lineEnd(to)})
	}
	return l
}

// keyOf are the names of a key or a header, and where they stand.
func keyOf(e *unstable.Node) (names []string, from, to int) {
	from = -1
	for keys := e.Key(); keys.Next(); {
		raw := keys.Node().Raw
		if from < 0 {
			from = int(raw.Offset)
		}
		to = int(raw.Offset + raw.Length)
		names = append(names, string(keys.Node().Data))
	}
	return names, from, to
}

// resolve walks from a table along names. A list of tables on the way is
// walked to its last item, and to a new one where the last name begins one.
func (l *layout) resolve(from []step, names []string, begins bool) []step {
	path := slices.Clone(from)
	for i, name := range names {
		path = append(path, step{name: name})
		begins := begins && i == len(names)-1
		if !begins && len(l.counts) == 0 {
			continue
		}
		list := fmt.Sprintf("%#v", path)
		if begins {
			l.counts[list]++
		}
		if n := l.counts[list]; n > 0 {
			path = append(path, step{item: n})
		}
	}
	return path
}

func (l *layout) pair(d *document, e *unstable.Node, header []step) statement {
	names, from, to := keyOf(e)
	s := statement{head: len(header), path: l.resolve(header, names, false), from: from}
	sign := to + bytes.IndexByte(l.text[to:], '=') + 1
	s.value[0] = sign + len(l.text[sign:]) - len(bytes.TrimLeft(l.text[sign:], " \t"))
	s.value[1] = int(e.Raw.Offset + e.Raw.Length)
	s.to = s.value[1]
	s.means = d.value(e.Value(), 0)
	if e.Value().Kind == unstable.InlineTable {
		for pairs := e.Value().Children(); pairs.Next(); {
			s.inside = append(s.inside, l.pair(d, pairs.Node(), s.path))
		}
	}
	return s
}

func (l *layout) lineStart(at int) int { return bytes.LastIndexByte(l.text[:at], '\n') + 1 }

// lineEnd is behind the line feed, or the end of the text.
func (l *layout) lineEnd(at int) int {
	if i := bytes.IndexByte(l.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(l.text)
}

// line is the one that begins at an offset, without the space around it.
func (l *layout) line(from int) string {
	return string(bytes.TrimSpace(l.text[from:l.lineEnd(from)]))
}

// find looks for a key with its value, between braces too.
func find(all []statement, path []step) *statement {
	for i := range all {
		s := &all[i]
		if !s.header && slices.Equal(s.path, path) {
			return s
		}
		if found := find(s.inside, path); found != nil {
			return found
		}
	}
	return nil
}

// around looks for the innermost braces that a path leads into.
func around(all []statement, path []step) *statement {
	for i := range all {
		s := &all[i]
		if s.header || s.means.kind != kindTable || !below(path, s.path) {
			continue
		}
		if inner := around(s.inside, path); inner != nil {
			return inner
		}
		return s
	}
	return nil
}

// headerOf is the number of the header of a table; -1 where there is none.
func (l *layout) headerOf(path []step) int {
	return slices.IndexFunc(l.all, func(s statement) bool { return s.header && slices.Equal(s.path, path) })
}

// region are the keys below the header of a number; -1 is the start of the file.
func (l *layout) region(header int) []statement {
	rest := l.all[header+1:]
	if end := slices.IndexFunc(rest, func(s statement) bool { return s.header }); end >= 0 {
		return rest[:end]
	}
	return rest
}

// lastWithin is the last statement of a table or a list; nil where there is none.
func (l *layout) lastWithin(path []step) *statement {
	for i := range slices.Backward(l.all) {
		if s := &l.all[i]; slices.Equal(s.path, path) || below(s.path, path) {
			return s
		}
	}
	return nil
}

// lead is where the comment begins that stands directly above a statement.
func (l *layout) lead(s *statement) int {
	floor := 0
	for i := range l.all {
		if l.all[i].to <= s.from {
			floor = l.all[i].to
		}
	}
	from := s.from
	for from > floor && strings.HasPrefix(l.line(l.lineStart(from-1)), "#") {
		from = l.lineStart(from - 1)
	}
	return from
}

// tail is where the comment ends that stands directly below a statement, unless
// it is the one above the next header.
func (l *layout) tail(s *statement) int {
	to := s.to
	for to < len(l.text) && strings.HasPrefix(l.line(to), "#") {
		to = l.lineEnd(to)
	}
	if to < len(l.text) && l.line(to) != "" {
		return s.to
	}
	return to
}

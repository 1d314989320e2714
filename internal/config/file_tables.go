package config

import (
	"slices"
	"strings"
)

// tablesOf are the tables of a list.
func tablesOf(list *node) []Table {
	if list == nil || list.kind != kindList {
		return nil
	}
	var all []Table
	for _, item := range list.items {
		if item.kind == kindTable {
			all = append(all, tableOf(item))
		}
	}
	return all
}

// setTables returns the text with the items of a list of tables as they are to
// be. Each change moves what comes after it, so the text is laid out anew.
func setTables(text []byte, path []step, tables []Table) ([]byte, error) {
	l := readLayout(text)
	if list := find(l.all, path); list != nil {
		if slices.EqualFunc(tablesOf(list.means), tables, sameTable) {
			return text, nil
		}
		return l.replace(list, inBrackets(tables, l.lineFeed())), nil
	}
	there := 0
	for l.headerOf(append(path[:len(path):len(path)], step{item: there + 1})) >= 0 {
		there++
	}
	for n := there; n > len(tables); n-- {
		text = readLayout(text).removeItem(append(path[:len(path):len(path)], step{item: n}))
	}
	var err error
	for i, table := range tables {
		if i >= there {
			text = readLayout(text).appendItem(path, i, table)
			continue
		}
		if text, err = setItem(text, append(path[:len(path):len(path)], step{item: i + 1}), table); err != nil {
			return nil, err
		}
	}
	return text, nil
}

// inBrackets writes tables as a list, one a line.
func inBrackets(tables []Table, end string) Value {
	if len(tables) == 0 {
		return Value{kindList, "[]"}
	}
	var b strings.Builder
	b.WriteString("[" + end)
	for _, table := range tables {
		b.WriteString("  " + table.String() + "," + end)
	}
	b.WriteString("]")
	return Value{kindList, b.String()}
}

// setItem changes the keys of one item.
func setItem(text []byte, item []step, table Table) ([]byte, error) {
	within := func(name string) []step { return append(item[:len(item):len(item)], step{name: name}) }
	for _, name := range itemNames(readLayout(text), item) {
		if _, stays := table.Get(name); !stays {
			text = readLayout(text).removeKey(within(name))
		}
	}
	for _, p := range table {
		if nodeOf(p.Value) == nil {
			return nil, sayByHand
		}
		text = readLayout(text).set(within(p.Key), p.Value)
		if _, err := readDocument(text, ""); err != nil {
			return nil, err
		}
	}
	return text, nil
}

// itemNames are the keys of an item, in their order.
func itemNames(l *layout, item []step) []string {
	var names []string
	for i := range l.all {
		s := &l.all[i]
		if below(s.path, item) && !slices.Contains(names, s.path[len(item)].name) {
			names = append(names, s.path[len(item)].name)
		}
	}
	return names
}

// removeKey takes out the lines of a key, or of all that it has below it.
func (l *layout) removeKey(path []step) []byte {
	text := l.text
	for i := range slices.Backward(l.all) {
		if s := &l.all[i]; slices.Equal(s.path, path) || below(s.path, path) {
			text = slices.Concat(text[:s.from], text[s.to:])
		}
	}
	return text
}

// appendItem writes a new item after the last one, or where a first one is to
// be: after the keys of the section around, else at the end of the file.
func (l *layout) appendItem(path []step, there int, table Table) []byte {
	lines := []string{"[[" + keyText(path) + "]]"}
	for _, p := range table {
		lines = append(lines, keyText([]step{{name: p.Key}})+" = "+p.Value.String())
	}
	last := l.lastWithin(append(path[:len(path):len(path)], step{item: there}))
	if there == 0 {
		last = l.lastOfSection(path[:len(path)-1])
	}
	if last == nil {
		return l.atEnd(lines)
	}
	at := l.tail(last)
	if at == len(l.text) {
		return l.atEnd(lines)
	}
	if l.line(at) != "" {
		lines = append(lines, "")
	}
	return l.insert(at, append([]string{""}, lines...)...)
}

// lastOfSection is the last key of a section, or its header; nil where it has
// none of its own.
func (l *layout) lastOfSection(section []step) *statement {
	header := l.headerOf(section)
	if header < 0 {
		return nil
	}
	return &l.all[header+len(l.region(header))]
}

// removeItem takes out an item with the comments directly above and below it,
// and with the empty lines that set it off.
func (l *layout) removeItem(item []step) []byte {
	from, to := l.lead(&l.all[l.headerOf(item)]), l.tail(l.lastWithin(item))
	if to < len(l.text) && l.line(to) != "" {
		return l.splice(from, to, "")
	}
	for from > 0 && l.line(l.lineStart(from-1)) == "" {
		from = l.lineStart(from - 1)
	}
	for from == 0 && to < len(l.text) && l.line(to) == "" {
		to = l.lineEnd(to)
	}
	return l.splice(from, to, "")
}

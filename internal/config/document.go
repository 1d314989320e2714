package config

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// node is a value of the file and the line it stands on.
type node struct {
	kind   kind
	line   int
	text   string // of text and dates
	number int64
	names  []string // of a table, in the order of the file
	values map[string]*node
	items  []*node // of a list
}

func newTable(line int) *node {
	return &node{kind: kindTable, line: line, values: make(map[string]*node)}
}

func (n *node) set(name string, value *node) {
	if _, there := n.values[name]; !there {
		n.names = append(n.names, name)
	}
	n.values[name] = value
}

// inner finds the table that name leads to, as headers and dotted keys do: the
// last one where name is a list of tables, and a new one where there is none.
func (n *node) inner(name string, line int) *node {
	value := n.values[name]
	if value != nil && value.kind == kindList && len(value.items) > 0 {
		value = value.items[len(value.items)-1]
	}
	if value == nil || value.kind != kindTable {
		value = newTable(line)
		n.set(name, value)
	}
	return value
}

// append puts a new table at the end of the list that name is.
func (n *node) append(name string, line int) *node {
	list := n.values[name]
	if list == nil || list.kind != kindList {
		list = &node{kind: kindList, line: line}
		n.set(name, list)
	}
	item := newTable(line)
	list.items = append(list.items, item)
	return item
}

// byteOrderMark is what editors on Windows begin a UTF-8 file with.
const byteOrderMark = "\uFEFF"

// notUTF8 finds the first byte that can't be UTF-8; -1 where there is none.
func notUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// document turns TOML into nodes.
type document struct {
	parser unstable.Parser
	breaks []int // offsets of the line feeds
}

func openDocument(data []byte) *document {
	d := &document{}
	for i, b := range data {
		if b == '\n' {
			d.breaks = append(d.breaks, i)
		}
	}
	d.parser.Reset(data)
	return d
}

// readDocument reads a whole file. The library's decoder decides whether it is
// TOML at all; its parser, which knows lines and checks less, is read for the
// values.
func readDocument(data []byte, path string) (*node, error) {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return nil, Errors{{Path: path, Msg: sayUTF16.says, Hint: sayUTF16.hint}}
	}
	if at := notUTF8(data); at >= 0 {
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		return nil, Errors{{Path: path, Line: line, Msg: sayNotUTF8.says, Hint: sayNotUTF8.hint}}
	}
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if err := toml.Unmarshal(data, new(map[string]any)); err != nil {
		return nil, Errors{syntaxError(err, path)}
	}
	d := openDocument(data)
	root := newTable(0)
	current := root
	for d.parser.NextExpression() {
		current = d.expression(d.parser.Expression(), root, current)
	}
	if err := d.parser.Error(); err != nil {
		return nil, Errors{syntaxError(err, path)}
	}
	return root, nil
}

// expression takes one header or one key with its value, and returns the table
// that the keys after it belong to.
func (d *document) expression(e *unstable.Node, root, current *node) *node {
	switch e.Kind {
	case unstable.Table:
		parent, name, line := d.follow(e, root)
		return parent.inner(name, line).at(line)
	case unstable.ArrayTable:
		parent, name, line := d.follow(e, root)
		return parent.append(name, line)
	case unstable.KeyValue:
		d.keyValue(e, current)
	}
	return current
}

// at moves a table that a longer header had implied to the line of its own.
func (n *node) at(line int) *node {
	n.line = line
	return n
}

func (d *document) keyValue(e *unstable.Node, table *node) {
	parent, name, line := d.follow(e, table)
	parent.set(name, d.value(e.Value(), line))
}

// follow walks along a dotted key up to its last name.
func (d *document) follow(e *unstable.Node, table *node) (parent *node, last string, line int) {
	keys := e.Key()
	for keys.Next() {
		key := keys.Node()
		line = d.line(key)
		last = string(key.Data)
		if keys.IsLast() {
			break
		}
		table = table.inner(last, line)
	}
	return table, last, line
}

// value reads a value that begins after something on line.
func (d *document) value(v *unstable.Node, line int) *node {
	if v.Raw.Length > 0 {
		line = d.line(v)
	}
	n := &node{line: line, text: string(v.Data)}
	switch v.Kind {
	case unstable.String:
		n.kind = kindText
	case unstable.Bool:
		n.kind = kindBoolean
	case unstable.Integer:
		n.kind = kindInteger
		// Out of range was refused by the decoder already.
		n.number, _ = strconv.ParseInt(n.text, 0, 64)
	case unstable.LocalDate:
		n.kind = kindDate
	case unstable.Float:
		n.kind = kindFloat
	case unstable.Array:
		n.kind = kindList
		for items := v.Children(); items.Next(); {
			n.items = append(n.items, d.value(items.Node(), line))
		}
	case unstable.InlineTable:
		n = newTable(line)
		for pairs := v.Children(); pairs.Next(); {
			d.keyValue(pairs.Node(), n)
		}
	default:
		n.kind = kindTime
	}
	return n
}

func (d *document) line(n *unstable.Node) int {
	before, _ := slices.BinarySearch(d.breaks, int(n.Raw.Offset))
	return before + 1
}

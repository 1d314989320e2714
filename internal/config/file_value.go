package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Value is what stands behind a key of the settings file. Two are equal, with
// ==, when they mean the same, however the file writes them.
type Value struct {
	kind kind
	text string // of a text what it says, of everything else what TOML writes
}

// Pair is a key with its value.
type Pair struct {
	Key   string
	Value Value
}

// Table is the keys below one [[header]], in their order.
type Table []Pair

// Get finds the value of a key.
func (t Table) Get(key string) (Value, bool) {
	at := slices.IndexFunc(t, func(p Pair) bool { return p.Key == key })
	if at < 0 {
		return Value{}, false
	}
	return t[at].Value, true
}

// Text is a text in quotes. Bytes that are no UTF-8, which TOML can't hold,
// become the replacement character.
func Text(text string) Value {
	return Value{kindText, strings.ToValidUTF8(text, string(unicode.ReplacementChar))}
}

// Whole is a whole number.
func Whole(number int64) Value { return Value{kindInteger, strconv.FormatInt(number, 10)} }

// Flag is true or false.
func Flag(on bool) Value { return Value{kindBoolean, strconv.FormatBool(on)} }

// Texts is a list of texts.
func Texts(texts []string) Value {
	items := make([]string, len(texts))
	for i, text := range texts {
		items[i] = Text(text).String()
	}
	return Value{kindList, "[" + strings.Join(items, ", ") + "]"}
}

// AsText is what a text says, or a date; false where the value is something else.
func (v Value) AsText() (string, bool) { return v.text, v.kind == kindText }

// AsWhole is the number; false where the value is something else.
func (v Value) AsWhole() (int64, bool) {
	number, err := strconv.ParseInt(v.text, 10, 64)
	return number, err == nil && v.kind == kindInteger
}

// String writes the value as TOML.
func (v Value) String() string {
	if v.kind == kindText {
		return quoted(v.text)
	}
	return v.text
}

// quoted writes a text as TOML. Hashes and paths of Windows are full of what
// "…" wants escaped, so they stand in '…', where nothing is.
func quoted(text string) string {
	plain := !strings.Contains(text, "'") && !strings.ContainsFunc(text, unicode.IsControl)
	if plain && strings.ContainsAny(text, `\$`) {
		return "'" + text + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// valueOf is what a node of the file means. A date means the same in quotes and
// without.
func valueOf(n *node) Value {
	switch n.kind {
	case kindText, kindDate:
		return Text(n.text)
	case kindInteger:
		return Whole(n.number)
	case kindList:
		items := make([]string, len(n.items))
		for i, item := range n.items {
			items[i] = valueOf(item).String()
		}
		return Value{kindList, "[" + strings.Join(items, ", ") + "]"}
	case kindTable:
		return Value{kindTable, tableOf(n).String()}
	default:
		return Value{n.kind, n.text}
	}
}

func tableOf(n *node) Table {
	table := make(Table, len(n.names))
	for i, name := range n.names {
		table[i] = Pair{name, valueOf(n.values[name])}
	}
	return table
}

// String writes the table in braces.
func (t Table) String() string {
	pairs := make([]string, len(t))
	for i, p := range t {
		pairs[i] = keyText([]step{{name: p.Key}}) + " = " + p.Value.String()
	}
	if len(pairs) == 0 {
		return "{}"
	}
	return "{ " + strings.Join(pairs, ", ") + " }"
}

// sameTable tells whether two tables hold the same, in whatever order.
func sameTable(a, b Table) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(p Pair) bool {
		v, there := b.Get(p.Key)
		return !there || v != p.Value
	})
}

package config

import "slices"

// An edit of a text is believed only when the text that comes of it means
// exactly what it was to mean. Nodes are compared for that.

// same tells whether two values of the file mean the same. A table with nothing
// in it is as good as none: a section may come into being or go by a header.
func same(a, b *node) bool {
	if a == nil || b == nil {
		return blank(a) && blank(b)
	}
	switch {
	case a.kind == kindTable && b.kind == kindTable:
		return sameBelow(a, b)
	case a.kind == kindList && b.kind == kindList:
		return slices.EqualFunc(a.items, b.items, same)
	default:
		return valueOf(a) == valueOf(b)
	}
}

func sameBelow(a, b *node) bool {
	for name, value := range a.values {
		if !same(value, b.values[name]) {
			return false
		}
	}
	for name, value := range b.values {
		if a.values[name] == nil && !blank(value) {
			return false
		}
	}
	return true
}

// blank tells a table without a value in it.
func blank(n *node) bool {
	if n == nil {
		return true
	}
	if n.kind != kindTable {
		return false
	}
	for _, value := range n.values {
		if !blank(value) {
			return false
		}
	}
	return true
}

// walk follows names through tables; nil where something else is in the way.
func (n *node) walk(path []step) *node {
	for _, s := range path {
		if n == nil || n.kind != kindTable {
			return nil
		}
		n = n.values[s.name]
	}
	return n
}

// put sets what a path leads to, and reports whether it can be led there.
func (n *node) put(path []step, value *node) bool {
	last := len(path) - 1
	for _, s := range path[:last] {
		next := n.values[s.name]
		if next == nil {
			next = newTable(0)
			n.set(s.name, next)
		}
		if next.kind != kindTable {
			return false
		}
		n = next
	}
	n.set(path[last].name, value)
	return true
}

// nodeOf reads a value back; nil where TOML can't hold it.
func nodeOf(v Value) *node {
	root, err := readDocument([]byte("x = "+v.String()), "")
	if err != nil || len(root.names) != 1 {
		return nil
	}
	return root.values["x"]
}

// drop takes out what a path leads to.
func (n *node) drop(path []step) {
	if parent := n.walk(path[:len(path)-1]); parent != nil && parent.kind == kindTable {
		delete(parent.values, path[len(path)-1].name)
	}
}

package keys

import (
	"slices"

	"tushum/internal/lang"
)

// Action names what a key does.
type Action string

// Scope is a part of the console in which bindings work.
type Scope string

// Binding is one action with the keys that do it.
type Binding struct {
	Action Action
	Keys   []string  // as Bubble Tea names them; the first one is shown. None: it is in the palette only
	Where  []Scope   // the parts in which it works
	Label  lang.Text // one or two words for the footer; empty: not shown there
	Name   lang.Text // what it does, for the help table and the palette
	Silent bool      // not in the palette: moving about
}

// Works tells whether the binding works in one of the scopes.
func (b Binding) Works(scopes ...Scope) bool {
	return slices.ContainsFunc(b.Where, func(s Scope) bool { return slices.Contains(scopes, s) })
}

// Pressed tells whether a key is one of the binding's, on a Latin or a Cyrillic
// layout.
func (b Binding) Pressed(key string) bool {
	return key != "" && slices.ContainsFunc(b.Keys, func(k string) bool { return k == key || Twin(k) == key })
}

// Shown is the key as people read it: "Esc", "↑", "Ctrl+C". Empty without one.
func (b Binding) Shown() string {
	if len(b.Keys) == 0 {
		return ""
	}
	return Show(b.Keys[0])
}

// Find is the binding that a key has in the scopes; those of the first scope
// come first.
func Find(key string, scopes ...Scope) (Binding, bool) {
	for _, s := range scopes {
		for _, b := range All {
			if b.Works(s) && b.Pressed(key) {
				return b, true
			}
		}
	}
	return Binding{}, false
}

// Of is the binding of an action.
func Of(a Action) (Binding, bool) {
	i := slices.IndexFunc(All, func(b Binding) bool { return b.Action == a })
	if i < 0 {
		return Binding{}, false
	}
	return All[i], true
}

// KeyOf is the key of an action as people read it.
func KeyOf(a Action) string {
	b, _ := Of(a)
	return b.Shown()
}

// In lists the bindings of the scopes, those of the first scope first, none twice.
func In(scopes ...Scope) []Binding {
	var in []Binding
	seen := make(map[Action]bool)
	for _, s := range scopes {
		for _, b := range All {
			if b.Works(s) && !seen[b.Action] {
				in, seen[b.Action] = append(in, b), true
			}
		}
	}
	return in
}

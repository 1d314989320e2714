package keys_test

import (
	"slices"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/tui/keys"
)

// together are the parts whose bindings work at the same time, the inner one first.
var together = [][]keys.Scope{
	{keys.Today, keys.Transaction, keys.Lists, keys.Anywhere},
	{keys.Invoices, keys.Invoice, keys.Lists, keys.Anywhere},
	{keys.Calls, keys.Call, keys.Lists, keys.Anywhere},
	{keys.Invoice, keys.Text, keys.Anywhere},
	{keys.Invoice, keys.Lists, keys.Anywhere},
	{keys.Transaction, keys.Text, keys.Anywhere},
	{keys.Call, keys.Text, keys.Anywhere},
	{keys.Code, keys.Anywhere},
	{keys.Deal, keys.Code, keys.Anywhere},
	{keys.Form, keys.Anywhere},
	{keys.Text, keys.Anywhere},
	{keys.Settings, keys.Lists, keys.Anywhere},
	{keys.Doctor, keys.Text, keys.Anywhere},
	{keys.Setup, keys.Anywhere},
	{keys.Sheet, keys.Text, keys.Anywhere},
}

// shadowed are keys that an inner part takes from an outer one on purpose.
var shadowed = map[keys.Scope][]string{
	keys.Form:  {"tab"}, // moves between the fields
	keys.Setup: {"tab"},
}

func TestNoKeyDoesTwoThings(t *testing.T) {
	t.Parallel()
	for _, scopes := range together {
		owner := make(map[string]keys.Binding)
		for _, scope := range scopes {
			for _, b := range keys.In(scope) {
				for _, key := range withTwins(b.Keys) {
					first, taken := owner[key]
					if taken && first.Action != b.Action && !slices.Contains(shadowed[scopes[0]], key) {
						t.Errorf("in %v the key %q is %s and %s", scopes, key, first.Action, b.Action)
					}
					if !taken {
						owner[key] = b
					}
				}
			}
		}
	}
}

func withTwins(names []string) []string {
	var all []string
	for _, name := range names {
		all = append(all, name)
		if twin := keys.Twin(name); twin != "" {
			all = append(all, twin)
		}
	}
	return all
}

func TestEveryActionIsBoundOnce(t *testing.T) {
	t.Parallel()
	seen := make(map[keys.Action]bool)
	for _, b := range keys.All {
		if seen[b.Action] {
			t.Errorf("%s is there twice", b.Action)
		}
		seen[b.Action] = true
		if len(b.Where) == 0 {
			t.Errorf("%s works nowhere", b.Action)
		}
		if b.Silent && len(b.Keys) == 0 {
			t.Errorf("%s can't be reached", b.Action)
		}
	}
}

func TestEveryActionHasItsWords(t *testing.T) {
	t.Parallel()
	for _, b := range keys.All {
		for what, text := range map[string]lang.Text{"name": b.Name, "label": b.Label} {
			if what == "label" && text == (lang.Text{}) {
				continue
			}
			if text.UZ == "" || text.RU == "" || text.EN == "" {
				t.Errorf("the %s of %s lacks a language: %+v", what, b.Action, text)
			}
			for _, s := range []string{text.UZ, text.RU, text.EN} {
				if strings.TrimSpace(s) != s || strings.HasSuffix(s, ".") {
					t.Errorf("the %s of %s: %q", what, b.Action, s)
				}
			}
		}
	}
	for _, scope := range keys.Scopes() {
		if title := keys.Titles[scope]; title.UZ == "" || title.RU == "" || title.EN == "" {
			t.Errorf("%s has no title", scope)
		}
		if len(keys.In(scope)) == 0 {
			t.Errorf("%s has no bindings", scope)
		}
	}
}

func TestTwins(t *testing.T) {
	t.Parallel()
	for key, twin := range map[string]string{
		"q": "й", "n": "т", "L": "Д", "ctrl+q": "ctrl+й", "/": ".", "?": ",", ":": "Ж", "[": "х", "]": "ъ",
		"enter": "", "1": "", "esc": "", "ctrl+": "", "+": "", "f1": "", "": "", "tab": "",
	} {
		if got := keys.Twin(key); got != twin {
			t.Errorf("Twin(%q) = %q, want %q", key, got, twin)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key    string
		scopes []keys.Scope
		want   keys.Action
	}{
		{"n", []keys.Scope{keys.Today, keys.Anywhere}, keys.New},
		{"т", []keys.Scope{keys.Today, keys.Anywhere}, keys.New},
		{"й", []keys.Scope{keys.Code, keys.Anywhere}, keys.Quit},
		{"tab", []keys.Scope{keys.Form, keys.Anywhere}, keys.NextField},
		{"tab", []keys.Scope{keys.Today, keys.Anywhere}, keys.NextTab},
		{"c", []keys.Scope{keys.Transaction}, keys.CopyID},
		{"c", []keys.Scope{keys.Invoice}, keys.CopyLink},
		{"c", []keys.Scope{keys.Form}, ""},
		{"", []keys.Scope{keys.Anywhere}, ""},
	} {
		got, found := keys.Find(c.key, c.scopes...)
		if got.Action != c.want || found != (c.want != "") {
			t.Errorf("Find(%q, %v) = %q, %v; want %q", c.key, c.scopes, got.Action, found, c.want)
		}
	}
}

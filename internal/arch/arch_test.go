// Package arch holds the test of the architecture: who may import whom. It has
// no other code, and nothing imports it.
//
// The direction is one way only,
//
//	cmd → tui, webhook, store/bolt → store → internal
//	      tui, webhook → qr
//
// and some libraries belong to one room of the house each. A rule that has to
// change is changed here, with the reason in docs/architecture.md.
package arch

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "tushum"

// edge is one import of one file.
type edge struct {
	file string // from the root, with slashes
	from string // folder of the package, from the root
	to   string // import path
	test bool   // a test, or a package that only tests use
}

// rooms are the parts of the house, with those they may import besides
// themselves, and those that their tests may import as well. The inner room of
// two stands first.
var rooms = []struct {
	name  string
	may   []string
	tests []string
}{
	{name: "store/bolt", may: []string{"store", "internal"}},
	{name: "cmd", may: []string{"tui", "webhook", "store/bolt", "store", "qr", "internal", "internal/bank", "internal/setup", "internal/doctor", "internal/poster", "internal/system", "internal/deals", "."}},
	// The tests of the console play a payment from the bank's request to the frame, and a
	// deal from the key to the money.
	{name: "tui", may: []string{"store", "qr", "internal", "internal/setup", "internal/doctor", "internal/poster"}, tests: []string{"store/bolt", "internal/bank", "internal/system", "internal/deals", "webhook"}},
	// The tests of the pay page play a deal from the button to the money.
	{name: "webhook", may: []string{"store", "qr", "internal"}, tests: []string{"store/bolt", "internal/bank", "internal/system", "internal/deals"}},
	{name: "store", may: []string{"internal"}},
	{name: "qr"},
	// The bank simulator stands on the leaves as the others do. It is for the
	// program and for tests; its own tests play against the real shop.
	{name: "internal/bank", may: []string{"internal"}, tests: []string{"webhook", "store/bolt", "store"}},
	// What has to be asked of a shop, and how one is looked over: they speak of
	// settings, and the doctor plays the bank.
	{name: "internal/setup", may: []string{"internal", "store"}},
	{name: "internal/doctor", may: []string{"internal", "internal/bank", "store"}, tests: []string{"webhook", "store/bolt"}},
	// A poster is of an invoice, and its code is drawn.
	{name: "internal/poster", may: []string{"internal", "store", "qr"}},
	// A payment system is what the ledger asks of one, over what is spoken with it.
	{name: "internal/system", may: []string{"internal", "store"}, tests: []string{"store/bolt"}},
	// Deals are led by what the ledger and the payment systems have in common.
	{name: "internal/deals", may: []string{"internal", "store"}, tests: []string{"store/bolt", "internal/system"}},
	{name: "internal"},
	// The root carries files of the repository into the program.
	{name: "."},
}

// libraries are import paths that only the rooms named may use, a library of
// tests none at all. With tests set, tests of every room may use it too.
var libraries = []struct {
	prefix string
	rooms  []string
	tests  bool
}{
	{prefix: "charm.land/", rooms: []string{"tui"}},
	{prefix: "github.com/charmbracelet/bubbletea", rooms: []string{"tui"}},
	{prefix: "github.com/charmbracelet/bubbles", rooms: []string{"tui"}},
	{prefix: "github.com/charmbracelet/lipgloss", rooms: []string{"tui"}},
	{prefix: "github.com/charmbracelet/huh", rooms: []string{"tui"}},
	{prefix: "go.etcd.io/bbolt", rooms: []string{"store/bolt"}},
	{prefix: "github.com/julienschmidt/httprouter", rooms: []string{"webhook"}},
	{prefix: "github.com/mdp/qrterminal", rooms: []string{"qr"}},
	{prefix: "rsc.io/qr", rooms: []string{"qr"}},
	{prefix: "codeberg.org/go-pdf/fpdf", rooms: []string{"qr"}},
	{prefix: "golang.org/x/image", rooms: []string{"qr"}},
	{prefix: "github.com/caddyserver/", rooms: []string{"webhook"}},
	{prefix: "github.com/mholt/acmez", rooms: []string{"webhook"}},
	{prefix: "go.uber.org/zap", rooms: []string{"webhook"}},
	{prefix: "github.com/spf13/cobra", rooms: []string{"cmd"}},
	{prefix: "github.com/pelletier/go-toml", rooms: []string{"internal/config"}, tests: true},
	{prefix: "golang.org/x/crypto/argon2", rooms: []string{"internal/password"}, tests: true},
	{prefix: "golang.org/x/crypto/bcrypt", rooms: []string{"internal/password"}, tests: true},
	{prefix: "pgregory.net/rapid", tests: true},
	{prefix: "go.uber.org/goleak", tests: true},
	{prefix: "github.com/rogpeppe/go-internal", tests: true},
	{prefix: "github.com/charmbracelet/x/exp", tests: true},
	{prefix: "github.com/chromedp", tests: true},
	{prefix: "testing", tests: true},
	{prefix: "net/http/httptest", tests: true},
}

// breach says which rule an import breaks; it is empty where it breaks none.
func breach(e edge) string {
	if e.to == module || strings.HasPrefix(e.to, module+"/") {
		return breachOfDirection(e)
	}
	for _, l := range libraries {
		if !within(e.to, strings.TrimSuffix(l.prefix, "/")) || e.test && l.tests {
			continue
		}
		mine := func(room string) bool { return within(e.from, room) }
		switch {
		case len(l.rooms) == 0:
			return l.prefix + " is for tests"
		case !slices.ContainsFunc(l.rooms, mine):
			return l.prefix + " is for " + strings.Join(l.rooms, ", ") + " only"
		}
	}
	return ""
}

func breachOfDirection(e edge) string {
	to := strings.TrimPrefix(strings.TrimPrefix(e.to, module), "/")
	if to == "" {
		to = "."
	}
	from, target := roomOf(e.from), roomOf(to)
	if from < 0 {
		return "no rule says what " + e.from + " may import: add the room, and its reason to docs/architecture.md"
	}
	if target < 0 {
		return "there is no such room"
	}
	if supports(to) && !e.test {
		return to + " is for tests"
	}
	allowed := slices.Concat([]string{rooms[from].name}, rooms[from].may)
	if e.test {
		allowed = append(allowed, rooms[from].tests...)
	}
	if !slices.Contains(allowed, rooms[target].name) {
		return rooms[from].name + " may not import " + rooms[target].name
	}
	return ""
}

// roomOf is the index of the room that a folder is in, or -1.
func roomOf(folder string) int {
	for i, r := range rooms {
		if within(folder, r.name) {
			return i
		}
	}
	return -1
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// supports reports whether a package is there for tests, as net/http/httptest
// is: such a one is named after what it helps to test.
func supports(folder string) bool { return strings.HasSuffix(path.Base(folder), "test") }

// imports lists those of all Go files below root, whatever their build tags.
func imports(root string) ([]edge, error) {
	var all []edge
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != root && passedOver(entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		edges, err := importsOf(root, name)
		all = append(all, edges...)
		return err
	})
	return all, err
}

// passedOver are the folders that the go command passes over too.
func passedOver(folder string) bool {
	return folder == "testdata" || folder == "vendor" || strings.HasPrefix(folder, ".") || strings.HasPrefix(folder, "_")
}

func importsOf(root, name string) ([]edge, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		return nil, fmt.Errorf("reading imports: %w", err)
	}
	below, err := filepath.Rel(root, name)
	if err != nil {
		return nil, fmt.Errorf("reading imports: %w", err)
	}
	below = filepath.ToSlash(below)
	e := edge{file: below, from: path.Dir(below)}
	e.test = strings.HasSuffix(below, "_test.go") || supports(e.from)
	var edges []edge
	for _, spec := range file.Imports {
		if e.to, err = strconv.Unquote(spec.Path.Value); err != nil {
			return nil, fmt.Errorf("reading imports of %s: %w", below, err)
		}
		edges = append(edges, e)
	}
	return edges, nil
}

func TestImports(t *testing.T) {
	t.Parallel()
	const root = "../.."
	if mod, err := os.ReadFile(filepath.Join(root, "go.mod")); err != nil || !strings.HasPrefix(string(mod), "module "+module+"\n") {
		t.Fatalf("%s is not the root of module %s: %v", root, module, err)
	}
	edges, err := imports(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edges {
		if why := breach(e); why != "" {
			t.Errorf("%s imports %s: %s", e.file, e.to, why)
		}
	}
	// The walk has been where it should: these are there for sure.
	for _, want := range []edge{
		{"internal/config/document.go", "internal/config", "github.com/pelletier/go-toml/v2", false},
		{"internal/config/config.go", "internal/config", module + "/internal/money", false},
		{"internal/arch/arch_test.go", "internal/arch", "go/parser", true},
	} {
		if !slices.Contains(edges, want) {
			t.Errorf("among %d imports %v was not seen", len(edges), want)
		}
	}
}

func TestBreach(t *testing.T) {
	t.Parallel()
	const code, test = false, true
	for _, c := range []struct {
		from, to string
		test     bool
		want     string // part of the breach; empty: none
	}{
		{"cmd/tushum", "tushum/tui", code, ""},
		{"cmd/tushum", "tushum/webhook/uzum", code, ""},
		{"cmd/tushum", "tushum/store/bolt", code, ""},
		{"cmd/tushum", "tushum/internal/bank", code, ""},
		{"cmd/tushum", "tushum/internal/doctor", code, ""},
		{"tui", "tushum/internal/setup", code, ""},
		{"internal/doctor", "tushum/internal/bank", code, ""},
		{"internal/setup", "tushum/internal/bank", code, "internal/setup may not import internal/bank"},
		{"tui", "tushum/store", code, ""},
		{"tui", "tushum/qr", code, ""},
		{"tui/today", "tushum/tui", code, ""},
		{"webhook", "tushum/webhook/uzum", code, ""},
		{"webhook/paypage", "tushum/qr", code, ""},
		{"store/bolt", "tushum/store", code, ""},
		{"store", "tushum/internal/money", code, ""},
		{"internal/money", "tushum/internal/lang", code, ""},
		{"internal/bank", "tushum/internal/money", code, ""},

		{"webhook", "tushum/tui", code, "webhook may not import tui"},
		{"tui", "tushum/webhook", code, "tui may not import webhook"},
		{"tui", "tushum/webhook", test, ""},
		{"tui", "tushum/store/bolt", code, "tui may not import store/bolt"},
		{"webhook/uzum", "tushum/store/bolt", code, "webhook may not import store/bolt"},
		{"store", "tushum/store/bolt", code, "store may not import store/bolt"},
		{"store", "tushum/qr", code, "store may not import qr"},
		{"store/bolt", "tushum/webhook", code, "store/bolt may not import webhook"},
		{"qr", "tushum/store", code, "qr may not import store"},
		{"qr", "tushum/internal/money", code, "qr may not import internal"},
		{"internal/money", "tushum/store", code, "internal may not import store"},
		{"internal/money", "tushum/store", test, "internal may not import store"},
		{"internal/money", "tushum/internal/bank", code, "internal may not import internal/bank"},
		{"internal/bank", "tushum/store", code, "internal/bank may not import store"},
		{"webhook", "tushum/internal/bank", code, "webhook may not import internal/bank"},
		{"webhook/paypage", "tushum/internal/deals", code, "webhook may not import internal/deals"},
		{"webhook/paypage", "tushum/internal/system/oneclick", test, ""},
		{"webhook", "tushum/cmd/tushum", code, "webhook may not import cmd"},
		{"storefront", "tushum/internal/money", code, "no rule says what storefront may import"},
		{".", "tushum/store", code, ". may not import store"},
		{"cmd/tushum", "tushum/extra", code, "no such room"},
		{"cmd/tushum", "tushum", code, ""},
		{"tui", "tushum", code, "tui may not import ."},
		{"cmd/tushum", "tushum/webhook/webhooktest", code, "for tests"},

		{"webhook/uzum", "tushum/store/bolt", test, ""},
		{"webhook/uzum", "tushum/internal/bank", test, ""},
		{"webhook/uzum", "tushum/webhook/webhooktest", test, ""},
		{"internal/bank", "tushum/webhook/uzum", test, ""},

		{"tui", "charm.land/bubbletea/v2", code, ""},
		{"store/bolt", "go.etcd.io/bbolt", code, ""},
		{"store/bolt", "go.etcd.io/bbolt/errors", test, ""},
		{"webhook", "github.com/julienschmidt/httprouter", code, ""},
		{"qr", "rsc.io/qr", code, ""},
		{"qr", "rsc.io/qr/coding", code, ""},
		{"cmd/tushum", "charm.land/huh/v2", code, "charm.land/ is for tui only"},
		{"cmd/tushum", "github.com/charmbracelet/bubbletea", code, "is for tui only"},
		{"cmd/tushum", "go.etcd.io/bbolt", test, "is for store/bolt only"},
		{"store", "go.etcd.io/bbolt", code, "is for store/bolt only"},
		{"cmd/tushum", "github.com/julienschmidt/httprouter", code, "is for webhook only"},
		{"tui", "rsc.io/qr", code, "is for qr only"},
		{"tui", "github.com/mdp/qrterminal/v3", code, "is for qr only"},
		{"store", "pgregory.net/rapid", code, "is for tests"},
		{"store", "pgregory.net/rapid", test, ""},
		{"webhook", "testing", code, "is for tests"},
		{"webhook/webhooktest", "testing", test, ""},
		{"store", "testingx/other", code, ""},
		{"store", "net/http", code, ""},
		{"internal/clean", "github.com/charmbracelet/x/ansi", code, ""},
	} {
		got := breach(edge{from: c.from, to: c.to, test: c.test})
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s imports %s (test: %v): %q, want %q", c.from, c.to, c.test, got, c.want)
		}
	}
}

// A tree with a breach in a file of another system, and one in a test, is
// walked; what is no part of the module is not.
func TestImportsOfATree(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for name, text := range map[string]string{
		"store/rule_windows.go":     "//go:build windows\n\npackage store\n\nimport _ \"tushum/webhook\"\n",
		"store/rule_test.go":        "package store_test\n\nimport bolt \"go.etcd.io/bbolt\"\n\nvar _ = bolt.Open\n",
		"webhook/hooktest/shop.go":  "package hooktest\n\nimport \"testing\"\n\nvar _ testing.TB\n",
		"store/testdata/x.go":       "package x\n\nimport \"tushum/tui\"\n",
		".git/x.go":                 "package x\n\nimport \"tushum/tui\"\n",
		"vendor/rsc.io/qr/x.go":     "package x\n\nimport \"tushum/tui\"\n",
		"docs/architecture.md":      "not Go",
		"cmd/tushum/main.go":        "package main\n\nimport `fmt`\n\nfunc main() { fmt.Println() }\n",
		"cmd/tushum/without_any.go": "package main\n",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	edges, err := imports(root)
	if err != nil {
		t.Fatal(err)
	}
	want := []edge{
		{"cmd/tushum/main.go", "cmd/tushum", "fmt", false},
		{"store/rule_test.go", "store", "go.etcd.io/bbolt", true},
		{"store/rule_windows.go", "store", "tushum/webhook", false},
		{"webhook/hooktest/shop.go", "webhook/hooktest", "testing", true},
	}
	if !slices.Equal(edges, want) {
		t.Fatalf("the imports are %v, want %v", edges, want)
	}
	for i, broken := range []bool{false, true, true, false} {
		if (breach(edges[i]) != "") != broken {
			t.Errorf("%v: %q, want a breach: %v", edges[i], breach(edges[i]), broken)
		}
	}
}

func TestImportsOfABrokenFile(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "x.go"), []byte("package"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := imports(root); err == nil || !strings.Contains(err.Error(), "x.go") {
		t.Errorf("a file that is not Go gives %v", err)
	}
}

package keys_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"tushum/tui/keys"
)

var write = flag.Bool("write", false, "write the key table into README.md")

const (
	readme = "../../README.md"
	begin  = "<!-- keys: make docs -->\n"
	end    = "<!-- end of keys -->\n"
)

func TestREADMEHasTheKeyTable(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	table, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no place for the key table, between %q and %q", readme, begin, end)
	}
	if *write {
		if err := os.WriteFile(readme, []byte(before+begin+keys.Markdown()+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if table != keys.Markdown() {
		t.Error("the key table in README.md is not that of the bindings: run make docs")
	}
}

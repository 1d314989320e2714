package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// blind are the rooms that know no payment system by name: they ask its profile.
var blind = []string{"store", "store/bolt", "tui", "webhook", "webhook/callback", "webhook/paypage", "internal/deals", "internal/poster", "internal/message", "qr"}

// knowing are the files of those rooms that are about one vendor all the same, and why.
var knowing = map[string]string{
	"store/system.go":    "names the systems that records tell apart",
	"store/rehearsal.go": "plays the webhooks of the Merchant API",
}

// vendors are what a payment system's own people write.
var vendors = []string{"Uzum Bank", "OneClick", "oneclick"}

func TestNoVendorIsNamedWhereAllAreEqual(t *testing.T) {
	t.Parallel()
	const root = "../.."
	looked := 0
	for _, room := range blind {
		names, err := filepath.Glob(filepath.Join(root, room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			below, _ := filepath.Rel(root, name)
			below = filepath.ToSlash(below)
			if strings.HasSuffix(name, "_test.go") || knowing[below] != "" {
				continue
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			looked++
			for _, at := range namings(file) {
				t.Errorf("%s:%d names a vendor: ask the profile", below, files.Position(at).Line)
			}
		}
	}
	if looked < 200 {
		t.Errorf("only %d files were looked at: the test looks in the wrong place", looked)
	}
}

// namings are where a file names a payment system, in a text or by a name. Settings
// and questions of Uzum Bank's are named by the screens that edit them.
func namings(file *ast.File) (at []token.Pos) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if n.Kind == token.STRING && slices.ContainsFunc(vendors, func(v string) bool { return strings.Contains(n.Value, v) }) {
				at = append(at, n.Pos())
			}
		case *ast.SelectorExpr:
			if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "store" && n.Sel.Name == "Uzum" {
				at = append(at, n.Pos())
			}
		case *ast.Ident:
			if strings.Contains(n.Name, "OneClick") || file.Name.Name == "store" && n.Name == "Uzum" {
				at = append(at, n.Pos())
			}
		}
		return true
	})
	return at
}

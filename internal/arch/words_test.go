package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever people read is there in all three languages, and nothing is
// translated that nobody is told.
func TestEverySentenceIsInThreeLanguagesAndUsed(t *testing.T) {
	t.Parallel()
	packages := make(map[string]*wording)
	files := token.NewFileSet()
	const root = "../.."
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && passedOver(entry.Name()):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			return err
		}
		dir := filepath.Dir(name)
		if packages[dir] == nil {
			packages[dir] = &wording{t: t, files: files, named: make(map[string]token.Pos), used: make(map[string]int)}
		}
		packages[dir].read(file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sentences := 0
	for _, p := range packages {
		sentences += p.sentences
		p.reportUnused()
	}
	if sentences < 500 {
		t.Errorf("only %d sentences were found: the test looks in the wrong place", sentences)
	}
}

// wording is what a package tells people.
type wording struct {
	t         *testing.T
	files     *token.FileSet
	sentences int
	named     map[string]token.Pos // variables of the package that hold one sentence
	used      map[string]int       // how often a name is written
}

func (p *wording) read(file *ast.File) {
	for _, decl := range file.Decls {
		if group, ok := decl.(*ast.GenDecl); ok && group.Tok == token.VAR {
			p.readNames(group)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			p.used[n.Name]++
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "few" {
				return false // two to four of a thing: a form that only Russian has
			}
		case *ast.CompositeLit:
			if isText(n.Type) || n.Type == nil && holdsLanguages(n) {
				p.sentences++
				p.check(n)
			}
		}
		return true
	})
}

func (p *wording) readNames(group *ast.GenDecl) {
	for _, spec := range group.Specs {
		value, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range value.Names {
			if i < len(value.Values) {
				if lit, ok := value.Values[i].(*ast.CompositeLit); ok && isText(lit.Type) && !name.IsExported() {
					p.named[name.Name] = name.Pos()
				}
			}
		}
	}
}

func isText(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != "Text" {
		return false
	}
	pkg, ok := s.X.(*ast.Ident)
	return ok && pkg.Name == "lang"
}

// holdsLanguages tells a sentence in a map or list of them, where its type is
// left out.
func holdsLanguages(lit *ast.CompositeLit) bool {
	if len(lit.Elts) == 0 {
		return false
	}
	pair, ok := lit.Elts[0].(*ast.KeyValueExpr)
	if !ok {
		return false
	}
	key, ok := pair.Key.(*ast.Ident)
	return ok && (key.Name == "UZ" || key.Name == "RU" || key.Name == "EN")
}

// check wants all three languages, unless there is none: an empty sentence says nothing.
func (p *wording) check(lit *ast.CompositeLit) {
	if len(lit.Elts) == 0 {
		return
	}
	has := make(map[string]bool)
	for _, e := range lit.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			p.t.Errorf("%s: name the languages of a sentence", p.files.Position(lit.Pos()))
			return
		}
		key, _ := pair.Key.(*ast.Ident)
		text, literal := pair.Value.(*ast.BasicLit)
		if literal && strings.Trim(text.Value, "\"`") == "" {
			continue
		}
		has[key.Name] = true
	}
	if len(lit.Elts) == 1 && has["EN"] {
		return // a name of the wire's, or a sentence of somebody else's in the language it came in
	}
	if has["UZ"] && has["RU"] && len(lit.Elts) == 2 && strings.HasPrefix(filepath.Base(p.files.Position(lit.Pos()).Filename), "demo_") {
		return // a person, who has one name in Latin letters
	}
	if len(has) == 0 {
		return
	}
	if !has["UZ"] || !has["RU"] || !has["EN"] {
		p.t.Errorf("%s: a sentence lacks a language", p.files.Position(lit.Pos()))
	}
}

func (p *wording) reportUnused() {
	for name, pos := range p.named {
		if p.used[name] < 2 {
			p.t.Errorf("%s: nobody is told %s", p.files.Position(pos), name)
		}
	}
}

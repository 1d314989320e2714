package config

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"tushum/internal/lang"
)

// unresolved finds what is left of a sentence that was not filled in, or was
// filled in with something else than it asks for.
var unresolved = regexp.MustCompile(`%!|%(\[\d\])?[sdvq]|%0`)

// wantThreeLanguages checks problems as they are told: in each language, with
// the place first and nothing left to fill in. refused does so for each case.
func wantThreeLanguages(t *testing.T, problems Errors) {
	t.Helper()
	for _, p := range problems {
		place, _, _ := strings.Cut(p.Error(), p.Msg.EN)
		for _, text := range []lang.Text{p.Msg, p.Hint} {
			for _, s := range []string{text.UZ, text.RU, text.EN} {
				if s == "" || unresolved.MatchString(s) || strings.ContainsAny(s, "\n\t\x1b") {
					t.Errorf("%v: %q is not a whole sentence, among %+v", p, s, text)
				}
			}
			if text.UZ == text.EN || text.RU == text.EN || text.UZ == text.RU {
				t.Errorf("%v: two languages say the same: %+v", p, text)
			}
		}
		for l, want := range map[lang.Lang]string{lang.UZ: p.Msg.UZ, lang.RU: p.Msg.RU, lang.EN: p.Msg.EN} {
			if got := p.In(l); got != place+want || !strings.HasPrefix(got, "config.toml:"+strconv.Itoa(p.Line)+": ") {
				t.Errorf("in %s it is told as %q", l, got)
			}
		}
		if p.HintIn(lang.UZ) != p.Hint.UZ || p.HintIn(lang.RU) != p.Hint.RU || p.HintIn(lang.EN) != p.Hint.EN {
			t.Errorf("%v: the hints are %+v", p, p.Hint)
		}
	}
}

func TestOneRefusalInEachLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file       string
		l          lang.Lang
		says, hint string
	}{
		{"[uzum]\nservice_id = 'x'", lang.UZ, "config.toml:2: uzum.service_id: butun son bo‘lishi kerak, bu yerda esa matn", "faqat raqamlar yozing, qo‘shtirnoqsiz"},
		{"[uzum]\nservice_id = 'x'", lang.RU, "config.toml:2: uzum.service_id: ожидается целое число, а здесь текст", "напишите только цифры, без кавычек"},
		{"[uzum]\nmin_amount = 1.5", lang.UZ, "config.toml:2: uzum.min_amount: matn yoki butun son bo‘lishi kerak, bu yerda esa kasrli son", "matn qo‘shtirnoqda yoziladi: \"…\""},
		{"[uzum]\nservise_id = 1", lang.RU, "config.toml:2: uzum.servise_id: неизвестный ключ", "возможно, имелось в виду uzum.service_id?"},
		{"[shop]\nname = Shop", lang.RU, "config.toml:2: не по правилам TOML: unexpected character U+0053 'S' at start of value", "текст пишется в кавычках: name = \"Shop\"; все ключи есть в config.example.toml"},
		{"[[tariff]]\nsource = 'A'\nbasis_points = 1\n[[tariff]]\nsource = 'A'\nbasis_points = 1", lang.UZ, "config.toml:4: tariff.from: 1-qatordagi A tarifi ham shu kuni boshlanadi", "ikki tarifdan keyinroq boshlangani hisobga olinadi: har biriga o‘z kunini bering"},
		{"[uzum]\nservice_id = 'x'", "", "config.toml:2: uzum.service_id: wants a whole number, found text", "write digits only, without quotes"},
	} {
		_, err := Parse([]byte(c.file), "config.toml")
		p := asErrors(t, err)[0]
		if p.In(c.l) != c.says || p.HintIn(c.l) != c.hint {
			t.Errorf("%q is told in %q as\n%s\n%s\nwant\n%s\n%s", c.file, c.l, p.In(c.l), p.HintIn(c.l), c.says, c.hint)
		}
	}
}

// sentence is a lang.Text of the package's source.
type sentence struct {
	at   token.Position
	says map[string]string
}

// sentences finds every lang.Text that is written out in the package.
func sentences(t *testing.T) []sentence {
	t.Helper()
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []sentence
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok {
				if s := written(t, lit); len(s) > 0 {
					all = append(all, sentence{files.Position(lit.Pos()), s})
				}
			}
			return true
		})
	}
	if len(all) < 130 {
		t.Fatalf("only %d sentences were found", len(all))
	}
	return all
}

// written are the texts of a literal that has UZ, RU or EN in it.
func written(t *testing.T, lit *ast.CompositeLit) map[string]string {
	t.Helper()
	says := make(map[string]string)
	for _, element := range lit.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, _ := pair.Key.(*ast.Ident)
		text, ok := pair.Value.(*ast.BasicLit)
		if key == nil || !ok || !slices.Contains([]string{"UZ", "RU", "EN"}, key.Name) {
			continue
		}
		value, err := strconv.Unquote(text.Value)
		if err != nil {
			t.Fatal(err)
		}
		says[key.Name] = value
	}
	return says
}

// wrongApostrophe is an apostrophe other than the one that o‘ and g‘ take, or
// that parts two letters elsewhere.
var wrongApostrophe = regexp.MustCompile("[oOgG]['’ʻʼ`]|[a-z]['ʻʼ`][a-z]")

func TestEverySentenceIsInThreeLanguages(t *testing.T) {
	t.Parallel()
	for _, s := range sentences(t) {
		uz, ru, en := s.says["UZ"], s.says["RU"], s.says["EN"]
		if uz == "" || ru == "" || en == "" || uz == en {
			t.Errorf("%v: a language is missing: %v", s.at, s.says)
		}
		if !cyrillic(ru) || cyrillic(uz) || cyrillic(en) || wrongApostrophe.MatchString(uz) {
			t.Errorf("%v: wrong letters: %v", s.at, s.says)
		}
		if want := verbs(en); !slices.Equal(verbs(uz), want) || !slices.Equal(verbs(ru), want) {
			t.Errorf("%v: the verbs are %v, %v and %v", s.at, verbs(uz), verbs(ru), want)
		}
		for l, text := range s.says {
			if strings.HasSuffix(strings.TrimSuffix(text, " ."), ".") || strings.TrimSpace(text) != text || strings.Contains(text, "  ") || len([]rune(text)) > 160 {
				t.Errorf("%v: %s: %q is not tidy", s.at, l, text)
			}
		}
	}
}

func cyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

var verb = regexp.MustCompile(`%(?:\[(\d)\])?(\d*[a-z])`)

// verbs are the places of a sentence, in the order of what fills them in.
func verbs(s string) []string {
	var all []string
	for i, found := range verb.FindAllStringSubmatch(s, -1) {
		place := found[1]
		if place == "" {
			place = strconv.Itoa(i + 1)
		}
		all = append(all, place+found[2])
	}
	slices.Sort(all)
	return all
}

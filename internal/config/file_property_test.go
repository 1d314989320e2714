package config

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"
)

// meaning is what the TOML library makes of a text, by itself.
func meaning(t interface{ Fatalf(string, ...any) }, text string) map[string]any {
	all := make(map[string]any)
	if err := toml.Unmarshal([]byte(strings.TrimPrefix(text, byteOrderMark)), &all); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return all
}

// setMeaning changes one value of a meaning.
func setMeaning(t interface{ Fatalf(string, ...any) }, all map[string]any, key string, value any) {
	names := strings.Split(key, ".")
	for _, name := range names[:len(names)-1] {
		if all[name] == nil {
			all[name] = make(map[string]any)
		}
		inner, ok := all[name].(map[string]any)
		if !ok {
			t.Fatalf("%s is no table", name)
		}
		all = inner
	}
	all[names[len(names)-1]] = value
}

func anyOfValue(t interface{ Fatalf(string, ...any) }, v Value) any {
	return meaning(t, "x = "+v.String())["x"]
}

// choice is a setting with a value that it may have.
type choice struct {
	key   string
	value Value
}

var (
	drawText = rapid.Custom(func(t *rapid.T) Value {
		letters := rapid.SampledFrom([]rune("aя‘’ '\"\\$#=[]{}.,😀\u202e"))
		return Text(rapid.StringOfN(letters, 0, 20, -1).Draw(t, "text"))
	})
	drawSet = rapid.Custom(func(t *rapid.T) choice {
		key := rapid.SampledFrom(slices.Sorted(maps.Keys(drawValues))).Draw(t, "key")
		return choice{key, drawValues[key].Draw(t, "value")}
	})
	drawFlag = rapid.Map(rapid.Bool(), Flag)
)

// drawValues are settings with what can be written there without regard to
// the others.
var drawValues = map[string]*rapid.Generator[Value]{
	"shop.name":             drawText,
	"shop.address":          drawText,
	"shop.language":         rapid.Map(rapid.SampledFrom([]string{"uz", "ru", "en"}), Text),
	"store.path":            rapid.Map(rapid.SampledFrom([]string{"", `C:\shop's\a.db`, `C:\shop\a.db`, "a.db"}), Text),
	"listener.public_url":   rapid.Map(rapid.SampledFrom([]string{"", "https://pay.shop.uz"}), Text),
	"listener.plain_http":   drawFlag,
	"listener.acme.domains": rapid.Map(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a.uz", "b.uz", "c.uz"}), 0, 3, rapid.ID), Texts),
	"uzum.enabled":          rapid.Just(Flag(false)),
	"uzum.account_params":   rapid.Map(rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,9}x`), 1, 8, rapid.ID), Texts),
	"uzum.min_amount":       rapid.Map(rapid.Int64Range(0, 1000), Whole),
	"uzum.test_mode":        drawFlag,
	"console.bell":          rapid.Map(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"confirmed", "failed", "refused"}), 0, 3, rapid.ID), Texts),
	"routing.visit":         rapid.Map(rapid.SampledFrom([]string{"uzum", "manual"}), Text),
	"watch.opening_hours":   rapid.Map(rapid.SampledFrom([]string{"09:00-21:00", "00:00-24:00"}), Text),
}

var (
	drawLogins  = rapid.Map(rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z' "\\]{1,9}x`), 1, 2, rapid.ID), logins)
	drawTariffs = rapid.Map(rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Z]{1,9}`), 0, 5, rapid.ID), tariffs)
)

func logins(names []string) []Table {
	var all []Table
	for _, name := range names {
		all = append(all, login(name))
	}
	return all
}

func tariffs(sources []string) []Table {
	var all []Table
	for i, source := range sources {
		table := Table{{"source", Text(source)}}
		if i%2 == 1 {
			table = append(table, Pair{"from", Text("2026-01-01")})
		}
		all = append(all, append(table, Pair{"basis_points", Whole(int64(len(source)))}))
	}
	return all
}

// randomFile is the example with random values, line ends, and keys that are
// left out.
func randomFile(t *rapid.T, example string) *File {
	var text strings.Builder
	if rapid.Bool().Draw(t, "mark") {
		text.WriteString(byteOrderMark)
	}
	gone := rapid.SampledFrom([]string{"none", "name = ", "plain_http", "opening_hours", "bell = ", "min_amount = 1000\n", "[watch]"}).Draw(t, "gone")
	for line := range strings.Lines(example) {
		if gone != "[watch]" && strings.HasPrefix(line, gone) || gone == "[watch]" && (strings.HasPrefix(line, "[watch]") || strings.HasPrefix(line, "opening_hours") || strings.HasPrefix(line, "closed_days") || strings.HasPrefix(line, "bank_silent")) {
			continue
		}
		text.WriteString(line)
	}
	end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
	f := NewFile("config.toml", []byte(strings.ReplaceAll(text.String(), "\n", end)))
	for _, s := range rapid.SliceOfN(drawSet, 0, 6).Draw(t, "values") {
		if err := f.Set(s.key, s.value); err != nil {
			t.Fatalf("%s = %s: %v", s.key, s.value, err)
		}
	}
	for key, tables := range map[string][]Table{"uzum.credentials": drawLogins.Draw(t, "logins"), "tariff": drawTariffs.Draw(t, "tariffs")} {
		if err := f.SetTables(key, tables); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
	}
	return f
}

// Reading, changing one value and writing changes one line, and nothing else
// that the file says.
func TestSetChangesOneLine(t *testing.T) {
	t.Parallel()
	whole := filledExample(t)
	rapid.Check(t, func(t *rapid.T) {
		f := randomFile(t, whole)
		if _, err := f.Config(); err != nil {
			t.Fatalf("%v in\n%s", err, f.Text())
		}
		before := string(f.Text())
		s := drawSet.Draw(t, "set")
		want := meaning(t, before)
		old := sameMeaning(t, want, s)
		setMeaning(t, want, s.key, anyOfValue(t, s.value))
		if err := f.Set(s.key, s.value); err != nil {
			t.Fatalf("%s = %s: %v", s.key, s.value, err)
		}
		after := string(f.Text())
		if !reflect.DeepEqual(meaning(t, after), want) {
			t.Fatalf("%s = %s makes of\n%s\nthis\n%s", s.key, s.value, before, after)
		}
		changed, added := differences(before, after)
		section := strings.HasPrefix(s.key, "watch.") && !strings.Contains(before, "\n[watch]")
		switch {
		case old && after != before:
			t.Fatalf("%s = %s was there, and the text changed", s.key, s.value)
		case section && (changed != 0 || added > 3), !section && !old && changed+added != 1:
			t.Fatalf("%s = %s changes %d lines and adds %d:\n%s", s.key, s.value, changed, added, after)
		}
		if _, err := f.Config(); err != nil {
			t.Fatalf("%v in\n%s", err, after)
		}
	})
}

// sameMeaning tells whether a setting has its value already.
func sameMeaning(t *rapid.T, all map[string]any, s choice) bool {
	names := strings.Split(s.key, ".")
	for _, name := range names[:len(names)-1] {
		all, _ = all[name].(map[string]any)
	}
	return reflect.DeepEqual(all[names[len(names)-1]], anyOfValue(t, s.value))
}

func TestSetTablesRoundTrip(t *testing.T) {
	t.Parallel()
	whole := filledExample(t)
	rapid.Check(t, func(t *rapid.T) {
		f := randomFile(t, whole)
		key, draw, more := "uzum.credentials", drawLogins, logins([]string{"one more"})
		if rapid.Bool().Draw(t, "of tariffs") {
			key, draw, more = "tariff", drawTariffs, tariffs([]string{"ONE_MORE", "AND_ANOTHER"})
		}
		before, old := string(f.Text()), must(t, f, key)
		wanted := draw.Draw(t, "tables")
		if rapid.Bool().Draw(t, "append") {
			wanted = append(slices.Clone(old), more...)
		}
		if err := f.SetTables(key, wanted); err != nil {
			t.Fatalf("%v: %v", wanted, err)
		}
		if got := must(t, f, key); !slices.EqualFunc(got, wanted, sameTable) {
			t.Fatalf("%v reads back as %v", wanted, got)
		}
		want, got := meaning(t, before), meaning(t, string(f.Text()))
		for _, all := range []map[string]any{want, got} {
			delete(all, "tariff")
			delete(all["uzum"].(map[string]any), "credentials")
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s changes more than itself in\n%s\nto\n%s", key, before, f.Text())
		}
		// What came goes without a trace.
		if len(old) < len(wanted) && slices.EqualFunc(old, wanted[:len(old)], sameTable) {
			if err := f.SetTables(key, old); err != nil || string(f.Text()) != before {
				t.Fatalf("and back, %v, it is\n%q\nwant\n%q", err, f.Text(), before)
			}
		}
	})
}

func must(t *rapid.T, f *File, key string) []Table {
	tables, err := f.Tables(key)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return tables
}

// Whatever stands in a file, a change is exact or refused.
func FuzzSet(f *testing.F) {
	for _, text := range []string{
		"[uzum]\nservice_id = 1 # x\n", "uzum.service_id = 1", "uzum = { path = '/u' }\n", "\uFEFF[[uzum.credentials]]\r\nlogin = 'a'\r\n[uzum]\r\n",
		"[[uzum]]\n[uzum.a]\n", "[[tariff]]\nsource = '''\n[[tariff]]'''\n# c\n\n[[tariff]]\n", "a = [[1], [{ b = 1 }]]\n[uzum . \"service_id\"]\n",
		"uzum = {\n# c\n}\n", "tariff = [\n{ a = 1 }, # c\n]", "[[a]]\n[[a.b]]\n[a.b.c]\nd.e = 1\n",
	} {
		f.Add(text, "uzum.service_id", "x")
		f.Add(text, "tariff", "source")
	}
	f.Fuzz(func(t *testing.T, text, key, value string) {
		file := NewFile("config.toml", []byte(text))
		if err := file.Set(key, Text(value)); err == nil {
			want := meaning(t, text)
			setMeaning(t, want, key, strings.ToValidUTF8(value, "\uFFFD"))
			if got := meaning(t, string(file.Text())); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: %q = %q makes %q", text, key, value, file.Text())
			}
		} else if string(file.Text()) != text {
			t.Fatalf("%q was refused and left %q", text, file.Text())
		}
		file = NewFile("config.toml", []byte(text))
		wanted := []Table{{{value, Text(value)}}, {{value, Whole(1)}}}
		for _, tables := range [][]Table{wanted, wanted[:1], nil} {
			if file.SetTables(key, tables) != nil {
				continue
			}
			if got, err := file.Tables(key); err != nil || !slices.EqualFunc(got, tables, sameTable) {
				t.Fatalf("%q: %q became %v, %v in %q", text, key, got, err, file.Text())
			}
		}
	})
}

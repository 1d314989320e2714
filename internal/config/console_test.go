package config

import (
	"slices"
	"testing"

	"tushum/internal/lang"
)

func TestParseBell(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file string
		want []Occasion
	}{
		{"", []Occasion{"confirmed"}},
		{"[console]\ntheme = 'light'", []Occasion{"confirmed"}},
		{"[console]\nbell = []", nil},
		{"[console]\nbell = ['reversed']", []Occasion{OnReversed}},
		{"[console]\nbell = [\n'failed', # a comment\n'confirmed',\n]", []Occasion{OnFailed, OnConfirmed}},
		{
			"[console]\nbell = ['confirmed', 'created', 'failed', 'reversed', 'refused']",
			[]Occasion{OnConfirmed, OnCreated, OnFailed, OnReversed, OnRefused},
		},
	} {
		cfg, err := Parse([]byte(c.file), "config.toml")
		if err != nil || !slices.Equal(cfg.Console.Bell, c.want) {
			t.Errorf("%q: the bell rings for %v, %v; want %v", c.file, cfg.Console.Bell, err, c.want)
		}
	}
}

func TestParseTheme(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]Theme{
		"":                          ThemeAuto,
		"[console]\nbell = []":      ThemeAuto,
		"[console]\ntheme = 'auto'": ThemeAuto, "[console]\ntheme = 'light'": ThemeLight, "[console]\ntheme = 'dark'": ThemeDark,
	} {
		cfg, err := Parse([]byte(file), "config.toml")
		if err != nil || cfg.Console.Theme != want {
			t.Errorf("%q: the theme is %q, %v; want %q", file, cfg.Console.Theme, err, want)
		}
	}
}

func TestRefuseConsole(t *testing.T) {
	t.Parallel()
	at := func(line string) string { return "[console]\n" + line + " #HERE" }
	refused(t, []refusal{
		{at("bell = ['paid']"), "console.bell", `"paid" is not an occasion for the bell`},
		{at("bell = ['Confirmed']"), "console.bell", "not an occasion"},
		{at("bell = ['']"), "console.bell", "not an occasion"},
		{at("bell = [\"\\u001b]0;x\"]"), "console.bell", "not an occasion"},
		{"[console]\nbell = [\n'confirmed',\n'paid', #HERE\n]", "console.bell", "not an occasion"},
		{at("bell = ['failed', 'confirmed', 'failed']"), "console.bell", `"failed" stands there twice`},
		{"[console]\nbell = [\n'created',\n'confirmed',\n'created', #HERE\n]", "console.bell", "twice"},
		{at("bell = 'confirmed'"), "console.bell", "wants a list, found text"},
		{at("bell = true"), "console.bell", "wants a list, found true or false"},
		{at("bell = ['confirmed', 1]"), "console.bell", "wants a list of text, found a whole number in it"},
		{at("ascii_apostrophe = 'yes'"), "console.ascii_apostrophe", "wants true or false, found text"},
		{at("ascii_apostrophe = 1"), "console.ascii_apostrophe", "wants true or false"},
		{at("theme = 'blue'"), "console.theme", `"blue" is not a theme`},
		{at("theme = 'Dark'"), "console.theme", "not a theme"},
		{at("theme = ''"), "console.theme", "not a theme"},
		{at("theme = true"), "console.theme", "wants text, found true or false"},
		{"console = 'dark' #HERE", "console", "wants a section, found text"},
		{at("bells = []"), "console.bells", "unknown key"},
		{"theme = 'dark' #HERE", "theme", "unknown key"},
	})
}

func TestConsoleRefusalsInEachLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file       string
		l          lang.Lang
		says, hint string
	}{
		{
			"[console]\nbell = ['paid']", lang.UZ, `config.toml:2: console.bell: "paid" uchun signal berilmaydi`,
			"confirmed, created, failed, reversed yoki refused deb yozing; bo‘sh ro‘yxat — jimlik",
		},
		{
			"[console]\nbell = ['paid']", lang.RU, `config.toml:2: console.bell: "paid" — не повод для сигнала`,
			"напишите confirmed, created, failed, reversed или refused; пустой список — тишина",
		},
		{
			"[console]\nbell = ['failed', 'failed']", lang.UZ, `config.toml:2: console.bell: "failed" ikki marta yozilgan`,
			"bittasini olib tashlang",
		},
		{
			"[console]\nbell = ['failed', 'failed']", lang.EN, `config.toml:2: console.bell: "failed" stands there twice`,
			"take one of them out",
		},
		{
			"[console]\ntheme = 'blue'", lang.UZ, `config.toml:2: console.theme: "blue" degan mavzu yo‘q`,
			"auto, light yoki dark deb yozing",
		},
		{"theme = 'dark'", lang.RU, "config.toml:1: theme: неизвестный ключ", "этот ключ пишется ниже строки [console]"},
		{"[console]\nbels = []", lang.EN, "config.toml:2: console.bels: unknown key", "did you mean console.bell?"},
	} {
		_, err := Parse([]byte(c.file), "config.toml")
		problems := asErrors(t, err)
		if len(problems) != 1 || problems[0].In(c.l) != c.says || problems[0].HintIn(c.l) != c.hint {
			t.Errorf("%q is told in %s as\n%v\nwant\n%s\n%s", c.file, c.l, err, c.says, c.hint)
		}
	}
}

package config

import (
	"slices"
	"strings"
	"testing"
)

func login(name string) Table {
	return Table{{"login", Text(name)}, {"password_hash", Text(aHash)}}
}

// written as the program writes them.
func loginText(name string) string {
	return "[[uzum.credentials]]\nlogin = \"" + name + "\"\npassword_hash = '" + aHash + "'\n"
}

func TestSetTables(t *testing.T) {
	t.Parallel()
	const a, b = "[[tariff]]\nsource = 'A' # first\nbasis_points = 1\n", "# the second\n[[tariff]]\nsource = 'B'\nbasis_points = 2\n# to = ''\n"
	first := Table{{"source", Text("A")}, {"basis_points", Whole(1)}}
	second := Table{{"source", Text("B")}, {"basis_points", Whole(2)}}
	third := Table{{"source", Text("C")}, {"from", Text("2026-01-01")}, {"basis_points", Whole(3)}}
	const c = "[[tariff]]\nsource = \"C\"\nfrom = \"2026-01-01\"\nbasis_points = 3\n"
	for name, test := range map[string]struct {
		text   string
		key    string
		tables []Table
		want   string
	}{
		"as it is":    {a + "\n" + b, "tariff", []Table{first, second}, a + "\n" + b},
		"one changes": {a + "\n" + b, "tariff", []Table{{{"source", Text("HUMO")}, {"basis_points", Whole(1)}}, second}, strings.Replace(a, "'A'", `"HUMO"`, 1) + "\n" + b},
		"one more":    {"[shop]\n\n" + a + "\n" + b + "\n\n# u\n[uzum]\n", "tariff", []Table{first, second, third}, "[shop]\n\n" + a + "\n" + b + "\n" + c + "\n\n# u\n[uzum]\n"},
		"one less":    {a + "\n" + b + "\n\n# u\n[uzum]\n", "tariff", []Table{first}, a + "\n\n# u\n[uzum]\n"},
		"the first":   {a + "\n" + b, "tariff", []Table{second}, strings.NewReplacer("'A'", `"B"`, "= 1", "= 2").Replace(a)},
		"none left":   {"[shop]\n\n" + a + "\n" + b, "tariff", nil, "[shop]\n"},
		"none at all": {a, "tariff", nil, ""},
		// What stands directly above a header is the header's.
		"without space": {"[shop]\n" + a + b + "[uzum]\n", "tariff", []Table{first}, "[shop]\n" + a + "# to = ''\n[uzum]\n"},
		"a key goes": {
			"[[tariff]]\nsource = 'A'\n# until\nto = 2026-01-01\nbasis_points = 1\n", "tariff", []Table{first},
			"[[tariff]]\nsource = 'A'\n# until\nbasis_points = 1\n",
		},
		"a date without quotes, as it is": {
			"[[tariff]]\nsource = 'C'\nfrom = 2026-01-01\nbasis_points = 3\n", "tariff", []Table{third},
			"[[tariff]]\nsource = 'C'\nfrom = 2026-01-01\nbasis_points = 3\n",
		},
		"a date without quotes": {
			"[[tariff]]\nsource = 'C'\nfrom = 2025-01-01 # x\nbasis_points = 3\n", "tariff", []Table{third},
			"[[tariff]]\nsource = 'C'\nfrom = \"2026-01-01\" # x\nbasis_points = 3\n",
		},
		"a key comes": {
			a + "\n[shop]\n", "tariff", []Table{append(slices.Clone(first), Pair{"to", Text("2026-12-31")})},
			a + "to = \"2026-12-31\"\n\n[shop]\n",
		},
		"the first of a file":         {"[shop]\nname = 'a'\n", "tariff", []Table{third}, "[shop]\nname = 'a'\n\n" + c},
		"the first of an empty file":  {"", "tariff", []Table{third}, c},
		"line ends of Windows":        {"\uFEFF[shop]\r\n", "tariff", []Table{third}, "\uFEFF[shop]\r\n\r\n" + strings.ReplaceAll(c, "\n", "\r\n")},
		"no line feed at the end":     {strings.TrimSpace(a), "tariff", []Table{first, third}, a + "\n" + strings.TrimSpace(c)},
		"in brackets":                 {"tariff = [{ source = 'A', basis_points = 1 }] # x\n", "tariff", []Table{second}, "tariff = [\n  { source = \"B\", basis_points = 2 },\n] # x\n"},
		"in brackets, as it is":       {"tariff = [{ basis_points = 1, source = 'A' }]", "tariff", []Table{first}, "tariff = [{ basis_points = 1, source = 'A' }]"},
		"in brackets, none":           {"tariff = [{ source = 'A', basis_points = 1 }]\n", "tariff", nil, "tariff = []\n"},
		"logins after the bank's":     {"[uzum]\nservice_id = 1 # x\n# said\n\n# the shop\n[shop]\n", "uzum.credentials", []Table{login("a"), login("b")}, "[uzum]\nservice_id = 1 # x\n# said\n\n" + loginText("a") + "\n" + loginText("b") + "\n# the shop\n[shop]\n"},
		"logins directly above":       {"[uzum]\nservice_id = 1\n[shop]\n", "uzum.credentials", []Table{login("a")}, "[uzum]\nservice_id = 1\n\n" + loginText("a") + "\n[shop]\n"},
		"logins of a bank with dots":  {"uzum.service_id = 1\n[shop]\n", "uzum.credentials", []Table{login("a")}, "uzum.service_id = 1\n[shop]\n\n" + loginText("a")},
		"logins before other headers": {loginText("a") + "[shop]\n[uzum]\n", "uzum.credentials", []Table{login("a"), login("b")}, loginText("a") + "\n" + loginText("b") + "\n[shop]\n[uzum]\n"},
		"logins far from each other":  {loginText("a") + "\n[shop]\n\n" + loginText("b") + "\n[store]\n", "uzum.credentials", []Table{login("a")}, loginText("a") + "\n[shop]\n\n[store]\n"},
	} {
		f := NewFile("config.toml", []byte(test.text))
		if err := f.SetTables(test.key, test.tables); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := string(f.Text()); got != test.want {
			t.Errorf("%s makes of\n%s\nthis\n%s\nwant\n%s", name, test.text, got, test.want)
		}
		got, err := f.Tables(test.key)
		if err != nil || !slices.EqualFunc(got, test.tables, sameTable) {
			t.Errorf("%s reads back as %v, %v", name, got, err)
		}
	}
}

func TestSetTablesRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, key string
		line      int
	}{
		{"[uzum]\n[uzum.credentials]\nlogin = 'a'\n", "uzum.credentials", 2},
		{"[uzum]\ncredentials = 1\n", "uzum.credentials", 2},
		{"tariff = [1]\n", "tariff", 1},
		{"uzum = { service_id = 1 }\n", "uzum.credentials", 1},
		{"[[tariff]]\n[shop]\nname = 'a'\n[[uzum]]\n", "uzum.credentials", 4},
	} {
		f := NewFile("config.toml", []byte(c.text))
		problems := asErrors(t, f.SetTables(c.key, []Table{login("b")}))
		if len(problems) != 1 || problems[0].Line != c.line || problems[0].Key != c.key || problems[0].Hint.RU == "" {
			t.Errorf("%s in %q gives %v, want line %d", c.key, c.text, problems, c.line)
		}
		if string(f.Text()) != c.text {
			t.Errorf("%s in %q was refused and left\n%s", c.key, c.text, f.Text())
		}
	}
	f := NewFile("config.toml", []byte("[[tariff]]\nsource = 'A'\n"))
	for _, bad := range []Table{{{"source", Value{}}}, {{"source", Text("A")}, {"source", Text("B")}}} {
		if err := f.SetTables("tariff", []Table{bad}); err == nil {
			t.Errorf("%v is accepted as\n%s", bad, f.Text())
		}
	}
}

// A password is changed with both in force for a while.
func TestTablesOfTheExample(t *testing.T) {
	t.Parallel()
	text := filledExample(t)
	f := NewFile("config.toml", []byte(text))
	logins, err := f.Tables("uzum.credentials")
	if err != nil || len(logins) != 1 {
		t.Fatalf("the logins are %v, %v", logins, err)
	}
	if v, ok := logins[0].Get("login"); !ok || v != Text("bank") {
		t.Errorf("the login is %v, %v", v, ok)
	}
	if err := f.SetTables("uzum.credentials", append(logins, login("new"))); err != nil {
		t.Fatal(err)
	}
	cfg, err := f.Config()
	if err != nil || len(cfg.Uzum.Credentials) != 2 || cfg.Uzum.Credentials[1].Login != "new" {
		t.Errorf("the logins read as %v, %v", cfg.Uzum.Credentials, err)
	}
	if changed, added := differences(text, string(f.Text())); changed != 0 || added != 4 {
		t.Errorf("%d lines changed and %d came", changed, added)
	}
	if err := f.SetTables("uzum.credentials", logins); err != nil || string(f.Text()) != text {
		t.Errorf("with the old login alone, %v, the text is\n%s", err, f.Text())
	}
	tariff := []Table{{{"source", Text("HUMO")}, {"basis_points", Whole(55)}}}
	if err := f.SetTables("tariff", tariff); err != nil || !strings.HasSuffix(string(f.Text()), "# basis_points = 500\n\n[[tariff]]\nsource = \"HUMO\"\nbasis_points = 55\n") {
		t.Errorf("with a tariff, %v, the text is\n%s", err, f.Text())
	}
}

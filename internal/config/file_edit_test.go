package config

import (
	"bytes"
	"strings"
	"testing"
)

// edited is the text after one Set.
func edited(t *testing.T, text, key string, v Value) string {
	t.Helper()
	f := NewFile("config.toml", []byte(text))
	if err := f.Set(key, v); err != nil {
		t.Fatalf("%s = %s in\n%s\n%v", key, v, text, err)
	}
	return string(f.Text())
}

func TestSet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		key  string
		v    Value
		want string
	}{
		"a value": {"[uzum]\nservice_id = 0\n", "uzum.service_id", Whole(7), "[uzum]\nservice_id = 7\n"},
		"the comment keeps its column": {
			"[shop]\nname = \"\"          # a\ntin = \"\"           # b\n", "shop.name", Text("Gul"),
			"[shop]\nname = \"Gul\"       # a\ntin = \"\"           # b\n",
		},
		"the comment counts letters, not bytes": {
			"[shop]\nname = \"Гул\"       # a\n", "shop.name", Text("Gul"), "[shop]\nname = \"Gul\"       # a\n",
		},
		"no room before the comment":  {"[shop]\nname = \"\"  # a\n", "shop.name", Text("Gul bozori"), "[shop]\nname = \"Gul bozori\" # a\n"},
		"a comment that stands close": {"[shop]\nname = \"Gul\" # a\n", "shop.name", Text(""), "[shop]\nname = \"\" # a\n"},
		"a hash in the value":         {"[shop]\nname = \"a # b\"# c\n", "shop.name", Text("#"), "[shop]\nname = \"#\"# c\n"},
		"tabs":                        {"[shop]\n\tname\t=\t\"a\"\t# b\n", "shop.name", Text("c"), "[shop]\n\tname\t=\t\"c\"\t# b\n"},
		"line ends of Windows":        {"[shop]\r\nname = 'a'\r\n", "shop.name", Text("b"), "[shop]\r\nname = \"b\"\r\n"},
		"a new key with line ends of Windows": {
			"\uFEFF[shop]\r\nname = 'a'\r\n\r\n[uzum]\r\n", "shop.tin", Text("123456789"),
			"\uFEFF[shop]\r\nname = 'a'\r\ntin = \"123456789\"\r\n\r\n[uzum]\r\n",
		},
		"a byte order mark":       {"\uFEFFshop.name = 'a'", "shop.name", Text("b"), "\uFEFFshop.name = \"b\""},
		"no line feed at the end": {"[shop]\nname = 'a'", "shop.tin", Text("1"), "[shop]\nname = 'a'\ntin = \"1\""},
		"quoted names":            {"['shop']\n\"na\\u006de\" = 'a'\n", "shop.name", Text("b"), "['shop']\n\"na\\u006de\" = \"b\"\n"},
		"dots":                    {"shop.name = 'a'\nstore.path = ''\n", "shop.name", Text("b"), "shop.name = \"b\"\nstore.path = ''\n"},
		"a new key beside dots": {
			"shop . name = 'a'\nstore.path = ''\n[uzum]\n", "shop.tin", Text("b"),
			"shop . name = 'a'\nshop.tin = \"b\"\nstore.path = ''\n[uzum]\n",
		},
		"dots below a header": {
			"[listener]\nacme.email = 'a@b.uz'\naddress = ':1'\n", "listener.acme.domains", Texts([]string{"b.uz"}),
			"[listener]\nacme.email = 'a@b.uz'\nacme.domains = [\"b.uz\"]\naddress = ':1'\n",
		},
		"braces":           {"shop = { name = 'a', tin = '' } # b\n", "shop.name", Text("c"), "shop = { name = \"c\", tin = '' } # b\n"},
		"a new key inside": {"shop = { name = 'a' }\n", "shop.tin", Text("b"), "shop = { name = 'a', tin = \"b\" }\n"},
		"empty braces":     {"shop = {}\n", "shop.tin", Text("b"), "shop = { tin = \"b\" }\n"},
		"braces in braces": {
			"listener = { acme = { email = 'a@b.uz' } }\n", "listener.acme.directory", Text("https://b.uz"),
			"listener = { acme = { email = 'a@b.uz', directory = \"https://b.uz\" } }\n",
		},
		"a section missing in braces": {
			"listener = { address = ':1' }\n", "listener.acme.email", Text("a@b.uz"),
			"listener = { address = ':1', acme.email = \"a@b.uz\" }\n",
		},
		"a list over many lines": {
			"[uzum]\naccount_params = [ # x\n  'a', # y\n  'b',\n] # z\npath = '/u'\n", "uzum.account_params", Texts([]string{"c", "d"}),
			"[uzum]\naccount_params = [\"c\", \"d\"] # z\npath = '/u'\n",
		},
		"a text over many lines": {"[shop]\nname = '''\na\n# b'''\ntin = ''\n", "shop.name", Text("c"), "[shop]\nname = \"c\"\ntin = ''\n"},
		"a key switched off": {
			"[uzum]\n# said\n# enabled = false\n\nservice_id = 1\n", "uzum.enabled", Flag(true),
			"[uzum]\n# said\n# enabled = false\nenabled = true\n\nservice_id = 1\n",
		},
		"a key switched off in another section": {
			"[shop]\n# enabled = false\nname = 'a'\n[uzum]\npath = '/u'\n\n[oneclick]\n# enabled = true\n", "uzum.enabled", Flag(false),
			"[shop]\n# enabled = false\nname = 'a'\n[uzum]\npath = '/u'\nenabled = false\n\n[oneclick]\n# enabled = true\n",
		},
		"a key of a section that is switched off": {
			"[uzum]\npath = '/u'\n\n# [oneclick]\n# enabled = true\n", "uzum.enabled", Flag(true),
			"[uzum]\npath = '/u'\nenabled = true\n\n# [oneclick]\n# enabled = true\n",
		},
		"what looks switched off in a text": {
			"[shop]\nname = '''\n# tin = 1\n'''\n", "shop.tin", Text("1"), "[shop]\nname = '''\n# tin = 1\n'''\ntin = \"1\"\n",
		},
		"no section": {"[shop]\nname = 'a'\n", "uzum.service_id", Whole(1), "[shop]\nname = 'a'\n\n[uzum]\nservice_id = 1\n"},
		"no file":    {"", "uzum.service_id", Whole(1), "[uzum]\nservice_id = 1\n"},
		"no section and no line feed": {
			"[shop]\nname = 'a'", "uzum.service_id", Whole(1), "[shop]\nname = 'a'\n\n[uzum]\nservice_id = 1",
		},
		"no section, but its list": {
			"[shop]\n\n# bank\n[[uzum.credentials]]\nlogin = 'a'\n", "uzum.service_id", Whole(1),
			"[shop]\n\n[uzum]\nservice_id = 1\n\n# bank\n[[uzum.credentials]]\nlogin = 'a'\n",
		},
		"a list before its section": {
			"[[uzum.credentials]]\nlogin = 'a'\n[uzum]\npath = '/u'\n[shop]\n", "uzum.service_id", Whole(1),
			"[[uzum.credentials]]\nlogin = 'a'\n[uzum]\npath = '/u'\nservice_id = 1\n[shop]\n",
		},
		"an empty section": {"[uzum]\n[shop]\nname = 'a'\n", "uzum.service_id", Whole(1), "[uzum]\nservice_id = 1\n[shop]\nname = 'a'\n"},
		"an indented section": {
			"[uzum]\n  path = '/u'\n", "uzum.service_id", Whole(1), "[uzum]\n  path = '/u'\n  service_id = 1\n",
		},
		"the number as it is": {"[uzum]\nservice_id = 498_624 # x\n", "uzum.service_id", Whole(498624), "[uzum]\nservice_id = 498_624 # x\n"},
		"the text as it is":   {"[shop]\nname = '''\nA'''\n", "shop.name", Text("A"), "[shop]\nname = '''\nA'''\n"},
		"the list as it is":   {"[console]\nbell = [\n'failed', # x\n]\n", "console.bell", Texts([]string{"failed"}), "[console]\nbell = [\n'failed', # x\n]\n"},
		"the flag as it is":   {"[uzum]\ntest_mode=true", "uzum.test_mode", Flag(true), "[uzum]\ntest_mode=true"},
		"a comment between key and header": {
			"[uzum]\npath = '/u'\n# of the path\n\n# the shop\n[shop]\n", "uzum.service_id", Whole(1),
			"[uzum]\npath = '/u'\n# of the path\nservice_id = 1\n\n# the shop\n[shop]\n",
		},
	} {
		if got := edited(t, c.text, c.key, c.v); got != c.want {
			t.Errorf("%s: %s = %s makes of\n%s\nthis\n%s\nwant\n%s", name, c.key, c.v, c.text, got, c.want)
		}
	}
}

// What can't be changed line by line is refused with its place, and stays.
func TestSetRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, key string
		v         Value
		line      int
	}{
		{"x = 1\nshop = 1\n", "shop.name", Text("a"), 2},
		{"[shop]\nname.first = 'a'\n", "shop.name", Text("a"), 2},
		{"[shop.name]\n", "shop.name", Text("a"), 1},
		{"[shop]\nname = { first = 'a' }\n", "shop.name", Text("a"), 2},
		{"[[uzum]]\npath = '/u'\n", "uzum.path", Text("/v"), 1},
		{"[[uzum.credentials]]\nlogin = 'a'\n", "uzum.credentials.login", Text("b"), 1},
		{"uzum = [{ path = '/u' }]\n", "uzum.path", Text("/v"), 1},
		{"[shop]\nname = ''\n", "shop.name", Value{}, 2},
	} {
		f := NewFile("config.toml", []byte(c.text))
		err := f.Set(c.key, c.v)
		problems := asErrors(t, err)
		if len(problems) != 1 || problems[0].Line != c.line || problems[0].Key != c.key || problems[0].Msg.EN != sayByHand.says.EN {
			t.Errorf("%s = %s in %q gives %v, want line %d", c.key, c.v, c.text, err, c.line)
		}
		wantThreeLanguages(t, problems)
		if string(f.Text()) != c.text {
			t.Errorf("%s in %q was refused and left\n%s", c.key, c.text, f.Text())
		}
	}
	f := NewFile("config.toml", []byte("[shop\n"))
	if problems := asErrors(t, f.Set("shop.name", Text("a"))); len(problems) != 1 || !strings.Contains(problems[0].Msg.EN, "not TOML") {
		t.Errorf("a text that is no TOML gives %v", problems)
	}
}

// A file that nests deeply takes no longer than others.
func TestSetInADeepNest(t *testing.T) {
	t.Parallel()
	text := "x" + strings.Repeat(".x", 200) + " = 1\n"
	if got, want := edited(t, text, "shop.name", Text("a")), text+"\n[shop]\nname = \"a\"\n"; got != want {
		t.Errorf("the text became\n%s", got)
	}
}

func TestEverySettingOfTheExampleCanBeSet(t *testing.T) {
	t.Parallel()
	before := example(t)
	for _, c := range settable {
		f := NewFile("config.toml", []byte(before))
		if err := f.Set(c.key, c.v); err != nil {
			t.Errorf("%s = %s: %v", c.key, c.v, err)
			continue
		}
		want := 0
		if c.adds {
			want = 1
		}
		changed, added := differences(before, string(f.Text()))
		if changed+added != 1 || added != want {
			t.Errorf("%s = %s changes %d lines and adds %d", c.key, c.v, changed, added)
		}
	}
}

// settable are settings of the example with another value than they have.
var settable = []struct {
	key  string
	v    Value
	adds bool
}{
	{"shop.name", Text("Sartaroshxona “Gul”"), false},
	{"shop.phone", Text("+998 90 123-45-67"), false},
	{"store.path", Text(`C:\shop\tushum.db`), false},
	{"listener.address", Text("127.0.0.1:9090"), false},
	{"listener.plain_http", Flag(true), false},
	{"listener.trusted_proxies", Texts([]string{"127.0.0.1", "10.0.0.0/24"}), false},
	{"listener.acme.domains", Texts([]string{"pay.shop.uz"}), false},
	{"listener.acme.ca_root", Text("root.pem"), false},
	{"uzum.enabled", Flag(false), true},
	{"uzum.methods", Texts([]string{"app"}), false},
	{"uzum.min_amount", Whole(5000), false},
	{"uzum.max_amount", Text("1.5m"), false},
	{"oneclick.base_url", Text("https://api.example.uz"), false},
	{"routing.counter", Text("manual"), false},
	{"console.bell", Texts(nil), false},
	{"watch.opening_hours", Text("00:00-24:00"), false},
}

// differences counts the lines that differ, and those that one text has more.
// A changed line stands where it stood.
func differences(before, after string) (changed, added int) {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return min(len(a), len(b)), len(b) - len(a)
}

func TestSetInAFileWithAMark(t *testing.T) {
	t.Parallel()
	text := "\uFEFF" + strings.ReplaceAll(filledExample(t), "\n", "\r\n")
	f := NewFile("config.toml", []byte(text))
	if err := f.Set("uzum.enabled", Flag(false)); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(text, "# enabled = false\r\n", "# enabled = false\r\nenabled = false\r\n", 1)
	if !bytes.Equal(f.Text(), []byte(want)) {
		t.Errorf("the text became\n%q", f.Text())
	}
	cfg, err := f.Config()
	if err != nil || cfg.Uzum.Enabled {
		t.Errorf("reads as %+v, %v", cfg.Uzum, err)
	}
}

func TestValuesAsTOML(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]Value{
		`""`:               Text(""),
		`"a'b"`:            Text("a'b"),
		`"\"a\" # b"`:      Text(`"a" # b`),
		`'C:\shop'`:        Text(`C:\shop`),
		`"C:\\it's"`:       Text(`C:\it's`),
		`'$2a$05$x'`:       Text("$2a$05$x"),
		`"$\u0009"`:        Text("$\t"),
		`"\u000A\u007F"`:   Text("\n\x7f"),
		`"so‘m щ 😀"`:       Text("so‘m щ 😀"),
		"\"\uFFFD\"":       Text("\xcc"),
		"-5":               Whole(-5),
		"true":             Flag(true),
		"[]":               Texts(nil),
		`["a", 'b\', "c"]`: Texts([]string{"a", `b\`, "c"}),
	} {
		if v.String() != want {
			t.Errorf("written as %s, want %s", v, want)
		}
		if n := nodeOf(v); n == nil || valueOf(n) != v {
			t.Errorf("%s does not read back as itself", v)
		}
	}
	if text, ok := Text("a").AsText(); text != "a" || !ok {
		t.Errorf("the text is %q, %v", text, ok)
	}
	if number, ok := Whole(7).AsWhole(); number != 7 || !ok {
		t.Errorf("the number is %d, %v", number, ok)
	}
	if _, ok := Whole(7).AsText(); ok {
		t.Error("a number is a text")
	}
	if _, ok := Text("7").AsWhole(); ok {
		t.Error("a text is a number")
	}
}

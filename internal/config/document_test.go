package config

import (
	"strings"
	"testing"
)

func TestRefuseWhatIsNotTOML(t *testing.T) {
	t.Parallel()
	refused(t, []refusal{
		{"[shop]\nname = Shop #HERE", "", "not TOML"},
		{"[shop]\nname = #HERE", "", "not TOML"},
		{"[shop\n", "", "not TOML"},
		{"[shop]\nname = 'a'\nname = 'b' #HERE", "", "already defined"},
		{"[shop]\n[uzum]\n[shop] #HERE", "", "already exists"},
		{"[store]\npath = \"C:\\Users\\me\" #HERE", "", "escape"},
		{"[uzum]\nservice_id = 99999999999999999999 #HERE", "", "too large"},
		{"[shop]\nname = '\xff' #HERE", "", "not in UTF-8, perhaps Windows-1251"},
		{"[shop]\r\ntin = ''\r\n# \xcc\xe0\xe3 #HERE\r\nname = '\xcc'", "", "Windows-1251"},
		{"\uFEFF[shop]\nname = '\xcc\xe0\xe3' #HERE", "", "Windows-1251"},
		{"a = 2026-13-45 #HERE", "", "date"},
	})
	_, err := Parse([]byte("[shop]\nx = "+strings.Repeat("[", 20_000)), "config.toml")
	if problems := asErrors(t, err); len(problems) != 1 || !strings.Contains(problems[0].Msg.EN, "nested") {
		t.Errorf("a deep nest gives %v", err)
	}
	_, err = Parse([]byte("\xff\xfe[\x00s\x00"), "config.toml")
	if problems := asErrors(t, err); len(problems) != 1 || !strings.Contains(problems[0].Msg.EN, "UTF-16") {
		t.Errorf("a file in UTF-16 gives %v", err)
	}
}

func TestEveryWayOfWriting(t *testing.T) {
	t.Parallel()
	for _, file := range []string{
		"[shop]\nname = 'A'\n[listener.acme]\nemail = 'a@b.uz'\n",
		"\uFEFF[shop]\r\nname = \"A\"\r\n[listener]\r\nacme.email = 'a@b.uz'\r\n",
		"shop.name = 'A'\nlistener.acme.email = 'a@b.uz'",
		"shop = { name = 'A' }\nlistener = { acme = { email = 'a@b.uz' } }",
		"[listener.acme]\nemail = 'a@b.uz'\n[listener]\naddress = '127.0.0.1:8080'\n[shop]\n'name' = '''\nA'''",
	} {
		cfg, err := Parse([]byte(file), "config.toml")
		if err != nil {
			t.Errorf("%q: %v", file, err)
			continue
		}
		if cfg.Shop.Name != "A" || cfg.Listener.ACME.Email != "a@b.uz" {
			t.Errorf("%q reads as %+v", file, cfg)
		}
	}
}

func TestNumbersAndListsOfTables(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"498624", "498_624", "+498624", "0x79BC0", "0o1715700", "0b1111001101111000000"} {
		cfg, err := Parse([]byte(strings.Replace(connected, "= 1", "= "+number, 1)), "config.toml")
		if err != nil || cfg.Uzum.ServiceID != 498624 {
			t.Errorf("service_id = %s reads as %d, %v", number, cfg.Uzum.ServiceID, err)
		}
	}
	cfg, err := Parse([]byte("tariff = [{source = 'A', basis_points = 1}, {source = 'B', basis_points = 2}]"), "config.toml")
	if err != nil || len(cfg.Tariffs) != 2 || cfg.Tariffs[1].Source != "B" || cfg.Tariffs[1].Rate != 2 {
		t.Errorf("tariffs in braces read as %+v, %v", cfg.Tariffs, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(connected))
	f.Add([]byte("[[tariff]]\nsource = 'A'\nfrom = 2026-01-01\nbasis_points = 1"))
	f.Add([]byte("[shop]\nname = 5\n[a.b]\nc = {d = [1, 'x', 1.5, true, 2026-01-01T00:00:00Z]}"))
	f.Add([]byte("[[a]]\n[[a.b]]\n[a.b.c]\nd.e = 1"))
	f.Add([]byte("\uFEFF[listener]\r\ntrusted_proxies = [\r\n'10.0.0.1', #x\r\n]"))
	f.Add([]byte("[listener]\nplain_http = true\naddress = ':80'\nacme.http_address = ':80'\n[watch]\nopening_hours = '09:00-24:00'"))
	f.Fuzz(func(t *testing.T, data []byte) {
		cfg, err := Parse(data, "config.toml")
		problems := asErrors(t, err)
		if len(problems) > maxProblems {
			t.Fatalf("%d problems at once", len(problems))
		}
		lines := 1 + strings.Count(string(data), "\n")
		for i, p := range problems {
			if p.Line < 0 || p.Line > lines || p.Msg.EN == "" {
				t.Fatalf("%q: problem %q on line %d of %d", data, p.Msg.EN, p.Line, lines)
			}
			if strings.ContainsAny(p.Error(), "\x1b\u009b\r\n\x00") || i > 0 && p.Line < problems[i-1].Line {
				t.Fatalf("%q: problem %q can't be shown", data, p.Error())
			}
		}
		if err == nil && (cfg.Shop.Location == nil || len(cfg.Uzum.AccountParams) == 0 || cfg.Uzum.Enabled && cfg.Uzum.ServiceID <= 0) {
			t.Fatalf("%q was accepted as %+v", data, cfg)
		}
	})
}

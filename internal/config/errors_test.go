package config

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tushum/internal/lang"
)

func TestAllProblemsAreTold(t *testing.T) {
	t.Parallel()
	_, err := Parse([]byte(`[uzum]
enabled = true
path = "uzum"

[shop]
langage = "uz"
timezone = "Mars"
`), "config.toml")
	want := `config.toml:1: uzum.service_id: not filled in
config.toml:1: uzum.credentials: missing
config.toml:3: uzum.path: "uzum" does not begin with a slash
config.toml:6: shop.langage: unknown key
config.toml:7: shop.timezone: "Mars" is not a time zone`
	if err == nil || err.Error() != want {
		t.Errorf("the errors are\n%v\nwant\n%s", err, want)
	}
	var first *Error
	if !errors.As(err, &first) || first.Key != "uzum.service_id" || first.HintIn(lang.UZ) == "" {
		t.Errorf("errors.As finds %+v", first)
	}
}

func TestOnlyTheFirstTenAreTold(t *testing.T) {
	t.Parallel()
	var file strings.Builder
	file.WriteString("[shop]\n")
	for i := range 500 {
		fmt.Fprintf(&file, "key_%d = 1\n", i)
	}
	_, err := Parse([]byte(file.String()), "config.toml")
	problems := asErrors(t, err)
	if len(problems) != 10 || problems[0].Line != 2 || problems[9].Line != 11 {
		t.Errorf("%d problems, of them the last %v", len(problems), problems[len(problems)-1])
	}
}

func TestErrorsKeepSecrets(t *testing.T) {
	t.Parallel()
	const secret = "hunter2correcthorse"
	for _, file := range []string{
		"[[uzum.credentials]]\nlogin = 'a'\npassword_hash = '" + secret + "'",
		"[[uzum.credentials]]\nlogin = 'a'\npassword_hash = '$2a$05$" + secret + "'",
		"[[uzum.credentials]]\nlogin = 'a'\npassword_hash = " + secret,
		"[[uzum.credentials]]\nlogin = 'a'\npassword_hash = ['" + secret + "']",
		"[[uzum.credentials]]\nlogin = 'a:" + secret + "'\npassword_hash = '" + aHash + "'",
		"[listener]\npublic_url = 'https://me:" + secret + "@shop.uz'",
		"[listener]\npublic_url = 'https://me: " + secret + "@shop.uz'",
	} {
		_, err := Parse([]byte(file), "config.toml")
		for _, p := range asErrors(t, err) {
			if strings.Contains(p.Error()+p.Msg.UZ+p.Msg.RU+p.Hint.EN+p.Hint.UZ+p.Hint.RU, secret) || p.Hint.EN == "" {
				t.Errorf("%q is told as %v, hint %q", file, p, p.Hint.EN)
			}
		}
		if err == nil {
			t.Errorf("%q is accepted", file)
		}
	}
}

func TestErrorWithoutALine(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]*Error{
		"c.toml: no such file":     {Path: "c.toml", Msg: lang.Text{EN: "no such file"}},
		"c.toml:3: not TOML":       {Path: "c.toml", Line: 3, Msg: lang.Text{EN: "not TOML"}},
		"uzum.path: bad":           {Key: "uzum.path", Msg: lang.Text{EN: "bad"}},
		"c.toml: uzum: is missing": {Path: "c.toml", Key: "uzum", Msg: lang.Text{EN: "is missing"}},
	} {
		if e.Error() != want {
			t.Errorf("%+v is told as %q, want %q", *e, e.Error(), want)
		}
	}
}

func TestShownIsShort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a":                     `"a"`,
		"a\x1b]0;x\a\u202e":     `"a\x1b]0;x\a\u202e"`,
		strings.Repeat("щ", 41): `"` + strings.Repeat("щ", 40) + `…"`,
	} {
		if got := shown(text); got != want {
			t.Errorf("shown(%q) = %s, want %s", text, got, want)
		}
	}
}

package config

import (
	"slices"
	"testing"

	"tushum/internal/lang"
)

func TestPlainHTTPIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	at := func(address, rest string) string { return "[listener]\naddress = '" + address + "' #HERE\n" + rest }
	var open []refusal
	for _, address := range []string{
		":8080", ":0", "0.0.0.0:80", "[::]:80", "10.0.0.5:80", "192.168.1.7:8080", "[2001:db8::1]:443", "shop.uz:443",
		"128.0.0.1:80", "127.0.0.1.shop.uz:80", "localhost.uz:80", "[::ffff:10.0.0.5]:80",
	} {
		for _, rest := range []string{"", "plain_http = false", "tls_cert = ''\ntls_key = ''", "acme.domains = []", "public_url = 'https://shop.uz'"} {
			open = append(open, refusal{at(address, rest), "listener.address", "can be reached by others"})
		}
		for _, rest := range []string{"plain_http = true", "tls_cert = 'c'\ntls_key = 'k'", "acme.domains = ['shop.uz']"} {
			if _, err := Parse([]byte(at(address, rest)), "config.toml"); err != nil {
				t.Errorf("%s with %q: %v", address, rest, err)
			}
		}
	}
	refused(t, open)
	for _, address := range []string{"127.0.0.1:80", "127.8.9.1:0", "localhost:80", "till.localhost:80", "[::1]:80", "[::ffff:127.0.0.1]:80"} {
		if _, err := Parse([]byte(at(address, "")), "config.toml"); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A certificate that is there by half, or refused, is told about by itself.
func TestPlainHTTPIsNotToldTwice(t *testing.T) {
	t.Parallel()
	refused(t, []refusal{
		{"[listener]\naddress = ':80'\ntls_cert = 'c' #HERE", "listener.tls_cert", "tls_key is missing"},
		{"[listener]\naddress = ':80'\ntls_key = 'k' #HERE", "listener.tls_key", "tls_cert is missing"},
		{"[listener]\naddress = ':80'\ntls_cert = '~/c' #HERE", "listener.tls_cert", "~"},
		{"[listener]\naddress = ':80'\nacme.domains = ['*.shop.uz'] #HERE", "listener.acme.domains", "not a domain"},
		{"[listener]\naddress = 'a b:80' #HERE", "listener.address", "host"},
	})
}

func TestRefuseACME(t *testing.T) {
	t.Parallel()
	with := "[listener]\naddress = ':443'\nadmin_address = '127.0.0.1:9100'\n[listener.acme]\ndomains = ['shop.uz']\n"
	refused(t, []refusal{
		{"[listener.acme]\nhttp_address = ':80' #HERE", "listener.acme.http_address", "of no use without domains"},
		{"[listener.acme]\ndomains = ['*'] #HERE\nhttp_address = ':80'", "listener.acme.domains", "not a domain"},
		{with + "http_address = '80' #HERE", "listener.acme.http_address", "not an address"},
		{with + "http_address = ':443' #HERE", "listener.acme.http_address", `listens on ":443"`},
		{with + "http_address = '127.0.0.1:9100' #HERE", "listener.acme.http_address", "another part of the program"},
		{"[listener]\nplain_http = 1 #HERE", "listener.plain_http", "wants true or false"},
	})
	cfg, err := Parse([]byte(with+"http_address = ':80'"), "config.toml")
	if err != nil || cfg.Listener.ACME.HTTPAddress != ":80" || !slices.Equal(cfg.Listener.ACME.Domains, []string{"shop.uz"}) {
		t.Errorf("reads as %+v, %v", cfg.Listener.ACME, err)
	}
	if _, err := Parse([]byte("[listener]\naddress = ':0'\nacme.domains = ['shop.uz']\nacme.http_address = ':0'"), "config.toml"); err != nil {
		t.Errorf("two free ports: %v", err)
	}
}

func TestRefuseMethods(t *testing.T) {
	t.Parallel()
	at := func(line string) string { return "[uzum]\n" + line + " #HERE" }
	refused(t, []refusal{
		{at("methods = []"), "uzum.methods", "at least one method"},
		{at("methods = ['cash']"), "uzum.methods", `"cash" is not a method`},
		{at("methods = ['App']"), "uzum.methods", "not a method"},
		{at("methods = ['app', 'app']"), "uzum.methods", "twice"},
		{at("methods = 'app'"), "uzum.methods", "wants a list"},
	})
	cfg, err := Parse([]byte("[uzum]\nmethods = ['card', 'app']"), "config.toml")
	if err != nil || !slices.Equal(cfg.Uzum.Methods, []Method{MethodCard, MethodApp}) {
		t.Errorf("reads as %v, %v", cfg.Uzum.Methods, err)
	}
}

func TestPlainHTTPInEachLanguage(t *testing.T) {
	t.Parallel()
	_, err := Parse([]byte("[listener]\naddress = ':80'"), "config.toml")
	problem := asErrors(t, err)[0]
	for l, want := range map[lang.Lang]string{
		lang.UZ: `config.toml:2: listener.address: ":80" ga boshqalar ham ulana oladi, lekin HTTPS yo‘q: parol va to‘lovlar ochiq ketadi`,
		lang.RU: `config.toml:2: listener.address: ":80" доступен другим, а HTTPS нет: пароль и платежи пойдут открытым текстом`,
		lang.EN: `config.toml:2: listener.address: ":80" can be reached by others, and without HTTPS they can read the password and the payments`,
	} {
		if got := problem.In(l); got != want {
			t.Errorf("in %s it is told as\n%s\nwant\n%s", l, got, want)
		}
	}
}

package config

import (
	"errors"
	"strings"
	"testing"
)

// aHash is a known bcrypt hash, of "U*U".
const aHash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"

const connected = "[uzum]\nservice_id = 1\n[[uzum.credentials]]\nlogin = 'bank'\npassword_hash = '" + aHash + "'\n"

func asErrors(t *testing.T, err error) Errors {
	t.Helper()
	var all Errors
	if err != nil && !errors.As(err, &all) {
		t.Fatalf("%v is a %T, not an Errors", err, err)
	}
	return all
}

// refusal is a file with one thing wrong, on the line marked with HERE.
type refusal struct{ file, key, msg string }

func refused(t *testing.T, cases []refusal) {
	t.Helper()
	for _, c := range cases {
		cfg, err := Parse([]byte(c.file), "config.toml")
		if err == nil {
			t.Errorf("accepted, want %s refused:\n%s", c.key, c.file)
			continue
		}
		problems := asErrors(t, err)
		line := 1 + strings.Count(c.file[:max(strings.Index(c.file, "HERE"), 0)], "\n")
		if len(problems) != 1 || problems[0].Line != line || problems[0].Key != c.key || !strings.Contains(problems[0].Msg.EN, c.msg) {
			t.Errorf("%q\ngives %v\nwant line %d, key %s, %q", c.file, err, line, c.key, c.msg)
		}
		wantThreeLanguages(t, problems)
		if cfg.Shop.Location != nil {
			t.Errorf("%q is refused, but settings came back with the error", c.file)
		}
	}
}

func TestRefuseShopAndStore(t *testing.T) {
	t.Parallel()
	refused(t, []refusal{
		{"[shop]\nname = 'a\tb' #HERE", "shop.name", "control character"},
		{"[shop]\nname = '" + strings.Repeat("щ", 201) + "' #HERE", "shop.name", "longer than 200"},
		{"[shop]\nname = 5 #HERE", "shop.name", "wants text, found a whole number"},
		{"[shop]\ntin = '12345678' #HERE", "shop.tin", "tax number"},
		{"[shop]\nlanguage = 'de' #HERE", "shop.language", "language"},
		{"[shop]\n\n# x\ntimezone = 'Asia/Tashkend' #HERE", "shop.timezone", `"Asia/Tashkend" is not a time zone`},
		{"[shop]\ntimezone = '' #HERE", "shop.timezone", "time zone"},
		{"[shop]\ntimezone = 'Local' #HERE", "shop.timezone", "time zone"},
		{"[shop]\ntimezone = '../../etc/passwd' #HERE", "shop.timezone", "time zone"},
		{"[shop]\nday_starts = '24:00' #HERE", "shop.day_starts", "time of day"},
		{"[shop]\nday_starts = '6:00' #HERE", "shop.day_starts", "time of day"},
		{"[shop]\nday_starts = 06:00:00 #HERE", "shop.day_starts", "wants text, found a time"},
		{"shop = 1 #HERE", "shop", "wants a section, found a whole number"},
		{"[store]\npath = \"C:\\tushum\\b\" #HERE", "store.path", "control character"},
		{"[store]\npath = '~/shop.db' #HERE", "store.path", "~"},
		{"[seats]\n[seats.cashier] #HERE\nright = 'all'", "seats.cashier", "no seats"},
	})
}

func TestRefuseListener(t *testing.T) {
	t.Parallel()
	at := func(line string) string { return "[listener]\n" + line + " #HERE" }
	refused(t, []refusal{
		{at("address = '127.0.0.1'"), "listener.address", "not an address"},
		{at("address = '127.0.0.1:http'"), "listener.address", "port"},
		{at("address = '127.0.0.1:65536'"), "listener.address", "port"},
		{at("address = 'a b:80'"), "listener.address", "host"},
		{at("admin_address = '127.0.0.1:8080'"), "listener.admin_address", "webhooks"},
		{at("public_url = 'http://shop.uz'"), "listener.public_url", "not encrypted"},
		{at("public_url = 'ftp://shop.uz'"), "listener.public_url", "not an https URL"},
		{at("public_url = 'shop.uz'"), "listener.public_url", "not a URL"},
		{at("public_url = 'https://shop.uz/pay'"), "listener.public_url", "path"},
		{at("public_url = 'https://shop.uz?'"), "listener.public_url", "query"},
		{at("public_url = 'https://shop.uz/?x=1'"), "listener.public_url", "query"},
		{at("public_url = 'https://shop.uz/#'"), "listener.public_url", "fragment"},
		{at("public_url = 'https://me:pw@shop.uz'"), "listener.public_url", "user name"},
		{at("public_url = 'https://дўкон.uz'"), "listener.public_url", "host"},
		{at("public_url = 'https://shop.uz:99999'"), "listener.public_url", "port"},
		{at("public_url = 'http://127.0.0.1.shop.uz'"), "listener.public_url", "not encrypted"},
		{at("tls_cert = 'a.pem'"), "listener.tls_cert", "tls_key is missing"},
		{at("tls_key = 'a.pem'"), "listener.tls_key", "tls_cert is missing"},
		{at("trusted_proxies = '10.0.0.1'"), "listener.trusted_proxies", "wants a list, found text"},
		{at("trusted_proxies = [10]"), "listener.trusted_proxies", "wants a list of text"},
		{"[listener]\ntrusted_proxies = [\n'10.0.0.1',\n'proxy', #HERE\n]", "listener.trusted_proxies", `"proxy" is not an address`},
		{at("trusted_proxies = ['0.0.0.0/0']"), "listener.trusted_proxies", "every address"},
		{at("trusted_proxies = ['::/0']"), "listener.trusted_proxies", "every address"},
		{at("trusted_proxies = ['fe80::1%eth0']"), "listener.trusted_proxies", "not an address"},
		{at("acme.domains = ['https://shop.uz']"), "listener.acme.domains", "domain"},
		{at("acme.domains = ['*.shop.uz']"), "listener.acme.domains", "domain"},
		{at("acme.domains = ['10.0.0.1']"), "listener.acme.domains", "domain"},
		{at("acme.email = 'me'"), "listener.acme.email", "e-mail"},
		{at("acme.directory = 'http://ca.uz/dir'"), "listener.acme.directory", "https"},
		{"[listener]\ntls_cert = 'c' #HERE\ntls_key = 'k'\nacme.domains = ['shop.uz']", "listener.tls_cert", "by itself"},
	})
}

func TestRefuseUzum(t *testing.T) {
	t.Parallel()
	at := func(line string) string { return "[uzum]\n" + line + " #HERE" }
	refused(t, []refusal{
		{"[uzum] #HERE\nenabled = true\n[[uzum.credentials]]\nlogin = 'b'\npassword_hash = '" + aHash + "'", "uzum.service_id", "not filled in"},
		{"[uzum] #HERE\nservice_id = 1", "uzum.credentials", "missing"},
		{at("service_id = -1"), "uzum.service_id", "outside"},
		{at("service_id = '1'"), "uzum.service_id", "wants a whole number, found text"},
		{at("service_id = 1.5"), "uzum.service_id", "found a number with a fraction"},
		{at("enabled = 'yes'"), "uzum.enabled", "wants true or false, found text"},
		{at("path = 'uzum'"), "uzum.path", "slash"},
		{at("path = ''"), "uzum.path", "slash"},
		{at("path = '/'"), "uzum.path", "plain path"},
		{at("path = '/uzum/'"), "uzum.path", "plain path"},
		{at("path = '/a//b'"), "uzum.path", "plain path"},
		{at("path = '/../b'"), "uzum.path", "plain path"},
		{at("path = '/:x'"), "uzum.path", "plain path"},
		{at("path = '/оплата'"), "uzum.path", "plain path"},
		{at("path = '/pay/uzum'"), "uzum.path", "used by the program"},
		{at("path = '/oneclick'"), "uzum.path", "used by the program"},
		{at("account_params = []"), "uzum.account_params", "one to eight"},
		{at("account_params = ['a','b','c','d','e','f','g','h','i']"), "uzum.account_params", "one to eight"},
		{at("account_params = ['a', 'a']"), "uzum.account_params", "twice"},
		{"[uzum]\naccount_params = [\n'a',\n'a', #HERE\n]", "uzum.account_params", "twice"},
		{at("account_params = ['a b']"), "uzum.account_params", "plain name"},
		{at("account_params = ['']"), "uzum.account_params", "plain name"},
		{at("account_params = ['amount']"), "uzum.account_params", "something else"},
		{at("min_amount = -1"), "uzum.min_amount", "not a sum"},
		{at("min_amount = 'a lot'"), "uzum.min_amount", "not a sum"},
		{at("min_amount = 99999999999999999"), "uzum.min_amount", "not a sum"},
		{at("min_amount = 10.5"), "uzum.min_amount", "found a number with a fraction"},
		{at("min_amount = 100000001"), "uzum.min_amount", "above max_amount"},
		{at("max_amount = 999"), "uzum.max_amount", "above max_amount"},
		{at("transaction_ttl = '30'"), "uzum.transaction_ttl", "length of time"},
		{at("transaction_ttl = '59s'"), "uzum.transaction_ttl", "outside 1m to 24h"},
		{at("transaction_ttl = '24h1s'"), "uzum.transaction_ttl", "outside 1m to 24h"},
		{at("app_link = 'http://www.uzumbank.uz/open-service'"), "uzum.app_link", "https"},
		{at("app_link = ''"), "uzum.app_link", "URL"},
		{at("accept_reversals = 1"), "uzum.accept_reversals", "wants true or false"},
	})
}

func TestRefuseCredentials(t *testing.T) {
	t.Parallel()
	pair := func(login, hash string) string {
		return "[uzum]\nservice_id = 1\n[[uzum.credentials]]\nlogin = " + login + "\npassword_hash = " + hash + "\n"
	}
	good := "'" + aHash + "'"
	refused(t, []refusal{
		{pair("'a:b' #HERE", good), "uzum.credentials.login", "colon"},
		{pair("'a\tb' #HERE", good), "uzum.credentials.login", "control character"},
		{pair("'"+strings.Repeat("a", 256)+"' #HERE", good), "uzum.credentials.login", "255"},
		{pair("'' #HERE", good), "uzum.credentials.login", "not filled in"},
		{pair("7 #HERE", good), "uzum.credentials.login", "wants text"},
		{pair("'a'", "'' #HERE"), "uzum.credentials.password_hash", "not filled in"},
		{pair("'a'", "'hunter2' #HERE"), "uzum.credentials.password_hash", "neither an argon2id nor a bcrypt hash"},
		{pair("'a'", "'$argon2id$v=19$m=104857600,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4' #HERE"), "uzum.credentials.password_hash", "outside"},
		{"[uzum]\nservice_id = 1\n[[uzum.credentials]] #HERE\nlogin = 'a'", "uzum.credentials.password_hash", "not filled in"},
		{"[uzum]\nservice_id = 1\n[uzum.credentials] #HERE\nlogin = 'a'", "uzum.credentials", "sections of its own"},
		{connected + "[[uzum.credentials]]\nlogin='b'\npassword_hash=" + good + "\n[[uzum.credentials]] #HERE\nlogin='c'\npassword_hash=" + good, "uzum.credentials", "more than 2"},
	})
}

func TestRefuseTheRest(t *testing.T) {
	t.Parallel()
	tariff := func(lines string) string { return "[[tariff]]\nsource = 'HUMO'\nbasis_points = 1\n" + lines }
	refused(t, []refusal{
		{"[oneclick] #HERE\nenabled = true\nbase_url = 'https://x.uz'", "oneclick.credentials_file", "not filled in"},
		{"[oneclick] #HERE\nenabled = true\ncredentials_file = 'x'", "oneclick.base_url", "not filled in"},
		{"[oneclick]\nbase_url = 'https://x.uz/v1' #HERE", "oneclick.base_url", "path"},
		{"[oneclick]\nenabled = true\nbase_url = '' #HERE\ncredentials_file = 'x'", "oneclick.base_url", "not filled in"},
		{"[oneclick]\nenabled = 1 #HERE", "oneclick.enabled", "wants true or false"},
		{"[oneclick]\ntest_mode = 'yes' #HERE", "oneclick.test_mode", "wants true or false"},
		{"[oneclick]\ncredentials_file = ['x'] #HERE", "oneclick.credentials_file", "wants text"},
		{"[oneclick]\ncalls_per_second = 0 #HERE", "oneclick.calls_per_second", "0 is outside 1 to 50"},
		{"[oneclick]\ncalls_per_second = 51 #HERE", "oneclick.calls_per_second", "51 is outside 1 to 50"},
		{"[oneclick]\ncalls_per_second = 0.5 #HERE", "oneclick.calls_per_second", "found a number with a fraction"},
		{"[oneclick]\nwatch_days = 0 #HERE", "oneclick.watch_days", "0 is outside 1 to 90"},
		{"[oneclick]\nwatch_days = 91 #HERE", "oneclick.watch_days", "91 is outside 1 to 90"},
		{"[oneclick]\nwatch_days = '7d' #HERE", "oneclick.watch_days", "wants a whole number, found text"},
		{"[oneclick]\nmin_amount = 100000001 #HERE", "oneclick.min_amount", "above max_amount"},
		{"[oneclick]\ncall_per_second = 1 #HERE", "oneclick.call_per_second", "unknown key"},
		{"[oneclick]\nflow = 'redirect' #HERE", "oneclick.flow", "not a flow"},
		{"[oneclick]\ncountry = 'uzb' #HERE", "oneclick.country", "country"},
		{"[oneclick]\nlang = 'kk' #HERE", "oneclick.lang", "language"},
		{"[oneclick]\ncredentials_path = '/deals/credentials' #HERE", "oneclick.credentials_path", "{id}"},
		{"[oneclick]\ncredentials_path = '/{id}/{id}' #HERE", "oneclick.credentials_path", "{id}"},
		{"[routing]\nvisit = 'payme' #HERE", "routing.visit", "not a payment system"},
		{"[routing]\nvisit = 'oneclick' #HERE", "routing.visit", "not enabled"},
		{"[routing]\ncounter = 'oneclick' #HERE", "routing.counter", "takes no amounts that the payer types"},
		{"[oneclick]\nenabled = true\nbase_url = 'https://x.uz'\ncredentials_file = 'x'\n[routing]\ncounter = 'oneclick' #HERE", "routing.counter", "takes no amounts"},
		{"[[tariff]] #HERE\nbasis_points = 1", "tariff.source", "missing"},
		{"[[tariff]] #HERE\nsource = 'HUMO'", "tariff.basis_points", "missing"},
		{"[[tariff]]\nsource = 'humo' #HERE\nbasis_points = 1", "tariff.source", "payment source"},
		{"[[tariff]]\nsource = 'HUMO'\nbasis_points = 10001 #HERE", "tariff.basis_points", "outside 0 to 10000"},
		{"[[tariff]]\nsource = 'HUMO'\nbasis_points = 0.4 #HERE", "tariff.basis_points", "found a number with a fraction"},
		{tariff("from = '31.12.2025' #HERE"), "tariff.from", "not a date"},
		{tariff("to = '2025-02-30' #HERE"), "tariff.to", "not a date"},
		{tariff("from = '0026-01-01' #HERE"), "tariff.from", "not a date"},
		{tariff("from = '2026-01-02'\nto = '2026-01-01' #HERE"), "tariff.to", "before it begins"},
		{tariff("from = '2026-01-01'\n") + tariff("from = '2026-01-01' #HERE"), "tariff.from", "line 1 begins on the same day"},
		{"[tariff] #HERE\nsource = 'HUMO'", "tariff", "sections of its own"},
		{"tariff = [1] #HERE", "tariff", "sections of its own"},
	})
}

func TestRefuseUnknown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		refusal
		hint string
	}{
		{refusal{"[uzum]\nservise_id = 1 #HERE", "uzum.servise_id", "unknown key"}, "did you mean uzum.service_id?"},
		{refusal{"[uzum]\nServiceID = 1 #HERE", "uzum.ServiceID", "unknown key"}, "did you mean uzum.service_id?"},
		{refusal{"[Uzum] #HERE\npath = '/u'", "Uzum", "unknown section"}, "did you mean uzum?"},
		{refusal{"service_id = 1 #HERE", "service_id", "unknown key"}, "this key belongs below a line [uzum]"},
		{refusal{"[shop]\n[listner] #HERE", "listner", "unknown section"}, "did you mean listener?"},
		{refusal{"[shop]\n\"a.b c\" = 1 #HERE", `shop."a.b c"`, "unknown key"}, "config.example.toml shows every key"},
		{refusal{"[shop]\n\"\\u009b2J\" = 1 #HERE", `shop."\u009b2J"`, "unknown key"}, "config.example.toml shows every key"},
		{refusal{"\"shop.name\" = 1 #HERE", `"shop.name"`, "unknown key"}, "config.example.toml shows every key"},
		{refusal{"[shop]\nname.first = 'A' #HERE", "shop.name", "wants text, found a section"}, `text stands in quotes: "…"`},
		{refusal{"[listener]\nacme = { domain = [] } #HERE", "listener.acme.domain", "unknown key"}, "did you mean listener.acme.domains?"},
		{refusal{connected + "pasword = 'x' #HERE", "uzum.credentials.pasword", "unknown key"}, "config.example.toml shows every key"},
		{refusal{"[[tariff]]\nsource = 'HUMO'\nbasis_points = 1\nbasis = 1 #HERE", "tariff.basis", "unknown key"}, "config.example.toml shows every key"},
		{refusal{"[invoice] #HERE\nx = 1", "invoice", "unknown section"}, "config.example.toml shows every key"},
	} {
		refused(t, []refusal{c.refusal})
		_, err := Parse([]byte(c.file), "config.toml")
		if got := asErrors(t, err)[0].Hint.EN; got != c.hint {
			t.Errorf("%q hints %q, want %q", c.file, got, c.hint)
		}
	}
}

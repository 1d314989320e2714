package config

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
)

func TestParseEverything(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	cfg, err := Parse([]byte(`
[shop]
name = " Sartaroshxona “Gul” "
tin = "123 456 789"
language = "ru"
timezone = "Asia/Samarkand"
day_starts = "06:30"
[store]
path = "books/shop.db"
[listener]
address = "[::1]:443"
public_url = "https://Pay.Shop.uz:8443/"
tls_cert = "tls/cert.pem"
tls_key = "/etc/tls/key.pem"
trusted_proxies = ["10.0.0.5", "10.1.2.3/16", "::ffff:192.0.2.1", "2001:db8::/32"]
admin_address = "127.0.0.1:9100"
plain_http = true
[uzum]
service_id = 498624
path = "/bank/v1.0"
account_params = ["order_id"]
min_amount = "1.5k"
max_amount = "2 mln"
transaction_ttl = "1h30m"
prefill_amount = false
app_link = "https://www.apelsin.uz/open-service"
test_mode = true
accept_reversals = false
methods = ["card"]
[[uzum.credentials]]
login = "old"
password_hash = '`+aHash+`'
[[uzum.credentials]]
login = "new login"
password_hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
[oneclick]
enabled = true
base_url = "http://localhost:9000"
credentials_file = "oneclick.json"
country = ""
lang = "uz"
flow = "h2h"
[routing]
goods = "oneclick"
counter = "manual"
[console]
bell = ["refused", "confirmed"]
ascii_apostrophe = true
theme = "dark"
[watch]
opening_hours = "08:30-24:00"
closed_days = ["sunday", "monday"]
bank_silent_after = "90m"
[[tariff]]
source = "HUMO"
from = 2026-01-01
to = "2026-12-31"
basis_points = 55
`), filepath.Join(folder, "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	checkParsedShop(t, cfg, folder)
	checkParsedUzum(t, cfg.Uzum)
	if one := cfg.OneClick; !one.Enabled || one.BaseURL != "http://localhost:9000" || one.CredentialsFile != filepath.Join(folder, "oneclick.json") ||
		one.Country != "" || one.Lang != "uz" || one.Flow != HostToHost || one.CredentialsPath != "/deals/{id}/credentials" {
		t.Errorf("oneclick reads as %+v", one)
	}
	if cfg.Routing["visit"] != SystemUzum || cfg.Routing["goods"] != SystemOneClick || cfg.Routing["counter"] != SystemManual || len(cfg.Routing) != 7 {
		t.Errorf("routing reads as %v", cfg.Routing)
	}
	if want := (Console{[]Occasion{OnRefused, OnConfirmed}, true, ThemeDark}); !reflect.DeepEqual(cfg.Console, want) {
		t.Errorf("console reads as %+v, want %+v", cfg.Console, want)
	}
	if want := (Watch{8*time.Hour + 30*time.Minute, 24 * time.Hour, [7]bool{time.Sunday: true, time.Monday: true}, 90 * time.Minute}); cfg.Watch != want {
		t.Errorf("watch reads as %+v, want %+v", cfg.Watch, want)
	}
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) }
	if want := []Tariff{{"HUMO", day(1, 1), day(12, 31), 55}}; !reflect.DeepEqual(cfg.Tariffs, want) {
		t.Errorf("tariffs read as %v, want %v", cfg.Tariffs, want)
	}
}

func checkParsedShop(t *testing.T, cfg Config, folder string) {
	t.Helper()
	if s := cfg.Shop; s.Name != "Sartaroshxona “Gul”" || s.TIN != "123456789" || s.Language != "ru" ||
		s.Location.String() != "Asia/Samarkand" || s.DayStarts != 6*time.Hour+30*time.Minute {
		t.Errorf("shop reads as %+v", s)
	}
	if want := filepath.Join(folder, "books", "shop.db"); cfg.Store.Path != want {
		t.Errorf("store.path reads as %s, want %s", cfg.Store.Path, want)
	}
	l := cfg.Listener
	if l.Address != "[::1]:443" || l.PublicURL != "https://pay.shop.uz:8443" || l.AdminAddress != "127.0.0.1:9100" || !l.PlainHTTP {
		t.Errorf("listener reads as %+v", l)
	}
	if want := filepath.Join(folder, "tls", "cert.pem"); l.TLSCert != want || !filepath.IsAbs(l.TLSKey) || strings.HasPrefix(l.TLSKey, folder) {
		t.Errorf("the TLS files read as %s and %s", l.TLSCert, l.TLSKey)
	}
	var want []netip.Prefix
	for _, text := range []string{"10.0.0.5/32", "10.1.0.0/16", "192.0.2.1/32", "2001:db8::/32"} {
		want = append(want, netip.MustParsePrefix(text))
	}
	if !slices.Equal(l.TrustedProxies, want) {
		t.Errorf("trusted_proxies read as %v, want %v", l.TrustedProxies, want)
	}
}

func checkParsedUzum(t *testing.T, u Uzum) {
	t.Helper()
	got := u
	got.Credentials = nil
	want := Uzum{
		Enabled: true, ServiceID: 498624, Path: "/bank/v1.0", AccountParams: []string{"order_id"},
		MinAmount: 1_500 * money.Som, MaxAmount: 2_000_000 * money.Som, TransactionTTL: 90 * time.Minute,
		AppLink: "https://www.apelsin.uz/open-service", TestMode: true, Methods: []Method{MethodCard},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("uzum reads as %+v, want %+v", got, want)
	}
	if len(u.Credentials) != 2 || u.Credentials[0].Login != "old" || u.Credentials[1].Login != "new login" {
		t.Fatalf("the credentials read as %v", u.Credentials)
	}
	if !u.Credentials[0].Password.Verify([]byte("U*U")) || !u.Credentials[1].Password.Verify([]byte("password")) {
		t.Error("a credential does not accept its password")
	}
}

func TestUzumIsEnabled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file        string
		enabled     bool
		credentials int
	}{
		{"", false, 0},
		{"[uzum]\npath = '/u'", false, 0},
		{"[[uzum.credentials]]\nlogin = ''\npassword_hash = ''", false, 0},
		{connected, true, 1},
		{strings.Replace(connected, "[uzum]", "[uzum]\nenabled = true", 1), true, 1},
		{strings.Replace(connected, "[uzum]", "[uzum]\nenabled = false", 1), false, 1},
		{"[uzum]\nenabled = false\n[[uzum.credentials]]\nlogin = 'half'", false, 0},
	} {
		cfg, err := Parse([]byte(c.file), "config.toml")
		if err != nil || cfg.Uzum.Enabled != c.enabled || len(cfg.Uzum.Credentials) != c.credentials {
			t.Errorf("%q: enabled %v with %d credentials, %v", c.file, cfg.Uzum.Enabled, len(cfg.Uzum.Credentials), err)
		}
	}
}

func TestAmountsWithoutAMaximum(t *testing.T) {
	t.Parallel()
	cfg, err := Parse([]byte("[uzum]\nmin_amount = 200000000\nmax_amount = 0"), "config.toml")
	if err != nil || cfg.Uzum.MinAmount != 200_000_000*money.Som || cfg.Uzum.MaxAmount != 0 {
		t.Errorf("reads as %d to %d tiyin, %v", cfg.Uzum.MinAmount, cfg.Uzum.MaxAmount, err)
	}
}

func TestPublicURLOfThisMachine(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"http://127.0.0.1:8080", "http://127.8.9.1", "http://localhost:80", "http://till.localhost", "http://[::1]:8080"} {
		cfg, err := Parse([]byte("[listener]\npublic_url = '"+url+"'"), "config.toml")
		if err != nil || cfg.Listener.PublicURL != url {
			t.Errorf("public_url = %s reads as %s, %v", url, cfg.Listener.PublicURL, err)
		}
	}
}

func TestDefaultsAreOfAnEmptyFile(t *testing.T) {
	t.Parallel()
	got, err := Parse(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if want := Default(); !reflect.DeepEqual(got, want) {
		t.Errorf("an empty file reads as %+v, the defaults are %+v", got, want)
	}
	if _, offset := time.Now().In(got.Shop.Location).Zone(); offset != 5*60*60 {
		t.Errorf("Tashkent is %d s from UTC", offset)
	}
}

func TestDefaultTariffs(t *testing.T) {
	t.Parallel()
	var lines []string
	for _, tariff := range DefaultTariffs() {
		to := ""
		if !tariff.To.IsZero() {
			to = tariff.To.Format(time.DateOnly)
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %d", tariff.Source, tariff.From.Format(time.DateOnly), to, tariff.Rate))
	}
	want := []string{
		"UZUM_DEBIT_VISA 2025-01-01 2025-12-31 0", "UZUM_DEBIT_VISA 2026-01-01  100",
		"UZCARD 2025-01-01 2025-12-31 40", "UZCARD 2026-01-01  100",
		"HUMO 2025-01-01 2025-12-31 40", "HUMO 2026-01-01  100",
		"INSTALLMENT 2025-01-01 2025-12-31 300", "INSTALLMENT 2026-01-01  500",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("the default tariffs are\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

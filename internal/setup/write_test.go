package setup_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
)

// today is when the tests write settings.
var today = time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC) // the 22nd in Tashkent

func example(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// newDesk has no settings file yet.
func newDesk(t *testing.T) setup.Desk {
	t.Helper()
	return setup.Desk{Path: filepath.Join(t.TempDir(), "config.toml"), Example: example(t), Now: func() time.Time { return today }, Systems: systems}
}

func mustSave(t *testing.T, d setup.Desk, a setup.Answers) setup.Saved {
	t.Helper()
	saved, err := d.Save(a)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func mustConfig(t *testing.T, d setup.Desk) config.Config {
	t.Helper()
	cfg, err := config.Load(d.Path)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func mustText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// bank are answers that connect the bank.
func bank(secret string) setup.Answers {
	return setup.Answers{setup.UzumServiceID: "101202", setup.UzumLogin: "lola", setup.UzumPassword: secret, setup.PublicURL: "pay.shop.uz"}
}

// drawAnswers draws answers as their checks leave them.
func drawAnswers(t *rapid.T) setup.Answers {
	line := rapid.StringMatching(`[A-Za-zА-яўқғҳ‘'"\\#=\[\]$%0-9]([A-Za-zА-яўқғҳ‘'"\\#= .,0-9]{0,20}[A-Za-z0-9"'\\])?`)
	host := rapid.StringMatching(`[a-z]{1,8}\.(shop\.)?uz`)
	name := rapid.StringMatching(`[a-z_]{3,10}`).Filter(func(s string) bool { return s != "amount" && s != "fio" })
	least := rapid.Int64Range(0, 1_000_000).Draw(t, "least")
	a := setup.Answers{
		setup.ShopName: line.Draw(t, "name"), setup.ShopAddress: line.Draw(t, "address"), setup.ShopPhone: line.Draw(t, "phone"),
		setup.ShopLanguage:     rapid.SampledFrom([]string{"uz", "ru", "en"}).Draw(t, "language"),
		setup.UzumServiceID:    strconv.FormatInt(rapid.Int64Range(1, 1<<40).Draw(t, "service"), 10),
		setup.UzumLogin:        rapid.StringMatching(`[a-z'\\#-]{1,12}[a-z]`).Draw(t, "login"),
		setup.UzumAccountParam: strings.Join(rapid.SliceOfNDistinct(name, 1, 8, rapid.ID).Draw(t, "params"), ","),
		setup.UzumPath:         rapid.SampledFrom([]string{"/uzum", "/bank/v1"}).Draw(t, "path"),
		setup.UzumEnabled:      "yes",
		setup.UzumMethods:      rapid.SampledFrom([]string{"app", "card", "app,card"}).Draw(t, "methods"),
		setup.UzumMinAmount:    strconv.FormatInt(least, 10) + rapid.SampledFrom([]string{"", ".05"}).Draw(t, "tiyin"),
		setup.UzumMaxAmount:    rapid.SampledFrom([]string{"0", strconv.FormatInt(least+1, 10), "77777777.70"}).Draw(t, "most"),
		setup.UzumTestMode:     rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "test"),
		setup.ListenAddress:    rapid.SampledFrom([]string{"127.0.0.1:8080", "127.0.0.1:0", "[::1]:8443"}).Draw(t, "listen"),
		setup.PublicURL:        "https://" + host.Draw(t, "host"),
		setup.HTTPS:            rapid.SampledFrom([]string{setup.ByFiles, setup.ByACME, setup.ByProxy, setup.ByNone}).Draw(t, "https"),
	}
	drawHTTPS(t, a)
	drawOneClick(t, a)
	for _, kind := range config.Kinds() {
		takers := []string{"uzum", "manual"}
		if kind != "counter" && a[setup.OneClickSwitch] == setup.On {
			takers = append(takers, "oneclick")
		}
		a[setup.RouteID(kind)] = rapid.SampledFrom(takers).Draw(t, string(kind))
	}
	for _, source := range []string{"UZUM_DEBIT_VISA", "UZCARD", "HUMO", "INSTALLMENT"} {
		a[setup.TariffID(source)] = rapid.SampledFrom([]string{"0", "1", "0.4", "0.05", "3.25", "5", "100"}).Draw(t, source)
	}
	return a
}

func drawOneClick(t *rapid.T, a setup.Answers) {
	least := rapid.Int64Range(0, 1_000_000).Draw(t, "least of a card")
	a[setup.OneClickSwitch] = rapid.SampledFrom([]string{setup.On, setup.Off}).Draw(t, "switch")
	a[setup.OneClickURL] = rapid.SampledFrom([]string{"https://api.example.uz", "http://127.0.0.1:8099"}).Draw(t, "api")
	a[setup.OneClickCredentials] = rapid.SampledFrom([]string{"/etc/tushum/keys.json", "/etc/tushum/my \"keys\".json"}).Draw(t, "keys")
	a[setup.OneClickFlow] = rapid.SampledFrom([]string{"widget", "h2h"}).Draw(t, "flow")
	a[setup.OneClickCountry] = rapid.SampledFrom([]string{"", "UZ"}).Draw(t, "country")
	a[setup.OneClickLang] = rapid.SampledFrom([]string{setup.Payers, "uz", "ru", "en"}).Draw(t, "payers read")
	a[setup.OneClickMinAmount] = strconv.FormatInt(least, 10)
	a[setup.OneClickMaxAmount] = rapid.SampledFrom([]string{"0", strconv.FormatInt(least+1, 10)}).Draw(t, "most of a card")
	a[setup.OneClickTestMode] = rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "sandbox")
}

func drawHTTPS(t *rapid.T, a setup.Answers) {
	proxies := rapid.SampledFrom([]string{"127.0.0.1", "10.0.0.0/24,192.168.1.5", "::1"}).Draw(t, "proxies")
	for _, id := range []setup.ID{setup.TLSCert, setup.TLSKey, setup.ACMEDomain, setup.ACMEEmail, setup.ACMEDirectory, setup.ACMECARoot, setup.ACMEHTTPAddress, setup.TrustedProxies} {
		a[id] = ""
	}
	switch a[setup.HTTPS] {
	case setup.ByFiles:
		a[setup.TLSCert], a[setup.TLSKey] = "/etc/tls/full chain.pem", `/etc/tls/key\"1.pem`
	case setup.ByACME:
		a[setup.ACMEDomain], a[setup.ACMEHTTPAddress] = strings.TrimPrefix(a[setup.PublicURL], "https://"), rapid.SampledFrom([]string{"", ":80"}).Draw(t, "challenge")
		a[setup.ACMEEmail], a[setup.ACMEDirectory] = "lola@shop.uz", rapid.SampledFrom([]string{"", "https://ca.shop.uz/dir"}).Draw(t, "directory")
	case setup.ByProxy:
		a[setup.TrustedProxies] = proxies
	}
}

// lasting are the answers of a that settings can say again.
func lasting(a setup.Answers) setup.Answers {
	only := make(setup.Answers)
	for _, q := range setup.Questions(systems) {
		if !slices.Contains([]setup.ID{setup.UzumPair, setup.UzumPassword, setup.UzumKeepOld, setup.TariffFrom, setup.OneClickConsent}, q.ID) {
			only[q.ID] = a[q.ID]
		}
	}
	return only
}

// hashOfTests is of a password that nobody needs to know.
const hashOfTests = "$2a$04$zUlPMB0DTIFNxsZQTO5s8OGyAYc3Xk4fua3UdykTqZHIUPhxTSrn."

func TestSettingsSayWhatWasAnswered(t *testing.T) {
	t.Parallel()
	begin := []string{"", "[uzum]\nenabled = false\n[[tariff]]\nsource = 'HUMO'\nbasis_points = 7\n"}
	rapid.Check(t, func(t *rapid.T) {
		file := config.NewFile("/shop/config.toml", []byte(rapid.SampledFrom(begin).Draw(t, "begin")))
		cfg, err := file.Config()
		if err != nil {
			t.Fatal(err)
		}
		was := setup.From(cfg)
		for round := range 2 { // the second changes what the first has written
			answers := drawAnswers(t)
			now := make(setup.Answers)
			for id, answer := range answers {
				now[id] = answer
			}
			now[setup.PasswordHash], now[setup.TariffFrom] = hashOfTests, []string{"2026-11-21", "2026-11-22"}[round]
			if err := setup.Write(file, was, now); err != nil {
				t.Fatal(err)
			}
			if cfg, err = file.Config(); err != nil {
				t.Fatalf("%v\n%s", err, file.Text())
			}
			was = setup.From(cfg)
			for id, want := range lasting(answers) {
				if was[id] != want {
					t.Fatalf("%s was answered %q, and the settings say %q", id, want, was[id])
				}
			}
			if missing := setup.Missing(was); len(missing) > 0 || !cfg.Uzum.Enabled {
				t.Fatalf("missing is %v, the bank is connected: %v", missing, cfg.Uzum.Enabled)
			}
		}
		before := file.Text()
		if err := setup.Write(file, was, was); err != nil || !bytes.Equal(before, file.Text()) {
			t.Fatalf("answers that say nothing new have changed the file: %v", err)
		}
	})
}

func TestAnswersThatAreKnownChangeNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	mustSave(t, d, bank("a password"))
	before := mustText(t, d.Path)
	again := setup.From(mustConfig(t, d))
	again[setup.UzumPassword] = "a password" // as a script gives it again
	mustSave(t, d, again)
	if got := mustText(t, d.Path); got != before {
		t.Errorf("the file has changed:\n%s", got)
	}
}

func TestOneAnswerChangesOneLine(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	mustSave(t, d, setup.Answers{setup.ShopPhone: "+998 71 200-00-00"})
	was, now := strings.Split(string(d.Example), "\n"), strings.Split(mustText(t, d.Path), "\n")
	changed := 0
	for i := range was {
		if was[i] != now[i] {
			changed++
		}
	}
	if len(was) != len(now) || changed != 1 {
		t.Errorf("%d of %d lines have changed, now there are %d", changed, len(was), len(now))
	}
}

// Who has begun without settings goes on in the language that was spoken.
func TestTheFirstSettingsKeepTheLanguage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.Language = lang.RU
	mustSave(t, d, setup.Answers{setup.ShopName: "Lola"})
	if cfg := mustConfig(t, d); cfg.Shop.Language != lang.RU || cfg.Shop.Name != "Lola" {
		t.Errorf("the settings are %+v", cfg.Shop)
	}
	d.Language = lang.EN // of somebody who looks at what is there
	mustSave(t, d, setup.Answers{setup.ShopPhone: "1"})
	if cfg := mustConfig(t, d); cfg.Shop.Language != lang.RU {
		t.Errorf("the language is %s", cfg.Shop.Language)
	}
	mustSave(t, d, setup.Answers{setup.ShopLanguage: "uz"})
	if cfg := mustConfig(t, d); cfg.Shop.Language != lang.UZ {
		t.Errorf("the language is %s though another was wanted", cfg.Shop.Language)
	}
}

func TestAPasswordChangesWithoutAnOutage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	mustSave(t, d, bank("one"))
	accepts := func(login, secret string) bool { return accepted(mustConfig(t, d), login, secret) }
	saved := mustSave(t, d, setup.Answers{setup.UzumPassword: "two"})
	if !accepts("lola", "one") || !accepts("lola", "two") || saved.Sheet.Password != "two" || saved.Sheet.Login != "lola" {
		t.Errorf("beside the new password the old one does not hold: %v", saved)
	}
	mustSave(t, d, setup.Answers{setup.UzumKeepOld: setup.No})
	if !accepts("lola", "two") || accepts("lola", "one") {
		t.Error("the old password is valid though it is not wanted any more")
	}
	mustSave(t, d, setup.Answers{setup.UzumLogin: "aziza"})
	if !accepts("aziza", "two") || !accepts("lola", "two") || accepts("lola", "one") {
		t.Error("a new login does not keep the password in use, or more than two are valid")
	}
	mustSave(t, d, setup.Answers{setup.UzumKeepOld: setup.No})
	saved = mustSave(t, d, setup.Answers{setup.UzumPair: setup.Yes})
	if !accepts(saved.Sheet.Login, saved.Sheet.Password) || !accepts("aziza", "two") || accepts("lola", "two") {
		t.Errorf("the pair that was made is not valid beside the one in use")
	}
	mustSave(t, d, setup.Answers{setup.UzumKeepOld: setup.No})
	if !accepts(saved.Sheet.Login, saved.Sheet.Password) || accepts("aziza", "two") {
		t.Error("the old credential is valid though it is not wanted any more")
	}
	mustSave(t, d, setup.Answers{setup.UzumPassword: "three", setup.UzumKeepOld: setup.No})
	if !accepts(saved.Sheet.Login, "three") || accepts(saved.Sheet.Login, saved.Sheet.Password) {
		t.Error("the old password is valid though only the new one was wanted")
	}
	for _, secret := range []string{"one", "two", "three", saved.Sheet.Password} {
		if strings.Contains(mustText(t, d.Path), `"`+secret+`"`) || strings.Contains(mustText(t, d.Path), `'`+secret+`'`) {
			t.Errorf("the settings hold the password %s", secret)
		}
	}
}

// accepted reports whether the bank may come with a login and a password.
func accepted(cfg config.Config, login, secret string) bool {
	return slices.ContainsFunc(cfg.Uzum.Credentials, func(c config.Credential) bool {
		return c.Login == login && c.Password.Verify([]byte(secret))
	})
}

// Whichever of two pairs the bank uses, it must not go because a third is made.
func TestAThirdPairTakesTheOldestAwayFromNobody(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	mustSave(t, d, bank("the bank's"))
	lost := mustSave(t, d, setup.Answers{setup.UzumPair: setup.Yes}).Sheet
	before := mustText(t, d.Path)
	for _, third := range []setup.Answers{
		{setup.UzumPair: setup.Yes}, {setup.UzumPair: setup.Yes, setup.UzumKeepOld: setup.Yes},
		{setup.UzumPassword: "third"}, {setup.UzumLogin: "third"}, {setup.PasswordHash: hashOfTests},
		{setup.UzumPair: setup.Yes, "pairs-in-use": "1"}, // what only the settings say
	} {
		_, err := d.Save(third)
		var answer *setup.Wrong
		if !errors.As(err, &answer) || answer.ID != setup.UzumKeepOld || !strings.Contains(answer.Err.Hint.EN, "--uzum-keep-old older") {
			t.Errorf("%v gives %v", third, err)
		}
	}
	// One that is valid already is no third.
	mustSave(t, d, setup.Answers{setup.UzumPassword: lost.Password})
	if got := mustText(t, d.Path); got != before {
		t.Errorf("the file has changed:\n%s", got)
	}
	saved := mustSave(t, d, setup.Answers{setup.UzumPair: setup.Yes, setup.UzumKeepOld: setup.KeepOlder}).Sheet
	cfg := mustConfig(t, d)
	if !accepted(cfg, "lola", "the bank's") || !accepted(cfg, saved.Login, saved.Password) || accepted(cfg, lost.Login, lost.Password) {
		t.Error("the pair whose sheet was lost does not make room for another")
	}
	mustSave(t, d, setup.Answers{setup.UzumLogin: "lola", setup.UzumPassword: "the bank's"})
	cfg = mustConfig(t, d)
	if cfg.Uzum.Credentials[0].Login != "lola" || !accepted(cfg, "lola", "the bank's") || !accepted(cfg, saved.Login, saved.Password) {
		t.Error("going back to the pair from before loses one")
	}
	mustSave(t, d, setup.Answers{setup.UzumKeepOld: setup.KeepOlder})
	if c := mustConfig(t, d).Uzum.Credentials; len(c) != 1 || c[0].Login != saved.Login {
		t.Errorf("of two the older is to stay, and there are %v", c)
	}
}

// Nobody sees a password again that was made and is not told.
func TestAPasswordThatWasWrittenIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	broken := errors.New("the new listener has gone")
	d.Keep = func(f *config.File) ([]string, error) { return nil, errors.Join(f.Save(), broken) }
	saved, err := d.Save(setup.Answers{setup.UzumServiceID: "101202", setup.UzumPair: setup.Yes})
	if !errors.Is(err, broken) || !accepted(mustConfig(t, d), saved.Sheet.Login, saved.Sheet.Password) || !slices.Equal(saved.Missing, []setup.ID{setup.PublicURL}) {
		t.Errorf("got %+v, %v", saved, err)
	}
	d.Keep = func(*config.File) ([]string, error) { return nil, broken }
	if saved, err := d.Save(setup.Answers{setup.UzumPair: setup.Yes}); !errors.Is(err, broken) || saved.Sheet != (setup.Sheet{}) {
		t.Errorf("of settings that were not written comes %+v, %v", saved, err)
	}
}

// An answer that a flag can give does not stand for a password that is there.
func TestKeepingAnOldPasswordNeedsOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	saved := mustSave(t, d, setup.Answers{setup.UzumServiceID: "1", setup.UzumLogin: "lola", setup.UzumKeepOld: setup.Yes, setup.PublicURL: "pay.shop.uz"})
	if !slices.Equal(saved.Missing, []setup.ID{setup.UzumPassword}) || saved.Held[setup.UzumLogin] != "lola" {
		t.Errorf("missing is %v, held back %v", saved.Missing, saved.Held)
	}
	if err := os.WriteFile(d.Path, []byte("[uzum]\nenabled = false\nservice_id = 5\n[[uzum.credentials]]\nlogin = 'x'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := d.Save(setup.Answers{setup.UzumEnabled: setup.Yes})
	var answer *setup.Wrong
	if !errors.As(err, &answer) || answer.ID != setup.UzumPassword {
		t.Errorf("a login without a password gives %v", err)
	}
}

func TestTheBankIsConnectedAllAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	saved := mustSave(t, d, setup.Answers{setup.ShopName: "Lola", setup.UzumServiceID: "101202", setup.UzumLogin: "lola"})
	if !slices.Equal(saved.Missing, []setup.ID{setup.UzumPassword, setup.PublicURL}) || saved.Held[setup.UzumLogin] != "lola" || saved.Held[setup.UzumServiceID] != "101202" {
		t.Errorf("missing is %v, held back %v", saved.Missing, saved.Held)
	}
	if cfg := mustConfig(t, d); cfg.Shop.Name != "Lola" || cfg.Uzum.Enabled || cfg.Uzum.ServiceID != 0 {
		t.Errorf("the settings are %+v", cfg.Uzum)
	}
	saved = mustSave(t, d, bank("secret"))
	if cfg := mustConfig(t, d); len(saved.Missing)+len(saved.Held) > 0 || !cfg.Uzum.Enabled || cfg.Uzum.ServiceID != 101202 {
		t.Errorf("missing is %v, the settings are %+v", saved.Missing, cfg.Uzum)
	}
}

func TestConnectingOpensAClosedBank(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if err := os.WriteFile(d.Path, []byte("[uzum]\nenabled = false\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustSave(t, d, bank("secret"))
	if !mustConfig(t, d).Uzum.Enabled {
		t.Error("the bank is connected, and its paths are closed")
	}
	if err := os.WriteFile(d.Path, []byte(strings.Replace(mustText(t, d.Path), "enabled = true", "enabled = false", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	mustSave(t, d, setup.Answers{setup.ShopName: "Lola"})
	if mustConfig(t, d).Uzum.Enabled {
		t.Error("a bank that was closed on purpose is open again")
	}
}

func TestAFeeChangesFromADayOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	mustSave(t, d, setup.Answers{"tariff-uzcard": "0.4"})
	tariffs := mustConfig(t, d).Tariffs
	if len(tariffs) != len(config.DefaultTariffs())+1 || !slices.Equal(tariffs[:len(tariffs)-1], config.DefaultTariffs()) {
		t.Fatalf("the published tariffs are not kept: %v", tariffs)
	}
	last := tariffs[len(tariffs)-1]
	if last.Source != "UZCARD" || last.Rate != 40 || last.From.Format(time.DateOnly) != "2026-11-22" || !last.To.IsZero() {
		t.Errorf("the new tariff is %+v", last)
	}
	// Of the same day, it is corrected; from a later one on it is another.
	mustSave(t, d, setup.Answers{"tariff-uzcard": "0.5"})
	mustSave(t, d, setup.Answers{"tariff-uzcard": "0.6", setup.TariffFrom: "01.12.2026"})
	tariffs = mustConfig(t, d).Tariffs[len(config.DefaultTariffs()):]
	if len(tariffs) != 2 || tariffs[0].Rate != 50 || tariffs[1].Rate != 60 || tariffs[1].From.Format(time.DateOnly) != "2026-12-01" {
		t.Errorf("the tariffs are %+v", tariffs)
	}
	before := mustText(t, d.Path)
	_, err := d.Save(setup.Answers{"tariff-uzcard": "0.7"})
	var answer *setup.Wrong
	if !errors.As(err, &answer) || answer.ID != setup.TariffFrom || !strings.Contains(err.Error(), "2026-11-22") || mustText(t, d.Path) != before {
		t.Errorf("a fee before the one in force gives %v", err)
	}
}

func TestOwnTariffsStay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	own := "[[tariff]]\nsource = \"VISA\" # by contract\nbasis_points = 150\n\n[[tariff]]\nsource = \"UZCARD\"\nfrom = 2027-01-01\nbasis_points = 90\n\n" +
		"[[tariff]]\nsource = \"INSTALLMENT\"\nto = 2026-06-30\nbasis_points = 5\n"
	if err := os.WriteFile(d.Path, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := setup.From(mustConfig(t, d)); a["tariff-humo"] != "" || a["tariff-installment"] != "" || a["tariff-uzcard"] != "0.9" {
		t.Errorf("sources without a tariff in force are answered %q and %q", a["tariff-humo"], a["tariff-installment"])
	}
	mustSave(t, d, setup.Answers{"tariff-humo": "1"})
	if got := mustText(t, d.Path); !strings.HasPrefix(got, own) || len(mustConfig(t, d).Tariffs) != 4 {
		t.Errorf("the file is now\n%s", got)
	}
	if _, err := d.Save(setup.Answers{"tariff-uzcard": "1"}); err == nil || !strings.Contains(err.Error(), "is before the tariff in force began") {
		t.Errorf("a fee before one that is to come gives %v", err)
	}
}

func TestOneAnswerSaysSomethingAboutOthers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	certificate, key := selfSigned(t, "pay.shop.uz")
	mustSave(t, d, setup.Answers{setup.TLSCert: certificate, setup.TLSKey: key, setup.ListenAddress: ":443"})
	if l := mustConfig(t, d).Listener; l.TLSCert != certificate || l.Address != ":443" {
		t.Errorf("with certificate files the listener is %+v", l)
	}
	mustSave(t, d, setup.Answers{setup.HTTPS: setup.ByACME, setup.PublicURL: "pay.shop.uz", setup.ACMEHTTPAddress: ":80"})
	if l := mustConfig(t, d).Listener; l.TLSCert != "" || l.TLSKey != "" || !slices.Equal(l.ACME.Domains, []string{"pay.shop.uz"}) {
		t.Errorf("with ACME the listener is %+v", l)
	}
	mustSave(t, d, setup.Answers{setup.HTTPS: setup.ByProxy, setup.ListenAddress: "127.0.0.1:8080"})
	if l := mustConfig(t, d).Listener; len(l.ACME.Domains) > 0 || l.ACME.HTTPAddress != "" || len(l.TrustedProxies) != 1 || l.PlainHTTP {
		t.Errorf("behind a proxy the listener is %+v", l)
	}
	mustSave(t, d, setup.Answers{setup.TrustedProxies: "10.0.0.7", setup.ListenAddress: ":8080"})
	if l := mustConfig(t, d).Listener; l.TrustedProxies[0].String() != "10.0.0.7/32" || !l.PlainHTTP {
		t.Errorf("behind a proxy on another machine the listener is %+v", l)
	}
	mustSave(t, d, setup.Answers{setup.HTTPS: setup.ByNone})
	if l := mustConfig(t, d).Listener; len(l.TrustedProxies) > 0 {
		t.Errorf("without HTTPS the listener is %+v", l)
	}
}

func TestAnAddressThatOthersReachNeedsHTTPS(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for id, given := range map[setup.ID]setup.Answers{
		setup.ListenAddress:  {setup.ListenAddress: ":8080"},
		setup.TrustedProxies: {setup.ListenAddress: ":8080", setup.HTTPS: setup.ByProxy},
		setup.TLSCert:        {setup.ListenAddress: ":8080", setup.TLSCert: "cert.pem"},
	} {
		_, err := d.Save(given)
		var answer *setup.Wrong
		if !errors.As(err, &answer) || answer.ID != id {
			t.Errorf("%v gives %v", given, err)
		}
		if _, err := os.Lstat(d.Path); err == nil {
			t.Fatalf("%v has written settings", given)
		}
	}
}

func TestABrokenFileStaysAsItIs(t *testing.T) {
	t.Parallel()
	for text, where := range map[string]string{
		"[shop]\nname = \n":                          ":2: ",
		"[shop]\ncolour = \"x\"\n":                   ":2: shop.colour: unknown key",
		"[shop]\nname = \"\xcb\xee\xeb\xe0\"\n":      ":2",
		"[uzum]\nservice_id = 5\n":                   "uzum.credentials: missing",
		"\ufeff[shop]\r\nlanguage = \"klingon\"\r\n": ":2: shop.language",
	} {
		d := newDesk(t)
		if err := os.WriteFile(d.Path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := d.Save(setup.Answers{setup.ShopName: "Lola"})
		var told config.Errors
		if !errors.As(err, &told) || !strings.Contains(err.Error(), d.Path) || !strings.Contains(err.Error(), where) {
			t.Errorf("%q gives %v", text, err)
		}
		if got := mustText(t, d.Path); got != text {
			t.Errorf("%q has become %q", text, got)
		}
	}
}

func TestKeepHasTheLastWord(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	full := errors.New("the disk is full")
	d.Keep = func(*config.File) ([]string, error) { return nil, full }
	if _, err := d.Save(setup.Answers{setup.ShopName: "Lola"}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	d.Keep = func(f *config.File) ([]string, error) { return []string{"store.path"}, f.Save() }
	if saved := mustSave(t, d, setup.Answers{setup.ShopName: "Lola"}); !slices.Equal(saved.Waiting, []string{"store.path"}) || mustConfig(t, d).Shop.Name != "Lola" {
		t.Errorf("waiting is %v", saved.Waiting)
	}
}

func TestMissingIsWhatTheBankCantCallWithout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		all  setup.Answers
		want []setup.ID
	}{
		{fresh(), []setup.ID{setup.UzumServiceID, setup.UzumLogin, setup.UzumPassword, setup.PublicURL}},
		{with("uzum-pair", "yes"), []setup.ID{setup.UzumServiceID, setup.PublicURL}},
		{with("uzum-login", "x", "uzum-password-hash", "h", "public-url", "https://shop.uz"), []setup.ID{setup.UzumServiceID}},
		{with("uzum-service-id", "1", "uzum-login", "x", "uzum-password", "p"), []setup.ID{setup.PublicURL}},
		{with("uzum-service-id", "1", "uzum-login", "x", "pairs-in-use", "1", "public-url", "https://shop.uz", "https", "files"), []setup.ID{setup.TLSCert, setup.TLSKey}},
		{with("uzum-service-id", "1", "uzum-login", "x", "pairs-in-use", "2", "public-url", "https://shop.uz"), nil},
		{with("uzum-service-id", "1", "uzum-login", "x", "uzum-keep-old", "yes", "public-url", "https://shop.uz"), []setup.ID{setup.UzumPassword}},
	} {
		if got := setup.Missing(c.all); !slices.Equal(got, c.want) {
			t.Errorf("missing is %v, want %v", got, c.want)
		}
	}
}

// Whoever comes from the address of a proxy that is gone must not be believed.
func TestAProxyThatIsGoneIsTrustedNoMore(t *testing.T) {
	t.Parallel()
	f := config.NewFile("/shop/config.toml", []byte("[listener]\ntrusted_proxies = [\"127.0.0.1\"]\n"))
	cfg, err := f.Config()
	if err != nil {
		t.Fatal(err)
	}
	was := setup.From(cfg)
	if err := setup.Write(f, was, setup.Answers{setup.HTTPS: setup.ByACME, setup.PublicURL: "https://pay.shop.uz"}); err != nil {
		t.Fatal(err)
	}
	if cfg, err = f.Config(); err != nil || len(cfg.Listener.TrustedProxies) > 0 {
		t.Errorf("trusted are %v, %v", cfg.Listener.TrustedProxies, err)
	}
}

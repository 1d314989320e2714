package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/store"
)

// liveShop is a service that follows a settings file.
type liveShop struct {
	t    *testing.T
	path string
	*service
}

func newLiveShop(t *testing.T, text string) *liveShop {
	t.Helper()
	dir := t.TempDir()
	l := &liveShop{t: t, path: filepath.Join(dir, "config.toml")}
	l.write(text)
	a, _, _ := testApp(t)
	a.flags.config = l.path
	cfg, err := a.settings()
	if err != nil {
		t.Fatal(err)
	}
	l.service, err = startService(cfg, serviceOptions{Path: filepath.Join(dir, "tushum.db"), Settings: l.path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func (l *liveShop) write(text string) {
	l.t.Helper()
	if err := os.WriteFile(l.path, []byte(text), 0o600); err != nil {
		l.t.Fatal(err)
	}
}

// edit writes the file and has it read, without waiting for it to be noticed.
func (l *liveShop) edit(text string) {
	l.t.Helper()
	l.write(text)
	_ = l.reload() // what came of it the warnings tell
}

// warned is the settings' own warning; empty without one.
func (l *liveShop) warned(code store.WarningCode) string {
	for _, w := range l.watch.Warnings() {
		if w.Code == code {
			return w.Says.EN + " — " + w.Hint.EN
		}
	}
	return ""
}

func (l *liveShop) bank(password string) *bank.Client {
	return &bank.Client{
		BaseURL: l.URL() + "/uzum", Login: bankLogin, Password: password, ServiceID: bankService,
		HTTP: &http.Client{Transport: &http.Transport{}, Timeout: patience}, StatusPause: time.Millisecond,
	}
}

func (l *liveShop) invoice() store.Number {
	l.t.Helper()
	inv, err := l.shop.Issue(context.Background(), store.Draft{Kind: store.Visit, Amount: 25_000 * money.Som, By: "test"})
	if err != nil {
		l.t.Fatal(err)
	}
	return inv.Number
}

const (
	newPassword = "another password of the bank"
	// newHash is of newPassword, as bankHash is.
	newHash = "$2a$04$.54Jsp0GxVdt8h80vnpBAeMW0pO9B3/qR6QQaWhz5zMrlu5BkTl0S"
)

func second(text string) string {
	return text + "[[uzum.credentials]]\nlogin = \"bank\"\npassword_hash = '" + newHash + "'\n"
}

// A password is changed, limits, names, tariffs, routing and account keys are,
// while the bank goes on paying: no call is refused, none is lost.
func TestSettingsAreExchangedUnderPaymentsWithoutARefusal(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	var password atomic.Value
	password.Store(bankPassword)
	const payers, each = 6, 30
	var paying sync.WaitGroup
	step := make(chan struct{}, payers*each)
	for range payers {
		paying.Go(func() {
			for range each {
				number := l.invoice()
				if _, err := l.bank(password.Load().(string)).Pay(t.Context(), bank.PayRequest{Number: number.String()}); err != nil {
					t.Errorf("paying %s: %v", number, err)
				}
				step <- struct{}{}
			}
		})
	}
	after := func(payments int) {
		for range payments {
			<-step
		}
	}
	after(10)
	l.edit(second(testConfig)) // both are right
	after(10)
	password.Store(newPassword)
	for _, change := range []string{
		"\n[routing]\ngoods = \"manual\"\n",
		"\n[[tariff]]\nsource = \"UZCARD\"\nfrom = \"2026-01-01\"\nbasis_points = 50\n",
		"\n[routing]\ntopup = \"manual\"\n",
	} {
		after(20)
		l.edit(second(testConfig) + change)
	}
	after(20)
	only := strings.ReplaceAll(testConfig, bankHash, newHash)
	l.edit(strings.Replace(only, "service_id = 101202", "service_id = 101202\nmin_amount = 2000", 1))
	paying.Wait()
	if got := l.shop.Rules().MinAmount; got != 2000*money.Som {
		t.Errorf("the minimum is %d", got)
	}
	totals, err := l.shop.Totals(t.Context(), 0, 99999999)
	if err != nil {
		t.Fatal(err)
	}
	sum := money.Amount(0)
	for _, total := range totals {
		sum += total.Amount
	}
	if want := payers * each * 25_000 * money.Som; sum != want {
		t.Errorf("the takings are %d, want %d", sum, want)
	}
	if reply, err := l.bank(bankPassword).Check(t.Context(), l.invoice().String()); err != nil || reply.ErrorCode != "10001" {
		t.Errorf("the old password is answered %+v, %v", reply, err)
	}
}

// An edit is noticed by itself.
func TestAnEditedFileIsNoticed(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	l.write(strings.Replace(testConfig, "Sartaroshxona", "Choyxona", 1))
	deadline := time.Now().Add(patience)
	for l.shop.cfg().Shop.Name != "Choyxona" {
		if time.Now().After(deadline) {
			t.Fatal("the edit was not noticed")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// A file that can't be used is told with its line, and the old settings go on.
func TestABrokenFileIsRefusedAndTheOldOneGoesOn(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() }) // the subtests run on
	for name, c := range map[string]struct{ text, want string }{
		"syntax":      {testConfig + "\n[shop", ":14: not TOML"},
		"unknown key": {strings.Replace(testConfig, "language", "lingo", 1), ":3: shop.lingo: unknown key"},
		"port":        {strings.Replace(testConfig, "127.0.0.1:0", taken.Addr().String(), 1), "can't listen on " + taken.Addr().String()},
		"certificate": {strings.Replace(testConfig, "[uzum]", "tls_cert = \"none.pem\"\ntls_key = \"none.key\"\n[uzum]", 1), "none.pem"},
		"plain":       {strings.Replace(testConfig, "127.0.0.1:0", "0.0.0.0:0", 1), "listener.address"},
		"emptied":     {"", "the bank's keys are gone from the file"},
		"cut off":     {testConfig[:strings.Index(testConfig, "[[uzum")], "uzum.credentials: missing"},
		"windows":     {strings.Replace(testConfig, "Sartaroshxona", "\xcf\xe0\xf0\xe8\xea", 1), "Windows-1251"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLiveShop(t, testConfig)
			before := l.URL()
			l.edit(c.text)
			if told := l.warned(store.SettingsRefused); !strings.Contains(told, c.want) || !strings.HasPrefix(told, "the new settings are refused") {
				t.Errorf("told %q, want %q in it", told, c.want)
			}
			if _, err := l.bank(bankPassword).Pay(t.Context(), bank.PayRequest{Number: l.invoice().String()}); err != nil || l.URL() != before {
				t.Errorf("at %s, formerly %s: %v", l.URL(), before, err)
			}
			l.edit(testConfig)
			if told := l.warned(store.SettingsRefused); told != "" {
				t.Errorf("after it was mended: %q", told)
			}
		})
	}
}

// What was refused for a cause outside the file is taken up when that is gone.
func TestARefusedFileIsTriedAgain(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := newLiveShop(t, testConfig)
	address := taken.Addr().String()
	l.write(strings.Replace(testConfig, "127.0.0.1:0", address, 1))
	until := func(what string, done func() bool) {
		t.Helper()
		for deadline := time.Now().Add(patience); !done(); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal(what)
			}
		}
	}
	until("the busy port is not told", func() bool { return l.warned(store.SettingsRefused) != "" })
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	until("the free port is not taken", func() bool { return l.URL() == "http://"+address })
	until("the warning stays", func() bool { return l.warned(store.SettingsRefused) == "" })
}

// Answers of a console are written down and in force, or neither.
func TestAConsoleSavesSettings(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	settings := consoleSettings{l.service}
	saved, err := settings.Save(t.Context(), setup.Answers{setup.ShopName: "Choyxona", setup.UzumPassword: newPassword, setup.UzumLogin: bankLogin})
	if err != nil || saved.Sheet.Password != newPassword || len(saved.Waiting) > 0 {
		t.Fatalf("saved: %+v, %v", saved, err)
	}
	if cfg := settings.Config(); cfg.Shop.Name != "Choyxona" || len(cfg.Uzum.Credentials) != 2 {
		t.Errorf("in force: %+v", cfg.Shop)
	}
	for _, password := range []string{bankPassword, newPassword} { // both, until the old one is dropped
		if _, err := l.bank(password).Pay(t.Context(), bank.PayRequest{Number: l.invoice().String()}); err != nil {
			t.Errorf("with %q: %v", password, err)
		}
	}
	before, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	var trouble *setup.Trouble
	if _, err := settings.Save(t.Context(), setup.Answers{setup.ListenAddress: taken.Addr().String()}); !errors.As(err, &trouble) || trouble.Hint.RU == "" {
		t.Errorf("a busy port: %v", err)
	}
	for id, answer := range map[setup.ID]string{setup.PublicURL: "https://pay.shop.uz/path", setup.UzumServiceID: "abc"} {
		var wrong *setup.Wrong
		if _, err := settings.Save(t.Context(), setup.Answers{id: answer}); !errors.As(err, &wrong) || wrong.ID != id {
			t.Errorf("%s: %v", id, err)
		}
	}
	if after, err := os.ReadFile(l.path); err != nil || string(after) != string(before) {
		t.Errorf("a refused answer has changed the file: %v\n%s", err, after)
	}
	if err := l.reload(); err != nil {
		t.Errorf("the file that is in force can't be read: %v", err)
	}
	if told := l.warned(store.SettingsRefused); told != "" {
		t.Error(told)
	}
}

// The sheet of a console names an invoice that the bank may try.
func TestAConsoleHasTheSheet(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	sheet, err := consoleSettings{l.service}.Sheet(t.Context())
	if err != nil || sheet.ServiceID != bankService || sheet.Login != bankLogin || sheet.Password != "" || sheet.TestInvoice == 0 {
		t.Fatalf("the sheet is %+v, %v", sheet, err)
	}
	again, err := consoleSettings{l.service}.Sheet(t.Context())
	if err != nil || again.TestInvoice != sheet.TestInvoice {
		t.Errorf("the second sheet names %s, the first %s: %v", again.TestInvoice, sheet.TestInvoice, err)
	}
	played, err := startService(testSettings(t, testConfig), serviceOptions{Path: filepath.Join(t.TempDir(), "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = played.Close() })
	var trouble *setup.Trouble
	if _, err := (consoleSettings{played}).Save(t.Context(), setup.Answers{setup.ShopName: "x"}); !errors.As(err, &trouble) {
		t.Errorf("a shop without a file: %v", err)
	}
}

// A changed address: the new port answers, the old one takes nobody new.
func TestTheListenerMoves(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	old := l.bank(bankPassword)
	if _, err := old.Pay(t.Context(), bank.PayRequest{Number: l.invoice().String()}); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	l.edit(strings.Replace(testConfig, "127.0.0.1:0", address, 1))
	if l.URL() != "http://"+address {
		t.Fatalf("the service is at %s, want %s", l.URL(), address)
	}
	// The bank's connection is still open, and a call that is on its way over it is answered.
	if reply, err := old.Check(t.Context(), l.invoice().String()); err != nil || reply.HTTPStatus != http.StatusOK {
		t.Errorf("over the old connection: %+v, %v", reply, err)
	}
	deadline := time.Now().Add(patience)
	for err = error(nil); err == nil; _, err = old.Check(t.Context(), "1000002") {
		if time.Now().After(deadline) {
			t.Fatal("the old address takes new connections")
		}
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := l.bank(bankPassword).Pay(t.Context(), bank.PayRequest{Number: l.invoice().String()}); err != nil {
		t.Errorf("at the new address: %v", err)
	}
}

// Another host with the same port can't be opened beside the old one: it waits.
func TestAnotherHostAtTheSamePortWaits(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	_, number, err := net.SplitHostPort(strings.TrimPrefix(l.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	l.edit(strings.Replace(testConfig, `"127.0.0.1:0"`, fmt.Sprintf("\":%s\"\nplain_http = true", number), 1))
	if told := l.warned(store.SettingsWaiting); !strings.Contains(told, "listener") {
		t.Errorf("told %q", told)
	}
	l.edit(testConfig)
	if told := l.warned(store.SettingsWaiting); told != "" {
		t.Errorf("after it was taken back: %q", told)
	}
}

// Without a settings file a service begins with the defaults, and takes the file
// up when it comes.
func TestTheFirstSettingsAreTakenUp(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, "[listener]\naddress = \"127.0.0.1:0\"\n")
	if _, err := l.shop.Issue(t.Context(), store.Draft{Kind: store.Visit, Amount: 25_000 * money.Som, By: "test"}); store.CodeOf(err) != "not_connected" {
		t.Errorf("an invoice without a bank: %v", err)
	}
	reply, err := l.bank(bankPassword).Check(t.Context(), "1000002")
	if err != nil || reply.ErrorCode != "10001" {
		t.Errorf("before it is connected: %+v, %v", reply, err)
	}
	l.edit(testConfig)
	if _, err := l.bank(bankPassword).Pay(t.Context(), bank.PayRequest{Number: l.invoice().String()}); err != nil {
		t.Error(err)
	}
	l.edit(strings.Replace(testConfig, "[uzum]", "[uzum]\nenabled = false", 1))
	if reply, err := l.bank(bankPassword).Check(t.Context(), "1000002"); err != nil || reply.ErrorCode != "10001" {
		t.Errorf("when it is paused: %+v, %v", reply, err)
	}
}

// HTTPS is turned on and off while the bank pays, by its own schedule.
func TestHTTPSIsTurnedOnAndOff(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	roots := x509.NewCertPool()
	cert, key := selfSigned(t, roots)
	pay := func() {
		t.Helper()
		by := l.bank(bankPassword)
		by.HTTP.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
		if _, err := by.Pay(t.Context(), bank.PayRequest{Number: l.invoice().String()}); err != nil {
			t.Errorf("at %s: %v", l.URL(), err)
		}
	}
	pay()
	l.edit(strings.Replace(testConfig, "[uzum]", fmt.Sprintf("tls_cert = '%s'\ntls_key = '%s'\n[uzum]", cert, key), 1))
	if !strings.HasPrefix(l.URL(), "https://") {
		t.Errorf("the service is at %s: %s", l.URL(), l.warned(store.SettingsRefused))
	}
	pay()
	if state, on := l.certificate(); !on || !state.Covers("127.0.0.1") {
		t.Errorf("the certificate is %+v", state)
	}
	l.edit(testConfig)
	if !strings.HasPrefix(l.URL(), "http://") {
		t.Errorf("the service is at %s: %s", l.URL(), l.warned(store.SettingsRefused))
	}
	pay()
}

package oneclick_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/internal/system/systemtest"
	"tushum/store"
)

func TestItKeepsThePromisesOfAPaymentSystem(t *testing.T) {
	t.Parallel()
	systemtest.System(t, oneclick.New)
}

func TestItKeepsThePromisesOfOneThatMakesDeals(t *testing.T) {
	t.Parallel()
	for _, flow := range []config.Flow{config.Widget, config.HostToHost} {
		t.Run(string(flow), func(t *testing.T) {
			t.Parallel()
			systemtest.Dealer(t, func(t *testing.T) systemtest.Vendor {
				t.Helper()
				s := newStage(t, func(c *config.OneClick) { c.Flow = flow })
				return systemtest.Vendor{Dealer: s.system, Now: s.now, Lose: s.lose, Hold: s.hold, Down: s.server.Close}
			})
		})
	}
}

func (s *stage) lose() { s.vendor.Fail(simulator.Payin, simulator.Lost) }

func (s *stage) hold() <-chan struct{} {
	arrived := make(chan struct{})
	s.vendor.Fail(simulator.Payin, func(_ http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		answer(httptest.NewRecorder(), r)
		_, _ = io.Copy(io.Discard, r.Body) // or the server would not notice that the caller goes
		close(arrived)
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	})
	return arrived
}

func TestHowFarItIsConnected(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*config.OneClick)
		want   store.ConnectionState
	}{
		"filled in and on":       {func(*config.OneClick) {}, store.Connected},
		"no address":             {func(o *config.OneClick) { o.BaseURL = "" }, store.NotConnected},
		"no file is named":       {func(o *config.OneClick) { o.CredentialsFile = "" }, store.NotConnected},
		"switched off":           {func(o *config.OneClick) { o.Enabled = false }, store.Paused},
		"off, and no address":    {func(o *config.OneClick) { o.Enabled, o.BaseURL = false, "" }, store.NotConnected},
		"off, and no such file":  {func(o *config.OneClick) { o.Enabled = false; o.CredentialsFile += ".gone" }, store.Paused},
		"there is no such file":  {func(o *config.OneClick) { o.CredentialsFile += ".gone" }, store.Failing},
		"the file is a folder":   {func(o *config.OneClick) { o.CredentialsFile = filepath.Dir(o.CredentialsFile) }, store.Failing},
		"the address is no more": {func(o *config.OneClick) { o.BaseURL = "https://127.0.0.1:1" }, store.Connected}, // as far as the settings tell
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, c.change)
			p := s.system.Profile()
			systemtest.Profile(t, p)
			if p.State != c.want {
				t.Errorf("it is %s, want %s", p.State, c.want)
			}
			fault := s.system.(interface{ Fault() error }).Fault()
			if (fault != nil) != (c.want == store.Failing) {
				t.Errorf("what is wrong with its file: %v", fault)
			}
		})
	}
}

func TestWhatItSaysOfItself(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(o *config.OneClick) {
		o.BaseURL, o.Flow, o.TestMode, o.Watch = "https://api.example.uz:8443/v1", config.HostToHost, true, 3*24*time.Hour
		o.MinAmount, o.MaxAmount = 5_000*money.Som, 9_000_000*money.Som
	})
	p := s.system.Profile()
	if p.System != oneclick.Name || p.Can != (store.Abilities{Card: true, Deals: true}) || !p.Test || p.Watch != 3*24*time.Hour {
		t.Errorf("it is %+v", p)
	}
	if p.Least != 5_000*money.Som || p.Most != 9_000_000*money.Som {
		t.Errorf("it takes from %d to %d", p.Least, p.Most)
	}
	if p.Host != "api.example.uz:8443" || !slices.Equal(p.Files, []string{s.cfg.OneClick.CredentialsFile}) {
		t.Errorf("it is at %q, with %v", p.Host, p.Files)
	}
	if !slices.Equal(p.Facts, []lang.Text{config.HostToHost.Name()}) {
		t.Errorf("the facts are %+v", p.Facts)
	}
	for l, word := range map[lang.Lang]string{lang.UZ: "USDT", lang.RU: "USDT", lang.EN: "not the payee"} {
		if !strings.Contains(p.Warning.In(l), word) || p.Missing.In(l) == "" {
			t.Errorf("in %s it warns %q, and misses %q", l, p.Warning.In(l), p.Missing.In(l))
		}
	}
	if link := s.system.AppLink(store.Invoice{}, price, ""); link != "" {
		t.Errorf("an app opens by %q", link)
	}
}

// Which settings make another account: any of its own, and none of somebody else's.
func TestOtherSettingsMakeAnother(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	same := s.system.(interface{ Same(cfg config.Config) bool }).Same
	cfg := s.cfg
	cfg.Shop.Name, cfg.Uzum.TestMode = "Boshqa", true
	if !same(cfg) {
		t.Error("settings of others make another")
	}
	cfg.OneClick.Watch++
	if same(cfg) {
		t.Error("settings of its own don't")
	}
}

// The file is read again when it changes, and one that can't be read any more ends
// nothing.
func TestTheFileIsExchangedInItsPlace(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	header, body, err := s.vendor.Webhook(s.made().ID, simulator.Good)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.system.Test(t.Context()); err != nil || s.vendor.Calls()[simulator.SignIn] != 1 {
		t.Errorf("a file that stays is read anew, and signed in with: %v", err)
	}
	file := s.cfg.OneClick.CredentialsFile
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := s.system.Test(t.Context()); err != nil || s.system.Profile().State != store.Connected {
		t.Errorf("what was read does not go on: %v", err)
	}
	later := s.with(s.cfg)
	if err := later.Test(t.Context()); err == nil || later.Profile().State != store.Failing {
		t.Errorf("without its file it is %s, %v", later.Profile().State, err)
	}
	if err := os.WriteFile(file, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := later.Test(t.Context()); err != nil || later.Profile().State != store.Connected {
		t.Errorf("with its file it is %s, %v", later.Profile().State, err)
	}
	other, err := simulator.NewShop()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(other.CredentialsFile(), '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := later.Test(t.Context()); err == nil {
		t.Error("the keys of another shop are not read")
	}
	if _, err := later.Hint(header, body); err == nil {
		t.Error("a call for another shop is believed")
	}
}

func TestACallOfTheVendorsNamesItsDeal(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.made()
	for signature, want := range map[simulator.Signature]bool{simulator.Good: true, simulator.OtherBody: false, simulator.OtherKey: false, simulator.Garbage: false} {
		header, body, err := s.vendor.Webhook(d.ID, signature)
		if err != nil {
			t.Fatal(err)
		}
		id, err := s.system.Hint(header, body)
		if (err == nil) != want || want && id != d.ID {
			t.Errorf("a call of kind %d is about %q, %v", signature, id, err)
		}
		var told interface{ In(l lang.Lang) string }
		if !want && (!errors.As(err, &told) || told.In(lang.UZ) == "") {
			t.Errorf("%v has no words", err)
		}
	}
}

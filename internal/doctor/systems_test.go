package doctor_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/oneclick"
	"tushum/store"
)

// entry is a payment system that has a profile and does nothing.
type entry struct{ profile store.Profile }

func (e entry) Profile() store.Profile                             { return e.profile }
func (e entry) AppLink(store.Invoice, money.Amount, string) string { return "" }

// dealer is a payment system that makes deals, and can be tested.
type dealer struct {
	store.Dealer
	entry
	test func(context.Context) error
}

func (d dealer) Profile() store.Profile                             { return d.profile }
func (d dealer) AppLink(store.Invoice, money.Amount, string) string { return "" }
func (d dealer) Test(ctx context.Context) error                     { return d.test(ctx) }

// table is a table of payment systems with a dealer in the given state.
func table(bank, cards store.ConnectionState, test func(context.Context) error) store.Systems {
	return store.Systems{
		entry{store.Profile{System: store.Uzum, Name: lang.Text{EN: "Uzum Bank"}, Can: store.Abilities{App: true, Counter: true, Calls: true}, State: bank}},
		dealer{entry: entry{store.Profile{System: "oneclick", Name: lang.Text{EN: "OneClick"}, Can: store.Abilities{Card: true, Deals: true}, State: cards}}, test: test},
		entry{store.Profile{System: store.Manual, Name: lang.Text{UZ: "qo‘lda", RU: "вручную", EN: "by hand"}, Can: store.Abilities{ByHand: true}, State: store.Connected}},
	}
}

// tableOf is a table of both systems at work, the second with its file.
func tableOf(s *shop, test func(context.Context) error) store.Systems {
	systems := table(store.Connected, store.Connected, test)
	second := systems[1].(dealer)
	second.profile.Files = []string{s.cfg.OneClick.CredentialsFile}
	systems[1] = second
	return systems
}

func works(context.Context) error { return nil }

// cardSettings connect the second payment system, whose goods they route there.
const cardSettings = "[oneclick]\nenabled = true\nbase_url = 'https://api.example.uz'\ncredentials_file = 'keys.json'\n[routing]\ngoods = 'oneclick'\n"

const bankSettings = "[uzum]\nservice_id = 101202\n[[uzum.credentials]]\nlogin = \"bank\"\npassword_hash = '" + bankHash + "'\n"

// cardPlan is a shop with both systems, with the file of the second.
func cardPlan(t *testing.T, callbacks map[string]http.Handler) *shop {
	t.Helper()
	s := open(t, plan{uzum: bankSettings + cardSettings, callbacks: callbacks})
	write(t, s.cfg.OneClick.CredentialsFile, "{}")
	return s
}

var callbackPath = map[string]http.Handler{"/oneclick/callback": http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the doctor is not the vendor") })}

func TestAShopWithTwoSystemsPasses(t *testing.T) {
	t.Parallel()
	s := cardPlan(t, callbackPath)
	asked := 0
	s.subject.Systems = tableOf(s, func(ctx context.Context) error {
		if _, bounded := ctx.Deadline(); !bounded {
			t.Error("the test has no end")
		}
		asked++
		return nil
	})
	s.holdAll(t, map[string]want{
		"routing.systems":     {doctor.Passed, "Uzum Bank, OneClick", ""},
		"oneclick.connection": {doctor.Passed, "answers and knows the shop", ""},
		"oneclick.callback":   {doctor.Passed, "/oneclick/callback arrive", ""},
		"bank.connection":     {doctor.Passed, "service 101202", ""},
		"config.permissions":  {doctor.Passed, "keys.json", ""},
		"webhooks.public":     {status: doctor.Passed},
	})
	if asked != 1 {
		t.Errorf("the system was asked %d times", asked)
	}
}

func TestASystemThatDoesNotKnowTheShopIsToldInWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want want
	}{
		"the vendor's words": {oneclickError(t), want{doctor.Failed, "is not JSON", "download the file from the cabinet"}},
		"an error without":   {errors.New("canvas"), want{doctor.Failed, "canvas", "tushum setup"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, plan{uzum: bankSettings, closed: true})
			s.subject.Systems = table(store.Connected, store.Failing, func(context.Context) error { return c.err })
			s.holdAll(t, map[string]want{"oneclick.connection": c.want})
		})
	}
}

// oneclickError is a failure as the client of the system words it.
func oneclickError(t *testing.T) error {
	t.Helper()
	_, err := oneclick.ParseCredentials([]byte("<html>"))
	if err == nil {
		t.Fatal("a page is read as credentials")
	}
	return err
}

func TestASandboxIsNotTakenForMoney(t *testing.T) {
	t.Parallel()
	s := open(t, plan{uzum: bankSettings, closed: true})
	systems := table(store.Connected, store.Connected, works)
	of := systems[1].(dealer)
	of.profile.Test = true
	systems[1] = of
	s.subject.Systems = systems
	s.holdAll(t, map[string]want{"oneclick.connection": {doctor.Warning, "knows the shop; test mode", "test_mode = false"}})
}

func TestWhatIsOffIsNotAsked(t *testing.T) {
	t.Parallel()
	for _, state := range []store.ConnectionState{store.NotConnected, store.Paused} {
		s := open(t, plan{uzum: bankSettings, closed: true})
		s.subject.Systems = table(store.Connected, state, func(context.Context) error {
			t.Errorf("a system that is %s was asked", state)
			return nil
		})
		s.holdAll(t, map[string]want{
			"oneclick.connection": {doctor.Skipped, "it is off", ""},
			"routing.systems":     {doctor.Passed, "each kind goes to a system that is on: Uzum Bank", ""},
		})
		if r, told := s.examine(t)["oneclick.callback"]; told {
			t.Errorf("of calls that nobody makes is said %s", r.Says.EN)
		}
	}
}

// Without its keys a system believes no call, whether calls come through or not.
func TestCallsThatWouldNotBeBelievedAreNotPraised(t *testing.T) {
	t.Parallel()
	s := cardPlan(t, callbackPath)
	s.subject.Systems = table(store.Connected, store.Failing, func(context.Context) error { return oneclickError(t) })
	found := s.examine(t)
	if r, told := found["oneclick.callback"]; told {
		t.Errorf("of its calls is said %s", r.Says.EN)
	}
	if r := found["oneclick.connection"]; r.Status != doctor.Failed {
		t.Errorf("its connection is %s", r.Status)
	}
}

func TestAKindThatNobodyTakesIsFound(t *testing.T) {
	t.Parallel()
	s := cardPlan(t, nil)
	s.subject.Systems = table(store.Connected, store.Paused, works)
	s.holdAll(t, map[string]want{"routing.systems": {doctor.Warning, "OneClick is not connected or is paused, and these go to it: goods", "route these kinds elsewhere"}})
	s.cfg.Routing["counter"] = "oneclick" // which the settings file may not say
	s.subject.Systems = table(store.Connected, store.Connected, works)
	s.holdAll(t, map[string]want{"routing.systems": {doctor.Failed, "the QR at the till goes to OneClick, which takes no amounts", "counter"}})
}

// A shop that is paid by others alone is not asked for a bank.
func TestAShopWithoutTheBankIsNotMeasuredByIt(t *testing.T) {
	t.Parallel()
	elsewhere := "[uzum]\n" + cardSettings
	for _, kind := range []string{"visit", "prepayment", "giftcard", "membership", "topup"} {
		elsewhere += kind + " = 'oneclick'\n"
	}
	s := open(t, plan{uzum: elsewhere + "counter = 'manual'\n"})
	s.subject.Systems = table(store.NotConnected, store.Connected, works)
	const unused = "no kind of payment goes to the bank"
	s.holdAll(t, map[string]want{
		"bank.connection": {doctor.Skipped, unused, ""}, "webhooks.local": {doctor.Skipped, unused, ""}, "webhooks.public": {doctor.Skipped, unused, ""},
		"pages.public": {doctor.Passed, "customers see the page", ""}, "routing.systems": {doctor.Passed, "OneClick, by hand", ""},
	})
	s.cfg.Listener.PublicURL = ""
	s.holdAll(t, map[string]want{"public.url": {doctor.Skipped, "no public_url", ""}, "oneclick.callback": {doctor.Skipped, "no public_url", ""}})
}

// A proxy that was set up for the bank alone hands on nothing else.
func TestCallsThatAProxyKeepsAreFound(t *testing.T) {
	t.Parallel()
	s := cardPlan(t, callbackPath)
	s.subject.Systems = table(store.Connected, store.Connected, works)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/oneclick") {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, "<html>nginx</html>")
		}
	}))
	t.Cleanup(proxy.Close)
	u, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.cfg.Listener.PublicURL = u.String()
	s.holdAll(t, map[string]want{"oneclick.callback": {doctor.Warning, "HTTP 404, which is not our answer", "hand on this path"}})

	without := cardPlan(t, nil)
	without.subject.Systems = s.subject.Systems
	without.holdAll(t, map[string]want{"oneclick.callback": {doctor.Failed, "the service itself takes no calls there: HTTP 404", "log"}})
}

func TestACredentialsFileOpenToOthersIsFound(t *testing.T) {
	t.Parallel()
	s := cardPlan(t, nil)
	s.subject.Systems = tableOf(s, works)
	if err := os.Chmod(s.cfg.OneClick.CredentialsFile, 0o644); err != nil {
		t.Fatal(err)
	}
	s.holdAll(t, map[string]want{"config.permissions": {doctor.Failed, "keys.json", "chmod 600"}})
}

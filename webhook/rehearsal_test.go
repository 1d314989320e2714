package webhook_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

const (
	rehearsalLogin  = "R7Q2XKVYJ4"
	rehearsalSecret = "ZLM5:T3WPH" // a colon may stand in it
)

// rehearsal is a handler with a ledger of its own.
func rehearsal(t *testing.T) (*store.Rehearsal, *uzum.Handler) {
	t.Helper()
	clock := new(webhooktest.Clock)
	r, err := store.NewRehearsal(webhooktest.Rules(), 1000*money.Som, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	return r, uzum.New(uzum.Config{Settings: uzum.Settings{ServiceID: webhooktest.ServiceID}, Ledger: r, Auth: webhook.Rehearsed, Now: clock.Now})
}

// postAs calls a webhook of a shop over a connection of its own.
func postAs(t *testing.T, s *webhooktest.Shop, login, secret, hook, body string) answered {
	t.Helper()
	a, err := mustCall(t, place{s.Address(), false}).post("/uzum/"+hook, login, secret, body)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestARehearsal(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	ledger, h := rehearsal(t)
	end := rehearse(t, s, rehearsalSecret, h)
	account := fmt.Sprintf(`"params":{"account":%s}`, ledger.Issued().Number)
	const begin, id = `{"serviceId":101202,"timestamp":1,`, `"transId":"` + paidTransID + `"`
	for _, step := range []struct{ hook, body, want string }{
		{"check", begin + account + "}", `"status":"OK"`},
		{"create", begin + id + "," + account + `,"amount":100000}`, `"status":"CREATED"`},
		{"confirm", begin + id + `,"paymentSource":"UZCARD","phone":"998901234567"}`, `"status":"CONFIRMED"`},
		{"status", begin + id + "}", `"status":"CONFIRMED"`},
		{"reverse", begin + id + "}", `"status":"REVERSED"`},
	} {
		if a := postAs(t, s, rehearsalLogin, rehearsalSecret, step.hook, step.body); a.status != http.StatusOK || !strings.Contains(a.body, step.want) {
			t.Errorf("%s: %s", step.hook, a)
		}
	}
	if got := s.Server.Strangers(); got != 0 {
		t.Errorf("%d connections of the rehearsal are strangers", got)
	}
	if calls := s.Memory.Calls(); len(calls) != 0 {
		t.Errorf("the shop's journal has %+v", calls)
	}
	check := begin + account + "}"
	wantRefusal(t, "the bank", postAs(t, s, webhooktest.Login, webhooktest.Secret, "check", check), "10007")
	for _, wrong := range [][2]string{{rehearsalLogin, "ZLM5:T3WPHX"}, {rehearsalLogin, ""}, {"", rehearsalSecret}, {"", ""}} {
		wantRefusal(t, "a wrong pair", postAs(t, s, wrong[0], wrong[1], "check", check), "10001")
	}
	if _, is := s.Memory.Transaction(paidTransID); is {
		t.Error("the shop's ledger has the transaction")
	}
	if got := len(s.Memory.Calls()); got != 5 {
		t.Errorf("the shop's journal has %d calls of those that were no rehearsal, want 5", got)
	}
	end()
	end()
	wantRefusal(t, "after the end", postAs(t, s, rehearsalLogin, rehearsalSecret, "check", check), "10001")
}

func wantRefusal(t *testing.T, who string, a answered, code string) {
	t.Helper()
	if a.status != http.StatusBadRequest || !strings.Contains(a.body, `"errorCode":"`+code+`"`) {
		t.Errorf("%s: answered %s, want %s", who, a, code)
	}
}

// A rehearsal is for the webhooks, wherever they are; nothing else knows its pair.
func TestARehearsalFollowsThePath(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	_, h := rehearsal(t)
	defer rehearse(t, s, rehearsalSecret, h)()
	if err := s.Server.Change("/a/bank", nil); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/a/bank/check": "10003", "/a/bank/%63heck": "404", "/uzum/check": "404"} {
		r := s.Request(t, http.MethodGet, path, "")
		r.SetBasicAuth(rehearsalLogin, rehearsalSecret)
		if status, body := s.Do(t, r); !strings.Contains(body, want) {
			t.Errorf("%s: %d %s, want %s", path, status, body, want)
		}
	}
	if calls := s.Memory.Calls(); len(calls) != 0 {
		t.Errorf("the shop's journal has %+v", calls)
	}
}

// rehearse begins a rehearsal.
func rehearse(t *testing.T, s *webhooktest.Shop, secret string, h *uzum.Handler) (end func()) {
	t.Helper()
	end, err := s.Server.Rehearse(rehearsalLogin, secret, h)
	if err != nil {
		t.Fatal(err)
	}
	return end
}

// Whoever begins rehearsals and never ends them holds no more than a few, and
// ends nobody else's.
func TestRehearsalsAreBounded(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	_, h := rehearsal(t)
	const most = 8
	var ends []func()
	for i := range most {
		ends = append(ends, rehearse(t, s, fmt.Sprint(i), h))
	}
	if end, err := s.Server.Rehearse(rehearsalLogin, "8", h); !errors.Is(err, webhook.ErrRehearsals) || end != nil {
		t.Errorf("one too many: %v", err)
	}
	expect := func(i int, code string) {
		t.Helper()
		wantRefusal(t, fmt.Sprintf("rehearsal %d", i), postAs(t, s, rehearsalLogin, fmt.Sprint(i), "check", "{}"), code)
	}
	expect(most, "10001")
	for i := range most {
		expect(i, "10005")
	}
	ends[3]()
	ends[3]() // which ends no other
	expect(2, "10005")
	expect(3, "10001")
	rehearse(t, s, "8", h)
	expect(most, "10005")
}

// A handler of a rehearsal that is served as the real one lets nobody in.
func TestRehearsedIsForRehearsals(t *testing.T) {
	t.Parallel()
	_, h := rehearsal(t)
	server, err := webhook.New(webhook.Config{Uzum: h, Path: webhooktest.Path})
	if err != nil {
		t.Fatal(err)
	}
	server.Serve(listen(t))
	t.Cleanup(func() {
		if err := server.Shutdown(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	a, err := mustCall(t, place{server.Addr().String(), false}).post("/uzum/check", rehearsalLogin, rehearsalSecret, "{}")
	if err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, "a caller with a pair", a, "10001")
}

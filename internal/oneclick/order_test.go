package oneclick_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

// What goes out is the vendor's contract, letter by letter.
func TestAnOrderAsItIsSent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		order oneclick.Order
		want  string
	}{
		{order(anInvoice), `{"amount":150000.50,"currency":"UZS","type":"oneclick","invoiceId":"1000005-1","clientId":"c-7","country":"UZ","lang":"UZ"}`},
		{oneclick.Order{InvoiceID: "1", ClientID: "2", Amount: 1}, `{"amount":0.01,"currency":"UZS","type":"oneclick","invoiceId":"1","clientId":"2"}`},
		{
			oneclick.Order{InvoiceID: "1", ClientID: "2", Amount: money.Max, SuccessURL: "https://s.uz/a", FailURL: "https://s.uz/b", BackURL: "https://s.uz/c"},
			`{"amount":92233720368547758.07,"currency":"UZS","type":"oneclick","invoiceId":"1","clientId":"2",` +
				`"successUrl":"https://s.uz/a","failUrl":"https://s.uz/b","backUrl":"https://s.uz/c"}`,
		},
		{oneclick.Order{InvoiceID: "1", ClientID: "2", Amount: 130_000 * som}, `{"amount":130000,"currency":"UZS","type":"oneclick","invoiceId":"1","clientId":"2"}`},
	} {
		s := newStage(t)
		var got, kind string
		s.vendor.Fail(simulator.Payin, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			got, kind = string(body), r.Header.Get("Content-Type")
			r.Body = io.NopCloser(strings.NewReader(got))
			answer(w, r)
		})
		deal, err := s.client.Create(t.Context(), c.order)
		if err != nil || got != c.want || kind != "application/json" {
			t.Errorf("sent %s as %s (%v), want %s", got, kind, err, c.want)
		}
		if deal.Status != oneclick.New || !strings.HasPrefix(deal.URL, s.server.URL+"/pay/") || deal.InvoiceID != c.order.InvoiceID {
			t.Errorf("the deal is %+v", deal)
		}
	}
}

func TestOrdersThatAreNotSent(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for name, change := range map[string]func(*oneclick.Order){
		"no amount":          func(o *oneclick.Order) { o.Amount = 0 },
		"a negative amount":  func(o *oneclick.Order) { o.Amount = -1 },
		"no invoice":         func(o *oneclick.Order) { o.InvoiceID = "" },
		"an invoice in two":  func(o *oneclick.Order) { o.InvoiceID = "1 2" },
		"a long invoice":     func(o *oneclick.Order) { o.InvoiceID = strings.Repeat("1", 129) },
		"no client":          func(o *oneclick.Order) { o.ClientID = "" },
		"a way back by http": func(o *oneclick.Order) { o.BackURL = "http://shop.uz" },
		"a script":           func(o *oneclick.Order) { o.SuccessURL = "javascript:1" },
	} {
		o := order(anInvoice)
		change(&o)
		_, err := s.client.Create(t.Context(), o)
		if err == nil {
			t.Errorf("%s was sent", name)
			continue
		}
		is(t, err, oneclick.ErrOrder)
	}
	if len(s.vendor.Calls()) != 0 {
		t.Error("something was sent")
	}
}

// redirected answers what was done by leading elsewhere, as a server may that answers
// a form.
func redirected(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
	answer(httptest.NewRecorder(), r)
	w.Header().Set("Location", "/done")
	w.WriteHeader(http.StatusSeeOther)
}

// The heart of it: whatever happens to the answer, there is never a second deal,
// and one that was made is found.
func TestALostCreateIsFoundAndNeverDoubled(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault simulator.Fault
		made  bool
	}{
		"the answer is lost":             {simulator.Lost, true},
		"a proxy lost the answer":        {simulator.Failed, true},
		"the request is lost":            {simulator.Dropped, false},
		"half an answer":                 {simulator.Broken, false},
		"no body":                        {simulator.Empty, false},
		"a web page":                     {simulator.HTML, false},
		"two megabytes":                  {simulator.Huge, false},
		"an answer without an id":        {simulator.Answering(201, "application/json", `{"status":"new"}`), false},
		"an id that is no id":            {simulator.Answering(201, "application/json", `{"id":"../x"}`), false},
		"a deal of another invoice":      {simulator.Answering(201, "application/json", `{"id":"7","metadata":{"invoiceId":"9"}}`), false},
		"out of order":                   {simulator.Unavailable(""), false},
		"a name that is taken":           {simulator.Refusing(409, "ERROR_INVOICE_EXISTS"), false},
		"sent elsewhere after it":        {redirected, true},
		"a deal, and an error all along": {simulator.Edited(`"id"`, `"no"`), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.vendor.Behave(func(b *simulator.Behaviour) { b.PageSize = 3 })
			for _, other := range []string{"a", "b", "c", "d", "e", "f", "g"} {
				s.made(other)
			}
			s.vendor.Fail(simulator.Payin, c.fault)
			_, err := s.client.Create(t.Context(), order(anInvoice))
			is(t, err, oneclick.ErrUnknownOutcome)
			deal, err := s.client.Find(t.Context(), anInvoice, s.now())
			s.calls(simulator.Payin, 8)
			made := s.vendor.Made(anInvoice)
			if !c.made {
				if len(made) != 0 {
					t.Fatalf("made %v", made)
				}
				is(t, err, oneclick.ErrNotThere)
				return
			}
			if err != nil || len(made) != 1 || deal.ID != made[0] || deal.InvoiceID != anInvoice {
				t.Fatalf("found %+v (%v), made %v", deal, err, made)
			}
			if sum, err := deal.Fiat(); err != nil || sum != 150_000_50 {
				t.Errorf("its amount is %v, %v", sum, err)
			}
		})
	}
}

func TestCreateSaysThatTheOutcomeIsUnknown(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Fail(simulator.Payin, simulator.Lost)
	_, err := s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrUnknownOutcome)
	if !errors.Is(err, oneclick.ErrNoAnswer) {
		t.Errorf("it does not say why: %v", err)
	}
	// A name that is taken may be taken by this very deal.
	_, err = s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrUnknownOutcome)
	if deal, err := s.client.Find(t.Context(), anInvoice, s.now()); err != nil || deal.ID != s.vendor.Made(anInvoice)[0] {
		t.Errorf("found %+v, %v", deal, err)
	}
}

func TestRefusalsOfAnOrderAreFinal(t *testing.T) {
	t.Parallel()
	for status, code := range map[int]oneclick.Code{
		400: oneclick.ErrRefused, 403: oneclick.ErrForbidden, 404: oneclick.ErrNotFound, 422: oneclick.ErrRefused, 429: oneclick.ErrRateLimited,
	} {
		s := newStage(t)
		s.vendor.Fail(simulator.Payin, simulator.Refusing(status, "ERROR_LIMIT\x1b[2J "+strings.Repeat("x", 999)))
		_, err := s.client.Create(t.Context(), order(anInvoice))
		e := failure(t, err, code)
		if e.Status != status || strings.Contains(e.Error(), "\x1b") || len(e.Vendor) > 100 || !strings.HasPrefix(e.Vendor, "ERROR_LIMIT") {
			t.Errorf("%d: %v", status, err)
		}
		s.calls(simulator.Payin, 1)
		s.calls(simulator.List, 0)
		s.made(anInvoice)
	}
}

func TestACallerWhoGivesUpDoesNotKnowTheOutcome(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.made("a") // signed in
	ctx, giveUp := context.WithCancel(t.Context())
	s.vendor.Fail(simulator.Payin, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		giveUp()
		simulator.Slow(w, r, answer)
	})
	_, err := s.client.Create(ctx, order(anInvoice))
	is(t, err, oneclick.ErrUnknownOutcome)
	if !errors.Is(err, context.Canceled) || len(s.vendor.Made(anInvoice)) != 1 {
		t.Errorf("%v, made %v", err, s.vendor.Made(anInvoice))
	}
	// Before anything was sent it is known.
	_, err = s.client.Create(ctx, order("1000006-1"))
	is(t, err, oneclick.ErrStopped)
	s.made("1000006-1")
}

func TestNobodyThereIsNoDeal(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.made("a")
	s.server.Close()
	_, err := s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrUnreachable)
}

func TestADealThatIsListedLateIsFound(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.Hidden = 2 })
	s.vendor.Fail(simulator.Payin, simulator.Lost)
	_, err := s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrUnknownOutcome)
	_, err = s.client.Find(t.Context(), anInvoice, s.now()) // it reads the list twice
	is(t, err, oneclick.ErrNotThere)
	deal, err := s.client.Find(t.Context(), anInvoice, s.now())
	if err != nil || deal.ID != s.vendor.Made(anInvoice)[0] {
		t.Errorf("found %+v, %v", deal, err)
	}
}

func TestNotThereIsSaidOnlyOfAWholeList(t *testing.T) {
	t.Parallel()
	some := func(s *stage) {
		for _, id := range []string{"a", "b", "c", "d", "e"} {
			s.made(id)
		}
		s.vendor.Behave(func(b *simulator.Behaviour) { b.PageSize = 2 })
	}
	total := func(from, to string) func(*stage) {
		return func(s *stage) {
			for range 20 {
				s.vendor.Fail(simulator.List, simulator.Edited(from, to))
			}
		}
	}
	for name, c := range map[string]struct {
		setup func(*stage)
		code  oneclick.Code
	}{
		"an empty list":              {func(*stage) {}, oneclick.ErrNotThere},
		"a counted list":             {some, oneclick.ErrNotThere},
		"a list that is not counted": {func(s *stage) { some(s); s.vendor.Behave(func(b *simulator.Behaviour) { b.NoTotal = true }) }, oneclick.ErrNotThere},
		"more is counted than shown": {func(s *stage) { some(s); total(`"total":5`, `"total":6`)(s) }, oneclick.ErrListUnread},
		"the same page for ever":     {func(s *stage) { answerAlways(s, `{"meta":{},"rows":[{"_id":"1"}]}`) }, oneclick.ErrListUnread},
		"no rows":                    {func(s *stage) { answerAlways(s, `{"meta":{"total":0}}`) }, oneclick.ErrBadAnswer},
		"rows of nothing":            {func(s *stage) { answerAlways(s, `{"rows":[null]}`) }, oneclick.ErrBadAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			c.setup(s)
			_, err := s.client.Find(t.Context(), anInvoice, s.now())
			is(t, err, c.code)
		})
	}
}

func answerAlways(s *stage, body string) {
	for range 20 {
		s.vendor.Fail(simulator.List, simulator.Answering(http.StatusOK, "application/json", body))
	}
}

func TestADealIsFoundOnWhateverPage(t *testing.T) {
	t.Parallel()
	for _, oldest := range []bool{false, true} {
		s := newStage(t)
		s.vendor.Behave(func(b *simulator.Behaviour) { b.PageSize, b.OldestFirst = 2, oldest })
		names := []string{"a", "b", "c", "d", "e", "f", "g"}
		for _, id := range names {
			s.made(id)
			s.forward(time.Hour)
		}
		for _, id := range names {
			deal, err := s.client.Find(t.Context(), id, s.now())
			if err != nil || deal.InvoiceID != id {
				t.Errorf("%s: %+v, %v", id, deal, err)
			}
		}
	}
}

func TestSandboxOverPlainHTTPOnThisMachine(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	plain := httptest.NewServer(s.vendor)
	defer plain.Close()
	s.client.BaseURL, s.client.HTTP = plain.URL+"/", nil
	if deal := s.made(anInvoice); !strings.HasPrefix(deal.URL, plain.URL) {
		t.Errorf("the page is %q", deal.URL)
	}
}

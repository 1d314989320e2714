package oneclick_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

// span keeps how far apart the two ends are of each page that is asked for.
func (s *stage) spans(pages int) *[]time.Duration {
	var asked []time.Duration
	for range pages {
		s.vendor.Fail(simulator.List, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
			from, fromErr := time.Parse(time.RFC3339, r.URL.Query().Get("dateFrom"))
			to, toErr := time.Parse(time.RFC3339, r.URL.Query().Get("dateTo"))
			if fromErr != nil || toErr != nil {
				s.Errorf("asked for %s", r.URL.RawQuery)
			}
			asked = append(asked, to.Sub(from))
			answer(w, r)
		})
	}
	return &asked
}

// A busy shop's day is hundreds of pages; a deal that was just made is on one of a few.
func TestADealIsLookedForAboutItsTimeFirst(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.PageSize, b.OldestFirst = 2, true })
	for i := range 30 {
		s.made(fmt.Sprint(i))
	}
	s.forward(5 * time.Hour)
	s.vendor.Fail(simulator.Payin, simulator.Lost)
	_, err := s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrUnknownOutcome)
	if deal, err := s.client.Find(t.Context(), anInvoice, s.now()); err != nil || deal.InvoiceID != anInvoice {
		t.Errorf("found %+v, %v", deal, err)
	}
	s.calls(simulator.List, 1)
}

// A clock of a wrong zone hides no deal, and that none is there is said of the widest
// window only.
func TestADealIsFoundWhoseClockIsOfAnotherZone(t *testing.T) {
	t.Parallel()
	for _, off := range []time.Duration{0, 59 * time.Minute, 3 * time.Hour, -5 * time.Hour, 14 * time.Hour, -14 * time.Hour, 15 * time.Hour} {
		s := newStage(t)
		s.made(anInvoice)
		asked := s.spans(2)
		deal, err := s.client.Find(t.Context(), anInvoice, s.now().Add(off))
		if off.Abs() > 14*time.Hour {
			is(t, err, oneclick.ErrNotThere)
		} else if err != nil || deal.InvoiceID != anInvoice {
			t.Errorf("%v off: found %+v, %v", off, deal, err)
		}
		want := []time.Duration{2 * time.Hour}
		if off.Abs() > time.Hour {
			want = append(want, 28*time.Hour)
		}
		if !slices.Equal(*asked, want) {
			t.Errorf("%v off: windows of %v were read, want %v", off, *asked, want)
		}
	}
}

// A first window that can't be read whole says nothing, and neither does it end the
// search: also where the vendor does not heed the dates.
func TestAShortWindowThatCannotBeReadWholeIsNoAnswer(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.made("a")
	s.vendor.Fail(simulator.List, simulator.Edited(`"total":1`, `"total":9`), simulator.Edited(`"total":1`, `"total":9`))
	_, err := s.client.Find(t.Context(), anInvoice, s.now())
	is(t, err, oneclick.ErrNotThere)
	s.calls(simulator.List, 3)

	s = newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.PageSize, b.OldestFirst = 1, true })
	for i := range 50 {
		s.made(fmt.Sprint(i))
	}
	s.made(anInvoice)
	if deal, err := s.client.Find(t.Context(), anInvoice, s.now()); err != nil || deal.InvoiceID != anInvoice {
		t.Errorf("found %+v, %v", deal, err)
	}
	s.calls(simulator.List, 40+51)
}

// However long the list is, its pages leave half of the rate to others.
func TestAFindTakesHalfOfTheRate(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.PageSize = 1 })
	for i := range 20 {
		s.made(fmt.Sprint(i))
	}
	s.slow(4)
	begun := s.now()
	_, err := s.client.Find(t.Context(), anInvoice, begun)
	is(t, err, oneclick.ErrNotThere)
	s.calls(simulator.List, 40)
	if took := s.now().Sub(begun); took < 19*time.Second || took > 21*time.Second {
		t.Errorf("40 pages at 4 calls a second took %v", took)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err = s.client.Find(ctx, anInvoice, begun)
	is(t, err, oneclick.ErrStopped)
}

// slow makes the client another, of so many calls a second, that has signed in.
func (s *stage) slow(perSecond int) {
	s.Helper()
	s.client = &oneclick.Client{BaseURL: s.server.URL, Credentials: ownCredentials(s), HTTP: s.server.Client(), Now: s.now, Wait: s.wait, Rate: perSecond}
	if _, err := s.client.Deal(s.Context(), s.vendor.Deals()[0].ID); err != nil {
		s.Fatal(err)
	}
}

// Those who look deals up, however many, keep nobody waiting who asks about another.
func TestLooksGoOnBesideFinds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		shop, err := theShop()
		if err != nil {
			t.Fatal(err)
		}
		v := simulator.New(shop, time.Now)
		v.Behave(func(b *simulator.Behaviour) { b.PageSize, b.DealLife = 1, time.Hour })
		client := &oneclick.Client{BaseURL: "https://vendor.example", Credentials: ownCredentials(t), Now: time.Now, HTTP: &http.Client{Transport: inProcess(v.ServeHTTP)}}
		var id string
		for i := range 100 {
			deal, err := client.Create(t.Context(), order(fmt.Sprint(i)))
			if err != nil {
				t.Fatal(err)
			}
			id = deal.ID
		}
		time.Sleep(time.Minute) // in the bubble: the line is empty
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 4)
		for range cap(done) {
			go func() {
				_, err := client.Find(ctx, anInvoice, time.Now())
				done <- err
			}()
		}
		synctest.Wait()
		begun := time.Now()
		for range 20 {
			if _, err := client.Deal(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(begun); took > 9*time.Second {
			t.Errorf("20 looks beside four finds took %v", took)
		}
		if n := v.Calls()[simulator.List]; n < 15 {
			t.Errorf("the finds read %d pages meanwhile", n)
		}
		stop()
		for range cap(done) {
			is(t, <-done, oneclick.ErrStopped)
		}
	})
}

package oneclick_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

func TestReadsAreRepeatedWhereTheFailureMayPass(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault simulator.Fault
		code  oneclick.Code
		tries int
	}{
		// One more: net/http itself repeats a read on a connection that was used before.
		"lost":         {simulator.Lost, oneclick.ErrNoAnswer, 4},
		"dropped":      {simulator.Dropped, oneclick.ErrNoAnswer, 4},
		"a bad proxy":  {simulator.Failed, oneclick.ErrUnavailable, 3},
		"out of order": {simulator.Unavailable(""), oneclick.ErrUnavailable, 3},
		"too many":     {simulator.TooMany(""), oneclick.ErrRateLimited, 3},
		"a web page":   {simulator.HTML, oneclick.ErrNotAPI, 1},
		"broken":       {simulator.Broken, oneclick.ErrBadAnswer, 1},
		"huge":         {simulator.Huge, oneclick.ErrTooLarge, 1},
		"forbidden":    {simulator.Refusing(403, "ERROR_IP"), oneclick.ErrForbidden, 1},
		"refused":      {simulator.Refusing(422, "ERROR_X"), oneclick.ErrRefused, 1},
		"plain text":   {simulator.Answering(200, "text/plain", `{"id":"7"}`), oneclick.ErrNotAPI, 1},
		"no type":      {simulator.Answering(200, "", `{"id":"7"}`), oneclick.ErrNotAPI, 1},
		"another deal": {simulator.Answering(200, "application/json", `{"id":"8"}`), oneclick.ErrOtherDeal, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			id := s.made(anInvoice).ID
			for range c.tries {
				s.vendor.Fail(simulator.Get, c.fault)
			}
			_, err := s.client.Deal(t.Context(), id)
			is(t, err, c.code)
			s.calls(simulator.Get, c.tries)
			if c.tries == 3 {
				s.vendor.Fail(simulator.Get, c.fault, c.fault)
				if deal, err := s.client.Deal(t.Context(), id); err != nil || deal.ID != id {
					t.Errorf("the third try: %+v, %v", deal, err)
				}
			}
		})
	}
}

func TestAPauseThatTheVendorAskedForIsKept(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]func(after string) simulator.Fault{"429": simulator.TooMany, "503": simulator.Unavailable} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			id := s.made(anInvoice).ID
			for _, format := range []func() string{
				func() string { return "7" },
				func() string { return s.now().Add(7 * time.Second).Format(http.TimeFormat) },
			} {
				begun, after := s.now(), format()
				s.vendor.Fail(simulator.Get, fault(after))
				if _, err := s.client.Deal(t.Context(), id); err != nil {
					t.Fatal(err)
				}
				if took := s.now().Sub(begun); took < 6*time.Second || took > 9*time.Second {
					t.Errorf("%s: went on after %v", after, took)
				}
			}
		})
	}
}

func TestALongPauseIsAnError(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.made(anInvoice).ID
	s.vendor.Fail(simulator.Get, simulator.TooMany("300"))
	_, err := s.client.Deal(t.Context(), id)
	if e := failure(t, err, oneclick.ErrRateLimited); e.RetryAfter != 5*time.Minute {
		t.Errorf("wait %v", e.RetryAfter)
	}
	s.forward(time.Minute)
	_, err = s.client.Create(t.Context(), order("1000006-1")) // nothing goes out
	if e := failure(t, err, oneclick.ErrRateLimited); e.RetryAfter != 4*time.Minute {
		t.Errorf("wait %v", e.RetryAfter)
	}
	s.calls(simulator.Get, 1)
	s.calls(simulator.Payin, 1)
	s.forward(4 * time.Minute)
	s.made("1000006-1")
}

func TestAClockThatIsSetBackKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.made(anInvoice).ID
	s.vendor.Fail(simulator.Get, simulator.TooMany("300"))
	_, err := s.client.Deal(t.Context(), id)
	is(t, err, oneclick.ErrRateLimited)
	s.forward(-24 * time.Hour)
	begun := s.now()
	if _, err := s.client.Deal(t.Context(), id); err != nil || s.now().Sub(begun) > time.Minute {
		t.Errorf("%v after %v", err, s.now().Sub(begun))
	}

	s = newStage(t)
	s.vendor.Fail(simulator.SignIn, simulator.Refusing(403, "ERROR_ROLE"))
	_, err = s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrForbidden)
	s.forward(-24 * time.Hour)
	s.made(anInvoice)
}

func TestNothingGoesOutWithoutCredentials(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.client.Credentials = oneclick.Credentials{}
	_, err := s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrCredentialsField)
	if len(s.vendor.Calls()) != 0 {
		t.Error("something was sent")
	}
}

// The rate is one for all who use a client, and whoever gives up leaves the line.
func TestCallsGoOutAtTheSetRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var times []time.Time
		var mu sync.Mutex
		shop, err := theShop()
		if err != nil {
			t.Fatal(err)
		}
		v := simulator.New(shop, time.Now)
		client := &oneclick.Client{
			BaseURL: "https://vendor.example", Credentials: ownCredentials(t), Now: time.Now,
			HTTP: &http.Client{Transport: inProcess(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				times = append(times, time.Now())
				mu.Unlock()
				v.ServeHTTP(w, r)
			})},
		}
		deal, err := client.Create(t.Context(), order(anInvoice))
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute) // in the bubble: the line is empty
		times = nil
		impatient, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if _, err := client.Deal(impatient, deal.ID); err != nil {
					is(t, err, oneclick.ErrStopped)
				}
			})
		}
		all.Wait()
		if n := len(times); n < 10 || n > 11 {
			t.Errorf("%d calls in two seconds", n)
		}
		for i := 5; i < len(times); i++ {
			if times[i].Sub(times[i-5]) < 999*time.Millisecond {
				t.Errorf("six calls within %v", times[i].Sub(times[i-5]))
			}
		}
		begun := time.Now()
		if _, err := client.Deal(t.Context(), deal.ID); err != nil || time.Since(begun) > time.Second {
			t.Errorf("those who left are still in the line: %v, %v", time.Since(begun), err)
		}
	})
}

func TestACallThatTakesTooLongEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := &oneclick.Client{
			BaseURL: "https://vendor.example", Credentials: ownCredentials(t), Now: time.Now,
			HTTP: &http.Client{Transport: stuck{}},
		}
		begun := time.Now()
		_, err := client.Deal(t.Context(), "7")
		is(t, err, oneclick.ErrUnreachable)
		if took := time.Since(begun); took < 20*time.Second || took > time.Minute+15*time.Second {
			t.Errorf("gave up after %v", took)
		}
	})
}

// stuck never connects.
type stuck struct{}

func (stuck) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestErrorsSayWhatAndWhere(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.made(anInvoice).ID
	s.vendor.Fail(simulator.Get, simulator.Answering(403, "application/json", `{"error":"error_ip","message":"address\u0007 not listed"}`))
	_, err := s.client.Deal(t.Context(), id)
	e := failure(t, err, oneclick.ErrForbidden)
	if e.Vendor != "ERROR_IP" || e.Detail != "address<U+0007> not listed" || e.Status != 403 ||
		!strings.HasPrefix(e.Error(), "oneclick: asking for a deal: this is not allowed (HTTP 403) ERROR_IP") {
		t.Errorf("%v (%+v)", err, e)
	}
}

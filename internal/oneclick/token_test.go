package oneclick_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

func TestAHundredCallsSignInOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	deal := s.made(anInvoice)
	for round, breaks := range []func(){
		func() { s.forward(time.Hour - 30*time.Second) }, // within the last minute
		s.vendor.EndSessions,
		func() { s.vendor.EndSessions(); s.vendor.RevokeRefresh(); s.forward(time.Minute) },
	} {
		breaks()
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if _, err := s.client.Deal(t.Context(), deal.ID); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		s.calls(simulator.Refresh, round+1)
	}
	s.calls(simulator.SignIn, 2) // the first, and after the refresh token was revoked
}

func TestATokenIsRenewedAMinuteEarlyAndRotates(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	deal := s.made(anInvoice)
	read := func() {
		t.Helper()
		if _, err := s.client.Deal(t.Context(), deal.ID); err != nil {
			t.Fatal(err)
		}
	}
	s.forward(59*time.Minute - 5*time.Second)
	read()
	s.calls(simulator.Refresh, 0)
	for want := 1; want <= 3; want++ {
		s.forward(59 * time.Minute)
		read()
		s.calls(simulator.Refresh, want)
	}
	s.calls(simulator.SignIn, 1)
}

func TestARefusedTokenIsRenewedOnce(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{"401": simulator.Unauthorized, "400 without JSON": simulator.WordlessRefusal} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.vendor.Fail(simulator.Payin, fault)
			s.made(anInvoice)
			s.calls(simulator.Payin, 2)
			s.calls(simulator.Refresh, 1)

			s.forward(time.Minute)
			s.vendor.Fail(simulator.Payin, fault, fault)
			if _, err := s.client.Create(t.Context(), order("1000006-1")); err == nil || errors.Is(err, oneclick.ErrUnknownOutcome) {
				t.Errorf("refused twice: %v", err)
			}
			s.calls(simulator.Payin, 4)
			s.calls(simulator.Refresh, 2)
			if len(s.vendor.Made("1000006-1")) != 0 {
				t.Error("a deal was made")
			}
			s.made("1000006-1") // the name is free again
		})
	}
}

func TestAVendorThatRefusesEveryTokenIsNotStormed(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	deal := s.made(anInvoice)
	for range 50 {
		s.vendor.Fail(simulator.Get, simulator.Unauthorized)
	}
	for range 20 {
		_, err := s.client.Deal(t.Context(), deal.ID)
		is(t, err, oneclick.ErrSignIn)
	}
	s.calls(simulator.Get, 23)
	s.calls(simulator.Refresh, 3)
}

// A vendor that is restarted forgets its sessions; that it does so twice says nothing
// about the credentials.
func TestAVendorThatIsRestartedTwiceIsSignedInToTwice(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	deal := s.made(anInvoice)
	for range 2 {
		s.vendor.EndSessions()
		if _, err := s.client.Deal(t.Context(), deal.ID); err != nil {
			t.Fatal(err)
		}
		s.forward(4 * time.Second)
	}
	s.calls(simulator.Refresh, 2)
}

func TestARefusedSignInIsRememberedForAWhile(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Fail(simulator.SignIn, simulator.Refusing(http.StatusForbidden, "ERROR_ROLE"), simulator.Refusing(http.StatusBadRequest, "ERROR_KEY"))
	for range 10 {
		_, err := s.client.Create(t.Context(), order(anInvoice))
		e := failure(t, err, oneclick.ErrForbidden)
		if e.Vendor != "ERROR_ROLE" || e.Detail != "" {
			t.Errorf("the vendor says %q, %q", e.Vendor, e.Detail)
		}
	}
	s.calls(simulator.SignIn, 1)
	s.forward(31 * time.Second)
	_, err := s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrSignIn)
	s.forward(31 * time.Second)
	s.made(anInvoice)
	s.calls(simulator.Payin, 1)
}

func TestARefreshThatFailsIsASignIn(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"refused": simulator.Unauthorized, "lost": simulator.Lost, "a web page": simulator.HTML, "broken": simulator.Broken, "a failure": simulator.Failed,
		"no token": simulator.Answering(200, "application/json", `{"access_token":"a b"}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			deal := s.made(anInvoice)
			s.vendor.Fail(simulator.Refresh, fault)
			s.forward(2 * time.Hour)
			if _, err := s.client.Deal(t.Context(), deal.ID); err != nil {
				t.Fatal(err)
			}
			s.calls(simulator.Refresh, 1)
			s.calls(simulator.SignIn, 2)
		})
	}
}

// Whoever gives up does not take the sign-in from those who still wait.
func TestASignInIsForAllWhoWait(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	arrived, release := make(chan struct{}), make(chan struct{})
	s.vendor.Fail(simulator.SignIn, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		close(arrived)
		<-release
		answer(w, r)
	})
	ctx, giveUp := context.WithCancel(t.Context())
	first := make(chan error, 1)
	go func() {
		_, err := s.client.Create(ctx, order(anInvoice))
		first <- err
	}()
	<-arrived
	second := make(chan error, 1)
	go func() {
		_, err := s.client.Create(t.Context(), order("1000006-1"))
		second <- err
	}()
	giveUp()
	err := <-first
	is(t, err, oneclick.ErrStopped)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the reason is %v", err)
	}
	close(release)
	if err := <-second; err != nil {
		t.Error(err)
	}
	s.calls(simulator.SignIn, 1)
	s.calls(simulator.Payin, 1)
}

func TestLifetimesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for _, in := range []string{`0`, `-5`, `1e99`, `"3600"`, `null`, `99999999999999999999`, `1.5`} {
		s := newStage(t)
		s.vendor.Fail(simulator.SignIn, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
			simulator.Edited(`"expires_in":3600`, `"expires_in":`+in)(w, r, answer)
		})
		deal := s.made(anInvoice)
		for range 5 {
			if _, err := s.client.Deal(t.Context(), deal.ID); err != nil {
				t.Errorf("%s: %v", in, err)
			}
		}
		if n := s.vendor.Calls(); n[simulator.SignIn] != 1 || n[simulator.Refresh] != 0 {
			t.Errorf("%s: %v", in, n)
		}
	}
}

func TestTheBearerGoesNowhereElse(t *testing.T) {
	t.Parallel()
	s, other := newStage(t), newStage(t)
	deal := s.made(anInvoice)
	s.vendor.Fail(simulator.Get, simulator.Redirecting(other.server.URL+"/deals/"+deal.ID))
	s.vendor.Fail(simulator.Payin, simulator.Redirecting(other.server.URL+"/deals/payin"))
	_, err := s.client.Deal(t.Context(), deal.ID)
	is(t, err, oneclick.ErrRedirected)
	_, err = s.client.Create(t.Context(), order("1000006-1"))
	is(t, err, oneclick.ErrUnknownOutcome) // it may have been made before
	if !errors.Is(err, oneclick.ErrRedirected) {
		t.Errorf("the error is %v", err)
	}
	if n := len(other.vendor.Calls()); n != 0 {
		t.Errorf("the other server got %d calls", n)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for address, good := range map[string]bool{
		"https://secure.sandbox.example": true, "https://api.example:8443/": true, "http://127.0.0.1:8080": true, "http://[::1]:1": true,
		"http://localhost": true, "http://api.example": false, "http://10.0.0.1": false, "ftp://x": false, "": false, "api.example": false,
		"https://u:p@x": false, "https://x?a=b": false, "https://x#f": false, "https://": false, "http://localhost.evil.example": false,
	} {
		client := oneclick.Client{BaseURL: address, Credentials: ownCredentials(t), HTTP: &http.Client{Transport: nobody{}}, Wait: s.wait, Now: s.now, Rate: 1 << 30}
		err := client.Test(t.Context())
		if errors.Is(err, oneclick.ErrAddress) == good || errors.Is(err, oneclick.ErrUnreachable) != good {
			t.Errorf("%q: %v", address, err)
		}
		if strings.Contains(err.Error(), "u:p") {
			t.Errorf("the error quotes the address: %v", err)
		}
	}
}

// nobody is there.
type nobody struct{}

func (nobody) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("nobody") }

func TestACertificateNobodySignedIsRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.client.HTTP = nil
	_, err := s.client.Create(t.Context(), order(anInvoice))
	is(t, err, oneclick.ErrUntrusted)
	if len(s.vendor.Calls()) != 0 {
		t.Error("something was sent")
	}
}

// Who has given up is told that, and not what became of the session meanwhile.
func TestWhoHasGivenUpIsToldThat(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.client.HTTP = &http.Client{Transport: nobody{}}
	gone, leave := context.WithCancel(t.Context())
	leave()
	for range 2000 {
		if _, err := s.client.Deal(gone, "7"); !errors.Is(err, oneclick.ErrStopped) {
			t.Fatalf("the error is %v", err)
		}
	}
}

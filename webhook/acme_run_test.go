package webhook_test

import (
	"context"
	"crypto/x509"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// attempts are when a service is asked for its directory, from the start of Run,
// within so long. Each time it gives the answer.
func attempts(t *testing.T, made issue, within time.Duration, answer func() *http.Response) (at []time.Duration, a *webhook.ACME, log *webhooktest.Log) {
	t.Helper()
	log = new(webhooktest.Log)
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		clock := new(webhooktest.Clock)
		a = keptACME(t, made, clock, log)
		a.SetService(network(func(*http.Request) (*http.Response, error) {
			at = append(at, time.Since(begun))
			return answer(), nil
		}))
		ctx, cancel := context.WithTimeout(t.Context(), within)
		defer cancel()
		a.Run(ctx)
	})
	return at, a, log
}

func refusal(status int, headers ...string) *http.Response {
	answer := &http.Response{StatusCode: status, Header: make(http.Header), Body: io.NopCloser(strings.NewReader(""))}
	for i := 0; i < len(headers); i += 2 {
		answer.Header.Set(headers[i], headers[i+1])
	}
	return answer
}

func TestRunTriesAgainWithGrowingPauses(t *testing.T) {
	t.Parallel()
	at, a, log := attempts(t, fresh(t), 5*time.Hour, func() *http.Response { return refusal(http.StatusForbidden) })
	var want []time.Duration
	for _, minutes := range []int{0, 1, 3, 7, 15, 31, 63, 123, 183, 243} {
		want = append(want, time.Duration(minutes)*time.Minute)
	}
	if !slices.Equal(at, want) {
		t.Errorf("it is asked at %v, want %v", at, want)
	}
	wantSentence(t, a.State().Err, "does not answer as an ACME service does")
	if got := strings.Count(log.String(), "no certificate was got"); got != len(want) {
		t.Errorf("%d failures are logged: %s", got, log)
	}
}

func TestRunLeavesAServiceAloneThatWantsIt(t *testing.T) {
	t.Parallel()
	at, _, _ := attempts(t, fresh(t), 50*time.Hour, func() *http.Response {
		return refusal(http.StatusTooManyRequests, "Retry-After", "172800") // two days; one is believed
	})
	if !slices.Equal(at, []time.Duration{0, 24 * time.Hour, 48 * time.Hour}) {
		t.Errorf("it is asked at %v", at)
	}
}

// A service that stumbles is asked a few times more before it is left alone.
func TestAnAttemptSurvivesAStumble(t *testing.T) {
	t.Parallel()
	at, a, _ := attempts(t, fresh(t), time.Minute, func() *http.Response { return refusal(http.StatusBadGateway) })
	if !slices.Equal(at, []time.Duration{0, time.Second, 3 * time.Second, 7 * time.Second}) {
		t.Errorf("it is asked at %v", at)
	}
	wantSentence(t, a.State().Err, "is in trouble (HTTP 502)")
}

// Nothing is asked while there is nothing to do, and a certificate is renewed 30
// days before its end, or when a third of a short life is left.
func TestWhatIsDue(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, tc := range []struct {
		life, passed time.Duration
		due          bool
	}{
		{90 * day, 0, false},
		{90 * day, 60*day - time.Second, false},
		{90 * day, 60 * day, true},
		{90 * day, 91 * day, true},
		{365 * day, 334 * day, false},
		{365 * day, 335 * day, true},
		{6 * day, 4*day - time.Second, false},
		{6 * day, 4 * day, true},
	} {
		made := issueFor(t, x509.Certificate{DNSNames: []string{"shop.test", "www.shop.test"}, NotBefore: webhooktest.Begin, NotAfter: webhooktest.Begin.Add(tc.life)}, ecdsaKey(t))
		s, clock := startService(t), new(webhooktest.Clock)
		o := s.options()
		o.Now = clock.Now
		keepFor(t, o, made)
		a := newACME(t, o)
		s.spoil("/dir", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
		clock.Advance(tc.passed)
		if err := a.Obtain(t.Context()); (err != nil) != tc.due {
			t.Errorf("%v of %v: %v", tc.passed, tc.life, err)
		}
		// What there is, is served until its end and after.
		if got, err := a.Get(hello("shop.test")); err != nil || got == nil {
			t.Errorf("%v of %v: callers get %v", tc.passed, tc.life, err)
		}
		if warned := len(a.State().Warnings) > 0; warned != (tc.passed > tc.life) {
			t.Errorf("%v of %v: a warning: %v", tc.passed, tc.life, warned)
		}
	}
}

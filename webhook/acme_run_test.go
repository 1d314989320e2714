package webhook_test

import (
	"context"
	"crypto/x509"
	"errors"
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
		a = keptACME(t, made, time.Now, log)
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

func refusal(status int, kind, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body))}
}

func TestRunTriesAgainWithGrowingPauses(t *testing.T) {
	t.Parallel()
	at, a, log := attempts(t, fresh(t), 5*time.Hour, func() *http.Response { return refusal(http.StatusForbidden, "application/problem+json", "{}") })
	var want []time.Duration
	for _, minutes := range []int{0, 1, 3, 7, 15, 31, 63, 123, 183, 243} {
		want = append(want, time.Duration(minutes)*time.Minute)
	}
	if !slices.Equal(at, want) {
		t.Errorf("it is asked at %v, want %v", at, want)
	}
	wantSentence(t, a.State().Err, "refused to give a certificate")
	if got := strings.Count(log.String(), "no certificate was got"); got != len(want) {
		t.Errorf("%d failures are logged: %s", got, log)
	}
}

// A service that stumbles is asked a few times more before it is left alone.
func TestAnAttemptSurvivesAStumble(t *testing.T) {
	t.Parallel()
	at, a, _ := attempts(t, fresh(t), 50*time.Second, func() *http.Response { return refusal(http.StatusBadGateway, "text/html", "") })
	if len(at) < 2 || at[len(at)-1] > 10*time.Second {
		t.Errorf("it is asked at %v", at)
	}
	wantSentence(t, a.State().Err, "is in trouble (HTTP 502)")
}

// Nothing is asked while there is nothing to do, and a certificate is renewed
// when a third of its life is left.
func TestWhatIsDue(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, tc := range []struct {
		life, passed time.Duration
		due          bool
	}{
		{90 * day, 0, false},
		{90 * day, 60*day - time.Hour, false},
		{90 * day, 60*day + time.Hour, true},
		{90 * day, 91 * day, true},
		{6 * day, 4*day - time.Hour, false},
		{6 * day, 4*day + time.Hour, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			made := issueFor(t, x509.Certificate{NotBefore: time.Now(), NotAfter: time.Now().Add(tc.life)}, ecdsaKey(t))
			o := webhook.ACMEOptions{Domains: []string{"shop.test"}, Directory: "https://ca.test:8443/dir", Cache: t.TempDir(), Log: noLog, Now: time.Now}
			keepFor(t, o, made)
			a := newACME(t, o)
			a.SetService(network(func(*http.Request) (*http.Response, error) {
				return refusal(http.StatusForbidden, "application/problem+json", "{}"), nil
			}))
			time.Sleep(tc.passed)
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
		})
	}
}

// What was issued is in use at once, and by the next start too.
func TestARenewalIsServedAndKept(t *testing.T) {
	t.Parallel()
	s := startService(t)
	o := s.options()
	old := issueFor(t, x509.Certificate{NotBefore: time.Now().Add(-80 * 24 * time.Hour), NotAfter: time.Now().Add(10 * 24 * time.Hour)}, ecdsaKey(t))
	keepFor(t, o, old)
	a := newACME(t, o)
	if got, err := a.Get(hello("")); err != nil || !got.Leaf.Equal(old.leaf) {
		t.Errorf("at first callers get %v", err)
	}
	if err := a.Obtain(t.Context()); err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	for _, from := range []*webhook.ACME{a, newACME(t, o)} {
		if got, err := from.Get(hello("")); err != nil || got.Leaf.SerialNumber.Int64() != 7 {
			t.Errorf("then callers get %v", err)
		}
	}
}

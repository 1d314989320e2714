package deals_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tushum/internal/config"
	"tushum/internal/deals"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

// sluggish is a platform that takes its time for some calls.
type sluggish struct {
	*platform
	answer func(r *http.Request) *http.Response // nil: as the platform does
}

func (p sluggish) RoundTrip(r *http.Request) (*http.Response, error) {
	resp := p.answer(r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if resp != nil {
		return resp, nil
	}
	return p.platform.RoundTrip(r)
}

// follow keeps the deals of a crowd with a platform that is sluggish.
func (c crowd) follow(t *testing.T, settings config.OneClick, answer func(*http.Request) *http.Response) {
	t.Helper()
	cfg := config.Default()
	cfg.OneClick = settings
	systems := store.Systems{oneclick.With(oneclick.Options{HTTP: &http.Client{Transport: sluggish{c.platform, answer}}})(cfg)}
	keeper := deals.New(deals.Config{Ledger: c.ledger, Systems: func() store.Systems { return systems }})
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	go keeper.Run(ctx)
	t.Cleanup(keeper.Close)
}

func pause(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-r.Context().Done():
	case <-timer.C:
	}
}

// Deals about which no answer comes keep no other waiting for much longer than one answer
// is waited for.
func TestSlowDealsKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var settings config.OneClick
		c := newCrowd(t, func(o *config.OneClick) { settings = *o })
		defer c.close(t)
		all := openDeals(t, c.ledger, 13)
		slow, well := all[1:], all[0]
		from := time.Now()
		c.follow(t, settings, func(r *http.Request) *http.Response {
			for _, d := range slow {
				if strings.HasSuffix(r.URL.Path, "/"+d.ID) {
					pause(r, 25*time.Second)
				}
			}
			return nil
		})
		time.Sleep(20 * time.Minute)
		gaps := c.platform.gaps(well.ID, from)
		if slices.Max(gaps) > 45*time.Second || len(gaps) < 70 { // the pace is 3 s at first, and half a minute in the end
			t.Errorf("it was asked about after %v", gaps)
		}
	})
}

// Attempts in doubt, of which the list has no end, are looked up one at a time.
func TestLookUpsKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var settings config.OneClick
		c := newCrowd(t, func(o *config.OneClick) { settings = *o })
		defer c.close(t)
		for i := range 4 {
			inv, err := c.ledger.Issue(t.Context(), store.Draft{Kind: store.Goods, Amount: price, By: "test"})
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := c.ledger.BeginDeal(t.Context(), store.DealOrder{Number: inv.Number, By: "test", Ref: fmt.Sprint("doubt", i)}); err != nil {
				t.Fatal(err)
			}
		}
		well := openDeals(t, c.ledger, 1)[0]
		from := time.Now()
		var serial atomic.Int64
		c.follow(t, settings, func(r *http.Request) *http.Response {
			if !strings.HasSuffix(r.URL.Path, "/list") {
				return nil
			}
			pause(r, 15*time.Second)
			body := fmt.Sprintf(`{"rows":[{"id":"n%d"}]}`, serial.Add(1))
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}
		})
		time.Sleep(4 * time.Minute)
		if gaps := c.platform.gaps(well.ID, from); slices.Max(gaps) > 15*time.Second {
			t.Errorf("it was asked about after %v", gaps)
		}
	})
}

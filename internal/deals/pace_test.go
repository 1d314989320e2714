package deals_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tushum/internal/config"
	"tushum/internal/deals"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
	"tushum/store/bolt"
)

// platform answers in the process, for a bubble of its own time: every deal is open,
// and paid to a card. It writes down when it was asked about which.
type platform struct {
	mu    sync.Mutex
	asked map[string][]time.Time
	calls []time.Time
	mute  bool // nobody gets an answer
}

func (p *platform) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	id := strings.TrimPrefix(r.URL.Path, "/deals/")
	body := fmt.Sprintf(`{"_id":%q,"status":{"name":"new"}}`, id)
	switch {
	case strings.HasPrefix(r.URL.Path, "/auth/"):
		body = `{"access_token":"a","refresh_token":"b","expires_in":360000}`
	case strings.HasSuffix(r.URL.Path, "/credentials"):
		body = `{"account_number":"` + simulator.Card + `"}`
	}
	p.mu.Lock()
	p.asked[id] = append(p.asked[id], time.Now())
	p.calls = append(p.calls, time.Now())
	mute := p.mute
	p.mu.Unlock()
	if mute {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.WriteString(body)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

func (p *platform) silence(mute bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mute = mute
}

// times is how often it was asked about a deal.
func (p *platform) times(id string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.asked[id])
}

// last is when it was asked about a deal last.
func (p *platform) last(id string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if all := p.asked[id]; len(all) > 0 {
		return all[len(all)-1]
	}
	return time.Time{}
}

// total is how often it was called.
func (p *platform) total() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.calls)
}

// gaps are the times between two questions about a deal from a moment on.
func (p *platform) gaps(id string, from time.Time) (gaps []time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := from
	for _, at := range p.asked[id] {
		if at.After(from) {
			gaps = append(gaps, at.Sub(last))
			last = at
		}
	}
	return append(gaps, time.Since(last))
}

// openDeals puts deals into a ledger as if they had been made; each is of an invoice of
// its own. They come one after the other: the writer waits for more by a clock that
// stands still in a bubble.
func openDeals(t testing.TB, ledger *bolt.Store, n int) []store.Deal {
	t.Helper()
	made := make([]store.Deal, n)
	for i := range made {
		var err error
		if made[i], err = openDeal(ledger); err != nil {
			t.Fatal(err)
		}
	}
	return made
}

func openDeal(ledger *bolt.Store) (store.Deal, error) {
	ctx := context.Background()
	inv, err := ledger.Issue(ctx, store.Draft{Kind: store.Goods, Amount: price, By: "test"})
	if err != nil {
		return store.Deal{}, err
	}
	d, _, err := ledger.BeginDeal(ctx, store.DealOrder{Number: inv.Number, By: "test", Ref: inv.Number.String() + "-1"})
	if err != nil {
		return store.Deal{}, err
	}
	return ledger.TellDeal(ctx, d.Ref, store.DealNews{ID: "d" + inv.Number.String(), State: store.DealOpen, Word: "new", URL: "https://127.0.0.1/"})
}

// crowd is a shop with many open deals, in a bubble of its own time.
type crowd struct {
	platform *platform
	ledger   *bolt.Store
	keeper   *deals.Keeper
	systems  func() store.Systems
}

func newCrowd(t *testing.T, change ...func(*config.OneClick)) crowd {
	t.Helper()
	shop, err := theShop()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cfg := config.Default()
	cfg.OneClick.Enabled, cfg.OneClick.BaseURL, cfg.OneClick.CredentialsFile = true, "https://127.0.0.1", filepath.Join(dir, "keys.json")
	if err := os.WriteFile(cfg.OneClick.CredentialsFile, shop.CredentialsFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, change := range change {
		change(&cfg.OneClick)
	}
	c := crowd{platform: &platform{asked: make(map[string][]time.Time)}}
	systems := store.Systems{oneclick.With(oneclick.Options{HTTP: &http.Client{Transport: c.platform}})(cfg)}
	rules := store.Rules{Routing: map[store.Kind]store.System{store.Goods: oneclick.Name}, Systems: systems.Profiles()}
	if c.ledger, err = bolt.Open(filepath.Join(dir, "tushum.db"), bolt.Options{Rules: rules}); err != nil {
		t.Fatal(err)
	}
	c.systems = func() store.Systems { return systems }
	c.keeper = deals.New(deals.Config{Ledger: c.ledger, Systems: c.systems})
	return c
}

func (c crowd) close(t *testing.T) {
	t.Helper()
	c.keeper.Close()
	if err := c.ledger.Close(); err != nil {
		t.Error(err)
	}
}

// With a thousand deals open each is asked about in its turn, at the vendor's pace and
// no faster; and who has just begun to pay does not wait behind them.
func TestAThousandOpenDealsAreAskedInTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const open, perSecond = 1000, 5
		c := newCrowd(t)
		defer c.close(t)
		all := openDeals(t, c.ledger, open)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go c.keeper.Run(ctx)
		time.Sleep(11 * time.Minute) // by then none is young
		from := time.Now()
		time.Sleep(15 * time.Minute)
		least, most := time.Hour, time.Duration(0)
		for _, d := range all {
			gaps := c.platform.gaps(d.ID, from)
			most = max(most, slices.Max(gaps))
			least = min(least, slices.Min(gaps[1:len(gaps)-1])) // the first and the last are cut short
		}
		if most > 210*time.Second || least < 190*time.Second {
			t.Errorf("a deal is asked about after %v at the least and %v at most", least, most)
		}

		young, err := openDeal(c.ledger)
		if err != nil {
			t.Fatal(err)
		}
		from = time.Now()
		for range 60 { // as a page does
			_, _ = c.keeper.PayTo(young)
			time.Sleep(time.Second)
		}
		if most := slices.Max(c.platform.gaps(young.ID, from)); most > 4*time.Second {
			t.Errorf("who has just begun waits for %v", most)
		}
		c.paced(t, perSecond)
	})
}

// paced holds the calls against what a second may have.
func (c crowd) paced(t *testing.T, perSecond int) {
	t.Helper()
	c.platform.mu.Lock()
	calls := slices.Clone(c.platform.calls)
	c.platform.mu.Unlock()
	for i := range calls[perSecond:] {
		if took := calls[i+perSecond].Sub(calls[i]); took < time.Second-time.Millisecond {
			t.Fatalf("%d calls within %v", perSecond+1, took)
		}
	}
	whole := calls[len(calls)-1].Sub(calls[0]).Seconds()
	if rate := float64(len(calls)) / whole; rate < 0.97*float64(perSecond) {
		t.Errorf("only %.2f calls a second", rate)
	}
}

// counting is a ledger that counts what asking costs it.
type counting struct {
	*bolt.Store
	writes, reads atomic.Int64
}

func (c *counting) LookAgain(ctx context.Context, when []store.DealDue) error {
	c.writes.Add(1)
	return c.Store.LookAgain(ctx, when)
}

func (c *counting) DueDeals(ctx context.Context, system store.System, limit int) ([]store.Deal, store.Instant, error) {
	c.reads.Add(1)
	return c.Store.DueDeals(ctx, system, limit)
}

// A few young deals, asked about every three seconds, don't have the ledger commit each
// time.
func TestAskingCostsTheLedgerLittle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer c.close(t)
		ledger := &counting{Store: c.ledger}
		keeper := deals.New(deals.Config{Ledger: ledger, Systems: c.systems})
		defer keeper.Close()
		all := openDeals(t, c.ledger, 8)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go keeper.Run(ctx)
		const long = time.Minute
		time.Sleep(long)
		for _, d := range all {
			if most := slices.Max(c.platform.gaps(d.ID, time.Now().Add(-long/2))); most > 5*time.Second {
				t.Errorf("%s was not asked about for %v", d.Ref, most)
			}
		}
		if w, r := ledger.writes.Load(), ledger.reads.Load(); w > 31 || r > 31 {
			t.Errorf("a minute cost %d commits and %d reads", w, r)
		}
	})
}

// Many pages that are open don't starve the deals that nobody looks at.
func TestPagesThatAreOpenLeaveRoomForTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer c.close(t)
		all := openDeals(t, c.ledger, 200)
		shown, others := all[:100], all[100:]
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go c.keeper.Run(ctx)
		time.Sleep(11 * time.Minute)
		from := time.Now()
		for range 300 {
			for _, d := range shown {
				_, _ = c.keeper.PayTo(d)
			}
			time.Sleep(time.Second)
		}
		for _, d := range others {
			if most := slices.Max(c.platform.gaps(d.ID, from)); most > 90*time.Second { // at half the pace it is 80 s for all
				t.Errorf("%s was not asked about for %v", d.Ref, most)
			}
		}
	})
}

// An invoice that is cancelled has its deal called off while Run goes on.
func TestRunCallsOffWhatNobodyIsToPay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer c.close(t)
		d, err := openDeal(c.ledger)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go c.keeper.Run(ctx)
		time.Sleep(2 * time.Hour)
		if _, err := c.ledger.Cancel(t.Context(), store.CancelOrder{Number: d.Number, By: "test", Reason: "x"}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(6 * time.Second)
		if d, err = c.ledger.Deal(t.Context(), d.Ref); err != nil || d.CalledAt == 0 {
			t.Errorf("it is %+v, %v", d, err)
		}
	})
}

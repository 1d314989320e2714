package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"tushum/internal/config"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
	"tushum/webhook/callback"
)

// platform is OneClick as the demo plays it: the vendor's API on a port of this
// machine, and its calls to the shop.
type platform struct {
	*simulator.Vendor
	url    string
	server *http.Server
	client *http.Client // carries its calls to the shop
	ask    chan struct{}
	begun  sync.Once
	quit   context.CancelFunc
	calls  sync.WaitGroup
}

// platformShop is the demo's shop at the vendor. Its keys are made once: that takes a
// moment.
var platformShop = sync.OnceValues(simulator.NewShop)

// platformRate is how many calls a second the shop may make: on this machine nobody
// has to be spared.
const platformRate = 1000

// platformSession is how long who has signed in may call: the shop's clock goes
// through days in moments.
const platformSession = 30 * 24 * time.Hour

// startPlatform opens the platform, and writes what it is reached by into the settings.
func startPlatform(dir string, cfg *config.Config, now func() time.Time) (*platform, error) {
	shop, err := platformShop()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "oneclick.json")
	if err := os.WriteFile(file, shop.CredentialsFile(), 0o600); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &platform{
		Vendor: simulator.New(shop, now), url: "http://" + l.Addr().String(), ask: make(chan struct{}), quit: func() {},
		client: &http.Client{Transport: &http.Transport{}, Timeout: demoTimeout},
	}
	p.Behave(func(b *simulator.Behaviour) { b.TokenLife = platformSession })
	p.server = &http.Server{Handler: p.Vendor, ReadHeaderTimeout: demoTimeout}
	p.calls.Go(func() { _ = p.server.Serve(l) }) // it ends with close
	cfg.OneClick.Enabled, cfg.OneClick.TestMode, cfg.OneClick.BaseURL, cfg.OneClick.CredentialsFile = true, true, p.url, file
	cfg.OneClick.Flow, cfg.OneClick.CallsPerSecond = config.HostToHost, platformRate
	for _, kind := range []store.Kind{store.Goods, store.GiftCard} {
		cfg.Routing[config.Kind(kind)] = config.System(oneclick.Name)
	}
	return p, nil
}

// begin ends the past, in which each deal is told of at its own moment: from now on
// the shop asks, and the platform calls.
func (p *platform) begin(shop string) {
	p.begun.Do(func() {
		ctx, quit := context.WithCancel(context.Background())
		p.quit = quit
		send := p.Notifier(shop+callback.Path(oneclick.Name), p.client)
		p.calls.Go(func() { send(ctx) })
		close(p.ask)
	})
}

// hush ends the calls to the shop.
func (p *platform) hush() {
	p.quit()
	p.client.CloseIdleConnections()
}

// close ends the platform. Nobody calls it any more.
func (p *platform) close() error {
	p.hush()
	err := p.server.Close()
	p.calls.Wait()
	return err
}

// The vendor's words between which the demo moves its deals.
var (
	unpaid  = []string{"queued", "new", "pending"}
	claimed = []string{"paid"}
	held    = []string{"disputed"}
)

// move moves a deal on, if it stands where it should: whoever watches may have
// cancelled or paid it meanwhile.
func (p *platform) move(id string, from []string, to string) (moved bool) {
	p.Change(id, func(d *simulator.Deal) {
		if moved = slices.Contains(from, d.Status); moved {
			d.Status = to
		}
	})
	return moved
}

// isDeal tells whether an invoice is paid by deals.
func (s *shop) isDeal(system store.System) bool { return s.systems().Dealer(system) != nil }

// hear asks a payment system about a deal, and writes down what it says. It is for
// stories in which the shop asks at their own moments, and not by itself.
func (s *shop) hear(ctx context.Context, d store.Deal) (store.Deal, error) {
	news, err := s.systems().Dealer(d.System).Look(ctx, d)
	if err != nil {
		return d, err
	}
	return s.TellDeal(ctx, d.Ref, news)
}

// errNoDeal is for a story that breaks off.
var errNoDeal = errors.New("the deal did not come to what the story needs")

// dealBecomes waits until the ledger has a deal as it is wanted.
func (s *shop) dealBecomes(ctx context.Context, ref string, wanted func(store.Deal) bool) error {
	wake, cancel := s.Subscribe()
	defer cancel()
	for {
		d, err := s.Deal(ctx, ref)
		if err != nil || wanted(d) {
			return err
		}
		if d.State == store.DealVoid {
			return errNoDeal
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wake:
		}
	}
}

// hasState is a deal of one of some states.
func hasState(states ...store.DealState) func(store.Deal) bool {
	return func(d store.Deal) bool { return slices.Contains(states, d.State) }
}

package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"tushum/internal/config"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/store/bolt"
)

// shop is the open ledger with the settings that are in force.
type shop struct {
	*bolt.Store
	set atomic.Pointer[terms]
}

// terms are the settings in force, and the payment systems that they make.
type terms struct {
	cfg     config.Config
	systems store.Systems
}

func newShop(st *bolt.Store, cfg config.Config, systems store.Systems) *shop {
	s := &shop{Store: st}
	s.set.Store(&terms{cfg, systems})
	return s
}

// cfg are the settings of this moment. They are not changed, but exchanged.
func (s *shop) cfg() config.Config { return s.set.Load().cfg }

// systems are the payment systems of this moment.
func (s *shop) systems() store.Systems { return s.set.Load().systems }

// links are what to give to the customer: the pay page, or else what opens the app
// of the invoice's payment system. There are none before that is connected, nor for
// what staff record by hand.
func (s *shop) links(inv store.Invoice) poster.Links {
	now := s.set.Load()
	system := now.systems.Of(inv.System)
	if system == nil {
		return poster.Links{}
	}
	amount := inv.Amount
	if inv.Reusable() {
		amount = 0 // whoever pays types it
	}
	page := s.page(inv)
	app := system.AppLink(inv, amount, page)
	if p := system.Profile(); app == "" && (p.Can.ByHand || p.State == store.NotConnected) {
		return poster.Links{}
	}
	return poster.Links{Payment: cmp.Or(page, app), App: app, Till: linksOf(now.cfg).PayHere()}
}

// page is where the payer of an invoice comes back to; empty without a pay page.
func (s *shop) page(inv store.Invoice) string { return linksOf(s.cfg()).Pay(inv) }

// paymentLinks are the one to give to the customer, and the one that opens an app.
func (s *shop) paymentLinks(inv store.Invoice) (payment, app string) {
	links := s.links(inv)
	return links.Payment, links.App
}

// onLedger does the work of a command on the open ledger. Beside a running
// service the whole command is handed to it, and do runs there; otherwise the
// store is opened for as long as do takes.
func (a *App) onLedger(ctx context.Context, do func(context.Context, *shop) error) error {
	if a.shop != nil {
		return do(ctx, a.shop)
	}
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	path, err := a.storePath(cfg)
	if err != nil {
		return err
	}
	return a.attachOr(ctx, path, a.handOver, func() error {
		s, err := a.openShop(ctx, path, cfg)
		if err != nil {
			return err
		}
		return errors.Join(do(ctx, s), s.Close())
	})
}

// attachTries is how often a store that is held, but not by a service that
// answers, is tried again: by then another command has finished, or a service
// that was starting listens. A try waits up to openWait for the file.
const (
	attachTries = 4
	openWait    = time.Second
)

// attachOr works there, with the service that holds the store, and where there
// is none here.
func (a *App) attachOr(ctx context.Context, path string, there func(context.Context, *controlClient) error, here func() error) error {
	var err error
	for range attachTries {
		if client, dialErr := dialControl(ctx, path); dialErr == nil {
			return there(ctx, client)
		}
		if err = ctx.Err(); err != nil {
			return err
		}
		if err = here(); store.CodeOf(err) != store.Locked {
			return err
		}
	}
	return err
}

// openShop opens the store for one command and writes down first what the
// clock has decided since it was last open.
func (a *App) openShop(ctx context.Context, path string, cfg config.Config) (*shop, error) {
	systems := systemsOf(cfg)
	st, err := bolt.Open(path, bolt.Options{
		Rules: rulesOf(cfg, systems), Now: a.Now, Checker: a.Checker, Holder: "tushum", Wait: openWait,
	})
	if err != nil {
		return nil, err
	}
	_, _ = st.Sweep(ctx) // on a full disk the ledger can still be read, and reading looks at the clock, too
	return newShop(st, cfg, systems), nil
}

// handOver lets the service do the command, and ends as it ends there.
func (a *App) handOver(ctx context.Context, client *controlClient) error {
	defer client.Close()
	ctx, end := context.WithCancel(ctx)
	defer end()
	out, aside := &outlet{Writer: a.Stdout, fails: end}, &outlet{Writer: a.Stderr, fails: end}
	code, err := client.run(ctx, a.request(), streams{stdout: out, stderr: aside})
	if unwritten := cmp.Or(out.err, aside.err); unwritten != nil {
		return unwritten // and not the end that it came to because of that
	}
	if err != nil {
		return err
	}
	return exited(code)
}

// outlet is where the words of a command come out that a service does. When they
// can't be written the command is ended, and it is not the service that failed.
type outlet struct {
	io.Writer
	fails func()
	err   error // why it could not be written; one goroutine writes, and has ended when it is read
}

// Write takes everything, so that nothing waits to be read.
func (o *outlet) Write(b []byte) (int, error) {
	if o.err == nil {
		if _, o.err = o.Writer.Write(b); o.err != nil {
			o.fails()
		}
	}
	return len(b), nil
}

// request is this command as it is handed to a service.
func (a *App) request() request {
	r := request{Dir: []byte(a.abs(".")), Lang: a.lang, User: a.User, Terminal: a.Terminal, Color: a.Color, Width: a.Width, Height: a.Height}
	for _, arg := range a.args {
		r.Args = append(r.Args, []byte(arg))
	}
	return r
}

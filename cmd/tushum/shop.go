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
	set atomic.Pointer[config.Config]
}

func newShop(st *bolt.Store, cfg config.Config) *shop {
	s := &shop{Store: st}
	s.set.Store(&cfg)
	return s
}

// cfg are the settings of this moment. They are not changed, but exchanged.
func (s *shop) cfg() config.Config { return *s.set.Load() }

// links are what to give to the customer. There are none for an invoice that
// goes another way, nor before the bank is connected.
func (s *shop) links(inv store.Invoice) poster.Links {
	links := linksOf(s.cfg())
	if inv.System != store.Uzum || links.ServiceID == 0 {
		return poster.Links{}
	}
	return poster.Links{Payment: links.Payment(inv), App: links.App(inv), Till: links.PayHere()}
}

// paymentLinks are the one to give to the customer, and the one that opens the
// bank's app.
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
	st, err := bolt.Open(path, bolt.Options{
		Rules: rulesOf(cfg), Now: a.Now, Checker: a.Checker, Holder: "tushum", Wait: openWait,
	})
	if err != nil {
		return nil, err
	}
	_, _ = st.Sweep(ctx) // on a full disk the ledger can still be read, and reading looks at the clock, too
	return newShop(st, cfg), nil
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

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"tushum/internal/config"
	"tushum/internal/deals"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/tui"
	"tushum/webhook"
	"tushum/webhook/paypage"
	"tushum/webhook/uzum"
)

// serviceOptions are what a service needs beside the settings.
type serviceOptions struct {
	Path     string           // the store's file
	Settings string           // the settings file, looked at again and again; empty: there is none to look at
	Log      *slog.Logger     // nil: nothing is logged
	Now      func() time.Time // nil: time.Now
	Checker  []string         // as in App
	Holder   string           // how the service is named to whoever finds the store held
	Console  runConsole       // nil: tui.Run
	Demo     bool             // the shop is played; nobody has to reach it from elsewhere, so its public URL is where it listens
	Ask      <-chan struct{}  // payment systems are asked about deals from when it is closed; nil: at once
}

// service is the listener and the store in one process, with the socket through
// which commands reach it. serve runs one until it is told to stop; demo runs
// one for as long as its story takes.
type service struct {
	serviceOptions
	shop      *shop
	server    *webhook.Server
	handler   *uzum.Handler
	pages     *paypage.Handler
	auth      *webhook.Auth
	addresses *webhook.Addresses
	control   *controlServer
	watch     *watchman
	deals     *deals.Keeper

	changing sync.Mutex // held while settings are exchanged
	port     port
	tls      atomic.Pointer[encryption]
	told     toldSettings
	changed  atomic.Uint64 // how often settings were exchanged

	background context.Context // of what goes on while the service runs
	stop       context.CancelFunc
	asking     context.CancelFunc // ends that payment systems are asked about deals
	working    sync.WaitGroup
	once       sync.Once
	err        error
}

// The pace of the background work and the patience of a stop.
const (
	sweepEvery  = 2 * time.Second
	stopTimeout = 15 * time.Second // a call whose body never comes is waited for 10 s
)

// startService takes the port, opens the store and answers the bank. The caller
// closes it. The port is taken first, so that a port in use or a bad certificate
// leaves the disk as it was; no call is answered before the store is open.
func startService(cfg config.Config, o serviceOptions) (*service, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Console == nil {
		o.Console = tui.Run
	}
	s := &service{serviceOptions: o, addresses: webhook.NewAddresses(cfg.Listener.TrustedProxies)}
	s.background, s.stop = context.WithCancel(context.Background())
	if err := s.start(cfg); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *service) start(cfg config.Config) error {
	l, err := net.Listen("tcp", cfg.Listener.Address)
	if err != nil {
		return noPort(cfg, s.serviceOptions, err)
	}
	if s.Demo {
		cfg.Listener.PublicURL = "http://" + l.Addr().String()
	}
	certificates, err := s.encrypt(cfg)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	s.tls.Store(certificates)
	if err := s.open(cfg); err != nil {
		return errors.Join(err, certificates.close(), l.Close())
	}
	s.serveOn(l, cfg.Listener.Address)
	if err := s.tls.Load().succeed(s.background, nil); err != nil { // there is none before it
		return errors.Join(err, s.Close())
	}
	s.working.Go(func() { s.sweep(s.background) })
	s.working.Go(func() { s.watch.run(s.background) })
	s.lead()
	if s.Settings != "" {
		s.working.Go(func() { s.followSettings(s.background) })
	}
	return nil
}

// open opens the store, and makes the listener and the socket that work on it.
func (s *service) open(cfg config.Config) error {
	systems := systemsOf(cfg)
	st, err := bolt.Open(s.Path, bolt.Options{
		Rules: rulesOf(cfg, systems), Now: s.Now, Log: s.Log, Checker: s.Checker, Holder: s.Holder,
	})
	if err != nil {
		return err
	}
	nameIdle(cfg, s.Log) // earlier the log may belong to whoever holds the store
	s.shop = newShop(st, cfg, systems)
	if err = s.furnish(cfg); err != nil {
		return errors.Join(err, st.Close())
	}
	return nil
}

// furnish makes what works on the open store.
func (s *service) furnish(cfg config.Config) (err error) {
	s.deals = deals.New(deals.Config{
		Ledger: s.shop.Store, Systems: s.shop.systems, Back: s.shop.page, Log: s.Log,
		Shown: func(n store.Number) { s.pages.Tell(n) }, // there are pages by the time that anybody asks
	})
	s.watch = newWatchman(watchmanOptions{
		Books: s.shop.Store, Settings: s.shop.cfg, Systems: s.shop.systems, Deals: s.deals, Certificate: s.certificate, StoreFolder: filepath.Dir(s.shop.Path()),
		More: s.told.warnings, Log: s.Log, Now: s.Now,
	})
	if err := s.listen(cfg); err != nil {
		return err
	}
	if s.control, err = listenControl(s.shop.Path(), s.command, s.Log); err != nil {
		s.pages.Close()
	}
	return err
}

// listen makes the HTTP server. A payment system that is not connected refuses
// every caller.
func (s *service) listen(cfg config.Config) (err error) {
	if s.auth, err = webhook.NewAuth(credentialsOf(cfg), s.addresses.Of, s.Now); err != nil {
		return err
	}
	s.handler = uzum.New(uzum.Config{
		Settings: uzumSettings(cfg), Ledger: s.shop.Store, Auth: s.auth, Now: s.Now, Log: s.Log, Address: s.addresses.Text,
	})
	s.pages = paypage.New(paypage.Config{Settings: pageSettings(cfg, s.shop.systems()), Books: s.shop.Store, Deals: s.deals, Address: s.addresses.Of, Log: s.Log})
	s.server, err = webhook.New(webhook.Config{
		Uzum: s.handler, Callbacks: s.callbacks(), Pages: s.pages, Path: cfg.Uzum.Path, Ready: s.shop.Ready, Warnings: s.watch.Warnings, Certificates: s.tls.Load().certificates(), Log: s.Log,
	})
	if err != nil {
		s.pages.Close()
	}
	return err
}

// nameIdle logs the settings that do nothing yet.
func nameIdle(cfg config.Config, log *slog.Logger) {
	for name, set := range map[string]bool{
		"listener.admin_address": cfg.Listener.AdminAddress != "",
	} {
		if set {
			log.Warn("this setting does nothing in this version", "key", name)
		}
	}
}

// noPort says why the port can't be had. Where the store is held, the other
// service is the news and not its port.
func noPort(cfg config.Config, o serviceOptions, cause error) error {
	if client, err := dialControl(context.Background(), o.Path); err == nil {
		_ = client.Close()
		if st, err := bolt.Open(o.Path, bolt.Options{Rules: rulesOf(cfg, systemsOf(cfg)), Checker: o.Checker}); err != nil {
			return err
		} else if err := st.Close(); err != nil { // it ended just now
			return err
		}
	}
	return portTaken(cfg.Listener.Address, cause)
}

// URL is where the service can be called on this machine.
func (s *service) URL() string {
	scheme := "http"
	if s.tls.Load().on() {
		scheme = "https"
	}
	return scheme + "://" + s.server.Addr().String()
}

// Wait returns nil when ctx ends, and otherwise why the service can't go on.
func (s *service) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-s.shop.Down():
		err := s.shop.Err()
		if store.CodeOf(err) != "" { // the store knows its own word for it
			return err
		}
		return &store.Error{Code: store.OutcomeUnknown, Err: err}
	case err, failed := <-s.server.Failed():
		if !failed {
			return errors.New("the listener has ended")
		}
		return err
	}
}

// Close stops listening, lets the calls and commands in flight finish, and
// closes the store. It may be called more than once. What is asked of a payment
// system ends first: a page or a console that waits for it would hold up the rest.
func (s *service) Close() error {
	s.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		s.unlead()
		err := s.server.Shutdown(ctx)
		err = errors.Join(err, s.control.Close())
		s.stop()
		s.working.Wait()
		s.changing.Lock()
		err = errors.Join(err, s.tls.Load().close())
		s.changing.Unlock()
		if err = errors.Join(err, s.shop.Close()); err != nil {
			s.err = fmt.Errorf("stopping the service: %w", err)
		}
	})
	return s.err
}

// sweep writes down what the clock decides, so that screens see it.
func (s *service) sweep(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	failing := ""
	for {
		_, err := s.shop.Sweep(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && err.Error() != failing: // a full disk is told once
			s.Log.Error("what the clock has decided can't be written down", "err", err)
			failing = err.Error()
		case err == nil && failing != "":
			s.Log.Info("the store can be written again")
			failing = ""
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// command does a command that was given beside the service.
func (s *service) command(ctx context.Context, r request, io streams) int {
	args := make([]string, len(r.Args))
	for i, arg := range r.Args {
		args[i] = string(arg)
	}
	if r.Lang == "" {
		r.Lang = s.shop.cfg().Shop.Language
	}
	app := &App{
		Stdin: io.stdin, Stdout: io.stdout, Stderr: io.stderr, Getenv: r.getenv,
		Dir: string(r.Dir), User: r.User, Now: s.shop.Now, Terminal: r.Terminal, Color: r.Color, Width: r.Width, Height: r.Height,
		Checker: s.Checker, lang: r.Lang, shop: s.shop, deals: s.deals, examine: s.examineWith,
	}
	if r.Console {
		app.attached = func(ctx context.Context) error { return s.show(ctx, app.attachedOptions(s, r, io)) }
	}
	began := time.Now()
	code := app.Run(ctx, args)
	s.Log.Debug("a command was done", "name", app.name, "by", oneLine(app.by()), "exit", code, "took", time.Since(began))
	return code
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/tui"
	"tushum/webhook"
	"tushum/webhook/uzum"
)

// serviceOptions are what a service needs beside the settings.
type serviceOptions struct {
	Path    string           // the store's file
	Log     *slog.Logger     // nil: nothing is logged
	Now     func() time.Time // nil: time.Now
	Checker []string         // as in App
	Holder  string           // how the service is named to whoever finds the store held
	Console runConsole       // nil: tui.Run
}

// service is the listener and the store in one process, with the socket through
// which commands reach it. serve runs one until it is told to stop; demo runs
// one for as long as its story takes.
type service struct {
	shop       *shop
	server     *webhook.Server
	control    *controlServer
	log        *slog.Logger
	checker    []string
	address    net.Addr // of the listener
	secure     bool     // it speaks TLS
	runConsole runConsole

	stop    context.CancelFunc // ends the background work
	working sync.WaitGroup
	once    sync.Once
	err     error
}

// The pace of the background work and the patience of a stop.
const (
	sweepEvery  = 2 * time.Second
	stopTimeout = 10 * time.Second
)

// startService takes the port, opens the store and answers the bank. The caller
// closes it. The port is taken first, so that a port in use leaves the disk as
// it was; no call is answered before the store is open.
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
	if err := offered(cfg); err != nil {
		return nil, err
	}
	certificate, err := certificateOf(cfg, o)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", cfg.Listener.Address)
	if err != nil {
		return nil, noPort(cfg, o, err)
	}
	s := &service{log: o.Log, checker: o.Checker, address: l.Addr(), secure: certificate != nil, runConsole: o.Console}
	if err := s.open(cfg, o, certificate); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	s.server.Serve(l)
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.working.Go(func() { s.sweep(ctx) })
	return s, nil
}

// open opens the store, and makes the listener and the socket that work on it.
func (s *service) open(cfg config.Config, o serviceOptions, certificate webhook.GetCertificate) error {
	st, err := bolt.Open(o.Path, bolt.Options{
		Rules: rulesOf(cfg), Now: o.Now, Log: o.Log, Checker: o.Checker, Holder: o.Holder,
	})
	if err != nil {
		return err
	}
	nameIdle(cfg, o.Log) // earlier the log may belong to whoever holds the store
	s.shop = &shop{Store: st, cfg: cfg, links: linksOf(cfg)}
	if s.server, err = newListener(cfg, s.shop.Store, o, certificate); err != nil {
		return errors.Join(err, st.Close())
	}
	if s.control, err = listenControl(st.Path(), s.command, o.Log); err != nil {
		return errors.Join(err, st.Close())
	}
	return nil
}

// newListener makes the HTTP server. A payment system that is not connected
// refuses every caller.
func newListener(cfg config.Config, st *bolt.Store, o serviceOptions, certificate webhook.GetCertificate) (*webhook.Server, error) {
	addresses := webhook.NewAddresses(cfg.Listener.TrustedProxies)
	handler := uzum.Config{
		Settings: uzum.Settings{ServiceID: cfg.Uzum.ServiceID, AccountParams: cfg.Uzum.AccountParams, PrefillAmount: cfg.Uzum.PrefillAmount},
		Ledger:   st, Now: o.Now, Log: o.Log,
		Address: func(r *http.Request) string { return textOf(addresses.Of(r)) },
	}
	if cfg.Uzum.Enabled {
		credentials := make([]webhook.Credential, 0, len(cfg.Uzum.Credentials))
		for _, c := range cfg.Uzum.Credentials {
			credentials = append(credentials, webhook.Credential{Login: c.Login, Password: c.Password})
		}
		auth, err := webhook.NewAuth(credentials, addresses.Of, o.Now)
		if err != nil {
			return nil, err
		}
		handler.Auth = auth
	}
	return webhook.New(webhook.Config{
		Uzum: uzum.New(handler), Path: cfg.Uzum.Path, Ready: st.Ready, GetCertificate: certificate, Log: o.Log,
	})
}

// certificateOf reads the TLS certificate that the settings name; nil without one.
func certificateOf(cfg config.Config, o serviceOptions) (webhook.GetCertificate, error) {
	if cfg.Listener.TLSCert == "" {
		return nil, nil
	}
	certificate, err := webhook.LoadCertificate(cfg.Listener.TLSCert, cfg.Listener.TLSKey, o.Log, o.Now)
	if err != nil {
		return nil, &fault{code: codeConfig, exit: exitUsage, says: lang.Text{
			UZ: "TLS sertifikati yaroqsiz", RU: "TLS-сертификат не годится", EN: "the TLS certificate can't be used",
		}, hint: lang.Text{
			UZ: "[listener] tls_cert va tls_key PEM fayllarini tekshiring", RU: "проверьте PEM-файлы [listener] tls_cert и tls_key", EN: "check the PEM files of [listener] tls_cert and tls_key",
		}, err: err}
	}
	return certificate.Get, nil
}

func textOf(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

// offered refuses settings that this version can't keep and that matter to
// security.
func offered(cfg config.Config) error {
	if len(cfg.Listener.ACME.Domains) > 0 {
		return &fault{code: codeConfig, exit: exitUsage, says: lang.Text{
			UZ: "[listener.acme] bu versiyada yo‘q", RU: "[listener.acme] в этой версии нет", EN: "[listener.acme] is not part of this version",
		}, hint: lang.Text{
			UZ: "tls_cert va tls_key ni bering yoki HTTPS proksi orqasida ishlating", RU: "задайте tls_cert и tls_key или работайте за HTTPS-прокси", EN: "set tls_cert and tls_key, or run behind a proxy that does HTTPS",
		}}
	}
	return nil
}

// nameIdle logs the settings that do nothing yet.
func nameIdle(cfg config.Config, log *slog.Logger) {
	for name, set := range map[string]bool{
		"listener.admin_address": cfg.Listener.AdminAddress != "", "listener.public_url": cfg.Listener.PublicURL != "", "oneclick.enabled": cfg.OneClick.Enabled,
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
		if st, err := bolt.Open(o.Path, bolt.Options{Rules: rulesOf(cfg), Checker: o.Checker}); err != nil {
			return err
		} else if err := st.Close(); err != nil { // it ended just now
			return err
		}
	}
	return &fault{code: codeListen, exit: exitFailed, says: lang.Text{
		UZ: cfg.Listener.Address + " manzilini ochib bo‘lmadi", RU: "не удалось открыть адрес " + cfg.Listener.Address, EN: "can't listen on " + cfg.Listener.Address,
	}, hint: lang.Text{
		UZ: "sozlamalarning [listener] bo‘limida boshqa address bering yoki portni band qilgan dasturni to‘xtating",
		RU: "задайте другой address в разделе [listener] настроек или остановите программу, занявшую порт",
		EN: "set another address under [listener] in the settings, or stop the program that uses the port",
	}, err: cause}
}

// URL is where the service can be called on this machine.
func (s *service) URL() string {
	scheme := "http"
	if s.secure {
		scheme = "https"
	}
	return scheme + "://" + s.address.String()
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
// closes the store. It may be called more than once.
func (s *service) Close() error {
	s.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		err := s.server.Shutdown(ctx)
		err = errors.Join(err, s.control.Close())
		s.stop()
		s.working.Wait()
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
			s.log.Error("what the clock has decided can't be written down", "err", err)
			failing = err.Error()
		case err == nil && failing != "":
			s.log.Info("the store can be written again")
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
		r.Lang = s.shop.cfg.Shop.Language
	}
	app := &App{
		Stdin: io.stdin, Stdout: io.stdout, Stderr: io.stderr, Getenv: r.getenv,
		Dir: string(r.Dir), User: r.User, Now: s.shop.Now, Terminal: r.Terminal, Color: r.Color, Width: r.Width, Height: r.Height,
		Checker: s.checker, lang: r.Lang, shop: s.shop,
	}
	if r.Console {
		app.attached = func(ctx context.Context) error { return s.show(ctx, app.attachedOptions(s, r, io)) }
	}
	began := time.Now()
	code := app.Run(ctx, args)
	s.log.Debug("a command was done", "name", app.name, "by", oneLine(app.by()), "exit", code, "took", time.Since(began))
	return code
}

package webhook

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tushum/internal/clean"
	"tushum/store"
	"tushum/webhook/paypage"
	"tushum/webhook/uzum"
)

// The limits on what one connection may take.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 10 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeader         = 16 << 10 // bytes
)

// The limits on all connections together.
const (
	DefaultMaxConnections = 1024
	reservedPart          = 4 // one in so many is kept for callers that have authenticated
)

// streamsAmong is how many of the strangers' connections may be pay pages that are
// kept up to date. The rest is for those who just come and go, of whom the bank is
// one until it has authenticated.
func streamsAmong(strangers int) int { return max(1, strangers*3/4) }

// maxLogged bounds a foreign text in the log, in characters.
const maxLogged = 300

// Config is what a Server is made of.
type Config struct {
	Uzum           *uzum.Handler
	Path           string                  // what the bank's paths begin with, such as /uzum
	Callbacks      map[string]http.Handler // what further payment systems call by POST, by its path, such as /name/callback
	Pages          *paypage.Handler        // what customers see; nil: there are no pay pages. The server closes it when it shuts down
	Ready          func() error            // why the program can't take payments; nil: it always can
	Warnings       func() []store.Warning  // what somebody should look at while it can; nil: nothing
	Certificates   Certificates            // nil: plain HTTP, for a machine behind a proxy
	MaxConnections int                     // zero: DefaultMaxConnections; never more than there are file descriptors for
	Log            *slog.Logger            // nil: nothing is logged
}

// Server is the listener. It speaks HTTP/1.1 only. Where it listens, what it
// speaks there and the path of the webhooks may change while it runs.
type Server struct {
	http       *http.Server
	log        *slog.Logger
	gate       *gate
	cfg        Config
	failed     chan error
	terms      atomic.Pointer[terms]
	port       atomic.Pointer[port] // the newest; nil before Serve
	rehearsals atomic.Pointer[[]*rehearsal]
	lingering  time.Duration

	mu      sync.Mutex // held by who changes what follows, or swaps a pointer above
	serving int        // ports
	ended   bool
}

// New makes a Server. It does not listen yet.
func New(cfg Config) (*Server, error) {
	if cfg.Uzum == nil {
		return nil, errors.New("setting up the listener: there is no handler for the webhooks")
	}
	if cfg.Ready == nil {
		cfg.Ready = func() error { return nil }
	}
	if cfg.Warnings == nil {
		cfg.Warnings = func() []store.Warning { return nil }
	}
	if cfg.MaxConnections <= 0 {
		cfg.MaxConnections = DefaultMaxConnections
	}
	if limit, limited := descriptors(); limited {
		cfg.MaxConnections = min(cfg.MaxConnections, connectionsFor(limit))
	}
	s := &Server{
		log:       cfg.Log,
		gate:      &gate{most: cfg.MaxConnections, reserve: cfg.MaxConnections / reservedPart},
		cfg:       cfg,
		failed:    make(chan error, 1),
		lingering: lingering,
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.http = s.httpServer()
	if cfg.Pages != nil {
		cfg.Pages.Bound(streamsAmong(s.gate.most - s.gate.reserve))
	}
	if err := s.Change(cfg.Path, cfg.Certificates); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Server) httpServer() *http.Server {
	only1 := new(http.Protocols)
	only1.SetHTTP1(true)
	return &http.Server{
		Handler:                      http.HandlerFunc(s.answer),
		Protocols:                    only1,
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            readHeaderTimeout,
		ReadTimeout:                  readTimeout,
		WriteTimeout:                 writeTimeout,
		IdleTimeout:                  idleTimeout,
		MaxHeaderBytes:               maxHeader,
		ConnContext:                  withConn,
		ErrorLog:                     log.New(noise{s.log}, "", 0),
	}
}

// Failed yields the error that ended the newest listener, and is closed when the
// server has ended, by Shutdown or because no listener is left.
func (s *Server) Failed() <-chan error { return s.failed }

// Shutdown ends the live updates of the pay pages, stops listening, lets the calls
// in flight finish, and returns. When ctx ends first it closes what is left and
// returns ctx's error.
func (s *Server) Shutdown(ctx context.Context) error {
	if s.cfg.Pages != nil {
		s.cfg.Pages.Close()
	}
	err := s.http.Shutdown(ctx)
	if err != nil {
		_ = s.http.Close() // what matters is that it did not end by itself
		err = fmt.Errorf("waiting for the calls in flight: %w", err)
	}
	if s.port.Load() != nil {
		for range s.failed { // until the last serving goroutine has ended
		}
	}
	return err
}

// noise takes what net/http has to say about broken senders. It may quote them.
type noise struct{ log *slog.Logger }

func (n noise) Write(line []byte) (int, error) {
	text := clean.MaskPhones(clean.Line(strings.TrimSpace(string(line)), maxLogged).String())
	n.log.Debug("a connection was given up", "why", text)
	return len(line), nil
}

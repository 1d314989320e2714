package webhook

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"tushum/internal/clean"
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

// maxLogged bounds a foreign text in the log, in characters.
const maxLogged = 300

// Config is what a Server is made of.
type Config struct {
	Uzum           *uzum.Handler
	Path           string         // what the bank's paths begin with, such as /uzum
	Ready          func() error   // why the program can't take payments; nil: it always can
	GetCertificate GetCertificate // nil: plain HTTP, for a machine behind a proxy
	MaxConnections int            // zero: DefaultMaxConnections; never more than there are file descriptors for
	Log            *slog.Logger   // nil: nothing is logged
}

// Server is the listener. It speaks HTTP/1.1 only.
type Server struct {
	http     *http.Server
	log      *slog.Logger
	gate     *gate
	listener net.Listener
	failed   chan error
}

// New makes a Server. It does not listen yet.
func New(cfg Config) (*Server, error) {
	if cfg.Uzum == nil {
		return nil, errors.New("setting up the listener: there is no handler for the webhooks")
	}
	if err := checkPrefix(cfg.Path); err != nil {
		return nil, err
	}
	if cfg.Ready == nil {
		cfg.Ready = func() error { return nil }
	}
	if cfg.MaxConnections <= 0 {
		cfg.MaxConnections = DefaultMaxConnections
	}
	if limit, limited := descriptors(); limited {
		cfg.MaxConnections = min(cfg.MaxConnections, connectionsFor(limit))
	}
	s := &Server{
		log:    cfg.Log,
		gate:   &gate{most: cfg.MaxConnections, reserve: cfg.MaxConnections / reservedPart},
		failed: make(chan error, 1),
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.http = s.httpServer(s.routes(cfg))
	if cfg.GetCertificate != nil {
		s.http.TLSConfig = tlsConfig(cfg.GetCertificate)
	}
	return s, nil
}

func (s *Server) httpServer(handler http.Handler) *http.Server {
	only1 := new(http.Protocols)
	only1.SetHTTP1(true)
	return &http.Server{
		Handler:                      handler,
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

// Serve serves a listener in the background and owns it from then on. It may
// be called once.
func (s *Server) Serve(l net.Listener) {
	s.listener = l
	gated := gatedListener{Listener: l, gate: s.gate}
	go func() {
		var err error
		if s.http.TLSConfig != nil {
			err = s.http.ServeTLS(gated, "", "")
		} else {
			err = s.http.Serve(gated)
		}
		if !errors.Is(err, http.ErrServerClosed) {
			s.failed <- fmt.Errorf("serving %s: %w", l.Addr(), err)
		}
		close(s.failed)
	}()
}

// Addr is where the server listens; nil before Serve.
func (s *Server) Addr() net.Addr {
	if s.listener == nil {
		return nil
	}
	return s.listener.Addr()
}

// Failed yields the error that ended the server, and is closed when it has
// ended, by Shutdown or otherwise.
func (s *Server) Failed() <-chan error { return s.failed }

// Shutdown stops listening, lets the calls in flight finish, and returns. When
// ctx ends first it closes what is left and returns ctx's error.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil {
		_ = s.http.Close() // what matters is that it did not end by itself
		err = fmt.Errorf("waiting for the calls in flight: %w", err)
	}
	if s.listener != nil {
		for range s.failed { // until the serving goroutine has ended
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

// Package pebbletest starts Pebble, the ACME service that Let's Encrypt tests
// clients with, for tests that carry the build tag system. It owns the service's
// processes, its ports on the loopback and its own TLS certificate.
//
// It imports nothing of ours. No part of the program imports it.
package pebbletest

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// patience is how long a process may take until it listens.
const patience = time.Minute

// Pebble is a running service. Every name leads to 127.0.0.1, on the ports that
// it was started with.
type Pebble struct {
	Directory string // URL
	CARoot    string // PEM file of what signs the directory's certificate, and of what signs those it issues

	client    *http.Client
	names     string // base URL of whoever answers for DNS
	processes []*process
}

// Start starts a service that proves domains by TLS-ALPN-01 on tlsPort and by
// HTTP-01 on httpPort of 127.0.0.1, and ends it with the test. Where Pebble is
// not installed the test fails: make tools does that.
func Start(tb testing.TB, tlsPort, httpPort int) *Pebble {
	tb.Helper()
	dir := tb.TempDir()
	authority := newAuthority(tb, dir)
	api, management, dns, names := freePort(tb), freePort(tb), freePort(tb), freePort(tb)
	p := &Pebble{
		Directory: "https://" + local(api) + "/dir",
		CARoot:    filepath.Join(dir, "roots.pem"),
		names:     "http://" + local(names),
		client:    &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority.pool()}}},
	}
	tb.Cleanup(p.Stop)
	config := filepath.Join(dir, "pebble.json")
	writeConfig(tb, config, map[string]any{
		"listenAddress": local(api), "managementListenAddress": local(management),
		"certificate": authority.certFile, "privateKey": authority.keyFile,
		"httpPort": httpPort, "tlsPort": tlsPort,
		"domainBlocklist": []string{"blocked.test"},
		"retryAfter":      map[string]int{"authz": 1, "order": 1},
		"keyAlgorithm":    "ecdsa",
		"profiles":        map[string]any{"default": map[string]any{"description": "90 days", "validityPeriod": 90 * 24 * 3600}},
	})
	p.run(tb, "pebble-challtestsrv", "-dnsserver", local(dns), "-management", local(names), "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-doh", "", "-http01", "", "-https01", "", "-tlsalpn01", "")
	p.run(tb, "pebble", "-config", config, "-dnsserver", local(dns), "-strict")
	p.waitFor(tb, func(ctx context.Context) error { return dial(ctx, local(dns)) })
	p.waitFor(tb, func(ctx context.Context) error { _, err := p.get(ctx, p.Directory); return err })
	root, err := p.get(tb.Context(), "https://"+local(management)+"/roots/0")
	if err != nil {
		tb.Fatalf("Pebble's root: %v", err)
	}
	if err := os.WriteFile(p.CARoot, bytes.Join([][]byte{authority.pem, root}, []byte("\n")), 0o600); err != nil {
		tb.Fatal(err)
	}
	return p
}

// Roots is what trusts the certificates that the service issues.
func (p *Pebble) Roots(tb testing.TB) *x509.CertPool {
	tb.Helper()
	text, err := os.ReadFile(p.CARoot)
	if err != nil {
		tb.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		tb.Fatalf("%s holds no certificate", p.CARoot)
	}
	return pool
}

// Point makes a name lead to another address.
func (p *Pebble) Point(tb testing.TB, host, address string) {
	tb.Helper()
	p.tellDNS(tb, "/add-a", map[string]any{"host": host + ".", "addresses": []string{address}})
}

// Lose makes DNS fail for a name.
func (p *Pebble) Lose(tb testing.TB, host string) {
	tb.Helper()
	p.tellDNS(tb, "/set-servfail", map[string]any{"host": host + "."})
}

func (p *Pebble) tellDNS(tb testing.TB, path string, what map[string]any) {
	tb.Helper()
	body, err := json.Marshal(what)
	if err != nil {
		tb.Fatal(err)
	}
	answer, err := p.client.Post(p.names+path, "application/json", bytes.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		tb.Fatalf("%s: %s", path, answer.Status)
	}
}

// Stop ends the service before the test ends.
func (p *Pebble) Stop() {
	p.client.CloseIdleConnections()
	for _, one := range p.processes {
		one.stop()
	}
	p.processes = nil
}

func (p *Pebble) get(ctx context.Context, url string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	answer, err := p.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

func dial(ctx context.Context, address string) error {
	c, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	return c.Close()
}

func writeConfig(tb testing.TB, file string, settings map[string]any) {
	tb.Helper()
	text, err := json.Marshal(map[string]any{"pebble": settings})
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		tb.Fatal(err)
	}
}

func local(port int) string { return "127.0.0.1:" + strconv.Itoa(port) }

// freePort is one that nobody has now, of TCP and of UDP.
func freePort(tb testing.TB) int {
	tb.Helper()
	for range 10 {
		l, err := net.Listen("tcp", local(0))
		if err != nil {
			tb.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		packets, err := net.ListenPacket("udp", local(port))
		_ = l.Close()
		if err == nil {
			_ = packets.Close()
			return port
		}
	}
	tb.Fatal("there is no port that is free for TCP and UDP")
	return 0
}

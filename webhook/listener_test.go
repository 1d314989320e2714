package webhook_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

var basic = "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(webhooktest.Login+":"+webhooktest.Secret)) + "\r\n"

// say sends bytes over a connection of its own and reads until the server
// closes it.
func say(t *testing.T, s *webhooktest.Shop, text string) string {
	t.Helper()
	c := dial(t, s)
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(c)
	if err != nil && len(answer) == 0 {
		t.Fatalf("%.60q: %v", text, err)
	}
	return string(answer)
}

func dial(t *testing.T, s *webhooktest.Shop) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", s.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(8 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPaths(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	for _, tc := range []struct {
		method, path string
		status       int
		body         string
	}{
		{http.MethodGet, "/healthz", 200, "ok\n"},
		{http.MethodHead, "/healthz", 200, ""},
		{http.MethodPost, "/healthz", 405, "method not allowed\n"},
		{http.MethodGet, "/readyz", 200, "ready\n"},
		{http.MethodGet, "/", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum/", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum/check/", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum/CHECK", 404, "404 page not found\n"},
		{http.MethodPost, "/Uzum/check", 404, "404 page not found\n"},
		{http.MethodPost, "//uzum/check", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum//check", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum/./check", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum/check/1", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum/%63heck", 404, "404 page not found\n"},
		{http.MethodPost, "/uzum%2fcheck", 404, "404 page not found\n"},
		{http.MethodPost, "/%75zum/check?a=b", 404, "404 page not found\n"},
		{http.MethodGet, "/uzum/%73tatus", 404, "404 page not found\n"},
		{http.MethodGet, "/uzum/refund", 404, "404 page not found\n"},
		{http.MethodPost, "/check", 404, "404 page not found\n"},
		{http.MethodGet, "/uzum/check", 400, `{"status":"FAILED","timestamp":1700000000000,"errorCode":"10003"}`},
		{http.MethodOptions, "/uzum/check", 400, `{"status":"FAILED","timestamp":1700000000000,"errorCode":"10003"}`},
		{http.MethodHead, "/uzum/check", 400, ""},
		{"BREW", "/uzum/check", 400, `{"status":"FAILED","timestamp":1700000000000,"errorCode":"10003"}`},
		{http.MethodPost, "/uzum/check?a=b", 400, `{"status":"FAILED","timestamp":1700000000000,"errorCode":"10002"}`},
	} {
		if status, body := s.Do(t, s.Request(t, tc.method, tc.path, "")); status != tc.status || body != tc.body {
			t.Errorf("%s %s: %d %q, want %d %q", tc.method, tc.path, status, body, tc.status, tc.body)
		}
	}
}

func TestHeadersOfAnAnswer(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	resp, err := s.Client.Do(s.Request(t, http.MethodDelete, "/uzum/status", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if got := resp.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type %q", got)
	}
	if resp.ContentLength <= 0 || resp.Header.Get("Allow") != "" || resp.Header.Get("Www-Authenticate") != "" {
		t.Errorf("headers %v", resp.Header)
	}
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	silent := store.Warning{Code: store.BankSilent, Since: 1, Says: lang.Text{EN: "the bank is silent"}}
	for _, tc := range []struct {
		err      error
		warnings []store.Warning
		status   int
		body     string
	}{
		{nil, nil, 200, "ready\n"},
		{nil, []store.Warning{silent}, 200, "ready\nwarning: bank_silent\n"},
		{nil, []store.Warning{silent, {Code: store.DiskShort}}, 200, "ready\nwarning: bank_silent\nwarning: disk_short\n"},
		{&store.Error{Code: store.DiskFull, Err: errors.New("/home/shop/secret.db")}, []store.Warning{silent}, 503, "disk_full\n"},
		{errors.New("/home/shop/secret.db: broken"), nil, 503, "unavailable\n"},
	} {
		warnings := func() []store.Warning { return tc.warnings }
		s := webhooktest.Start(t, webhooktest.Options{Listener: webhook.Config{Ready: func() error { return tc.err }, Warnings: warnings}})
		if status, body := s.Do(t, s.Request(t, http.MethodGet, "/readyz", "")); status != tc.status || body != tc.body {
			t.Errorf("%v: %d %q", tc.err, status, body)
		}
		if status, body := s.Do(t, s.Request(t, http.MethodHead, "/readyz", "")); status != tc.status || body != "" {
			t.Errorf("%v, asked by HEAD: %d %q", tc.err, status, body)
		}
	}
}

func TestLimitsOfTheServer(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	h := s.Server.HTTP()
	if h.ReadHeaderTimeout != 5*time.Second || h.ReadTimeout != 10*time.Second || h.WriteTimeout != 10*time.Second ||
		h.IdleTimeout != 60*time.Second || h.MaxHeaderBytes != 16<<10 || h.Protocols.HTTP2() || h.Protocols.UnencryptedHTTP2() {
		t.Errorf("limits: %+v", h)
	}
}

// What is no HTTP/1.1, or not as a client would write it.
func TestRawRequests(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	const host = "Host: shop\r\nConnection: close\r\n"
	for name, tc := range map[string]struct{ send, want string }{
		"a TLS hello":       {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"},
		"garbage":           {"\x00\xff\xfe\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"},
		"the HTTP/2 hello":  {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n"},
		"HTTP/3.0":          {"POST /uzum/check HTTP/3.0\r\n" + host + "\r\n", "HTTP/1.1 505 "},
		"no host":           {"POST /uzum/check HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request"},
		"OPTIONS *":         {"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 405 Method Not Allowed\r\n"},
		"CONNECT":           {"CONNECT shop:443 HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 404 Not Found\r\n"},
		"an absolute URL":   {"GET http://evil/uzum/check HTTP/1.1\r\n" + host + "\r\n", `"errorCode":"10003"}`},
		"HEAD":              {"HEAD /uzum/check HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 400 Bad Request\r\n"},
		"a header too long": {"POST /uzum/check HTTP/1.1\r\n" + host + "X: " + strings.Repeat("x", 24<<10) + "\r\n\r\n", "HTTP/1.1 431 "},
		"two lengths":       {"POST /uzum/check HTTP/1.1\r\n" + host + basic + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "HTTP/1.1 400 Bad Request"},
		"two encodings":     {"POST /uzum/check HTTP/1.1\r\n" + host + basic + "Content-Length: 2\r\nTransfer-Encoding: gzip\r\n\r\n{}", "HTTP/1.1 501 "},
		"chunks":            {"POST /uzum/check HTTP/1.1\r\n" + host + basic + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", `"errorCode":"10005"}`},
		"broken chunks":     {"POST /uzum/check HTTP/1.1\r\n" + host + basic + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}", `"errorCode":"10002"}`},
		"two authors":       {"POST /uzum/check HTTP/1.1\r\n" + host + basic + basic + "Content-Length: 2\r\n\r\n{}", `"errorCode":"10001"}`},
		"HTTP/1.0":          {"POST /uzum/check HTTP/1.0\r\n" + basic + "Content-Length: 2\r\n\r\n{}", `"errorCode":"10005"}`},
		"a short body":      {"POST /uzum/check HTTP/1.1\r\n" + host + basic + "Content-Length: 2\r\n\r\n{}garbage", `"errorCode":"10005"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := say(t, s, tc.send); !strings.Contains(got, tc.want) || strings.Contains(got, "HTTP/2") {
				t.Errorf("%q, want %q", got, tc.want)
			}
			if strings.Contains(s.Log.String(), "level=ERROR") {
				t.Errorf("log: %s", s.Log)
			}
		})
	}
}

func TestRequestsOneBehindTheOther(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	one := "POST /uzum/check HTTP/1.1\r\nHost: shop\r\n" + basic + "Content-Length: 2\r\n\r\n{}"
	last := strings.Replace(one, "Host", "Connection: close\r\nHost", 1)
	if got := say(t, s, one+one+last); strings.Count(got, `"errorCode":"10005"}`) != 3 {
		t.Errorf("answers: %q", got)
	}
}

// The answer comes at once, without the rest that is still to be sent.
func TestRefusedBeforeTheBody(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	for name, tc := range map[string]struct{ head, code string }{
		"endless chunks":  {basic + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1000\r\n"+strings.Repeat("x", 4096)+"\r\n", 17), "10002"},
		"no credentials":  {"Content-Length: 1000\r\n", "10001"},
		"asks to go on":   {"Content-Length: 1000\r\nExpect: 100-continue\r\n", "10001"},
		"chunks to come":  {"Transfer-Encoding: chunked\r\n", "10001"},
		"too long":        {basic + "Content-Length: 65537\r\n", "10002"},
		"a great deal":    {basic + "Content-Length: 9223372036854775807\r\n", "10002"},
		"a great unknown": {"Content-Length: 9223372036854775807\r\n", "10001"},
	} {
		c := dial(t, s)
		if _, err := io.WriteString(c, "POST /uzum/check HTTP/1.1\r\nHost: shop\r\n"+tc.head+"\r\n"); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		body, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != 400 || !resp.Close || !strings.Contains(string(body), `"errorCode":"`+tc.code+`"}`) {
			t.Errorf("%s: %d %s, to be closed: %v", name, resp.StatusCode, body, resp.Close)
		}
		_ = resp.Body.Close()
		_ = c.Close()
	}
}

// What has arrived of a body that never ends is journaled as a part of it.
func TestSlowSenders(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{Before: func(s *webhook.Server) { s.SetTimeouts(500*time.Millisecond, time.Second) }})
	for name, tc := range map[string]struct{ send, want, kept string }{
		"half a header": {"POST /uzum/check HTTP/1.1\r\nHost: sh", "", ""},
		"half a body":   {"POST /uzum/check HTTP/1.1\r\nHost: shop\r\n" + basic + "Content-Length: 100\r\n\r\n{\"half\"", `"errorCode":"10002"}`, `{"half"`},
		"half a chunk":  {"POST /uzum/check HTTP/1.1\r\nHost: shop\r\n" + basic + "Transfer-Encoding: chunked\r\n\r\n64\r\n{\"chunk\"", `"errorCode":"10002"}`, `{"chunk"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := say(t, s, tc.send)
			if tc.want == "" {
				if got != "" {
					t.Errorf("answered %q", got)
				}
				return
			}
			if !strings.HasPrefix(got, "HTTP/1.1 400 ") || !strings.Contains(got, tc.want) || !strings.Contains(got, "Connection: close") {
				t.Errorf("answered %q", got)
			}
			if !slices.ContainsFunc(s.Memory.Calls(), func(c store.Call) bool { return string(c.Request) == tc.kept && c.Cut }) {
				t.Errorf("journal: %+v", s.Memory.Calls())
			}
		})
	}
}

// Many connections that say nothing don't keep the bank out.
func TestTheBankKeepsItsConnection(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{Listener: webhook.Config{MaxConnections: 8}})
	s.Post(t, "check", "{}")
	for range 40 {
		c := dial(t, s)
		if _, err := io.WriteString(c, "POST /uzum/check HTTP/1.1\r\nHo"); err != nil {
			t.Fatal(err)
		}
	}
	if status, _ := s.Post(t, "check", "{}"); status != 400 {
		t.Errorf("on the old connection: %d", status)
	}
	s.Client.CloseIdleConnections()
	if status, _ := s.Post(t, "check", "{}"); status != 400 {
		t.Errorf("on a new connection: %d", status)
	}
}

func TestForwardedAddresses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		proxies []netip.Prefix
		want    string
	}{{nil, "127.0.0.1"}, {[]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, "203.0.113.7"}} {
		s := webhooktest.Start(t, webhooktest.Options{Proxies: tc.proxies})
		r := s.Request(t, http.MethodPost, "/uzum/check", "{}")
		r.Header.Set("X-Forwarded-For", "8.8.8.8, 203.0.113.7")
		s.Do(t, r)
		if got := s.Memory.Calls()[0].Address; got != tc.want {
			t.Errorf("proxies %v: address %q, want %q", tc.proxies, got, tc.want)
		}
	}
}

func TestPathsThatCantBeServed(t *testing.T) {
	t.Parallel()
	handler := uzum.New(uzum.Config{})
	for _, path := range []string{"", "/", "uzum", "/uzum/", "//uzum", "/:uzum", "/*uzum", "/u zum", "/u?zum", "/../x", "/pay", "/healthz/x", "/сайт"} {
		if s, err := webhook.New(webhook.Config{Uzum: handler, Path: path}); err == nil || !strings.HasPrefix(err.Error(), "setting up the webhooks' path: ") {
			t.Errorf("%q: %v, %v", path, s, err)
		}
	}
	if _, err := webhook.New(webhook.Config{Path: "/uzum"}); err == nil {
		t.Error("a server without a handler")
	}
	for _, path := range []string{"/uzum", "/a/b.c/D-1_2", "/other"} {
		if _, err := webhook.New(webhook.Config{Uzum: handler, Path: path}); err != nil {
			t.Errorf("%q: %v", path, err)
		}
	}
	others := map[string]http.Handler{"/other/callback": http.NotFoundHandler()} // of a further payment system
	for path, taken := range map[string]bool{"/other": true, "/other/bank": true, "/others": false, "/bank/other": false} {
		if _, err := webhook.New(webhook.Config{Uzum: handler, Path: path, Callbacks: others}); (err != nil) != taken {
			t.Errorf("%q beside another payment system's: %v", path, err)
		}
	}
}

func TestAServerThatNeverServed(t *testing.T) {
	t.Parallel()
	s, err := webhook.New(webhook.Config{Uzum: uzum.New(uzum.Config{}), Path: "/uzum"})
	if err != nil {
		t.Fatal(err)
	}
	if s.Addr() != nil {
		t.Errorf("it has the address %s", s.Addr())
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Errorf("shutting it down: %v", err)
	}
}

// A stop waits for the call that is being answered, and for no other.
func TestShutdownFinishesWhatIsInFlight(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	n := s.Memory.Issue(store.Draft{Kind: store.Goods, Amount: 5000 * money.Som, By: "test"}).Number
	inside, release := make(chan struct{}), make(chan struct{})
	s.Memory.Fault(func(string) error { close(inside); <-release; return nil })
	check := s.Request(t, http.MethodPost, "/uzum/check", `{"serviceId":101202,"timestamp":1,"params":{"account":"`+n.String()+`"}}`)
	answered := make(chan error, 1)
	go func() {
		resp, err := s.Client.Do(check)
		if err == nil && resp.StatusCode != http.StatusOK {
			err = errors.New(resp.Status)
		}
		if resp != nil {
			_ = resp.Body.Close()
		}
		answered <- err
	}()
	<-inside
	stopped := make(chan error, 1)
	go func() { stopped <- s.Server.Shutdown(t.Context()) }()
	for { // until it no longer listens
		c, err := net.Dial("tcp", s.Address())
		if err != nil {
			break
		}
		_ = c.Close()
	}
	close(release)
	if err := <-answered; err != nil {
		t.Errorf("the call in flight was answered %v", err)
	}
	if err := <-stopped; err != nil {
		t.Errorf("shutdown: %v", err)
	}
	if err, open := <-s.Server.Failed(); open || err != nil {
		t.Errorf("failed: %v", err)
	}
}

func TestTheServerSaysWhenItFails(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	server, err := webhook.New(webhook.Config{Uzum: s.Handler, Path: "/uzum"})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server.Serve(l)
	_ = l.Close()
	if err := <-server.Failed(); err == nil || !strings.HasPrefix(err.Error(), "serving 127.0.0.1:") {
		t.Errorf("failed: %v", err)
	}
}

// What net/http says of broken senders is cleaned before it is logged.
func TestNoiseIsCleaned(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	s.Server.HTTP().ErrorLog.Printf("bad header \x1b[2J +998901234567 %s", bytes.Repeat([]byte("x"), 1000))
	log := s.Log.String()
	if strings.Contains(log, "\x1b") || strings.Contains(log, "901234567") || len(log) > 600 || !strings.Contains(log, "a connection was given up") {
		t.Errorf("log: %q", log)
	}
}

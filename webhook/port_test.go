package webhook_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// shopLingering is a shop that lets in who set out before a change for so long.
func shopLingering(t *testing.T, d time.Duration, c webhook.Certificates) (*webhooktest.Shop, place) {
	t.Helper()
	s := webhooktest.Start(t, webhooktest.Options{
		Listener: webhook.Config{Certificates: c}, Before: func(s *webhook.Server) { s.SetLingering(d) },
	})
	return s, place{s.Address(), c != nil}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// waitClosed waits until nothing listens at an address.
func waitClosed(t *testing.T, address string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		c, err := net.Dial("tcp", address)
		if err != nil {
			return
		}
		_ = c.Close()
	}
	t.Fatalf("%s listens for ever", address)
}

func want(t *testing.T, when string, got, want answered) {
	t.Helper()
	if got != want {
		t.Errorf("%s: answered %s, want %s", when, got, want)
	}
}

// leaving is an answer with which the shop asks to come anew.
func leaving(a answered) answered {
	a.last = true
	return a
}

func TestAConnectionOutlivesTheMove(t *testing.T) {
	t.Parallel()
	s, old := shopLingering(t, 0, nil)
	held := mustCall(t, old)
	want(t, "before the move", held.ask(t, "/uzum/check"), reached)
	s.Server.Serve(listen(t))
	waitClosed(t, old.address)
	next := place{s.Address(), false}
	if next == old {
		t.Fatal("the server tells the old address")
	}
	came := mustCall(t, next)
	want(t, "at the new address", came.ask(t, "/uzum/check"), reached)
	want(t, "over the old connection", held.ask(t, "/uzum/check"), leaving(reached))
	if !held.isOver() {
		t.Error("the old connection stays open after its last answer")
	}
	want(t, "at the new address again", came.ask(t, "/uzum/check"), reached)
	select {
	case err := <-s.Server.Failed():
		t.Errorf("the move is told as a failure: %v", err)
	default:
	}
}

// Who is just connecting to the old address is let in for a moment.
func TestTheOldAddressLingers(t *testing.T) {
	t.Parallel()
	s, old := shopLingering(t, time.Hour, nil)
	s.Server.Serve(listen(t))
	want(t, "at the old address", mustCall(t, old).ask(t, "/uzum/check"), leaving(reached))
	want(t, "at the new one", mustCall(t, place{s.Address(), false}).ask(t, "/uzum/check"), reached)
	if err := s.Server.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{old.address, s.Address()} {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			t.Errorf("%s listens after the end", address)
		}
	}
}

// Only the newest listener can fail, and after the end none is served.
func TestTheServerSaysWhenTheNewestFails(t *testing.T) {
	t.Parallel()
	s, old := shopLingering(t, 0, nil)
	newest := listen(t)
	s.Server.Serve(newest)
	waitClosed(t, old.address)
	_ = newest.Close()
	if err := <-s.Server.Failed(); err == nil || !strings.HasPrefix(err.Error(), "serving "+newest.Addr().String()+": ") {
		t.Errorf("failed: %v", err)
	}
	if err, open := <-s.Server.Failed(); open {
		t.Errorf("after the failure: %v", err)
	}
	late := listen(t)
	s.Server.Serve(late)
	if _, err := late.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a listener that came too late: %v", err)
	}
}

func TestAChangedPath(t *testing.T) {
	t.Parallel()
	s, at := shopLingering(t, time.Hour, nil)
	held := mustCall(t, at)
	want(t, "before", held.ask(t, "/uzum/check"), reached)
	for _, path := range []string{"", "/pay", "/uzum/", "/:uzum"} {
		if err := s.Server.Change(path, newCertificate(t, 1)); err == nil || !strings.HasPrefix(err.Error(), "setting up the webhooks' path: ") {
			t.Errorf("%q: %v", path, err)
		}
	}
	if err := s.Server.Change("/uzum", nil); err != nil {
		t.Fatal(err)
	}
	want(t, "after what changes nothing", held.ask(t, "/uzum/check"), reached)
	if err := s.Server.Change("/a/bank", nil); err != nil {
		t.Fatal(err)
	}
	want(t, "on the new path, over a connection from before", held.ask(t, "/a/bank/check"), leaving(reached))
	came := mustCall(t, at)
	want(t, "on the new path", came.ask(t, "/a/bank/check"), reached)
	want(t, "on the old path", came.ask(t, "/uzum/check"), answered{status: 404, body: "404 page not found\n"})
}

// What a new connection may speak, by what was spoken before, and by whether the
// change is still young.
func TestAChangeOfWhatIsSpoken(t *testing.T) {
	t.Parallel()
	const plain, secure = false, true
	for name, tc := range map[string]struct {
		from, to  bool
		lingering time.Duration
		fits      []bool
		refused   []bool
	}{
		"to TLS":                         {plain, secure, 0, []bool{secure}, []bool{plain}},
		"to TLS, a moment ago":           {plain, secure, time.Hour, []bool{secure, plain}, nil},
		"to plain HTTP":                  {secure, plain, 0, []bool{plain}, []bool{secure}},
		"to plain HTTP, a moment ago":    {secure, plain, time.Hour, []bool{secure, plain}, nil},
		"to another certificate":         {secure, secure, 0, []bool{secure}, []bool{plain}},
		"to another certificate, lately": {secure, secure, time.Hour, []bool{secure}, []bool{plain}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, at := shopLingering(t, tc.lingering, certificateIf(t, tc.from, 1))
			held := mustCall(t, at)
			want(t, "before", held.ask(t, "/uzum/check"), reached)
			if err := s.Server.Change("/uzum", certificateIf(t, tc.to, 2)); err != nil {
				t.Fatal(err)
			}
			for _, secure := range tc.fits {
				c := mustCall(t, place{at.address, secure})
				want(t, "a newcomer", c.ask(t, "/uzum/check"), reached)
				if got := s.Server.Strangers(); got != 0 {
					t.Errorf("%d strangers", got)
				}
				if secure && tc.to && c.serial(t) != 2 {
					t.Errorf("certificate %d", c.serial(t))
				}
			}
			for _, secure := range tc.refused {
				if a, err := mustCall(t, place{at.address, secure}).post("/uzum/check", webhooktest.Login, webhooktest.Secret, "{}"); err == nil && !strings.Contains(a.body, "HTTPS server") {
					t.Errorf("a newcomer that speaks as before (TLS: %v) was answered %s", secure, a)
				}
			}
			want(t, "over the connection from before", held.ask(t, "/uzum/check"), leaving(reached))
			if !held.isOver() {
				t.Error("it stays open after its last answer")
			}
		})
	}
}

// certificateIf is a certificate, or none for plain HTTP.
func certificateIf(t *testing.T, secure bool, serial int64) webhook.Certificates {
	t.Helper()
	if !secure {
		return nil
	}
	return newCertificate(t, serial)
}

// Two switches within a moment: what is spoken first can still be.
func TestSwitchingThereAndBack(t *testing.T) {
	t.Parallel()
	s, at := shopLingering(t, time.Hour, nil)
	for _, c := range []webhook.Certificates{newCertificate(t, 1), nil, newCertificate(t, 2)} {
		if err := s.Server.Change("/uzum", c); err != nil {
			t.Fatal(err)
		}
		if err := s.Server.Change("/uzum/b", c); err != nil { // the moment goes on
			t.Fatal(err)
		}
		for _, secure := range []bool{false, true} {
			want(t, "a newcomer", mustCall(t, place{at.address, secure}).ask(t, "/uzum/b/check"), reached)
		}
	}
	if got := mustCall(t, place{at.address, true}).serial(t); got != 2 {
		t.Errorf("certificate %d", got)
	}
}

// Who connects in the moment after a change and says nothing, or half a word, is
// closed by the server's clock.
func TestSilenceAfterAChange(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{Before: func(s *webhook.Server) {
		s.SetLingering(time.Hour)
		s.SetTimeouts(500*time.Millisecond, time.Second)
	}})
	if err := s.Server.Change("/uzum", newCertificate(t, 1)); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"nothing": "", "half a TLS hello": "\x16\x03\x01\x02\x00\x01", "half a header": "POST /uz", "a broken hello": "\x16\x03\x01\xff\xff" + strings.Repeat("x", 100)} {
		c := dial(t, s)
		if _, err := io.WriteString(c, text); err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(c); err != nil && !errors.Is(err, io.EOF) && !strings.Contains(err.Error(), "reset") {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
}

// The answer of a refused body must reach its sender, who still sends, over a
// connection on which either may be spoken too.
func TestARefusalAfterAChange(t *testing.T) {
	t.Parallel()
	s, at := shopLingering(t, time.Hour, nil)
	if err := s.Server.Change("/uzum", newCertificate(t, 1)); err != nil {
		t.Fatal(err)
	}
	for _, secure := range []bool{false, true} {
		c := mustCall(t, place{at.address, secure})
		if _, err := io.WriteString(c.conn, "POST /uzum/check HTTP/1.1\r\nHost: shop\r\nContent-Length: 100000\r\n\r\n{"); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReader(c.conn), nil)
		if err != nil {
			t.Fatalf("TLS: %v: %v", secure, err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || !resp.Close || !strings.Contains(string(body), `"errorCode":"10001"}`) {
			t.Errorf("TLS: %v: answered %q, %v", secure, body, err)
		}
	}
}

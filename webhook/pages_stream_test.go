package webhook_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

// shownNow is the version of a page as it stands, as one who has just come gets it.
func (s *pageShop) shownNow(tb testing.TB, path string) string {
	tb.Helper()
	t := s.listen(tb, path, "")
	defer func() { _ = t.conn.Close() }()
	version, _ := t.news(tb)
	return version
}

// A page that is open goes along with the payment, and each update is the page
// as it stands.
func TestAnOpenPageFollowsThePayment(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	inv, other := s.issue(t, store.Draft{}), s.issue(t, store.Draft{})
	for _, ref := range []string{inv.Token.String(), inv.Number.String()} {
		if s.shownNow(t, ref+"/events") == s.shownNow(t, other.Token.String()+"/events") {
			t.Errorf("two invoices look the same: %s", ref)
		}
	}
	full, brief := s.listen(t, inv.Token.String()+"/events", ""), s.listen(t, inv.Number.String()+"/events", "")
	seen := make(map[string]bool)
	check := func(what string) {
		t.Helper()
		for ref, page := range map[string]*tab{inv.Token.String(): full, inv.Number.String(): brief} {
			now := s.shownNow(t, ref+"/events")
			version, shown := page.news(t)
			for version != now { // the last of several
				version, shown = page.news(t)
			}
			if seen[version] || shown == "" {
				t.Errorf("%s: the page of %s shows nothing new: %s", what, ref, shown)
			}
			seen[version] = true
		}
	}
	check("at first")
	id := s.create(t, inv)
	check("being paid")
	s.confirm(t, id)
	check("paid")
}

// Who comes back with what he has seen last is told nothing until that changes.
func TestAPageThatKnowsIsToldNothing(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	inv := s.issue(t, store.Draft{})
	path := inv.Token.String() + "/events"
	known := s.shownNow(t, path)
	for _, page := range []*tab{s.listen(t, path+"?v="+known, ""), s.listen(t, path+"?v=older", "Last-Event-ID: "+known+"\r\n")} {
		defer func() {
			if version, _ := page.news(t); version == known {
				t.Error("a page was told what it knows")
			}
		}()
	}
	s.pay(t, inv)
}

// Settings that change reach the pages that are open.
func TestSettingsReachOpenPages(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	page := s.listen(t, s.issue(t, store.Draft{}).Token.String()+"/events", "")
	_, before := page.news(t)
	closed := pageSettings()
	closed.Systems = nil
	s.pages.Apply(closed)
	if _, after := page.news(t); strings.Contains(after, "open-service") || !strings.Contains(before, "open-service") {
		t.Errorf("without a way to pay: %s\nwith: %s", after, before)
	}
}

// A backup that is restored takes the pages back to where it was.
func TestARestoreReachesOpenPages(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	inv := s.issue(t, store.Draft{})
	backup := t.TempDir() + "/backup.db"
	if err := s.books.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	page := s.listen(t, inv.Token.String()+"/events", "")
	first, _ := page.news(t)
	s.pay(t, inv)
	paid := s.shownNow(t, inv.Token.String()+"/events")
	for v := first; v != paid; {
		v, _ = page.news(t)
	}
	if _, err := s.books.Restore(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if v, _ := page.news(t); v != first {
		t.Errorf("after the restore the page shows %s, want %s as before the payment", v, first)
	}
}

// A ledger that can't be read any more ends the updates, and says when to come back.
func TestWithoutALedgerUpdatesEnd(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	page := s.listen(t, s.issue(t, store.Draft{}).Token.String()+"/events", "")
	page.news(t)
	if err := s.books.Close(); err != nil {
		t.Fatal(err)
	}
	if rest := page.rest(t); rest != "retry: 60000\n\n" {
		t.Errorf("at the end: %q", rest)
	}
}

// A defect ends the updates without a word: half a page is none.
func TestADefectEndsUpdates(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	page := s.listen(t, s.issue(t, store.Draft{}).Token.String()+"/events", "")
	page.news(t)
	broken := pageSettings()
	broken.Systems = store.Systems{defect{}}
	s.pages.Apply(broken)
	if b, err := io.ReadAll(page.lines); err == nil {
		t.Errorf("the updates ended as if nothing was: %q", b)
	}
}

// Of a thousand pages as many as there is room for are kept up to date; the
// oldest goes, and is told to come back later. The bank is answered meanwhile.
func TestAThousandPagesHaveBounds(t *testing.T) {
	t.Parallel()
	const most = (64 - 64/4) * 3 / 4 // of the connections that are not the bank's
	s := startPages(t, webhooktest.Options{Listener: webhook.Config{MaxConnections: 64}})
	inv := s.issue(t, store.Draft{})
	s.Post(t, "check", "{}")
	tabs := make([]*tab, 1000)
	for i := range tabs {
		tabs[i] = s.listen(t, inv.Token.String()+"/events", "")
		tabs[i].news(t)
		if i < most {
			continue
		}
		if rest := tabs[i-most].rest(t); rest != "retry: 60000\n\n" {
			t.Fatalf("page %d, which had to go: %q", i-most, rest)
		}
		_ = tabs[i-most].conn.Close()
	}
	s.pay(t, inv)
	for _, tab := range tabs[len(tabs)-most:] {
		tab.news(t)
	}
}

// Who opens most pages loses his own, and not those of others.
func TestOneSiteCantCloseThePagesOfOthers(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{Proxies: trusted, Listener: webhook.Config{MaxConnections: 32}})
	inv := s.issue(t, store.Draft{})
	path := inv.Token.String() + "/events"
	customers := []*tab{s.listen(t, path, from("203.0.113.1")), s.listen(t, path, from("2001:db8::1"))}
	for _, c := range customers {
		c.news(t)
	}
	for i := range 60 { // each from a site of its own
		s.listen(t, path, from(fmt.Sprintf("2001:db8:bad:%x::1", i+1))).news(t)
	}
	s.pay(t, inv)
	for i, c := range customers {
		if version, _ := c.news(t); version == "" {
			t.Errorf("customer %d was told nothing", i)
		}
	}
}

// A stop does not wait for pages that are open, and tells them to come back.
func TestShutdownWithOpenPages(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	path := s.issue(t, store.Draft{}).Token.String() + "/events"
	tabs := make([]*tab, 50)
	for i := range tabs {
		tabs[i] = s.listen(t, path, "")
		tabs[i].news(t)
	}
	if err := s.Server.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, tab := range tabs {
		if rest := tab.rest(t); rest != "retry: 3000\n\n" {
			t.Fatalf("at the end: %q", rest)
		}
	}
	s.pages.Close() // once more
}

// wires are a listener without a network: what one end does not read the other
// can't write, and all of it happens in the time of a bubble.
type wires struct {
	calls chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newWires() *wires { return &wires{calls: make(chan net.Conn), done: make(chan struct{})} }

func (p *wires) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *wires) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *wires) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (p *wires) dial() net.Conn {
	ours, theirs := net.Pipe()
	p.calls <- theirs
	return ours
}

// inBubble runs a pageShop that is called over wires, in a time of its own.
func inBubble(t *testing.T, play func(t *testing.T, s *pageShop, p *wires)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := openPages(t, time.Now, new(webhooktest.Options))
		server, err := webhook.New(webhook.Config{Uzum: uzum.New(uzum.Config{}), Path: webhooktest.Path, Pages: s.pages})
		if err != nil {
			t.Fatal(err)
		}
		s.Shop = &webhooktest.Shop{Server: server}
		t.Cleanup(func() {
			if err := server.Shutdown(context.Background()); err != nil {
				t.Error(err)
			}
		})
		p := newWires()
		server.Serve(p)
		play(t, s, p)
	})
}

// begin begins a payment as the bank does, without a connection.
func (s *pageShop) begin(t *testing.T, inv store.Invoice) {
	t.Helper()
	a := store.Attempt{System: store.Uzum, ServiceID: webhooktest.ServiceID, TransID: pageTransIDs(), Number: inv.Number, Amount: paidSum}
	if _, err := s.books.Create(t.Context(), a, func(store.Decided) store.Call { return store.Call{} }); err != nil {
		t.Fatal(err)
	}
}

// Updates go on when the time for reading and writing an answer is long over,
// with a sign of life now and then, and end after a while for a fresh start.
func TestUpdatesOutliveTheTimeouts(t *testing.T) {
	inBubble(t, func(t *testing.T, s *pageShop, p *wires) {
		inv := s.issue(t, store.Draft{})
		page := watch(t, p.dial(), inv.Token.String()+"/events", "")
		page.news(t)
		begun := time.Now()
		time.AfterFunc(5*time.Minute, func() { s.begin(t, inv) })
		page.news(t)
		if passed := time.Since(begun); passed < 5*time.Minute || passed >= 5*time.Minute+time.Second {
			t.Errorf("the news came after %s", passed)
		}
		rest := page.rest(t)
		if passed := time.Since(begun); passed != 15*time.Minute || !strings.HasSuffix(rest, "\n\nretry: 3000\n\n") || strings.Count(rest, "event: beat\ndata:\n\n") < 59 {
			t.Errorf("the end came after %s: %q", passed, rest)
		}
	})
}

// Who announces a body and never sends it keeps neither his connection nor the
// program: a stop waits a second for it, and not for ever.
func TestABodyThatNeverComesHoldsNobody(t *testing.T) {
	inBubble(t, func(t *testing.T, s *pageShop, p *wires) {
		inv := s.issue(t, store.Draft{})
		begun, calls := time.Now(), 0
		for _, path := range append(pagePaths(inv), "/pay/", "/pay/unknown", "/pay%2f") {
			for method, status := range map[string]string{"GET": "400", "HEAD": "400", "POST": "405"} {
				for _, body := range []string{"Content-Length: 10", "Content-Length: 1000000", "Transfer-Encoding: chunked", "Content-Length: 10\r\nExpect: 100-continue"} {
					c := p.dial()
					if _, err := fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: shop\r\n%s\r\n\r\n", method, path, body); err != nil {
						t.Fatal(err)
					}
					answer := make([]byte, 4096)
					n, err := c.Read(answer)
					if got := string(answer[:n]); err != nil || statusOf(got) != status || !strings.Contains(got, "\r\nConnection: close\r\n") {
						t.Fatalf("%s %s with %s: %v %q", method, path, body, err, got)
					}
					calls++
				}
			}
		}
		if passed := time.Since(begun); passed != 0 {
			t.Errorf("%d callers were answered after %s, want at once", calls, passed)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 9*time.Second)
		defer cancel()
		if err := s.Server.Shutdown(ctx); err != nil || time.Since(begun) > 2*time.Second {
			t.Errorf("the stop came after %s: %v", time.Since(begun), err)
		}
		if n := s.Server.Strangers(); n != 0 {
			t.Errorf("%d connections are open", n)
		}
	})
}

// The connections of pages that had to go are closed, whatever the page does.
func TestWhoHadToGoHoldsNoConnection(t *testing.T) {
	inBubble(t, func(t *testing.T, s *pageShop, p *wires) {
		const most = 5
		s.pages.Bound(most)
		path := s.issue(t, store.Draft{}).Token.String() + "/events"
		for i := range 10 * most {
			page := watch(t, p.dial(), path, "")
			page.news(t)
			if i%2 == 0 { // who reads no more, or sends what nobody has asked for
				continue
			}
			go func() { _, _ = io.Copy(io.Discard, page.conn) }()
			if _, err := io.WriteString(page.conn, "G"); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(6 * time.Second)
		if n := s.Server.Strangers(); n != most {
			t.Errorf("%d connections are open, want those of %d pages", n, most)
		}
	})
}

// A page shows what the clock decides at that moment, though nobody has written
// it down.
func TestPagesGoByTheClock(t *testing.T) {
	inBubble(t, func(t *testing.T, s *pageShop, p *wires) {
		limit := 7*time.Minute + 7*time.Second
		late := s.issue(t, store.Draft{Kind: store.Goods, Amount: paidSum, ExpiresAt: store.At(time.Now().Add(limit))})
		page := watch(t, p.dial(), late.Token.String()+"/events", "")
		page.news(t)
		begun := time.Now()
		if page.news(t); time.Since(begun) != limit {
			t.Errorf("it expired after %s on the page, want %s", time.Since(begun), limit)
		}
		being := s.issue(t, store.Draft{})
		s.begin(t, being)
		begun = time.Now()
		time.Sleep(20*time.Minute + 3*time.Second)
		page = watch(t, p.dial(), being.Token.String()+"/events", "")
		page.news(t)
		if page.news(t); time.Since(begun) != 30*time.Minute {
			t.Errorf("the payment was given up after %s on the page, want 30 minutes", time.Since(begun))
		}
	})
}

// Who has stopped reading, or has vanished without a word, is noticed by the next
// thing that is written, and holds nothing from then on; nor does anybody wait
// for him.
func TestWhoStopsReadingIsLeft(t *testing.T) {
	inBubble(t, func(t *testing.T, s *pageShop, p *wires) {
		inv := s.issue(t, store.Draft{})
		path := inv.Token.String() + "/events"
		gone, reads := watch(t, p.dial(), path, ""), watch(t, p.dial(), path, "")
		gone.news(t)
		reads.news(t)
		begun := time.Now()
		s.begin(t, inv)
		if reads.news(t); time.Since(begun) > time.Second {
			t.Errorf("who reads was told after %s", time.Since(begun))
		}
		time.Sleep(6 * time.Second)
		if n := s.Server.Strangers(); n != 1 {
			t.Errorf("%d connections are open, want that of the reader", n)
		}
		idle := watch(t, p.dial(), s.issue(t, store.Draft{}).Token.String()+"/events", "")
		idle.news(t)
		_ = reads.conn.Close()
		time.Sleep(14 * time.Second)
		if n := s.Server.Strangers(); n != 1 {
			t.Errorf("%d connections are open before the beat has failed, want 1", n)
		}
		time.Sleep(2 * time.Second)
		if n := s.Server.Strangers(); n != 0 {
			t.Errorf("%d connections are open after the beat", n)
		}
	})
}

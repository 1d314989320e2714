package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"tushum/internal/bank"
	"tushum/internal/doctor"
	"tushum/internal/money"
	"tushum/store"
)

// page gets a pay page of a shop as a browser does.
func (l *liveShop) page(path string) string {
	l.t.Helper()
	return pageAt(l.t, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}, l.URL()+path)
}

func pageAt(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s is answered %d %s, %v", url, answer.StatusCode, body, err)
	}
	return html.UnescapeString(string(body))
}

// bill is the page of an invoice that can be paid.
func (l *liveShop) bill() (path string) {
	l.t.Helper()
	inv, err := l.shop.Invoice(context.Background(), l.invoice())
	if err != nil {
		l.t.Fatal(err)
	}
	return "/pay/" + inv.Token.String()
}

const openService = "https://www.uzumbank.uz/open-service?serviceId=101202&account=1000002&amount=2500000"

// Whoever opens a page after the settings were changed sees the new ones; the
// program goes on meanwhile.
func TestAPayPageFollowsTheSettings(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	path := l.bill()
	for _, c := range []struct {
		name, from, to string
		want, not      []string
	}{
		{"as it was", "", "", []string{"Sartaroshxona", openService}, []string{"redirectUrl"}},
		{"another name", "Sartaroshxona", "Choyxona “Bahor”", []string{"Choyxona “Bahor”", openService}, []string{"Sartaroshxona"}},
		{"an address and a phone", "[store]", "address = \"Chilonzor 9\"\nphone = \"+998 71 123-45-67\"\n[store]", []string{"Chilonzor 9", "+998 71 123-45-67"}, nil},
		{"a public URL", "[uzum]", "public_url = \"https://pay.shop.uz\"\n[uzum]", []string{openService + "&redirectUrl=https%3A%2F%2Fpay.shop.uz%2Fpay%2F"}, nil},
		{"another service", "101202", "101303", []string{"serviceId=101303&account=1000002"}, []string{"101202"}},
		{"another key", "service_id", "account_params = [\"order\"]\nservice_id", []string{"&order=1000002"}, []string{"account="}},
		{"without the app", "service_id", "methods = [\"card\"]\nservice_id", []string{"Sartaroshxona"}, []string{"open-service"}},
		{"paused", "service_id", "enabled = false\nservice_id", []string{"Sartaroshxona"}, []string{"open-service"}},
		{"as it was again", "", "", []string{openService}, nil},
	} {
		l.edit(strings.Replace(testConfig, c.from, c.to, 1))
		if told := l.warned(store.SettingsRefused); told != "" {
			t.Fatalf("%s: %s", c.name, told)
		}
		seen := l.page(path)
		for _, want := range c.want {
			if !strings.Contains(seen, want) {
				t.Errorf("%s: there is no %s on the page\n%s", c.name, want, seen)
			}
		}
		for _, not := range c.not {
			if strings.Contains(seen, not) {
				t.Errorf("%s: there is %s on the page\n%s", c.name, not, seen)
			}
		}
	}
}

// A page that is open when the bank is paused loses its button at once, and has it
// again at once: what wakes it comes after what it looks at.
func TestAnOpenPayPageFollowsTheSettings(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	answer, err := client.Get(l.URL() + l.bill() + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	shown := func() (text string) {
		for lines.Scan() {
			if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
				text += data + "\n"
			} else if lines.Text() == "" && text != "" {
				return text
			}
		}
		t.Fatalf("the page is told nothing more: %v", lines.Err())
		return ""
	}
	if !strings.Contains(shown(), "open-service") {
		t.Fatal("the page has no button")
	}
	for i := range 5 {
		l.edit(strings.Replace(testConfig, "service_id", "enabled = false\nservice_id", 1))
		if strings.Contains(shown(), "open-service") {
			t.Fatalf("pause %d: the button is still there", i)
		}
		l.edit(testConfig)
		if !strings.Contains(shown(), "open-service") {
			t.Fatalf("pause %d: the button did not come back", i)
		}
	}
}

// A file that says what is in force already exchanges nothing.
func TestTheSameSettingsChangeNothing(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig+"[message]\nru = \"{link}\"\n")
	before := l.changed.Load()
	l.edit(testConfig + "[message]\nru = \"{link}\" # as it was\n")
	if after := l.changed.Load(); after != before {
		t.Errorf("settings were exchanged %d times", after-before)
	}
	l.edit(testConfig + "[message]\nru = \"{sum}: {link}\"\n")
	if after := l.changed.Load(); after != before+1 {
		t.Errorf("another message was exchanged %d times", after-before)
	}
}

// The page is served on the port of the bank, HTTPS and all.
func TestAPayPageIsServedOverTLS(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	path, roots := l.bill(), x509.NewCertPool()
	cert, key := selfSigned(t, roots)
	l.edit(strings.Replace(testConfig, "[uzum]", fmt.Sprintf("tls_cert = '%s'\ntls_key = '%s'\n[uzum]", cert, key), 1))
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true}, Timeout: patience}
	if seen := pageAt(t, client, l.URL()+path); !strings.HasPrefix(l.URL(), "https://") || !strings.Contains(seen, openService) {
		t.Errorf("at %s stands %s", l.URL(), seen)
	}
}

// A payment that the doctor plays is none of the customers' business.
func TestAPayPageBesideARehearsal(t *testing.T) {
	t.Parallel()
	l := newLiveShop(t, testConfig)
	path := l.bill()
	before := l.page(path)
	for r := range l.examine(t.Context()) {
		if r.Check == "webhooks.local" && r.Status != doctor.Passed {
			t.Errorf("the rehearsal: %s", r.Says.EN)
		}
		if r.Check == "webhooks.local" && l.page(path) != before {
			t.Error("the rehearsal has changed the page of another invoice")
		}
	}
	if _, err := l.bank(bankPassword).Pay(t.Context(), bank.PayRequest{Number: "1000002"}); err != nil {
		t.Fatal(err)
	}
	if seen := l.page(path); seen == before || strings.Contains(seen, "open-service") {
		t.Errorf("after the payment stands %s", seen)
	}
}

// Pages that wait for news don't keep a service from ending, and nothing of them
// is left. Nor is anything of a service that could not start.
func TestOpenPagesEndWithTheService(t *testing.T) {
	before := goleak.IgnoreCurrent()
	dir := t.TempDir()
	s, err := startService(testSettings(t, testConfig), serviceOptions{Path: filepath.Join(dir, "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	inv, err := s.shop.Issue(t.Context(), store.Draft{Kind: store.Visit, Amount: 25_000 * money.Som, By: "test"})
	if err != nil {
		t.Fatal(err)
	}
	carrier := &http.Transport{}
	answer, err := (&http.Client{Transport: carrier}).Get(s.URL() + "/pay/" + inv.Token.String() + "/events")
	if err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 1)
	if _, err := answer.Body.Read(first); err != nil { // it has joined
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close() // it was read to its end
	if err != nil {
		t.Errorf("the page was cut off: %v", err)
	}
	carrier.CloseIdleConnections()

	bad := testSettings(t, testConfig)
	bad.Uzum.Path = "/pay"
	if _, err := startService(bad, serviceOptions{Path: filepath.Join(dir, "other.db")}); err == nil {
		t.Error("a service took the path of its own pages for the bank's")
	}
	goleak.VerifyNone(t, before)
}

// The links of a demo are pages that open on this machine.
func TestADemoServesItsPayPages(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	d, svc, err := a.startDemo(t.TempDir(), 1, &lateClock{real: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	var told bytes.Buffer
	a.Stdout, a.flags.json = &told, true
	if err := d.story(t.Context()); err != nil {
		t.Fatal(err)
	}
	var links []string
	for line := range strings.Lines(told.String()) {
		var says struct{ Text string }
		if err := json.Unmarshal([]byte(line), &says); err != nil {
			t.Fatal(err)
		}
		if at := strings.Index(says.Text, "http://"); at >= 0 {
			links = append(links, says.Text[at:])
		}
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	if len(links) != 2 || !strings.HasPrefix(links[0], svc.URL()+"/pay/") || links[1] != svc.URL()+"/pay" {
		t.Fatalf("the story has the links %q", links)
	}
	for _, link := range links {
		if seen := pageAt(t, client, link); !strings.Contains(seen, "Gulnora") || !strings.Contains(seen, "12 Bobur Street") {
			t.Errorf("at %s stands %s", link, seen)
		}
	}
	shown, err := d.shop.Invoices(t.Context(), store.InvoiceQuery{Status: store.Open})
	if err != nil || slices.ContainsFunc(shown, func(inv store.Invoice) bool { return !strings.HasPrefix(d.links().Pay(inv), svc.URL()+"/pay/") }) {
		t.Errorf("the links of %d invoices, %v", len(shown), err)
	}
	if _, _, err := net.SplitHostPort(strings.TrimPrefix(d.shop.cfg().Listener.PublicURL, "http://")); err != nil {
		t.Errorf("the public URL is %q", d.shop.cfg().Listener.PublicURL)
	}
}

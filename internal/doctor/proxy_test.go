package doctor_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/doctor"
	"tushum/internal/money"
	"tushum/store"
)

// behind opens a shop with plain HTTP, and before it a proxy at its public URL,
// which does with calls what front makes of it. pass hands a call on to the shop.
func behind(t *testing.T, p plan, front func(pass http.Handler) http.Handler) *shop {
	t.Helper()
	proxy := httptest.NewUnstartedServer(nil)
	_, port, _ := strings.Cut(proxy.Listener.Addr().String(), ":")
	p.plain, p.public = true, "https://"+publicHost+":"+port
	s := open(t, p)
	certFile, keyFile := s.ca.issue(t, t.TempDir(), leaf{})
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	proxy.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS10, MaxVersion: p.newest}
	proxy.Config.Handler = front(&httputil.ReverseProxy{
		Transport: &http.Transport{DisableKeepAlives: true},
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: s.subject.Listens.Address.String()})
			r.SetXForwarded()
		},
	})
	proxy.StartTLS()
	t.Cleanup(proxy.Close)
	return s
}

const trusting = "trusted_proxies = [\"127.0.0.1\"]\n"

func straight(pass http.Handler) http.Handler { return pass }

func TestAShopBehindATrustedProxyPasses(t *testing.T) {
	t.Parallel()
	s := behind(t, plan{listen: trusting}, straight)
	s.holdAll(t, map[string]want{
		"https.certificate": {doctor.Passed, "the proxy does HTTPS; for shop.test", ""},
		"https.chain":       {doctor.Passed, "trusted", ""},
		"webhooks.local":    {doctor.Passed, "http://127.0.0.1", ""},
		"webhooks.public":   {doctor.Passed, "https://shop.test", ""},
	})
}

// The play is the whole of a payment, with the pair of the rehearsal, and what a
// tester of the bank tries first. A look at the pay page comes after it.
func TestAPlayIsAWholePayment(t *testing.T) {
	t.Parallel()
	var (
		mu   sync.Mutex
		seen []string
	)
	s := behind(t, plan{listen: trusting}, func(pass http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			pass.ServeHTTP(answer, r)
			var said struct {
				Status    string `json:"status"`
				ErrorCode string `json:"errorCode"`
			}
			_ = json.Unmarshal(answer.Body.Bytes(), &said) // an empty answer is seen as one
			mu.Lock()
			seen = append(seen, strings.TrimSpace(strings.Join([]string{r.Method, r.URL.Path, said.Status, said.ErrorCode}, " ")))
			mu.Unlock()
			answers(answer.Code, "application/json", answer.Body.String())(nil).ServeHTTP(w, r)
		})
	})
	s.holdAll(t, map[string]want{"webhooks.public": {status: doctor.Passed}})
	want := []string{
		"POST /uzum/check OK", "POST /uzum/check FAILED 10007", "GET /uzum/check FAILED 10003", "POST /uzum/create CREATED", "POST /uzum/confirm CONFIRMED",
		"POST /uzum/status CONFIRMED", "POST /uzum/reverse REVERSED", "POST /uzum/status REVERSED", "POST /uzum/check FAILED 10001",
		"GET /pay",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("played was %q", seen)
	}
}

func TestAProxyWithOldTLSIsFound(t *testing.T) {
	t.Parallel()
	s := behind(t, plan{listen: trusting, newest: tls.VersionTLS11}, straight)
	s.holdAll(t, map[string]want{
		"https.chain":     {doctor.Failed, "TLS 1.1 was agreed on", "TLS 1.2 and 1.3"},
		"webhooks.public": {doctor.Failed, "HTTPS fails", "certificate"},
	})
}

func TestAProxyThatIsNotTrustedIsWarnedAbout(t *testing.T) {
	t.Parallel()
	s := behind(t, plan{}, straight)
	s.holdAll(t, map[string]want{
		"webhooks.local":  {status: doctor.Passed},
		"webhooks.public": {doctor.Warning, "the proxy 127.0.0.1 is not trusted", `add "127.0.0.1" to [listener] trusted_proxies`},
	})
}

func TestAProxyThatHidesCallersIsWarnedAbout(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{trusting, ""} {
		s := behind(t, plan{listen: listen}, func(pass http.Handler) http.Handler {
			pass.(*httputil.ReverseProxy).Rewrite = silently(pass.(*httputil.ReverseProxy).Rewrite)
			return pass
		})
		s.holdAll(t, map[string]want{"webhooks.public": {doctor.Warning, "the proxy 127.0.0.1 does not tell who calls", "X-Forwarded-For"}})
	}
}

// silently hands calls on without saying whose they are.
func silently(rewrite func(*httputil.ProxyRequest)) func(*httputil.ProxyRequest) {
	return func(r *httputil.ProxyRequest) {
		rewrite(r)
		r.Out.Header.Del("X-Forwarded-For")
	}
}

// answers gives every call the same answer.
func answers(status int, kind, body string, header ...string) func(http.Handler) http.Handler {
	return func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		})
	}
}

// instead lets the shop answer, and says something else.
func instead(other func(http.Handler) http.Handler) func(http.Handler) http.Handler {
	return func(pass http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			pass.ServeHTTP(httptest.NewRecorder(), r)
			other(nil).ServeHTTP(w, r)
		})
	}
}

const page = "<!doctype html><title>Welcome to nginx!</title>"

// fronts are what may stand at a public URL, and what is said of it.
var fronts = map[string]struct {
	front func(http.Handler) http.Handler
	want  want
}{
	"another program's page":      {answers(200, "text/html; charset=utf-8", page), want{doctor.Failed, "a web page: another program answers", "DNS record"}},
	"a page that says no type":    {answers(200, "", "\n <html>"), want{doctor.Failed, "a web page", "DNS record"}},
	"text":                        {answers(200, "text/plain", "ok"), want{doctor.Failed, "no JSON", "DNS record"}},
	"nothing at the path":         {answers(404, "text/html", page), want{doctor.Failed, "HTTP 404", "proxy_pass"}},
	"a redirect":                  {answers(301, "text/html", page, "Location", "https://www.shop.test/uzum/check"), want{doctor.Failed, "HTTP 301: it redirects to https://www.shop.test/uzum/check", "public_url"}},
	"a redirect for good":         {answers(308, "", "", "Location", "/uzum/"), want{doctor.Failed, "HTTP 308", "public_url"}},
	"a password of the proxy":     {answers(401, "text/html", page), want{doctor.Failed, "HTTP 401", "captcha"}},
	"a firewall":                  {answers(403, "text/html", page), want{doctor.Failed, "HTTP 403", "captcha"}},
	"a limit":                     {answers(429, "text/html", page), want{doctor.Failed, "HTTP 429", "captcha"}},
	"a limit of bodies":           {answers(413, "text/html", page), want{doctor.Failed, "HTTP 413", "client_max_body_size"}},
	"no POST":                     {answers(405, "text/html", page), want{doctor.Failed, "HTTP 405", "allow POST"}},
	"a proxy with nothing behind": {answers(502, "text/html", page), want{doctor.Failed, "does not reach Tushum", "[listener] address"}},
	"a defect of another shop":    {answers(500, "application/json", `{"status":"FAILED","errorCode":"99999"}`), want{doctor.Failed, "but not ours", "this machine"}},
	"a proxy that makes defects":  {instead(answers(500, "application/json", `{"status":"FAILED","errorCode":"99999"}`)), want{doctor.Failed, "HTTP 500, errorCode 99999; expected was status OK", "log"}},
	"an answer to the cursor":     {instead(answers(400, "application/json", `{"errorCode":"\u001b[31m"}`)), want{doctor.Failed, "errorCode <U+001B>[31m;", "log"}},
	"somebody who agrees":         {answers(200, "application/json", `{"status":"OK"}`), want{doctor.Failed, "but not ours", "this machine"}},
	"another shop": {func(http.Handler) http.Handler {
		return answers(400, "application/json", `{"status":"FAILED","errorCode":"10001"}`)(nil)
	}, want{doctor.Failed, "the call has not come to us", "this machine"}},
	"a proxy that drops the password": {func(pass http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { r.Header.Del("Authorization"); pass.ServeHTTP(w, r) })
	}, want{doctor.Failed, "Authorization header did not arrive", "proxy_set_header Authorization"}},
	"a proxy that cuts the path": {func(pass http.Handler) http.Handler { return http.StripPrefix("/uzum", pass) }, want{doctor.Failed, "HTTP 404", "handle_path"}},
	"a proxy that replaces refusals": {func(pass http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen := httptest.NewRecorder()
			if pass.ServeHTTP(seen, r); seen.Code >= 400 {
				answers(seen.Code, "text/html", page)(nil).ServeHTTP(w, r)
				return
			}
			answers(seen.Code, "application/json", seen.Body.String())(nil).ServeHTTP(w, r)
		})
	}, want{doctor.Failed, "in place of Tushum's refusal", "proxy_intercept_errors off"}},
	"a proxy that lets no GET through": {func(pass http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodPost {
				answers(405, "text/html", page)(nil).ServeHTTP(w, r)
				return
			}
			pass.ServeHTTP(w, r)
		})
	}, want{doctor.Failed, "GET check", "allow"}},
	"a server that hangs up": {func(http.Handler) http.Handler {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	}, want{doctor.Failed, "the connection was broken off", "router"}},
}

func TestWhateverStandsAtThePublicURLIsSaid(t *testing.T) {
	t.Parallel()
	for name, c := range fronts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := behind(t, plan{listen: trusting}, c.front)
			s.holdAll(t, map[string]want{"webhooks.local": {status: doctor.Passed}, "webhooks.public": c.want})
		})
	}
}

// What a stranger has tried before is not taken for our own call.
func TestAnotherShopIsKnownBesideAStrangersCalls(t *testing.T) {
	t.Parallel()
	s := behind(t, plan{}, fronts["another shop"].front)
	stranger := s.bankClient(t)
	stranger.Password = "guessed"
	wake, cancel := s.store.Subscribe()
	defer cancel()
	if _, err := stranger.Check(t.Context(), "99999989"); err != nil {
		t.Fatal(err)
	}
	for s.journaled(t) < 1 {
		<-wake
	}
	s.holdAll(t, map[string]want{"webhooks.public": fronts["another shop"].want})
}

func TestAListenerOnEveryAddressIsCalledOnThisMachine(t *testing.T) {
	t.Parallel()
	for _, every := range []net.IP{net.IPv4zero, net.IPv6unspecified} {
		s := open(t, plan{})
		at := *s.subject.Listens.Address.(*net.TCPAddr)
		at.IP = every
		s.subject.Listens.Address = &at
		s.holdAll(t, map[string]want{"port.listen": {status: doctor.Passed}, "webhooks.local": {doctor.Passed, "https://127.0.0.1:", ""}})
	}
}

func TestAServerThatSaysNothingIsGivenUp(t *testing.T) {
	t.Parallel()
	let := make(chan struct{})
	s := behind(t, plan{}, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-let })
	})
	t.Cleanup(func() { close(let) })
	s.subject.Patience = 300 * time.Millisecond
	s.holdAll(t, map[string]want{"webhooks.public": {doctor.Failed, "no answer came in time", "firewall"}})
}

func TestPlainHTTPAtThePublicURLIsSaid(t *testing.T) {
	t.Parallel()
	s := open(t, plan{plain: true}) // and an https URL that leads straight to it
	s.holdAll(t, map[string]want{
		"https.certificate": {doctor.Failed, "behind a proxy", "443"},
		"https.chain":       {doctor.Skipped, "a certificate first", ""},
		"webhooks.public":   {doctor.Failed, "plain HTTP answers there", "turn on HTTPS"},
	})
}

func TestAShopThatIsNotYetPublicIsPlayedOnThisMachine(t *testing.T) {
	t.Parallel()
	s := open(t, plan{plain: true, public: "none"})
	s.holdAll(t, map[string]want{
		"public.url":        {doctor.Warning, "no public_url", "tushum setup"},
		"dns.public":        {doctor.Skipped, "no public_url", ""},
		"https.certificate": {doctor.Skipped, "neither HTTPS nor a public_url", ""},
		"webhooks.local":    {doctor.Passed, "http://127.0.0.1", ""},
		"webhooks.public":   {doctor.Skipped, "no public_url", ""},
	})
}

func TestAShopForTryingOutNeedsNoHTTPS(t *testing.T) {
	t.Parallel()
	proxy := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(proxy.Close)
	s := open(t, plan{plain: true, public: strings.Replace(proxy.URL, "127.0.0.1", "localhost", 1)})
	s.subject.Resolver = names{"localhost": "127.0.0.1"}
	s.holdAll(t, map[string]want{
		"public.url":        {doctor.Warning, "the bank can't reach it", "public_url"},
		"dns.public":        {doctor.Passed, "127.0.0.1", ""},
		"https.certificate": {doctor.Skipped, "no HTTPS: to try things out", ""},
		"webhooks.public":   {doctor.Failed, "HTTP 404", "[uzum] path"},
	})
}

func TestPaymentsGoOnWhileTheDoctorLooks(t *testing.T) {
	t.Parallel()
	s := open(t, plan{})
	client := s.bankClient(t)
	ctx, end := context.WithCancel(t.Context())
	paid := make(chan int, 1)
	go func() {
		n := 0
		for ; n == 0 || ctx.Err() == nil; n++ {
			inv, err := s.store.Issue(context.Background(), store.Draft{Kind: store.Goods, Amount: 5000 * money.Som, By: "test"})
			if err != nil {
				t.Errorf("invoice: %v", err)
				break
			}
			if _, err := client.Pay(context.Background(), bank.PayRequest{Number: inv.Number.String(), Payer: bank.Payer{Source: "UZCARD"}}); err != nil {
				t.Errorf("payment: %v", err)
			}
		}
		paid <- n
	}()
	for range 3 {
		for name, r := range s.examine(t) {
			if r.Status == doctor.Failed || r.Status == doctor.Warning && name != "public.url" {
				t.Errorf("%s: %s", name, r.Says.EN)
			}
		}
	}
	end()
	n := <-paid
	confirmed, err := s.store.Transactions(t.Context(), store.TransactionQuery{Status: store.Confirmed})
	if err != nil || len(confirmed) != n {
		t.Errorf("%d payments, of which %d are confirmed: %v", n, len(confirmed), err)
	}
	others, err := s.store.Transactions(t.Context(), store.TransactionQuery{})
	if err != nil || len(others) != n {
		t.Errorf("%d payments, and %d transactions: %v", n, len(others), err)
	}
}

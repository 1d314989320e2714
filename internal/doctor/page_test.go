package doctor_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/internal/doctor"
	"tushum/internal/lang"
)

// forPages lets calls of the bank through, and does with the rest what front
// makes of it.
func forPages(front func(http.Handler) http.Handler) func(http.Handler) http.Handler {
	return func(pass http.Handler) http.Handler {
		pages := front(pass)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/uzum/") {
				pass.ServeHTTP(w, r)
				return
			}
			pages.ServeHTTP(w, r)
		})
	}
}

// withHeader changes what the shop answers before it goes out.
func withHeader(change func(http.Header)) func(http.Handler) http.Handler {
	return func(pass http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			pass.ServeHTTP(changing{w, change}, r)
		})
	}
}

type changing struct {
	http.ResponseWriter
	change func(http.Header)
}

func (c changing) WriteHeader(status int) {
	c.change(c.Header())
	c.ResponseWriter.WriteHeader(status)
}

// pageFronts are what may stand between a customer and the pay page while the
// bank's calls come through, and what is said of it.
var pageFronts = map[string]struct {
	front func(http.Handler) http.Handler
	want  want
}{
	"nothing":                       {straight, want{doctor.Passed, "customers see the page https://shop.test", ""}},
	"a header more":                 {withHeader(func(h http.Header) { h.Set("Strict-Transport-Security", "max-age=9") }), want{doctor.Passed, "/pay", ""}},
	"a proxy for the bank alone":    {answers(404, "text/html", page), want{doctor.Failed, "/pay: HTTP 404: the proxy hands on the webhooks, but not /pay", "location / and not location /uzum/"}},
	"a page of the proxy":           {answers(200, "text/html", page), want{doctor.Failed, "it is not our page", "hand on everything"}},
	"a redirect":                    {answers(302, "", "", "Location", "https://shop.test/\u202elogin"), want{doctor.Failed, "HTTP 302: it redirects to https://shop.test/<U+202E>login", "turn the redirect off"}},
	"a password":                    {answers(401, "text/html", page), want{doctor.Failed, "HTTP 401: a proxy or a firewall (WAF) keeps customers out", "without a password or a captcha"}},
	"a captcha":                     {answers(403, "text/html", page), want{doctor.Failed, "HTTP 403", "captcha"}},
	"POST alone":                    {answers(405, "text/html", page), want{doctor.Failed, "HTTP 405", "let GET through"}},
	"a limit":                       {answers(429, "text/html", page), want{doctor.Failed, "HTTP 429", "captcha"}},
	"an upstream that is not there": {answers(502, "text/html", page), want{doctor.Failed, "HTTP 502: the proxy answers, but does not reach Tushum", "[listener] address"}},
	"a defect":                      {answers(500, "text/html", page), want{doctor.Failed, "HTTP 500: it is not our page", "hand on everything"}},
	"a policy that is another":      {withHeader(func(h http.Header) { h.Set("Content-Security-Policy", "default-src 'self'") }), want{doctor.Warning, "changes the page's Content-Security-Policy", "take out of the proxy"}},
	"one policy more":               {withHeader(func(h http.Header) { h.Add("Content-Security-Policy", "script-src 'none'") }), want{doctor.Warning, "changes the page's Content-Security-Policy", "take out of the proxy"}},
	"a server that hangs up": {func(http.Handler) http.Handler {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	}, want{doctor.Failed, "/pay: no connection: the connection was broken off", "router"}},
}

func TestWhateverStandsBeforeThePayPageIsSaid(t *testing.T) {
	t.Parallel()
	for name, c := range pageFronts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := behind(t, plan{listen: trusting}, forPages(c.front))
			s.holdAll(t, map[string]want{"webhooks.public": {status: doctor.Passed}, "pages.public": c.want})
		})
	}
}

// Where nothing comes through at all, that is said once.
func TestThePayPageWaitsForThePublicURL(t *testing.T) {
	t.Parallel()
	s := behind(t, plan{listen: trusting}, fronts["a proxy that drops the password"].front)
	s.holdAll(t, map[string]want{"webhooks.public": {status: doctor.Failed}, "pages.public": {doctor.Skipped, "have to work first", ""}})

	unknown := behind(t, plan{}, straight) // its proxy is not trusted, and lets everything through
	unknown.holdAll(t, map[string]want{"webhooks.public": {status: doctor.Warning}, "pages.public": {status: doctor.Passed}})

	without := open(t, plan{plain: true, public: "none"})
	without.holdAll(t, map[string]want{"pages.public": {doctor.Skipped, "there is no public_url", ""}})

	closed := open(t, plan{closed: true})
	closed.holdAll(t, map[string]want{"pages.public": {doctor.Skipped, "the service does not run", ""}})
}

// A page that the service itself does not show is no proxy's doing.
func TestAServiceThatShowsNoPageIsSaid(t *testing.T) {
	t.Parallel()
	s := open(t, plan{pageless: true})
	s.holdAll(t, map[string]want{"webhooks.public": {status: doctor.Passed}, "pages.public": {doctor.Failed, "the service itself does not show the page: HTTP 404", "log"}})
}

func TestAPageThatNeverComesIsGivenUp(t *testing.T) {
	t.Parallel()
	let := make(chan struct{})
	s := behind(t, plan{listen: trusting}, forPages(func(http.Handler) http.Handler {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-let })
	}))
	t.Cleanup(func() { close(let) })
	s.subject.Patience = time.Second
	s.holdAll(t, map[string]want{"pages.public": {doctor.Failed, "no answer came in time", "firewall"}})
}

func TestThePayPageIsSaidInThreeLanguages(t *testing.T) {
	t.Parallel()
	s := behind(t, plan{listen: trusting}, forPages(pageFronts["a proxy for the bank alone"].front))
	r := s.examine(t)["pages.public"]
	for l, part := range map[lang.Lang]string{lang.UZ: "proksi vebxuklarni uzatyapti, /pay ni esa yo‘q", lang.RU: "прокси передаёт вебхуки, но не /pay", lang.EN: "but not /pay"} {
		if !strings.Contains(r.Says.In(l), part) || r.Advice.In(l) == "" {
			t.Errorf("in %s: %s → %s", l, r.Says.In(l), r.Advice.In(l))
		}
	}
}

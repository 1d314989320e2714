package doctor

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"slices"

	"tushum/internal/lang"
)

var (
	titlePayPage = lang.Text{UZ: "To‘lov sahifasi", RU: "Страница оплаты", EN: "Pay page"}

	sayPayPage     = lang.Text{UZ: "mijozlar %s sahifasini ko‘radi", RU: "клиенты видят страницу %s", EN: "customers see the page %s"}
	sayPublicFirst = lang.Text{UZ: "avval vebxuklar internetdagi manzilda ishlasin", RU: "сначала должны заработать вебхуки по адресу в интернете", EN: "the webhooks through the public URL have to work first"}
	sayPageAt      = lang.Text{UZ: "%s: %s", RU: "%s: %s", EN: "%s: %s"}
	sayOwnPage     = lang.Text{UZ: "xizmatning o‘zi sahifani bermayapti: HTTP %d", RU: "сама служба не отдаёт страницу: HTTP %d", EN: "the service itself does not show the page: HTTP %d"}

	sayPageMissing = lang.Text{UZ: "HTTP 404: proksi vebxuklarni uzatyapti, /pay ni esa yo‘q", RU: "HTTP 404: прокси передаёт вебхуки, но не /pay", EN: "HTTP 404: the proxy hands on the webhooks, but not /pay"}
	adviseHandOn   = lang.Text{
		UZ: "proksi hammasini uzatsin: nginx da location /uzum/ emas, location /; Caddy da handle siz reverse_proxy; tunnelda path qatorisiz",
		RU: "пусть прокси передаёт всё: в nginx location / вместо location /uzum/, в Caddy reverse_proxy без handle, в туннеле без строки path",
		EN: "let the proxy hand on everything: location / and not location /uzum/ in nginx, reverse_proxy without handle in Caddy, no path in the tunnel's rule",
	}
	sayPageMoved = lang.Text{UZ: "HTTP %d: sahifa o‘rniga %s manziliga yo‘naltiryapti", RU: "HTTP %d: вместо страницы перенаправляет на %s", EN: "HTTP %d: it redirects to %s in place of the page"}
	sayKeptOut   = lang.Text{UZ: "HTTP %d: proksi yoki himoya (WAF) mijozlarni o‘tkazmayapti", RU: "HTTP %d: прокси или защита (WAF) не пускает клиентов", EN: "HTTP %d: a proxy or a firewall (WAF) keeps customers out"}
	adviseLetIn  = lang.Text{
		UZ: "proksi va WAF da /pay va uning ostidagilarga GET so‘rovlarni parolsiz va captchasiz oching", RU: "откройте на прокси и в WAF запросы GET к /pay и всему под ним без пароля и капчи", EN: "let GET through to /pay and all that is below it in the proxy and the WAF, without a password or a captcha",
	}
	sayPageOther    = lang.Text{UZ: "HTTP %d: bizning sahifamiz emas, boshqa dastur javob beryapti", RU: "HTTP %d: это не наша страница, отвечает другая программа", EN: "HTTP %d: it is not our page, another program answers"}
	sayPolicyLost   = lang.Text{UZ: "proksi sahifaning Content-Security-Policy sarlavhasini o‘zgartiryapti: sahifa buzilishi mumkin", RU: "прокси меняет у страницы заголовок Content-Security-Policy: она может сломаться", EN: "the proxy changes the page's Content-Security-Policy header: the page may break"}
	advisePolicyOff = lang.Text{
		UZ: "proksida bu sarlavhani qo‘shadigan yoki olib tashlaydigan qatorni o‘chiring: sahifa uni o‘zi beradi", RU: "уберите на прокси строку, которая добавляет или снимает этот заголовок: страница даёт его сама", EN: "take out of the proxy what adds or removes this header: the page brings its own",
	}
)

// payPath is where the pay page behind the till's code is. It shows no invoice,
// so that the doctor can look at it without one.
const payPath = "/pay"

// lookAtPayPage opens the pay page as a customer's phone does. Proxies that were
// set up for the bank alone hand on its webhooks and nothing else.
func lookAtPayPage(ctx context.Context, r *round) finding {
	u := r.publicURL()
	switch {
	case r.Listens == nil || r.Rehearse == nil:
		return skipped(sayNoListener)
	case u == nil:
		return skipped(sayNoPublicYet)
	case !r.publicly.Load() && r.usesBank():
		return skipped(sayPublicFirst)
	}
	base, encryption := r.here()
	own, err := r.openPage(ctx, base+payPath, encryption)
	if err != nil {
		return failed(unanswered(err))
	}
	if own.StatusCode != http.StatusOK {
		return failed(about(sayOwnPage, own.StatusCode), adviseJournal)
	}
	encryption, err = r.publicTLS()
	if err != nil {
		return failed(about(sayBadRoot, err), adviseRoot)
	}
	address := u.String() + payPath
	seen, err := r.openPage(ctx, address, encryption)
	if err != nil {
		says, advice := unanswered(err)
		return failed(about(sayPageAt, address, says), advice)
	}
	return seen.comparedWith(own, address)
}

// seenPage is an answer with its body.
type seenPage struct {
	*http.Response
	text []byte
}

// openPage gets a page, and follows no redirect.
func (r *round) openPage(ctx context.Context, address string, encryption *tls.Config) (p seenPage, err error) {
	carrier := &http.Transport{DialContext: r.dial, TLSClientConfig: encryption}
	defer carrier.CloseIdleConnections()
	client := http.Client{Transport: carrier, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return p, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return p, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	return seenPage{answer, text}, err
}

// policyHeader tells our page from all others, for it holds the hashes of its
// style and its script.
const policyHeader = "Content-Security-Policy"

// comparedWith holds what came through the public URL against the page as this
// program serves it.
func (p seenPage) comparedWith(own seenPage, address string) finding {
	same := slices.Equal(p.Header.Values(policyHeader), own.Header.Values(policyHeader))
	switch status := p.StatusCode; {
	case status == http.StatusOK && same:
		return passed(about(sayPayPage, address))
	case status == http.StatusOK && bytes.Equal(p.text, own.text):
		return warned(about(sayPageAt, address, sayPolicyLost), advisePolicyOff)
	default:
		says, advice := p.misplaced()
		return failed(about(sayPageAt, address, says), advice)
	}
}

// misplaced words an answer that is not the pay page.
func (p seenPage) misplaced() (says, advice lang.Text) {
	status := p.StatusCode
	switch {
	case status >= 300 && status < 400:
		return about(sayPageMoved, status, quoted(p.Header.Get("Location"))), adviseRedirect
	case status == http.StatusNotFound:
		return sayPageMissing, adviseHandOn
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusMethodNotAllowed, status == http.StatusTooManyRequests:
		return about(sayKeptOut, status), adviseLetIn
	case status >= http.StatusBadGateway && status <= http.StatusGatewayTimeout:
		return about(sayGateway, status), adviseGateway
	}
	return about(sayPageOther, status), adviseHandOn
}

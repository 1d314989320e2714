package doctor

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/store"
)

// try does a step and says what is wrong with the answer; nil where it is right.
func (st *stage) try(ctx context.Context, do step) *finding {
	before := len(st.Arrivals())
	begun := st.Now()
	reply, err := do.call(ctx)
	if err == nil && len(st.Arrivals()) > before && do.fits(reply) {
		return nil
	}
	var says, advice lang.Text
	switch {
	case err != nil:
		says, advice = unanswered(err)
	case reply.ErrorCode == accessDenied && do.code != accessDenied:
		says, advice = st.denied(ctx, begun, do)
	case len(st.Arrivals()) == before && (reply.ErrorCode != "" || reply.State() != ""):
		says, advice = sayElsewhere, adviseElsewhere
	default:
		says, advice = misanswered(reply, do)
	}
	says = about(sayStep, do.name, st.base, says)
	if st.isBehindRouter(ctx, reply, err) {
		f := warned(says, about(adviseOutside, st.publicURL().String()+"/healthz"))
		return &f
	}
	f := failed(says, advice)
	return &f
}

// fits tells whether an answer is the one that the Merchant API has for the step.
func (s step) fits(r bank.Reply) bool {
	if s.code != "" {
		return r.HTTPStatus == http.StatusBadRequest && r.ErrorCode == s.code
	}
	return r.HTTPStatus == http.StatusOK && r.State() == s.state
}

const accessDenied = "10001"

var (
	sayStep = lang.Text{UZ: "%s, %s: %s", RU: "%s, %s: %s", EN: "%s at %s: %s"}

	sayElsewhere    = lang.Text{UZ: "javob bor, lekin bizdan emas: boshqa kompyuter yoki boshqa Tushum javob beryapti", RU: "ответ есть, но не от нас: отвечает другой компьютер или другой Tushum", EN: "there is an answer, but not ours: another machine or another Tushum gives it"}
	adviseElsewhere = lang.Text{UZ: "DNS yozuvi va proksi shu kompyuterga va shu portga olib kelishini tekshiring", RU: "проверьте, что запись DNS и прокси ведут на этот компьютер и этот порт", EN: "see that the DNS record and the proxy lead to this machine and this port"}
	sayStripped     = lang.Text{UZ: "10001: login va parol yo‘lda yo‘qoldi (Authorization sarlavhasi yetib kelmadi)", RU: "10001: логин и пароль потерялись в пути (заголовок Authorization не дошёл)", EN: "10001: login and password were lost on the way (the Authorization header did not arrive)"}
	adviseHeader    = lang.Text{
		UZ: "proksi Authorization ni o‘zgartirmasin: nginx da auth_basic va proxy_set_header Authorization qatorlarini olib tashlang, Caddy da basic_auth va header_up -Authorization ni",
		RU: "прокси не должен трогать Authorization: уберите в nginx auth_basic и proxy_set_header Authorization, в Caddy — basic_auth и header_up -Authorization",
		EN: "the proxy must leave Authorization alone: take auth_basic and proxy_set_header Authorization out of nginx, basic_auth and header_up -Authorization out of Caddy",
	}
	sayDenied = lang.Text{UZ: "10001: to‘g‘ri login va parol rad etildi, so‘rov bizgacha kelmadi: boshqa Tushum javob beryapti", RU: "10001: верные логин и пароль отклонены, а запрос до нас не дошёл: отвечает другой Tushum", EN: "10001: the right login and password are refused, and the call has not come to us: another Tushum answers"}
)

// denied finds out why the right pair was refused: in the journal stands whether
// the call has come to us without it.
func (st *stage) denied(ctx context.Context, begun time.Time, do step) (says, advice lang.Text) {
	if st.cameToUs(ctx, begun, do) {
		return sayStripped, adviseHeader
	}
	return sayDenied, joined(adviseElsewhere, adviseHeader)
}

// journalWait is how long the line of a refused call may take to the journal,
// which is written in the background.
const journalWait = 2 * time.Second

// journalLines is how many of the newest lines are looked at.
const journalLines = 20

// cameToUs looks for a call of the step's webhook since begun, without a
// password, in the wire journal. Whoever tries passwords meanwhile is another.
func (st *stage) cameToUs(ctx context.Context, begun time.Time, do step) bool {
	if st.Ledger == nil {
		return false
	}
	wake, cancel := st.Ledger.Subscribe()
	defer cancel()
	enough := time.NewTimer(journalWait)
	defer enough.Stop()
	for {
		for c, err := range st.Ledger.FindCalls(ctx, store.CallQuery{Webhook: do.webhook(), Limit: journalLines}) {
			if err == nil && c.Code == accessDenied && c.At >= store.At(begun) && strings.Contains(c.Reason, store.ReasonNoBasic) {
				return true
			}
		}
		select {
		case <-wake:
		case <-enough.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

var (
	sayNotFound    = lang.Text{UZ: "HTTP 404: bu yerda vebxuk yo‘q, proksi yo‘lni o‘zgartirib yuboryapti", RU: "HTTP 404: вебхука там нет, прокси передаёт другой путь", EN: "HTTP 404: there is no webhook, the proxy hands on another path"}
	adviseNotFound = lang.Text{
		UZ: "yo‘lni o‘zgarishsiz uzating: nginx da proxy_pass http://127.0.0.1:8080; (oxirida qiya chiziqsiz), Caddy da handle_path emas, handle; [uzum] path bilan solishtiring",
		RU: "передавайте путь как есть: в nginx proxy_pass http://127.0.0.1:8080; (без косой черты в конце), в Caddy handle, а не handle_path; сверьте с [uzum] path",
		EN: "hand the path on as it is: proxy_pass http://127.0.0.1:8080; in nginx (no slash at its end), handle and not handle_path in Caddy; compare it with [uzum] path",
	}
	sayRedirect    = lang.Text{UZ: "HTTP %d: %s manziliga yo‘naltiryapti, bank esa ergashmaydi", RU: "HTTP %d: перенаправляет на %s, а банк за этим не идёт", EN: "HTTP %d: it redirects to %s, and the bank does not follow"}
	adviseRedirect = lang.Text{UZ: "public_url ga yo‘naltirilgan manzilni yozing yoki proksida bu yo‘l uchun yo‘naltirishni o‘chiring", RU: "запишите в public_url конечный адрес или отключите на прокси перенаправление для этого пути", EN: "write the address it leads to into public_url, or turn the redirect off in the proxy for this path"}
	sayForbidden   = lang.Text{UZ: "HTTP %d: proksi yoki himoya (WAF) bank so‘rovini o‘tkazmayapti", RU: "HTTP %d: прокси или защита (WAF) не пропускает запрос банка", EN: "HTTP %d: a proxy or a firewall (WAF) keeps the bank's call out"}
	adviseAllow    = lang.Text{UZ: "proksi va WAF da shu yo‘lga POST so‘rovlarni parolsiz, captcha va botlardan himoyasiz ruxsat bering", RU: "разрешите на прокси и в WAF запросы POST к этому пути: без его пароля, капчи и защиты от ботов", EN: "allow POST to this path in the proxy and the WAF, without a password of its own, a captcha or bot protection"}
	sayTooLarge    = lang.Text{UZ: "HTTP 413: proksi shunday kichik so‘rovni ham katta deb hisoblaydi", RU: "HTTP 413: прокси считает слишком большим даже этот маленький запрос", EN: "HTTP 413: the proxy finds even this small request too large"}
	adviseLarge    = lang.Text{UZ: "nginx da client_max_body_size 64k; yoki undan ko‘p bering", RU: "задайте в nginx client_max_body_size 64k; или больше", EN: "set client_max_body_size 64k; or more in nginx"}
	sayGateway     = lang.Text{UZ: "HTTP %d: proksi javob beryapti, lekin Tushum ga yetolmayapti", RU: "HTTP %d: прокси отвечает, но до Tushum не достаёт", EN: "HTTP %d: the proxy answers, but does not reach Tushum"}
	adviseGateway  = lang.Text{UZ: "proksida [listener] address dagi manzil va portni bering", RU: "укажите в прокси адрес и порт из [listener] address", EN: "give the proxy the address and port of [listener] address"}
	sayPage        = lang.Text{UZ: "HTTP %d va veb-sahifa: boshqa dastur javob beryapti", RU: "HTTP %d и веб-страница: отвечает другая программа", EN: "HTTP %d and a web page: another program answers"}
	sayNotJSON     = lang.Text{UZ: "HTTP %d, javob JSON emas: boshqa dastur javob beryapti", RU: "HTTP %d, ответ не JSON: отвечает другая программа", EN: "HTTP %d and no JSON: another program answers"}
	sayMethod      = lang.Text{UZ: "HTTP %d: proksi bu usulni o‘tkazmayapti", RU: "HTTP %d: прокси не пропускает этот метод", EN: "HTTP %d: the proxy does not let the method through"}
	saySwallowed   = lang.Text{UZ: "HTTP %d: Tushum rad javobi (HTTP 400) o‘rniga proksining sahifasi keldi", RU: "HTTP %d: вместо отказа Tushum (HTTP 400) пришла страница прокси", EN: "HTTP %d: the proxy's page came in place of Tushum's refusal (HTTP 400)"}
	adviseErrors   = lang.Text{UZ: "proksi xato javoblarini almashtirmasin: nginx da proxy_intercept_errors off;", RU: "прокси не должен подменять ответы с ошибкой: в nginx proxy_intercept_errors off;", EN: "the proxy must not replace answers with errors: proxy_intercept_errors off; in nginx"}
	sayOtherAnswer = lang.Text{UZ: "javob HTTP %d, %s; kutilgani: %s", RU: "ответ HTTP %d, %s; ожидалось: %s", EN: "it answered HTTP %d, %s; expected was %s"}
	adviseJournal  = lang.Text{UZ: "xizmat jurnalida shu so‘rovni toping", RU: "найдите этот запрос в журнале службы", EN: "find this call in the service's log"}
)

// misanswered words an answer that is not the one that was expected.
func misanswered(r bank.Reply, do step) (says, advice lang.Text) {
	status := r.HTTPStatus
	page := isPage(r)
	switch {
	case status >= 300 && status < 400:
		return about(sayRedirect, status, quoted(r.Header.Get("Location"))), adviseRedirect
	case status == http.StatusNotFound && r.ErrorCode == "":
		return sayNotFound, adviseNotFound
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusTooManyRequests:
		return about(sayForbidden, status), adviseAllow
	case status == http.StatusRequestEntityTooLarge:
		return sayTooLarge, adviseLarge
	case status == http.StatusMethodNotAllowed:
		return about(sayMethod, status), adviseAllow
	case status >= http.StatusBadGateway && status <= http.StatusGatewayTimeout && r.ErrorCode == "":
		return about(sayGateway, status), adviseGateway
	case page && do.code != "":
		return about(saySwallowed, status), adviseErrors
	case page:
		return about(sayPage, status), adviseElsewhere
	case r.Defect != nil:
		return about(sayNotJSON, status), adviseElsewhere
	}
	return about(sayOtherAnswer, status, answerText(r), do.wanted()), adviseJournal
}

func isPage(r bank.Reply) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") || bytes.HasPrefix(bytes.TrimSpace(r.Body), []byte("<"))
}

func answerText(r bank.Reply) string {
	if r.ErrorCode != "" {
		return "errorCode " + quoted(r.ErrorCode)
	}
	return "status " + quoted(r.State())
}

func (s step) wanted() string {
	if s.code != "" {
		return "errorCode " + s.code
	}
	return "status " + s.state
}

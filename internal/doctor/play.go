package doctor

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/store"
)

var (
	titleLocal  = lang.Text{UZ: "Vebxuklar shu kompyuterda", RU: "Вебхуки на этом компьютере", EN: "Webhooks on this machine"}
	titlePublic = lang.Text{UZ: "Vebxuklar internetdagi manzilda", RU: "Вебхуки по адресу в интернете", EN: "Webhooks through the public URL"}

	sayPlayed      = lang.Text{UZ: "%s: to‘lov sinovi to‘liq o‘tdi (check, create, confirm, status, reverse)", RU: "%s: пробный платёж прошёл целиком (check, create, confirm, status, reverse)", EN: "%s: a payment was played to its end (check, create, confirm, status, reverse)"}
	sayNoListener  = lang.Text{UZ: "xizmat ishlamayapti", RU: "служба не работает", EN: "the service does not run"}
	sayNoRehearsal = lang.Text{UZ: "sinov to‘lovini tayyorlab bo‘lmadi: %s", RU: "пробный платёж подготовить не удалось: %s", EN: "the payment can't be prepared: %s"}

	sayRehearsing = lang.Text{UZ: "hozir boshqa tekshiruvlar ketyapti", RU: "сейчас идут другие проверки", EN: "other examinations are going on"}
	adviseWait    = lang.Text{UZ: "ular tugashini kutib, qayta tekshiring", RU: "дождитесь их конца и проверьте ещё раз", EN: "wait until they are done, and run the check again"}

	sayUntrustedProxy = lang.Text{UZ: "proksi %s ishonchlilar ro‘yxatida yo‘q: barcha so‘rovlar undan kelgandek ko‘rinadi", RU: "прокси %s нет среди доверенных: все запросы выглядят пришедшими от него", EN: "the proxy %s is not trusted: every call seems to come from it"}
	adviseTrust       = lang.Text{UZ: `[listener] trusted_proxies ro‘yxatiga "%s" ni qo‘shing`, RU: `добавьте "%s" в [listener] trusted_proxies`, EN: `add "%s" to [listener] trusted_proxies`}
	saySilentProxy    = lang.Text{UZ: "proksi %s so‘rov kimdan ekanini aytmayapti (X-Forwarded-For yo‘q)", RU: "прокси %s не сообщает, от кого запрос (нет X-Forwarded-For)", EN: "the proxy %s does not tell who calls (there is no X-Forwarded-For)"}
	adviseForwarded   = lang.Text{
		UZ: "nginx ga proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; qo‘shing; Caddy buni o‘zi qiladi",
		RU: "добавьте в nginx proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; — Caddy делает это сам",
		EN: "add proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; to nginx; Caddy does it by itself",
	}
)

// stage is where a payment is played.
type stage struct {
	*round
	*Rehearsal
	base   string // of the webhooks
	public bool   // it is the one that the bank calls
	http   *http.Client
}

func playLocally(ctx context.Context, r *round) finding {
	switch {
	case r.Listens == nil || r.Rehearse == nil:
		return skipped(sayNoListener)
	case !r.usesBank():
		return skipped(sayBankNotUsed)
	}
	base, encryption := r.here()
	f := r.play(ctx, base+r.Config.Uzum.Path, encryption, false)
	r.locally.Store(f.status == Passed)
	return f
}

// here is where this machine calls the listener, and how.
func (r *round) here() (base string, encryption *tls.Config) {
	u := url.URL{Scheme: "http", Host: reachable(r.Listens.Address)}
	if r.Listens.Secure {
		// The certificate is for the public host and not for this address; whether
		// it is right for that host is a check of its own.
		u.Scheme, encryption = "https", r.looking(r.serverName())
	}
	return u.String(), encryption
}

func playPublicly(ctx context.Context, r *round) finding {
	u := r.publicURL()
	switch {
	case r.Listens == nil || r.Rehearse == nil:
		return skipped(sayNoListener)
	case !r.usesBank():
		return skipped(sayBankNotUsed)
	case u == nil:
		return skipped(sayNoPublicYet)
	}
	encryption, err := r.publicTLS()
	if err != nil {
		return failed(about(sayBadRoot, err), adviseRoot)
	}
	return r.play(ctx, u.String()+r.Config.Uzum.Path, encryption, true)
}

// publicTLS is how the public URL is called: as those outside do, who believe
// known authorities alone.
func (r *round) publicTLS() (*tls.Config, error) {
	roots, err := r.roots()
	if err != nil {
		return nil, err
	}
	return &tls.Config{RootCAs: roots, Time: r.Now, MinVersion: tls.VersionTLS12}, nil
}

// play plays a payment from check to status, as the bank would.
func (r *round) play(ctx context.Context, base string, encryption *tls.Config, public bool) finding {
	rehearsal, err := r.Rehearse()
	if errors.Is(err, ErrRehearsing) {
		return warned(sayRehearsing, adviseWait)
	}
	if err != nil {
		return failed(about(sayNoRehearsal, ofLedger(err).Says), adviseDefect)
	}
	defer rehearsal.End()
	carrier := &http.Transport{DialContext: r.dial, TLSClientConfig: encryption}
	defer carrier.CloseIdleConnections()
	st := &stage{round: r, Rehearsal: rehearsal, base: base, public: public, http: &http.Client{Transport: carrier}}
	for _, do := range st.steps() {
		if f := st.try(ctx, do); f != nil {
			return *f
		}
	}
	if public {
		r.publicly.Store(true)
		if f := st.aboutProxies(); f != nil {
			return *f
		}
	}
	return passed(about(sayPlayed, base))
}

// webhook is the one that a step calls.
func (s step) webhook() string { return strings.TrimPrefix(s.name, http.MethodGet+" ") }

// step is one call, and what it is to be answered with.
type step struct {
	name  string
	call  func(context.Context) (bank.Reply, error)
	state string // the status member of a success
	code  string // the errorCode of a refusal
}

// steps are a payment that is taken back, and what a tester of the bank tries first.
func (st *stage) steps() []step {
	client, id := st.client(st.Pair), bank.SeededTransIDs(uint64(st.Now().UnixNano()), st.Now)()
	number, unknown := st.Number.String(), unusedNumber().String()
	payer := bank.Payer{Source: "UZCARD", CardType: 2}
	all := []step{
		{name: "check", state: bank.StateOK, call: func(ctx context.Context) (bank.Reply, error) { return client.Check(ctx, number) }},
		{name: "check", code: "10007", call: func(ctx context.Context) (bank.Reply, error) { return client.Check(ctx, unknown) }},
		{name: "GET check", code: "10003", call: st.get},
		{name: "create", state: bank.StateCreated, call: func(ctx context.Context) (bank.Reply, error) { return client.Create(ctx, id, number, st.Amount) }},
		{name: "confirm", state: bank.StateConfirmed, call: func(ctx context.Context) (bank.Reply, error) { return client.Confirm(ctx, id, payer) }},
		{name: "status", state: bank.StateConfirmed, call: func(ctx context.Context) (bank.Reply, error) { return client.Status(ctx, id) }},
		{name: "reverse", state: bank.StateReversed, call: func(ctx context.Context) (bank.Reply, error) { return client.Reverse(ctx, id) }},
		{name: "status", state: bank.StateReversed, call: func(ctx context.Context) (bank.Reply, error) { return client.Status(ctx, id) }},
	}
	if st.Wrong != nil {
		stranger := st.client(*st.Wrong)
		all = append(all, step{name: "check", code: "10001", call: func(ctx context.Context) (bank.Reply, error) { return stranger.Check(ctx, number) }})
	}
	return all
}

func (st *stage) client(p Pair) *bank.Client {
	return &bank.Client{
		BaseURL: st.base, Login: p.Login, Password: p.Password, ServiceID: st.ServiceID,
		AccountKey: st.Config.Uzum.AccountParams[0], HTTP: st.http, Now: st.Now,
	}
}

// get calls a webhook in the way of a browser.
func (st *stage) get(ctx context.Context) (bank.Reply, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, st.base+"/"+bank.WebhookCheck, nil)
	if err != nil {
		return bank.Reply{}, err
	}
	request.SetBasicAuth(st.Login, st.Password)
	carrier := *st.http
	carrier.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := carrier.Do(request)
	if err != nil {
		return bank.Reply{}, err
	}
	defer answer.Body.Close()
	reply := bank.Reply{HTTPStatus: answer.StatusCode, Header: answer.Header}
	if reply.Body, err = io.ReadAll(io.LimitReader(answer.Body, maxAnswer)); err != nil {
		return reply, err
	}
	var refusal struct {
		ErrorCode string `json:"errorCode"`
	}
	reply.Defect = json.Unmarshal(reply.Body, &refusal)
	reply.ErrorCode = refusal.ErrorCode
	return reply, nil
}

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 64 << 10

// unusedNumber is the last that there is, and the number of no invoice of a
// shop of this world.
func unusedNumber() store.Number {
	n, _ := store.NumberOf(store.LastBase) // within the bounds
	return n
}

// aboutProxies tells whether the shop knows where calls come from.
func (st *stage) aboutProxies() *finding {
	arrivals := st.Arrivals()
	if len(arrivals) == 0 {
		return nil
	}
	a := arrivals[len(arrivals)-1]
	var f finding
	switch {
	case a.Forwarded && a.Caller == a.Peer && !st.trusts(a.Peer):
		f = warned(about(sayUntrustedProxy, a.Peer), about(adviseTrust, a.Peer))
	case !a.Forwarded && st.trusts(a.Peer), !a.Forwarded && !st.Listens.Secure && st.publicURL().Scheme == "https":
		f = warned(about(saySilentProxy, a.Peer), adviseForwarded)
	default:
		return nil
	}
	return &f
}

func (st *stage) trusts(a netip.Addr) bool {
	for _, p := range st.Config.Listener.TrustedProxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

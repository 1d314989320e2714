package bank_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/money"
)

const (
	shopLogin    = "uzum"
	shopPassword = "s3cret:with colon"
	shopService  = 101202
)

// shop is a listener in memory, a reading of Merchant API 1.0.0 that shares nothing
// with the simulator. With a fault it breaks one rule: the suite must notice.
type shop struct {
	mu                 sync.Mutex
	fault              string
	min, max           int64
	noRefunds, noAmnts bool
	clock              int64 // ms; every reading is a millisecond later
	serial             int
	invoices           map[string]*shopInvoice
	txs                map[string]*shopTx
}

type shopInvoice struct {
	amount int64 // 0: counter
	state  string
}

type shopTx struct {
	number, state                        string
	amount, created, confirmed, reversed int64
}

func newShop(t testing.TB, fault string) (*shop, *bank.Client) {
	t.Helper()
	s := &shop{fault: fault, clock: time.Now().UnixMilli(), invoices: map[string]*shopInvoice{}, txs: map[string]*shopTx{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, &bank.Client{BaseURL: server.URL + "/uzum", Login: shopLogin, Password: shopPassword, ServiceID: shopService,
		HTTP: server.Client(), StatusPause: time.Microsecond}
}

// inProcess carries calls to a shop without a socket: the faults are many, and what
// a socket adds is proven by the honest shops.
type inProcess struct{ http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	p.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

func (s *shop) is(fault string) bool { return s.fault == fault }

func (s *shop) now() int64 {
	s.clock++
	if s.is("seconds") {
		return s.clock / 1000
	}
	return s.clock
}

func (s *shop) open(_ context.Context, kind string, amount money.Amount) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if kind != "visit" && kind != "counter" {
		return "", fmt.Errorf("no kind %s", kind)
	}
	s.serial++
	number := checked(strconv.Itoa(1000000 + s.serial))
	s.invoices[number] = &shopInvoice{int64(amount), "open"}
	return number, nil
}

func (s *shop) set(number, state string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invoices[number].state = state
	if state == "cancelled" && !s.is("cancel-spares") {
		s.failOthers(number, "")
	}
}

func (s *shop) cancel(_ context.Context, number string) error {
	s.set(number, "cancelled")
	return nil
}

// checked appends the digit that makes the Damm sum zero, from the published
// operation table, row by row.
func checked(digits string) string {
	const table = "0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790"
	row := 0
	for _, d := range digits {
		row = int(table[row*10+int(d-'0')] - '0')
	}
	return digits + strconv.Itoa(row)
}

// outcome is an answer in the making.
type outcome struct {
	http    int
	members map[string]any
}

// refused is what the contract calls an errorCode.
type refused struct {
	code  string
	times map[string]any
}

var webhookNames = []string{"check", "create", "confirm", "reverse", "status"}

var ownTimes = map[string]string{"check": "timestamp", "create": "transTime", "confirm": "confirmTime", "reverse": "reverseTime"}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, found := strings.CutPrefix(r.URL.Path, "/uzum/")
	if s.is("path-folded") {
		name = strings.ToLower(name)
	}
	if s.is("slash-redirected") && strings.HasSuffix(name, "/") {
		http.Redirect(w, r, strings.TrimSuffix(r.URL.Path, "/"), http.StatusTemporaryRedirect)
		return
	}
	if s.is("slash-served") {
		name = strings.TrimSuffix(name, "/")
	}
	if !found || !slices.Contains(webhookNames, name) {
		http.NotFound(w, r)
		return
	}
	request := map[string]json.RawMessage{}
	answer, no := s.answer(name, r, request)
	if no != nil {
		answer = s.refuse(name, *no, request)
	}
	s.write(w, name, answer)
}

func (s *shop) answer(name string, r *http.Request, request map[string]json.RawMessage) (outcome, *refused) {
	login, password, _ := r.BasicAuth()
	authentic := login == shopLogin && password == shopPassword || s.is("login-unchecked") && password == shopPassword
	if s.is("auth-first") && !authentic {
		return outcome{}, &refused{code: "10001"}
	}
	if r.Method != http.MethodPost {
		return outcome{}, &refused{code: "10003"}
	}
	if !authentic && !s.is("body-first") {
		return outcome{}, &refused{code: "10001"}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	tooLong := len(body) > 64<<10 || s.is("limit-off-by-one") && len(body) == 64<<10
	if err != nil || tooLong && !s.is("limit-none") && (r.ContentLength > 0 || !s.is("limit-by-header")) {
		return outcome{}, &refused{code: "10002"}
	}
	members, ok := s.parse(body)
	if !ok {
		return outcome{}, &refused{code: "10002"}
	}
	if !authentic {
		return outcome{}, &refused{code: "10001"}
	}
	maps.Copy(request, members)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.decide(name, request)
}

func (s *shop) decide(name string, request map[string]json.RawMessage) (outcome, *refused) {
	in, no := s.read(name, request)
	if no != nil {
		return outcome{}, no
	}
	switch name {
	case "check":
		return s.check(in)
	case "create":
		return s.create(in)
	case "confirm":
		return s.confirm(in)
	case "reverse":
		return s.reverse(in)
	}
	return s.status(in)
}

func (s *shop) check(in input) (outcome, *refused) {
	if no := s.payable(in.account); no != nil {
		return outcome{}, no
	}
	members := map[string]any{"serviceId": in.service, "timestamp": s.now(), "status": "OK", "data": s.data(in.account, true)}
	if s.is("clock-echoed") {
		members["timestamp"] = in.timestamp
	}
	return outcome{200, members}, nil
}

func (s *shop) create(in input) (outcome, *refused) {
	invoice := s.invoices[in.account]
	if s.is("account-first") && invoice == nil {
		return outcome{}, &refused{code: "10007"}
	}
	if tx := s.txs[in.transID]; tx != nil && !(s.is("reversed-reused") && tx.state == "REVERSED") {
		if s.is("create-echoed") {
			return s.success(in, tx, "transTime"), nil
		}
		return outcome{}, &refused{"10010", map[string]any{"transTime": s.stored(tx.created)}}
	}
	if s.is("amount-first") && invoice != nil && in.amount != invoice.amount {
		return outcome{}, &refused{code: "10011"}
	}
	if no := s.payable(in.account); no != nil {
		return outcome{}, no
	}
	exact := invoice.amount != 0 && in.amount != invoice.amount && !(s.is("overpay") && in.amount > invoice.amount)
	switch {
	case s.is("exact-before-bounds") && exact:
		return outcome{}, &refused{code: "10011"}
	case in.amount < max(s.min, 1) && (s.min > 0 || invoice.amount == 0):
		return outcome{}, &refused{code: "10012"}
	case s.max > 0 && in.amount > s.max:
		return outcome{}, &refused{code: "10013"}
	case exact:
		return outcome{}, &refused{code: "10011"}
	}
	s.slowly("create-racy")
	tx := &shopTx{number: in.account, state: "CREATED", amount: in.amount, created: s.now()}
	s.txs[in.transID] = tx
	return s.success(in, tx, "transTime"), nil
}

func (s *shop) confirm(in input) (outcome, *refused) {
	tx := s.txs[in.transID]
	switch {
	case tx == nil:
		return outcome{}, &refused{code: "10014"}
	case tx.state == "CONFIRMED" && s.is("confirm-echoed"):
		return s.success(in, tx, "confirmTime"), nil
	case tx.state == "CONFIRMED":
		return outcome{}, &refused{"10016", map[string]any{"confirmTime": s.stored(tx.confirmed)}}
	case tx.state == "FAILED" && s.is("rival-confirmed-before"):
		return outcome{}, &refused{code: "10016"}
	case tx.state != "CREATED" && !(tx.state == "REVERSED" && s.is("reversed-confirmed")):
		return outcome{}, &refused{code: "10015"}
	}
	s.slowly("confirm-racy")
	tx.state, tx.confirmed = "CONFIRMED", s.now()
	if invoice := s.invoices[tx.number]; invoice.amount != 0 || s.is("counter-once") {
		invoice.state = "paid"
		if !s.is("rivals-live") {
			s.failOthers(tx.number, in.transID)
		}
	}
	return s.success(in, tx, "confirmTime"), nil
}

// slowly lets other calls in between decision and deed, if that is the fault.
func (s *shop) slowly(fault string) {
	if s.is(fault) {
		s.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
		s.mu.Lock()
	}
}

func (s *shop) failOthers(number, winner string) {
	for id, tx := range s.txs {
		if tx.number == number && tx.state == "CREATED" && id != winner {
			tx.state = "FAILED"
		}
	}
}

func (s *shop) reverse(in input) (outcome, *refused) {
	tx := s.txs[in.transID]
	switch {
	case tx == nil:
		return outcome{}, &refused{code: "10014"}
	case tx.state == "REVERSED" && s.is("reverse-echoed"):
		return s.success(in, tx, "reverseTime"), nil
	case tx.state == "REVERSED":
		return outcome{}, &refused{"10018", map[string]any{"reverseTime": s.stored(tx.reversed)}}
	case tx.state == "FAILED" && !s.is("failed-reversed"), tx.state == "CONFIRMED" && s.noRefunds && !s.is("policy-ignored"):
		return outcome{}, &refused{code: "10017"}
	}
	if tx.state == "CONFIRMED" {
		s.invoices[tx.number].state = "refunded"
	}
	tx.state, tx.reversed = "REVERSED", s.now()
	return s.success(in, tx, "reverseTime"), nil
}

func (s *shop) status(in input) (outcome, *refused) {
	tx := s.txs[in.transID]
	if tx == nil {
		return outcome{}, &refused{"10014", s.times(&shopTx{})}
	}
	if tx.state == "FAILED" && !s.is("failed-told") {
		return outcome{}, &refused{"10014", s.times(tx)}
	}
	answer := s.success(in, tx, "transTime")
	maps.Copy(answer.members, s.times(tx))
	if s.is("confirm-time-dropped") && tx.state == "REVERSED" {
		answer.members["confirmTime"] = nil
	}
	if s.is("nulls-omitted") {
		maps.DeleteFunc(answer.members, func(_ string, v any) bool { return v == nil })
	}
	return answer, nil
}

func (s *shop) stored(ms int64) int64 {
	if s.is("repeat-now") {
		return s.now()
	}
	return ms
}

func (s *shop) times(tx *shopTx) map[string]any {
	times := map[string]any{"transTime": nil, "confirmTime": nil, "reverseTime": nil}
	for name, ms := range map[string]int64{"transTime": tx.created, "confirmTime": tx.confirmed, "reverseTime": tx.reversed} {
		if ms != 0 {
			times[name] = ms
		}
	}
	return times
}

func (s *shop) success(in input, tx *shopTx, own string) outcome {
	members := map[string]any{"serviceId": in.service, "transId": in.transID, "status": tx.state, "amount": tx.amount,
		"data": s.data(tx.number, s.is("prefill-everywhere"))}
	members[own] = map[string]int64{"transTime": tx.created, "confirmTime": tx.confirmed, "reverseTime": tx.reversed}[own]
	switch {
	case s.is("amount-in-som"):
		members["amount"] = tx.amount / 100
	case s.is("amount-text"):
		members["amount"] = strconv.FormatInt(tx.amount, 10)
	case s.is("data-dropped"):
		delete(members, "data")
	case s.is("transid-dropped"):
		delete(members, "transId")
	case s.is("state-lower"):
		members["status"] = strings.ToLower(tx.state)
	}
	return outcome{200, members}
}

func (s *shop) data(number string, prefill bool) map[string]any {
	value := func(v any) map[string]any { return map[string]any{"value": v} }
	data := map[string]any{"account": value(number), "fio": value("A. Karimova")}
	if s.is("value-number") {
		n, _ := strconv.Atoi(number)
		data["account"] = value(n)
	}
	invoice := s.invoices[number]
	if !prefill || s.noAmnts || invoice.amount == 0 && !s.is("counter-priced") {
		return data
	}
	data["amount"] = value(strings.TrimSuffix(fmt.Sprintf("%d.%02d", invoice.amount/100, invoice.amount%100), ".00"))
	if s.is("prefill-in-tiyin") {
		data["amount"] = value(strconv.FormatInt(invoice.amount, 10))
	}
	if s.is("prefill-dropped") {
		delete(data, "amount")
	}
	return data
}

func (s *shop) payable(number string) *refused {
	invoice := s.invoices[number]
	code := map[string]string{"open": "", "paid": "10008", "cancelled": "10009", "expired": "10009", "refunded": "10009"}
	switch {
	case invoice == nil && s.is("account-unknown-14"):
		return &refused{code: "10014"}
	case invoice == nil:
		return &refused{code: "10007"}
	case s.is("expired-paid") && invoice.state == "expired", s.is("refunded-paid") && invoice.state == "refunded":
		return &refused{code: "10008"}
	case code[invoice.state] == "", s.is("cancelled-payable") && invoice.state == "cancelled",
		s.is("paid-payable") && invoice.state == "paid":
		return nil
	}
	return &refused{code: code[invoice.state]}
}

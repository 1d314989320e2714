package bank_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"tushum/internal/bank"
	"tushum/internal/money"
)

// unreliable stands before a shop and spoils the answer of a webhook, after the shop
// has done its work, the given number of times.
type unreliable struct {
	shop  http.Handler
	mu    sync.Mutex
	spoil map[string]int
	how   func(w http.ResponseWriter)
}

func (u *unreliable) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	webhook := strings.TrimPrefix(r.URL.Path, "/uzum/")
	u.mu.Lock()
	spoiled := u.spoil[webhook] > 0
	u.spoil[webhook]--
	u.mu.Unlock()
	if !spoiled {
		u.shop.ServeHTTP(w, r)
		return
	}
	u.shop.ServeHTTP(httptest.NewRecorder(), r)
	u.how(w)
}

func dropConnection(http.ResponseWriter) { panic(http.ErrAbortHandler) }

func serverError(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) }

func unreliableShop(t *testing.T, how func(http.ResponseWriter), spoil map[string]int) (*shop, *bank.Client) {
	t.Helper()
	s, client := newShop(t, "")
	server := httptest.NewServer(&unreliable{shop: s, spoil: spoil, how: how})
	t.Cleanup(server.Close)
	client.BaseURL = server.URL + "/uzum"
	return s, client
}

func visit(t *testing.T, s *shop, amount money.Amount) string {
	t.Helper()
	number, err := s.open(t.Context(), "visit", amount)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func webhooks(r bank.Receipt) []string {
	var names []string
	for _, step := range r.Steps {
		names = append(names, step.Webhook)
	}
	return names
}

func TestPay(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	number := visit(t, s, 130_000_00)
	receipt, err := client.Pay(t.Context(), bank.PayRequest{Number: number, Payer: bank.Payer{Source: "HUMO"}})
	if err != nil {
		t.Fatal(err)
	}
	if receipt.State != bank.StateConfirmed || receipt.Amount != 130_000_00 || receipt.Number != number {
		t.Errorf("receipt %+v", receipt)
	}
	if got := webhooks(receipt); !slices.Equal(got, []string{"check", "create", "confirm"}) {
		t.Errorf("called %v", got)
	}
	if tx := s.txs[receipt.TransID]; tx == nil || tx.state != "CONFIRMED" || s.invoices[number].state != "paid" {
		t.Errorf("the shop has %+v", tx)
	}
}

func TestPayAfterDeclines(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	receipt, err := client.Pay(t.Context(), bank.PayRequest{Number: visit(t, s, 500_00), Declines: 2})
	if err != nil || receipt.State != bank.StateConfirmed || len(receipt.Declined) != 2 {
		t.Fatalf("%+v, %v", receipt, err)
	}
	for _, id := range receipt.Declined {
		if s.txs[id].state != "FAILED" {
			t.Errorf("declined transaction is %s", s.txs[id].state)
		}
	}
}

func TestDeclineLeavesCreated(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	receipt, err := client.Decline(t.Context(), bank.PayRequest{Number: visit(t, s, 500_00)})
	if err != nil || receipt.State != bank.StateCreated || s.txs[receipt.TransID].state != "CREATED" {
		t.Fatalf("%+v, %v", receipt, err)
	}
}

func TestPayRefused(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	number := visit(t, s, 500_00)
	for name, c := range map[string]struct {
		req           bank.PayRequest
		webhook, code string
		state         string
	}{
		"unknown":       {bank.PayRequest{Number: "1"}, "check", "10007", ""},
		"wrong amount":  {bank.PayRequest{Number: number, Amount: 1}, "create", "10011", "FAILED"},
		"while retried": {bank.PayRequest{Number: number, Amount: 1, Declines: 1}, "create", "10011", "FAILED"},
	} {
		receipt, err := client.Pay(t.Context(), c.req)
		var refusal *bank.RefusalError
		if !errors.As(err, &refusal) || refusal.Webhook != c.webhook || refusal.Code != c.code || receipt.State != c.state {
			t.Errorf("%s: %v, %+v", name, err, receipt)
		}
		if !strings.HasPrefix(err.Error(), c.webhook+" refused with "+c.code+": ") {
			t.Errorf("%s: says %q", name, err)
		}
	}
}

func TestPayReconcilesLostAnswers(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]func(http.ResponseWriter){"connection dropped": dropConnection, "HTTP 500": serverError} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, client := unreliableShop(t, how, map[string]int{"create": 1, "confirm": 1, "status": 3})
			number := visit(t, s, 500_00)
			receipt, err := client.Pay(t.Context(), bank.PayRequest{Number: number})
			if err != nil || receipt.State != bank.StateConfirmed {
				t.Fatalf("%+v, %v", receipt, err)
			}
			want := []string{"check", "create", "status", "status", "status", "status", "confirm", "status"}
			if got := webhooks(receipt); !slices.Equal(got, want) {
				t.Errorf("called %v, want %v", got, want)
			}
			if s.invoices[number].state != "paid" {
				t.Error("the shop does not know of it")
			}
		})
	}
}

func TestPayLearnsThatAPaymentFailed(t *testing.T) {
	t.Parallel()
	s, client := unreliableShop(t, serverError, map[string]int{"confirm": 1})
	number := visit(t, s, 500_00)
	client.HTTP = &http.Client{Transport: beforeConfirm(func() { s.set(number, "cancelled") })}
	receipt, err := client.Pay(t.Context(), bank.PayRequest{Number: number})
	var refusal *bank.RefusalError
	if !errors.As(err, &refusal) || refusal.Webhook != "status" || receipt.State != bank.StateFailed {
		t.Fatalf("%+v, %v", receipt, err)
	}
}

// beforeConfirm does something before each confirm leaves.
type beforeConfirm func()

func (do beforeConfirm) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/confirm") {
		do()
	}
	return http.DefaultTransport.RoundTrip(r)
}

func TestPayGivesUpAfterTenStatuses(t *testing.T) {
	t.Parallel()
	s, client := unreliableShop(t, dropConnection, map[string]int{"confirm": 1, "status": 100})
	receipt, err := client.Pay(t.Context(), bank.PayRequest{Number: visit(t, s, 500_00)})
	if !errors.Is(err, bank.ErrOutcomeUnknown) || len(receipt.Steps) != 13 {
		t.Fatalf("%d steps, %v", len(receipt.Steps), err)
	}
	client.StatusTries = 3
	receipt, err = client.Pay(t.Context(), bank.PayRequest{Number: visit(t, s, 500_00)})
	if err != nil || receipt.State != bank.StateConfirmed {
		t.Fatalf("the next payment: %+v, %v", receipt, err)
	}
}

func TestPayEndsWithItsContext(t *testing.T) {
	t.Parallel()
	s, client := unreliableShop(t, serverError, map[string]int{"status": 100, "confirm": 1})
	number := visit(t, s, 500_00)
	ctx, cancel := context.WithCancel(t.Context())
	client.HTTP = &http.Client{Transport: beforeConfirm(cancel)}
	if _, err := client.Pay(ctx, bank.PayRequest{Number: number}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestPayNeedsAnAmount(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	number, err := s.open(t.Context(), "counter", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Pay(t.Context(), bank.PayRequest{Number: number}); !errors.Is(err, bank.ErrNoAmount) {
		t.Errorf("got %v", err)
	}
	receipt, err := client.Pay(t.Context(), bank.PayRequest{Number: number, Amount: 77})
	if err != nil || s.txs[receipt.TransID].amount != 77 {
		t.Errorf("%+v, %v", receipt, err)
	}
}

func TestPayReadsTheAmountInSom(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]money.Amount{
		"130000": 130_000_00, "130000.5": 130_000_50, "130000.05": 130_000_05, "0.01": 1,
		"": 0, "0": 0, "-1": 0, "1.234": 0, "1e3": 0, "1 000": 0, "99999999999999999999": 0, "92233720368547758": 0, "1.-1": 0,
	} {
		client, got := recorder(t, 200, `{"status":"OK","data":{"amount":{"value":"`+value+`"}}}`)
		receipt, err := client.Pay(t.Context(), bank.PayRequest{Number: "1"})
		if err == nil {
			t.Fatalf("%q: the recorder cannot create", value)
		}
		if wentOn := strings.HasSuffix(got.path, "/create"); receipt.Amount != want || wentOn != (want != 0) {
			t.Errorf("%q: read as %d, want %d; then %s: %v", value, receipt.Amount, want, got.path, err)
		}
	}
}

func TestPayOfSomethingElse(t *testing.T) {
	t.Parallel()
	for status, body := range map[int]string{404: "not found", 200: "<html>", 302: "", 401: `{"errorCode":"10001"}`} {
		client, _ := recorder(t, status, body)
		_, err := client.Pay(t.Context(), bank.PayRequest{Number: "1", Amount: 1})
		var strange *bank.AnswerError
		if !errors.As(err, &strange) || strange.HTTPStatus != status || !strings.Contains(err.Error(), "is this the URL") {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestRefund(t *testing.T) {
	t.Parallel()
	s, client := unreliableShop(t, dropConnection, map[string]int{"reverse": 1})
	number := visit(t, s, 500_00)
	paid, err := client.Pay(t.Context(), bank.PayRequest{Number: number})
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := client.Refund(t.Context(), paid.TransID)
	if err != nil || receipt.State != bank.StateReversed || s.invoices[number].state != "refunded" {
		t.Fatalf("%+v, %v", receipt, err)
	}
	receipt, err = client.Refund(t.Context(), paid.TransID)
	var refusal *bank.RefusalError
	if !errors.As(err, &refusal) || refusal.Code != "10018" || receipt.State != "" {
		t.Errorf("a second time: %+v, %v", receipt, err)
	}
}

func TestPayOfATransactionReversedMeanwhile(t *testing.T) {
	t.Parallel()
	s, client := unreliableShop(t, serverError, map[string]int{"confirm": 1})
	client.HTTP = &http.Client{Transport: beforeConfirm(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, tx := range s.txs {
			tx.state, tx.reversed = "REVERSED", 1
		}
	})}
	receipt, err := client.Pay(t.Context(), bank.PayRequest{Number: visit(t, s, 500_00)})
	var strange *bank.AnswerError
	if !errors.As(err, &strange) || receipt.State != bank.StateReversed {
		t.Fatalf("%+v, %v", receipt, err)
	}
}

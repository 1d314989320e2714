package store_test

import (
	"errors"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// What the tests of the rules share: one shop's settings, one invoice of each
// sort, one transaction, and a moment to look at them.

const ttl = 30 * time.Minute

var tashkent = time.FixedZone("Asia/Tashkent", 5*60*60)

// noon is 21.11.2026 12:00 in Tashkent.
var noon = store.At(time.Date(2026, 11, 21, 12, 0, 0, 0, tashkent))

const noonDay store.Date = 20261121

// shopTariffs are the published rates: the low ones held to the end of 2025.
func shopTariffs() store.Tariffs {
	return store.Tariffs{
		{Source: "UZCARD", To: 20251231, Rate: 40}, {Source: "UZCARD", From: 20260101, Rate: 100},
		{Source: "INSTALLMENT", To: 20251231, Rate: 300}, {Source: "INSTALLMENT", From: 20260101, Rate: 500},
		{Source: "VISA", To: 20251231, Rate: 0}, {Source: "VISA", From: 20260101, Rate: 100},
	}
}

// oneClick is a system with which each payment is a deal.
const oneClick store.System = "oneclick"

func shopRules() store.Rules {
	return store.Rules{
		TransactionTTL: ttl, MinAmount: 1000 * money.Som, MaxAmount: 5_000_000 * money.Som, AcceptReversals: true,
		Tariffs:  shopTariffs(),
		Calendar: store.Calendar{Location: tashkent},
		Routing: map[store.Kind]store.System{
			store.Visit: store.Uzum, store.Goods: store.Uzum, store.Prepayment: store.Uzum, store.Counter: store.Uzum,
			store.TopUp: oneClick, store.GiftCard: store.Manual, store.Membership: "",
		},
		Systems: map[store.System]store.Profile{
			store.Uzum:   {Name: lang.Text{EN: "Uzum Bank"}, Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}},
			oneClick:     {Name: lang.Text{EN: "OneClick"}, Can: store.Abilities{Card: true, Deals: true}},
			store.Manual: {Can: store.Abilities{ByHand: true}},
		},
	}
}

// mustNumber is the number of a base that is in range.
func mustNumber(base uint32) store.Number {
	n, err := store.NumberOf(base)
	if err != nil {
		panic(err)
	}
	return n
}

// visit is an open one-time invoice of 130 000 so‘m, made at noon.
func visit() store.Invoice {
	return store.Invoice{
		Number: mustNumber(store.FirstBase), Token: store.Token{1}, Kind: store.Visit, System: store.Uzum, Status: store.Open,
		Amount: 130_000 * money.Som, Customer: store.Customer{Name: "Aziza", Phone: "998901234567"}, CreatedAt: noon, CreatedBy: "malika",
	}
}

// till is an open counter invoice between 2 000 and 900 000 so‘m.
func till() store.Invoice {
	return store.Invoice{
		Number: mustNumber(store.FirstBase + 1), Token: store.Token{2}, Kind: store.Counter, System: store.Uzum, Status: store.Open,
		MinAmount: 2000 * money.Som, MaxAmount: 900_000 * money.Som, CreatedAt: noon, CreatedBy: "malika",
	}
}

// invoiceIn is visit in a status, with what that status brings along.
func invoiceIn(s store.InvoiceStatus) store.Invoice {
	inv := visit()
	inv.Status = s
	if s == store.Paid || s == store.Refunded {
		inv.PaidAt, inv.PaidBy, inv.PaidSystem = noon, bankID, store.Uzum
	}
	if s != store.Open && s != store.Paid {
		inv.ClosedAt = noon
	}
	return inv
}

// The transIds of the bank in the tests.
const (
	bankID  = "8d2b2f0e-7f3b-11ef-9a5c-0242ac120002"
	rivalID = "8d2b2f0f-7f3b-11ef-9a5c-0242ac120002"
)

// created is a transaction for visit that the bank created at noon.
func created() store.Transaction {
	return store.Transaction{
		Seq: 1, TransID: bankID, System: store.Uzum, ServiceID: 498, Number: visit().Number, Amount: visit().Amount,
		Status: store.Created, CreatedAt: noon, Day: noonDay,
	}
}

// rival is another one for the same invoice.
func rival() store.Transaction {
	t := created()
	t.Seq, t.TransID = 2, rivalID
	return t
}

// transactionIn is created in a status, with what that status brings along.
func transactionIn(s store.TransactionStatus) store.Transaction {
	t := created()
	t.Status = s
	switch s {
	case store.Confirmed:
		t.ConfirmedAt, t.ConfirmedDay, t.Source, t.Rate = noon, noonDay, "UZCARD", 100
	case store.Reversed:
		t.ConfirmedAt, t.ConfirmedDay, t.Source, t.Rate = noon, noonDay, "UZCARD", 100
		t.ReversedAt, t.ReversedDay = noon, noonDay
	case store.FailedTx:
		t.Reason, t.FailedAt = store.FailExpired, noon
	}
	return t
}

// confirmation is what the bank says about a transaction of its own.
func confirmation() store.Confirmation {
	return store.Confirmation{System: store.Uzum, TransID: bankID, Source: "UZCARD", Reference: "000000000001", CardType: 2, Phone: "998901234567"}
}

// wantCode fails the test unless err carries the code; empty means no error.
func wantCode(t *testing.T, err error, want store.Code) {
	t.Helper()
	if got := store.CodeOf(err); got != want || (err != nil) != (want != "") {
		t.Fatalf("got %q (%v), want %q", got, err, want)
	}
}

// refusal is the Error in err's chain.
func refusal(t *testing.T, err error) *store.Error {
	t.Helper()
	var e *store.Error
	if !errors.As(err, &e) {
		t.Fatalf("no *store.Error in %v", err)
	}
	return e
}

package store_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tushum/internal/money"
	"tushum/store"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	due := visit()
	due.ExpiresAt = noon.Add(time.Hour)
	elsewhere := visit()
	elsewhere.System = oneClick
	for _, c := range []struct {
		name   string
		inv    store.Invoice
		at     store.Instant
		want   store.Code
		status string
	}{
		{"open", visit(), noon, "", ""},
		{"counter", till(), noon, "", ""},
		{"paid", invoiceIn(store.Paid), noon, store.AlreadyPaid, "paid"},
		{"cancelled", invoiceIn(store.Cancelled), noon, store.InvoiceClosed, "cancelled"},
		{"expired", invoiceIn(store.Expired), noon, store.InvoiceClosed, "expired"},
		{"refunded", invoiceIn(store.Refunded), noon, store.InvoiceClosed, "refunded"},
		{"the last millisecond", due, noon.Add(time.Hour) - 1, "", ""},
		{"expired by the clock", due, noon.Add(time.Hour), store.InvoiceClosed, "expired"},
		{"of another payment system", elsewhere, noon, store.InvoiceNotFound, "open"},
		{"never expires", visit(), noon.Add(10 * 365 * 24 * time.Hour), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := shopRules().Check(c.inv, store.Uzum, c.at)
			wantCode(t, err, c.want)
			if c.want == "" {
				return
			}
			if e := refusal(t, err); e.Status != c.status || e.Number != c.inv.Number {
				t.Errorf("refused with %+v, want status %q and number %s", e, c.status, c.inv.Number)
			}
		})
	}
}

func TestCreateAmounts(t *testing.T) {
	t.Parallel()
	small, large := visit(), visit()
	small.Amount, large.Amount = 500*money.Som, 6_000_000*money.Som
	noLimits := shopRules()
	noLimits.MinAmount, noLimits.MaxAmount = 0, 0
	wide := till()
	wide.MinAmount, wide.MaxAmount = 1, 50_000_000*money.Som
	free := till()
	free.MinAmount, free.MaxAmount = 0, 0
	const trillion = 1_000_000_000_000 * money.Som
	for _, c := range []struct {
		name   string
		rules  store.Rules
		inv    store.Invoice
		amount money.Amount
		want   store.Code
		bound  money.Amount
	}{
		{"exact", shopRules(), visit(), 130_000_00, "", 0},
		{"a tiyin short", shopRules(), visit(), 130_000_00 - 1, store.WrongAmount, 130_000_00},
		{"a tiyin over", shopRules(), visit(), 130_000_00 + 1, store.WrongAmount, 130_000_00},
		{"so‘m for tiyin", shopRules(), visit(), 130_000, store.WrongAmount, 130_000_00},
		{"zero", shopRules(), visit(), 0, store.BelowMinimum, 1000_00},
		{"negative", shopRules(), visit(), -130_000_00, store.BelowMinimum, 1000_00},
		{"zero without limits", noLimits, visit(), 0, store.BelowMinimum, 1},
		{"bounds come before the exact amount", shopRules(), small, 500_00, store.BelowMinimum, 1000_00},
		{"and the upper one too", shopRules(), large, 6_000_000_00, store.AboveMaximum, 5_000_000_00},
		{"wrong and above", shopRules(), visit(), 1<<63 - 1, store.AboveMaximum, 5_000_000_00},
		{"wrong and huge without limits", noLimits, visit(), 1<<63 - 1, store.WrongAmount, 130_000_00},
		{"counter: least", shopRules(), till(), 2000_00, "", 0},
		{"counter: below its least", shopRules(), till(), 2000_00 - 1, store.BelowMinimum, 2000_00},
		{"counter: most", shopRules(), till(), 900_000_00, "", 0},
		{"counter: above its most", shopRules(), till(), 900_000_00 + 1, store.AboveMaximum, 900_000_00},
		{"counter: the shop's least counts too", shopRules(), wide, 1000_00 - 1, store.BelowMinimum, 1000_00},
		{"counter: the shop's most counts too", shopRules(), wide, 5_000_000_00 + 1, store.AboveMaximum, 5_000_000_00},
		{"counter without limits", noLimits, free, 1, "", 0},
		{"counter without limits, more than totals can hold", noLimits, free, trillion + 1, store.AboveMaximum, trillion},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ch, err := c.rules.Create(c.inv, store.Attempt{System: store.Uzum, TransID: bankID, Number: c.inv.Number, Amount: c.amount}, noon)
			wantCode(t, err, c.want)
			if c.want == "" {
				if got := ch.Transactions[0].After.Amount; got != c.amount {
					t.Errorf("created for %d, want %d", got, c.amount)
				}
				return
			}
			if !ch.Empty() {
				t.Errorf("a refused create writes %+v", ch)
			}
			if e := refusal(t, err); e.Got != c.amount || e.Want != c.bound || e.TransID != bankID || e.Number != c.inv.Number {
				t.Errorf("refused with %+v, want got %d want %d", e, c.amount, c.bound)
			}
		})
	}
}

func TestCreateMakesATransactionAndLeavesTheInvoice(t *testing.T) {
	t.Parallel()
	a := store.Attempt{System: store.Uzum, ServiceID: 498, TransID: bankID, Number: visit().Number, Amount: visit().Amount}
	ch, err := shopRules().Create(visit(), a, noon)
	wantCode(t, err, "")
	want := created()
	want.Seq = 0 // the keeper gives it
	wantChange(t, ch, store.Change{At: noon, By: "uzum", Transactions: []store.TransactionChange{
		{Event: store.TransactionCreated, After: want},
	}})
}

// The order of refusals is the Merchant API's: the account's state, the
// bounds, the exact amount.
func TestCreateRefusesAClosedInvoiceBeforeItLooksAtTheAmount(t *testing.T) {
	t.Parallel()
	for status, want := range map[store.InvoiceStatus]store.Code{
		store.Paid: store.AlreadyPaid, store.Cancelled: store.InvoiceClosed, store.Expired: store.InvoiceClosed, store.Refunded: store.InvoiceClosed,
	} {
		_, err := shopRules().Create(invoiceIn(status), store.Attempt{System: store.Uzum, TransID: bankID, Amount: 1}, noon)
		wantCode(t, err, want)
	}
}

func TestConfirmPaysTheInvoiceAndFailsItsRivals(t *testing.T) {
	t.Parallel()
	late := rival()
	late.Seq, late.TransID, late.CreatedAt = 3, "late", noon.Add(-time.Hour)
	inv, tx, other, gone := visit(), created(), rival(), transactionIn(store.FailedTx)
	gone.Seq, gone.TransID = 4, "gone"
	now := noon.Add(time.Minute)
	c := confirmation()
	c.Tariff = "003"
	ch, err := shopRules().Confirm(inv, tx, []store.Transaction{tx, other, late, gone}, c, now)
	wantCode(t, err, "")

	paid, lost, expired, closed := tx, other, late, inv
	paid.Status, paid.ConfirmedAt, paid.ConfirmedDay = store.Confirmed, now, noonDay
	paid.Source, paid.Tariff, paid.Reference, paid.CardType, paid.Phone = "UZCARD", "003", "000000000001", 2, "998901234567"
	paid.Rate = 100
	lost.Status, lost.Reason, lost.FailedAt = store.FailedTx, store.FailRival, now
	expired.Status, expired.Reason, expired.FailedAt = store.FailedTx, store.FailExpired, now
	closed.Status, closed.PaidAt, closed.PaidBy, closed.PaidSystem = store.Paid, now, bankID, store.Uzum
	wantChange(t, ch, store.Change{
		At: now, By: "uzum",
		Transactions: []store.TransactionChange{
			{Event: store.TransactionConfirmed, Before: &tx, After: paid},
			{Event: store.TransactionFailed, Before: &other, After: lost},
			{Event: store.TransactionFailed, Before: &late, After: expired},
		},
		Invoices: []store.InvoiceChange{{Event: store.InvoicePaid, Before: &inv, After: closed}},
	})
}

func TestConfirmOfACounterLeavesInvoiceAndOthersAlone(t *testing.T) {
	t.Parallel()
	ch, err := shopRules().Confirm(till(), created(), []store.Transaction{created(), rival()}, confirmation(), noon)
	wantCode(t, err, "")
	if len(ch.Transactions) != 1 || len(ch.Invoices) != 0 {
		t.Errorf("a counter's confirm writes %+v", ch)
	}
}

func TestConfirmByTheStateOfTheTransaction(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		tx     store.Transaction
		at     store.Instant
		want   store.Code
		writes bool
	}{
		{"at once", created(), noon, "", true},
		{"in the last millisecond", created(), noon.Add(ttl) - 1, "", true},
		{"the limit has passed", created(), noon.Add(ttl), store.NotConfirmable, true},
		{"the clock was set back", created(), noon.Add(-24 * time.Hour), "", true},
		{"confirmed", transactionIn(store.Confirmed), noon, store.AlreadyConfirmed, false},
		{"confirmed, whatever its age", transactionIn(store.Confirmed), noon.Add(100 * ttl), store.AlreadyConfirmed, false},
		{"reversed", transactionIn(store.Reversed), noon, store.NotConfirmable, false},
		{"failed", transactionIn(store.FailedTx), noon, store.NotConfirmable, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ch, err := shopRules().Confirm(visit(), c.tx, []store.Transaction{c.tx}, confirmation(), c.at)
			wantCode(t, err, c.want)
			if ch.Empty() == c.writes {
				t.Fatalf("the change is %+v, want one: %v", ch, c.writes)
			}
			if c.want == "" || !c.writes {
				return
			}
			after := c.tx
			after.Status, after.Reason, after.FailedAt = store.FailedTx, store.FailExpired, c.at
			wantChange(t, ch, store.Change{At: c.at, By: store.ByClock, Transactions: []store.TransactionChange{
				{Event: store.TransactionFailed, Before: &c.tx, After: after},
			}})
		})
	}
}

// The customer has been debited: what closed the invoice after the create
// decides whether the shop can still take the money.
func TestConfirmByTheStateOfTheInvoice(t *testing.T) {
	t.Parallel()
	due := visit()
	due.ExpiresAt = noon
	cancelledTill := till()
	cancelledTill.Status = store.Cancelled
	for _, c := range []struct {
		name string
		inv  store.Invoice
		want store.Code
		why  store.FailReason
	}{
		{"open", visit(), "", ""},
		{"expired by the clock", due, "", ""},
		{"expired", invoiceIn(store.Expired), "", ""},
		{"cancelled", invoiceIn(store.Cancelled), store.NotConfirmable, store.FailCancelled},
		{"counter, cancelled", cancelledTill, store.NotConfirmable, store.FailCancelled},
		{"paid by another", invoiceIn(store.Paid), store.NotConfirmable, store.FailRival},
		{"refunded", invoiceIn(store.Refunded), store.NotConfirmable, store.FailRival},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ch, err := shopRules().Confirm(c.inv, rival(), nil, confirmation(), noon.Add(time.Minute))
			wantCode(t, err, c.want)
			after := ch.Transactions[0].After
			if c.want == "" {
				if got := ch.Invoices[0].After; got.Status != store.Paid || got.ClosedAt != 0 || after.Status != store.Confirmed {
					t.Errorf("leaves invoice %+v and transaction %+v", got, after)
				}
				return
			}
			if after.Status != store.FailedTx || after.Reason != c.why || len(ch.Invoices) != 0 {
				t.Errorf("refused with %+v", ch)
			}
			if e := refusal(t, err); e.Status != "FAILED" || e.TransID != rivalID {
				t.Errorf("says %+v", e)
			}
		})
	}
}

func TestConfirmKeepsWhatTheBankSaysWithinBounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		c      store.Confirmation
		source string
		rate   money.BasisPoints
		check  bool
	}{
		{"a source with a tariff", store.Confirmation{Source: "INSTALLMENT"}, "INSTALLMENT", 500, false},
		{"a source without one", store.Confirmation{Source: "CASHBACK"}, "CASHBACK", store.AssumedRate, true},
		{"no source, no phone", store.Confirmation{}, "", store.AssumedRate, true},
		{"a source as long as a body", store.Confirmation{Source: strings.Repeat("ў", 30_000)}, strings.Repeat("ў", 200), store.AssumedRate, true},
		{"a letter across the bound", store.Confirmation{Source: "x" + strings.Repeat("ў", 300)}, "x" + strings.Repeat("ў", 199), store.AssumedRate, true},
		{"not UTF-8", store.Confirmation{Source: "UZ\xffCARD"}, "UZCARD", 100, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ch, err := shopRules().Confirm(visit(), created(), nil, c.c, noon)
			wantCode(t, err, "")
			got := ch.Transactions[0].After
			if got.Source != c.source || got.Rate != c.rate || got.RateAssumed != c.check || !utf8.ValidString(got.Source) {
				t.Errorf("kept source %q rate %d assumed %v, want %q %d %v", got.Source, got.Rate, got.RateAssumed, c.source, c.rate, c.check)
			}
		})
	}
}

func TestReverseOfAConfirmedPaymentRefundsTheInvoice(t *testing.T) {
	t.Parallel()
	inv, tx := invoiceIn(store.Paid), transactionIn(store.Confirmed)
	now := noon.Add(13 * time.Hour) // past midnight
	ch, err := shopRules().Reverse(inv, tx, now)
	wantCode(t, err, "")
	back, after := tx, inv
	back.Status, back.ReversedAt, back.ReversedDay = store.Reversed, now, noonDay+1
	after.Status, after.ClosedAt = store.Refunded, now
	wantChange(t, ch, store.Change{
		At: now, By: "uzum",
		Transactions: []store.TransactionChange{{Event: store.TransactionReversed, Before: &tx, After: back}},
		Invoices:     []store.InvoiceChange{{Event: store.InvoiceRefunded, Before: &inv, After: after}},
	})
}

func TestReverse(t *testing.T) {
	t.Parallel()
	strict := shopRules()
	strict.AcceptReversals = false
	for _, c := range []struct {
		name   string
		rules  store.Rules
		inv    store.Invoice
		tx     store.Transaction
		at     store.Instant
		want   store.Code
		events string
	}{
		{"confirmed", shopRules(), invoiceIn(store.Paid), transactionIn(store.Confirmed), noon, "", "transaction.reversed invoice.refunded"},
		{"confirmed long ago", shopRules(), invoiceIn(store.Paid), transactionIn(store.Confirmed), noon.Add(100 * ttl), "", "transaction.reversed invoice.refunded"},
		{"confirmed, counter", shopRules(), till(), transactionIn(store.Confirmed), noon, "", "transaction.reversed"},
		{"confirmed, the shop says no", strict, invoiceIn(store.Paid), transactionIn(store.Confirmed), noon, store.NotReversible, ""},
		{"created", shopRules(), visit(), created(), noon, "", "transaction.reversed"},
		{"created, the shop says no: nothing was paid yet", strict, visit(), created(), noon, "", "transaction.reversed"},
		{"created, another one paid", shopRules(), invoiceIn(store.Paid), rival(), noon, "", "transaction.reversed"},
		{"failed", shopRules(), visit(), transactionIn(store.FailedTx), noon, store.NotReversible, ""},
		{"failed by the clock", shopRules(), visit(), created(), noon.Add(ttl), store.NotReversible, "transaction.failed"},
		{"reversed", shopRules(), invoiceIn(store.Refunded), transactionIn(store.Reversed), noon, store.AlreadyReversed, ""},
		{"reversed, the shop says no", strict, invoiceIn(store.Refunded), transactionIn(store.Reversed), noon, store.AlreadyReversed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ch, err := c.rules.Reverse(c.inv, c.tx, c.at)
			wantCode(t, err, c.want)
			if got := eventsOf(ch); got != c.events {
				t.Errorf("events are %q, want %q", got, c.events)
			}
			if c.want == "" {
				return
			}
			if e := refusal(t, err); e.TransID != c.tx.TransID || e.Number != c.tx.Number {
				t.Errorf("refused with %+v", e)
			}
		})
	}
}

func TestExpireTransaction(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		tx   store.Transaction
		at   store.Instant
		want bool
	}{
		{"in time", created(), noon.Add(ttl) - 1, false},
		{"late", created(), noon.Add(ttl), true},
		{"confirmed", transactionIn(store.Confirmed), noon.Add(ttl), false},
		{"reversed", transactionIn(store.Reversed), noon.Add(ttl), false},
		{"failed", transactionIn(store.FailedTx), noon.Add(ttl), false},
	} {
		ch, got := shopRules().ExpireTransaction(c.tx, c.at)
		if got != c.want || ch.Empty() == c.want {
			t.Errorf("%s: expired %v with %+v, want %v", c.name, got, ch, c.want)
		}
		if got && (ch.By != store.ByClock || ch.Transactions[0].After.Reason != store.FailExpired || ch.Transactions[0].After.FailedAt != c.at) {
			t.Errorf("%s: writes %+v", c.name, ch)
		}
	}
}

func TestExpireInvoice(t *testing.T) {
	t.Parallel()
	for _, status := range store.InvoiceStatuses() {
		for _, c := range []struct {
			expires, at store.Instant
			due         bool
		}{{0, noon, false}, {noon, noon - 1, false}, {noon, noon, true}} {
			inv := invoiceIn(status)
			inv.ExpiresAt = c.expires
			want := c.due && status == store.Open
			ch, got := shopRules().ExpireInvoice(inv, c.at)
			if got != want || ch.Empty() == want {
				t.Fatalf("%s until %s at %s: %v %+v", status, c.expires, c.at, got, ch)
			}
			if !got {
				continue
			}
			after := inv
			after.Status, after.ClosedAt = store.Expired, c.at
			wantChange(t, ch, store.Change{At: c.at, By: store.ByClock, Invoices: []store.InvoiceChange{
				{Event: store.InvoiceExpired, Before: &inv, After: after},
			}})
		}
	}
}

func TestLive(t *testing.T) {
	t.Parallel()
	young := rival()
	young.CreatedAt = noon.Add(time.Minute)
	all := []store.Transaction{created(), young, transactionIn(store.Confirmed), transactionIn(store.Reversed), transactionIn(store.FailedTx)}
	for _, c := range []struct {
		at   store.Instant
		want []store.Transaction
	}{
		{noon, []store.Transaction{created(), young}},
		{noon.Add(ttl), []store.Transaction{young}},
		{noon.Add(ttl + time.Minute), nil},
	} {
		if got := shopRules().Live(all, c.at); !reflect.DeepEqual(got, c.want) {
			t.Errorf("live at %s: %+v, want %+v", c.at, got, c.want)
		}
	}
}

// wantChange compares changes by what they would write.
func wantChange(t *testing.T, got, want store.Change) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("the change is\n%+v\nwant\n%+v", spelled(got), spelled(want))
	}
}

// spelled follows the pointers of a change, for reading.
func spelled(ch store.Change) []any {
	out := []any{ch.At, ch.By}
	for _, c := range ch.Transactions {
		if c.Before != nil {
			out = append(out, *c.Before)
		}
		out = append(out, c.Event, c.After)
	}
	for _, c := range ch.Invoices {
		if c.Before != nil {
			out = append(out, *c.Before)
		}
		out = append(out, c.Event, c.After)
	}
	return out
}

// eventsOf lists what a change announces, in order.
func eventsOf(ch store.Change) string {
	var types []string
	for _, c := range ch.Transactions {
		types = append(types, string(c.Event))
	}
	for _, c := range ch.Invoices {
		types = append(types, string(c.Event))
	}
	return strings.Join(types, " ")
}

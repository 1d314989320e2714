package store_test

import (
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// discounted is visit with a line, of which a part is off and a part was paid before.
func discounted() store.Invoice {
	inv := visit()
	inv.Lines = []store.Line{{Name: "Soch bo‘yash", Quantity: 2, Price: 100_000_00}}
	inv.Discount, inv.Prepaid = 20_000_00, 50_000_00
	return inv
}

// asDiscounted is an invoice with the amounts of discounted.
func asDiscounted(inv store.Invoice) store.Invoice {
	d := discounted()
	inv.Lines, inv.Discount, inv.Prepaid = d.Lines, d.Discount, d.Prepaid
	return inv
}

func TestBill(t *testing.T) {
	t.Parallel()
	passed, soon := discounted(), discounted()
	passed.ExpiresAt, soon.ExpiresAt = noon, noon+1
	byHand := asDiscounted(invoiceIn(store.Paid))
	byHand.PaidSystem = store.Manual
	cash := transactionIn(store.Confirmed)
	cash.System = store.Manual
	cashOnly := discounted()
	cashOnly.System = store.Manual
	ch, err := shopRules().Reopen(asDiscounted(invoiceIn(store.Refunded)), "malika", "", 0, noon)
	wantCode(t, err, "")
	reopened := ch.Invoices[0].After // nobody has paid it now
	late := rival()
	late.CreatedAt = noon.Add(-ttl)
	const due, total = 130_000_00, 180_000_00
	type ts = []store.Transaction
	for _, c := range []struct {
		name       string
		inv        store.Invoice
		ts         ts
		state      store.BillState
		due        money.Amount
		isPayable  bool
		connection store.ConnectionState
	}{
		{name: "open", inv: discounted(), state: store.BillReady, due: due, isPayable: true},
		{name: "open until a moment to come", inv: soon, state: store.BillReady, due: due, isPayable: true},
		{name: "being paid by two", inv: discounted(), ts: ts{rival(), created()}, state: store.BillPaying, due: due, isPayable: true},
		{name: "an attempt that came too late", inv: discounted(), ts: ts{late}, state: store.BillReady, due: due, isPayable: true},
		{name: "attempts that failed and were reversed", inv: discounted(), ts: ts{transactionIn(store.FailedTx), transactionIn(store.Reversed)}, state: store.BillReady, due: due, isPayable: true},
		{name: "paid", inv: asDiscounted(invoiceIn(store.Paid)), ts: ts{rival(), transactionIn(store.Confirmed)}, state: store.BillPaid},
		{name: "paid, by whom is of no interest", inv: asDiscounted(invoiceIn(store.Paid)), state: store.BillPaid},
		{name: "paid by hand", inv: byHand, ts: ts{transactionIn(store.Confirmed), cash}, state: store.BillPaid},
		{name: "cancelled", inv: asDiscounted(invoiceIn(store.Cancelled)), ts: ts{transactionIn(store.FailedTx)}, state: store.BillCancelled},
		{name: "cancelled, and one is left", inv: asDiscounted(invoiceIn(store.Cancelled)), ts: ts{created()}, state: store.BillCancelled},
		{name: "expired", inv: asDiscounted(invoiceIn(store.Expired)), state: store.BillExpired},
		{name: "expired by the clock", inv: passed, ts: ts{late}, state: store.BillExpired},
		{name: "expired, with one that may still pay", inv: passed, ts: ts{created()}, state: store.BillPaying, due: due},
		{name: "written down as expired, with one that may still pay", inv: asDiscounted(invoiceIn(store.Expired)), ts: ts{created()}, state: store.BillPaying, due: due},
		{name: "refunded", inv: asDiscounted(invoiceIn(store.Refunded)), ts: ts{transactionIn(store.Reversed)}, state: store.BillRefunded},
		{name: "open again after a refund", inv: reopened, ts: ts{transactionIn(store.Reversed)}, state: store.BillReady, due: due, isPayable: true},
		{name: "paid at the desk only", inv: cashOnly, state: store.BillReady, due: due},
		{name: "its payment system is paused", inv: discounted(), connection: store.Paused, state: store.BillReady, due: due},
		{name: "its payment system is paused while it is paid", inv: discounted(), ts: ts{created()}, connection: store.Paused, state: store.BillPaying, due: due},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rules := shopRules()
			if c.connection != "" {
				rules.Systems = map[store.System]store.Profile{store.Uzum: {State: c.connection, Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}}}
			}
			b := rules.Bill(c.inv, c.ts, nil, noon)
			if b.State != c.state || b.Total != total || b.Due != c.due {
				t.Errorf("it is %s: of %d due %d; want %s, due %d", b.State, b.Total, b.Due, c.state, c.due)
			}
			if b.Payable() != c.isPayable || b.Invoice.Number != c.inv.Number || b.Least != 0 || b.Most != 0 {
				t.Errorf("payable %v, from %d to %d, want %v", b.Payable(), b.Least, b.Most, c.isPayable)
			}
		})
	}
}

func TestBillOfACounter(t *testing.T) {
	t.Parallel()
	expired, cancelled := till(), till()
	expired.ExpiresAt = noon
	cancelled.Status = store.Cancelled
	payment := created()
	payment.Number = till().Number
	for _, c := range []struct {
		name    string
		inv     store.Invoice
		state   store.BillState
		payable bool
	}{
		{"open, being paid by somebody", till(), store.BillReady, true},
		{"expired, being paid by somebody", expired, store.BillExpired, false},
		{"cancelled", cancelled, store.BillCancelled, false},
	} {
		b := shopRules().Bill(c.inv, []store.Transaction{payment}, nil, noon)
		if b.State != c.state || b.Payable() != c.payable || b.Total != 0 || b.Due != 0 {
			t.Errorf("%s: %+v", c.name, b)
		}
		if b.Least != 2000_00 || b.Most != 900_000_00 {
			t.Errorf("%s: from %d to %d", c.name, b.Least, b.Most)
		}
	}
}

func TestBoundsAndCheckAmount(t *testing.T) {
	t.Parallel()
	limited, free := shopRules(), shopRules()
	free.MinAmount, free.MaxAmount = 0, 0
	own, wide, open := till(), till(), till()
	wide.MinAmount, wide.MaxAmount = 1, 50_000_000_00
	open.MinAmount, open.MaxAmount = 0, 0
	const ceiling = 1_000_000_000_000 * money.Som
	for _, c := range []struct {
		name        string
		rules       store.Rules
		inv         store.Invoice
		least, most money.Amount
	}{
		{"its own, within the shop's", limited, own, 2000_00, 900_000_00},
		{"its own, beyond the shop's", limited, wide, 1000_00, 5_000_000_00},
		{"the shop's", limited, open, 1000_00, 5_000_000_00},
		{"its own, where the shop has none", free, own, 2000_00, 900_000_00},
		{"none at all", free, open, 1, ceiling},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if least, most := c.rules.Bounds(c.inv); least != c.least || most != c.most {
				t.Fatalf("from %d to %d, want %d to %d", least, most, c.least, c.most)
			}
			b := c.rules.Bill(c.inv, nil, nil, noon)
			if isSet := c.most != ceiling; b.Least != c.least || (b.Most == c.most) != isSet || (b.Most == 0) == isSet {
				t.Errorf("the bill says from %d to %d", b.Least, b.Most) // the ledger's own bound is nobody's limit
			}
			for amount, want := range map[money.Amount]store.Code{
				c.least - 1: store.BelowMinimum, c.least: "", c.most: "", c.most + 1: store.AboveMaximum,
				0: store.BelowMinimum, -1: store.BelowMinimum, 1<<63 - 1: store.AboveMaximum,
			} {
				err := b.CheckAmount(amount)
				wantCode(t, err, want)
				_, bank := c.rules.Create(c.inv, store.Attempt{System: store.Uzum, TransID: bankID, Number: c.inv.Number, Amount: amount}, noon)
				wantCode(t, bank, want) // the page and the bank's answer agree
				if want != "" && (refusal(t, err).Number != c.inv.Number || refusal(t, err).Got != amount || refusal(t, err).Want != refusal(t, bank).Want) {
					t.Errorf("%d is refused with %+v", amount, refusal(t, err))
				}
			}
		})
	}
	least, most := limited.Bounds(visit())
	if least != 1000_00 || most != 5_000_000_00 {
		t.Errorf("a one-time invoice may be from %d to %d", least, most)
	}
	if _, most := free.Bounds(visit()); most != 0 {
		t.Errorf("without limits a one-time invoice may be %d at most, want none", most)
	}
}

// Whoever could pay when the page was drawn is not refused by the bank a moment
// later, and nobody is sent to the bank in vain.
func TestABillIsPayableWhenTheBankMayCreate(t *testing.T) {
	t.Parallel()
	for _, s := range store.InvoiceStatuses() {
		for _, expires := range []store.Instant{0, noon, noon.Add(time.Hour)} {
			for _, ts := range [][]store.Transaction{nil, {created()}, {created(), rival()}} {
				inv := asDiscounted(invoiceIn(s))
				inv.ExpiresAt = expires
				b := shopRules().Bill(inv, ts, nil, noon)
				_, err := shopRules().Create(inv, store.Attempt{System: store.Uzum, TransID: "new", Number: inv.Number, Amount: inv.Amount}, noon)
				if b.Payable() != (err == nil) || b.Payable() && b.Due != inv.Amount {
					t.Errorf("%s until %d with %d attempts: the page says %v, %d due, and the bank is answered %v", s, expires, len(ts), b.Payable(), b.Due, err)
				}
			}
		}
	}
}

// Staff may take another sum for an invoice than it asks for: what came is what its
// customer is told.
func TestABillTellsWhatCame(t *testing.T) {
	t.Parallel()
	inv := visit()
	inv.System, inv.Status, inv.PaidBy, inv.PaidSystem = oneClick, store.Paid, "d1", oneClick
	less := inv.Amount - 5000*money.Som
	booked := dealMoney(less)
	booked.TransID = "d1"
	rival := dealMoney(1000 * money.Som)
	d := store.Deal{System: oneClick, Number: inv.Number, Amount: inv.Amount, State: store.DealCompleted, ID: "d1", TransID: "d1", Payments: 1, Told: less}
	disputed, refunded := d, d
	disputed.State, disputed.Told = store.DealDisputed, inv.Amount
	refunded.State, refunded.TransID, refunded.Told = store.DealRefunded, "", inv.Amount
	back, elsewhere, namesake := inv, inv, booked
	back.Status, elsewhere.PaidBy, namesake.System = store.Refunded, "d2", store.Uzum
	for name, c := range map[string]struct {
		inv  store.Invoice
		deal store.Deal
		txs  []store.Transaction
		came money.Amount
	}{
		"another sum that staff took":           {inv, d, []store.Transaction{rival, booked}, less},
		"while a dispute names the full one":    {inv, disputed, []store.Transaction{booked}, less},
		"and it went back":                      {back, refunded, []store.Transaction{booked}, less},
		"by another payment":                    {elsewhere, d, []store.Transaction{booked}, inv.Amount},
		"by a payment of another system's name": {inv, d, []store.Transaction{namesake}, inv.Amount},
	} {
		b := shopRules().Bill(c.inv, c.txs, []store.Deal{c.deal}, noon)
		if b.Came != c.came || b.OtherCame() != (c.inv.Status == store.Paid && c.came == less) {
			t.Errorf("%s: %d came of %d, another: %v", name, b.Came, inv.Amount, b.OtherCame())
		}
	}
	full := dealMoney(inv.Amount)
	full.TransID = "d1"
	disputed.Told = less
	if b := shopRules().Bill(inv, []store.Transaction{full}, []store.Deal{disputed}, noon); b.Came != inv.Amount || b.OtherCame() {
		t.Errorf("%d came where a dispute names %d and %d is booked", b.Came, less, inv.Amount)
	}
}

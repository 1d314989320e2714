package store_test

import (
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// draft is what visit was written as.
func draft() store.Draft {
	return store.Draft{
		Kind: store.Visit, Amount: 130_000 * money.Som,
		Customer: store.Customer{Name: "Aziza", Phone: "998901234567"}, By: "malika",
	}
}

func TestIssue(t *testing.T) {
	t.Parallel()
	d := draft()
	d.Amount = 0
	d.Lines = []store.Line{{Name: "Soch olish", Quantity: 2, Price: 50_000 * money.Som}, {Name: "Sovg‘a", Quantity: 1, Price: 0}, {Name: "Bo‘yoq", Quantity: 3, Price: 10_000_00}}
	d.Specialist, d.Note, d.AppointmentAt, d.ExpiresAt = "Dilnoza", "ikkinchi qavat", noon.Add(48*time.Hour), noon.Add(24*time.Hour)
	ch, err := shopRules().Issue(d, visit().Number, visit().Token, noon)
	wantCode(t, err, "")
	want := visit()
	want.Lines = []store.Line{{Name: "Soch olish", Quantity: 2, Price: 50_000_00}, {Name: "Sovg‘a", Quantity: 1}, {Name: "Bo‘yoq", Quantity: 3, Price: 10_000_00}}
	want.Specialist, want.Note, want.AppointmentAt, want.ExpiresAt = "Dilnoza", "ikkinchi qavat", noon.Add(48*time.Hour), noon.Add(24*time.Hour)
	d.Lines[0].Price = 1 // the draft stays the caller's
	wantChange(t, ch, store.Change{At: noon, By: "malika", Invoices: []store.InvoiceChange{{Event: store.InvoiceCreated, After: want}}})
}

// cut is a draft with a line of 200 000 so‘m and something off it.
func cut(amount, discount, prepaid money.Amount) store.Draft {
	d := draft()
	d.Amount, d.Discount, d.Prepaid = amount, discount, prepaid
	d.Lines = []store.Line{{Name: "Soch bo‘yash", Quantity: 2, Price: 100_000_00}}
	return d
}

func TestIssueTakesOffDiscountAndPrepayment(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		d    store.Draft
		want money.Amount
	}{
		{"both, the amount left to the rules", cut(0, 20_000_00, 50_000_00), 130_000_00},
		{"both, and the amount", cut(130_000_00, 20_000_00, 50_000_00), 130_000_00},
		{"a discount", cut(0, 20_000_00, 0), 180_000_00},
		{"a prepayment", cut(0, 0, 50_000_00), 150_000_00},
		{"all but the least", cut(0, 100_000_00, 99_000_00), 1000_00},
		{"neither", cut(0, 0, 0), 200_000_00},
		{"no lines to take it off", store.Draft{Kind: store.Visit, Amount: 5000_00, Discount: 1000_00, Prepaid: 2000_00}, 5000_00},
		{"more off than is due, and no lines", store.Draft{Kind: store.Visit, Amount: 5000_00, Prepaid: 9_000_000_00}, 5000_00},
	} {
		ch, err := shopRules().Issue(c.d, visit().Number, visit().Token, noon)
		wantCode(t, err, "")
		inv := ch.Invoices[0].After
		if inv.Amount != c.want || inv.Discount != c.d.Discount || inv.Prepaid != c.d.Prepaid {
			t.Errorf("%s: %d is due, %d off and %d paid before; want %d", c.name, inv.Amount, inv.Discount, inv.Prepaid, c.want)
		}
		if err := inv.Audit(nil); err != nil {
			t.Errorf("%s: the audit finds that %v", c.name, err)
		}
		b := shopRules().Bill(inv, nil, nil, noon)
		if b.Due != c.want || b.Total != c.want+c.d.Prepaid {
			t.Errorf("%s: the bill is %+v", c.name, b)
		}
	}
}

func TestIssueRefusesWhatDoesNotComeOff(t *testing.T) {
	t.Parallel()
	const most = 1<<63 - 1
	counter := func(discount, prepaid money.Amount) store.Draft {
		return store.Draft{Kind: store.Counter, Discount: discount, Prepaid: prepaid}
	}
	alone := func(amount, discount, prepaid money.Amount) store.Draft {
		d := cut(amount, discount, prepaid)
		d.Lines = nil
		return d
	}
	for _, c := range []struct {
		name string
		d    store.Draft
		says string
	}{
		{"negative discount", cut(0, -1, 0), "an amount is never negative"},
		{"negative prepayment", cut(0, 0, -1), "an amount is never negative"},
		{"negative, as far as can be", cut(0, -most-1, -most-1), "an amount is never negative"},
		{"negative, with nothing else", alone(5000_00, 0, -1), "an amount is never negative"},
		{"a discount of all", cut(0, 200_000_00, 0), "200\u00a0000\u00a0UZS"},
		{"all was paid before", cut(0, 0, 200_000_00), "200\u00a0000\u00a0UZS"},
		{"more than all", cut(0, 150_000_00, 150_000_00), "300\u00a0000\u00a0UZS"},
		{"less than the least is left", cut(0, 199_500_00, 0), "500\u00a0UZS is below the minimum"},
		{"the amount is the sum of the lines", cut(200_000_00, 20_000_00, 0), "220\u00a0000\u00a0UZS"},
		{"the amount is less than is left", cut(100_000_00, 20_000_00, 50_000_00), "170\u00a0000\u00a0UZS"},
		{"nothing due and no lines", alone(0, 1, 1), "nothing is left to pay"},
		{"a discount that overflows", cut(0, most, 1), "is above the maximum of 1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0UZS"},
		{"two that overflow", cut(0, most, most), "is above the maximum of 1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0UZS"},
		{"two that overflow, and an amount", cut(200_000_02, most, most), "is above the maximum of 1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0UZS"},
		{"a prepayment that overflows, and no lines", alone(5000_00, 0, most), "is above the maximum of 1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0UZS"},
		{"an amount and a discount that overflow, and no lines", alone(most, 100, 0), "is above the maximum of 5\u00a0000\u00a0000\u00a0UZS"},
		{"a counter with a discount", counter(1, 0), "a counter invoice has an open amount"},
		{"a counter with a prepayment", counter(0, 1), "a counter invoice has an open amount"},
		{"a counter with a negative discount", counter(-1, 0), "a counter invoice has an open amount"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantRefusedDraft(t, shopRules(), c.d, c.says)
		})
	}
}

func TestIssueRoutesByKind(t *testing.T) {
	t.Parallel()
	for kind, want := range map[store.Kind]store.System{
		store.Visit: store.Uzum, store.TopUp: oneClick, store.GiftCard: store.Manual, store.Membership: "", "lottery": "", "": "",
	} {
		d := draft()
		d.Kind = kind
		ch, err := shopRules().Issue(d, visit().Number, visit().Token, noon)
		if want == "" {
			wantCode(t, err, store.Invalid)
			continue
		}
		wantCode(t, err, "")
		if got := ch.Invoices[0].After; got.System != want || got.PaymentSystem() != want {
			t.Errorf("%s goes to %s, want %s", kind, got.System, want)
		}
	}
}

// A draft of each sort is changed in one point; says is what the refusal must tell.
func TestIssueRefusesDrafts(t *testing.T) {
	t.Parallel()
	line := func(name string, quantity int64, price money.Amount) func(*store.Draft) {
		return func(d *store.Draft) { d.Lines = []store.Line{{Name: name, Quantity: quantity, Price: price}} }
	}
	for _, c := range []struct {
		name string
		edit func(*store.Draft)
		says string
	}{
		{"no amount", func(d *store.Draft) { d.Amount = 0 }, "needs an amount or lines"},
		{"negative", func(d *store.Draft) { d.Amount = -1 }, "below the minimum of 1\u00a0000\u00a0UZS"},
		{"below the minimum", func(d *store.Draft) { d.Amount = 1000_00 - 1 }, "999,99\u00a0UZS is below the minimum of 1\u00a0000\u00a0UZS"},
		{"above the maximum", func(d *store.Draft) { d.Amount = 5_000_000_00 + 1 }, "above the maximum of 5\u00a0000\u00a0000\u00a0UZS"},
		{"lines differ", line("Soch olish", 1, 100_000_00), "the lines add up to 100\u00a0000\u00a0UZS, the amount is 130\u00a0000\u00a0UZS"},
		{"line without a name", line(" ", 1, 130_000_00), "line 1 needs a name"},
		{"no quantity", line("Soch olish", 0, 130_000_00), "line 1 needs a name, a quantity from 1 to 1000000"},
		{"a quantity too large", line("Soch olish", 1_000_001, 1), "line 1 needs a name"},
		{"negative price", line("Chegirma", 1, -1), "a price that is not negative"},
		{"line overflows", line("Soch olish", 1_000_000, 1<<62), "line 1 costs too much"},
		{"sum overflows", func(d *store.Draft) {
			d.Lines = []store.Line{{Name: "a", Quantity: 1, Price: 1<<63 - 1}, {Name: "b", Quantity: 1, Price: 1}}
		}, "the lines cost too much together"},
		{"line name too long", line(strings.Repeat("a", 401), 1, 130_000_00), "the line's name is too long: at most 400 bytes"},
		{"line name not UTF-8", line("\xff", 1, 130_000_00), "the line's name is not UTF-8 text"},
		{"too many lines", func(d *store.Draft) { d.Lines = make([]store.Line, 101) }, "at most 100 lines"},
		{"expires now", func(d *store.Draft) { d.ExpiresAt = noon }, "the expiry is in the past"},
		{"expired before 1970", func(d *store.Draft) { d.ExpiresAt = -1 }, "the expiry is in the past"},
		{"a least amount", func(d *store.Draft) { d.MinAmount = 1 }, "only a counter invoice has a least"},
		{"a greatest amount", func(d *store.Draft) { d.MaxAmount = 1 }, "only a counter invoice has a least"},
		{"customer's name too long", func(d *store.Draft) { d.Customer.Name = strings.Repeat("a", 401) }, "the customer's name is too long"},
		{"specialist too long", func(d *store.Draft) { d.Specialist = strings.Repeat("a", 401) }, "the specialist is too long"},
		{"note too long", func(d *store.Draft) { d.Note = strings.Repeat("a", 4001) }, "the note is too long: at most 4000 bytes"},
		{"author not UTF-8", func(d *store.Draft) { d.By = "\xff" }, "the author is not UTF-8 text"},
		{"phone as typed", func(d *store.Draft) { d.Customer.Phone = "+998 90 123-45-67" }, "a phone is 998 and nine digits"},
		{"phone of elsewhere", func(d *store.Draft) { d.Customer.Phone = "79161234567" }, "a phone is 998 and nine digits"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := draft()
			c.edit(&d)
			wantRefusedDraft(t, shopRules(), d, c.says)
		})
	}
}

func TestIssueWithoutLimits(t *testing.T) {
	t.Parallel()
	rules := shopRules()
	rules.MinAmount, rules.MaxAmount = 0, 0
	d := draft()
	d.Amount = 1
	_, err := rules.Issue(d, visit().Number, visit().Token, noon)
	wantCode(t, err, "")
	d.Amount = 1_000_000_000_000 * money.Som
	_, err = rules.Issue(d, visit().Number, visit().Token, noon)
	wantCode(t, err, "")
	d.Amount++
	wantRefusedDraft(t, rules, d, "is above the maximum of 1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0UZS")
}

func TestIssueCounter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		d    store.Draft
		says string
	}{
		{"open", store.Draft{}, ""},
		{"with bounds", store.Draft{MinAmount: 2000_00, MaxAmount: 900_000_00}, ""},
		{"one amount only", store.Draft{MinAmount: 2000_00, MaxAmount: 2000_00}, ""},
		{"with an amount", store.Draft{Amount: 2000_00}, "a counter invoice has an open amount"},
		{"with lines", store.Draft{Lines: []store.Line{{Name: "Choy", Quantity: 1, Price: 100}}}, "a counter invoice has an open amount"},
		{"negative least", store.Draft{MinAmount: -1}, "an amount is never negative"},
		{"negative greatest", store.Draft{MaxAmount: -1}, "an amount is never negative"},
		{"least above greatest", store.Draft{MinAmount: 3000_00, MaxAmount: 2000_00}, "the least amount 3\u00a0000\u00a0UZS is above the greatest 2\u00a0000\u00a0UZS"},
		{"least above the shop's greatest", store.Draft{MinAmount: 6_000_000_00}, "is above the greatest 5\u00a0000\u00a0000\u00a0UZS"},
		{"greatest below the shop's least", store.Draft{MaxAmount: 500_00}, "the least amount 1\u00a0000\u00a0UZS is above"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.d.Kind = store.Counter
			if c.says != "" {
				wantRefusedDraft(t, shopRules(), c.d, c.says)
				return
			}
			ch, err := shopRules().Issue(c.d, till().Number, till().Token, noon)
			wantCode(t, err, "")
			if inv := ch.Invoices[0].After; !inv.Reusable() || inv.Amount != 0 || inv.MinAmount != c.d.MinAmount || inv.MaxAmount != c.d.MaxAmount {
				t.Errorf("issued %+v", inv)
			}
		})
	}
}

func wantRefusedDraft(t *testing.T, rules store.Rules, d store.Draft, says string) {
	t.Helper()
	ch, err := rules.Issue(d, visit().Number, visit().Token, noon)
	wantCode(t, err, store.Invalid)
	if !ch.Empty() {
		t.Errorf("a refused draft writes %+v", ch)
	}
	e := refusal(t, err)
	if got := e.Message(lang.EN); !strings.Contains(got, says) {
		t.Errorf("says %q, want %q in it", got, says)
	}
	for _, l := range lang.All {
		if strings.Contains(e.Message(l), "%!") || strings.ContainsAny(e.Message(l), "{}") {
			t.Errorf("%s: %q is not filled in", l, e.Message(l))
		}
	}
}

// Which changes by staff each status of an invoice allows.
func TestWhatStaffMayDo(t *testing.T) {
	t.Parallel()
	due := visit()
	due.ExpiresAt = noon
	later := noon.Add(time.Hour)
	type codes struct{ cancel, reopen, extend, markPaid store.Code }
	no, paid := store.NotAllowed, store.AlreadyPaid
	for _, c := range []struct {
		name string
		inv  store.Invoice
		want codes
	}{
		{"open", visit(), codes{"", no, "", ""}},
		{"counter", till(), codes{"", no, "", no}},
		{"paid", invoiceIn(store.Paid), codes{paid, paid, paid, paid}},
		{"cancelled", invoiceIn(store.Cancelled), codes{no, no, no, no}},
		{"expired", invoiceIn(store.Expired), codes{no, "", "", ""}},
		{"expired by the clock", due, codes{no, "", "", ""}},
		{"refunded", invoiceIn(store.Refunded), codes{no, "", no, no}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := shopRules()
			for action, a := range map[string]struct {
				run  func() (store.Change, error)
				want store.Code
			}{
				"cancel":    {func() (store.Change, error) { return r.Cancel(c.inv, nil, store.CancelOrder{By: "malika"}, noon) }, c.want.cancel},
				"reopen":    {func() (store.Change, error) { return r.Reopen(c.inv, "malika", "", later, noon) }, c.want.reopen},
				"extend":    {func() (store.Change, error) { return r.Extend(c.inv, "malika", "", later, noon) }, c.want.extend},
				"mark paid": {func() (store.Change, error) { return r.MarkPaid(c.inv, nil, cash(), "m-1", noon) }, c.want.markPaid},
			} {
				ch, err := a.run()
				if store.CodeOf(err) != a.want || ch.Empty() != (a.want != "") {
					t.Errorf("%s: %v, want %q; writes %q", action, err, a.want, eventsOf(ch))
				}
				if a.want != "" && refusal(t, err).Status != c.inv.StatusAt(noon).String() {
					t.Errorf("%s: the refusal names status %q", action, refusal(t, err).Status)
				}
			}
		})
	}
}

func cash() store.ManualPayment {
	return store.ManualPayment{Number: visit().Number, By: "malika", Reason: "naqd to‘ladi", Source: "CASH"}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	old := rival()
	old.CreatedAt = noon.Add(-time.Hour)
	inv, tx := visit(), created()
	now := noon.Add(time.Minute)

	_, err := shopRules().Cancel(inv, []store.Transaction{old, tx}, store.CancelOrder{By: "malika"}, now)
	wantCode(t, err, store.PaymentInFlight)
	if e := refusal(t, err); e.TransID != tx.TransID || e.Number != inv.Number {
		t.Errorf("refused for %+v, want the transaction that is live", e)
	}

	closed, lost, expired := inv, tx, old
	closed.Status, closed.ClosedAt, closed.Reason = store.Cancelled, now, "mijoz kelmadi"
	lost.Status, lost.Reason, lost.FailedAt = store.FailedTx, store.FailCancelled, now
	expired.Status, expired.Reason, expired.FailedAt = store.FailedTx, store.FailExpired, now
	ch, err := shopRules().Cancel(inv, []store.Transaction{old, tx, transactionIn(store.Confirmed)}, store.CancelOrder{By: "malika", Reason: "mijoz kelmadi", Force: true}, now)
	wantCode(t, err, "")
	wantChange(t, ch, store.Change{
		At: now, By: "malika",
		Transactions: []store.TransactionChange{
			{Event: store.TransactionFailed, Before: &old, After: expired}, {Event: store.TransactionFailed, Before: &tx, After: lost},
		},
		Invoices: []store.InvoiceChange{{Event: store.InvoiceCancelled, Before: &inv, After: closed}},
	})
}

// What only the clock calls FAILED needs no force, and is written down: the
// clock may be set back.
func TestCancelWritesDownWhatTheClockHasDecided(t *testing.T) {
	t.Parallel()
	ch, err := shopRules().Cancel(visit(), []store.Transaction{created()}, store.CancelOrder{By: "malika"}, noon.Add(ttl))
	wantCode(t, err, "")
	if got := eventsOf(ch); got != "transaction.failed invoice.cancelled" {
		t.Errorf("events are %q", got)
	}
	if got := ch.Transactions[0].After.Reason; got != store.FailExpired {
		t.Errorf("failed for %q", got)
	}
}

func TestReopenForgetsThePayment(t *testing.T) {
	t.Parallel()
	inv := invoiceIn(store.Refunded)
	later := noon.Add(time.Hour)
	want := visit()
	want.ExpiresAt, want.Reason = later, "qayta keldi"
	ch, err := shopRules().Reopen(inv, "malika", "qayta keldi", later, noon)
	wantCode(t, err, "")
	wantChange(t, ch, store.Change{At: noon, By: "malika", Invoices: []store.InvoiceChange{
		{Event: store.InvoiceReopened, Before: &inv, After: want},
	}})
}

func TestExtendMakesAnExpiredInvoiceOpen(t *testing.T) {
	t.Parallel()
	inv := invoiceIn(store.Expired)
	inv.ExpiresAt = noon
	ch, err := shopRules().Extend(inv, "malika", "", 0, noon)
	wantCode(t, err, "")
	wantChange(t, ch, store.Change{At: noon, By: "malika", Invoices: []store.InvoiceChange{
		{Event: store.InvoiceExtended, Before: &inv, After: visit()},
	}})
}

func TestMarkPaid(t *testing.T) {
	t.Parallel()
	inv, tx := visit(), created()
	inv.ExpiresAt = noon.Add(time.Second) // and so expired by now
	now := noon.Add(time.Minute)
	p := cash()

	_, err := shopRules().MarkPaid(inv, []store.Transaction{tx}, p, "m-1", now)
	wantCode(t, err, store.PaymentInFlight)

	p.Force = true
	money := store.Transaction{
		TransID: "m-1", System: store.Manual, Number: inv.Number, Amount: inv.Amount, Status: store.Confirmed,
		CreatedAt: now, ConfirmedAt: now, Day: noonDay, ConfirmedDay: noonDay, Source: "CASH",
	}
	lost, closed := tx, inv
	lost.Status, lost.Reason, lost.FailedAt = store.FailedTx, store.FailRival, now
	closed.Status, closed.PaidAt, closed.PaidBy, closed.PaidSystem, closed.Reason = store.Paid, now, "m-1", store.Manual, p.Reason
	ch, err := shopRules().MarkPaid(inv, []store.Transaction{tx}, p, "m-1", now)
	wantCode(t, err, "")
	wantChange(t, ch, store.Change{
		At: now, By: "malika",
		Transactions: []store.TransactionChange{
			{Event: store.TransactionConfirmed, After: money}, {Event: store.TransactionFailed, Before: &tx, After: lost},
		},
		Invoices: []store.InvoiceChange{{Event: store.InvoicePaid, Before: &inv, After: closed}},
	})
	if paid := ch.Invoices[0].After; paid.PaymentSystem() != store.Manual || shopRules().Check(paid, store.Uzum, now) == nil {
		t.Error("the bank must be told that the invoice is paid")
	}
	if money.Fee() != 0 || money.Net() != inv.Amount {
		t.Error("money taken by hand costs nothing")
	}
}

func TestStaffMustSayWhoAndWhy(t *testing.T) {
	t.Parallel()
	r, long := shopRules(), strings.Repeat("a", 4001)
	later := noon.Add(time.Hour)
	for name, run := range map[string]func() (store.Change, error){
		"cancel, reason too long": func() (store.Change, error) {
			return r.Cancel(visit(), nil, store.CancelOrder{Reason: long}, noon)
		},
		"cancel, author not UTF-8": func() (store.Change, error) {
			return r.Cancel(visit(), nil, store.CancelOrder{By: "\xff"}, noon)
		},
		"reopen, reason too long": func() (store.Change, error) {
			return r.Reopen(invoiceIn(store.Expired), "malika", long, later, noon)
		},
		"reopen until now": func() (store.Change, error) {
			return r.Reopen(invoiceIn(store.Expired), "malika", "", noon, noon)
		},
		"extend, author too long":  func() (store.Change, error) { return r.Extend(visit(), long, "", later, noon) },
		"extend into the past":     func() (store.Change, error) { return r.Extend(visit(), "malika", "", noon-1, noon) },
		"extend, reason not UTF-8": func() (store.Change, error) { return r.Extend(visit(), "malika", "\xff", later, noon) },
		"mark paid without reason": func() (store.Change, error) {
			return r.MarkPaid(visit(), nil, store.ManualPayment{Source: "CASH", Reason: " \t"}, "m-1", noon)
		},
		"mark paid, reason too long": func() (store.Change, error) {
			return r.MarkPaid(visit(), nil, store.ManualPayment{Source: "CASH", Reason: long}, "m-1", noon)
		},
		"mark paid by a source of the bank": func() (store.Change, error) {
			return r.MarkPaid(visit(), nil, store.ManualPayment{Source: "UZCARD", Reason: "?"}, "m-1", noon)
		},
		"mark paid by no source": func() (store.Change, error) {
			return r.MarkPaid(visit(), nil, store.ManualPayment{Reason: "?"}, "m-1", noon)
		},
	} {
		ch, err := run()
		if store.CodeOf(err) != store.Invalid || !ch.Empty() {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, source := range store.ManualSources() {
		_, err := r.MarkPaid(visit(), nil, store.ManualPayment{Source: source, Reason: "?"}, "m-1", noon)
		wantCode(t, err, "")
	}
}

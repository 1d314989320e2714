package store_test

import (
	"slices"

	"tushum/store"
)

// issue is the model's own way from a draft to an invoice.
func (o *oracle) issue(number string, d store.Draft) string {
	if d.ExpiresAt != 0 && int64(d.ExpiresAt) <= o.now {
		return "invalid"
	}
	i := &modelInvoice{
		state: "open", elsewhere: d.Kind == store.TopUp, counter: d.Kind == store.Counter, amount: int64(d.Amount), min: int64(d.MinAmount), max: int64(d.MaxAmount),
		expires: int64(d.ExpiresAt), off: int64(d.Discount), before: int64(d.Prepaid),
	}
	sum := int64(0)
	for _, l := range d.Lines {
		sum += l.Quantity * int64(l.Price)
	}
	switch {
	case i.counter && (i.amount != 0 || i.off != 0 || i.before != 0 || sum != 0), i.off < 0, i.before < 0:
		return "invalid"
	case !i.counter && i.amount == 0:
		i.amount = sum - i.off - i.before
	case sum != 0 && sum-i.off-i.before != i.amount:
		return "invalid"
	}
	if !i.counter && (i.amount < modelMin || i.amount > modelMax) {
		return "invalid"
	}
	o.invoices[number] = i
	return ""
}

// modelBill is what a customer has to be told.
type modelBill struct {
	state      string
	total, due int64 // tiyin
	payable    bool
}

func (o *oracle) bill(i *modelInvoice) modelBill {
	b := modelBill{state: o.stateOf(i), total: i.amount + i.before}
	b.payable = b.state == "open"
	if i.counter {
		b.total = 0
	} else if (b.state == "open" || b.state == "expired") && o.beingPaid(i) {
		b.state = "paying"
	}
	if b.state == "open" {
		b.state = "ready"
	}
	if !i.counter && (b.state == "ready" || b.state == "paying") {
		b.due = i.amount
	}
	return b
}

// checkModelBills compares what customers are told with the model's, with every
// transaction of the invoice at hand, and with those only that a bill asks for.
func checkModelBills(k *keeper, o *oracle) error {
	for n, inv := range k.invoices {
		want := o.bill(o.invoices[n.String()])
		needed := slices.DeleteFunc(allOf(k, n), func(t store.Transaction) bool { return t.Status != store.Created })
		for _, ts := range [][]store.Transaction{allOf(k, n), needed} {
			b := k.rules.Bill(inv, ts, nil, k.now)
			got := modelBill{string(b.State), int64(b.Total), int64(b.Due), b.Payable()}
			if got != want {
				return broken(asTheModel, "the bill of %s says %+v, want %+v", n, got, want)
			}
		}
	}
	return nil
}

// checkBills holds what customers are told against what is kept.
func checkBills(k *keeper) error {
	for n, inv := range k.invoices {
		b := k.rules.Bill(inv, allOf(k, n), nil, k.now)
		confirmed := k.transactions[inv.PaidBy].Status == store.Confirmed
		if (b.State == store.BillPaid) != (inv.Status == store.Paid && confirmed) {
			return broken(billTrue, "the bill of %s, which is %s, says %s", n, inv.Status, b.State)
		}
		asks := b.State == store.BillReady || b.State == store.BillPaying
		if (b.Due > 0) != (asks && !inv.Reusable()) || b.Due != 0 && b.Due != inv.Amount {
			return broken(billTrue, "the bill of %s, which is %s, asks for %d", n, inv.Status, b.Due)
		}
		if asks && b.Total-b.Due != inv.Prepaid || !asks && b.Payable() {
			return broken(billTrue, "the bill of %s says %+v", n, b)
		}
		_, refused := k.rules.Create(inv, store.Attempt{System: inv.System, TransID: "next", Number: n, Amount: max(inv.Amount, b.Least)}, k.now)
		if b.Payable() != (refused == nil) {
			return broken(billTrue, "the bill of %s can be paid: %v, and a payment is answered %v", n, b.Payable(), refused)
		}
	}
	return nil
}

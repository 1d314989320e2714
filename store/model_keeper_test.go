package store_test

import (
	"fmt"
	"reflect"

	"tushum/store"
)

// keeper is the smallest ledger there can be: it looks values up, asks the
// rules, and keeps their changes in memory. What it gets wrong on purpose is in
// its flaws.
type keeper struct {
	rules        store.Rules
	now          store.Instant
	invoices     map[store.Number]store.Invoice
	transactions map[string]store.Transaction
	order        []string // transIds by Seq
	totals       map[store.TotalKey]store.Total
	events       []store.Event
	byHand       int
	shown        func(k *keeper, n store.Number) []store.Transaction // what the rules are given as created
	narrowed     bool                                                // shown is less than the rules ask for
	flaws        flaws
}

// flaws are the ways in which a keeper may be wrong.
type flaws struct {
	change        func(op string, ch *store.Change)                                 // writes something else than was decided
	invoice       func(op string, inv store.Invoice) store.Invoice                  // decides on something else than is kept
	transaction   func(k *keeper, op string, t store.Transaction) store.Transaction // the same
	dropsRefusals bool                                                              // forgets the change that comes with a refusal
	movesTwice    bool                                                              // counts each payment twice
	blind         bool                                                              // does not notice that it writes over a newer record
}

func newKeeper(shown func(*keeper, store.Number) []store.Transaction) *keeper {
	return &keeper{
		rules: shopRules(), now: modelStart, shown: shown,
		invoices: map[store.Number]store.Invoice{}, transactions: map[string]store.Transaction{}, totals: map[store.TotalKey]store.Total{},
	}
}

// allOf, createdOf and liveOf are what keepers may show to the rules: every
// transaction of the invoice, those written down as CREATED, and of those only
// the ones that the clock calls CREATED too.
func allOf(k *keeper, n store.Number) []store.Transaction {
	var ts []store.Transaction
	for _, id := range k.order {
		if t := k.transactions[id]; t.Number == n {
			ts = append(ts, t)
		}
	}
	return ts
}

func createdOf(k *keeper, n store.Number) []store.Transaction {
	var ts []store.Transaction
	for _, t := range allOf(k, n) {
		if t.Status == store.Created {
			ts = append(ts, t)
		}
	}
	return ts
}

func liveOf(k *keeper, n store.Number) []store.Transaction { return k.rules.Live(allOf(k, n), k.now) }

func (k *keeper) findInvoice(op string, n store.Number) (store.Invoice, error) {
	inv, ok := k.invoices[n]
	if !ok {
		return inv, &store.Error{Code: store.InvoiceNotFound, Number: n}
	}
	if k.flaws.invoice != nil {
		inv = k.flaws.invoice(op, inv)
	}
	return inv, nil
}

// findTransaction finds one of the bank's own.
func (k *keeper) findTransaction(op, id string) (store.Transaction, error) {
	t, ok := k.transactions[id]
	if !ok || t.System != store.Uzum {
		return store.Transaction{}, &store.Error{Code: store.TransactionNotFound, TransID: id}
	}
	if k.flaws.transaction != nil {
		t = k.flaws.transaction(k, op, t)
	}
	return t, nil
}

// keep writes the change of a decision and hands its refusal on.
func (k *keeper) keep(op string, ch store.Change, refusal error) error {
	if refusal != nil && k.flaws.dropsRefusals {
		return refusal
	}
	if k.flaws.change != nil {
		k.flaws.change(op, &ch)
	}
	for _, c := range ch.Transactions {
		if err := k.keepTransaction(ch, c); err != nil {
			return err
		}
	}
	for _, c := range ch.Invoices {
		if old, ok := k.invoices[c.After.Number]; !k.flaws.blind && (ok != (c.Before != nil) || ok && !reflect.DeepEqual(old, *c.Before)) {
			return fmt.Errorf("invoice %s was changed meanwhile", c.After.Number)
		}
		k.invoices[c.After.Number] = c.After
		k.announce(store.Event{At: ch.At, Type: c.Event, Number: c.After.Number, By: ch.By})
	}
	return refusal
}

func (k *keeper) keepTransaction(ch store.Change, c store.TransactionChange) error {
	t := c.After
	old, ok := k.transactions[t.TransID]
	if !k.flaws.blind && (ok != (c.Before != nil) || ok && old != *c.Before) {
		return fmt.Errorf("transaction %s was changed meanwhile", t.TransID)
	}
	if !ok {
		k.order = append(k.order, t.TransID)
		t.Seq = uint64(len(k.order))
	}
	k.transactions[t.TransID] = t
	if move, moved := c.TotalMove(); moved {
		k.totals[move.TotalKey] = k.totals[move.TotalKey].Add(move)
		if k.flaws.movesTwice {
			k.totals[move.TotalKey] = k.totals[move.TotalKey].Add(move)
		}
	}
	k.announce(store.Event{At: ch.At, Type: c.Event, Number: t.Number, TransID: t.TransID, By: ch.By})
	return nil
}

func (k *keeper) announce(e store.Event) {
	e.Seq = uint64(len(k.events) + 1)
	k.events = append(k.events, e)
}

func (k *keeper) issue(d store.Draft) (store.Number, error) {
	n := mustNumber(store.FirstBase + uint32(len(k.invoices)))
	ch, err := k.rules.Issue(d, n, store.Token{byte(len(k.invoices))}, k.now)
	return n, k.keep("issue", ch, err)
}

func (k *keeper) create(a store.Attempt) error {
	if _, ok := k.transactions[a.TransID]; ok {
		return &store.Error{Code: store.TransIDTaken, TransID: a.TransID}
	}
	inv, err := k.findInvoice("create", a.Number)
	if err != nil {
		return err
	}
	ch, err := k.rules.Create(inv, a, k.now)
	return k.keep("create", ch, err)
}

func (k *keeper) confirm(c store.Confirmation) error {
	t, err := k.findTransaction("confirm", c.TransID)
	if err != nil {
		return err
	}
	inv, err := k.findInvoice("confirm", t.Number)
	if err != nil {
		return err
	}
	ch, err := k.rules.Confirm(inv, t, k.shown(k, t.Number), c, k.now)
	return k.keep("confirm", ch, err)
}

func (k *keeper) reverse(id string) error {
	t, err := k.findTransaction("reverse", id)
	if err != nil {
		return err
	}
	inv, err := k.findInvoice("reverse", t.Number)
	if err != nil {
		return err
	}
	ch, err := k.rules.Reverse(inv, t, k.now)
	return k.keep("reverse", ch, err)
}

// status writes down what it tells.
func (k *keeper) status(id string) (store.TransactionStatus, error) {
	t, err := k.findTransaction("status", id)
	if err != nil {
		return 0, err
	}
	ch, _ := k.rules.ExpireTransaction(t, k.now)
	if err := k.keep("status", ch, nil); err != nil {
		return 0, err
	}
	return t.StatusAt(k.now, ttl), nil
}

func (k *keeper) cancel(o store.CancelOrder) error {
	return k.change("cancel", o.Number, func(inv store.Invoice, created []store.Transaction) (store.Change, error) {
		return k.rules.Cancel(inv, created, o, k.now)
	})
}

func (k *keeper) reopen(n store.Number, expires store.Instant) error {
	return k.change("reopen", n, func(inv store.Invoice, _ []store.Transaction) (store.Change, error) {
		return k.rules.Reopen(inv, "malika", "", expires, k.now)
	})
}

func (k *keeper) extend(n store.Number, expires store.Instant) error {
	return k.change("extend", n, func(inv store.Invoice, _ []store.Transaction) (store.Change, error) {
		return k.rules.Extend(inv, "malika", "", expires, k.now)
	})
}

func (k *keeper) markPaid(p store.ManualPayment) error {
	k.byHand++
	return k.change("mark paid", p.Number, func(inv store.Invoice, created []store.Transaction) (store.Change, error) {
		return k.rules.MarkPaid(inv, created, p, fmt.Sprint("hand", k.byHand), k.now)
	})
}

func (k *keeper) change(op string, n store.Number, rule func(store.Invoice, []store.Transaction) (store.Change, error)) error {
	inv, err := k.findInvoice(op, n)
	if err != nil {
		return err
	}
	ch, err := rule(inv, k.shown(k, n))
	return k.keep(op, ch, err)
}

// sweep writes down what the clock has decided.
func (k *keeper) sweep() error {
	for n := range k.invoices {
		for _, t := range allOf(k, n) {
			if k.flaws.transaction != nil {
				t = k.flaws.transaction(k, "sweep", t)
			}
			ch, _ := k.rules.ExpireTransaction(t, k.now)
			if err := k.keep("sweep", ch, nil); err != nil {
				return err
			}
		}
		ch, _ := k.rules.ExpireInvoice(k.invoices[n], k.now)
		if err := k.keep("sweep", ch, nil); err != nil {
			return err
		}
	}
	return nil
}

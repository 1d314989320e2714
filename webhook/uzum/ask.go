package uzum

import (
	"context"

	"tushum/store"
)

// check asks whether an invoice can be paid. It writes nothing.
func (c *call) check(ctx context.Context) {
	n, err := store.ParseNumber(c.req.account)
	if err != nil {
		c.refuseBy(store.InvoiceNotFound, store.Transaction{})
		c.record()
		return
	}
	c.number = n
	inv, err := c.ledger.Check(ctx, store.Uzum, n)
	if err != nil {
		c.refuseBy(err, store.Transaction{})
	} else {
		c.name = inv.Customer.Name
		c.succeedCheck(inv)
	}
	c.record()
}

// create begins a payment. An account that can be no number goes to the ledger
// all the same: whether the transId was seen before comes first.
func (c *call) create(ctx context.Context) {
	if n, err := store.ParseNumber(c.req.account); err == nil {
		c.number = n
	}
	attempt := store.Attempt{
		System: store.Uzum, ServiceID: c.req.serviceID, TransID: c.req.transID, Number: c.number, Amount: c.req.amount,
	}
	c.decide(func(w store.Witness) (store.Transaction, error) {
		return c.ledger.Create(context.WithoutCancel(ctx), attempt, w)
	})
}

// confirm ends a payment.
func (c *call) confirm(ctx context.Context) {
	if c.neverCreated() {
		return
	}
	p := c.req.payer
	confirmation := store.Confirmation{
		System: store.Uzum, TransID: c.req.transID,
		Source: p.source, Tariff: p.tariff, Reference: p.reference, CardType: p.cardType, Phone: p.phone,
	}
	c.decide(func(w store.Witness) (store.Transaction, error) {
		return c.ledger.Confirm(context.WithoutCancel(ctx), confirmation, w)
	})
}

// reverse takes a payment back.
func (c *call) reverse(ctx context.Context) {
	if c.neverCreated() {
		return
	}
	c.decide(func(w store.Witness) (store.Transaction, error) {
		return c.ledger.Reverse(context.WithoutCancel(ctx), store.Uzum, c.req.transID, w)
	})
}

// status tells where a payment stands. A failed one is told as a refusal, with
// the one code that the table has for status.
func (c *call) status(ctx context.Context) {
	if c.neverCreated() {
		return
	}
	t, err := c.ledger.Status(ctx, store.Uzum, c.req.transID)
	c.number = t.Number
	switch {
	case err != nil:
		c.refuseBy(err, t)
	case t.Status == store.FailedTx:
		c.refuse(refusal{TransUnknown, "the transaction has failed (" + string(t.Reason) + ")"}, t)
	default:
		c.name = c.customer(ctx, t.Number)
		c.succeed(t)
	}
	c.record()
}

// neverCreated refuses a transId that no create can have had, without asking
// the ledger about it.
func (c *call) neverCreated() bool {
	if len(c.req.transID) <= maxTransID {
		return false
	}
	c.refuse(refusal{TransUnknown, "the transId is longer than any that was created"}, store.Transaction{})
	c.record()
	return true
}

// decide asks the ledger for a change. The answer is made inside the commit,
// by the witness, and stands only if the ledger returns what the witness saw.
//
// The request's context must not end the wait: a commit can't be called back,
// and the witness writes to this call.
func (c *call) decide(do func(store.Witness) (store.Transaction, error)) {
	var witnessed bool
	var seen error
	t, err := do(func(d store.Decided) (line store.Call) {
		defer func() {
			if p := recover(); p != nil {
				c.logPanic(p)
				c.refuse(refusal{InternalError, "a defect of the program; its log has the details"}, d.Transaction)
				line = c.line()
			}
		}()
		witnessed, seen = true, d.Err
		c.name = d.Invoice.Customer.Name
		c.conclude(d.Transaction, d.Err)
		return c.line()
	})
	switch {
	case witnessed && sameWord(err, seen):
		return // the ledger keeps the witness's line
	case witnessed && err != nil && store.CodeOf(err).Class() != store.ClassUnavailable:
		err = &store.Error{Code: store.Internal, Detail: "the ledger changed its word after the witness", Err: err}
	case witnessed && err == nil:
		err = &store.Error{Code: store.Internal, Detail: "the ledger took back a refusal"}
	}
	c.conclude(t, err)
	c.record()
}

// sameWord tells whether the ledger stands by what the witness was told.
func sameWord(err, seen error) bool {
	if err == nil || seen == nil {
		return err == nil && seen == nil
	}
	return store.CodeOf(err) == store.CodeOf(seen)
}

func (c *call) conclude(t store.Transaction, err error) {
	if t.Number != 0 && c.number == 0 {
		c.number = t.Number
	}
	if err != nil {
		c.refuseBy(err, t)
		return
	}
	c.succeed(t)
}

// customer is the name that the payer is shown; without one the answer goes
// out all the same.
func (c *call) customer(ctx context.Context, n store.Number) string {
	inv, err := c.ledger.Invoice(ctx, n)
	if err != nil {
		return ""
	}
	return inv.Customer.Name
}

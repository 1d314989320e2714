package store_test

import "tushum/store"

// What the model, the keeper and the promises know of refund requests.

func (o *oracle) requestRefund(id string, complete bool) string {
	p := o.payments[id]
	switch {
	case p == nil:
		return "transaction_not_found"
	case p.byHand:
		return "not_allowed"
	case p.state == "REVERSED":
		return "already_reversed"
	case p.state != "CONFIRMED", p.wish == "requested":
		return "not_allowed"
	case !complete:
		return "invalid"
	}
	p.wish = "requested"
	return ""
}

func (o *oracle) closeRefund(id, outcome string, complete bool) string {
	p := o.payments[id]
	switch {
	case p == nil:
		return "transaction_not_found"
	case p.state == "REVERSED":
		return "already_reversed"
	case p.wish != "requested":
		return "not_allowed"
	case !complete:
		return "invalid"
	}
	p.wish = outcome
	return ""
}

// refund is where the giving back of a payment stands for the model.
func (p *modelPayment) refund() string {
	switch {
	case p.state != "REVERSED":
		return p.wish
	case p.wish == "requested", p.wish == "refused":
		return "done"
	case p.moved:
		return "unasked"
	}
	return ""
}

func (k *keeper) requestRefund(o store.RefundOrder) error {
	return k.changeTransaction("request refund", o.TransID, func(t store.Transaction) (store.Change, error) {
		return k.rules.RequestRefund(t, o, k.now)
	})
}

func (k *keeper) closeRefund(e store.RefundEnd) error {
	return k.changeTransaction("close refund", e.TransID, func(t store.Transaction) (store.Change, error) {
		return k.rules.CloseRefund(t, e, k.now)
	})
}

// changeTransaction finds transactions of every system, as staff do.
func (k *keeper) changeTransaction(op, id string, rule func(store.Transaction) (store.Change, error)) error {
	t, ok := k.transactions[id]
	if !ok {
		return &store.Error{Code: store.TransactionNotFound, TransID: id}
	}
	if k.flaws.transaction != nil {
		t = k.flaws.transaction(k, op, t)
	}
	ch, err := rule(t)
	return k.keep(op, ch, err)
}

// paidID picks one of the last that were confirmed where it can, and now and then any.
func (m *machine) paidID(d dice) string {
	var paid []string
	for _, id := range m.keeper.order {
		if m.keeper.transactions[id].ConfirmedAt != 0 {
			paid = append(paid, id)
		}
	}
	if len(paid) == 0 || d.roll("any", 3) == 0 {
		return m.transID(d)
	}
	paid = paid[max(0, len(paid)-2):]
	return paid[d.roll("paid", len(paid))]
}

// refund is one action of many, so that runs stay as full of payments as before.
func (m *machine) refund(d dice) error {
	if d.roll("close", 2) == 1 {
		return m.closeRefund(d)
	}
	return m.requestRefund(d)
}

func (m *machine) requestRefund(d dice) error {
	o := store.RefundOrder{TransID: m.paidID(d), By: "malika", Reason: "mijoz kelmadi"}
	complete := d.roll("complete", 4) > 0
	if !complete {
		o.Reason = " "
	}
	err := m.keeper.requestRefund(o)
	if err == nil {
		m.witness.wishes[o.TransID] = store.Requested
	}
	return m.answered("request refund", err, func(or *oracle) string { return or.requestRefund(o.TransID, complete) })
}

func (m *machine) closeRefund(d dice) error {
	e := store.RefundEnd{TransID: m.paidID(d), By: "malika", Outcome: [...]store.RefundState{store.Withdrawn, store.Refused}[d.roll("outcome", 2)], Reason: "mijoz keldi"}
	complete := d.roll("complete", 4) > 0
	if !complete {
		e.Reason = ""
	}
	err := m.keeper.closeRefund(e)
	if err == nil {
		m.witness.wishes[e.TransID] = e.Outcome
	}
	return m.answered("close refund", err, func(o *oracle) string { return o.closeRefund(e.TransID, e.Outcome.String(), complete) })
}

// checkWishes sees that each refund stands as staff were last told, and that a
// reverse is held against what the shop wished when it came.
func (w *witness) checkWishes(k *keeper) error {
	for id, t := range k.transactions {
		want := w.wishes[id]
		switch {
		case t.Status != store.Reversed:
		case want == store.Requested || want == store.Refused:
			want = store.RefundDone
		case t.ConfirmedAt != 0:
			want = store.Unasked
		}
		if got := store.RefundStateOf(t); got != want {
			return broken(refundKept, "%s is %q, want %q", id, got, want)
		}
	}
	return nil
}

// forgetsWishes loses the request when the bank takes the payment back.
func forgetsWishes(k *keeper) {
	k.flaws.change = func(op string, ch *store.Change) {
		for i := range ch.Transactions {
			if op == "reverse" {
				ch.Transactions[i].After.Refund = store.RefundRequest{}
			}
		}
	}
}

// overlooksRequests decides on a copy from before the request was made.
func overlooksRequests(k *keeper) {
	k.flaws.blind = true
	k.flaws.transaction = func(_ *keeper, op string, t store.Transaction) store.Transaction {
		if op == "request refund" {
			t.Refund = store.RefundRequest{}
		}
		return t
	}
}

// asksForCash takes a payment by hand for the bank's.
func asksForCash(k *keeper) {
	k.flaws.blind = true
	k.flaws.transaction = func(_ *keeper, op string, t store.Transaction) store.Transaction {
		if op == "request refund" && t.System == store.Manual {
			t.System = store.Uzum
		}
		return t
	}
	k.flaws.change = func(_ string, ch *store.Change) {
		for i, c := range ch.Transactions {
			if c.Event == store.RefundRequested && c.After.Source == "CASH" {
				ch.Transactions[i].After.System = store.Manual
			}
		}
	}
}

package store_test

import (
	"slices"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/store"
)

// requested is a confirmed transaction that the shop wants given back, and
// refundIn is one where that wish stands as told.
func requested() store.Transaction {
	t := transactionIn(store.Confirmed)
	t.Refund = store.RefundRequest{AskedAt: noon, By: "malika", Reason: "mijoz kelmadi"}
	return t
}

func refundIn(s store.RefundState) store.Transaction {
	t := requested()
	switch s {
	case store.NotRequested:
		return transactionIn(store.Confirmed)
	case store.RefundDone:
		t.Status, t.ReversedAt, t.ReversedDay = store.Reversed, noon, noonDay
	case store.Withdrawn, store.Refused:
		t.Refund.Outcome, t.Refund.ClosedAt, t.Refund.Note = s, noon, "mijoz keldi"
	case store.Unasked:
		return transactionIn(store.Reversed)
	}
	return t
}

// then is a transaction after the bank has taken it back.
func then(t store.Transaction) store.Transaction {
	t.Status, t.ReversedAt, t.ReversedDay = store.Reversed, noon, noonDay
	return t
}

// early was reversed before it was confirmed: no money moved.
func early() store.Transaction {
	t := transactionIn(store.Reversed)
	t.ConfirmedAt, t.ConfirmedDay = 0, 0
	return t
}

func byHandTransaction() store.Transaction {
	t := transactionIn(store.Confirmed)
	t.System, t.Source, t.Rate = store.Manual, "CASH", 0
	return t
}

func TestRefundStates(t *testing.T) {
	t.Parallel()
	for _, s := range append(store.RefundStates(), store.NotRequested) {
		if got := store.RefundStateOf(refundIn(s)); got != s {
			t.Errorf("got %q, want %q", got, s)
		}
		back, err := store.ParseRefundState(s.String())
		if s == store.NotRequested {
			wantCode(t, err, store.Invalid)
		} else if err != nil || back != s {
			t.Errorf("%s is read %s, %v", s, back, err)
		}
	}
	for name, c := range map[string]struct {
		tx     store.Transaction
		want   store.RefundState
		closed store.Instant
	}{
		"created":                     {created(), store.NotRequested, 0},
		"failed":                      {transactionIn(store.FailedTx), store.NotRequested, 0},
		"reversed, never confirmed":   {early(), store.NotRequested, 0},
		"reversed after a withdrawal": {then(refundIn(store.Withdrawn)), store.Unasked, noon},
		"reversed after a refusal":    {then(refundIn(store.Refused)), store.RefundDone, noon},
		"reversed as asked":           {then(requested()), store.RefundDone, noon},
	} {
		if got := store.RefundStateOf(c.tx); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if got := store.RefundClosedAt(c.tx); got != c.closed {
			t.Errorf("%s: closed at %v, want %v", name, got, c.closed)
		}
	}
	if _, err := store.ParseRefundState("DONE"); store.CodeOf(err) != store.Invalid {
		t.Errorf("DONE is read, %v", err)
	}
	if store.RefundState(200).String() != "" || store.RefundWord(store.NotRequested, lang.EN) != "" {
		t.Error("no state has no word")
	}
}

func TestRequestRefund(t *testing.T) {
	t.Parallel()
	order := store.RefundOrder{TransID: bankID, By: "malika", Reason: "mijoz kelmadi"}
	silent, blank, long := order, order, order
	silent.Reason, blank.Reason, long.Reason = "", " \n", strings.Repeat("a", 4001)
	late := noon.Add(ttl)
	for name, c := range map[string]struct {
		tx    store.Transaction
		order store.RefundOrder
		now   store.Instant
		want  store.Code
		says  string
	}{
		"confirmed":                     {tx: refundIn(store.NotRequested), order: order, now: noon},
		"withdrawn":                     {tx: refundIn(store.Withdrawn), order: order, now: noon},
		"refused":                       {tx: refundIn(store.Refused), order: order, now: noon},
		"long ago":                      {tx: refundIn(store.NotRequested), order: order, now: late},
		"requested":                     {requested(), order, noon, store.NotAllowed, "requested already"},
		"requested, and with no reason": {requested(), silent, noon, store.NotAllowed, "requested already"},
		"by hand":                       {byHandTransaction(), order, noon, store.NotAllowed, "taken by hand"},
		"being paid":                    {created(), order, noon, store.NotAllowed, "not confirmed yet"},
		"failed by the clock":           {created(), order, late, store.NotAllowed, "did not go through"},
		"failed":                        {transactionIn(store.FailedTx), order, noon, store.NotAllowed, "did not go through"},
		"reversed":                      {refundIn(store.Unasked), order, noon, store.AlreadyReversed, "already reversed"},
		"done":                          {refundIn(store.RefundDone), order, noon, store.AlreadyReversed, "already reversed"},
		"no reason":                     {refundIn(store.NotRequested), silent, noon, store.Invalid, "say why"},
		"a blank reason":                {refundIn(store.NotRequested), blank, noon, store.Invalid, "say why"},
		"a long reason":                 {refundIn(store.NotRequested), long, noon, store.Invalid, "the reason is too long"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ch, err := shopRules().RequestRefund(c.tx, c.order, c.now)
			wantCode(t, err, c.want)
			if err != nil {
				wantRefund(t, err, c.says, ch)
				return
			}
			after := c.tx
			after.Refund = store.RefundRequest{AskedAt: c.now, By: "malika", Reason: "mijoz kelmadi"}
			wantRefundChange(t, ch, c.tx, after, store.RefundRequested, c.now)
		})
	}
}

func TestCloseRefund(t *testing.T) {
	t.Parallel()
	withdraw := store.RefundEnd{TransID: bankID, By: "aziz", Outcome: store.Withdrawn, Reason: "mijoz keldi"}
	refuse, silent, done, never := withdraw, withdraw, withdraw, withdraw
	refuse.Outcome, silent.Reason, done.Outcome, never.Outcome = store.Refused, " ", store.RefundDone, store.NotRequested
	for name, c := range map[string]struct {
		tx    store.Transaction
		end   store.RefundEnd
		event store.EventType
		want  store.Code
		says  string
	}{
		"withdrawn":          {tx: requested(), end: withdraw, event: store.RefundWithdrawn},
		"refused":            {tx: requested(), end: refuse, event: store.RefundRefused},
		"never requested":    {refundIn(store.NotRequested), withdraw, "", store.NotAllowed, "no open refund request"},
		"being paid":         {created(), withdraw, "", store.NotAllowed, "no open refund request"},
		"withdrawn before":   {refundIn(store.Withdrawn), refuse, "", store.NotAllowed, "no open refund request"},
		"refused before":     {refundIn(store.Refused), withdraw, "", store.NotAllowed, "no open refund request"},
		"done":               {refundIn(store.RefundDone), withdraw, "", store.AlreadyReversed, "already reversed"},
		"reversed":           {refundIn(store.Unasked), refuse, "", store.AlreadyReversed, "already reversed"},
		"no reason":          {requested(), silent, "", store.Invalid, "say why"},
		"as done":            {requested(), done, "", store.Invalid, "either withdrawn or refused"},
		"as never requested": {requested(), never, "", store.Invalid, "either withdrawn or refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ch, err := shopRules().CloseRefund(c.tx, c.end, noon+5)
			wantCode(t, err, c.want)
			if err != nil {
				wantRefund(t, err, c.says, ch)
				return
			}
			after := c.tx
			after.Refund.Outcome, after.Refund.ClosedAt, after.Refund.Note = c.end.Outcome, noon+5, "mijoz keldi"
			wantRefundChange(t, ch, c.tx, after, c.event, noon+5)
		})
	}
}

// wantRefund checks a refusal: it changes nothing, and says why and what to do
// in every language, never what to do about an invoice.
func wantRefund(t *testing.T, err error, says string, ch store.Change) {
	t.Helper()
	e := refusal(t, err)
	if !ch.Empty() || !strings.Contains(e.Message(lang.EN), says) {
		t.Errorf("got %q with %+v, want %q", e.Message(lang.EN), ch, says)
	}
	for _, l := range lang.All {
		wantTidy(t, says, l, e.Message(l))
		wantTidy(t, says, l, e.Hint(l))
	}
	if strings.Contains(e.Hint(lang.EN), "new invoice") {
		t.Errorf("the hint is %q", e.Hint(lang.EN))
	}
}

// wantRefundChange sees that nothing but the request changes, and no total.
func wantRefundChange(t *testing.T, ch store.Change, before, after store.Transaction, event store.EventType, at store.Instant) {
	t.Helper()
	if len(ch.Transactions) != 1 || len(ch.Invoices) != 0 || ch.At != at || ch.By == "" {
		t.Fatalf("the change is %+v", ch)
	}
	c := ch.Transactions[0]
	if c.Event != event || *c.Before != before || c.After != after {
		t.Errorf("%s leaves %+v, want %+v", c.Event, c.After, after)
	}
	if move, moved := c.TotalMove(); moved {
		t.Errorf("the totals move by %+v", move)
	}
	if err := c.After.Audit(); err != nil {
		t.Errorf("an audit says %v", err)
	}
	if !c.After.MayEndWith(event) || c.After.MayEndWith(store.TransactionConfirmed) {
		t.Errorf("an audit does not expect %s", event)
	}
}

// A reverse that was asked for is accepted whatever the policy says of others.
func TestReverseOfRequested(t *testing.T) {
	t.Parallel()
	strict := shopRules()
	strict.AcceptReversals = false
	for name, c := range map[string]struct {
		tx     store.Transaction
		strict store.Code // the answer of a shop that accepts none unasked
		then   store.RefundState
	}{
		"not asked for": {refundIn(store.NotRequested), store.NotReversible, store.Unasked},
		"requested":     {requested(), "", store.RefundDone},
		"refused":       {refundIn(store.Refused), "", store.RefundDone},
		"withdrawn":     {refundIn(store.Withdrawn), store.NotReversible, store.Unasked},
	} {
		_, err := strict.Reverse(invoiceIn(store.Paid), c.tx, noon)
		if got := store.CodeOf(err); got != c.strict {
			t.Errorf("%s: a strict shop answers %q, want %q", name, got, c.strict)
		}
		ch, err := shopRules().Reverse(invoiceIn(store.Paid), c.tx, noon)
		wantCode(t, err, "")
		after := ch.Transactions[0].After
		if got := store.RefundStateOf(after); got != c.then || after.Refund != c.tx.Refund {
			t.Errorf("%s: then it is %q with %+v, want %q", name, got, after.Refund, c.then)
		}
		if err := after.Audit(); err != nil || !after.MayEndWith(store.TransactionReversed) || after.MayEndWith(store.TransactionConfirmed) {
			t.Errorf("%s: an audit says %v of %s", name, err, after.Status)
		}
	}
}

func TestRefundAudit(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(*store.Transaction){
		"never confirmed":       func(t *store.Transaction) { t.Status, t.ConfirmedAt, t.ConfirmedDay = store.Created, 0, 0 },
		"taken by hand":         func(t *store.Transaction) { t.System = store.Manual },
		"no moment":             func(t *store.Transaction) { t.Refund.AskedAt = 0 },
		"no reason":             func(t *store.Transaction) { t.Refund.Reason = "" },
		"an end that none has":  func(t *store.Transaction) { t.Refund.Outcome = store.RefundDone },
		"an end without when":   func(t *store.Transaction) { t.Refund.ClosedAt = 0 },
		"an end without why":    func(t *store.Transaction) { t.Refund.Note = "" },
		"an end without how":    func(t *store.Transaction) { t.Refund.Outcome = 0 },
		"an end without a wish": func(t *store.Transaction) { t.Refund.AskedAt, t.Refund.By, t.Refund.Reason = 0, "", "" },
	} {
		tx := refundIn(store.Withdrawn)
		if err := tx.Audit(); err != nil {
			t.Fatal(err)
		}
		edit(&tx)
		if tx.Audit() == nil {
			t.Errorf("%s: passes", name)
		}
	}
}

func TestRefundWords(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		var seen []string
		for _, s := range store.RefundStates() {
			word := store.RefundWord(s, l)
			wantTidy(t, s.String(), l, word)
			if word == "" || slices.Contains(seen, word) {
				t.Errorf("%s: %s is %q, and so is another", l, s, word)
			}
			seen = append(seen, word)
		}
	}
}

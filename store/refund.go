package store

import (
	"strings"

	"tushum/internal/lang"
)

// RefundState is where the giving back of a payment stands.
type RefundState uint8

// The states; the numbers are stored and never change their meaning.
const (
	NotRequested RefundState = iota
	Requested                // waits for the bank's reverse
	RefundDone               // the reverse that was asked for has come
	Withdrawn                // the shop no longer wants it
	Refused                  // the bank said no
	Unasked                  // the bank took money back, and the shop had not asked for it
)

var refundStateNames = [...]string{Requested: "requested", RefundDone: "done", Withdrawn: "withdrawn", Refused: "refused", Unasked: "unasked"}

// RefundStates lists every state but NotRequested.
func RefundStates() []RefundState {
	return []RefundState{Requested, RefundDone, Withdrawn, Refused, Unasked}
}

// String is the word of the JSON contract; empty for NotRequested.
func (s RefundState) String() string {
	if int(s) >= len(refundStateNames) {
		return ""
	}
	return refundStateNames[s]
}

// ParseRefundState reads what String wrote.
func ParseRefundState(s string) (RefundState, error) {
	for _, st := range RefundStates() {
		if st.String() == s {
			return st, nil
		}
	}
	return 0, invalid(sayRefundState, s)
}

// RefundRequest is the shop's wish that the bank give a payment back, always
// the whole of it. Its zero value is none. A new one takes the place of one that
// is closed. Texts are kept as they were given: clean them where they are shown.
type RefundRequest struct {
	AskedAt  Instant     `cbor:"1,keyasint,omitempty"`
	By       string      `cbor:"2,keyasint,omitempty"` // who asked
	Reason   string      `cbor:"3,keyasint,omitempty"`
	Outcome  RefundState `cbor:"4,keyasint,omitempty"` // Withdrawn or Refused; zero while it waits, and when the reverse has come
	ClosedAt Instant     `cbor:"5,keyasint,omitempty"` // when the Outcome was written down
	Note     string      `cbor:"6,keyasint,omitempty"` // why it ended so
}

// stands tells whether the shop still wants the money to be given back. What
// the bank says to it changes nothing about that.
func (r RefundRequest) stands() bool { return r.AskedAt != 0 && r.Outcome != Withdrawn }

// RefundStateOf tells where the giving back of a payment stands. A transaction
// that was reversed before it was confirmed never had money to give back.
func RefundStateOf(t Transaction) RefundState {
	switch {
	case t.Status == Reversed && t.Refund.stands():
		return RefundDone
	case t.Status == Reversed && t.ConfirmedAt != 0:
		return Unasked
	case t.Refund.AskedAt == 0:
		return NotRequested
	case t.Refund.Outcome != 0:
		return t.Refund.Outcome
	}
	return Requested
}

// RefundClosedAt is when the request came to its end; zero while it waits, and
// where there is none.
func RefundClosedAt(t Transaction) Instant {
	if RefundStateOf(t) == RefundDone {
		return t.ReversedAt
	}
	return t.Refund.ClosedAt
}

// RefundOrder is a staff member's wish to have a payment given back.
type RefundOrder struct {
	System  System // whose transaction it is; empty: TransID alone tells
	TransID string
	By      string
	Reason  string // must not be empty
}

// RefundEnd is how a refund request ends without a reverse, as staff tell it.
type RefundEnd struct {
	System  System // whose transaction it is; empty: TransID alone tells
	TransID string
	By      string
	Outcome RefundState // Withdrawn or Refused
	Reason  string      // must not be empty
}

// RefundQuery asks for a page of the transactions whose refund was ever
// requested, newest transaction first; with Unasked, of those that were taken
// back though nobody had asked.
type RefundQuery struct {
	State RefundState // zero: any but what was never requested
	After uint64      // Seq of the last one of the page before; zero: from the newest
	Limit int         // zero: all
}

// RequestRefund decides whether staff may ask the bank for a payment. It only
// writes the wish down: the shop can't pull money back, so staff send the bank
// a letter, and the bank's reverse ends the request.
func (r Rules) RequestRefund(t Transaction, o RefundOrder, now Instant) (Change, error) {
	if err := r.refundable(t, now); err != nil {
		return Change{}, err
	}
	if strings.TrimSpace(o.Reason) == "" {
		return Change{}, invalid(sayWhyRefund)
	}
	if err := checkWhoAndWhy(o.By, o.Reason); err != nil {
		return Change{}, err
	}
	after := t
	after.Refund = RefundRequest{AskedAt: now, By: o.By, Reason: o.Reason}
	return Change{At: now, By: o.By, Transactions: []TransactionChange{{RefundRequested, &t, after}}}, nil
}

// refundable is nil for a payment that a bank has confirmed and nobody asks for.
func (r Rules) refundable(t Transaction, now Instant) error {
	switch status := t.StatusAt(now, r.TransactionTTL); {
	case t.System == Manual:
		return refuseRefund(t, status, sayTakenByHand, lang.Text{})
	case !r.Systems[t.System].Can.Letter:
		return refuseRefund(t, status, sayNoLetter, hintGiveBack)
	case status == Created:
		return refuseRefund(t, status, sayNotPaidYet, hintCancelInstead)
	case status == FailedTx:
		return refuseRefund(t, status, sayNeverPaid, hintBankReturns)
	case status == Reversed:
		return refuseTx(AlreadyReversed, t)
	case RefundStateOf(t) == Requested:
		return refuseRefund(t, status, sayRequestedAlready, hintAwaitBank)
	}
	return nil
}

// CloseRefund ends a request that waits: the shop no longer wants it, or the
// bank has refused. The payment itself stays as it is.
func (r Rules) CloseRefund(t Transaction, e RefundEnd, now Instant) (Change, error) {
	event := RefundWithdrawn
	switch e.Outcome {
	case Withdrawn:
	case Refused:
		event = RefundRefused
	default:
		return Change{}, invalid(sayRefundOutcome)
	}
	if t.Status == Reversed {
		return Change{}, refuseTx(AlreadyReversed, t)
	}
	if RefundStateOf(t) != Requested {
		return Change{}, refuseRefund(t, t.StatusAt(now, r.TransactionTTL), sayNotRequested, lang.Text{})
	}
	if strings.TrimSpace(e.Reason) == "" {
		return Change{}, invalid(sayWhyClosed)
	}
	if err := checkWhoAndWhy(e.By, e.Reason); err != nil {
		return Change{}, err
	}
	after := t
	after.Refund.Outcome, after.Refund.ClosedAt, after.Refund.Note = e.Outcome, now, e.Reason
	return Change{At: now, By: e.By, Transactions: []TransactionChange{{event, &t, after}}}, nil
}

func refuseRefund(t Transaction, status TransactionStatus, says, hint lang.Text) *Error {
	return &Error{Code: NotAllowed, Number: t.Number, TransID: t.TransID, Status: status.String(), says: says, hint: hint}
}

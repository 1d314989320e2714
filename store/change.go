package store

import (
	"crypto/sha256"
	"time"

	"tushum/internal/money"
)

// EventType says what happened.
type EventType string

// The events that the ledger announces after a commit.
const (
	InvoiceCreated       EventType = "invoice.created"
	InvoicePaid          EventType = "invoice.paid"
	InvoiceCancelled     EventType = "invoice.cancelled"
	InvoiceExpired       EventType = "invoice.expired"
	InvoiceRefunded      EventType = "invoice.refunded"
	InvoiceReopened      EventType = "invoice.reopened"
	InvoiceExtended      EventType = "invoice.extended"
	TransactionCreated   EventType = "transaction.created"
	TransactionConfirmed EventType = "transaction.confirmed"
	TransactionReversed  EventType = "transaction.reversed"
	TransactionFailed    EventType = "transaction.failed"
	RefundRequested      EventType = "refund.requested" // of a transaction; the reverse itself is transaction.reversed
	RefundWithdrawn      EventType = "refund.withdrawn"
	RefundRefused        EventType = "refund.refused"
	TransactionSettled   EventType = "transaction.settled" // staff decided about money that no invoice waited for
	DealChanged          EventType = "deal.changed"        // its state stayed; a new state is an event of its own, deal.open and so on
)

// ByClock is the actor where a limit ran out.
const ByClock = "clock"

// Event is one line of the ledger's journal, in the order in which things
// happened. Each carries the hash of the record it left behind and of the event
// before it, so that an edited file can't pass for the ledger.
type Event struct {
	Seq     uint64            `cbor:"1,keyasint"`
	At      Instant           `cbor:"2,keyasint"`
	Type    EventType         `cbor:"3,keyasint"`
	Number  Number            `cbor:"4,keyasint"`
	TransID string            `cbor:"5,keyasint,omitempty"`
	By      string            `cbor:"6,keyasint"`
	Record  [sha256.Size]byte `cbor:"7,keyasint"`           // of the invoice or transaction as this event left it
	Chain   [sha256.Size]byte `cbor:"-"`                    // of this event and, through it, of all before it
	Deal    string            `cbor:"8,keyasint,omitempty"` // the deal's Ref, where Record is of a deal
}

// InvoiceChange is an invoice before and after one event. Before is nil for a new one.
type InvoiceChange struct {
	Event  EventType
	Before *Invoice
	After  Invoice
}

// TransactionChange is a transaction before and after one event. Before is nil
// for a new one, whose Seq the keeper gives.
type TransactionChange struct {
	Event  EventType
	Before *Transaction
	After  Transaction
}

// DealChange is a deal before and after one event. Before is nil for a new one,
// whose Seq the keeper gives.
type DealChange struct {
	Event  EventType
	Before *Deal
	After  Deal
}

// Change is what one decision of the rules asks to be written, all or nothing.
// Its events are those of Transactions, then those of Invoices, then those of
// Deals, in order.
type Change struct {
	At           Instant
	By           string
	Transactions []TransactionChange
	Invoices     []InvoiceChange
	Deals        []DealChange
}

// Empty tells that there is nothing to write.
func (c Change) Empty() bool {
	return len(c.Transactions) == 0 && len(c.Invoices) == 0 && len(c.Deals) == 0
}

// TotalKey names one running total.
type TotalKey struct {
	Day    Date
	System System
	Source string
}

// Total is the takings of one source on one business day. A reversal counts on
// the day it happens, so a closed day never changes.
type Total struct {
	TotalKey       `cbor:"-"`
	Count          int64        `cbor:"1,keyasint,omitempty"`
	Amount         money.Amount `cbor:"2,keyasint,omitempty"` // tiyin
	Fee            money.Amount `cbor:"3,keyasint,omitempty"` // tiyin
	ReversedCount  int64        `cbor:"4,keyasint,omitempty"`
	ReversedAmount money.Amount `cbor:"5,keyasint,omitempty"` // tiyin
	ReversedFee    money.Amount `cbor:"6,keyasint,omitempty"` // tiyin
}

// Add sums two totals; the key stays.
func (t Total) Add(o Total) Total {
	t.Count += o.Count
	t.Amount += o.Amount
	t.Fee += o.Fee
	t.ReversedCount += o.ReversedCount
	t.ReversedAmount += o.ReversedAmount
	t.ReversedFee += o.ReversedFee
	return t
}

// Net is what the shop keeps, in tiyin: takings less reversals less fees.
func (t Total) Net() money.Amount {
	return t.Amount - t.ReversedAmount - (t.Fee - t.ReversedFee)
}

// TotalMove is how one change of a transaction moves the running totals.
// moved is false for changes that bring or return no money.
func (c TransactionChange) TotalMove() (move Total, moved bool) {
	was := Created
	if c.Before != nil {
		was = c.Before.Status
	}
	t := c.After
	switch {
	case t.Status == Confirmed && was != Confirmed:
		return Total{TotalKey: TotalKey{t.ConfirmedDay, t.System, t.Source}, Count: 1, Amount: t.Amount, Fee: t.Fee()}, true
	case t.Status == Reversed && was == Confirmed:
		return Total{TotalKey: TotalKey{t.ReversedDay, t.System, t.Source}, ReversedCount: 1, ReversedAmount: t.Amount, ReversedFee: t.Fee()}, true
	}
	return Total{}, false
}

// The codes of refused calls of payment systems whose calls have none of their own.
const (
	CallUnreadable = "unreadable" // it did not arrive whole, or is too long
	CallForged     = "forged"     // nothing proves that it is the payment system's
	CallBusy       = "busy"       // it could not be taken just then
)

// Call is one request of a payment system to us, with our answer: a line of the
// wire journal. Bodies hold no full phone and no credentials, and may be cut.
type Call struct {
	Seq        uint64        `cbor:"1,keyasint"`
	At         Instant       `cbor:"2,keyasint"`
	Took       time.Duration `cbor:"3,keyasint,omitempty"` // until the answer was decided; the commit that follows is not in it
	System     System        `cbor:"4,keyasint"`
	Webhook    string        `cbor:"5,keyasint"` // check, create, confirm, reverse, status
	Address    string        `cbor:"6,keyasint,omitempty"`
	TransID    string        `cbor:"7,keyasint,omitempty"`
	Number     Number        `cbor:"8,keyasint,omitempty"`
	HTTPStatus int           `cbor:"9,keyasint"`
	Code       string        `cbor:"10,keyasint,omitempty"` // the wire's error code; empty for success
	Reason     string        `cbor:"11,keyasint,omitempty"` // why, for technicians
	Request    []byte        `cbor:"12,keyasint,omitempty"`
	Response   []byte        `cbor:"13,keyasint,omitempty"`
	Cut        bool          `cbor:"14,keyasint,omitempty"` // a body was longer than what is kept
	TxSeq      uint64        `cbor:"15,keyasint,omitempty"` // the transaction it was about; the ledger fills it in
}

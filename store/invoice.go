package store

import (
	"tushum/internal/money"
)

// Kind is what an invoice is for; each kind is routed to one payment system.
type Kind string

// The kinds of invoices.
const (
	Visit      Kind = "visit"
	Goods      Kind = "goods"
	Prepayment Kind = "prepayment"
	GiftCard   Kind = "giftcard"
	Membership Kind = "membership"
	TopUp      Kind = "topup"
	Counter    Kind = "counter" // the till's standing QR: open amount, paid any number of times
)

// Kinds lists every kind in the order in which screens show them.
func Kinds() []Kind {
	return []Kind{Visit, Goods, Prepayment, GiftCard, Membership, TopUp, Counter}
}

// ParseKind reads the name of a kind.
func ParseKind(s string) (Kind, error) {
	for _, k := range Kinds() {
		if string(k) == s {
			return k, nil
		}
	}
	return "", invalid(sayKind, s)
}

// InvoiceStatus is where an invoice stands. "Being paid" is derived from its
// transactions and not a status.
type InvoiceStatus uint8

// The statuses; the numbers are stored and never change their meaning.
const (
	Open InvoiceStatus = iota + 1
	Paid
	Cancelled
	Expired
	Refunded
)

var invoiceStatusNames = [...]string{Open: "open", Paid: "paid", Cancelled: "cancelled", Expired: "expired", Refunded: "refunded"}

// InvoiceStatuses lists every status.
func InvoiceStatuses() []InvoiceStatus {
	return []InvoiceStatus{Open, Paid, Cancelled, Expired, Refunded}
}

// String is the word of the JSON contract; empty for the zero status.
func (s InvoiceStatus) String() string {
	if int(s) >= len(invoiceStatusNames) {
		return ""
	}
	return invoiceStatusNames[s]
}

// ParseInvoiceStatus reads what String wrote.
func ParseInvoiceStatus(s string) (InvoiceStatus, error) {
	for _, st := range InvoiceStatuses() {
		if st.String() == s {
			return st, nil
		}
	}
	return 0, invalid(sayInvoiceStatus, s)
}

// Line is one service or good on an invoice.
type Line struct {
	Name     string       `cbor:"1,keyasint"`
	Quantity int64        `cbor:"2,keyasint"`
	Price    money.Amount `cbor:"3,keyasint"` // tiyin for one
}

// Cost is what all of the line costs, in tiyin. It fails where that overflows,
// which no line of the ledger does.
func (l Line) Cost() (money.Amount, error) { return l.Price.Mul(l.Quantity) }

// Customer is who is asked to pay; both parts may be absent.
type Customer struct {
	Name  string `cbor:"1,keyasint,omitempty"`
	Phone Phone  `cbor:"2,keyasint,omitempty"`
}

// Invoice is what the shop asks to be paid. Texts are kept as they were given:
// clean them where they are shown.
type Invoice struct {
	Number        Number        `cbor:"1,keyasint"`
	Token         Token         `cbor:"2,keyasint"`
	Kind          Kind          `cbor:"3,keyasint"`
	System        System        `cbor:"4,keyasint"`           // the system its kind was routed to
	Status        InvoiceStatus `cbor:"5,keyasint"`           // as last written; StatusAt looks at the clock too
	Amount        money.Amount  `cbor:"6,keyasint,omitempty"` // tiyin; zero for a counter invoice
	MinAmount     money.Amount  `cbor:"7,keyasint,omitempty"` // counter only
	MaxAmount     money.Amount  `cbor:"8,keyasint,omitempty"` // counter only
	Lines         []Line        `cbor:"9,keyasint,omitempty"`
	Customer      Customer      `cbor:"10,keyasint,omitempty"`
	Specialist    string        `cbor:"11,keyasint,omitempty"`
	AppointmentAt Instant       `cbor:"12,keyasint,omitempty"`
	Note          string        `cbor:"13,keyasint,omitempty"`
	CreatedAt     Instant       `cbor:"14,keyasint"`
	CreatedBy     string        `cbor:"15,keyasint"`
	ExpiresAt     Instant       `cbor:"16,keyasint,omitempty"` // zero: never
	ClosedAt      Instant       `cbor:"17,keyasint,omitempty"` // when it was cancelled, expired or refunded
	Reason        string        `cbor:"18,keyasint,omitempty"` // why staff last changed it
	PaidAt        Instant       `cbor:"19,keyasint,omitempty"`
	PaidBy        string        `cbor:"20,keyasint,omitempty"` // the transId that paid it
	PaidSystem    System        `cbor:"21,keyasint,omitempty"`
	Discount      money.Amount  `cbor:"22,keyasint,omitempty"` // tiyin; taken off before Amount
	Prepaid       money.Amount  `cbor:"23,keyasint,omitempty"` // tiyin; paid before in another way, and not in Amount
}

// Reusable tells whether the invoice may be paid any number of times.
func (i Invoice) Reusable() bool { return i.Kind == Counter }

// StandsAtTill tells whether an invoice can be the till's: any customer can pay it
// now. By hand nobody pays a counter invoice.
func (i Invoice) StandsAtTill(now Instant) bool {
	return i.Reusable() && i.System != Manual && i.StatusAt(now) == Open
}

// StatusAt is the status as the clock has it: an open invoice past its expiry
// is expired, whether or not a sweep has written that down yet.
func (i Invoice) StatusAt(now Instant) InvoiceStatus {
	if i.Status == Open && i.ExpiresAt != 0 && now >= i.ExpiresAt {
		return Expired
	}
	return i.Status
}

// PaymentSystem is the system that paid the invoice, or else the one it is routed to.
func (i Invoice) PaymentSystem() System {
	if i.PaidSystem != "" {
		return i.PaidSystem
	}
	return i.System
}

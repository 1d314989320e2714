package store

import (
	"time"

	"tushum/internal/money"
)

// TransactionStatus is where a payment stands, in the bank's words.
type TransactionStatus uint8

// The statuses; the numbers are stored and never change their meaning.
const (
	Created TransactionStatus = iota + 1
	Confirmed
	Reversed
	FailedTx
)

var transactionStatusNames = [...]string{Created: "CREATED", Confirmed: "CONFIRMED", Reversed: "REVERSED", FailedTx: "FAILED"}

// TransactionStatuses lists every status.
func TransactionStatuses() []TransactionStatus {
	return []TransactionStatus{Created, Confirmed, Reversed, FailedTx}
}

// String is the bank's word; empty for the zero status.
func (s TransactionStatus) String() string {
	if int(s) >= len(transactionStatusNames) {
		return ""
	}
	return transactionStatusNames[s]
}

// ParseTransactionStatus reads what String wrote.
func ParseTransactionStatus(s string) (TransactionStatus, error) {
	for _, st := range TransactionStatuses() {
		if st.String() == s {
			return st, nil
		}
	}
	return 0, invalid(sayTransactionStatus, s)
}

// FailReason tells why a transaction is FAILED.
type FailReason string

// The reasons for FAILED.
const (
	FailExpired   FailReason = "expired"           // no confirm within the limit
	FailCancelled FailReason = "invoice_cancelled" // staff cancelled the invoice
	FailRival     FailReason = "paid_by_another"   // another payment was confirmed first
)

// Transaction is one attempt to pay an invoice. Nothing leaves REVERSED or FAILED.
type Transaction struct {
	Seq         uint64            `cbor:"1,keyasint"` // its place in the ledger, from 1
	TransID     string            `cbor:"2,keyasint"` // the payment system's name for it
	System      System            `cbor:"3,keyasint"`
	ServiceID   int64             `cbor:"4,keyasint,omitempty"`
	Number      Number            `cbor:"5,keyasint"`
	Amount      money.Amount      `cbor:"6,keyasint"` // tiyin
	Status      TransactionStatus `cbor:"7,keyasint"` // as last written; StatusAt looks at the clock too
	Reason      FailReason        `cbor:"8,keyasint,omitempty"`
	CreatedAt   Instant           `cbor:"9,keyasint"`
	ConfirmedAt Instant           `cbor:"10,keyasint,omitempty"` // kept when reversed
	ReversedAt  Instant           `cbor:"11,keyasint,omitempty"`
	FailedAt    Instant           `cbor:"12,keyasint,omitempty"`

	// The business days are kept because the setting of when a day starts may
	// change, and a closed day must not.
	Day          Date `cbor:"13,keyasint"`
	ConfirmedDay Date `cbor:"14,keyasint,omitempty"`
	ReversedDay  Date `cbor:"15,keyasint,omitempty"`

	Source    string `cbor:"16,keyasint,omitempty"` // UZCARD, HUMO, …: an open set
	Tariff    string `cbor:"17,keyasint,omitempty"` // of an instalment
	Reference string `cbor:"18,keyasint,omitempty"` // processingReferenceNumber
	CardType  int64  `cbor:"19,keyasint,omitempty"` // 1 corporate, 2 private
	Phone     Phone  `cbor:"20,keyasint,omitempty"`

	// The rate is the one in force on ConfirmedDay; a later tariff changes nothing here.
	Rate        money.BasisPoints `cbor:"21,keyasint,omitempty"`
	RateAssumed bool              `cbor:"22,keyasint,omitempty"` // no published rate: check your contract

	Refund RefundRequest `cbor:"23,keyasint,omitzero"` // the last one; RefundStateOf tells where it stands

	Unapplied  Unapplied  `cbor:"24,keyasint,omitempty"` // why it did not pay its invoice when it came; empty: it did
	Late       bool       `cbor:"25,keyasint,omitempty"` // the payment system had said that its deal was canceled or expired, or the shop had called that off
	Settlement Settlement `cbor:"26,keyasint,omitzero"`  // what staff made of unapplied money
}

// Fee is what the payment system keeps, in tiyin; zero until confirmed.
func (t Transaction) Fee() money.Amount {
	if t.ConfirmedAt == 0 {
		return 0
	}
	return t.Amount.Fee(t.Rate)
}

// Net is the amount less the fee, in tiyin.
func (t Transaction) Net() money.Amount { return t.Amount - t.Fee() }

// StatusAt is the status as the clock has it: a CREATED transaction that was
// not confirmed within ttl is FAILED, whether or not that is written down yet.
func (t Transaction) StatusAt(now Instant, ttl time.Duration) TransactionStatus {
	if t.Status == Created && now >= t.CreatedAt.Add(ttl) {
		return FailedTx
	}
	return t.Status
}

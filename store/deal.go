package store

import (
	"slices"

	"tushum/internal/lang"
	"tushum/internal/money"
)

// DealState is where a deal stands, in words that fit every payment system.
type DealState uint8

// The states; the numbers are stored and never change their meaning.
const (
	DealAsked     DealState = iota + 1 // written down; nobody knows yet whether the system has it
	DealOpen                           // it can be paid
	DealClaimed                        // the payer says that they have paid: their word, and no money
	DealDisputed                       // the system looks into it
	DealCompleted                      // the money has come
	DealCanceled                       // called off
	DealExpired                        // its time ran out
	DealRefunded                       // the money went back
	DealVoid                           // it never came about
)

var dealStateNames = [...]string{
	DealAsked: "asked", DealOpen: "open", DealClaimed: "claimed", DealDisputed: "disputed", DealCompleted: "completed",
	DealCanceled: "canceled", DealExpired: "expired", DealRefunded: "refunded", DealVoid: "void",
}

// String is the word of the JSON contract; empty for the zero state.
func (s DealState) String() string {
	if int(s) >= len(dealStateNames) {
		return ""
	}
	return dealStateNames[s]
}

// ended tells of a state in which nothing more is expected, though a dispute may
// bring it.
func (s DealState) ended() bool { return s >= DealCompleted }

// lapsed tells of a state in which no money is waited for.
func (s DealState) lapsed() bool { return s == DealCanceled || s == DealExpired }

// DealTrouble is what somebody has to look at, where the system's word can't be
// acted on.
type DealTrouble string

// The troubles.
const (
	NoAmount      DealTrouble = "no_amount"      // it is completed, and how much came can't be told
	UnknownStatus DealTrouble = "unknown_status" // a word for its state that nobody knows, or that can't follow what came before
)

// Deal is one attempt to pay an invoice through a system that makes deals. It is
// written down before the system is asked, and again before anybody is shown where
// to pay. The money of a completed deal is a Transaction.
type Deal struct {
	Seq       uint64       `cbor:"1,keyasint"` // its place in the ledger, from 1
	Ref       string       `cbor:"2,keyasint"` // the shop's name for it, used once
	System    System       `cbor:"3,keyasint"`
	Number    Number       `cbor:"4,keyasint"`
	Amount    money.Amount `cbor:"5,keyasint"` // tiyin; what was asked for
	State     DealState    `cbor:"6,keyasint"`
	ID        string       `cbor:"7,keyasint,omitempty"` // the system's name for it; empty until it is known
	URL       string       `cbor:"8,keyasint,omitempty"` // the system's page for the payer, as it is
	By        string       `cbor:"9,keyasint"`           // who began it
	AskedAt   Instant      `cbor:"10,keyasint"`
	MadeAt    Instant      `cbor:"11,keyasint,omitempty"` // when the ledger learned that the system has it
	ExpiresAt Instant      `cbor:"12,keyasint,omitempty"` // until when it can be paid; zero: the system does not say
	EndedAt   Instant      `cbor:"13,keyasint,omitempty"` // when the state that ends it was learned; zero in the others
	LapsedAt  Instant      `cbor:"21,keyasint,omitempty"` // when it was first learned to be canceled or expired: money after that comes late
	ClaimedAt Instant      `cbor:"22,keyasint,omitempty"` // when it was first learned that the payer says that they have paid, or disputes it, before any money came

	// Payments is how many transactions came of it: after a dispute it may be paid
	// a second time. TransID is the one that stands for its money now.
	Payments int          `cbor:"14,keyasint,omitempty"`
	TransID  string       `cbor:"15,keyasint,omitempty"`
	Told     money.Amount `cbor:"16,keyasint,omitempty"` // tiyin; the amount by the system's last word; zero: it gave none

	Word     string      `cbor:"17,keyasint,omitempty"` // the system's own word for its state; clean it where it is shown
	Trouble  DealTrouble `cbor:"18,keyasint,omitempty"`
	CalledAt Instant     `cbor:"19,keyasint,omitempty"` // when the shop asked the system to call it off
	Why      string      `cbor:"20,keyasint,omitempty"` // of DealVoid: why it never came about, for technicians
}

// StateAt is the state as the clock has it: an open deal whose time is over is
// expired until the system says otherwise.
func (d Deal) StateAt(now Instant) DealState {
	if d.State == DealOpen && d.ExpiresAt != 0 && now >= d.ExpiresAt {
		return DealExpired
	}
	return d.State
}

// Payable tells whether the payer can be shown where to pay. What the shop has called
// off is not shown, whatever came of that.
func (d Deal) Payable(now Instant) bool { return d.StateAt(now) == DealOpen && d.CalledAt == 0 }

// Misquoted tells of a deal for which the system names another amount than was asked
// for: whoever pays either of the two has not paid the invoice.
func (d Deal) Misquoted() bool { return d.Told != 0 && d.Told != d.Amount }

// Withheld tells of a deal whose payer is not shown where to pay, though it may be
// Payable: it is Misquoted, or the system's word for its state is one that nobody knows,
// so that it may have been refused. A further word that is known ends that.
func (d Deal) Withheld() bool { return d.Misquoted() || d.Trouble == UnknownStatus }

// late tells of a deal whose money comes late: the system had said that it was
// canceled or expired, or the shop had called it off. That our clock has passed
// ExpiresAt does not count: what is in time is up to the system's clock, and its word
// may be on its way for hours.
func (d Deal) late() bool { return d.LapsedAt != 0 || d.CalledAt != 0 }

// inFlight tells that money may be on its way.
func (d Deal) inFlight() bool { return d.State == DealClaimed || d.State == DealDisputed }

// Doubtful tells of a deal that ended without money although its payer had said that
// they paid: the money may have been sent, and a dispute may still bring it.
func (d Deal) Doubtful() bool { return d.State.lapsed() && d.TransID == "" && d.ClaimedAt != 0 }

// DoubtfulDeal is the one among the deals of an invoice on whose account its payer is
// not asked for the money again, unless a person decides it; ok is false where there is
// none. It is settled when another was begun since: somebody has decided.
func DoubtfulDeal(deals []Deal) (doubtful Deal, ok bool) {
	for _, d := range deals {
		if d.Doubtful() && !d.followed(deals) && (!ok || d.Seq > doubtful.Seq) {
			doubtful, ok = d, true
		}
	}
	return doubtful, ok
}

// followed tells whether an attempt was begun after the deal had ended.
func (d Deal) followed(deals []Deal) bool {
	return slices.ContainsFunc(deals, func(o Deal) bool { return o.Seq > d.Seq && o.State != DealVoid && o.AskedAt >= d.EndedAt })
}

// current tells that a further attempt would be one too many.
func (d Deal) current(now Instant) bool {
	return d.State == DealAsked || d.Payable(now) || d.inFlight()
}

// CurrentDeal is the attempt that the payer of an invoice is to go on with, among
// its deals; ok is false where there is none. One by which money may be on its way
// comes before those that can still be paid, or else the payer might pay twice.
func CurrentDeal(deals []Deal, now Instant) (current Deal, ok bool) {
	for _, d := range deals {
		if d.current(now) && (!ok || d.before(current)) {
			current, ok = d, true
		}
	}
	return current, ok
}

// before tells which of two current attempts is the one to go on with.
func (d Deal) before(o Deal) bool {
	if d.inFlight() != o.inFlight() {
		return d.inFlight()
	}
	return d.Seq > o.Seq
}

// DealOrder is the wish to make a deal.
type DealOrder struct {
	Number Number
	By     string // who wants it
	Lang   lang.Lang
	Force  bool // a person has decided it, knowing that a Doubtful deal ended

	// The rest is filled in by the ledger and by who makes the deal.
	Ref    string       // the shop's name for it
	Amount money.Amount // tiyin
	Back   string       // the page to come back to; empty: there is none
}

// DealNews is what a payment system says of a deal.
type DealNews struct {
	ID        string
	State     DealState // zero: a word that nobody knows
	Word      string    // the system's own
	URL       string    // of its page for the payer; empty: it did not say
	Amount    money.Amount
	ExpiresAt Instant // zero: it did not say
}

// DealDue is when the system is to be asked about a deal next.
type DealDue struct {
	Ref string
	At  Instant
}

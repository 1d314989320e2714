package store

import (
	"errors"
	"fmt"

	"tushum/internal/lang"
	"tushum/internal/money"
)

// Code names one way in which the ledger refuses. It is an error itself, so
// errors.Is(err, AlreadyPaid) holds for every Error with that code.
type Code string

// The codes of refusals. The numbers in comments are those that the Merchant
// API 1.0.0 gives them.
const (
	InvoiceNotFound     Code = "invoice_not_found"     // 10007
	AlreadyPaid         Code = "already_paid"          // 10008
	InvoiceClosed       Code = "invoice_closed"        // 10009: cancelled, expired or refunded
	TransIDTaken        Code = "trans_id_taken"        // 10010
	WrongAmount         Code = "wrong_amount"          // 10011
	BelowMinimum        Code = "below_minimum"         // 10012
	AboveMaximum        Code = "above_maximum"         // 10013
	TransactionNotFound Code = "transaction_not_found" // 10014
	NotConfirmable      Code = "not_confirmable"       // 10015
	AlreadyConfirmed    Code = "already_confirmed"     // 10016
	NotReversible       Code = "not_reversible"        // 10017
	AlreadyReversed     Code = "already_reversed"      // 10018

	PaymentInFlight Code = "payment_in_flight" // staff: somebody is paying this invoice now
	NotAllowed      Code = "not_allowed"       // staff: not in the invoice's present state
	Invalid         Code = "invalid"           // a value that no invoice can have
	NumbersUsedUp   Code = "numbers_used_up"   // the ninth digit is spent
	SystemClosed    Code = "not_connected"     // the kind's payment system is not connected, or is paused
	DealNotFound    Code = "deal_not_found"    // no attempt of that name
	TooManyDeals    Code = "too_many_deals"    // the invoice has had as many attempts as an hour, or an invoice, allows
	DealInDoubt     Code = "deal_in_doubt"     // whether the last attempt exists is not known yet
	MoneyUndecided  Code = "money_undecided"   // money came for the invoice that staff have to decide about
	ClaimedBefore   Code = "deal_claimed"      // its payer had said that they paid, and the deal ended without money: only a person begins another
	TransIDShared   Code = "trans_id_shared"   // several payment systems have a transaction of that name: say which is meant

	Busy           Code = "busy"            // the queue to the writer is full
	DiskFull       Code = "disk_full"       // nothing was written; may succeed later
	OutcomeUnknown Code = "outcome_unknown" // the commit failed half way; see Failed
	Failed         Code = "store_failed"    // an earlier outcome is unknown: nothing is answered until a restart has verified
	Closed         Code = "store_closed"    // the store is shutting down
	Damaged        Code = "store_damaged"   // a record's checksum or the file's structure is wrong
	Locked         Code = "store_locked"    // another process holds the store
	Newer          Code = "store_newer"     // written by a later version of this program
	NotAStore      Code = "not_a_store"     // the file is something else
	Unusable       Code = "store_unusable"  // its file or folder can't be made or opened, or is not safe to
	Internal       Code = "internal"        // a defect of this program; nothing was written
)

// Error makes a Code usable as a sentinel.
func (c Code) Error() string { return string(c) }

// Class groups codes by what a caller can do about them.
type Class int

// The classes, in the order of the exit codes of the commands.
const (
	ClassInvalid     Class = iota + 1 // mend the input
	ClassNotFound                     // no such record
	ClassRefused                      // a rule of the ledger says no
	ClassUnavailable                  // the store can't answer now
)

// Class tells the class of the code; zero for no code, and for one that this
// package does not know.
func (c Code) Class() Class {
	switch c {
	case Invalid, TransIDShared:
		return ClassInvalid
	case InvoiceNotFound, TransactionNotFound, DealNotFound:
		return ClassNotFound
	case Busy, DiskFull, OutcomeUnknown, Failed, Closed, Damaged, Locked, Newer, NotAStore, Unusable, Internal:
		return ClassUnavailable
	case AlreadyPaid, InvoiceClosed, TransIDTaken, WrongAmount, BelowMinimum, AboveMaximum,
		NotConfirmable, AlreadyConfirmed, NotReversible, AlreadyReversed, PaymentInFlight, NotAllowed, NumbersUsedUp, SystemClosed,
		TooManyDeals, DealInDoubt, MoneyUndecided, ClaimedBefore:
		return ClassRefused
	}
	return 0
}

// Error is a refusal with what it is about. Fields that don't apply are zero.
// It never holds a secret, a phone or a customer's name.
type Error struct {
	Code      Code
	Number    Number       // the invoice
	TransID   string       // the transaction
	System    System       // the payment system: that of TransID, or for SystemClosed that of the invoice
	Status    string       // the state that stood in the way
	Got, Want money.Amount // tiyin: what was offered and what was expected
	Holder    Holder       // for Locked: who holds the store
	Detail    string       // for technicians, in English
	Err       error        // the cause, if another error was

	systemName lang.Text // of System, as people call it

	says lang.Text  // instead of the code's sentence; for Invalid: what is wrong with the value
	hint lang.Text  // instead of the code's hint, where says is set
	why  FailReason // for Status FAILED: why
}

// Holder is the process that holds a store. Its fields but Path are zero where
// it is not known.
type Holder struct {
	Path  string // the store's file
	Name  string // how the process names itself
	PID   int
	Since Instant
}

// Error is the English sentence; Message has the other languages.
func (e *Error) Error() string {
	s := e.Message(lang.EN)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s = fmt.Sprintf("%s: %v", s, e.Err)
	}
	return s
}

// Unwrap gives the cause and the code.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Code}
	}
	return []error{e.Code, e.Err}
}

// CodeOf finds the Code in an error's chain; empty when there is none.
func CodeOf(err error) Code {
	var c Code
	if errors.As(err, &c) {
		return c
	}
	return ""
}

func refuse(c Code, inv Invoice) *Error {
	return &Error{Code: c, Number: inv.Number, Status: inv.Status.String()}
}

func refuseTx(c Code, t Transaction) *Error {
	return &Error{Code: c, Number: t.Number, TransID: t.TransID, Status: t.Status.String(), why: t.Reason}
}

package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Audit tells whether a transaction could have come about by the rules.
func (t Transaction) Audit() error {
	switch {
	case t.TransID == "" || t.Number == 0 || t.Amount <= 0 || t.CreatedAt == 0 || t.Day == 0:
		return errors.New("it lacks what every transaction has")
	case t.Status == 0 || t.Status > FailedTx:
		return fmt.Errorf("status %d is unknown", t.Status)
	case (t.Status == Confirmed) && t.ConfirmedAt == 0, (t.ConfirmedAt == 0) != (t.ConfirmedDay == 0):
		return fmt.Errorf("it is %s without the moment of it", t.Status)
	case t.ConfirmedAt != 0 && (t.Status == Created || t.Status == FailedTx):
		return fmt.Errorf("it was confirmed and is %s", t.Status)
	case (t.Status == Reversed) != (t.ReversedAt != 0), (t.ReversedAt == 0) != (t.ReversedDay == 0):
		return fmt.Errorf("status %s and the moment of a reversal don't agree", t.Status)
	case (t.Status == FailedTx) != (t.FailedAt != 0), (t.Status == FailedTx) != (t.Reason != ""):
		return fmt.Errorf("status %s and the moment of a failure don't agree", t.Status)
	}
	return cmp.Or(t.auditSettlement(), t.auditRefund())
}

// auditSettlement tells whether what came of unapplied money could have.
func (t Transaction) auditSettlement() error {
	s := t.Settlement
	switch {
	case (t.Unapplied != "" || t.Late) && t.ConfirmedAt == 0:
		return errors.New("it is late or unapplied though no money came")
	case t.Unapplied != "" && !slices.Contains(UnappliedReasons(), t.Unapplied):
		return fmt.Errorf("it is unapplied because of %q, which nobody knows", t.Unapplied)
	case s == (Settlement{}):
		return nil
	case t.Unapplied == "":
		return errors.New("it was settled though it paid its invoice")
	case s.At == 0 || s.Note == "":
		return errors.New("its settlement lacks when or why")
	}
	return nil
}

// auditRefund tells whether a refund request could have come about.
func (t Transaction) auditRefund() error {
	r := t.Refund
	if r == (RefundRequest{}) {
		return nil
	}
	switch {
	case r.AskedAt == 0 || r.Reason == "":
		return errors.New("its refund request lacks when or why")
	case t.ConfirmedAt == 0 || t.System == Manual:
		return errors.New("its refund was requested though no bank has confirmed it")
	case r.Outcome != 0 && r.Outcome != Withdrawn && r.Outcome != Refused:
		return fmt.Errorf("its refund request ended in state %d, which none can", r.Outcome)
	case (r.Outcome == 0) != (r.ClosedAt == 0), (r.Outcome == 0) != (r.Note == ""):
		return errors.New("the end of its refund request lacks when, how or why")
	}
	return nil
}

// TotalMoves are the moves of the running totals that brought it where it is.
func (t Transaction) TotalMoves() []Total {
	var moves []Total
	if t.ConfirmedAt != 0 {
		confirmed := t
		confirmed.Status = Confirmed
		move, _ := TransactionChange{After: confirmed}.TotalMove()
		moves = append(moves, move)
		if t.Status == Reversed {
			move, _ = TransactionChange{Before: &confirmed, After: t}.TotalMove()
			moves = append(moves, move)
		}
	}
	return moves
}

// MayEndWith tells whether the event can have left the transaction as it is.
func (t Transaction) MayEndWith(e EventType) bool {
	switch t.Status {
	case Confirmed:
		return t.mayStandAfter(e)
	case Reversed:
		return e == TransactionReversed
	case FailedTx:
		return e == TransactionFailed
	default:
		return e == TransactionCreated
	}
}

// mayStandAfter is MayEndWith for a CONFIRMED transaction. Which of its settlement
// and its refund request came last is not kept.
func (t Transaction) mayStandAfter(e EventType) bool {
	settled, refund := t.Settlement.At != 0, t.lastRefundEvent()
	if settled && refund == TransactionConfirmed {
		return e == TransactionSettled
	}
	return e == refund || settled && e == TransactionSettled
}

// lastRefundEvent is the event that left the refund of a CONFIRMED transaction as it is.
func (t Transaction) lastRefundEvent() EventType {
	switch RefundStateOf(t) {
	case Requested:
		return RefundRequested
	case Withdrawn:
		return RefundWithdrawn
	case Refused:
		return RefundRefused
	default:
		return TransactionConfirmed
	}
}

// MayEndWith tells whether the event can have left the invoice as it is.
func (i Invoice) MayEndWith(e EventType) bool {
	switch i.Status {
	case Open:
		return e == InvoiceCreated || e == InvoiceReopened || e == InvoiceExtended
	case Paid:
		return e == InvoicePaid
	case Cancelled:
		return e == InvoiceCancelled
	case Expired:
		return e == InvoiceExpired
	case Refunded:
		return e == InvoiceRefunded
	}
	return false
}

// Audit tells whether an invoice and its transactions could have come about by
// the rules. Of a counter invoice no transactions are asked for.
func (i Invoice) Audit(ts []Transaction) error {
	if i.Status == 0 || i.Status > Refunded {
		return fmt.Errorf("status %d is unknown", i.Status)
	}
	if err := i.auditSum(); err != nil {
		return err
	}
	confirmed := 0
	for _, t := range ts {
		if err := i.auditPayment(t); err != nil {
			return err
		}
		if t.Status == Confirmed && t.Applied() {
			confirmed++
		}
	}
	if !i.Reusable() && ((i.Status == Paid) != (confirmed == 1) || confirmed > 1) {
		return fmt.Errorf("it is %s with %d confirmed transactions", i.Status, confirmed)
	}
	return nil
}

// auditPayment tells whether a transaction can belong to the invoice.
func (i Invoice) auditPayment(t Transaction) error {
	switch {
	case t.Number != i.Number:
		return fmt.Errorf("transaction %s is of invoice %s", t.TransID, t.Number)
	case t.Amount != i.Amount && t.Unapplied == "":
		return fmt.Errorf("transaction %s has another amount", t.TransID)
	case t.Status == Confirmed && t.Applied() && t.TransID != i.PaidBy:
		return fmt.Errorf("transaction %s is confirmed and did not pay it", t.TransID)
	case t.Status == Created && (i.Status == Paid || i.Status == Cancelled || i.Status == Refunded):
		return fmt.Errorf("transaction %s may still be confirmed though the invoice is %s", t.TransID, i.Status)
	}
	return nil
}

// auditSum tells whether the amounts of an invoice belong together.
func (i Invoice) auditSum() error {
	if i.Discount < 0 || i.Prepaid < 0 {
		return errors.New("its discount or what was paid before is negative")
	}
	if i.Reusable() {
		if i.Amount != 0 || i.Discount != 0 || i.Prepaid != 0 || len(i.Lines) > 0 {
			return errors.New("it is a counter invoice with an amount of its own")
		}
		return nil
	}
	total, err := i.fullPrice()
	if err != nil {
		return fmt.Errorf("its total: %w", err)
	}
	if sum, err := checkLines(i.Lines); err != nil || len(i.Lines) > 0 && sum != total {
		return errors.New("its lines don't add up to its total")
	}
	return nil
}

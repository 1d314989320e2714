package store

import (
	"errors"
	"fmt"
)

// Audit tells whether a deal could have come about by the rules.
func (d Deal) Audit() error {
	switch {
	case d.Ref == "" || d.System == "" || d.Number == 0 || d.Amount <= 0 || d.AskedAt == 0:
		return errors.New("it lacks what every deal has")
	case d.State == 0 || d.State > DealVoid:
		return fmt.Errorf("state %d is unknown", d.State)
	case (d.ID == "") != (d.MadeAt == 0), (d.ID == "") != (d.State == DealAsked || d.State == DealVoid), d.ID == "" && d.ClaimedAt != 0:
		return fmt.Errorf("it is %s, and the system's name for it does not agree", d.State)
	case d.State.ended() != (d.EndedAt != 0), d.State.lapsed() && d.LapsedAt == 0:
		return fmt.Errorf("it is %s, and the moment of its end does not agree", d.State)
	case d.Trouble == NoAmount && d.State != DealClaimed && d.TransID == "":
		return fmt.Errorf("it is %s, and its amount is missing", d.State)
	}
	return d.auditMoney()
}

func (d Deal) auditMoney() error {
	switch {
	case d.Payments < 0 || d.Payments > mostPayments || d.Payments > 0 && d.ID == "":
		return fmt.Errorf("it has %d payments", d.Payments)
	case d.TransID != "" && (d.Payments == 0 || d.TransID != d.payment(d.Payments)):
		return errors.New("its transaction is not its own")
	case d.State == DealCompleted && d.TransID == "", d.TransID != "" && d.State != DealCompleted && d.State != DealDisputed:
		return fmt.Errorf("it is %s, and its money does not agree", d.State)
	}
	return nil
}

// StandsFor tells whether a transaction can be the one that stands for the deal's
// money now. While it is disputed, or the system's word makes no sense, the amount
// that was told may be another than the one that is booked.
func (d Deal) StandsFor(t Transaction) bool {
	settled := d.State == DealCompleted && d.Trouble == ""
	return t.TransID == d.TransID && t.Number == d.Number && t.Status == Confirmed && (t.Amount == d.Told || !settled)
}

// MayEndWith tells whether the event can have left the deal as it is.
func (d Deal) MayEndWith(e EventType) bool {
	return e == d.event() || e == DealChanged && d.State != DealAsked
}

package store

import (
	"crypto/rand"
	"encoding/binary"
	"time"

	"tushum/internal/money"
)

// Rehearsal is a Bank for a payment that is only played: it has one open
// invoice, follows the shop's own rules, and leaves nothing anywhere. The wire
// journal of it is dropped.
type Rehearsal struct {
	*Memory
	issued Invoice
}

// byRehearsal is who made the invoice of a rehearsal.
const byRehearsal = "rehearsal"

// NewRehearsal makes an invoice over an amount in tiyin, for a visit, that Uzum
// Bank may be paid for whatever the rules route there. Its number is drawn from
// all there can be: it may be that of an invoice in the books, which is another.
// Amounts outside the limits of the rules are Invalid.
func NewRehearsal(r Rules, amount money.Amount, now func() time.Time) (*Rehearsal, error) {
	r.Routing, r.Systems = map[Kind]System{Visit: Uzum}, nil
	token, err := NewToken(rand.Reader)
	if err != nil {
		return nil, err
	}
	n, err := drawNumber()
	if err != nil {
		return nil, err
	}
	m := NewMemory(r, now, nil)
	issued, err := m.Issue(Draft{Kind: Visit, Amount: amount, By: byRehearsal}, n, token)
	if err != nil {
		return nil, err
	}
	return &Rehearsal{Memory: m, issued: issued}, nil
}

// Issued is the invoice as it was at the beginning.
func (r *Rehearsal) Issued() Invoice { return r.issued }

// drawNumber draws one of all numbers.
func drawNumber() (Number, error) {
	var drawn [8]byte
	_, _ = rand.Read(drawn[:]) // never fails
	return NumberOf(FirstBase + uint32(binary.NativeEndian.Uint64(drawn[:])%(LastBase-FirstBase+1)))
}

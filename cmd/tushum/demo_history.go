package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// history is the past of a shop. It is planned as a whole and then played, over
// the real listener, with the shop's clock moved from step to step.
type history struct {
	shop     *shop
	bank     *bank.Client
	platform *platform
	deals    store.DealMaker
	clock    *lateClock
	now      time.Time // no step comes after it
	steps    []step
	till     store.Number // the standing QR, once it is issued
}

// step is one thing that happened, and when.
type step struct {
	at time.Time
	do func(context.Context) error
}

// play lets everything happen that was planned, and ends in the present.
func (h *history) play(ctx context.Context) error {
	slices.SortStableFunc(h.steps, func(a, b step) int { return a.at.Compare(b.at) })
	for _, s := range h.steps {
		h.clock.set(s.at)
		if err := s.do(ctx); err != nil {
			return fmt.Errorf("playing the past, %s: %w", s.at.Format(time.DateTime), err)
		}
	}
	h.clock.catchUp()
	return ctx.Err()
}

// visit is one customer's way through the shop while it is planned. Each of its
// methods plans what happens at that moment.
type visit struct {
	*history
	salon   *salon
	at      time.Time
	planned []step
	kind    store.Kind
	inv     store.Invoice
	transID string     // of the last attempt
	deal    store.Deal // the last one
}

func (h *history) visit(s *salon, at time.Time) *visit { return &visit{history: h, salon: s, at: at} }

// end puts the visit into the history. One that isn't over by now is left out:
// nobody would ever finish it.
func (v *visit) end() {
	if !v.at.After(v.now) {
		v.steps = append(v.steps, v.planned...)
	}
}

func (v *visit) plan(do func(context.Context) error) {
	v.planned = append(v.planned, step{v.at, do})
}

// wait lets some time pass, as much as half longer.
func (v *visit) wait(least time.Duration) {
	v.at = v.at.Add(least + time.Duration(v.salon.random.Int64N(int64(least)/2)))
}

func (v *visit) issue(d store.Draft) {
	d.By, v.kind = salonStaff, d.Kind
	v.plan(func(ctx context.Context) (err error) {
		v.inv, err = v.shop.Issue(ctx, d)
		return err
	})
}

// begin is the bank's create of what the invoice asks for, and less if short is
// given. It is answered with code, which is empty for success. The check that
// comes before it in life is left out: calls that change nothing reach the
// journal later than those that do, and would stand there in the wrong order.
func (v *visit) begin(short money.Amount, code string) {
	v.plan(func(ctx context.Context) error {
		v.transID = v.bank.NewTransID()
		reply, err := v.bank.Create(ctx, v.transID, v.inv.Number.String(), v.inv.Amount-short)
		return v.answered(ctx, reply, err, code)
	})
}

// beginAtTill is the bank's create on the standing QR.
func (v *visit) beginAtTill() {
	amount := v.salon.openAmount(0, 0)
	v.plan(func(ctx context.Context) error {
		v.transID = v.bank.NewTransID()
		reply, err := v.bank.Create(ctx, v.transID, v.till.String(), amount)
		return v.answered(ctx, reply, err, "")
	})
}

// confirm is the bank's confirm of the last attempt, answered with code.
func (v *visit) confirm(source, code string) {
	payer := v.salon.payer(source)
	v.plan(func(ctx context.Context) error {
		if v.inv.Customer.Phone != "" {
			payer.Phone = string(v.inv.Customer.Phone)
		}
		reply, err := v.bank.Confirm(ctx, v.transID, payer)
		return v.answered(ctx, reply, err, code)
	})
}

// pay is a payment without trouble: with a source by the bank, or else by a deal.
func (v *visit) pay(source string) {
	if v.byDeal() {
		v.beginDeal()
		v.wait(40 * time.Second)
		v.move(unpaid, "paid")
		v.wait(70 * time.Second)
		v.move(claimed, "completed")
		return
	}
	v.begin(0, "")
	v.wait(4 * time.Second)
	v.confirm(source, "")
}

func (v *visit) refund() {
	if v.byDeal() {
		v.move([]string{"completed"}, "refunded")
		return
	}
	v.plan(func(ctx context.Context) error {
		reply, err := v.bank.Reverse(ctx, v.transID)
		return v.answered(ctx, reply, err, "")
	})
}

func (v *visit) cancel(why lang.Text) {
	v.plan(func(ctx context.Context) error {
		_, err := v.shop.Cancel(ctx, store.CancelOrder{Number: v.inv.Number, By: salonStaff, Reason: why.In(v.salon.lang)})
		return err
	})
}

func (v *visit) markPaid(source string, why lang.Text) {
	v.plan(func(ctx context.Context) error {
		_, err := v.shop.MarkPaid(ctx, store.ManualPayment{Number: v.inv.Number, By: salonStaff, Source: source, Reason: why.In(v.salon.lang)})
		return err
	})
}

// sweep writes down what the clock has decided, as the service does every other
// second of its life.
func (v *visit) sweep() {
	v.plan(func(ctx context.Context) error {
		_, err := v.shop.Sweep(ctx)
		return err
	})
}

// stranger is a call with a wrong password.
func (v *visit) stranger() {
	v.plan(func(ctx context.Context) error {
		other := *v.bank
		other.Password += "x"
		reply, err := other.Check(ctx, v.inv.Number.String())
		return v.answered(ctx, reply, err, "10001")
	})
}

// mistype is a customer who types a number that no invoice has.
func (v *visit) mistype() {
	v.plan(func(ctx context.Context) error {
		never, err := store.NumberOf(store.LastBase)
		if err != nil {
			return err
		}
		reply, err := v.bank.Check(ctx, never.String())
		return v.answered(ctx, reply, err, "10007")
	})
}

// answered holds an answer against the one that the story needs. A refusal is
// waited for in the journal, so that it stands there where it belongs.
func (h *history) answered(ctx context.Context, reply bank.Reply, err error, code string) error {
	switch {
	case err != nil:
		return err
	case reply.ErrorCode != code:
		return fmt.Errorf("the bank was answered %q where %q belongs", reply.ErrorCode, code)
	case code == "":
		return nil
	}
	return h.journaled(ctx, code)
}

// The bounds of the wait for the journal, which takes a quarter of a second. On
// a disk that is much slower the line comes late and stands in a wrong place.
const (
	journalLook  = 5 * time.Millisecond
	journalLooks = 200
)

func (h *history) journaled(ctx context.Context, code string) error {
	for range journalLooks {
		last, err := h.shop.Calls(ctx, store.CallQuery{Limit: 1})
		if err != nil || len(last) > 0 && last[0].Code == code {
			return err
		}
		if err := wait(ctx, journalLook); err != nil {
			return err
		}
	}
	return nil
}

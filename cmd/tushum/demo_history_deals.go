package main

import (
	"context"
	"fmt"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// byDeal tells whether the visit is paid by a deal.
func (v *visit) byDeal() bool { return v.shop.isDeal(v.shop.Rules().Routing[v.kind]) }

// beginDeal has a deal made, as the pay page does for who opens it.
func (v *visit) beginDeal() {
	v.plan(func(ctx context.Context) (err error) {
		v.deal, err = v.deals.Begin(ctx, store.DealOrder{Number: v.inv.Number, By: salonStaff, Lang: v.salon.lang})
		return err
	})
}

// move has the platform move the last deal on, and the shop learn of it at once.
func (v *visit) move(from []string, to string) {
	v.plan(func(ctx context.Context) (err error) {
		if !v.platform.move(v.deal.ID, from, to) {
			return fmt.Errorf("deal %s can't become %s: %w", v.deal.Ref, to, errNoDeal)
		}
		v.deal, err = v.shop.hear(ctx, v.deal)
		return err
	})
}

// settle has the platform change what the last deal is about: so much less came.
func (v *visit) settle(short money.Amount) {
	v.plan(func(context.Context) error {
		v.platform.Settle(v.deal.ID, v.inv.Amount-short)
		return nil
	})
}

// paysOther is somebody who sends another sum than was asked for: the money is there,
// and staff have to decide about it.
func (v *visit) paysOther(short money.Amount) {
	v.beginDeal()
	v.wait(40 * time.Second)
	v.settle(short)
	v.move(unpaid, "paid")
	v.wait(70 * time.Second)
	v.move(claimed, "completed")
}

// paysAtSecondDeal is somebody whose first deal the platform cancels.
func (v *visit) paysAtSecondDeal() {
	v.beginDeal()
	v.wait(time.Minute)
	v.move(unpaid, "canceled")
	v.wait(20 * time.Second)
	v.pay("")
}

// disputes is a payment that the platform looks into, for so long.
func (v *visit) disputes(long time.Duration) {
	v.beginDeal()
	v.wait(40 * time.Second)
	v.move(unpaid, "paid")
	v.wait(2 * time.Minute)
	v.move(claimed, "disputed")
	v.wait(long)
	v.move(held, "completed")
}

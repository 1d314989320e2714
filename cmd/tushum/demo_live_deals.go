package main

import (
	"context"

	"tushum/store"
)

// paysByDealInTheirWay is what can come between an invoice and the money of its deal.
func (c *customer) paysByDealInTheirWay(ctx context.Context, inv store.Invoice) error {
	switch c.salon.random.IntN(8) {
	case 0:
		return c.paysAtSecondDeal(ctx, inv)
	case 1:
		return c.paysOtherSum(ctx, inv)
	case 2:
		return c.paysInDispute(ctx, inv)
	}
	return c.paysByDeal(ctx, inv)
}

// paysOtherSum is somebody who sends less: staff have to decide about it.
func (c *customer) paysOtherSum(ctx context.Context, inv store.Invoice) error {
	d, err := c.transfers(ctx, inv)
	if err != nil {
		return err
	}
	c.platform.Settle(d.ID, inv.Amount-thousands(2))
	return c.isPaid(ctx, d)
}

// paysInDispute is a payment that the platform looks into first.
func (c *customer) paysInDispute(ctx context.Context, inv store.Invoice) error {
	d, err := c.transfers(ctx, inv)
	if err != nil {
		return err
	}
	if err := wait(ctx, c.pace.debits); err != nil {
		return err
	}
	c.platform.move(d.ID, claimed, "disputed")
	if err := wait(ctx, c.pace.regrets); err != nil {
		return err
	}
	c.platform.move(d.ID, held, "completed")
	return nil
}

// paysByDeal is a payment by a deal without trouble.
func (c *customer) paysByDeal(ctx context.Context, inv store.Invoice) error {
	d, err := c.transfers(ctx, inv)
	if err != nil {
		return err
	}
	return c.isPaid(ctx, d)
}

// beginsDeal has a deal made, or goes on with the one that is there.
func (c *customer) beginsDeal(ctx context.Context, inv store.Invoice) (store.Deal, error) {
	d, err := c.deals.Begin(ctx, store.DealOrder{Number: inv.Number, By: salonStaff, Lang: c.salon.lang})
	if err != nil {
		return d, err
	}
	return d, wait(ctx, c.pace.thinks)
}

// transfers is the payer's part: they look where the money goes, send it, and say so.
func (c *customer) transfers(ctx context.Context, inv store.Invoice) (store.Deal, error) {
	d, err := c.beginsDeal(ctx, inv)
	if err == nil {
		c.platform.move(d.ID, unpaid, "paid")
	}
	return d, err
}

// isPaid is the platform's part: a moment later the money is there.
func (c *customer) isPaid(ctx context.Context, d store.Deal) error {
	if err := wait(ctx, c.pace.debits); err != nil {
		return err
	}
	c.platform.move(d.ID, claimed, "completed")
	return nil
}

// paysAtSecondDeal is somebody whose first deal the platform cancels.
func (c *customer) paysAtSecondDeal(ctx context.Context, inv store.Invoice) error {
	d, err := c.beginsDeal(ctx, inv)
	if err != nil {
		return err
	}
	c.platform.move(d.ID, unpaid, "canceled")
	if err := c.shop.dealBecomes(ctx, d.Ref, hasState(store.DealCanceled, store.DealCompleted)); err != nil {
		return err
	}
	if err := wait(ctx, c.pace.retries); err != nil {
		return err
	}
	return c.paysByDeal(ctx, inv)
}

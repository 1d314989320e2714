package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tushum/internal/oneclick/simulator"
	"tushum/store"
	"tushum/webhook/callback"
)

// showEvery is how often it is looked whether the platform has found a card.
const showEvery = 10 * time.Millisecond

// goods go by another payment system than visits: each payment is a deal, which is
// paid when the platform says that it is completed, and not before. The shop asks at
// the moments of the story and at no others, so that it is the same each time.
func (d *demo) goods(ctx context.Context) error {
	name, amount := d.someone(30, 120)
	inv, err := d.issue(ctx, store.Draft{Kind: store.Goods, Customer: store.Customer{Name: name}, Lines: []store.Line{{Name: "Shampoo", Quantity: 2, Price: amount}}})
	if err != nil {
		return err
	}
	deal, card, err := d.beginDeal(ctx, inv)
	if err != nil {
		return err
	}
	number := inv.Number.String()
	if err := d.tell(ctx, cashier, demoShowsCard, "{number}", number, "{card}", card); err != nil {
		return err
	}
	if _, err := d.goesOn(ctx, deal, unpaid, "paid"); err != nil {
		return err
	}
	if err := d.tell(ctx, thePlatform, demoClaimed, "{number}", number, "{amount}", inv.Amount.Format(d.app.lang)); err != nil {
		return err
	}
	if deal, err = d.goesOn(ctx, deal, claimed, "completed"); err != nil {
		return err
	}
	if err := d.tell(ctx, thePlatform, demoCompleted, "{number}", number); err != nil {
		return err
	}
	t, err := d.shop.Transaction(ctx, deal.TransID)
	if err != nil {
		return err
	}
	return d.tellPaid(ctx, t)
}

// beginDeal has a deal made, and finds out which card the customer is shown.
func (d *demo) beginDeal(ctx context.Context, inv store.Invoice) (deal store.Deal, card string, err error) {
	deal, err = d.service.deals.Begin(ctx, store.DealOrder{Number: inv.Number, By: "demo", Lang: d.app.lang})
	if err != nil {
		return deal, "", err
	}
	to, err := d.service.deals.PayTo(deal)
	for errors.Is(err, store.ErrNotReady) {
		if err := wait(ctx, showEvery); err != nil {
			return deal, "", err
		}
		to, err = d.service.deals.PayTo(deal)
	}
	if err != nil {
		return deal, "", err
	}
	return deal, strings.Join(to.CardGroups(), " "), nil
}

// goesOn has the platform move a deal on and call the shop, which then asks about it.
func (d *demo) goesOn(ctx context.Context, deal store.Deal, from []string, to string) (store.Deal, error) {
	if !d.platform.move(deal.ID, from, to) {
		return deal, errNoDeal
	}
	status, err := d.platform.Send(ctx, d.service.URL()+callback.Path(deal.System), deal.ID, simulator.Good, d.platform.client)
	if err != nil {
		return deal, err
	}
	if status != http.StatusOK {
		return deal, fmt.Errorf("the platform's call was answered %d: %w", status, errNoDeal)
	}
	return d.shop.hear(ctx, deal)
}

package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"tushum/internal/bank"
	"tushum/store"
)

// pace is how long people take. What is drawn lies between the least and the
// most, both above zero.
type pace struct {
	comes, comesMost time.Duration // between two customers who come by themselves
	pays             time.Duration // from an invoice to the bank's check
	thinks           time.Duration // from the check to the create
	debits           time.Duration // from the create to the confirm
	retries          time.Duration // from a declined card to the next one
	regrets          time.Duration // from a payment to its reversal
}

// demoPace is quick enough for somebody who watches, and slow enough to be
// followed.
var demoPace = pace{
	comes: 6 * time.Second, comesMost: 20 * time.Second,
	pays: 4 * time.Second, thinks: time.Second, debits: 2 * time.Second, retries: 4 * time.Second, regrets: 15 * time.Second,
}

// crowd are the customers who come while the console is open. They pay what
// they are given, and every invoice that somebody else than the salon makes.
type crowd struct {
	shop     *shop
	bank     *bank.Client
	platform *platform
	deals    store.DealMaker
	pace     pace
	salon    *salon // draws who comes; the customers draw from their own
	seed     uint64
	log      *slog.Logger

	customers uint64 // how many have come; each draws by this number
	seen      uint64 // the last event that was looked at
	out       sync.WaitGroup
}

// openDoors lets customers come until ctx ends. Wait for the crowd to know that
// all have gone.
func (d *demo) openDoors(ctx context.Context, p pace) (*crowd, error) {
	d.begin()
	c := &crowd{
		shop: d.shop, bank: d.bank, platform: d.platform, deals: d.service.deals, pace: p,
		salon: newSalon(d.seed, liveDraws, d.app.lang), seed: d.seed, log: d.log,
	}
	wake, unsubscribe := d.shop.Subscribe()
	var err error
	if c.seen, err = d.shop.LastEvent(ctx); err != nil {
		unsubscribe()
		return nil, err
	}
	c.out.Go(func() {
		defer unsubscribe()
		c.run(ctx, wake)
	})
	return c, nil
}

// liveDraws tells the random numbers of the present from those of the days past.
const liveDraws = 1 << 32

// Wait returns when nobody is left.
func (c *crowd) Wait() { c.out.Wait() }

func (c *crowd) run(ctx context.Context, wake <-chan struct{}) {
	next := time.NewTimer(c.nextComes())
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
			c.send(ctx, (*customer).comes)
			next.Reset(c.nextComes())
		case <-wake:
			for _, n := range c.asked(ctx) {
				c.send(ctx, func(who *customer, ctx context.Context) error { return who.paysFor(ctx, n) })
			}
		}
	}
}

func (c *crowd) nextComes() time.Duration {
	return c.pace.comes + c.salon.some(c.pace.comesMost-c.pace.comes)
}

// send lets one customer do something. What goes wrong ends that customer's way:
// a refusal is part of the story, and a shop that is closing has other ends.
func (c *crowd) send(ctx context.Context, do func(*customer, context.Context) error) {
	c.customers++
	who := &customer{c, newSalon(c.seed, liveDraws+c.customers, c.salon.lang)}
	c.out.Go(func() {
		if err := do(who, ctx); err != nil && ctx.Err() == nil {
			c.log.Info("a customer of the demo went away", "err", err)
		}
	})
}

// asked reads what has happened since the last time, and returns the invoices
// that somebody else than the salon wants paid.
func (c *crowd) asked(ctx context.Context) (numbers []store.Number) {
	for {
		events, err := c.shop.Events(ctx, c.seen, eventPage)
		if err != nil || len(events) == 0 {
			return numbers
		}
		for _, e := range events {
			c.seen = e.Seq
			if e.By != salonStaff && (e.Type == store.InvoiceCreated || e.Type == store.InvoiceReopened) {
				numbers = append(numbers, e.Number)
			}
		}
	}
}

// customer is one of the crowd.
type customer struct {
	*crowd
	salon *salon
}

// comes is somebody who comes by themselves: most are given an invoice, some pay
// at the till.
func (c *customer) comes(ctx context.Context) error {
	if c.salon.oneIn(5) {
		tills, err := c.shop.Invoices(ctx, store.InvoiceQuery{Status: store.Open, Kind: store.Counter})
		if err != nil {
			return err
		}
		if len(tills) > 0 {
			_, err := c.pays(ctx, pick(c.salon, tills))
			return err
		}
	}
	inv, err := c.shop.Issue(ctx, c.salon.draft())
	if err != nil {
		return err
	}
	if err := wait(ctx, c.pace.pays); err != nil {
		return err
	}
	return c.paysInTheirWay(ctx, inv)
}

// paysInTheirWay is what can come between an invoice and its money.
func (c *customer) paysInTheirWay(ctx context.Context, inv store.Invoice) error {
	if c.shop.isDeal(inv.System) {
		return c.paysByDealInTheirWay(ctx, inv)
	}
	switch n := c.salon.random.IntN(20); {
	case n < 4:
		return c.paysAtSecondTry(ctx, inv)
	case n == 4: // their app asks for another sum: the bank is refused
		if _, err := c.bank.Create(ctx, c.bank.NewTransID(), inv.Number.String(), inv.Amount-thousands(5)); err != nil {
			return err
		}
		if err := wait(ctx, c.pace.retries); err != nil {
			return err
		}
	case n == 5:
		transID, err := c.pays(ctx, inv)
		if err != nil {
			return err
		}
		if err := wait(ctx, c.pace.regrets); err != nil {
			return err
		}
		_, err = c.bank.Refund(ctx, transID)
		return err
	}
	_, err := c.pays(ctx, inv)
	return err
}

// paysFor pays an invoice of whoever watches. One in five first comes to nothing.
func (c *customer) paysFor(ctx context.Context, n store.Number) error {
	if err := wait(ctx, c.pace.pays); err != nil {
		return err
	}
	inv, err := c.shop.Invoice(ctx, n)
	if err != nil {
		return err
	}
	switch retries := c.salon.oneIn(5); {
	case c.shop.isDeal(inv.System) && retries:
		return c.paysAtSecondDeal(ctx, inv)
	case c.shop.isDeal(inv.System):
		return c.paysByDeal(ctx, inv)
	case inv.System != store.Uzum:
		return nil // the bank would not find it
	case retries:
		return c.paysAtSecondTry(ctx, inv)
	}
	_, err = c.pays(ctx, inv)
	return err
}

// paysAtSecondTry is somebody whose first card is declined: the bank never
// confirms that attempt.
func (c *customer) paysAtSecondTry(ctx context.Context, inv store.Invoice) error {
	if _, err := c.begins(ctx, inv); err != nil {
		return err
	}
	if err := wait(ctx, c.pace.retries); err != nil {
		return err
	}
	_, err := c.pays(ctx, inv)
	return err
}

// pays is a payment in its three steps. It returns the bank's name for it.
func (c *customer) pays(ctx context.Context, inv store.Invoice) (transID string, err error) {
	if transID, err = c.begins(ctx, inv); err != nil {
		return "", err
	}
	if err := wait(ctx, c.pace.debits); err != nil {
		return "", err
	}
	payer := c.salon.payer(c.salon.source())
	if inv.Customer.Phone != "" {
		payer.Phone = string(inv.Customer.Phone)
	}
	return transID, granted(c.bank.Confirm(ctx, transID, payer))
}

// begins is the bank's check and, a moment later, its create.
func (c *customer) begins(ctx context.Context, inv store.Invoice) (transID string, err error) {
	if err := granted(c.bank.Check(ctx, inv.Number.String())); err != nil {
		return "", err
	}
	if err := wait(ctx, c.pace.thinks); err != nil {
		return "", err
	}
	amount := inv.Amount
	if inv.Reusable() {
		amount = c.salon.openAmount(inv.MinAmount, inv.MaxAmount)
	}
	transID = c.bank.NewTransID()
	return transID, granted(c.bank.Create(ctx, transID, inv.Number.String(), amount))
}

// granted is the error of a call that was refused or not answered.
func granted(reply bank.Reply, err error) error {
	if err == nil && reply.ErrorCode != "" {
		return errors.New("refused with " + reply.ErrorCode)
	}
	return err
}

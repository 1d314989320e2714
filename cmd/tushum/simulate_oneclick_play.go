package main

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
)

// vendorPlay leads the deals of the played vendor on, and tells what happens.
type vendorPlay struct {
	app     *App
	vendor  *simulator.Vendor
	flags   vendorFlags
	client  *http.Client // carries the webhooks
	sending sync.WaitGroup

	news  vendorNews
	plans map[string]*dealPlan // by the deal's id; only run uses them
}

// dealPlan is what becomes of one deal.
type dealPlan struct {
	next string    // the status that it gets; empty: none
	at   time.Time // when
	ends int       // how many of the flags' ends it has had
	set  string    // the status that it was given last
	off  bool      // its amount was changed
}

// playVendor has a vendor behave as the flags say.
func (a *App) playVendor(v *simulator.Vendor, f vendorFlags) *vendorPlay {
	p := &vendorPlay{app: a, vendor: v, flags: f, client: &http.Client{Timeout: webhookTimeout}, plans: make(map[string]*dealPlan)}
	p.news.fresh = make(chan struct{}, 1)
	v.CountFrom(int(a.Now().UnixMilli()))
	v.Behave(f.behaviour)
	faults, _ := faultsOf(f.fail) // they were read before
	for _, planned := range faults {
		v.Fail(planned.call, slices.Repeat([]simulator.Fault{planned.fault}, planned.times)...)
	}
	v.Watch(simulator.Watcher{
		Deal:   func(d simulator.Deal) { p.news.add(vendorEvent{at: a.Now(), event: d.Status, deal: &d}) },
		Failed: func(c simulator.Call) { p.news.add(vendorEvent{at: a.Now(), event: eventFailed, call: c}) },
	})
	return p
}

const (
	webhookTimeout = 10 * time.Second
	vendorTick     = 50 * time.Millisecond // how finely the deals are led on
)

// run leads the deals on and tells what happens, until ctx ends. That is no error.
func (p *vendorPlay) run(ctx context.Context) error {
	tick := time.NewTicker(vendorTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			p.vendor.Advance() // what nobody pays runs out
			p.step()
		case <-p.news.fresh:
			for _, e := range p.news.take() {
				if err := p.tell(e); err != nil {
					return err
				}
				if e.deal != nil && e.event != eventWebhook {
					p.plan(*e.deal)
					p.notify(ctx, *e.deal)
				}
			}
		}
	}
}

// plan decides what becomes of a deal that has just got its status. What the shop or
// the clock has ended stays ended.
func (p *vendorPlay) plan(d simulator.Deal) {
	plan := p.plans[d.ID]
	if plan == nil {
		plan = &dealPlan{}
		p.plans[d.ID] = plan
	}
	next, after := "", p.flags.complete
	switch {
	case d.Status == "new":
		next, after = "pending", p.flags.assign
	case d.Status == "pending" && p.flags.pay > 0:
		next, after = "paid", p.flags.pay
	case (d.Status == "pending" || d.Status == "paid" || d.Status == plan.set) && plan.ends < len(p.flags.end):
		next = p.flags.end[plan.ends]
	}
	if after == 0 {
		next = ""
	}
	plan.next, plan.at = next, p.app.Now().Add(after)
}

// step gives the deals the statuses that are due.
func (p *vendorPlay) step() {
	now := p.app.Now()
	for id, plan := range p.plans {
		if plan.next == "" || now.Before(plan.at) {
			continue
		}
		status := plan.advance()
		p.vendor.Change(id, func(d *simulator.Deal) {
			if status == "completed" && !plan.off {
				plan.off = true
				d.Fiat = json.Number(max(0, fiatOf(*d)+p.flags.off).SomString())
			}
			d.Status = status
		})
	}
}

// advance takes the next status.
func (d *dealPlan) advance() string {
	d.set, d.next = d.next, ""
	if d.set != "pending" && d.set != "paid" {
		d.ends++
	}
	return d.set
}

// fiatOf is the amount of a deal, in tiyin.
func fiatOf(d simulator.Deal) money.Amount {
	amount, err := money.Parse(d.Fiat.String())
	if err != nil { // the vendor takes no such amount
		return 0
	}
	return amount
}

// notify sends the webhook about a deal, and tells how it was answered. A deal that
// was just made is no news to the shop.
func (p *vendorPlay) notify(ctx context.Context, d simulator.Deal) {
	if p.flags.webhook == "" || d.Status == "new" {
		return
	}
	signed := simulator.Good
	if p.flags.signature == "bad" {
		signed = simulator.OtherBody
	}
	p.sending.Go(func() {
		answer, err := p.vendor.Send(ctx, p.flags.webhook, d.ID, signed, p.client)
		p.news.add(vendorEvent{at: p.app.Now(), event: eventWebhook, deal: &d, answer: answer, err: err})
	})
}

// vendorNews are what happened and was not told yet.
type vendorNews struct {
	mu    sync.Mutex
	all   []vendorEvent
	fresh chan struct{} // holds one: there is something
}

func (n *vendorNews) add(e vendorEvent) {
	n.mu.Lock()
	n.all = append(n.all, e)
	n.mu.Unlock()
	select {
	case n.fresh <- struct{}{}:
	default:
	}
}

func (n *vendorNews) take() []vendorEvent {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := n.all
	n.all = nil
	return all
}

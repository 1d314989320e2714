package bank

import (
	"fmt"
	"net/http"
	"time"
)

// A transaction that the bank creates and gives up: each case goes on where the one
// before it stopped.
var openedCases = []suiteCase{
	{name: "created", on: onCreate, want: success(StateCreated), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.opened = p.create(p.number, p.amount)
	}},
	{name: "created-repeated", on: onCreate, want: refusal("10010"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.createAgain(p.opened, nil)
	}},
	{name: "repeat-before-account", on: onCreate, want: refusal("10010"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.createAgain(p.opened, account(always(unknownNumber)))
	}},
	{name: "repeat-before-amount", on: onCreate, want: refusal("10010"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.createAgain(p.opened, setting("amount", "1"))
	}},
	{name: "service-before-repeat", on: onCreate, want: refusal("10006"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.createAgain(p.opened, otherService)
	}},
	{name: "status-created", on: onStatus, want: success(StateCreated), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.status(p.opened, p.want)
	}},
	{name: "reverse-created", on: onReverse, want: success(StateReversed), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.reverse(&p.opened, p.want)
	}},
	{name: "status-reversed", on: onStatus, want: success(StateReversed), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.status(p.opened, p.want)
	}},
	{name: "reverse-repeated", on: onReverse, want: refusal("10018"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.reverse(&p.opened, p.want)
	}},
	{name: "confirm-reversed", on: onConfirm, want: refusal("10015"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.confirm(&p.opened, p.want)
	}},
	{name: "create-reversed", on: onCreate, want: refusal("10010"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.createAgain(p.opened, nil)
	}},
	{name: "check-after-reverse", on: onCheck, want: success(StateOK), needs: []need{pricedInvoice},
		edit: func(_ *probe, body fields) fields { return body }},
}

// createAgain plays create with a transId that has been used.
func (p *probe) createAgain(tx transaction, edit func(*probe, fields) fields) {
	body := p.client.createFields(tx.id, tx.number, tx.amount)
	if edit != nil {
		body = edit(p, body)
	}
	p.ask(WebhookCreate, body, p.want, tx.facts)
}

// The story that pays the shared invoice: two transactions side by side, the first
// confirm wins, then the payment is refunded.
var paidCases = []suiteCase{
	{name: "side-by-side", on: onCreate, want: success(StateCreated), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.opened = p.create(p.number, p.amount)
		p.paid = p.create(p.number, p.amount)
	}},
	{name: "confirmed", on: onConfirm, want: success(StateConfirmed), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.confirmTook = p.confirm(&p.paid, p.want).Took
	}},
	{name: "confirm-latency", on: onConfirm, want: success(StateConfirmed), needs: []need{pricedInvoice}, run: playLatency},
	{name: "rival", on: onConfirm, want: refusal("10015"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.confirm(&p.opened, p.want)
	}},
	{name: "rival", on: onStatus, want: refusal("10014"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.status(p.opened, p.want)
	}},
	{name: "rival", on: onReverse, want: refusal("10017"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.reverse(&p.opened, p.want)
	}},
	{name: "confirm-repeated", on: onConfirm, want: refusal("10016"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.confirm(&p.paid, p.want)
	}},
	{name: "status-confirmed", on: onStatus, want: success(StateConfirmed), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.status(p.paid, p.want)
	}},
	{name: "invoice-paid", on: withParams, want: refusal("10008"), needs: []need{pricedInvoice},
		edit: func(_ *probe, body fields) fields { return body }},
	{name: "state-before-amount", on: onCreate, want: refusal("10008"), needs: []need{pricedInvoice}, edit: setting("amount", "1")},
	{name: "repeat-before-state", on: onCreate, want: refusal("10010"), needs: []need{pricedInvoice}, run: func(p *probe) {
		p.createAgain(p.paid, nil)
	}},
	{name: "reverse-by-policy", on: onReverse, want: refusal("10017"), needs: []need{pricedInvoice, noRefunds}, run: func(p *probe) {
		p.reverse(&p.paid, p.want)
		p.status(p.paid, success(StateConfirmed))
	}},
	{name: "reverse-confirmed", on: onReverse, want: success(StateReversed), needs: []need{pricedInvoice, refunds}, run: func(p *probe) {
		p.reverse(&p.paid, p.want)
	}},
	{name: "refund-repeated", on: onReverse, want: refusal("10018"), needs: []need{pricedInvoice, refunds}, run: func(p *probe) {
		p.reverse(&p.paid, p.want)
	}},
	{name: "confirm-refunded", on: onConfirm, want: refusal("10015"), needs: []need{pricedInvoice, refunds}, run: func(p *probe) {
		p.confirm(&p.paid, p.want)
	}},
	{name: "status-refunded", on: onStatus, want: success(StateReversed), needs: []need{pricedInvoice, refunds}, run: func(p *probe) {
		p.status(p.paid, p.want)
	}},
	{name: "invoice-refunded", on: withParams, want: refusal("10009"), needs: []need{pricedInvoice, refunds},
		edit: func(_ *probe, body fields) fields { return body }},
}

// playLatency judges the time the confirm of the story took; it makes no call.
func playLatency(p *probe) {
	limit := p.cfg.ConfirmWithin
	if limit <= 0 {
		limit = defaultConfirmLimit
	}
	p.got = fmt.Sprintf("%d %s", http.StatusOK, StateConfirmed)
	switch {
	case p.paid.confirmed == 0:
		p.got = "—"
		p.fail(Note{Code: NoteMissing, Member: "confirmTime"})
	case p.confirmTook > limit:
		p.fail(Note{Code: NoteSlow, Want: limit.String(), Got: p.confirmTook.Round(time.Millisecond).String()})
	}
}

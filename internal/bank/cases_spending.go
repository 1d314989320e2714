package bank

import (
	"strconv"

	"tushum/internal/money"
)

// The customer has been debited before confirm is called, so nothing about the payer
// may cost them their payment.
var payerCases = []suiteCase{
	paying("payer-absent", func(_ *probe, body fields) fields {
		for _, name := range []string{"paymentSource", "tariff", "processingReferenceNumber", "phone", "cardType"} {
			body = body.without(name)
		}
		return body
	}),
	paying("phone-missing", dropping("phone")),
	paying("phone-null", setting("phone", "null")),
	paying("phone-number", setting("phone", "998900000000")),
	paying("source-missing", dropping("paymentSource")),
	paying("source-unknown", setting("paymentSource", `"BARTER"`)),
	paying("tariff-odd", setting("tariff", `"one goat a month"`)),
	paying("card-type-text", setting("cardType", `"private"`)),
	paying("instalment", func(_ *probe, body fields) fields {
		return body.with("paymentSource", `"INSTALLMENT"`).with("tariff", `"15-0-4"`)
	}),
}

// paying confirms a payment of a fresh invoice with the payer changed.
func paying(name string, edit func(*probe, fields) fields) suiteCase {
	return suiteCase{name: name, on: onConfirm, want: success(StateConfirmed), needs: []need{freshInvoice}, run: func(p *probe) {
		tx := p.create(p.fresh(), p.amount)
		tx.remember(p.ask(WebhookConfirm, edit(p, p.client.confirmFields(tx.id, card())), p.want, tx.facts))
	}}
}

// Invoices that can no longer be paid.
var stateCases = []suiteCase{
	{name: "invoice-cancelled", on: withParams, want: refusal("10009"), needs: []need{freshInvoice, cancelling}, run: func(p *probe) {
		number := p.fresh()
		p.cancel(number)
		p.askAbout(number)
	}},
	{name: "cancelled-in-flight", on: onConfirm, want: refusal("10015"), needs: []need{freshInvoice, cancelling}, run: func(p *probe) {
		tx := p.create(p.fresh(), p.amount)
		p.cancel(tx.number)
		p.confirm(&tx, p.want)
		p.status(tx, refusal("10014"))
	}},
	{name: "number-cancelled", on: withParams, want: refusal("10009"), needs: []need{cancelledNumber}, run: func(p *probe) {
		p.askAbout(p.cfg.CancelledNumber)
	}},
	{name: "number-expired", on: withParams, want: refusal("10009"), needs: []need{expiredNumber}, run: func(p *probe) {
		p.askAbout(p.cfg.ExpiredNumber)
	}},
}

// askAbout plays the case's webhook, check or create, about another invoice.
func (p *probe) askAbout(number string) {
	body := p.valid().with("params", p.client.params(number))
	p.ask(p.webhook, body, p.want, facts{number: number, amount: p.amount})
}

func (p *probe) cancel(number string) {
	if err := p.cfg.CancelInvoice(p.ctx, number); err != nil {
		p.fail(Note{Code: NotePreparation, Got: shown(err.Error())})
	}
}

// A counter invoice has no amount of its own and is paid any number of times.
var counterCases = []suiteCase{
	{name: "counter", on: onCheck, want: success(StateOK), needs: []need{freshInvoice}, run: func(p *probe) {
		p.askAbout(p.counter())
	}},
	{name: "counter-paid-twice", on: onConfirm, want: success(StateConfirmed), needs: []need{freshInvoice}, run: func(p *probe) {
		number := p.counter()
		for _, amount := range []money.Amount{p.amount, p.cfg.within(p.amount + money.Som)} {
			tx := p.create(number, amount)
			p.confirm(&tx, p.want)
			p.status(tx, success(StateConfirmed))
		}
	}},
	{name: "counter-below-min", on: onCreate, want: refusal("10012"), needs: []need{freshInvoice, lowerBound}, run: func(p *probe) {
		p.askCounter(p.cfg.MinAmount - 1)
	}},
	{name: "counter-above-max", on: onCreate, want: refusal("10013"), needs: []need{freshInvoice, upperBound}, run: func(p *probe) {
		p.askCounter(p.cfg.MaxAmount + 1)
	}},
	{name: "counter-zero", on: onCreate, want: refusal("10011", "10012"), needs: []need{freshInvoice}, run: func(p *probe) {
		p.askCounter(0)
	}},
}

func (p *probe) askCounter(amount money.Amount) {
	number := p.counter()
	body := p.client.createFields(p.client.newTransID(), number, amount)
	p.ask(WebhookCreate, body.with("amount", strconv.FormatInt(int64(amount), 10)), p.want, facts{number: number, amount: amount})
}

package bank

import (
	"math"
	"strconv"

	"github.com/google/uuid"

	"tushum/internal/money"
)

// transId is a UUID on create; the other three look any string up.
var transIDCases = []suiteCase{
	{name: "transid-missing", on: withTransaction, want: refusal("10005"), edit: dropping("transId")},
	{name: "transid-null", on: withTransaction, want: refusal("10005"), edit: setting("transId", "null")},
	{name: "transid-empty", on: withTransaction, want: refusal("10005"), edit: setting("transId", `""`)},
	{name: "transid-number", on: withTransaction, want: refusal("10002"), edit: setting("transId", "1")},
	{name: "transid-not-uuid", on: onCreate, want: refusal("10002"), edit: setting("transId", `"not-a-uuid"`)},
	{name: "transid-not-hex", on: onCreate, want: refusal("10002"), edit: setting("transId", `"g8c2a1b0-5f3e-11ee-be56-0242ac120002"`)},
	{name: "transid-not-uuid", on: lookups, want: refusal("10014"), edit: setting("transId", `"not-a-uuid"`)},
	{name: "transid-unknown", on: lookups, want: refusal("10014"), edit: func(_ *probe, body fields) fields { return body }},
	{name: "transid-version-4", on: onCreate, want: success(StateCreated), needs: []need{pricedInvoice},
		edit: func(_ *probe, body fields) fields { return body.with("transId", quote(uuid.NewString())) }},
}

// amount is an int64 of tiyin, within bounds and exact.
var amountCases = []suiteCase{
	{name: "amount-missing", on: onCreate, want: refusal("10005"), edit: dropping("amount")},
	{name: "amount-null", on: onCreate, want: refusal("10005"), edit: setting("amount", "null")},
	{name: "amount-text", on: onCreate, want: refusal("10002"), edit: func(_ *probe, body fields) fields {
		return body.with("amount", quote(body.value("amount")))
	}},
	{name: "amount-fraction", on: onCreate, want: refusal("10002"), edit: func(_ *probe, body fields) fields {
		return body.with("amount", body.value("amount")+".0")
	}},
	{name: "amount-exponent", on: onCreate, want: refusal("10002"), edit: func(_ *probe, body fields) fields {
		return body.with("amount", body.value("amount")+"e0")
	}},
	{name: "amount-overflow", on: onCreate, want: refusal("10002"), edit: setting("amount", "9223372036854775808")},
	{name: "amount-other-case", on: onCreate, want: refusal("10005"), edit: func(_ *probe, body fields) fields {
		return body.without("amount").with("AMOUNT", body.value("amount"))
	}},
	{name: "amount-zero", on: onCreate, want: refusal("10011", "10012"), needs: []need{pricedInvoice}, edit: setting("amount", "0")},
	{name: "amount-negative", on: onCreate, want: refusal("10011", "10012"), needs: []need{pricedInvoice}, edit: func(_ *probe, body fields) fields {
		return body.with("amount", "-"+body.value("amount"))
	}},
	{name: "amount-one-more", on: onCreate, want: refusal("10011"), needs: []need{pricedInvoice},
		run: wrongAmount(func(p *probe) money.Amount { return p.amount + 1 })},
	{name: "amount-one-less", on: onCreate, want: refusal("10011"), needs: []need{pricedInvoice},
		run: wrongAmount(func(p *probe) money.Amount { return p.amount - 1 })},
	{name: "amount-in-som", on: onCreate, want: refusal("10011"), needs: []need{pricedInvoice},
		run: wrongAmount(func(p *probe) money.Amount { return p.amount / money.Som })},
	{name: "amount-largest", on: onCreate, want: refusal("10011"), needs: []need{pricedInvoice},
		run: wrongAmount(func(*probe) money.Amount { return math.MaxInt64 })},
	{name: "amount-below-min", on: onCreate, want: refusal("10012"), needs: []need{pricedInvoice, lowerBound},
		run: wrongAmount(func(p *probe) money.Amount { return p.cfg.MinAmount - 1 })},
	{name: "amount-above-max", on: onCreate, want: refusal("10013"), needs: []need{pricedInvoice, upperBound},
		run: wrongAmount(func(p *probe) money.Amount { return p.cfg.MaxAmount + 1 })},
	{name: "account-before-amount", on: onCreate, want: refusal("10007"), edit: func(p *probe, body fields) fields {
		return body.with("params", paramsOf(p.client.accountKey(), unknownNumber)).with("amount", "1")
	}},
}

// wrongAmount creates with another amount than the invoice's. The bounds are looked
// at first: which code is right depends on them.
func wrongAmount(amount func(*probe) money.Amount) func(*probe) {
	return func(p *probe) {
		a := amount(p)
		p.want = p.amountRefusal(a)
		body := p.valid().with("amount", strconv.FormatInt(int64(a), 10))
		p.ask(p.webhook, body, p.want, p.sharedFacts())
	}
}

func (p *probe) amountRefusal(a money.Amount) expectation {
	switch {
	case a < p.cfg.MinAmount:
		return refusal("10012")
	case p.cfg.MaxAmount > 0 && a > p.cfg.MaxAmount:
		return refusal("10013")
	}
	return refusal("10011")
}

package bank

import "slices"

// suiteCases are all cases in the order they are played: what leaves the shared
// invoice open, then the story that pays and refunds it, then what spends invoices
// of its own.
func suiteCases() []suiteCase {
	return slices.Concat(pathCases, methodCases, authCases, structureCases, memberCases,
		accountCases, transIDCases, amountCases, openedCases, sharedRaceCases, paidCases,
		payerCases, stateCases, counterCases, raceCases)
}

var (
	every           = []string{WebhookCheck, WebhookCreate, WebhookConfirm, WebhookReverse, WebhookStatus}
	withParams      = []string{WebhookCheck, WebhookCreate}
	withTransaction = []string{WebhookCreate, WebhookConfirm, WebhookReverse, WebhookStatus}
	lookups         = []string{WebhookConfirm, WebhookReverse, WebhookStatus}
	onCheck         = []string{WebhookCheck}
	onCreate        = []string{WebhookCreate}
	onConfirm       = []string{WebhookConfirm}
	onReverse       = []string{WebhookReverse}
	onStatus        = []string{WebhookStatus}
)

// bent plays the valid request with its message changed.
func bent(change func(p *probe, m *message)) func(*probe) {
	return func(p *probe) {
		body := p.valid()
		m := p.client.message(p.webhook, body.json())
		change(p, &m)
		p.exchange(p.webhook, m, body, p.want, p.sharedFacts())
	}
}

// setting plays the valid request with one member set to a JSON text.
func setting(name, value string) func(*probe, fields) fields {
	return func(_ *probe, body fields) fields { return body.with(name, value) }
}

// dropping plays the valid request with one member left out.
func dropping(name string) func(*probe, fields) fields {
	return func(_ *probe, body fields) fields { return body.without(name) }
}

// account plays the valid request with the invoice named by a JSON text.
func account(value func(p *probe) string) func(*probe, fields) fields {
	return func(p *probe, body fields) fields {
		return body.with("params", paramsOf(p.client.accountKey(), value(p)))
	}
}

func always(value string) func(*probe) string {
	return func(*probe) string { return value }
}

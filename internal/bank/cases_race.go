package bank

import "net/http"

// racers is how many calls of a race leave at once.
const racers = 8

// Races that leave the shared invoice open.
var sharedRaceCases = []suiteCase{
	{name: "race-create", on: onCreate, wantText: "200 CREATED, 7 × 400 10010", needs: []need{pricedInvoice}, run: func(p *probe) {
		tx := transaction{id: p.client.newTransID(), facts: p.sharedFacts()}
		attempts := same(WebhookCreate, p.client.createFields(tx.id, tx.number, tx.amount))
		p.race(attempts)
		if w := winner(attempts); w != nil {
			tx.created, _ = w.reply.Int("transTime")
		}
		p.judgeRace(attempts, tx.facts, StateCreated, "10010")
	}},
	{name: "race-reverse", on: onReverse, wantText: "200 REVERSED, 7 × 400 10018", needs: []need{pricedInvoice}, run: func(p *probe) {
		tx := p.create(p.number, p.amount)
		attempts := same(WebhookReverse, p.client.transactionFields(tx.id))
		p.race(attempts)
		if w := winner(attempts); w != nil {
			tx.remember(w.reply)
		}
		p.judgeRace(attempts, tx.facts, StateReversed, "10018")
	}},
}

// Races that end with an invoice paid: exactly one winner each.
var raceCases = []suiteCase{
	{name: "race-confirm", on: onConfirm, wantText: "200 CONFIRMED, 7 × 400 10016", needs: []need{freshInvoice}, run: func(p *probe) {
		tx := p.create(p.fresh(), p.amount)
		attempts := same(WebhookConfirm, p.client.confirmFields(tx.id, card()))
		p.race(attempts)
		if w := winner(attempts); w != nil {
			tx.remember(w.reply)
		}
		p.judgeRace(attempts, tx.facts, StateConfirmed, "10016")
	}},
	{name: "race-rivals", on: onConfirm, wantText: "200 CONFIRMED, 7 × 400 10015", needs: []need{freshInvoice}, run: playRivals},
	{name: "race-confirm-reverse", on: onConfirm, wantText: "200 CONFIRMED | 400 10015",
		needs: []need{freshInvoice, refunds}, run: playConfirmAgainstReverse},
}

// same are racers equal calls.
func same(webhook string, body fields) []attempt {
	attempts := make([]attempt, racers)
	for i := range attempts {
		attempts[i] = attempt{webhook: webhook, body: body}
	}
	return attempts
}

// judgeRace judges every answer of a race by itself, and then that one won.
func (p *probe) judgeRace(attempts []attempt, f facts, state, loser string) {
	for _, a := range attempts {
		want := refusal(loser)
		if a.reply.HTTPStatus == http.StatusOK {
			want = success(state)
		}
		p.judge(a.webhook, a.body, a.reply, a.err, want, f)
	}
	p.tally(attempts, map[string]int{success(state).String(): 1, refusal(loser).String(): len(attempts) - 1})
}

// playRivals confirms several transactions on one invoice at once.
func playRivals(p *probe) {
	number := p.fresh()
	attempts := make([]attempt, racers)
	for i := range attempts {
		tx := p.create(number, p.amount)
		attempts[i] = attempt{webhook: WebhookConfirm, body: p.client.confirmFields(tx.id, card())}
	}
	p.race(attempts)
	p.judgeRace(attempts, facts{number: number, amount: p.amount}, StateConfirmed, "10015")
}

// playConfirmAgainstReverse lets the two meet: either the reverse came first and the
// confirm is refused, or the payment was made and taken back. /status must agree.
func playConfirmAgainstReverse(p *probe) {
	tx := p.create(p.fresh(), p.amount)
	attempts := []attempt{
		{webhook: WebhookConfirm, body: p.client.confirmFields(tx.id, card())},
		{webhook: WebhookReverse, body: p.client.transactionFields(tx.id)},
	}
	p.race(attempts)
	wantConfirm := refusal("10015")
	if attempts[0].reply.HTTPStatus == http.StatusOK {
		wantConfirm = success(StateConfirmed)
	}
	for i, want := range []expectation{wantConfirm, success(StateReversed)} {
		a := attempts[i]
		p.judge(a.webhook, a.body, a.reply, a.err, want, tx.facts)
		tx.remember(a.reply)
	}
	p.status(tx, success(StateReversed))
}

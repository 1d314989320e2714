package bank

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"tushum/internal/money"
)

// maxNotes bounds what one case tells; the first differences explain the rest.
const maxNotes = 6

// suiteCase is one named case, played once on each of its webhooks. Most are a
// valid request with one thing changed: edit. The others say what to do: run.
type suiteCase struct {
	name     string
	on       []string
	want     expectation
	wantText string // of the table, where want does not say it
	needs    []need
	edit     func(p *probe, body fields) fields
	run      func(p *probe)
}

// wanted is what the table says before the case is played.
func (c suiteCase) wanted() string {
	if c.wantText != "" {
		return c.wantText
	}
	return c.want.String()
}

func (c suiteCase) play(p *probe) {
	if c.run != nil {
		c.run(p)
		return
	}
	p.ask(p.webhook, c.edit(p, p.valid()), p.want, p.sharedFacts())
}

// probe is one case being played.
type probe struct {
	*session
	ctx     context.Context
	webhook string
	want    expectation
	// got is the answer on the case's own webhook: the last one, or the first that was
	// wrong once told is set.
	got   string
	told  bool
	notes []Note
}

func (p *probe) fail(n Note) {
	if len(p.notes) < maxNotes {
		p.notes = append(p.notes, n)
	}
}

// valid is the well-formed request of the case's webhook: about the shared invoice
// and a new transaction on create, about an unknown transaction on the others, so
// that a listener which wrongly lets it through moves no money.
func (p *probe) valid() fields {
	c := &p.client
	switch p.webhook {
	case WebhookCheck:
		return c.checkFields(p.number)
	case WebhookCreate:
		return c.createFields(c.newTransID(), p.number, p.amount)
	case WebhookConfirm:
		return c.confirmFields(c.newTransID(), card())
	}
	return c.transactionFields(c.newTransID())
}

// card is the payer of cases that are not about the payer.
func card() Payer {
	return Payer{Source: "UZCARD", Phone: "998900000000", CardType: 2, Reference: "000000000001"}
}

func (p *probe) sharedFacts() facts {
	return facts{number: p.number, amount: p.amount, prefill: p.priced}
}

// ask sends a body and judges the answer.
func (p *probe) ask(webhook string, body fields, want expectation, f facts) Reply {
	return p.exchange(webhook, p.client.message(webhook, body.json()), body, want, f)
}

// exchange sends any message and judges the answer; sent are the members the
// listener can have understood.
func (p *probe) exchange(webhook string, m message, sent fields, want expectation, f facts) Reply {
	reply, err := p.client.send(p.ctx, m)
	p.judge(webhook, sent, reply, err, want, f)
	return reply
}

func (p *probe) judge(webhook string, sent fields, reply Reply, err error, want expectation, f facts) {
	if err != nil {
		p.got = "—"
		p.fail(Note{Code: NoteTransport, Webhook: webhook, Got: shown(err.Error())})
		return
	}
	notes := p.judgeReply(webhook, sent, reply, want, f)
	if webhook == p.webhook && !p.told {
		p.got, p.told = summary(reply), len(notes) > 0
	}
	for _, note := range notes {
		if webhook != p.webhook {
			note.Webhook = webhook
		}
		p.fail(note)
	}
}

// fresh makes an invoice for this case alone.
func (p *probe) fresh() string {
	return p.invoice("visit", p.amount)
}

// counter makes an invoice of open amount.
func (p *probe) counter() string {
	return p.invoice("counter", 0)
}

func (p *probe) invoice(kind string, amount money.Amount) string {
	number, err := p.cfg.Invoices(p.ctx, kind, amount)
	if err != nil {
		p.fail(Note{Code: NotePreparation, Got: shown(fmt.Sprint(err))})
	}
	return number
}

// create opens a new transaction.
func (p *probe) create(number string, amount money.Amount) transaction {
	tx := transaction{id: p.client.newTransID(), facts: facts{number: number, amount: amount}}
	reply := p.ask(WebhookCreate, p.client.createFields(tx.id, number, amount), success(StateCreated), tx.facts)
	tx.created, _ = reply.Int("transTime")
	return tx
}

// confirm plays the bank's confirm with the usual card.
func (p *probe) confirm(tx *transaction, want expectation) Reply {
	reply := p.ask(WebhookConfirm, p.client.confirmFields(tx.id, card()), want, tx.facts)
	tx.remember(reply)
	return reply
}

func (p *probe) reverse(tx *transaction, want expectation) {
	tx.remember(p.ask(WebhookReverse, p.client.transactionFields(tx.id), want, tx.facts))
}

func (p *probe) status(tx transaction, want expectation) {
	p.ask(WebhookStatus, p.client.transactionFields(tx.id), want, tx.facts)
}

// remember keeps the times of a successful confirm or reverse.
func (tx *transaction) remember(r Reply) {
	if r.HTTPStatus != http.StatusOK {
		return
	}
	switch r.State() {
	case StateConfirmed:
		tx.confirmed, _ = r.Int("confirmTime")
	case StateReversed:
		tx.reversed, _ = r.Int("reverseTime")
	}
}

// attempt is one call of a race.
type attempt struct {
	webhook string
	body    fields
	reply   Reply
	err     error
}

// race sends all attempts at once and waits for the answers.
func (p *probe) race(attempts []attempt) {
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range attempts {
		wg.Go(func() {
			<-start
			a := &attempts[i]
			a.reply, a.err = p.client.post(p.ctx, a.webhook, a.body)
		})
	}
	close(start)
	wg.Wait()
}

// tally compares how often each answer came: "200 CONFIRMED, 7 × 400 10016".
func (p *probe) tally(attempts []attempt, want map[string]int) {
	got := map[string]int{}
	for _, a := range attempts {
		if a.err != nil {
			p.fail(Note{Code: NoteTransport, Webhook: a.webhook, Got: shown(a.err.Error())})
			return
		}
		got[summary(a.reply)]++
	}
	p.got = tallyText(got)
	if !maps.Equal(got, want) {
		p.fail(Note{Code: NoteTally, Want: tallyText(want), Got: p.got})
	}
}

func tallyText(counts map[string]int) string {
	names := sortedNames(counts)
	parts := make([]string, 0, len(names))
	for _, name := range names {
		if counts[name] == 1 {
			parts = append(parts, name)
			continue
		}
		parts = append(parts, fmt.Sprintf("%d × %s", counts[name], name))
	}
	return strings.Join(parts, ", ")
}

// winner gives the attempt that succeeded, nil when none did.
func winner(attempts []attempt) *attempt {
	i := slices.IndexFunc(attempts, func(a attempt) bool { return a.reply.HTTPStatus == http.StatusOK })
	if i < 0 {
		return nil
	}
	return &attempts[i]
}

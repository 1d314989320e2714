package main

import (
	"fmt"
	"strings"
	"time"

	"tushum/internal/bank"
	"tushum/store"
)

// printTransaction shows a transaction with the bank's calls about it.
func (a *App) printTransaction(s *shop, t store.Transaction, calls []store.Call) error {
	if a.flags.json {
		return a.printJSON(viewTransaction(t, calls))
	}
	var b strings.Builder
	title := a.styles().titled(a.say(labelTransaction)+" "+foreign(t.TransID)) + ": " + a.transactionStatus(t) + a.whyClosed(t)
	b.WriteString(wrapped(title, a.Width, 0) + "\n\n")
	b.WriteString(a.transactionCard(s, t))
	if len(calls) > 0 {
		b.WriteString("\n" + a.say(labelCalls) + "\n" + a.callTable(s, calls))
	}
	return a.print(b.String())
}

func (a *App) transactionCard(s *shop, t store.Transaction) string {
	calendar := s.Rules().Calendar
	c := a.card()
	c.add(labelInvoice, t.Number.String())
	c.add(labelAmount, t.Amount.Format(a.lang))
	if hasNet(t) {
		c.add(labelFee, a.fee(t))
		c.add(labelNet, a.net(t))
	}
	c.add(labelSystem, a.systemWord(s, t.System))
	c.add(labelSource, foreign(t.Source))
	c.add(labelTariff, foreign(t.Tariff))
	c.add(labelReference, foreign(t.Reference))
	if t.Phone != "" {
		c.add(labelPhone, t.Phone.String())
	}
	c.add(labelCreated, calendar.Show(t.CreatedAt))
	c.add(labelConfirmed, calendar.Show(t.ConfirmedAt))
	c.add(labelReversed, calendar.Show(t.ReversedAt))
	c.add(labelFailed, calendar.Show(t.FailedAt))
	if t.Reason != "" {
		c.add(labelReason, foreign(store.ReasonWord(t.Reason, a.lang)))
	}
	a.addSettlementTo(c, calendar, t)
	a.addRefundTo(c, s, t)
	return c.t.String()
}

func (a *App) fee(t store.Transaction) string {
	text := t.Fee().Format(a.lang) + " (" + t.Rate.Format(a.lang)
	if t.RateAssumed {
		text += ": " + a.say(rateAssumed)
	}
	return text + ")"
}

// hasNet tells whether the shop gets something of a payment: not before money has come,
// and not of what went back.
func hasNet(t store.Transaction) bool { return t.ConfirmedAt != 0 && t.Status != store.Reversed }

// net is what the shop gets. Where nobody has published the rate it is no more than about
// that.
func (a *App) net(t store.Transaction) string {
	if t.RateAssumed {
		return "≈ " + t.Net().Format(a.lang)
	}
	return t.Net().Format(a.lang)
}

// callTable shows calls in the order in which they came; they are read newest first.
func (a *App) callTable(s *shop, calls []store.Call) string {
	t := table{times: []int{0}, wrap: true}
	t.head(a, labelTime, labelCall, labelAnswer, labelReason)
	calendar := s.Rules().Calendar
	for i := len(calls) - 1; i >= 0; i-- {
		c := calls[i]
		answer := strings.TrimSpace(fmt.Sprintf("%d %s", c.HTTPStatus, foreign(c.Code)))
		t.add(calendar.Show(c.At), foreign(c.Webhook), fmt.Sprintf("%s, %s", answer, c.Took.Round(10*time.Microsecond)), a.refusalText(c))
	}
	return t.String()
}

// refusalText says why a call was refused in the reader's language, and behind
// it what the journal says, which is in English.
func (a *App) refusalText(c store.Call) string {
	meaning, detail := bank.Meaning(c.Code, a.lang), foreign(c.Reason)
	switch {
	case meaning == "":
		return detail
	case detail == "" || detail == meaning:
		return meaning
	}
	return meaning + " (" + detail + ")"
}

// transactionTable is a list of transactions, which addTransaction fills.
func (a *App) transactionTable() *table {
	// The ID stays, for transaction show asks for it.
	t := &table{right: map[int]bool{2: true, 3: true, 4: true}, times: []int{6}, drop: []int{4, 3, 5, 6}}
	t.head(a, labelNumber, labelStatus, labelAmount, labelFee, labelNet, labelSource, labelCreated, labelTransID)
	return t
}

func (a *App) addTransaction(t *table, s *shop, tx store.Transaction) {
	fee, net := "", ""
	if hasNet(tx) {
		fee, net = tx.Fee().Format(a.lang), a.net(tx)
	}
	t.add(tx.Number.String(), a.transactionStatus(tx), tx.Amount.Format(a.lang), fee, net,
		foreignCut(tx.Source), s.Rules().Calendar.Show(tx.CreatedAt), foreign(tx.TransID))
}

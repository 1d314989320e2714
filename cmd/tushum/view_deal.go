package main

import (
	"slices"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

var (
	labelDeals     = lang.Text{UZ: "Bitimlar", RU: "Сделки", EN: "Deals"}
	labelAsked     = lang.Text{UZ: "So‘ralgan", RU: "Запрошена", EN: "Asked for"}
	labelPayUntil  = lang.Text{UZ: "Shu vaqtgacha to‘lanadi", RU: "Оплатить до", EN: "Pay until"}
	labelDealID    = lang.Text{UZ: "Bitim raqami", RU: "Номер сделки", EN: "Deal ID"}
	labelRemark    = lang.Text{UZ: "Diqqat", RU: "Внимание", EN: "Note"}
	sayAskedAmount = lang.Text{UZ: "so‘ralgan summa: {sum}", RU: "просили {sum}", EN: "{sum} was asked"}
	sayToldAmount  = lang.Text{UZ: "tizim aytgan summa: {sum}", RU: "система называет {sum}", EN: "the system says {sum}"}
)

// dealView is an attempt to pay an invoice through a system that makes deals.
type dealView struct {
	Ref           string            `json:"ref"`
	ID            string            `json:"id,omitzero"`
	PaymentSystem store.System      `json:"payment_system"`
	State         string            `json:"state"`
	Amount        money.Amount      `json:"amount"`
	Told          money.Amount      `json:"told,omitzero"`
	URL           string            `json:"url,omitzero"`
	AskedAt       store.Instant     `json:"asked_at"`
	MadeAt        store.Instant     `json:"made_at,omitzero"`
	ExpiresAt     store.Instant     `json:"expires_at,omitzero"`
	EndedAt       store.Instant     `json:"ended_at,omitzero"`
	Transaction   string            `json:"transaction,omitzero"`
	Trouble       store.DealTrouble `json:"trouble,omitzero"`
	Word          string            `json:"word,omitzero"`
}

func viewDeal(d store.Deal, now store.Instant) dealView {
	return dealView{
		Ref: d.Ref, ID: d.ID, PaymentSystem: d.System, State: d.StateAt(now).String(), Amount: d.Amount, Told: d.Told, URL: d.URL,
		AskedAt: d.AskedAt, MadeAt: d.MadeAt, ExpiresAt: d.ExpiresAt, EndedAt: d.EndedAt,
		Transaction: d.TransID, Trouble: d.Trouble, Word: d.Word,
	}
}

// dealTable shows the deals of an invoice, newest first.
func (a *App) dealTable(s *shop, ds []store.Deal) string {
	t := table{right: map[int]bool{1: true}, times: []int{2, 3}, drop: []int{3, 2, 4}}
	labels := []lang.Text{labelStatus, labelAmount, labelAsked, labelPayUntil, labelDealID}
	remarks := slices.ContainsFunc(ds, func(d store.Deal) bool { return a.dealRemark(d) != "" })
	if remarks {
		labels = append(labels, labelRemark)
	}
	t.head(a, labels...)
	calendar, now := s.Rules().Calendar, store.At(s.Now())
	for _, d := range ds {
		row := []string{a.dealState(d.StateAt(now)), cameBy(d).Format(a.lang), calendar.Show(d.AskedAt), calendar.Show(d.ExpiresAt), foreignCut(d.ID)}
		if remarks {
			row = append(row, a.dealRemark(d))
		}
		t.add(row...)
	}
	return t.String()
}

// cameBy is what came by a deal, or what it is for.
func cameBy(d store.Deal) money.Amount {
	if d.TransID != "" && d.Told != 0 {
		return d.Told
	}
	return d.Amount
}

// dealRemark is what somebody should look at.
func (a *App) dealRemark(d store.Deal) string {
	switch {
	case d.Trouble != "":
		return foreign(store.DealTroubleWord(d.Trouble, a.lang))
	case d.Misquoted() && d.TransID != "":
		return a.say(sayAskedAmount.Fill("{sum}", d.Amount.Format(a.lang)))
	case d.Misquoted():
		return a.say(sayToldAmount.Fill("{sum}", d.Told.Format(a.lang)))
	}
	return ""
}

// dealState is the word for a deal's state in the colour of what it asks of staff:
// to wait, or to look.
func (a *App) dealState(state store.DealState) string {
	s := a.styles()
	style, end := "", s.end
	switch state {
	case store.DealAsked, store.DealOpen, store.DealClaimed:
		style = s.waiting
	case store.DealCompleted:
		style = s.good
	case store.DealDisputed, store.DealRefunded:
		style = s.bad
	default:
		end = ""
	}
	return style + store.DealStateWord(state, a.lang) + end
}

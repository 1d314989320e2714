package tui

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/keys"
)

// inDoubt is the money that somebody has to decide about, oldest first.
func (t *takings) inDoubt() []store.Transaction {
	return slices.SortedFunc(maps.Values(t.undecided), func(a, b store.Transaction) int { return cmp.Compare(a.Seq, b.Seq) })
}

// undecidedMark says how much money has to be decided about, with the key that leads
// there; empty where there is none.
func (s *todayScreen) undecidedMark(d *desk) string {
	if len(s.takings.undecided) == 0 {
		return ""
	}
	var sum money.Amount
	for _, t := range s.takings.undecided {
		sum += t.Amount
	}
	says := d.fill(undecidedSum, "{n}", strconv.Itoa(len(s.takings.undecided)), "{sum}", sum.Number())
	return d.theme.Warn.Paint(d.theme.Signs.Warn+" "+says) + " " + keyHint(d, keys.ToDecide)
}

// openUndecided opens the payment that has to be decided about; of several it asks
// which.
func (s *todayScreen) openUndecided(d *desk) tea.Cmd {
	all := s.takings.inDoubt()
	if len(all) == 1 {
		return d.push(newTransaction(d, all[0]))
	}
	all = all[:min(len(all), mostChoices)]
	q := &dialog{title: d.say(whichToDecide), yes: d.say(openIt)}
	for i, t := range all {
		q.choices = append(q.choices, strconv.Itoa(i+1)+"  "+d.moment(t.ConfirmedAt)+"  "+t.Amount.Number()+"  "+t.Number.String())
	}
	q.then = func(chosen int, _ string) tea.Cmd { return d.push(newTransaction(d, all[chosen])) }
	return d.ask(q)
}

var (
	undecidedSum    = lang.Text{UZ: "hal qiling: {n} ta, {sum}", RU: "решите: {n} на {sum}", EN: "to decide: {n}, {sum}"}
	whichToDecide   = lang.Text{UZ: "qaysi pul haqida?", RU: "о каких деньгах?", EN: "about which money?"}
	nothingToDecide = lang.Text{UZ: "hal qilinadigan pul yo‘q", RU: "нет денег, о которых нужно решать", EN: "there is no money to decide about"}
)

package tui

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
)

// transactionScreen is one payment: alone, or beside the list it is selected in.
type transactionScreen struct {
	scroller
	tx      store.Transaction
	invoice store.Invoice
	calls   []callRow // of the bank, oldest first
	read    bool      // calls and invoice have come
	err     error     // why they did not
	reads   int       // how often they were asked for; only the last answer counts
}

// transactionReadMsg is a payment with what belongs to it.
type transactionReadMsg struct {
	screen  *transactionScreen
	reads   int
	tx      store.Transaction
	invoice store.Invoice
	calls   []callRow
	err     error
}

func newTransaction(_ *desk, t store.Transaction) *transactionScreen {
	return &transactionScreen{tx: t}
}

func (s *transactionScreen) title(d *desk) string { return d.say(transactionTitle) }

func (s *transactionScreen) scopes(*desk) []keys.Scope {
	return []keys.Scope{keys.Transaction, keys.Text}
}

// show reads it anew: it may have changed while another screen was in front.
func (s *transactionScreen) show(d *desk) tea.Cmd { return s.load(d) }

// mostTimeline bounds the calls of one payment that are shown: the bank repeats
// a question up to ten times, and a stranger knows no transId.
const mostTimeline = 200

func (s *transactionScreen) load(d *desk) tea.Cmd {
	s.reads++
	msg, ledger, tx := transactionReadMsg{screen: s, reads: s.reads}, d.Ledger, s.tx
	return func() tea.Msg {
		ctx := context.Background()
		if msg.tx, msg.err = ledger.TransactionOf(ctx, tx.System, tx.TransID); msg.err != nil {
			return msg
		}
		msg.invoice, msg.err = ledger.Invoice(ctx, msg.tx.Number)
		for c, err := range ledger.FindCalls(ctx, store.CallQuery{TxSeq: msg.tx.Seq, Limit: mostTimeline}) {
			if err != nil {
				msg.err = errors.Join(msg.err, err)
				break
			}
			msg.calls = append(msg.calls, readCall(ctx, ledger, c))
		}
		slices.Reverse(msg.calls)
		return msg
	}
}

func (s *transactionScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case transactionReadMsg:
		s.take(msg)
	case happenedMsg:
		return s.happened(d, msg)
	case visitMsg:
		return d.visit(s, msg)
	}
	return nil
}

func (s *transactionScreen) take(msg transactionReadMsg) {
	if msg.screen != s || msg.reads != s.reads {
		return
	}
	s.err = msg.err
	if s.err == nil {
		s.read, s.tx, s.invoice, s.calls = true, msg.tx, msg.invoice, msg.calls
	}
}

// happened shows at once what became of the payment, and reads the rest.
func (s *transactionScreen) happened(d *desk, msg happenedMsg) tea.Cmd {
	if msg.anew { // the bank's id is all that still holds
		s.read, s.invoice, s.calls, s.err = false, store.Invoice{}, nil, nil
		return s.load(d)
	}
	mine := msg.flood
	for _, h := range msg.all {
		if h.TransID == s.tx.TransID && h.Transaction.TransID == s.tx.TransID {
			s.tx = h.Transaction
		}
		mine = mine || h.TransID == s.tx.TransID || h.Number == s.tx.Number
	}
	mine = mine || slices.ContainsFunc(msg.calls, func(c store.Call) bool { return c.TxSeq == s.tx.Seq })
	if !mine {
		return nil
	}
	return s.load(d)
}

// status is as the clock has it.
func (s *transactionScreen) status(d *desk) store.TransactionStatus {
	return s.tx.StatusAt(d.now(), d.rules().TransactionTTL)
}

func (s *transactionScreen) act(d *desk, a keys.Action) tea.Cmd {
	s.scroll(a)
	switch a {
	case keys.ToInvoice:
		return d.visitInvoice(s, s.tx.Number)
	case keys.CopyID:
		return copyText(s.tx.TransID, d.say(copiedID))
	case keys.Raw:
		return s.openRaw(d)
	case keys.Refund:
		return s.askRefund(d)
	case keys.RefundLetter:
		return d.copyLetter(s.tx)
	case keys.RefundEnd:
		return s.askRefundEnd(d)
	case keys.Settle:
		return d.ask(settleDialog(d, s.tx, s.invoice, false))
	}
	return nil
}

func (s *transactionScreen) openRaw(d *desk) tea.Cmd {
	calls := make([]store.Call, len(s.calls))
	for i, row := range s.calls {
		calls[i] = row.Call
	}
	return d.push(newText(rawTitle, func(d *desk, w int) []string { return d.rawCalls(calls, w) }))
}

func (s *transactionScreen) why(d *desk, a keys.Action) (none lang.Text) {
	switch a {
	case keys.Refund, keys.RefundEnd, keys.RefundLetter:
		return s.whyNoRefund(d, a)
	case keys.Settle:
		return s.whyNotSettle(d)
	case keys.Raw:
		switch {
		case d.profile(s.tx.System).Can.ByHand:
			return noCallsByHand
		case d.profile(s.tx.System).Can.Deals:
			return d.naming(noCallsOfDeal, s.tx.System)
		case !s.read:
			return callsBeingRead
		case len(s.calls) == 0:
			return noCalls
		}
	}
	return none
}

var (
	transactionTitle = lang.Text{UZ: "to‘lov", RU: "платёж", EN: "payment"}
	copiedID         = lang.Text{UZ: "to‘lov ID si nusxalandi", RU: "ID платежа скопирован", EN: "the transaction ID is copied"}
	noCallsByHand    = lang.Text{UZ: "bu to‘lov qo‘lda qabul qilingan: chaqiruv bo‘lmagan", RU: "этот платёж принят вручную: вызовов нет", EN: "this payment was taken by hand: nobody called"}
	noCallsOfDeal    = lang.Text{UZ: "{system} bilan almashinuv jurnalda saqlanmaydi", RU: "обмен с {system} в журнал не пишется", EN: "what is said with {system} is not kept in the journal"}
	callsBeingRead   = lang.Text{UZ: "so‘rovlar o‘qilmoqda…", RU: "запросы читаются…", EN: "reading the calls…"}
	noCalls          = lang.Text{UZ: "bu to‘lovning so‘rovlari saqlanmagan", RU: "запросы этого платежа не сохранились", EN: "no calls of this payment were kept"}
)

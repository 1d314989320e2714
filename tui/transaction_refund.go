package tui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// whyNoRefund asks the rules: they alone decide.
func (s *transactionScreen) whyNoRefund(d *desk, a keys.Action) (none lang.Text) {
	const anyReason = "-" // what the reason is makes no difference, there only has to be one
	var err error
	switch a {
	case keys.Refund:
		_, err = d.rules().RequestRefund(s.tx, store.RefundOrder{TransID: s.tx.TransID, By: d.Seat, Reason: anyReason}, d.now())
	case keys.RefundEnd:
		_, err = d.rules().CloseRefund(s.tx, store.RefundEnd{TransID: s.tx.TransID, By: d.Seat, Outcome: store.Withdrawn, Reason: anyReason}, d.now())
	default:
		if store.RefundStateOf(s.tx) != store.Requested {
			return noOpenRefund
		}
		return none
	}
	if err == nil {
		err = d.ready
	}
	return inEveryLanguage(err)
}

// inEveryLanguage is the sentence of a refusal with its hint.
func inEveryLanguage(err error) (t lang.Text) {
	if err == nil {
		return t
	}
	var refused *store.Error
	if !errors.As(err, &refused) {
		return lang.Text{EN: look.Foreign(err.Error())}
	}
	in := func(l lang.Lang) string {
		if hint := refused.Hint(l); hint != "" {
			return look.Foreign(refused.Message(l)) + " — " + hint
		}
		return look.Foreign(refused.Message(l))
	}
	return lang.Text{UZ: in(lang.UZ), RU: in(lang.RU), EN: in(lang.EN)}
}

// askRefund asks why the money is to go back, and requests it.
func (s *transactionScreen) askRefund(d *desk) tea.Cmd {
	t := s.tx
	return d.ask(&dialog{
		title: d.say(refundTitle),
		body:  []string{d.fill(refundBody, "{sum}", d.sum(t.Amount), "{number}", t.Number.String())},
		ask:   d.say(refundReason), must: d.say(refundMust), yes: d.say(refundYes),
		then: func(_ int, text string) tea.Cmd {
			return d.requestRefund(store.RefundOrder{System: t.System, TransID: t.TransID, By: d.Seat, Reason: strings.TrimSpace(text)})
		},
	})
}

// requestRefund writes the request down, shows the letter to the bank and
// copies it. It needs no screen to come back to: the one it was asked on may
// show another payment by then.
func (d *desk) requestRefund(o store.RefundOrder) tea.Cmd {
	then := *d // as it is now: the command runs beside the model
	return func() tea.Msg {
		t, err := then.Ledger.RequestRefund(context.Background(), o)
		if err != nil {
			return toastMsg{then.trouble(err), bad}
		}
		letter := then.letter(t)
		return tea.BatchMsg{send(pushMsg{newLetter(letter)}), copyText(letter, then.say(letterCopied))}
	}
}

// letter is what the bank is written. It is in Russian, as that of tushum
// refund request is: the bank reads it, not who is at the till.
func (d *desk) letter(t store.Transaction) string {
	from := d.Letter
	if from.Name == "" {
		from.Name = d.Shop.Name
	}
	return store.RefundLetter(t, from, d.rules().Calendar, lang.RU)
}

func (d *desk) copyLetter(t store.Transaction) tea.Cmd {
	return copyText(d.letter(t), d.say(letterCopied))
}

// newLetter shows a letter to the bank.
func newLetter(letter string) *textScreen {
	return newText(letterTitle, func(d *desk, w int) []string {
		margin := strings.Repeat(" ", min(2, w/20))
		inner := max(1, w-2*len(margin))
		lines := append([]string{""}, d.painted(d.theme.Good, d.theme.Signs.Paid+" "+d.say(letterNext), inner)...)
		lines = append(lines, "")
		for line := range strings.SplitSeq(strings.TrimRight(letter, "\n"), "\n") {
			lines = append(lines, look.Wrap(line, inner)...) // RefundLetter has made it safe
		}
		for i, line := range lines {
			lines[i] = margin + line
		}
		return lines
	})
}

// askRefundEnd asks how an open request ended.
func (s *transactionScreen) askRefundEnd(d *desk) tea.Cmd {
	t := s.tx
	outcomes := []store.RefundState{store.Withdrawn, store.Refused}
	return d.ask(&dialog{
		title:   d.say(refundEndTitle),
		body:    []string{d.fill(refundEndBody, "{sum}", d.sum(t.Amount), "{at}", d.full(t.Refund.AskedAt))},
		choices: []string{d.say(refundEndWithdrawn), d.say(refundEndRefused)},
		ask:     d.say(refundEndNote), must: d.say(refundEndMust), yes: d.say(refundEndYes),
		then: func(chosen int, text string) tea.Cmd {
			return d.closeRefund(store.RefundEnd{System: t.System, TransID: t.TransID, By: d.Seat, Outcome: outcomes[chosen], Reason: strings.TrimSpace(text)})
		},
	})
}

func (d *desk) closeRefund(e store.RefundEnd) tea.Cmd {
	then := *d // as it is now: the command runs beside the model
	return func() tea.Msg {
		if _, err := then.Ledger.CloseRefund(context.Background(), e); err != nil {
			return toastMsg{then.trouble(err), bad}
		}
		return toastMsg{then.say(refundEnded), plain}
	}
}

var (
	noOpenRefund = lang.Text{
		UZ: "bu to‘lov bo‘yicha ochiq qaytarish so‘rovi yo‘q", RU: "по этому платежу нет открытого запроса на возврат", EN: "this payment has no open refund request",
	}
	refundTitle = lang.Text{UZ: "pulni qaytarish", RU: "возврат денег", EN: "refund"}
	refundBody  = lang.Text{
		UZ: "hisob {number}, {sum} to‘liq qaytariladi. Pulni bank qaytaradi: so‘rov yozib qo‘yiladi va bankka yuboriladigan xat tayyorlanadi.",
		RU: "счёт {number}, {sum} возвращается целиком. Деньги вернёт банк: запрос записывается, и готовится письмо банку.",
		EN: "invoice {number}, {sum} is given back whole. The bank gives the money back: the request is written down, and a letter to the bank is made.",
	}
	refundReason = lang.Text{UZ: "nega qaytariladi?", RU: "почему возврат?", EN: "why is it given back?"}
	refundMust   = lang.Text{UZ: "sababini yozing: u bankka boradi", RU: "напишите причину: она пойдёт в банк", EN: "say why: the bank is told"}
	refundYes    = lang.Text{UZ: "so‘rash", RU: "запросить", EN: "request it"}

	letterTitle  = lang.Text{UZ: "bankka xat", RU: "письмо банку", EN: "letter to the bank"}
	letterCopied = lang.Text{UZ: "bankka xat nusxalandi", RU: "письмо банку скопировано", EN: "the letter to the bank is copied"}
	letterNext   = lang.Text{
		UZ: "so‘rov yozildi, xat nusxalandi: uni bankdagi menejeringizga yuboring. Bank pulni qaytarganda bu yerda ko‘rinadi.",
		RU: "запрос записан, письмо скопировано: отправьте его своему менеджеру в банке. Когда банк вернёт деньги, это будет видно здесь.",
		EN: "the request is written down and the letter copied: send it to your manager at the bank. When the bank gives the money back it is shown here.",
	}

	refundEndTitle = lang.Text{UZ: "qaytarish so‘rovini yopish", RU: "закрыть запрос на возврат", EN: "end the refund request"}
	refundEndBody  = lang.Text{
		UZ: "{sum}ni qaytarish {at} da so‘ralgan. So‘rov qanday tugadi?",
		RU: "возврат {sum} запрошен {at}. Чем кончилось?",
		EN: "{sum}, requested {at}. How did it end?",
	}
	refundEndWithdrawn = lang.Text{UZ: "do‘kon qaytarib oldi", RU: "магазин отозвал", EN: "withdrawn by the shop"}
	refundEndRefused   = lang.Text{UZ: "bank rad etdi", RU: "банк отказал", EN: "refused by the bank"}
	refundEndNote      = lang.Text{UZ: "izoh", RU: "примечание", EN: "note"}
	refundEndMust      = lang.Text{UZ: "nega shunday tugaganini yozing", RU: "напишите, почему так кончилось", EN: "say why it ended so"}
	refundEndYes       = lang.Text{UZ: "yopish", RU: "закрыть", EN: "end it"}
	refundEnded        = lang.Text{UZ: "qaytarish so‘rovi yopildi", RU: "запрос на возврат закрыт", EN: "the refund request is ended"}
)

package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"tushum/internal/deals"
	"tushum/internal/lang"
	"tushum/store"
)

// How long a card to pay to is waited for, and how often it is asked after.
const (
	cardPatience = 30 * time.Second
	cardPause    = 200 * time.Millisecond
)

// payToView is where the payer of a deal sends the money.
type payToView struct {
	Card  string `json:"card"`
	Owner string `json:"owner,omitzero"`
	Bank  string `json:"bank,omitzero"`
	QR    string `json:"qr"`
}

// drawDeal begins a deal, or goes on with the one under way, and shows where it is
// paid. Whoever breaks it off finds the same deal the next time.
func (a *App) drawDeal(ctx context.Context, s *shop, inv store.Invoice, f qrFlags) error {
	d, to, err := a.beginDeal(ctx, s, inv)
	if err != nil {
		return err
	}
	view := viewDeal(d, store.At(s.Now()))
	shown := drawing{content: d.URL, below: d.URL, view: qrView{Number: inv.Number, Deal: &view}}
	if to == nil {
		shown.words = append(a.qrCaption(inv), a.payUntil(s, d)...)
		return a.draw(shown, f)
	}
	shown.content, shown.below, shown.vital = to.QR, "", true
	shown.words = a.cardWords(s, d, *to)
	shown.view.PayTo = &payToView{Card: to.Card, Owner: to.Owner, Bank: to.Bank, QR: to.QR}
	return a.draw(shown, f)
}

// beginDeal begins a deal and waits until it is known where it is paid; to is nil
// where that is on the page at the deal's URL.
func (a *App) beginDeal(ctx context.Context, s *shop, inv store.Invoice) (d store.Deal, to *store.PayTo, err error) {
	maker, end, err := a.dealMaker(s)
	if err != nil {
		return d, nil, err
	}
	defer end()
	if d, err = maker.Begin(ctx, store.DealOrder{Number: inv.Number, By: a.by(), Lang: a.customersLang(s)}); err != nil {
		return d, nil, err
	}
	if d.Misquoted() {
		return d, nil, a.misquoted(s, d)
	}
	found, err := waitForCard(ctx, maker, d)
	switch {
	case err == nil:
		d, err = s.Deal(ctx, d.Ref) // meanwhile more may be known
		if err == nil && d.Misquoted() {
			err = a.misquoted(s, d)
		}
		return d, &found, err
	case errors.Is(err, store.ErrOwnPage) && d.URL != "":
		return d, nil, nil
	case errors.Is(err, store.ErrOwnPage):
		return d, nil, &fault{code: codeSystem, exit: exitFailed, says: sayNoOwnPage, hint: hintNoOwnPage}
	case errors.Is(err, store.ErrNotReady):
		return d, nil, &fault{code: string(store.ErrNotReady), exit: exitFailed, says: s.about(sayNoCardYet, d.System), hint: hintNoCardYet}
	case errors.Is(err, store.ErrCalledOff):
		return d, nil, &fault{code: string(store.ErrCalledOff), exit: exitFailed, says: sayCalledOff, hint: hintCalledOff}
	}
	return d, nil, err
}

// misquoted refuses to show where a deal is paid of which the payment system names
// another amount.
func (a *App) misquoted(s *shop, d store.Deal) error {
	says := filled(s.about(sayMisquoted, d.System), "{sum}", d.Amount.Format(a.lang), "{told}", d.Told.Format(a.lang))
	return &fault{code: codeMisquoted, exit: exitRefused, says: says, hint: filled(s.about(hintMisquoted, d.System), "{number}", d.Number.String())}
}

// codeMisquoted is the code of that.
const codeMisquoted = "deal_misquoted"

// dealMaker is that of the service this runs in, or else one of its own, which end
// closes.
func (a *App) dealMaker(s *shop) (maker store.DealMaker, end func(), err error) {
	if a.deals != nil {
		return a.deals, func() {}, nil
	}
	k := deals.New(deals.Config{Ledger: s.Store, Systems: s.systems, Back: s.page})
	return k, k.Close, a.note(sayServeAsks)
}

// waitForCard asks where a deal is paid until that is known, or patience ends.
func waitForCard(ctx context.Context, maker store.DealMaker, d store.Deal) (to store.PayTo, err error) {
	patience, end := context.WithTimeout(ctx, cardPatience)
	defer end()
	for {
		if to, err = maker.PayTo(d); !errors.Is(err, store.ErrNotReady) {
			return to, err
		}
		if wait(patience, cardPause) != nil {
			return to, errors.Join(ctx.Err(), err)
		}
	}
}

// payUntil is until when a deal can be paid; nothing where its system does not say.
func (a *App) payUntil(s *shop, d store.Deal) []string {
	if d.ExpiresAt == 0 {
		return nil
	}
	return []string{a.say(labelPayUntil) + " " + s.Rules().Calendar.Show(d.ExpiresAt)}
}

// cardWords are what the payer of a deal needs to send the money to a card.
func (a *App) cardWords(s *shop, d store.Deal, to store.PayTo) []string {
	c := a.card()
	c.add(labelInvoice, d.Number.String())
	c.add(labelExactly, d.Amount.Format(a.lang))
	c.add(labelCard, inFours(foreign(to.Card)))
	c.add(labelOwner, foreign(to.Owner))
	c.add(labelBank, foreign(to.Bank))
	c.add(labelPayUntil, s.Rules().Calendar.Show(d.ExpiresAt))
	return strings.Split(strings.TrimSuffix(c.t.String(), "\n"), "\n")
}

// inFours writes a card's number as it stands on the card.
func inFours(digits string) string {
	var groups []string
	for len(digits) > 4 {
		groups, digits = append(groups, digits[:4]), digits[4:]
	}
	return strings.Join(append(groups, digits), " ")
}

var (
	labelExactly = lang.Text{UZ: "Aynan shu summa", RU: "Ровно эта сумма", EN: "Exactly this sum"}
	labelCard    = lang.Text{UZ: "Karta raqami", RU: "Номер карты", EN: "Card number"}
	labelOwner   = lang.Text{UZ: "Karta egasi", RU: "Владелец карты", EN: "Card owner"}
	labelBank    = lang.Text{UZ: "Bank", RU: "Банк", EN: "Bank"}

	sayServeAsks = lang.Text{
		UZ: "diqqat: to‘langanini faqat ishlab turgan xizmat biladi (tushum serve yoki kassa)",
		RU: "внимание: об оплате узнаёт только работающая служба (tushum serve или касса)",
		EN: "take care: only a running service learns that it is paid (tushum serve, or the console)",
	}
	sayNoCardYet = lang.Text{
		UZ: "{system} hali karta bermadi", RU: "{system} ещё не даёт карту", EN: "{system} has no card to pay to yet",
	}
	hintNoCardYet = lang.Text{
		UZ: "bir daqiqadan keyin shu buyruqni takrorlang: bitim saqlanadi", RU: "повторите команду через минуту: сделка сохранится", EN: "repeat the command in a minute: the deal stays",
	}
	sayCalledOff = lang.Text{
		UZ: "bitim endi to‘lanmaydi: u bekor bo‘ldi yoki muddati o‘tdi", RU: "сделку уже нельзя оплатить: она отменена или истекла", EN: "the deal can't be paid any more: it was cancelled, or has run out",
	}
	hintCalledOff = lang.Text{
		UZ: "buyruqni takrorlang: yangi bitim ochiladi", RU: "повторите команду: будет создана новая", EN: "repeat the command: a new one is made",
	}
	sayMisquoted = lang.Text{
		UZ: "to‘lanmasin: hisob {sum}, {system} esa {told} deyapti",
		RU: "платить нельзя: счёт на {sum}, а {system} называет {told}",
		EN: "this must not be paid: the invoice is for {sum}, and {system} says {told}",
	}
	hintMisquoted = lang.Text{
		UZ: "{system} bilan bog‘laning yoki to‘lovni boshqa yo‘l bilan oling: tushum invoice mark-paid {number}",
		RU: "свяжитесь с {system} или примите оплату другим способом: tushum invoice mark-paid {number}",
		EN: "call {system}, or take the payment another way: tushum invoice mark-paid {number}",
	}
	sayNoOwnPage = lang.Text{
		UZ: "to‘lov tizimi mijoz uchun sahifa bermadi", RU: "платёжная система не дала страницу для клиента", EN: "the payment system gave no page for the payer",
	}
	hintNoOwnPage = lang.Text{
		UZ: "sozlamalarda karta bo‘yicha to‘lovni tanlang (flow = \"h2h\")", RU: "выберите в настройках оплату по карте (flow = \"h2h\")", EN: "choose payment by card number in the settings (flow = \"h2h\")",
	}
)

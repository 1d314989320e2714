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
	d, to, err := a.beginDeal(ctx, s, store.DealOrder{Number: inv.Number, By: a.by(), Lang: a.customersLang(s), Force: f.force})
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
func (a *App) beginDeal(ctx context.Context, s *shop, o store.DealOrder) (d store.Deal, to *store.PayTo, err error) {
	maker, end, err := a.dealMaker(s)
	if err != nil {
		return d, nil, err
	}
	defer end()
	if d, err = maker.Begin(ctx, o); err != nil {
		return d, nil, err
	}
	if d.Withheld() {
		return d, nil, a.withheld(s, d)
	}
	found, err := waitForCard(ctx, maker, d)
	switch {
	case err == nil:
		d, err = s.Deal(ctx, d.Ref) // meanwhile more may be known
		if err == nil && d.Withheld() {
			err = a.withheld(s, d)
		}
		return d, &found, err
	case errors.Is(err, store.ErrOwnPage) && d.URL != "":
		return d, nil, nil
	case errors.Is(err, store.ErrOwnPage):
		return d, nil, noOwnPage(s, d, err)
	case errors.Is(err, store.ErrNotReady):
		return d, nil, &fault{code: string(store.ErrNotReady), exit: exitFailed, says: s.about(sayNoCardYet, d.System), hint: hintNoCardYet}
	case errors.Is(err, store.ErrCalledOff):
		return d, nil, &fault{code: string(store.ErrCalledOff), exit: exitFailed, says: sayCalledOff, hint: hintCalledOff}
	}
	return d, nil, err
}

// noOwnPage is the failure of a payment system that shows where a deal is paid on a page
// of its own, and has none for this one. What the system itself advises comes first.
func noOwnPage(s *shop, d store.Deal, err error) error {
	if _, _, spoken := lang.Spoken(err); spoken {
		return err
	}
	return &fault{code: codeSystem, exit: exitFailed, says: s.about(sayNoOwnPage, d.System), hint: hintNoOwnPage.Fill("{number}", d.Number.String())}
}

// withheld refuses to show where a deal is paid of which the payment system names
// another amount, or a state that nobody knows.
func (a *App) withheld(s *shop, d store.Deal) error {
	if !d.Misquoted() {
		says := s.about(sayUnclear, d.System).Fill("{word}", foreign(d.Word))
		return &fault{code: codeUnclear, exit: exitRefused, says: says, hint: s.about(hintUnclear, d.System).Fill("{number}", d.Number.String())}
	}
	says := s.about(sayMisquoted, d.System).Fill("{sum}", d.Amount.Format(a.lang), "{told}", d.Told.Format(a.lang))
	return &fault{code: codeMisquoted, exit: exitRefused, says: says, hint: s.about(hintMisquoted, d.System).Fill("{number}", d.Number.String())}
}

// The codes of that.
const (
	codeMisquoted = "deal_misquoted"
	codeUnclear   = "deal_unknown_status"
)

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
		switch {
		case wait(patience, cardPause) == nil:
		case ctx.Err() != nil: // it was broken off, which is no word of the payment system's
			return to, ctx.Err()
		default:
			return to, err
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
	c.add(labelCard, foreign(strings.Join(to.CardGroups(), " ")))
	c.add(labelOwner, foreign(to.Owner))
	c.add(labelBank, foreign(to.Bank))
	c.add(labelPayUntil, s.Rules().Calendar.Show(d.ExpiresAt))
	return strings.Split(strings.TrimSuffix(c.t.String(), "\n"), "\n")
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
	sayUnclear = lang.Text{
		UZ: "hozircha to‘lanmasin: {system} bitimga notanish holat berdi ({word})",
		RU: "пока платить нельзя: {system} сообщает о сделке незнакомое состояние ({word})",
		EN: "this must not be paid now: {system} gives a state of the deal that nobody knows ({word})",
	}
	hintUnclear = lang.Text{
		UZ: "bitimni {system} kabinetida ko‘ring yoki to‘lovni boshqa yo‘l bilan oling: tushum invoice mark-paid {number}",
		RU: "посмотрите сделку в кабинете {system} или примите оплату другим способом: tushum invoice mark-paid {number}",
		EN: "see the deal in the cabinet of {system}, or take the payment another way: tushum invoice mark-paid {number}",
	}
	sayNoOwnPage = lang.Text{
		UZ: "{system} mijoz uchun sahifa bermadi", RU: "{system} не даёт страницу для клиента", EN: "{system} gave no page for the payer",
	}
	hintNoOwnPage = lang.Text{
		UZ: "buyruqni takrorlang yoki to‘lovni boshqa yo‘l bilan oling: tushum invoice mark-paid {number}",
		RU: "повторите команду или примите оплату другим способом: tushum invoice mark-paid {number}",
		EN: "repeat the command, or take the payment another way: tushum invoice mark-paid {number}",
	}
)

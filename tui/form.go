package tui

import (
	"bytes"
	"context"
	"strconv"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
)

// formScreen is a new invoice as it is being typed.
type formScreen struct {
	till   bool       // it is to be the till's
	kind   store.Kind // as chosen; chosenKind knows what it comes to
	fields map[input]*textinput.Model
	lines  []formLine
	expiry int // one of expiries
	open   bool
	at     spot

	first   []byte // what was typed when the form began
	tried   bool   // Enter was the last key: what is missing is told too
	issuing bool
	refusal error // what the ledger said to it
}

// input names a field of the form.
type input uint8

// The fields, in their order.
const (
	inAmount input = iota
	inLeast
	inMost
	inKind
	inLine // one of three for each line: name, quantity, price
	inDiscount
	inPrepaid
	inCustomer
	inPhone
	inSpecialist
	inWhen
	inExpiry
	inNote
)

// spot is a field that can be typed into: which one, and of a line which line
// and which of its three.
type spot struct {
	input  input
	line   int
	column column
}

// column is a part of a line.
type column uint8

const (
	lineName column = iota
	lineQuantity
	linePrice
	lineColumns
)

// formLine are the fields of a line.
type formLine [lineColumns]*textinput.Model

// The most that can be typed, in letters. The ledger counts bytes, which
// mistakes looks at.
const (
	maxAmountText = 40
	maxNameText   = 400
	maxWhenText   = 40
	maxNoteText   = 4000
)

// mostLines is how many lines the ledger lets an invoice have.
const mostLines = 100

// newForm is an empty new invoice.
func newForm(d *desk) *formScreen {
	f := &formScreen{fields: make(map[input]*textinput.Model)}
	for in, most := range map[input]int{
		inAmount: maxAmountText, inLeast: maxAmountText, inMost: maxAmountText, inDiscount: maxAmountText, inPrepaid: maxAmountText, inCustomer: maxNameText, inPhone: maxAmountText,
		inSpecialist: maxNameText, inWhen: maxWhenText, inNote: maxNoteText,
	} {
		field := newField("", most)
		f.fields[in] = &field
	}
	f.moveTo(f.spots(d)[0])
	f.first = f.text()
	return f
}

func newFormLine(name, quantity, price string) formLine {
	var l formLine
	for i, value := range []string{name, quantity, price} {
		field := newField(visible(value), []int{maxNameText, maxAmountText, maxAmountText}[i])
		l[i] = &field
	}
	return l
}

// cloneForm is a new invoice like another. Where its lines make its sum, they
// go on doing so. What was paid before was paid by that customer, and is asked for
// again.
func cloneForm(d *desk, inv store.Invoice) *formScreen {
	f := newForm(d)
	t := typedForm{
		Kind: inv.Kind, Customer: inv.Customer.Name, Specialist: inv.Specialist, Note: inv.Note,
		Discount: plainNumber(inv.Discount),
		Open:     len(inv.Lines) > 0 || inv.Discount != 0 || inv.Customer != (store.Customer{}) || inv.Specialist != "" || inv.Note != "",
	}
	if inv.Customer.Phone != "" {
		t.Phone = inv.Customer.Phone.Full()
	}
	for _, l := range inv.Lines {
		t.Lines = append(t.Lines, typedLine{l.Name, strconv.FormatInt(l.Quantity, 10), plainNumber(l.Price)})
	}
	if inv.Amount != 0 && len(inv.Lines) == 0 {
		t.Amount = plainNumber(inv.Amount + inv.Discount + inv.Prepaid)
	}
	if inv.Reusable() {
		t.Least, t.Most = plainNumber(inv.MinAmount), plainNumber(inv.MaxAmount)
	}
	f.put(d, t)
	f.first = f.text()
	return f
}

func (f *formScreen) title(d *desk) string { return d.say(formTitle) }

func (f *formScreen) scopes(*desk) []keys.Scope { return []keys.Scope{keys.Form} }

func (f *formScreen) show(*desk) tea.Cmd { return nil }

// typing holds even where ← and → choose: a letter must never close the form.
func (f *formScreen) typing() bool { return true }

// issuedMsg is what came of a form.
type issuedMsg struct {
	screen *formScreen
	inv    store.Invoice
	made   bool // and not the till's that another seat has made meanwhile
	err    error
}

func (f *formScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case issuedMsg:
		if msg.screen == f {
			return f.issued(d, msg)
		}
	case tea.KeyPressMsg:
		return f.typed(d, msg)
	case tea.PasteMsg:
		f.tried, f.refusal = false, nil
		if field := f.field(f.at); field != nil {
			return typed(field, msg)
		}
	}
	return nil
}

func (f *formScreen) typed(d *desk, key tea.KeyPressMsg) tea.Cmd {
	f.tried, f.refusal = false, nil
	if field := f.field(f.at); field != nil {
		return typed(field, key)
	}
	switch key.String() {
	case "left":
		f.choose(d, -1)
	case "right", "space":
		f.choose(d, 1)
	}
	return nil
}

func (f *formScreen) act(d *desk, a keys.Action) tea.Cmd {
	switch a {
	case keys.Submit:
		return f.submit(d)
	case keys.NextField:
		f.next(d)
	case keys.PrevField:
		f.step(d, -1)
	case keys.More:
		f.unfold(d, !f.open)
	case keys.AddLine:
		f.addLine(d)
	case keys.DropLine:
		f.dropLine()
	}
	return nil
}

func (f *formScreen) why(d *desk, a keys.Action) lang.Text {
	counter := f.chosenKind(d) == store.Counter
	switch {
	case a == keys.Submit && f.issuing:
		return formBusy
	case a == keys.AddLine && counter:
		return counterNoLines
	case a == keys.AddLine && len(f.lines) >= mostLines:
		return enoughLines
	case a == keys.DropLine && (len(f.lines) == 0 || counter || !f.open):
		return noLineToDrop
	}
	return lang.Text{}
}

// submit makes the invoice, or goes to the first mistake.
func (f *formScreen) submit(d *desk) tea.Cmd {
	f.tried = true
	draft, wrong := f.draft(d)
	for _, s := range f.allSpots(d) {
		if wrong[s] != (mistake{}) {
			f.goTo(d, s)
			return nil
		}
	}
	if f.chosenKind(d) == "" {
		return nil // the form says so
	}
	f.issuing, f.refusal = true, nil
	ledger, till := d.Ledger, f.till && draft.Kind == store.Counter
	return func() tea.Msg {
		msg := issuedMsg{screen: f, made: true}
		if till {
			msg.inv, msg.made, msg.err = ledger.OpenTill(context.Background(), draft)
		} else {
			msg.inv, msg.err = ledger.Issue(context.Background(), draft)
		}
		return msg
	}
}

func (f *formScreen) issued(d *desk, msg issuedMsg) tea.Cmd {
	if msg.err != nil {
		f.issuing, f.refusal = false, msg.err
		return nil
	}
	code := newCode(d, msg.inv)
	code.till = f.till && msg.inv.Reusable()
	show := d.want(replaceMsg{old: f, by: code})
	if !msg.made {
		return tea.Batch(show, toast(uneasy, d.fill(tillThere, "{number}", msg.inv.Number.String())))
	}
	return show
}

// leave asks before what was typed is thrown away.
func (f *formScreen) leave(d *desk) tea.Cmd {
	switch {
	case f.issuing:
		return toast(uneasy, d.say(formBusy))
	case bytes.Equal(f.text(), f.first):
		return nil
	}
	d.ask(&dialog{
		title: d.say(throwTitle), body: []string{d.say(throwBody)}, choices: []string{d.say(throwStay), d.say(throwAway)}, yes: d.say(throwYes),
		then: func(chosen int, _ string) tea.Cmd {
			if chosen == 1 {
				return d.pop(f)
			}
			return nil
		},
	})
	return stay
}

var (
	formTitle = lang.Text{UZ: "yangi hisob", RU: "новый счёт", EN: "new invoice"}
	formBusy  = lang.Text{UZ: "hisob ochilmoqda, bir lahza kuting", RU: "счёт создаётся, подождите секунду", EN: "the invoice is being made, wait a moment"}

	counterNoLines = lang.Text{UZ: "kassadagi QR kodda qatorlar bo‘lmaydi: summani mijoz yozadi", RU: "у QR на кассе нет строк: сумму вводит клиент", EN: "a counter QR has no lines: the customer types the sum"}
	enoughLines    = lang.Text{UZ: "bitta hisobda ko‘pi bilan 100 ta qator bo‘ladi", RU: "в одном счёте не больше 100 строк", EN: "an invoice has 100 lines at most"}
	noLineToDrop   = lang.Text{UZ: "olib tashlanadigan qator yo‘q", RU: "нет строки, чтобы убрать", EN: "there is no line to remove"}

	throwTitle = lang.Text{UZ: "yangi hisobni yopish", RU: "закрыть новый счёт", EN: "leave the new invoice"}
	throwBody  = lang.Text{UZ: "Yozganlaringiz saqlanmaydi.", RU: "Введённое не сохранится.", EN: "What was typed will be lost."}
	throwStay  = lang.Text{UZ: "davom etish", RU: "продолжить", EN: "go on typing"}
	throwAway  = lang.Text{UZ: "o‘chirib yopish", RU: "закрыть без сохранения", EN: "throw it away"}
	throwYes   = lang.Text{UZ: "tanlash", RU: "выбрать", EN: "choose"}
)

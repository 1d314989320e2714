package tui

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"tushum/internal/money"
	"tushum/store"
)

// typedForm is all that was typed into a form.
type typedForm struct {
	Kind       store.Kind  `json:"kind,omitempty"`
	Amount     string      `json:"amount,omitempty"`
	Least      string      `json:"least,omitempty"`
	Most       string      `json:"most,omitempty"`
	Lines      []typedLine `json:"lines,omitempty"`
	Discount   string      `json:"discount,omitempty"`
	Prepaid    string      `json:"prepaid,omitempty"`
	Customer   string      `json:"customer,omitempty"`
	Phone      string      `json:"phone,omitempty"`
	Specialist string      `json:"specialist,omitempty"`
	When       string      `json:"when,omitempty"`
	Expiry     int         `json:"expiry,omitempty"`
	Note       string      `json:"note,omitempty"`
	Open       bool        `json:"open,omitempty"`
}

type typedLine struct {
	Name     string `json:"name,omitempty"`
	Quantity string `json:"quantity,omitempty"`
	Price    string `json:"price,omitempty"`
}

// typedInputs are the fields of one line of text with what they hold.
func (t *typedForm) typedInputs() map[input]*string {
	return map[input]*string{
		inAmount: &t.Amount, inLeast: &t.Least, inMost: &t.Most, inDiscount: &t.Discount, inPrepaid: &t.Prepaid, inCustomer: &t.Customer, inPhone: &t.Phone,
		inSpecialist: &t.Specialist, inWhen: &t.When, inNote: &t.Note,
	}
}

// text is what was typed; the fields bound how long it gets. Whether the form is
// unfolded is no part of it.
func (f *formScreen) text() []byte {
	t := f.all()
	t.Open = false
	return encodeForm(t)
}

func (f *formScreen) all() typedForm {
	t := typedForm{Kind: f.kind, Expiry: f.expiry, Open: f.open}
	for in, value := range t.typedInputs() {
		*value = f.fields[in].Value()
	}
	for _, l := range f.lines {
		t.Lines = append(t.Lines, typedLine{l[lineName].Value(), l[lineQuantity].Value(), l[linePrice].Value()})
	}
	return t
}

// encodeForm can't fail: there are strings and numbers only.
func encodeForm(t typedForm) []byte {
	text, err := json.Marshal(t)
	if err != nil {
		return nil
	}
	return text
}

// keep is what was typed, so that a console that is cut off loses nothing.
func (f *formScreen) keep() []byte {
	if bytes.Equal(f.text(), encodeForm(typedForm{})) {
		return nil
	}
	return encodeForm(f.all())
}

// restore puts back what keep returned. What can't be read is left.
func (f *formScreen) restore(d *desk, draft []byte) {
	var t typedForm
	if json.Unmarshal(draft, &t) != nil {
		return
	}
	f.put(d, t)
}

func (f *formScreen) put(d *desk, t typedForm) {
	if slices.Contains(store.Kinds(), t.Kind) {
		f.kind = t.Kind
	}
	if t.Expiry >= 0 && t.Expiry < len(expiries) {
		f.expiry = t.Expiry
	}
	for in, value := range t.typedInputs() {
		f.fields[in].SetValue(visible(*value))
	}
	f.lines = nil
	for _, l := range t.Lines[:min(len(t.Lines), mostLines)] {
		f.lines = append(f.lines, newFormLine(l.Name, l.Quantity, l.Price))
	}
	f.open = t.Open
	f.moveTo(f.spots(d)[0])
}

// plainNumber is a sum as people type it; empty for none.
func plainNumber(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return strings.ReplaceAll(a.Number(), "\u00a0", " ")
}

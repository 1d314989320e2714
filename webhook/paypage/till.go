package paypage

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// What the forms at the till send.
const (
	amountParam = "amount"
	numberParam = "number"
)

// form asks for one thing and leads on.
type form struct {
	Action string // path
	Lang   lang.Lang
	Name   string // of the parameter; labels refer to the field by it
	Mode   string // of the keys that a phone shows
	Label  string
	Hint   string
	Typed  string
	Wrong  string
	Error  string // what begins Wrong
	Button string
}

// serveTill serves the page behind the code at the till: a customer types an
// amount, or the number of an invoice, and is led on to its page.
func (h *Handler) serveTill(w http.ResponseWriter, r *http.Request) {
	v, next, err := h.till(r)
	switch {
	case err != nil:
		h.fail(w, r, err)
		return
	case next != "":
		http.Redirect(w, r, next, http.StatusSeeOther)
		return
	}
	h.serve(w, r, http.StatusOK, page{main: v})
}

// tillView is the page behind the code at the till.
func (s scene) tillView(forms []form) view {
	v := view{State: stateAsks, Heading: store.KindTitle(store.Counter, s.lang), Forms: forms}
	v.addApp(s)
	if len(forms) > 1 {
		v.Advice = sayTillOrNumber.In(s.lang)
	}
	v.finish(s)
	return v
}

// till is the page, or where what was typed leads.
func (h *Handler) till(r *http.Request) (v view, next string, err error) {
	l, query := h.language(r), r.URL.Query()
	number := form{Action: tillPath, Lang: l, Name: numberParam, Mode: "numeric", Error: sayWrong.In(l), Label: labelNumber.In(l), Hint: hintNumber.In(l), Button: askFind.In(l)}
	if number.Typed = query.Get(numberParam); number.Typed != "" {
		if next, err = h.numbered(r, number.Typed, l); next != "" || err != nil {
			return view{}, next, err
		}
		number.Wrong = sayNotThisNumber.In(l)
	}
	s, err := h.subjectAtTill(r.Context(), query.Get(amountParam))
	if err != nil {
		return view{}, "", err
	}
	amount, next := amountAtTill(s, l)
	if next != "" {
		return view{}, next, nil
	}
	number.Typed = typed(number.Typed)
	var forms []form
	if amount.Name != "" {
		forms = append(forms, amount)
	}
	return h.scene(r, s).tillView(append(forms, number)), "", nil
}

// subjectAtTill is the shop's till with what was typed for it; closed where the shop
// has none.
func (h *Handler) subjectAtTill(ctx context.Context, text string) (subject, error) {
	s := subject{typed: cutLong(text)}
	inv, err := h.books.Till(ctx)
	switch {
	case store.CodeOf(err) == store.InvoiceNotFound:
		s.bill.Closed = true
		return s, nil
	case err != nil:
		return subject{}, err
	}
	if err := h.reckon(ctx, &s, inv); err != nil {
		return subject{}, err
	}
	s.take(text)
	return s, nil
}

// amountAtTill asks for an amount, or leads on with it. It is empty where the shop
// has no till that can be paid at, and nobody has typed an amount for it.
func amountAtTill(s subject, l lang.Lang) (f form, next string) {
	open := s.bill.Payable()
	switch {
	case !open && s.typed == "":
		return form{}, ""
	case open && s.amount != 0:
		return form{}, pageOf(s.bill.Invoice.Token.String(), url.Values{amountParam: {s.asked()}, langParam: {string(l)}})
	}
	f = amountForm(s, l)
	f.Action = tillPath
	if !open {
		f.Hint, f.Wrong = "", sayTillClosed.In(l)
	}
	return f, ""
}

// addApp names the app before there is a button for it: who has only another one
// need not type anything.
func (v *view) addApp(s scene) {
	if s.app {
		v.By = withSystem(sayByApp, s.system, s.lang)
	}
}

// pageOf is the page of an invoice, by its token or number.
func pageOf(ref string, query url.Values) string { return tillPath + "/" + ref + "?" + query.Encode() }

// numbered is the page of an invoice whose number was typed; empty where there
// is none. A wrong check digit is no different: both are a slip of the finger.
func (h *Handler) numbered(r *http.Request, text string, l lang.Lang) (string, error) {
	ref := strings.Map(unparted, text)
	if _, err := store.ParseNumber(ref); err != nil {
		return "", nil //nolint:nilerr // it is told at the field
	}
	r.SetPathValue(refParam, ref) // looked up as its page would, with the same limits
	_, err := h.find(r)
	switch {
	case store.CodeOf(err) == store.InvoiceNotFound:
		return "", nil
	case err != nil:
		return "", err
	}
	return pageOf(ref, url.Values{langParam: {string(l)}}), nil
}

// unparted drops what people part the digits of a number with.
func unparted(r rune) rune {
	if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// ask puts the form of a counter invoice, which needs an amount first.
func (v *view) ask(s scene) {
	f := amountForm(s.subject, s.lang)
	f.Action = tillPath + "/" + s.subject.ref
	v.State, v.Heading, v.Forms = stateAsks, headHowMuch.In(s.lang), []form{f}
	if s.subject.returned {
		v.State, v.Heading, v.Advice = stateReturned, headReturned.In(s.lang), sayReturned.In(s.lang)
		return
	}
	v.addApp(s)
}

// amountForm asks for what is paid at the till, or says what is wrong with it.
func amountForm(s subject, l lang.Lang) form {
	f := form{Lang: l, Name: amountParam, Mode: "decimal", Error: sayWrong.In(l), Label: labelAmount.In(l), Typed: typed(s.typed), Button: askNext.In(l)}
	f.Hint = hintFor(s.bill, l)
	if s.wrong != nil {
		f.Wrong = reason(s.wrong, l)
	}
	return f
}

// hintFor says what may be typed. Less than a so‘m is no limit to a customer.
func hintFor(b store.Bill, l lang.Lang) string {
	say := hintAmount
	switch least := b.Least > money.Som; {
	case least && b.Most > 0:
		say = hintBetween
	case least:
		say = hintLeast
	case b.Most > 0:
		say = hintMost
	}
	return strings.NewReplacer("{least}", b.Least.Format(l), "{most}", b.Most.Format(l)).Replace(say.In(l))
}

// reason says what is wrong with an amount.
func reason(err error, l lang.Lang) string {
	var syntax *money.ParseError
	var rule *store.Error
	switch {
	case errors.As(err, &syntax):
		return syntax.In(l)
	case errors.As(err, &rule):
		return rule.Message(l)
	}
	return err.Error()
}

// oneMark is a number with one point or comma before three digits, and the words
// after it.
var oneMark = regexp.MustCompile(`^([1-9][0-9]{0,2})[.,]([0-9]{3})([^0-9]*)$`)

// amountOf reads what a customer has typed. So‘m have two decimals, so that 25.000
// are thousands, as people write them here: the page shows the sum before anything
// is paid. A word for thousands leaves both readings, and is for money.Parse to refuse.
func amountOf(text string) (money.Amount, error) {
	if part := oneMark.FindStringSubmatch(strings.TrimSpace(text)); part != nil {
		if one, err := money.Parse("1" + part[3]); err == nil && one == money.Som {
			text = part[1] + part[2]
		}
	}
	return money.Parse(text)
}

// typed is what a field gives back.
func typed(s string) string { return foreign(cutLong(s)) }

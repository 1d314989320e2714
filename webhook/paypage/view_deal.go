package paypage

import (
	"errors"
	"html"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/qr"
	"tushum/store"
)

// How soon a page without scripts asks for itself, in seconds: while it waits to
// learn where to pay, and while somebody copies a card's number.
const (
	againSoon  = 4
	againLater = 30
)

// dealView is where a deal is paid.
type dealView struct {
	Title     string
	Rows      []dealRow
	Ask, Done string // on the buttons that copy, before and after
	Exact     string
	Notes     []string
	Code      codeView
}

// dealRow is one of the things that a payer types.
type dealRow struct {
	Name, Value string
	Copy        string // what its button copies; empty: it has none
	Until       int64  // in milliseconds; the time left until then is counted
	At          string // the same as machines read it
}

// addDeal puts what there is to say of an invoice that is paid by deals. It tells
// whether that is all: else the ways to pay follow.
func (v *view) addDeal(s scene) bool {
	switch state := s.subject.bill.State; {
	case state == store.BillPaid || state == store.BillRefunded:
		return false
	case s.subject.bill.Undecided:
		v.say(s, headReceived, sayReceived)
		v.Sum, v.Long, v.Final = "", false, false
		return true
	case state == store.BillPaying:
		v.addCheck(s)
		return true
	case state == store.BillReady && s.subject.bill.Doubted:
		v.say(s, headChecked, sayDoubted)
		v.Call = callTo(s.shop, s.lang)
		return true
	case state == store.BillExpired && s.subject.bill.Deal.Seq != 0:
		v.Advice, v.Final = sayMayHavePaid.In(s.lang), false
	case state == store.BillReady && s.subject.bill.Deal.Seq == 0:
		v.addLastAttempt(s)
	case state == store.BillReady && !s.subject.brief:
		v.addCurrent(s)
		return true
	}
	return false
}

// stateWaits has the sign of a payment that is under way.
const stateWaits = string(store.BillPaying)

// say puts the heading of a payment that is under way, and what to do.
func (v *view) say(s scene, heading, advice lang.Text) {
	v.State, v.Heading, v.Advice = stateWaits, heading.In(s.lang), withSystem(advice, s.system, s.lang)
}

// addCheck is for who says that they have paid.
func (v *view) addCheck(s scene) {
	if s.subject.bill.Deal.State == store.DealDisputed {
		v.say(s, headChecked, sayDisputed)
		v.Call = callTo(s.shop, s.lang)
		return
	}
	v.say(s, headChecked, sayChecked)
}

// addLastAttempt says why a payer is asked to begin, though they may have begun
// before.
func (v *view) addLastAttempt(s scene) {
	switch last := s.subject.last.State; {
	case s.subject.brief:
	case s.setback != lang.Text{}:
		v.Advice = s.setback.In(s.lang)
	case last == store.DealVoid:
		v.Advice = sayNotBegun.In(s.lang)
	case last == store.DealCanceled:
		v.Advice = sayCanceled.In(s.lang)
	case last == store.DealExpired, last == store.DealOpen: // the clock knew it first
		v.Advice = sayRanOut.In(s.lang)
	case last == store.DealRefunded:
		v.Advice = sayGivenBack.In(s.lang)
	}
}

// addCurrent is the deal that waits to be paid.
func (v *view) addCurrent(s scene) {
	d, fault := s.subject.bill.Deal, s.subject.fault
	v.Again = againSoon
	switch {
	case d.State == store.DealAsked:
		v.say(s, headPreparing, sayPreparing)
	case d.Misquoted():
		v.say(s, headMisquoted, sayMisquoted)
		v.Again, v.Call = againLater, callTo(s.shop, s.lang)
	case d.Withheld():
		v.say(s, headMisquoted, sayUnclear)
		v.Again, v.Call = againLater, callTo(s.shop, s.lang)
	case fault == nil:
		v.addPayTo(s)
	case errors.Is(fault, store.ErrOwnPage):
		v.addOwnPage(s)
	case errors.Is(fault, store.ErrNotReady):
		v.say(s, headLooking, sayLooking)
	case errors.Is(fault, store.ErrCalledOff):
		v.say(s, headPreparing, sayCalledOff)
	default:
		v.say(s, headLooking, sayNoCardYet)
	}
}

// addOwnPage leads to the payment system's page.
func (v *view) addOwnPage(s scene) {
	href, ok := verbatim(s.subject.bill.Deal.URL)
	if !ok {
		v.Advice, v.Call = sayNoPage.In(s.lang), callTo(s.shop, s.lang)
		return
	}
	v.Advice, v.Again, v.Pay = withSystem(sayOwnPage, s.system, s.lang), 0, labelWays.In(s.lang)
	v.Ways = []wayView{{link: link{Text: askGoOn.In(s.lang)}, First: true, Verbatim: href}}
	v.Notes = []string{withSystem(sayWhose, s.system, s.lang), sayComeBack.In(s.lang)}
}

// verbatim is a link to a page of the web, to the last byte; ok is false for what is
// none.
func verbatim(page string) (attr template.HTMLAttr, ok bool) {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", false
	}
	return template.HTMLAttr(`href="` + html.EscapeString(page) + `"`), true //nolint:gosec // escaped, and of a harmless scheme
}

// addPayTo shows where the money goes.
func (v *view) addPayTo(s scene) {
	d, to, l := s.subject.bill.Deal, s.subject.to, s.lang
	v.Again = againLater
	v.Heading, v.Advice = headTransfer.In(l), sayWaiting.In(l)
	view := &dealView{
		Title: headCard.In(l), Ask: askCopy.In(l), Done: sayCopied.In(l), Exact: sayExact.In(l),
		Notes: []string{withSystem(sayWhose, s.system, l), sayAfter.In(l)},
	}
	groups := to.CardGroups()
	view.add(dealRow{Name: labelCard.In(l), Value: foreign(strings.Join(groups, " ")), Copy: foreign(strings.Join(groups, ""))})
	view.add(dealRow{Name: labelExact.In(l), Value: d.Amount.Format(l), Copy: d.Amount.SomString()})
	view.add(dealRow{Name: labelOwner.In(l), Value: foreign(to.Owner)})
	view.add(dealRow{Name: labelBank.In(l), Value: foreign(to.Bank)})
	if until := d.ExpiresAt; until != 0 {
		clock := strings.Fields(s.calendar.Show(until))[1]
		view.add(dealRow{
			Name: labelUntil.In(l), Value: strings.ReplaceAll(untilTime.In(l), "{time}", clock[:len("15:04")]),
			Until: int64(until), At: until.Time().Format(toTheMinute),
		})
	}
	if _, err := qr.Encode(to.QR); err == nil {
		// Another deal has another picture: browsers keep those of an open page.
		view.Code = codeView{
			URL: s.address("/qr.svg") + "&deal=" + strconv.FormatUint(d.Seq, 10),
			Alt: cardCodeAlt.In(l), Ask: askCode.In(l), Say: sayCardCode.In(l),
		}
	}
	v.Deal = view
}

func (d *dealView) add(r dealRow) {
	if r.Value != "" {
		d.Rows = append(d.Rows, r)
	}
}

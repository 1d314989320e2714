package tui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/poster"
	"tushum/store"
)

// attempt is what the QR screen knows of the deal by which its invoice is paid,
// where its payment system makes deals.
type attempt struct {
	deals   []store.Deal // of the invoice, newest first
	tried   bool         // one was asked for on this screen: for the next one somebody presses a key
	asking  bool         // one is being asked for
	err     error        // why there is none
	ref     string       // the deal that to is about
	to      store.PayTo
	toErr   error              // ErrOwnPage; ErrNotReady: to be asked again; else why it can't be told
	looking bool               // it is being asked where to pay
	ticking bool               // the screen counts seconds
	cancel  context.CancelFunc // ends the asking
}

type (
	// dealBegunMsg is what came of asking for a deal.
	dealBegunMsg struct {
		screen *codeScreen
		deal   store.Deal
		err    error
	}
	// payToMsg tells where a deal is paid.
	payToMsg struct {
		screen *codeScreen
		ref    string
		to     store.PayTo
		err    error
	}
	// secondMsg comes when the clock shows another second, for a screen that counts
	// them.
	secondMsg struct{ screen *codeScreen }
)

// dealPhase is where the attempt stands, as the screen shows it.
type dealPhase uint8

const (
	dealWanted   dealPhase = iota // one is being asked for
	dealFailed                    // there is none, or nobody knows where it is paid
	dealFinding                   // it is being found out where it is paid
	dealShown                     // it can be paid
	dealWithheld                  // its payment system names another amount, or a state that nobody knows: nobody is to pay it
	dealClaimed                   // the payer says that they have paid
	dealDisputed                  // the payment system looks into it
	dealOver                      // it is over, and the invoice is not paid
)

// makesDeals tells whether the invoice is one that is paid by deals.
func (c *codeScreen) makesDeals(d *desk) bool {
	return d.Deals != nil && c.inv.Number != 0 && !c.inv.Reusable() && d.profile(c.inv.System).Can.Deals
}

// dealing tells whether it is a deal that the screen shows. One that the payer
// says they have paid is shown though the invoice has expired.
func (c *codeScreen) dealing(d *desk) bool {
	if !c.makesDeals(d) {
		return false
	}
	switch c.inv.StatusAt(d.now()) {
	case store.Open:
		return true
	case store.Expired:
		return claimed(c.attempt.deals)
	}
	return false
}

// claimed tells of a deal whose money may be on its way.
func claimed(deals []store.Deal) bool {
	return slices.ContainsFunc(deals, func(d store.Deal) bool { return d.State == store.DealClaimed || d.State == store.DealDisputed })
}

// phase looks at the clock too: a deal runs out without a word from anybody.
func (c *codeScreen) phase(d *desk) dealPhase {
	a := &c.attempt
	deal, ok := store.CurrentDeal(a.deals, d.now())
	switch {
	case ok && deal.State == store.DealClaimed:
		return dealClaimed
	case ok && deal.State == store.DealDisputed:
		return dealDisputed
	case ok && deal.Payable(d.now()) && deal.Withheld():
		return dealWithheld
	case ok && deal.Payable(d.now()):
		return a.shows(deal)
	case a.asking:
		return dealWanted
	case a.err != nil:
		return dealFailed
	case !a.tried && !c.hesitates():
		return dealWanted // as soon as the invoice has been read
	}
	return dealOver
}

// shows is how far a deal that can be paid has come on the screen.
func (a *attempt) shows(deal store.Deal) dealPhase {
	switch {
	case a.ref != deal.Ref || errors.Is(a.toErr, store.ErrNotReady):
		return dealFinding
	case a.toErr == nil || errors.Is(a.toErr, store.ErrOwnPage):
		return dealShown
	case errors.Is(a.toErr, store.ErrCalledOff):
		return dealOver
	}
	return dealFailed
}

// undecided tells of money that came for the invoice and does not pay it: until
// somebody has decided about that, no more is asked for.
func (c *codeScreen) undecided() bool { return slices.ContainsFunc(c.txs, store.Transaction.Unsettled) }

// doubted tells of a deal that ended without money though the payer had said that they
// paid.
func (a *attempt) doubted() bool {
	_, ok := store.DoubtfulDeal(a.deals)
	return ok
}

// hesitates tells that money came, or may have been sent: no more is asked for by
// itself.
func (c *codeScreen) hesitates() bool { return c.undecided() || c.attempt.doubted() }

// pursue goes on with the deal: has one made where there is none, finds out where it
// is paid, and counts the seconds that are left.
func (c *codeScreen) pursue(d *desk) tea.Cmd {
	if !c.dealing(d) {
		return nil
	}
	deal, ok := store.CurrentDeal(c.attempt.deals, d.now())
	switch {
	case ok && deal.Withheld():
		return nil
	case ok && deal.Payable(d.now()):
		return tea.Batch(c.findOut(d, deal), c.count(d, deal))
	case (!ok || deal.State == store.DealAsked) && !c.attempt.tried && !c.hesitates():
		return c.askDeal(d)
	}
	return nil
}

// askDeal has a deal made: after a doubtful one only a key comes here, on a screen that
// says so. Where the screen is left meanwhile the making goes on, and the ledger tells
// of it.
func (c *codeScreen) askDeal(d *desk) tea.Cmd {
	a := &c.attempt
	if a.asking {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	a.asking, a.tried, a.err, a.ref, a.cancel = true, true, nil, "", cancel
	maker, order := d.Deals, store.DealOrder{Number: c.inv.Number, By: d.Seat, Lang: d.Lang, Force: a.doubted()}
	return func() tea.Msg {
		defer cancel()
		deal, err := maker.Begin(ctx, order)
		return dealBegunMsg{c, deal, err}
	}
}

func (c *codeScreen) dealBegun(d *desk, msg dealBegunMsg) tea.Cmd {
	a := &c.attempt
	a.asking, a.err = false, msg.err
	if errors.Is(msg.err, store.MoneyUndecided) || errors.Is(msg.err, store.ClaimedBefore) {
		a.err = nil // no failure: money has come or may have been sent, which is what is read now
	}
	if msg.err == nil && !slices.ContainsFunc(a.deals, func(o store.Deal) bool { return o.Ref == msg.deal.Ref && o.State != store.DealAsked }) {
		a.deals = append([]store.Deal{msg.deal}, a.deals...) // until it is read with the others
	}
	c.told++
	return tea.Batch(c.load(d), c.pursue(d))
}

// findOut asks where a deal is paid, once: what is not known yet is asked again with
// the next second.
func (c *codeScreen) findOut(d *desk, deal store.Deal) tea.Cmd {
	a := &c.attempt
	if a.looking || a.ref == deal.Ref {
		return nil
	}
	a.looking = true
	maker := d.Deals
	return func() tea.Msg {
		to, err := maker.PayTo(deal)
		return payToMsg{c, deal.Ref, to, err}
	}
}

func (c *codeScreen) toldWhere(d *desk, msg payToMsg) tea.Cmd {
	a := &c.attempt
	a.looking, a.ref, a.to, a.toErr = false, msg.ref, msg.to, msg.err
	deal, ok := store.CurrentDeal(a.deals, d.now())
	switch {
	case !ok || !deal.Payable(d.now()):
		return nil
	case deal.Ref != msg.ref:
		return c.pursue(d)
	}
	return c.count(d, deal)
}

// count has the screen drawn again each second while that changes anything.
func (c *codeScreen) count(d *desk, deal store.Deal) tea.Cmd {
	a := &c.attempt
	if a.ticking || deal.ExpiresAt == 0 && a.shows(deal) != dealFinding {
		return nil
	}
	a.ticking = true
	now := d.Ledger.Now()
	return d.after(now.Truncate(time.Second).Add(time.Second).Sub(now), secondMsg{c})
}

// second goes on counting on the screen in front. One that is not begins again when
// it is shown.
func (m *model) second(msg secondMsg) tea.Cmd {
	msg.screen.attempt.ticking = false
	if m.front() != screen(msg.screen) {
		return nil
	}
	if a := &msg.screen.attempt; errors.Is(a.toErr, store.ErrNotReady) {
		a.ref = "" // to be asked again
	}
	return msg.screen.pursue(m.desk)
}

// askAnew begins again after a failure, and after a deal that is over.
func (c *codeScreen) askAnew(d *desk) tea.Cmd {
	if deal, ok := store.CurrentDeal(c.attempt.deals, d.now()); ok && deal.Payable(d.now()) {
		c.attempt.ref = ""
		return c.pursue(d)
	}
	return c.askDeal(d)
}

// askDecision asks what becomes of money that came and does not pay the invoice; of
// several sums the one that came first.
func (c *codeScreen) askDecision(d *desk) tea.Cmd {
	for _, t := range slices.Backward(c.txs) {
		if t.Unsettled() {
			return d.ask(settleDialog(d, t, c.inv, false))
		}
	}
	return nil
}

func (c *codeScreen) whyNotDecide(d *desk) lang.Text {
	if !c.undecided() {
		return nothingToDecide
	}
	return inEveryLanguage(d.ready)
}

// close ends what is being waited for.
func (c *codeScreen) close() {
	if c.attempt.cancel != nil {
		c.attempt.cancel()
	}
}

// whyNotAnew says why no other deal can be asked for now.
func (c *codeScreen) whyNotAnew(d *desk) (none lang.Text) {
	if !c.dealing(d) {
		return whyNoLink(d, c.inv)
	}
	switch c.phase(d) {
	case dealOver:
		if c.undecided() {
			return decideNotAsk
		}
		return none
	case dealFailed:
		return none
	case dealWanted, dealFinding:
		return d.naming(askingSystem, c.inv.System)
	case dealClaimed:
		return d.naming(payerClaims, c.inv.System)
	case dealDisputed:
		return d.naming(systemLooks, c.inv.System)
	case dealWithheld:
		return c.withheld(d)
	}
	return asOnScreen
}

// dealCode is what the code of a deal holds; empty where there is none. Where the
// system can't be asked, the pay page is shown: the payer may have more luck.
func (c *codeScreen) dealCode(d *desk, links poster.Links) string {
	phase := c.phase(d)
	switch {
	case phase == dealWithheld:
		return ""
	case links.Pages() && (c.app || phase == dealFailed):
		return links.Payment
	case phase != dealShown:
		return ""
	case c.attempt.toErr == nil:
		return c.attempt.to.QR
	}
	deal, _ := store.CurrentDeal(c.attempt.deals, d.now())
	return deal.URL
}

// card tells whether it is a card that the payer is shown.
func (c *codeScreen) card(d *desk) bool {
	return c.dealing(d) && c.phase(d) == dealShown && c.attempt.toErr == nil && !(c.app && c.links(d).Pages())
}

// given is the link that is given away; empty where there is none. Whose payment
// system makes deals is given the pay page, where there is one: it outlives the deal.
func (c *codeScreen) given(d *desk) string {
	if links := c.links(d); !c.dealing(d) {
		return c.link(d)
	} else if c.phase(d) == dealWithheld {
		return ""
	} else if links.Pages() {
		return links.Payment
	}
	deal, ok := store.CurrentDeal(c.attempt.deals, d.now())
	if !ok || !deal.Payable(d.now()) {
		return ""
	}
	return deal.URL
}

package tui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

type (
	// wokenMsg says that the ledger has announced something.
	wokenMsg struct{}
	// standMsg is the newest event when the console opened.
	standMsg struct{ event, call uint64 }
	// readyMsg is whether the store can be written.
	readyMsg struct{ err error }
)

// The most events that are looked at one by one; after more than that the
// screens read again what they show.
const mostEvents = 200

// takeNews takes what comes from the ledger and from clocks, and what was
// loaded for the screens.
func (m *model) takeNews(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case wokenMsg:
		return m.read()
	case standMsg:
		m.told, m.toldCall, m.stood = msg.event, msg.call, true
		return m.begin()
	case happenedMsg:
		return m.happened(msg)
	case readyMsg:
		m.ready = msg.err
		return m.resize() // the line about it takes a row
	case liveMsg:
		return m.takeOver(msg)
	case minuteMsg:
		return tea.Batch(m.tell(msg), m.read(), m.nextMinute()) // what could not be read is tried again
	case secondMsg:
		return m.second(msg)
	case inFlightMsg:
		return m.mayQuit(msg.count)
	case visitMsg, sheetReadMsg:
		if m.typing() || m.dialog != nil {
			return nil // something else was begun meanwhile, and keys belong to that
		}
	}
	return m.tell(msg)
}

// stand finds where the ledger's events stand, for only what happens from now
// on is news.
func (m *model) stand() tea.Cmd {
	ledger := m.Ledger
	return func() tea.Msg {
		ctx := context.Background()
		stand := standMsg{}
		stand.event, _ = ledger.LastEvent(ctx) // the screens say what is wrong when they read
		for call, err := range ledger.FindCalls(ctx, store.CallQuery{Limit: 1}) {
			if err == nil {
				stand.call = call.Seq
			}
		}
		return stand
	}
}

// begin has the screens read what they show. What happens from here on they are
// told, so that nothing falls between the two.
func (m *model) begin() tea.Cmd {
	cmds := []tea.Cmd{m.read()}
	for _, s := range m.tabs {
		cmds = append(cmds, s.show(m.desk))
	}
	return tea.Batch(cmds...)
}

// read reads what has happened since it was last read; one reading at a time,
// and none before it is known where the ledger stood when the console opened.
func (m *model) read() tea.Cmd {
	if m.reading || !m.stood {
		m.again = true
		return nil
	}
	m.reading, m.again = true, false
	ledger, after, call := m.Ledger, m.told, m.toldCall
	return func() tea.Msg {
		msg := readEvents(ledger, after)
		msg.readCalls(ledger, call)
		return msg
	}
}

// readCalls reads the lines of the wire journal that came after one, as far
// back as mostEvents.
func (msg *happenedMsg) readCalls(ledger Ledger, after uint64) {
	msg.call = after
	newest := uint64(0)
	for call, err := range ledger.FindCalls(context.Background(), store.CallQuery{Limit: mostEvents}) {
		if err != nil {
			msg.err, msg.calls, msg.call = errors.Join(msg.err, err), nil, after
			return
		}
		newest = max(newest, call.Seq)
		if call.Seq <= after {
			break
		}
		msg.calls = append(msg.calls, call)
	}
	if newest != 0 {
		msg.call = newest // also where a restore has taken it back
	}
	slices.Reverse(msg.calls)
}

// readEvents reads what happened after an event. Where a record can't be read it
// stops before it, so that it is told when it can be.
func readEvents(ledger Ledger, after uint64) happenedMsg {
	ctx := context.Background()
	events, err := ledger.Events(ctx, after, mostEvents)
	msg := happenedMsg{after: after, err: err}
	switch {
	case err != nil:
		return msg
	case len(events) == mostEvents:
		msg.flood = true
		msg.after, msg.err = ledger.LastEvent(ctx)
		return msg
	case len(events) == 0:
		// After a restore the events count from an earlier number.
		if last, err := ledger.LastEvent(ctx); err == nil && last < after {
			msg.after, msg.flood, msg.anew = last, true, true
		}
		return msg
	}
	for _, e := range events {
		h, err := lookUp(ctx, ledger, e)
		if err != nil {
			msg.err = err
			return msg
		}
		msg.all, msg.after = append(msg.all, h), e.Seq
	}
	return msg
}

func lookUp(ctx context.Context, ledger Ledger, e store.Event) (h happening, err error) {
	h.Event = e
	if e.TransID != "" {
		if h.Transaction, err = store.TransactionOfEvent(ctx, ledger, e); err != nil {
			return h, err
		}
	}
	if e.Number != 0 {
		h.Invoice, err = ledger.Invoice(ctx, e.Number)
	}
	return h, err
}

// happened tells the screens, rings the bell, and says on other screens what
// money came.
func (m *model) happened(msg happenedMsg) tea.Cmd {
	m.reading, m.told, m.toldCall = false, msg.after, msg.call
	cmds := []tea.Cmd{m.tell(msg)}
	ring := false
	for _, h := range msg.all {
		ring = ring || m.rings(occasionOf(h.Type))
		cmds = append(cmds, m.announce(h))
	}
	if slices.ContainsFunc(msg.calls, func(c store.Call) bool { return c.Code != "" }) {
		ring = ring || m.rings(OnRefused)
	}
	if ring {
		cmds = append(cmds, tea.Raw("\a"))
	}
	if m.again || len(msg.all) > 0 && msg.err == nil {
		cmds = append(cmds, m.read())
	}
	return tea.Batch(cmds...)
}

func (m *model) rings(o Occasion) bool { return o != "" && m.Bell[o] && !m.muted }

func occasionOf(t store.EventType) Occasion {
	switch t {
	case store.TransactionConfirmed:
		return OnConfirmed
	case store.TransactionCreated:
		return OnCreated
	case store.TransactionFailed:
		return OnFailed
	case store.TransactionReversed:
		return OnReversed
	}
	return ""
}

// announce says on another screen that money came or went. Money that nobody waited
// for, and a payer who says that they have paid, are told on Today as well: its list
// has no place for the one, and the other is more than a row.
func (m *model) announce(h happening) tea.Cmd {
	if c, ok := m.front().(*codeScreen); ok && c.shows(h) {
		return nil
	}
	says := func(t lang.Text, sum money.Amount) string {
		return m.fillSystem(t, h.system(), "{sum}", m.sum(sum), "{number}", h.Number.String())
	}
	switch paid := h.Transaction; {
	case h.Type == store.TransactionConfirmed && paid.Unsettled():
		return toast(uneasy, m.theme.Signs.Warn+" "+says(toldUnsettled, paid.Amount))
	case h.Type == dealClaimedEvent:
		return toast(plain, m.theme.Signs.Paying+" "+says(toldClaimed, h.Invoice.Amount))
	case m.front() == m.tabs[0]:
		return nil
	case h.Type == store.TransactionConfirmed:
		return toast(glad, m.theme.Signs.Paid+" "+says(toldPaid, paid.Amount))
	case h.Type == store.TransactionReversed:
		return toast(bad, m.theme.Signs.Reversed+" "+says(wentBack(paid, toldTakenBack, toldRefunded), paid.Amount))
	}
	return nil
}

// dealClaimedEvent is that of a payer who says that they have paid.
var dealClaimedEvent = store.EventType("deal." + store.DealClaimed.String())

// system is the payment system that it is about.
func (h happening) system() store.System {
	if h.Transaction.System != "" {
		return h.Transaction.System
	}
	return h.Invoice.System
}

var (
	toldPaid     = lang.Text{UZ: "{sum} to‘landi, hisob {number}", RU: "оплачено {sum}, счёт {number}", EN: "{sum} paid, invoice {number}"}
	toldRefunded = lang.Text{UZ: "{system} {sum}ni mijozga qaytardi, hisob {number}", RU: "{system}: клиенту возвращено {sum}, счёт {number}", EN: "{system} gave {sum} back to the customer, invoice {number}"}

	toldTakenBack = lang.Text{UZ: "{system} {sum}ni qaytarib oldi, hisob {number}", RU: "{system} забрал платёж назад: {sum}, счёт {number}", EN: "{system} took back {sum}, invoice {number}"}

	toldUnsettled = lang.Text{
		UZ: "{sum} keldi, lekin {number} hisobni to‘lamaydi: hal qiling",
		RU: "пришло {sum}, но счёт {number} этим не оплачен: решите, что делать",
		EN: "{sum} came and does not pay invoice {number}: decide about it",
	}
	toldClaimed = lang.Text{
		UZ: "{number} hisob: mijoz {sum} to‘ladim deyapti, {system} tekshirmoqda",
		RU: "счёт {number}: клиент говорит, что заплатил {sum}, {system} проверяет",
		EN: "invoice {number}: the payer says they have paid {sum}, {system} is checking",
	}
)

// nextMinute waits until the clock shows another minute.
func (m *model) nextMinute() tea.Cmd {
	now := m.Ledger.Now()
	left := now.Truncate(time.Minute).Add(time.Minute).Sub(now)
	return m.after(left, minuteMsg{})
}

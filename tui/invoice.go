package tui

import (
	"context"
	"sort"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
)

// invoiceScreen is one invoice with its payments, alone or beside the list.
type invoiceScreen struct {
	scroller
	inv      store.Invoice
	payments []store.Transaction // newest first, as many as mostPayments
	deals    []store.Deal        // newest first, where its payment system makes deals
	payable  store.Instant       // until when somebody may be paying it, as the list knows before the payments are read
	by       string              // who made it what it is, if that is known
	loaded   bool
	err      error
	reading  bool
	again    bool // something has happened since
	lives    int  // how often the store was restored: what was read before that is of no use
}

// mostPayments is how many payments of an invoice are shown: only the counter's
// has more.
const mostPayments = 50

// invoiceReadMsg is an invoice as it stands now.
type invoiceReadMsg struct {
	screen   *invoiceScreen
	lives    int
	inv      store.Invoice
	payments []store.Transaction
	deals    []store.Deal
	by       string
	err      error
}

func newInvoice(_ *desk, inv store.Invoice) *invoiceScreen { return &invoiceScreen{inv: inv} }

func (s *invoiceScreen) title(d *desk) string {
	return d.fill(invoiceTitle, "{number}", s.inv.Number.String())
}

func (s *invoiceScreen) scopes(*desk) []keys.Scope { return []keys.Scope{keys.Invoice, keys.Lists} }

func (s *invoiceScreen) show(d *desk) tea.Cmd { return s.read(d) }

// read reads the invoice, one reading at a time.
func (s *invoiceScreen) read(d *desk) tea.Cmd {
	if s.reading {
		s.again = true
		return nil
	}
	s.reading, s.again = true, false
	ledger, number, msg := d.Ledger, s.inv.Number, invoiceReadMsg{screen: s, lives: s.lives}
	return func() tea.Msg {
		ctx := context.Background()
		if msg.inv, msg.err = ledger.Invoice(ctx, number); msg.err != nil {
			return msg
		}
		if msg.payments, msg.err = ledger.Transactions(ctx, store.TransactionQuery{Number: number, Limit: mostPayments}); msg.err != nil {
			return msg
		}
		msg.deals, msg.err = ledger.DealsOf(ctx, number)
		msg.by = closedBy(ctx, ledger, msg.inv)
		return msg
	}
}

// closedBy finds who cancelled the invoice or marked it as paid; empty where
// it is not known.
func closedBy(ctx context.Context, ledger Ledger, inv store.Invoice) string {
	var at store.Instant
	switch {
	case inv.Status == store.Cancelled:
		at = inv.ClosedAt
	case inv.Status == store.Paid && inv.PaidSystem == store.Manual:
		at = inv.PaidAt
	default:
		return ""
	}
	before, err := eventBefore(ctx, ledger, at)
	if err != nil {
		return ""
	}
	events, err := ledger.Events(ctx, before, mostAtOnce)
	if err != nil {
		return ""
	}
	for _, e := range events {
		if e.Number == inv.Number && e.At == at {
			return e.By
		}
	}
	return ""
}

// mostAtOnce is among how many events of one moment the right one is looked for.
const mostAtOnce = 50

func (s *invoiceScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case happenedMsg:
		switch {
		case msg.anew:
			*s = invoiceScreen{scroller: s.scroller, inv: s.inv, lives: s.lives + 1}
			return s.read(d)
		case msg.flood:
			return s.read(d)
		}
		for _, h := range msg.all {
			if h.Number == s.inv.Number {
				return s.read(d)
			}
		}
	case invoiceReadMsg:
		if msg.screen == s && msg.lives == s.lives {
			return s.take(d, msg)
		}
	}
	return nil
}

func (s *invoiceScreen) take(d *desk, msg invoiceReadMsg) tea.Cmd {
	s.reading, s.err = false, msg.err
	if msg.err == nil {
		s.inv, s.payments, s.deals, s.by, s.loaded = msg.inv, msg.payments, msg.deals, msg.by, true
	}
	if s.again {
		return s.read(d)
	}
	return nil
}

// eventBefore is the newest event that is older than a moment. Events are in the order
// of time, so it is found by halving.
func eventBefore(ctx context.Context, ledger Ledger, at store.Instant) (uint64, error) {
	last, err := ledger.LastEvent(ctx)
	if err != nil {
		return 0, err
	}
	before := sort.Search(int(last), func(after int) bool {
		events, err := ledger.Events(ctx, uint64(after), 1)
		return err != nil || len(events) == 0 || events[0].At >= at
	})
	return uint64(before), nil
}

// live are the payments that may still be confirmed.
func (s *invoiceScreen) live(d *desk) []store.Transaction {
	return d.rules().Live(s.payments, d.now())
}

// paying tells whether somebody is paying the invoice now.
func (s *invoiceScreen) paying(d *desk) bool {
	if !s.loaded {
		return d.now() < s.payable
	}
	return len(s.live(d)) > 0 || claimed(s.deals)
}

func (s *invoiceScreen) act(d *desk, a keys.Action) tea.Cmd {
	switch a {
	case keys.Up, keys.Down, keys.PageUp, keys.PageDown, keys.Newest, keys.Oldest:
		s.scroll(a)
	case keys.Open, keys.Payments:
		return s.openPayment(d)
	default:
		return s.change(d, a)
	}
	return nil
}

var invoiceTitle = lang.Text{UZ: "hisob {number}", RU: "счёт {number}", EN: "invoice {number}"}

package tui

import (
	"context"
	"iter"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/list"
)

// invoicesScreen is the list of invoices, newest first, with the details of the
// one that is selected beside it where there is room.
type invoicesScreen struct {
	list   *list.List[invoiceRow]
	next   *list.List[invoiceRow] // read to take the place of list; nil: nothing is
	again  bool                   // what next has read is out of date already
	query  store.InvoiceQuery     // the filter; its After and Limit are the list's
	detail *invoiceScreen         // of the selected row; nil: none is
	room   int                    // rows on the screen

	due      map[store.Number]bool // rows to be read again
	reading  bool                  // some are being read
	outlived bool                  // those are of the store before a restore
	err      error                 // why rows could not be read again
}

// invoiceRow is an invoice with what the list derives from its payments.
type invoiceRow struct {
	store.Invoice
	payable   store.Instant // until when its newest payment may be confirmed; zero: it has none under way
	claimed   bool          // the payer says that they have paid
	undecided bool          // money came for it that does not pay it
}

// paying tells whether somebody is paying the invoice now.
func (r invoiceRow) paying(now store.Instant) bool { return r.claimed || now < r.payable }

func newInvoices() *invoicesScreen {
	return &invoicesScreen{list: newInvoiceList(), due: make(map[store.Number]bool)}
}

func newInvoiceList() *list.List[invoiceRow] {
	return list.New(func(r invoiceRow) uint64 { return uint64(r.Number) })
}

func (s *invoicesScreen) title(d *desk) string { return d.say(invoicesTitle) }

func (s *invoicesScreen) scopes(*desk) []keys.Scope {
	return []keys.Scope{keys.Invoices, keys.Lists, keys.Invoice}
}

// show loads the list when it is seen first. After that news keep it right.
func (s *invoicesScreen) show(d *desk) tea.Cmd {
	if _, ok := s.list.First(); ok || s.list.Loading() {
		return nil
	}
	return s.load(d)
}

func (s *invoicesScreen) resized(_ *desk, _, h int) tea.Cmd {
	s.room = max(1, h-listHead)
	if s.next != nil {
		return tea.Batch(s.list.Resize(s.room), s.next.Resize(s.room))
	}
	return s.list.Resize(s.room)
}

func (s *invoicesScreen) close() {
	s.list.Close()
	s.dropNext()
}

func (s *invoicesScreen) dropNext() {
	if s.next != nil {
		s.next.Close()
		s.next = nil
	}
}

// load begins the list anew with the filter.
func (s *invoicesScreen) load(d *desk) tea.Cmd {
	s.dropNext()
	s.detail, s.err = nil, nil
	return s.list.Load(s.source(d))
}

// reload reads the list anew and shows it when the first rows are there.
func (s *invoicesScreen) reload(d *desk) tea.Cmd {
	if s.next != nil {
		s.again = true
		return nil
	}
	s.again = false
	s.next = newInvoiceList()
	return tea.Batch(s.next.Resize(s.room), s.next.Load(s.source(d)))
}

// source finds the invoices of the filter, and whether each is being paid.
func (s *invoicesScreen) source(d *desk) list.Source[invoiceRow] {
	ledger, query := d.Ledger, s.query
	return func(ctx context.Context, after uint64, limit int) iter.Seq2[invoiceRow, error] {
		q := query
		q.After, q.Limit = store.Number(after), limit
		return func(yield func(invoiceRow, error) bool) {
			for inv, err := range ledger.FindInvoices(ctx, q) {
				row := invoiceRow{Invoice: inv}
				if err == nil {
					row, err = rowOf(ctx, ledger, inv)
				}
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// rowOf looks whether the invoice has a payment under way. An expired one may:
// the customer has been debited.
func rowOf(ctx context.Context, ledger Ledger, inv store.Invoice) (row invoiceRow, err error) {
	row.Invoice = inv
	if ledger.Rules().Systems[inv.System].Can.Deals {
		if err = row.readDeals(ctx, ledger); err != nil {
			return row, err
		}
	}
	if inv.Status != store.Open && inv.Status != store.Expired {
		row.claimed = false
		return row, nil
	}
	created, err := ledger.Transactions(ctx, store.TransactionQuery{Number: inv.Number, Status: store.Created, Limit: 1})
	if len(created) > 0 {
		row.payable = created[0].CreatedAt.Add(ledger.Rules().TransactionTTL)
	}
	return row, err
}

// readDeals looks what the deals of an invoice have come to.
func (r *invoiceRow) readDeals(ctx context.Context, ledger Ledger) error {
	deals, err := ledger.DealsOf(ctx, r.Number)
	if err != nil {
		return err
	}
	r.claimed = claimed(deals)
	came, err := ledger.Transactions(ctx, store.TransactionQuery{Number: r.Number, Status: store.Confirmed, Limit: mostPayments})
	r.undecided = slices.ContainsFunc(came, store.Transaction.Unsettled)
	return err
}

func (s *invoicesScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	switch msg := msg.(type) {
	case list.Batch[invoiceRow]:
		cmds = append(cmds, s.batch(d, msg))
	case happenedMsg:
		cmds = append(cmds, s.happened(d, msg))
	case minuteMsg:
		if s.list.Err() != nil && !s.list.Reading() {
			cmds = append(cmds, s.load(d))
		}
	case rowsMsg:
		if msg.screen == s {
			cmds = append(cmds, s.put(d, msg))
		}
	}
	if s.detail != nil {
		cmds = append(cmds, s.detail.update(d, msg))
	}
	return tea.Batch(append(cmds, s.choose(d))...)
}

func (s *invoicesScreen) act(d *desk, a keys.Action) tea.Cmd {
	if cmd, moved := moveIn(s.list, a); moved {
		return tea.Batch(cmd, s.choose(d))
	}
	switch a {
	case keys.Newest:
		if s.list.Err() != nil {
			return s.load(d)
		}
		return tea.Batch(s.list.Follow(), s.choose(d))
	case keys.ByStatus:
		return s.nextStatus(d)
	case keys.ByKind:
		return s.nextKind(d)
	case keys.ByDay:
		return askDay(d, lang.Text{}, func(day store.Date) tea.Cmd { return s.onlyDay(d, day) })
	case keys.Open:
		return d.push(newInvoice(d, s.detail.inv))
	}
	return s.detail.act(d, a)
}

// choose makes the details those of the selected row.
func (s *invoicesScreen) choose(d *desk) tea.Cmd {
	row, ok := s.list.Selected()
	switch {
	case !ok:
		s.detail = nil
	case s.detail == nil || s.detail.inv.Number != row.Number:
		s.detail = newInvoice(d, row.Invoice)
		s.detail.payable = row.payable
		return s.detail.show(d)
	}
	return nil
}

func (s *invoicesScreen) why(d *desk, a keys.Action) lang.Text {
	b, _ := keys.Of(a)
	switch {
	case a != keys.Open && !b.Works(keys.Invoice):
		return lang.Text{}
	case s.detail == nil:
		return selectFirst
	case a == keys.Open:
		return lang.Text{}
	}
	return s.detail.why(d, a)
}

var (
	invoicesTitle = lang.Text{UZ: "Hisoblar", RU: "Счета", EN: "Invoices"}
	selectFirst   = lang.Text{UZ: "avval hisobni tanlang: ↓", RU: "сначала выберите счёт: ↓", EN: "select an invoice first: ↓"}
)

package tui

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// The invoices of shelf, in the order in which they are made.
const (
	standing1 = iota // the counter's QR
	paidOne
	cancelledOne
	expiredOne
	refundedOne
	openOne
	payingOne
	contestedOne // two attempts, of which one paid it
	handOne      // paid by hand
	wildOne      // with texts from a bad place
	shelfSize
)

// shelf puts an invoice of every state into the store.
func shelf(s *stage, _ *Options) { shelve(s) }

func shelve(s *stage) (made []store.Invoice) {
	wait := func() { time.Sleep(37 * time.Second) }
	issue := func(d store.Draft) store.Invoice {
		wait()
		inv := s.issue(d)
		made = append(made, inv)
		return inv
	}
	issue(store.Draft{Kind: store.Counter, MinAmount: 5_000 * money.Som, MaxAmount: 5_000_000 * money.Som, Note: "kassa oldida"})
	paid := issue(store.Draft{
		Lines:    []store.Line{{Name: "Soch turmagi", Quantity: 1, Price: 120_000 * money.Som}, {Name: "Shampun", Quantity: 2, Price: 15_000 * money.Som}},
		Customer: store.Customer{Name: "Aziza Karimova", Phone: "998901234567"}, Specialist: "Dilnoza",
	})
	s.begin(paid, transID(1))
	s.finish(transID(1), "UZCARD")
	cancelled := issue(store.Draft{Kind: store.Goods, Amount: 84_500 * money.Som, Customer: store.Customer{Name: "Nodira opa"}})
	s.changed(s.store.Cancel(s.t.Context(), store.CancelOrder{Number: cancelled.Number, By: "till:aziza", Reason: "mijoz fikridan qaytdi"}))
	issue(store.Draft{Kind: store.GiftCard, Amount: 500_000 * money.Som, Customer: store.Customer{Name: "Sevara"}, ExpiresAt: store.At(time.Now().Add(time.Minute))})
	refunded := issue(store.Draft{Kind: store.Membership, Amount: 1_250_000 * money.Som, Customer: store.Customer{Name: "Гульчехра"}})
	s.begin(refunded, transID(2))
	s.finish(transID(2), "HUMO")
	s.reverse(transID(2))
	issue(store.Draft{Kind: store.TopUp, Amount: 25_000 * money.Som, Customer: store.Customer{Name: "Lola", Phone: "998935557788"}, ExpiresAt: store.At(opening.Add(24 * time.Hour))})
	paying := issue(store.Draft{
		Kind: store.Prepayment, Amount: 90_000 * money.Som, Customer: store.Customer{Phone: "998977770011"},
		AppointmentAt: store.At(opening.Add(26 * time.Hour)), Specialist: "Нигора", Note: "маникюр, тон 7.1; просила позвонить за час до визита",
	})
	s.begin(paying, transID(3))
	contested := issue(store.Draft{Amount: 140_000 * money.Som, Customer: store.Customer{Name: "Зухра Юсупова"}})
	s.begin(contested, transID(4))
	wait()
	s.begin(contested, transID(5))
	s.finish(transID(5), "UZUM_VISA")
	hand := issue(store.Draft{Kind: store.Goods, Amount: 45_000 * money.Som, Customer: store.Customer{Name: "Dildora"}})
	s.changed(s.store.MarkPaid(s.t.Context(), store.ManualPayment{Number: hand.Number, By: "till:aziza", Reason: "naqd berdi", Source: "CASH"}))
	issue(store.Draft{
		Amount: 99_999_999 * money.Som, Note: "\x1b[31mqizil\u202e\r\n\u200b" + strings.Repeat("界", 40),
		Customer: store.Customer{Name: strings.Repeat("Muhammadyusuf ", 20)},
	})
	time.Sleep(time.Until(opening.Add(10 * time.Minute)))
	return made
}

func (s *stage) changed(_ store.Invoice, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// number is that of an invoice of shelf.
func number(t *testing.T, i int) store.Number {
	t.Helper()
	n, err := store.NumberOf(store.FirstBase + uint32(i))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestInvoicesFull(t *testing.T) {
	t.Parallel()
	goldens(t, shelf, func(s *stage) { s.press("2") })
}

// choose goes to one of the invoices of shelf in the list.
func choose(s *stage, i int) {
	s.press("2", "home", "down")
	for range shelfSize - 1 - i {
		s.press("down")
	}
}

func TestInvoicesSelected(t *testing.T) {
	t.Parallel()
	goldens(t, shelf, func(s *stage) { choose(s, paidOne) })
}

func TestInvoicesEmpty(t *testing.T) {
	t.Parallel()
	goldens(t, nil, func(s *stage) { s.press("2") })
}

func TestInvoicesFiltered(t *testing.T) {
	t.Parallel()
	goldens(t, shelf, func(s *stage) { s.press("2", "s", "s", "v", "v", "/"); s.enter("dildora"); s.press("enter") })
}

func TestInvoicesNothingFound(t *testing.T) {
	t.Parallel()
	goldens(t, shelf, func(s *stage) { s.press("2", "/"); s.enter("karimov 7"); s.press("enter") })
}

func TestInvoicesDayAsked(t *testing.T) {
	t.Parallel()
	goldens(t, shelf, func(s *stage) { s.press("2", "d"); s.pass(time.Second) })
}

// stubbornLedger finds no invoices: it waits for ever, or fails.
type stubbornLedger struct {
	Ledger
	err error
}

func (l stubbornLedger) FindInvoices(ctx context.Context, _ store.InvoiceQuery) iter.Seq2[store.Invoice, error] {
	return func(yield func(store.Invoice, error) bool) {
		if l.err == nil {
			<-ctx.Done()
			return
		}
		yield(store.Invoice{}, l.err)
	}
}

func TestInvoicesLoading(t *testing.T) {
	t.Parallel()
	goldens(t, func(_ *stage, o *Options) { o.Ledger = stubbornLedger{Ledger: o.Ledger} }, func(s *stage) { s.press("2") })
}

func TestInvoicesError(t *testing.T) {
	t.Parallel()
	goldens(t, func(_ *stage, o *Options) {
		o.Ledger = stubbornLedger{o.Ledger, &store.Error{Code: store.Damaged}}
	}, func(s *stage) { s.press("2") })
}

// What could not be read is read again within a minute.
func TestInvoicesReadAgain(t *testing.T) {
	t.Parallel()
	l := &healingLedger{}
	perform(t, 80, 24, func(s *stage, o *Options) {
		shelve(s)
		l.Ledger = o.Ledger
		o.Ledger = l
	}, func(s *stage) {
		s.press("2")
		s.sees("✗")
		s.misses("Dildora")
		l.healed.Store(true)
		s.pass(time.Minute)
		s.sees("Dildora")
	})
}

// healingLedger can't find invoices until it is healed.
type healingLedger struct {
	Ledger
	healed atomic.Bool
}

func (l *healingLedger) FindInvoices(ctx context.Context, q store.InvoiceQuery) iter.Seq2[store.Invoice, error] {
	if l.healed.Load() {
		return l.Ledger.FindInvoices(ctx, q)
	}
	return stubbornLedger{err: &store.Error{Code: store.Damaged}}.FindInvoices(ctx, q)
}

func TestInvoicesFindWords(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, shelf, func(s *stage) {
		s.press("2")
		for _, c := range []struct {
			words string
			found []int
		}{
			{"25 000", []int{openOne, refundedOne}}, // 1 250 000 holds both words
			{"25k", []int{openOne}}, {"84500", []int{cancelledOne}},
			{"азиза", []int{paidOne}}, {"AZIZA", []int{paidOne}}, {"gulchexra", []int{refundedOne}}, {"gulnora", nil},
			{"97 777-00-11", []int{payingOne}}, {"9777700", []int{payingOne}},
			{number(t, handOne).String(), []int{handOne}}, {"kassa oldida", []int{standing1}}, {"manikyur", []int{payingOne}},
		} {
			s.press("/")
			s.enter(c.words)
			s.press("enter")
			_, rows, _ := strings.Cut(s.screen(), "Esc")
			for i := range shelfSize {
				if strings.Contains(rows, number(t, i).String()) != slices.Contains(c.found, i) {
					t.Errorf("%q finds invoice %d, or should:\n%s", c.words, i, s.screen())
				}
			}
			s.press("esc")
			s.sees("all invoices")
		}
	})
}

func TestInvoicesFilters(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, shelf, func(s *stage) {
		s.press("2", "s")
		s.sees("open", number(t, openOne).String(), number(t, payingOne).String(), "Esc")
		s.misses(number(t, paidOne).String(), number(t, expiredOne).String())
		s.press("s")
		s.sees(number(t, paidOne).String())
		s.misses(number(t, openOne).String())
		s.press("esc")
		s.sees(number(t, openOne).String(), "all invoices")
		s.press("v")
		s.misses(number(t, openOne).String())
		s.press("esc", "d")
		s.pass(time.Second)
		s.enter("вчера")
		s.press("enter")
		s.sees("nothing found", "20.11.2026")
		s.press("d")
		s.pass(time.Second)
		s.enter("31.02")
		s.press("enter")
		s.sees("no such day")
		s.pass(time.Second)
		s.enter("21.11")
		s.press("enter")
		s.sees(number(t, openOne).String(), "21.11.2026")
	})
}

// row fails the test where no line of the screen has all the texts.
func (s *stage) row(texts ...string) {
	s.t.Helper()
	for line := range strings.SplitSeq(s.screen(), "\n") {
		has := true
		for _, text := range texts {
			has = has && strings.Contains(line, text)
		}
		if has {
			return
		}
	}
	s.t.Fatalf("no line shows %q:\n%s", texts, s.screen())
}

func TestInvoicesFollowTheLedger(t *testing.T) {
	t.Parallel()
	var made []store.Invoice
	perform(t, 100, 20, func(s *stage, _ *Options) { made = shelve(s) }, func(s *stage) {
		s.press("2")
		inv := s.issue(store.Draft{Amount: 31_000 * money.Som, Customer: store.Customer{Name: "Kamola"}})
		s.pass(0)
		s.sees("Kamola")
		s.begin(inv, transID(50))
		s.pass(0)
		s.row("Kamola", "being paid now")
		s.pass(31 * time.Minute) // nobody has confirmed it
		s.row("Kamola", "open")
		s.begin(inv, transID(51))
		s.finish(transID(51), "HUMO")
		s.pass(0)
		s.row("Kamola", "✓ paid")
		s.changed(s.store.Cancel(t.Context(), store.CancelOrder{Number: made[openOne].Number, By: "x"}))
		s.pass(0)
		s.row("Lola", "cancelled")
	})
}

func TestInvoicesAreReadInPeace(t *testing.T) {
	t.Parallel()
	perform(t, 80, 20, shelf, func(s *stage) {
		choose(s, contestedOne)
		before := strings.Split(s.screen(), "\n")
		for i := range 3 {
			s.issue(store.Draft{Amount: 31_000 * money.Som, Customer: store.Customer{Name: fmt.Sprint("Kamola ", i)}})
		}
		s.pass(0)
		s.sees("3 new ↑")
		s.misses("Kamola")
		after := strings.Split(s.screen(), "\n")
		for i := 3; i < len(after)-1; i++ {
			if after[i] != before[i] {
				t.Errorf("line %d has moved:\n%s\n%s", i, before[i], after[i])
			}
		}
		s.press("esc")
		s.sees("Kamola 2")
		s.misses("3 new")
		s.press("esc")
		s.sees("Today")
	})
}

// A filter of states lets go of what it no longer wants, and finds what it now
// does, but not under somebody's eyes.
func TestInvoicesFilterFollowsStates(t *testing.T) {
	t.Parallel()
	perform(t, 100, 24, shelf, func(s *stage) {
		s.press("2", "s")
		s.begin(s.invoice(number(t, openOne)), transID(60))
		s.finish(transID(60), "HUMO")
		s.pass(time.Second)
		s.misses("Lola")
		s.changed(s.store.Reopen(t.Context(), number(t, expiredOne), "x", "", 0))
		s.pass(time.Second)
		s.sees(number(t, expiredOne).String())
		s.press("down", "down")
		s.changed(s.store.Cancel(t.Context(), store.CancelOrder{Number: number(t, expiredOne), By: "x"}))
		s.pass(time.Second)
		s.row(number(t, expiredOne).String(), "cancelled")
	})
}

func (s *stage) invoice(n store.Number) store.Invoice {
	s.t.Helper()
	inv, err := s.store.Invoice(s.t.Context(), n)
	if err != nil {
		s.t.Fatal(err)
	}
	return inv
}

// Rows that the store found long before they are shown are shown as they stand now.
func TestInvoicesFoundLongAgo(t *testing.T) {
	t.Parallel()
	var old store.Invoice
	perform(t, 80, 10, func(s *stage, _ *Options) {
		old = s.issue(store.Draft{Amount: 31_000 * money.Som, Customer: store.Customer{Name: "Kamola"}})
		for range 300 {
			s.issue(store.Draft{Amount: 1_000 * money.Som})
		}
	}, func(s *stage) {
		s.press("2")
		s.changed(s.store.Cancel(t.Context(), store.CancelOrder{Number: old.Number, By: "x"}))
		s.pass(0)
		for range 6 {
			s.press("end")
			s.pass(time.Second)
		}
		s.row("Kamola", "cancelled")
	})
}

func TestInvoicesNeedASelection(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, shelf, func(s *stage) {
		s.press("2", "x")
		s.sees("select an invoice first: ↓")
		s.press("down", "enter")
		s.sees("invoice " + number(t, wildOne).String())
		s.press("esc")
		s.sees("all invoices")
		s.press("down", "q")
		if !s.quit {
			t.Error("q does not close the console where a list is read")
		}
	})
}

func TestInvoicesFitEveryWindow(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		perform(t, 80, 24, func(s *stage, o *Options) { o.Lang = l; shelve(s) }, func(s *stage) {
			s.press("2")
			for _, size := range [][2]int{{20, 6}, {28, 8}, {40, 24}, {60, 20}, {80, 24}, {109, 30}, {110, 30}, {120, 40}, {200, 60}} {
				s.resize(size[0], size[1])
				s.fits()
				s.press("down")
				s.fits()
				s.press("enter")
				s.fits()
				s.press("pgdown")
				s.fits()
				s.press("esc")
			}
		})
	}
}

func FuzzInvoicesShowForeignText(f *testing.F) {
	f.Add("Aziza", "note", "+998", int64(100))
	f.Add("\x1b]0;x\a\u202e", "\r\n\t\x00", "\xff\xfe", int64(-1))
	f.Add(strings.Repeat("界", 200), "👩🏽‍🚀️", "\u0301", int64(1<<62))
	now := store.At(opening)
	f.Fuzz(func(t *testing.T, name, note, source string, amount int64) {
		d := stillDesk()
		inv := store.Invoice{
			Number: 1000003, Kind: store.Kind(source), Status: store.Open, Amount: money.Amount(amount), Customer: store.Customer{Name: name, Phone: store.Phone(source)},
			Specialist: note, Note: note, Reason: name, CreatedAt: now, CreatedBy: source, Lines: []store.Line{{Name: note, Quantity: 3, Price: money.Amount(amount)}},
		}
		one := newInvoice(d, inv)
		one.payments = []store.Transaction{{Amount: money.Amount(amount), Source: source, Status: store.Confirmed, ConfirmedAt: now, CreatedAt: now}}
		many := newInvoices()
		many.list.Put(invoiceRow{Invoice: inv})
		many.query.Search = name
		for _, size := range [][2]int{{20, 4}, {41, 12}, {80, 22}, {130, 30}} {
			for _, s := range []screen{one, many} {
				checkFrame(t, s.view(d, size[0], size[1]), size[0], size[1])
			}
		}
	})
}

// stillDesk is a desk that no model owns, of a ledger that only knows the time.
func stillDesk() *desk {
	m := newModel(Options{Ledger: clockLedger{rules: stageRules()}, Lang: lang.EN, Shop: Shop{Bank: true}, Screen: Terminal{Environ: []string{}}})
	return m.desk
}

type clockLedger struct {
	Ledger
	rules store.Rules
}

func (clockLedger) Now() time.Time       { return opening }
func (l clockLedger) Rules() store.Rules { return l.rules }

func checkFrame(t *testing.T, frame string, w, h int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) != h {
		t.Fatalf("%d lines for %d", len(lines), h)
	}
	for _, line := range lines {
		if got := ansi.StringWidth(line); got != w {
			t.Fatalf("a line of %d cells for %d: %q", got, w, line)
		}
		for _, r := range ansi.Strip(line) {
			if r < ' ' || r == 0x7F || r == '\u202e' {
				t.Fatalf("%q reaches the terminal: %q", r, line)
			}
		}
	}
}

func BenchmarkInvoicesFrame(b *testing.B) {
	d := stillDesk()
	s := newInvoices()
	s.list.Resize(38)
	for i := range 40 {
		n, err := store.NumberOf(store.FirstBase + uint32(i))
		if err != nil {
			b.Fatal(err)
		}
		s.list.Put(invoiceRow{Invoice: store.Invoice{
			Number: n, Kind: store.Visit, Status: store.Paid, Amount: money.Amount(i+1) * 1_000_000, Customer: store.Customer{Name: "Гульчехра Каримова"},
			Note: strings.Repeat("kechqurun keladi, ", 6), CreatedAt: store.At(opening), Lines: []store.Line{{Name: "Soch turmagi", Quantity: 1, Price: 1_000_000}},
		}})
	}
	for _, c := range []struct {
		name string
		w    int
	}{{"list", 100}, {"beside", 120}} {
		b.Run(c.name, func(b *testing.B) {
			s.list.Move(1)
			s.choose(d)
			for b.Loop() {
				s.view(d, c.w, 40)
			}
		})
	}
}

package bolt_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"tushum/internal/money"
	"tushum/store"
)

// contest is one race about one invoice: what was answered to whom.
type contest struct {
	n       store.Number
	x, y    string // the names of transactions
	a, b, c error
}

// The contests of a test are run many at once: they meet in the writer's groups.
const (
	contests    = 200
	contestants = 10
)

// contend prepares each contest with an invoice and the transactions named,
// starts all that race in a batch of them at once, with what runs beside, and
// then judges each.
func (s *ledger) contend(created string, race func(c *contest) []func(), judge func(c *contest), beside ...func()) {
	s.t.Helper()
	var all []*contest
	for i := range contests {
		all = append(all, &contest{x: fmt.Sprint("x", i), y: fmt.Sprint("y", i)})
	}
	for batch := range slices.Chunk(all, contestants) {
		s.prepare(batch, created)
		start := make(chan struct{})
		var running sync.WaitGroup
		runs := slices.Clone(beside)
		for _, c := range batch {
			runs = append(runs, race(c)...)
		}
		for _, run := range runs {
			running.Go(func() { <-start; run() })
		}
		close(start)
		running.Wait()
		for _, c := range batch {
			judge(c)
		}
	}
}

func (s *ledger) prepare(batch []*contest, created string) {
	var running sync.WaitGroup
	for _, c := range batch {
		running.Go(func() {
			inv, err := s.Issue(s.t.Context(), store.Draft{Kind: store.Visit, Amount: fullPrice})
			c.n = inv.Number
			for _, name := range created {
				if err == nil {
					_, err = s.create(map[rune]string{'x': c.x, 'y': c.y}[name], c.n, fullPrice)
				}
			}
			if err != nil {
				s.t.Error(err)
			}
		})
	}
	running.Wait()
}

// count sums the sales and the reversals that the totals know of.
func (s *ledger) count() (sales, reversals int64) {
	s.t.Helper()
	for _, total := range s.totals() {
		sales, reversals = sales+total.Count, reversals+total.ReversedCount
		if total.Amount != fullPrice*money.Amount(total.Count) || total.ReversedAmount != fullPrice*money.Amount(total.ReversedCount) {
			s.t.Errorf("the total %+v does not add up", total)
		}
	}
	return sales, reversals
}

// standing is the transaction as the books have it.
func (s *ledger) standing(name string) store.Transaction {
	s.t.Helper()
	tx, err := s.status(name)
	return must(s.t, tx, err)
}

// oneOf fails the test unless one answer is a success and the other has the code.
func oneOf(t *testing.T, a, b error, refused store.Code) {
	t.Helper()
	if x, y := store.CodeOf(a), store.CodeOf(b); (x != "" || y != refused) && (x != refused || y != "") {
		t.Errorf("the answers are %q and %q", x, y)
	}
}

func TestRaceOfCreatesWithOneTransID(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.contend("", func(c *contest) []func() {
		return []func(){
			func() { c.a = second(s.create(c.x, c.n, fullPrice)) },
			func() { c.b = second(s.create(c.x, c.n, fullPrice)) },
		}
	}, func(c *contest) {
		oneOf(t, c.a, c.b, store.TransIDTaken)
	})
	if all, err := s.Transactions(t.Context(), store.TransactionQuery{}); err != nil || len(all) != contests {
		t.Errorf("%d transactions are there (%v)", len(all), err)
	}
}

func TestRaceOfConfirms(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.contend("x", func(c *contest) []func() {
		return []func(){
			func() { c.a = second(s.confirm(c.x)) },
			func() { c.b = second(s.confirm(c.x)) },
		}
	}, func(c *contest) {
		oneOf(t, c.a, c.b, store.AlreadyConfirmed)
		if inv := s.invoice(c.n); inv.Status != store.Paid || inv.PaidBy != s.id(c.x) {
			t.Errorf("the invoice is %+v", inv)
		}
	})
	if sales, _ := s.count(); sales != contests {
		t.Errorf("%d sales are counted", sales)
	}
}

func TestRaceOfRivals(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.contend("xy", func(c *contest) []func() {
		return []func(){
			func() { c.a = second(s.confirm(c.x)) },
			func() { c.b = second(s.confirm(c.y)) },
		}
	}, func(c *contest) {
		oneOf(t, c.a, c.b, store.NotConfirmable)
		winner, loser := c.x, c.y
		if c.a != nil {
			winner, loser = c.y, c.x
		}
		if tx := s.standing(loser); tx.Status != store.FailedTx || tx.Reason != store.FailRival {
			t.Errorf("the loser is %+v", tx)
		}
		if inv := s.invoice(c.n); inv.PaidBy != s.id(winner) || s.standing(winner).Status != store.Confirmed {
			t.Errorf("the winner did not pay %+v", inv)
		}
	})
	if sales, _ := s.count(); sales != contests {
		t.Errorf("%d sales are counted", sales)
	}
}

func TestRaceOfConfirmAndReverse(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	var confirmed int64
	s.contend("x", func(c *contest) []func() {
		return []func(){
			func() { c.a = second(s.confirm(c.x)) },
			func() { c.b = second(s.reverse(c.x)) },
		}
	}, func(c *contest) {
		wantCode(t, c.b, "") // an attempt may be reversed as well as a payment
		status := store.Open
		if c.a == nil {
			confirmed++
			status = store.Refunded
		} else {
			wantCode(t, c.a, store.NotConfirmable)
		}
		if tx := s.standing(c.x); tx.Status != store.Reversed || (tx.ConfirmedAt != 0) != (c.a == nil) {
			t.Errorf("the transaction is %+v", tx)
		}
		if got := s.invoice(c.n).Status; got != status {
			t.Errorf("the invoice is %s", got)
		}
	})
	if sales, reversals := s.count(); sales != confirmed || reversals != confirmed {
		t.Errorf("%d sales and %d reversals are counted, want %d", sales, reversals, confirmed)
	}
}

func TestRaceOfConfirmAndCancel(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	var paid int64
	s.contend("x", func(c *contest) []func() {
		return []func(){
			func() { c.a = second(s.confirm(c.x)) },
			func() { c.b = second(s.cancel(c.n, true)) },
		}
	}, func(c *contest) {
		tx, inv := s.standing(c.x), s.invoice(c.n)
		switch {
		case c.a == nil && store.CodeOf(c.b) == store.AlreadyPaid:
			paid++
			if tx.Status != store.Confirmed || inv.Status != store.Paid {
				t.Errorf("paid, and yet %+v %+v", tx, inv)
			}
		case store.CodeOf(c.a) == store.NotConfirmable && c.b == nil:
			if tx.Status != store.FailedTx || tx.Reason != store.FailCancelled || inv.Status != store.Cancelled {
				t.Errorf("cancelled, and yet %+v %+v", tx, inv)
			}
		default:
			t.Errorf("the confirm answers %v, the cancel %v", c.a, c.b)
		}
	})
	if sales, _ := s.count(); sales != paid {
		t.Errorf("%d sales are counted, want %d", sales, paid)
	}
}

// The limit for the confirm passes, and is swept, while the confirms are on
// their way.
func TestRaceOfConfirmAndExpiry(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	var paid int64
	s.contend("x", func(c *contest) []func() {
		return []func(){func() { c.a = second(s.confirm(c.x)) }}
	}, func(c *contest) {
		tx, inv := s.standing(c.x), s.invoice(c.n)
		switch {
		case c.a == nil:
			paid++
			if tx.Status != store.Confirmed || inv.PaidBy != tx.TransID {
				t.Errorf("paid, and yet %+v %+v", tx, inv)
			}
		case store.CodeOf(c.a) == store.NotConfirmable:
			if tx.Status != store.FailedTx || tx.Reason != store.FailExpired || inv.Status != store.Open {
				t.Errorf("too late, and yet %+v %+v", tx, inv)
			}
		default:
			t.Errorf("the confirm answers %v", c.a)
		}
	}, func() { s.clock.advance(ttl) }, func() { _, _ = s.Sweep(t.Context()) })
	if sales, _ := s.count(); sales != paid {
		t.Errorf("%d sales are counted, want %d", sales, paid)
	}
}

// Two people mark one invoice as paid while the bank confirms it.
func TestRaceOfConfirmAndMarkPaid(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.contend("x", func(c *contest) []func() {
		return []func(){
			func() { c.a = second(s.confirm(c.x)) },
			func() { c.b = second(s.markPaid(c.n, true)) },
			func() { c.c = second(s.markPaid(c.n, true)) },
		}
	}, func(c *contest) {
		won := 0
		for _, err := range []error{c.a, c.b, c.c} {
			switch store.CodeOf(err) {
			case "":
				won++
			case store.AlreadyPaid, store.NotConfirmable:
			default:
				t.Errorf("an answer is %v", err)
			}
		}
		if inv := s.invoice(c.n); won != 1 || inv.Status != store.Paid || (inv.PaidBy == s.id(c.x)) != (c.a == nil) {
			t.Errorf("%d won: %+v", won, inv)
		}
	})
	if sales, _ := s.count(); sales != contests {
		t.Errorf("%d sales are counted", sales)
	}
}

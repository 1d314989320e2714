package bolt_test

import (
	"slices"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// Every change of the ledger, the events that it leaves in their order, and
// what it does to the takings.
func TestChanges(t *testing.T) {
	t.Parallel()
	uzcard := store.TotalKey{Day: noonDay, System: store.Uzum, Source: "UZCARD"}
	oneSale := store.Total{TotalKey: uzcard, Count: 1, Amount: fullPrice, Fee: fullPrice / 100}
	takenBack := oneSale
	takenBack.ReversedCount, takenBack.ReversedAmount, takenBack.ReversedFee = 1, fullPrice, fullPrice/100
	for name, c := range map[string]struct {
		begin  func(s *ledger, n store.Number) // what comes before, on an open invoice of the full price
		change func(s *ledger, n store.Number) error
		events []string
		totals []store.Total
		status store.InvoiceStatus
	}{
		"issue": {
			change: func(s *ledger, _ store.Number) error { s.visit(); return nil },
			events: []string{"invoice.created by malika"}, status: store.Open,
		},
		"create": {
			change: func(s *ledger, n store.Number) error { return second(s.create("a", n, fullPrice)) },
			events: []string{"transaction.created a by uzum"}, status: store.Open,
		},
		"confirm": {
			begin:  func(s *ledger, n store.Number) { s.created("a", n) },
			change: func(s *ledger, _ store.Number) error { return second(s.confirm("a")) },
			events: []string{"transaction.confirmed a by uzum", "invoice.paid by uzum"},
			totals: []store.Total{oneSale}, status: store.Paid,
		},
		"confirm before rivals": {
			begin:  func(s *ledger, n store.Number) { s.created("a", n); s.created("b", n); s.created("c", n) },
			change: func(s *ledger, _ store.Number) error { return second(s.confirm("b")) },
			events: []string{"transaction.confirmed b by uzum", "transaction.failed a by uzum", "transaction.failed c by uzum", "invoice.paid by uzum"},
			totals: []store.Total{oneSale}, status: store.Paid,
		},
		"reverse of a payment": {
			begin:  func(s *ledger, n store.Number) { s.paid("a", n) },
			change: func(s *ledger, _ store.Number) error { return second(s.reverse("a")) },
			events: []string{"transaction.reversed a by uzum", "invoice.refunded by uzum"},
			totals: []store.Total{takenBack}, status: store.Refunded,
		},
		"reverse of an attempt": {
			begin:  func(s *ledger, n store.Number) { s.created("a", n) },
			change: func(s *ledger, _ store.Number) error { return second(s.reverse("a")) },
			events: []string{"transaction.reversed a by uzum"}, status: store.Open,
		},
		"cancel": {
			change: func(s *ledger, n store.Number) error { return second(s.cancel(n, false)) },
			events: []string{"invoice.cancelled by malika"}, status: store.Cancelled,
		},
		"cancel while it is being paid": {
			begin:  func(s *ledger, n store.Number) { s.created("a", n); s.created("b", n) },
			change: func(s *ledger, n store.Number) error { return second(s.cancel(n, true)) },
			events: []string{"transaction.failed a by malika", "transaction.failed b by malika", "invoice.cancelled by malika"}, status: store.Cancelled,
		},
		"reopen": {
			begin:  func(s *ledger, n store.Number) { s.paid("a", n); must(s.t, "", second(s.reverse("a"))) },
			change: func(s *ledger, n store.Number) error { return second(s.Reopen(s.t.Context(), n, "malika", "again", 0)) },
			events: []string{"invoice.reopened by malika"}, totals: []store.Total{takenBack}, status: store.Open,
		},
		"extend": {
			change: func(s *ledger, n store.Number) error {
				return second(s.Extend(s.t.Context(), n, "malika", "later", s.clock.instant().Add(time.Hour)))
			},
			events: []string{"invoice.extended by malika"}, status: store.Open,
		},
		"mark as paid": {
			begin:  func(s *ledger, n store.Number) { s.created("a", n) },
			change: func(s *ledger, n store.Number) error { return second(s.markPaid(n, true)) },
			events: []string{"transaction.confirmed cash by malika", "transaction.failed a by malika", "invoice.paid by malika"},
			totals: []store.Total{{TotalKey: store.TotalKey{Day: noonDay, System: store.Manual, Source: "CASH"}, Count: 1, Amount: fullPrice}}, status: store.Paid,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			n := s.visit()
			if c.begin != nil {
				c.begin(s, n)
			}
			before := s.lastEvent()
			wake, cancel := s.Subscribe()
			defer cancel()
			if err := c.change(s, n); err != nil {
				t.Fatal(err)
			}
			<-wake
			s.nameCash(n)
			if got := s.happened(before); !slices.Equal(got, c.events) {
				t.Errorf("the events are %q\nwant %q", got, c.events)
			}
			if got := s.totals(); !slices.Equal(got, c.totals) {
				t.Errorf("the totals are %+v\nwant %+v", got, c.totals)
			}
			if got := s.invoice(n).Status; got != c.status {
				t.Errorf("the invoice is %s", got)
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

// nameCash names the transaction that staff recorded by hand.
func (s *ledger) nameCash(n store.Number) {
	s.t.Helper()
	inv := s.invoice(n)
	if inv.PaidSystem != store.Manual {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids["cash"] = inv.PaidBy
}

func TestTheClockIsWrittenDown(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	expires := s.clock.instant().Add(time.Hour)
	n := s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, ExpiresAt: expires, By: "malika"}).Number
	s.created("a", n)
	before := s.lastEvent()
	if swept, err := s.Sweep(t.Context()); err != nil || swept != 0 {
		t.Fatalf("a sweep with nothing due changes %d (%v)", swept, err)
	}
	s.clock.advance(time.Hour)
	if swept, err := s.Sweep(t.Context()); err != nil || swept != 2 {
		t.Fatalf("a sweep changes %d (%v), want the transaction and the invoice", swept, err)
	}
	want := []string{"transaction.failed a by clock", "invoice.expired by clock"}
	if got := s.happened(before); !slices.Equal(got, want) {
		t.Errorf("the events are %q", got)
	}
	s.clock.advance(-time.Hour)
	if tx, err := s.status("a"); err != nil || tx.Status != store.FailedTx || tx.Reason != store.FailExpired {
		t.Errorf("with the clock set back the transaction is %+v (%v)", tx, err)
	}
	if got := s.invoice(n).Status; got != store.Expired {
		t.Errorf("with the clock set back the invoice is %s", got)
	}
}

// TestASweepOfMany needs more than one commit, and leaves what has time left.
func TestASweepOfMany(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	for i := range 70 {
		s.created(string(rune('A'+i)), n)
		s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, ExpiresAt: s.clock.instant().Add(time.Minute)})
	}
	s.clock.advance(ttl)
	s.created("late", n)
	kept := s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, ExpiresAt: s.clock.instant().Add(time.Minute)}).Number
	if swept, err := s.Sweep(t.Context()); err != nil || swept != 140 {
		t.Fatalf("the sweep changes %d (%v)", swept, err)
	}
	if tx, err := s.status("late"); err != nil || tx.Status != store.Created {
		t.Errorf("the late one is %+v (%v)", tx, err)
	}
	if got := s.invoice(kept).Status; got != store.Open {
		t.Errorf("the invoice with time left is %s", got)
	}
}

// What the bank has been told once stays true: the status of a transaction
// whose time ran out is on disk before it is told.
func TestAStatusThatWasToldStaysTrue(t *testing.T) {
	t.Parallel()
	for name, tell := range map[string]struct {
		call func(s *ledger) error
		code store.Code
	}{
		"status":  {func(s *ledger) error { return second(s.status("a")) }, ""},
		"confirm": {func(s *ledger) error { return second(s.confirm("a")) }, store.NotConfirmable},
		"reverse": {func(s *ledger) error { return second(s.reverse("a")) }, store.NotReversible},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			s.created("a", s.visit())
			before := s.lastEvent()
			s.clock.advance(ttl)
			wantCode(t, tell.call(s), tell.code)
			if got := s.happened(before); !slices.Equal(got, []string{"transaction.failed a by clock"}) {
				t.Errorf("the events are %q", got)
			}
			s.clock.advance(-ttl)
			s.reopen()
			tx, err := s.confirm("a")
			wantCode(t, err, store.NotConfirmable)
			if tx.Status != store.FailedTx || tx.Reason != store.FailExpired {
				t.Errorf("the transaction is %+v", tx)
			}
			if got := len(s.happened(before)); got != 1 {
				t.Errorf("%d events were left", got)
			}
		})
	}
}

// A transaction keeps all that the bank said of it.
func TestAConfirmKeepsWhatTheBankSaid(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	_, err := s.create("a", n, 25_000*money.Som)
	must(t, "", err)
	s.clock.advance(time.Minute)
	c := store.Confirmation{
		System: store.Uzum, TransID: s.id("a"), Source: "INSTALLMENT", Tariff: "003", Reference: "R-1", CardType: 1, Phone: "998901112233",
	}
	_, err = s.Confirm(t.Context(), c, s.witness("confirm", "a"))
	must(t, "", err)
	s.reopen()
	got, err := s.status("a")
	must(t, "", err)
	want := store.Transaction{
		Seq: 1, TransID: s.id("a"), System: store.Uzum, ServiceID: 498, Number: n, Amount: 25_000 * money.Som, Status: store.Confirmed,
		CreatedAt: store.At(noon), ConfirmedAt: store.At(noon.Add(time.Minute)), Day: noonDay, ConfirmedDay: noonDay,
		Source: "INSTALLMENT", Tariff: "003", Reference: "R-1", CardType: 1, Phone: "998901112233", Rate: 500,
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// Takings count on the day of the confirm, reversals on the day of the
// reversal, each source by itself.
func TestTotalsByDayAndSource(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	for name, source := range map[string]string{"a": "UZCARD", "b": "VISA", "c": "UZCARD", "d": "NEW\x00ONE"} {
		_, err := s.create(name, n, 100_000*money.Som)
		must(t, "", err)
		must(t, "", second(s.confirmBy(name, source)))
	}
	s.clock.advance(24 * time.Hour)
	must(t, "", second(s.reverse("a")))
	at := func(day store.Date, source string) store.TotalKey {
		return store.TotalKey{Day: day, System: store.Uzum, Source: source}
	}
	const sum, fee = 100_000 * money.Som, 1_000 * money.Som
	first := []store.Total{
		{TotalKey: at(noonDay, "NEW\x00ONE"), Count: 1, Amount: sum, Fee: fee}, // no tariff names it: 1 % is assumed
		{TotalKey: at(noonDay, "UZCARD"), Count: 2, Amount: 2 * sum, Fee: 2 * fee},
		{TotalKey: at(noonDay, "VISA"), Count: 1, Amount: sum},
	}
	second := []store.Total{{TotalKey: at(noonDay+1, "UZCARD"), ReversedCount: 1, ReversedAmount: sum, ReversedFee: fee}}
	for _, c := range []struct {
		from, to store.Date
		want     []store.Total
	}{
		{0, 0, slices.Concat(first, second)}, {noonDay, noonDay, first}, {noonDay + 1, 0, second},
		{0, noonDay, first}, {noonDay + 2, 0, nil}, {noonDay + 1, noonDay, nil}, {0, noonDay - 1, nil},
	} {
		got, err := s.Totals(t.Context(), c.from, c.to)
		if must(t, got, err); !slices.Equal(got, c.want) {
			t.Errorf("from %s to %s: %+v\nwant %+v", c.from, c.to, got, c.want)
		}
	}
}

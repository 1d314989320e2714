package bolt_test

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// topUp issues an invoice of the full price that is paid by deals.
func (s *ledger) topUp() store.Number {
	s.t.Helper()
	return s.issue(store.Draft{Kind: store.TopUp, Amount: fullPrice, By: "malika"}).Number
}

func (s *ledger) begin(ref string, n store.Number) (store.Deal, error) {
	d, _, err := s.BeginDeal(s.t.Context(), store.DealOrder{Number: n, By: "payer", Ref: ref})
	return d, err
}

// begun begins a deal that must begin.
func (s *ledger) begun(ref string, n store.Number) store.Deal {
	s.t.Helper()
	d, err := s.begin(ref, n)
	return must(s.t, d, err)
}

// tell says a word of the payment system about a deal, which it calls "id of REF".
func (s *ledger) tell(ref string, state store.DealState, amount money.Amount) (store.Deal, error) {
	return s.TellDeal(s.t.Context(), ref, store.DealNews{ID: "id-of-" + ref, State: state, Word: state.String(), Amount: amount})
}

// hears is tell of a word that must be taken.
func (s *ledger) hears(ref string, state store.DealState, amount money.Amount) store.Deal {
	s.t.Helper()
	d, err := s.tell(ref, state, amount)
	return must(s.t, d, err)
}

func (s *ledger) settle(transID string, apply bool) (store.Transaction, error) {
	return s.Settle(s.t.Context(), store.SettleOrder{TransID: transID, By: "malika", Note: "kelishildi", Apply: apply})
}

// unsettled names the money that somebody has to decide about.
func (s *ledger) unsettled(limit int) (ids []string) {
	s.t.Helper()
	ts, err := s.Unsettled(s.t.Context(), limit)
	for _, t := range must(s.t, ts, err) {
		ids = append(ids, t.TransID)
	}
	return ids
}

func TestADealPaysItsInvoice(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.topUp()
	after := s.lastEvent()
	d := s.begun("one", n)
	if d.Seq != 1 || d.State != store.DealAsked || d.Amount != fullPrice || d.System != oneClick {
		t.Errorf("it begins as %+v", d)
	}
	s.clock.advance(time.Second)
	s.hears("one", store.DealOpen, fullPrice)
	s.hears("one", store.DealClaimed, fullPrice)
	if inv := s.invoice(n); inv.Status != store.Open {
		t.Errorf("the payer's word makes the invoice %s", inv.Status)
	}
	d = s.hears("one", store.DealCompleted, fullPrice)
	s.reopen()
	if inv := s.invoice(n); inv.Status != store.Paid || inv.PaidBy != "id-of-one" || inv.PaidSystem != oneClick {
		t.Errorf("the invoice is %+v", inv)
	}
	for name, find := range map[string]func() (store.Deal, error){
		"by its name":    func() (store.Deal, error) { return s.Deal(t.Context(), "one") },
		"by its other":   func() (store.Deal, error) { return s.DealByID(t.Context(), oneClick, "id-of-one") },
		"by its invoice": func() (store.Deal, error) { ds, err := s.DealsOf(t.Context(), n); return ds[0], err },
	} {
		if got, err := find(); err != nil || got != d {
			t.Errorf("%s it is %+v (%v), want %+v", name, got, err, d)
		}
	}
	tx, err := s.Transaction(t.Context(), "id-of-one")
	if must(t, tx, err).Amount != fullPrice || tx.Source != "ONECLICK" || tx.Unapplied != "" || tx.ConfirmedDay != noonDay {
		t.Errorf("its money is %+v", tx)
	}
	if totals := s.totals(); len(totals) != 1 || totals[0].Amount != fullPrice || totals[0].System != oneClick {
		t.Errorf("the totals are %+v", totals)
	}
	want := []string{
		"deal.asked by payer", "deal.open by oneclick", "deal.claimed by oneclick",
		"transaction.confirmed id-of-one by oneclick", "invoice.paid by oneclick", "deal.completed by oneclick",
	}
	if got := s.happened(after); !slices.Equal(got, want) {
		t.Errorf("what happened is %q, want %q", got, want)
	}
}

func TestDealsThatAreNotThere(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.begun("one", s.topUp())
	ctx := t.Context()
	for name, err := range map[string]error{
		"deal":     second(s.Deal(ctx, "two")),
		"by id":    second(s.DealByID(ctx, oneClick, "id-of-one")),
		"by no id": second(s.DealByID(ctx, oneClick, "")),
		"tell":     second(s.tell("two", store.DealOpen, 0)),
		"void":     second(s.VoidDeal(ctx, "two", "")),
		"call off": second(s.CallOffDeal(ctx, "")),
	} {
		if store.CodeOf(err) != store.DealNotFound {
			t.Errorf("%s is answered %v", name, err)
		}
	}
	wantCode(t, second(s.begin("two", 9999999)), store.InvoiceNotFound)
	if deals, err := s.DealsOf(ctx, 9999999); err != nil || len(deals) != 0 {
		t.Errorf("an invoice that is not there has %v (%v)", deals, err)
	}
}

// However many want to pay an invoice at once, one deal begins.
func TestOneDealBeginsAtATime(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.topUp()
	var (
		all   sync.WaitGroup
		mu    sync.Mutex
		made  int
		names = map[string]bool{}
	)
	for i := range 50 {
		all.Go(func() {
			d, begun, err := s.BeginDeal(t.Context(), store.DealOrder{Number: n, By: "payer", Ref: fmt.Sprint("ref", i)})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			names[d.Ref] = true
			if begun {
				made++
			}
		})
	}
	all.Wait()
	if deals, err := s.DealsOf(t.Context(), n); err != nil || len(deals) != 1 || made != 1 || len(names) != 1 {
		t.Errorf("%d deals, %d begun, of the names %v (%v)", len(deals), made, names, err)
	}
}

// However often a completion is told, the money comes once.
func TestACompletionBringsItsMoneyOnce(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.topUp()
	s.begun("one", n)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { s.hears("one", store.DealCompleted, fullPrice) })
	}
	all.Wait()
	ts, err := s.Transactions(t.Context(), store.TransactionQuery{Number: n})
	if must(t, ts, err); len(ts) != 1 || len(s.totals()) != 1 || s.totals()[0].Count != 1 {
		t.Errorf("it brought %+v, %+v", ts, s.totals())
	}
}

// The first payment wins, whichever it is, and no money is lost.
func TestADealAndCashAtTheSameMoment(t *testing.T) {
	t.Parallel()
	for range 20 {
		s := openLedger(t)
		n := s.topUp()
		s.begun("one", n)
		var (
			all  sync.WaitGroup
			cash error
		)
		all.Go(func() { s.hears("one", store.DealCompleted, fullPrice) })
		all.Go(func() { cash = second(s.markPaid(n, false)) })
		all.Wait()
		inv, waits := s.invoice(n), s.unsettled(0)
		switch {
		case inv.PaidSystem == oneClick && store.CodeOf(cash) == store.AlreadyPaid && len(waits) == 0:
		case inv.PaidSystem == store.Manual && cash == nil && slices.Equal(waits, []string{"id-of-one"}):
		default:
			t.Fatalf("paid by %s, cash is answered %v, %v waits", inv.PaidSystem, cash, waits)
		}
	}
}

// A name that a payment system gives to two deals brings the second no money: the
// first keeps what it has.
func TestTwoDealsOfOneName(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	const lower, upper = "8d2b2f0e-7f3b-11ef-9a5c-0242ac12000a", "8D2B2F0E-7F3B-11EF-9A5C-0242AC12000A"
	completed := func(ref, id string) error {
		return second(s.TellDeal(t.Context(), ref, store.DealNews{ID: id, State: store.DealCompleted, Amount: fullPrice}))
	}
	one, two := s.topUp(), s.topUp()
	s.begun("one", one)
	s.begun("two", two)
	wantCode(t, completed("one", lower), "")
	before := s.dump()
	wantCode(t, completed("two", lower), store.Invalid)
	wantCode(t, completed("two", upper), store.TransIDTaken) // the same to whom letters are letters
	if !reflect.DeepEqual(s.dump(), before) {
		t.Error("what was refused has changed something")
	}
	if s.invoice(one).Status != store.Paid || s.invoice(two).Status != store.Open {
		t.Errorf("the invoices are %s and %s", s.invoice(one).Status, s.invoice(two).Status)
	}
}

func TestANameIsUsedOnce(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.begun("one", s.topUp())
	n := s.topUp()
	wantCode(t, second(s.begin("one", n)), store.Internal)
	wantCode(t, second(s.begin("", n)), store.Internal)
	if d := s.begun("two", n); d.Seq != 2 || d.Number != n {
		t.Errorf("the next is %+v", d)
	}
}

func TestVoidAndCalledOffDeals(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.topUp()
	s.begun("one", n)
	d, err := s.VoidDeal(t.Context(), "one", "no such deal")
	if must(t, d, err).State != store.DealVoid || d.Why != "no such deal" {
		t.Errorf("it is %+v", d)
	}
	again, err := s.VoidDeal(t.Context(), "one", "another reason")
	if must(t, again, err) != d {
		t.Errorf("voided again, it is %+v", again)
	}
	s.begun("two", n)
	s.hears("two", store.DealOpen, 0)
	d, err = s.CallOffDeal(t.Context(), "two")
	if must(t, d, err).CalledAt != s.clock.instant() || d.State != store.DealOpen {
		t.Errorf("called off, it is %+v", d)
	}
	d, err = s.VoidDeal(t.Context(), "two", "")
	if must(t, d, err).State != store.DealOpen {
		t.Errorf("one that is there is %s", d.State)
	}
}

// Staff are held up while a payer says that it is paid, and may insist.
func TestStaffAndAClaim(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	cancelled, cash := s.topUp(), s.topUp()
	for ref, n := range map[string]store.Number{"one": cancelled, "two": cash} {
		s.begun(ref, n)
		s.hears(ref, store.DealClaimed, 0)
	}
	before := s.dump()
	wantCode(t, second(s.cancel(cancelled, false)), store.PaymentInFlight)
	wantCode(t, second(s.markPaid(cash, false)), store.PaymentInFlight)
	if !reflect.DeepEqual(s.dump(), before) {
		t.Error("what was refused has changed something")
	}
	must(t, "", second(s.cancel(cancelled, true)))
	must(t, "", second(s.markPaid(cash, true)))
	s.hears("one", store.DealCompleted, fullPrice)
	s.hears("two", store.DealCompleted, fullPrice)
	if got := s.unsettled(0); !slices.Equal(got, []string{"id-of-one", "id-of-two"}) {
		t.Errorf("what waits for them is %v", got)
	}
}

// Money that came in another amount is not taken once more, nor is its invoice closed
// over it, unless staff insist; and an invoice that is opened again does not ask for it.
func TestStaffAndMoneyUndecided(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	cancelled, cash := s.topUp(), s.topUp()
	for ref, n := range map[string]store.Number{"one": cancelled, "two": cash} {
		s.begun(ref, n)
		s.hears(ref, store.DealCompleted, fullPrice-1)
	}
	before := s.dump()
	wantCode(t, second(s.cancel(cancelled, false)), store.MoneyUndecided)
	wantCode(t, second(s.markPaid(cash, false)), store.MoneyUndecided)
	if !reflect.DeepEqual(s.dump(), before) {
		t.Error("what was refused has changed something")
	}
	must(t, "", second(s.cancel(cancelled, true)))
	must(t, "", second(s.markPaid(cash, true)))
	must(t, "", second(s.settle("id-of-two", false)))

	expires := s.clock.instant().Add(time.Hour)
	inv := s.issue(store.Draft{Kind: store.TopUp, Amount: fullPrice, By: "malika", ExpiresAt: expires})
	s.begun("three", inv.Number)
	s.hears("three", store.DealCompleted, fullPrice-1)
	s.clock.advance(2 * time.Hour)
	inv, err := s.Reopen(t.Context(), inv.Number, "malika", "r", 0)
	must(t, inv, err)
	deals, err := s.DealsOf(t.Context(), inv.Number)
	must(t, deals, err)
	ts, err := s.Transactions(t.Context(), store.TransactionQuery{Number: inv.Number})
	if b := s.Rules().Bill(inv, must(t, ts, err), deals, s.clock.instant()); !b.Undecided || b.Payable() {
		t.Errorf("opened again, its bill is %+v", b)
	}
	wantCode(t, second(s.begin("four", inv.Number)), store.MoneyUndecided)
}

// troubled names the deals in which somebody has to look at something.
func (s *ledger) troubled(limit int) (refs []string) {
	s.t.Helper()
	deals, err := s.TroubledDeals(s.t.Context(), limit)
	for _, d := range must(s.t, deals, err) {
		refs = append(refs, d.Ref)
	}
	return refs
}

// A deal stands among the troubled until a word comes that makes sense.
func TestTroubledDeals(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	for i := range 3 {
		s.begun(fmt.Sprint("ref", i), s.topUp())
	}
	if got := s.troubled(0); len(got) != 0 {
		t.Errorf("just begun, %v are troubled", got)
	}
	s.hears("ref2", store.DealCompleted, 0)
	s.hears("ref1", 0, fullPrice)
	s.hears("ref0", store.DealCompleted, 0)
	s.reopen()
	if got := s.troubled(2); !slices.Equal(got, []string{"ref0", "ref1"}) {
		t.Errorf("the first two are %v", got)
	}
	s.hears("ref1", store.DealCompleted, 0) // another trouble
	s.hears("ref0", store.DealCompleted, fullPrice)
	if got := s.troubled(0); !slices.Equal(got, []string{"ref1", "ref2"}) {
		t.Errorf("what is left is %v", got)
	}
	if d, err := s.Deal(t.Context(), "ref1"); err != nil || d.Trouble != store.NoAmount {
		t.Errorf("it is %+v (%v)", d, err)
	}
}

// A store that has deals and no list of the troubled ones gets it, filled.
func TestAStoreOfBeforeTheTroubledWereListed(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.begun("one", s.topUp())
	s.begun("two", s.topUp())
	s.hears("two", 0, 0)
	s.close()
	edit(t, s.path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("deal.trouble")) })
	wantWhole(t, s.path)
	s.open()
	if got := s.troubled(0); !slices.Equal(got, []string{"two"}) {
		t.Errorf("%v are troubled", got)
	}
}

// Unapplied money stands in its list until somebody decides, oldest first.
func TestMoneyThatNoInvoiceWaitedFor(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	var numbers []store.Number
	for i := range 4 {
		ref := fmt.Sprint("ref", i)
		numbers = append(numbers, s.topUp())
		s.begun(ref, numbers[i])
		s.hears(ref, store.DealCompleted, fullPrice-1)
	}
	wantCode(t, second(s.begin("more", numbers[0])), store.MoneyUndecided)
	wantCode(t, second(s.settle("id-of-ref9", true)), store.TransactionNotFound)
	s.reopen()
	if got := s.unsettled(2); !slices.Equal(got, []string{"id-of-ref0", "id-of-ref1"}) {
		t.Errorf("the first two are %v", got)
	}
	tx, err := s.settle("id-of-ref1", true)
	if must(t, tx, err); !tx.Settlement.Applied || tx.Settlement.By != "malika" || s.invoice(numbers[1]).PaidBy != "id-of-ref1" {
		t.Errorf("applied, it is %+v", tx)
	}
	tx, err = s.settle("id-of-ref0", false)
	if must(t, tx, err); tx.Applied() || s.invoice(numbers[0]).Status != store.Open {
		t.Errorf("given back, it is %+v", tx)
	}
	s.hears("ref2", store.DealCanceled, 0)
	if got := s.unsettled(0); !slices.Equal(got, []string{"id-of-ref3"}) {
		t.Errorf("what is left is %v", got)
	}
	wantCode(t, second(s.settle("id-of-ref0", true)), store.NotAllowed)
	s.begun("again", numbers[0])
	s.begun("again2", numbers[2])
	if back, err := s.Refunds(t.Context(), store.RefundQuery{State: store.Unasked}); err != nil || len(back) != 1 || back[0].TransID != "id-of-ref2" {
		t.Errorf("what was taken back unasked is %+v (%v)", back, err)
	}
}

// A dispute moves two totals in one commit, on the day on which it is learned.
func TestADisputeThatChangesTheAmount(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.topUp()
	s.begun("one", n)
	s.hears("one", store.DealCompleted, fullPrice)
	s.clock.advance(24 * time.Hour)
	s.hears("one", store.DealDisputed, fullPrice-5)
	d := s.hears("one", store.DealCompleted, fullPrice-5)
	if d.TransID != "id-of-one/2" || d.Payments != 2 || s.invoice(n).Status != store.Refunded {
		t.Errorf("it is %+v, and the invoice %s", d, s.invoice(n).Status)
	}
	want := []store.Total{
		{TotalKey: store.TotalKey{Day: noonDay, System: oneClick, Source: "ONECLICK"}, Count: 1, Amount: fullPrice, Fee: fullPrice / 100},
		{
			TotalKey: store.TotalKey{Day: noonDay + 1, System: oneClick, Source: "ONECLICK"}, Count: 1, Amount: fullPrice - 5, Fee: fullPrice / 100,
			ReversedCount: 1, ReversedAmount: fullPrice, ReversedFee: fullPrice / 100,
		},
	}
	if got := s.totals(); !reflect.DeepEqual(got, want) {
		t.Errorf("the totals are %+v, want %+v", got, want)
	}
}

// A damaged total refuses a payment that moves two of them before anything is put,
// so that nobody else's commit falls with it.
func TestADamagedTotalHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.damaged = true
	s.begun("one", s.topUp())
	s.hears("one", store.DealCompleted, fullPrice)
	s.close()
	edit(t, s.path, func(tx *bbolt.Tx) error {
		k, _ := first(tx, "total")
		return tx.Bucket([]byte("total")).Put(k, []byte("damaged"))
	})
	s.open()
	n := s.topUp()
	answers, _ := s.asOneGroup(
		func() error { return second(s.begin("two", n)) },
		func() error { return second(s.tell("one", store.DealCompleted, fullPrice-1)) },
		func() error { return second(s.begin("three", n)) }, // there is one: it is that
	)
	for i, want := range []store.Code{"", store.Damaged, ""} {
		if store.CodeOf(answers[i]) != want {
			t.Errorf("request %d is answered %v, want %q", i, answers[i], want)
		}
	}
}

// On a full disk no deal begins, and the money of those that have begun is written
// down all the same.
func TestDealsOnAFullDisk(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	one, two := s.topUp(), s.topUp()
	s.begun("one", one)
	if !bolt.GiveUpBallast(s.Store) {
		t.Fatal("there is no ballast")
	}
	wantCode(t, second(s.begin("two", two)), store.DiskFull)
	s.hears("one", store.DealCompleted, fullPrice-1)
	must(t, "", second(s.settle("id-of-one", true)))
	if inv := s.invoice(one); inv.Status != store.Paid {
		t.Errorf("the invoice is %s", inv.Status)
	}
	must(t, "", second(s.Sweep(t.Context())))
	s.begun("two", two)
}

// Copies hold the deals and when they are due.
func TestDealsSurviveCopies(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.topUp()
	s.begun("one", n)
	s.hears("one", store.DealOpen, 0)
	backup := backupOf(t, s)
	wantWhole(t, backup)
	if _, _, err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.hears("one", store.DealCompleted, fullPrice-1)
	s.begun("two", s.topUp())
	must(t, "", second(s.Restore(t.Context(), backup)))
	if d, err := s.Deal(t.Context(), "one"); err != nil || d.State != store.DealOpen {
		t.Errorf("after a restore it is %+v (%v)", d, err)
	}
	wantCode(t, second(s.Deal(t.Context(), "two")), store.DealNotFound)
	if got := s.unsettled(0); len(got) != 0 {
		t.Errorf("after a restore %v waits", got)
	}
	if d := s.begun("three", s.topUp()); d.Seq != 2 {
		t.Errorf("the next deal is %+v", d)
	}
	s.clock.advance(time.Minute)
	if got := s.dueNow(10); !slices.Equal(got, []string{"one", "three"}) {
		t.Errorf("after a restore %v are due", got)
	}
	s.hears("one", store.DealCompleted, fullPrice)
}

// A store that an earlier build made gets what deals need, and is whole before that
// and after.
func TestAStoreOfBeforeThereWereDeals(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.topUp()
	s.paid("a", s.visit())
	s.close()
	edit(t, s.path, func(tx *bbolt.Tx) error {
		for _, name := range bolt.LaterBuckets() {
			if string(name) == "invoice.counter" || string(name) == "tx.refund" {
				continue // came before deals
			}
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		return nil
	})
	wantWhole(t, s.path)
	s.open()
	s.begun("one", n)
	s.hears("one", store.DealCompleted, fullPrice-1)
	if got := s.unsettled(0); len(got) != 1 {
		t.Errorf("%v waits", got)
	}
}

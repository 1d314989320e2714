package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tushum/store"
)

// quickPace is for tests: nobody waits, and nobody comes by themselves.
func quickPace() pace {
	return pace{
		comes: time.Hour, comesMost: 2 * time.Hour,
		pays: time.Millisecond, thinks: time.Millisecond, debits: time.Millisecond, retries: time.Millisecond, regrets: time.Millisecond,
	}
}

// liveDemo is a demo without a past.
func liveDemo(t *testing.T, seed uint64) *demo {
	t.Helper()
	a, _, _ := testApp(t)
	d, clock := startTestDemo(t, a, seed)
	clock.catchUp()
	return d
}

// until waits until the ledger is as the test wants it.
func until(t *testing.T, s *shop, there func() bool) {
	t.Helper()
	wake, cancel := s.Subscribe()
	defer cancel()
	late := time.After(patience)
	for !there() {
		select {
		case <-wake:
		case <-late:
			t.Fatal("it did not come to that")
		}
	}
}

func invoiceOf(t *testing.T, s *shop, n store.Number) store.Invoice {
	t.Helper()
	inv, err := s.Invoice(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return inv
}

func TestInvoicesOfTheSeatArePaid(t *testing.T) {
	t.Parallel()
	d := liveDemo(t, 1)
	ctx, stop := context.WithCancel(t.Context())
	crowd, err := d.openDoors(ctx, quickPace())
	if err != nil {
		t.Fatal(err)
	}
	var last store.Number
	declined := 0
	for range 12 {
		inv, err := d.shop.Issue(ctx, store.Draft{Kind: store.Visit, Amount: thousands(25), By: "till:test"})
		if err != nil {
			t.Fatal(err)
		}
		until(t, d.shop, func() bool { return invoiceOf(t, d.shop, inv.Number).Status == store.Paid })
		tried, err := d.shop.Transactions(ctx, store.TransactionQuery{Number: inv.Number})
		if err != nil {
			t.Fatal(err)
		}
		if last = inv.Number; len(tried) > 1 {
			declined++
		}
	}
	if declined == 0 || declined == 12 {
		t.Errorf("%d of 12 invoices were first declined", declined)
	}
	till, err := d.shop.Issue(ctx, store.Draft{Kind: store.Counter, MinAmount: thousands(3), MaxAmount: thousands(4), By: "till:test"})
	if err != nil {
		t.Fatal(err)
	}
	until(t, d.shop, func() bool {
		paid, err := d.shop.Transactions(t.Context(), store.TransactionQuery{Number: till.Number, Status: store.Confirmed})
		return err == nil && len(paid) > 0
	})
	if inv := invoiceOf(t, d.shop, last); inv.PaidSystem != store.Uzum {
		t.Errorf("it was paid by %q", inv.PaidSystem)
	}
	stop()
	crowd.Wait()
	wantProven(t, d.shop)
}

func TestInvoicesOfTheSalonAreLeftToItsOwnCustomers(t *testing.T) {
	t.Parallel()
	d := liveDemo(t, 1)
	ctx, stop := context.WithCancel(t.Context())
	crowd, err := d.openDoors(ctx, quickPace())
	if err != nil {
		t.Fatal(err)
	}
	own, err := d.shop.Issue(ctx, store.Draft{Kind: store.Visit, Amount: thousands(25), By: salonStaff})
	if err != nil {
		t.Fatal(err)
	}
	seats, err := d.shop.Issue(ctx, store.Draft{Kind: store.Visit, Amount: thousands(25), By: "till:test"})
	if err != nil {
		t.Fatal(err)
	}
	until(t, d.shop, func() bool { return invoiceOf(t, d.shop, seats.Number).Status == store.Paid })
	stop()
	crowd.Wait()
	if tried, err := d.shop.Transactions(t.Context(), store.TransactionQuery{Number: own.Number}); err != nil || len(tried) > 0 {
		t.Errorf("the salon's own invoice got %d payments, %v", len(tried), err)
	}
}

// heldConfirms is the way to the shop with a gate: no confirm passes before it
// is opened. The HTTP statuses of the answers to confirms are told.
type heldConfirms struct {
	*http.Transport
	gate   chan struct{}
	status chan int
}

func (h *heldConfirms) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(r.URL.Path, "/confirm") {
		return h.Transport.RoundTrip(r)
	}
	<-h.gate
	answer, err := h.Transport.RoundTrip(r)
	if err == nil {
		h.status <- answer.StatusCode
	}
	return answer, err
}

// An invoice that is cancelled while it is being paid: the confirm is refused,
// which is the lesson, and the next one is paid as ever.
func TestACancelWhileSomebodyPaysIsARefusedConfirm(t *testing.T) {
	t.Parallel()
	d := liveDemo(t, 1)
	held := &heldConfirms{&http.Transport{}, make(chan struct{}), make(chan int, 2)}
	d.bank.HTTP.Transport = held
	ctx, stop := context.WithCancel(t.Context())
	crowd, err := d.openDoors(ctx, quickPace())
	if err != nil {
		t.Fatal(err)
	}
	inv, err := d.shop.Issue(ctx, store.Draft{Kind: store.Visit, Amount: thousands(25), By: "till:test"})
	if err != nil {
		t.Fatal(err)
	}
	until(t, d.shop, func() bool {
		begun, err := d.shop.Transactions(ctx, store.TransactionQuery{Number: inv.Number})
		return err == nil && len(begun) > 0
	})
	if _, err := d.shop.Cancel(ctx, store.CancelOrder{Number: inv.Number, By: "till:test", Force: true}); err != nil {
		t.Fatal(err)
	}
	close(held.gate)
	if status := <-held.status; status != http.StatusBadRequest {
		t.Errorf("the confirm was answered %d", status)
	}
	next, err := d.shop.Issue(ctx, store.Draft{Kind: store.Visit, Amount: thousands(25), By: "till:test"})
	if err != nil {
		t.Fatal(err)
	}
	until(t, d.shop, func() bool { return invoiceOf(t, d.shop, next.Number).Status == store.Paid })
	stop()
	crowd.Wait()
	if inv := invoiceOf(t, d.shop, inv.Number); inv.Status != store.Cancelled {
		t.Errorf("the cancelled invoice is %s", inv.Status)
	}
	wantProven(t, d.shop)
}

func TestCustomersComeByThemselves(t *testing.T) {
	t.Parallel()
	d := liveDemo(t, 3)
	if _, err := d.shop.Issue(t.Context(), store.Draft{Kind: store.Counter, By: salonStaff}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	p := quickPace()
	p.comes, p.comesMost = time.Millisecond, 2*time.Millisecond
	crowd, err := d.openDoors(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[store.EventType]bool{}
	until(t, d.shop, func() bool {
		events, err := d.shop.Events(ctx, 0, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			seen[e.Type] = true
		}
		return seen[store.InvoiceRefunded] && seen[store.TransactionFailed] && len(events) > 60
	})
	stop()
	crowd.Wait()
	wantProven(t, d.shop)
}

// A crowd that waits goes away as soon as the console is closed, and nothing is
// left running.
func TestTheCrowdGoesHomeAtOnce(t *testing.T) {
	// Not beside other tests, whose goroutines would count.
	before := goleak.IgnoreCurrent()
	a, _, stderr := testApp(t)
	clock := &lateClock{real: a.Now}
	d, _, err := a.startDemo(t.TempDir(), 1, clock)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	p := quickPace()
	p.pays = time.Hour
	crowd, err := d.openDoors(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.shop.Issue(ctx, store.Draft{Kind: store.Visit, Amount: thousands(25), By: "till:test"}); err != nil {
		t.Fatal(err)
	}
	stop()
	crowd.Wait()
	if err := d.close(); err != nil {
		t.Error(err)
	}
	if strings.TrimSpace(stderr.String()) != "" {
		t.Errorf("it says %s", stderr)
	}
	goleak.VerifyNone(t, before)
}

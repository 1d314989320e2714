package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"tushum/internal/oneclick/simulator"
	"tushum/store"
	"tushum/webhook/callback"
)

// Whoever watches makes invoices of both sorts, and each is paid by its own system.
func TestGoodsOfTheSeatArePaidByThePlatform(t *testing.T) {
	t.Parallel()
	d := liveDemo(t, 1)
	ctx, stop := context.WithCancel(t.Context())
	crowd, err := d.openDoors(ctx, quickPace())
	if err != nil {
		t.Fatal(err)
	}
	issued := map[store.Kind]store.Number{}
	for _, kind := range []store.Kind{store.Goods, store.GiftCard, store.Visit} {
		inv, err := d.shop.Issue(ctx, store.Draft{Kind: kind, Amount: thousands(25), By: "till:test"})
		if err != nil {
			t.Fatal(err)
		}
		issued[kind] = inv.Number
	}
	for kind, number := range issued {
		until(t, d.shop, func() bool { return invoiceOf(t, d.shop, number).Status == store.Paid })
		if by := invoiceOf(t, d.shop, number).PaidSystem; by == store.Uzum != (kind == store.Visit) {
			t.Errorf("%s is paid by %s", kind, by)
		}
	}
	stop()
	crowd.Wait()
	wantProven(t, d.shop)
}

// Each way of a customer of the platform comes to the end that it should.
func TestWhatCustomersOfThePlatformDo(t *testing.T) {
	t.Parallel()
	d := liveDemo(t, 1)
	ctx, stop := context.WithCancel(t.Context())
	crowd, err := d.openDoors(ctx, quickPace())
	if err != nil {
		t.Fatal(err)
	}
	ways := map[string]struct {
		pays   func(*customer, context.Context, store.Invoice) error
		deals  int
		status store.InvoiceStatus
	}{
		"at the second try": {(*customer).paysAtSecondDeal, 2, store.Paid},
		"another sum":       {(*customer).paysOtherSum, 1, store.Open},
		"in dispute":        {(*customer).paysInDispute, 1, store.Paid},
	}
	numbers := map[string]store.Number{}
	for name, way := range ways {
		inv, err := d.shop.Issue(ctx, store.Draft{Kind: store.Goods, Amount: thousands(25), By: salonStaff})
		if err != nil {
			t.Fatal(err)
		}
		numbers[name] = inv.Number
		crowd.send(ctx, func(who *customer, ctx context.Context) error { return way.pays(who, ctx, inv) })
	}
	for name, way := range ways {
		var deals []store.Deal
		until(t, d.shop, func() bool {
			var err error
			if deals, err = d.shop.DealsOf(ctx, numbers[name]); err != nil {
				t.Fatal(err)
			}
			return len(deals) == way.deals && deals[0].State == store.DealCompleted
		})
		if inv := invoiceOf(t, d.shop, numbers[name]); inv.Status != way.status {
			t.Errorf("%s: the invoice is %s", name, inv.Status)
		}
	}
	if left, err := d.shop.Unsettled(ctx, 0); err != nil || len(left) != 1 || left[0].Number != numbers["another sum"] {
		t.Errorf("money to decide about: %+v, %v", left, err)
	}
	stop()
	crowd.Wait()
	wantProven(t, d.shop)
}

// The story in lines has both systems, and is the same whenever its seed is.
func TestASeedTellsItsStory(t *testing.T) {
	t.Parallel()
	changing := regexp.MustCompile(`127\.0\.0\.1:\d+(/pay/\w+)?`)
	tell := func(seed string) string {
		a, stdout, stderr := testApp(t)
		if code := a.Run(t.Context(), []string{"demo", "--json", "--lang=en", "--seed", seed}); code != exitDone {
			t.Fatalf("exit code %d, %s", code, stderr)
		}
		return changing.ReplaceAllString(stdout.String(), "")
	}
	first := tell("7")
	if again := tell("7"); again != first {
		t.Errorf("the same seed tells\n%s\nand then\n%s", first, again)
	}
	if tell("8") == first {
		t.Error("another seed tells the same story")
	}
	for _, want := range []string{`"actor":"OneClick"`, `"actor":"bank"`, "8600 0000 0000 0009", `"payment_system":"oneclick"`, `"payment_system":"uzum"`, "all of it adds up"} {
		if !strings.Contains(first, want) {
			t.Errorf("there is no %s in\n%s", want, first)
		}
	}
}

// post calls the shop as the platform does.
func (d *demo) post(t *testing.T, header http.Header, body []byte) (status int) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.service.URL()+callback.Path("oneclick"), bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	answer, err := d.platform.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if said, err := io.ReadAll(answer.Body); err != nil || len(said) > 0 {
		t.Errorf("it is answered %q, %v", said, err)
	}
	return answer.StatusCode
}

// heldDeal is a deal of which the shop is not asking by itself yet.
func (d *demo) heldDeal(t *testing.T) store.Deal {
	t.Helper()
	inv, err := d.shop.Issue(t.Context(), store.Draft{Kind: store.Goods, Amount: thousands(25), By: salonStaff})
	if err != nil {
		t.Fatal(err)
	}
	deal, err := d.service.deals.Begin(t.Context(), store.DealOrder{Number: inv.Number, By: salonStaff})
	if err != nil {
		t.Fatal(err)
	}
	return deal
}

// A proven call is a hint, and the deal is looked at; the settings decide whose calls
// are proven, while the program runs. None of it is the bank's affair.
func TestCallsOfThePlatformFollowTheSettings(t *testing.T) {
	t.Parallel()
	d := liveDemo(t, 1)
	deal := d.heldDeal(t)
	message := func(signed simulator.Signature) (http.Header, []byte) {
		header, body, err := d.platform.Webhook(deal.ID, signed)
		if err != nil {
			t.Fatal(err)
		}
		return header, body
	}
	before := d.service.watch.Connections()[store.Uzum]
	for range 5 {
		if status := d.post(t, http.Header{}, nil); status != http.StatusForbidden {
			t.Errorf("a stranger is answered %d", status)
		}
	}
	header, body := message(simulator.OtherKey)
	if status := d.post(t, header, body); status != http.StatusForbidden {
		t.Errorf("a forged call is answered %d", status)
	}

	connected := d.shop.cfg()
	without := connected
	without.OneClick.CredentialsFile = ""
	if err := d.service.exchange(without); err != nil {
		t.Fatal(err)
	}
	header, body = message(simulator.Good)
	if status := d.post(t, header, body); status != http.StatusForbidden {
		t.Errorf("without credentials a good call is answered %d", status)
	}
	if err := d.service.exchange(connected); err != nil {
		t.Fatal(err)
	}
	if !d.platform.move(deal.ID, unpaid, "completed") {
		t.Fatal("the deal can't be completed")
	}
	header, body = message(simulator.Good)
	if status := d.post(t, header, body); status != http.StatusOK {
		t.Errorf("a good call is answered %d", status)
	}
	close(d.platform.ask) // the hint waits for who asks
	if err := d.shop.dealBecomes(t.Context(), deal.Ref, hasState(store.DealCompleted)); err != nil {
		t.Error(err)
	}
	until(t, d.shop, func() bool {
		calls, err := d.shop.Calls(t.Context(), store.CallQuery{Webhook: callback.Webhook})
		return err == nil && len(calls) == 8 && calls[0].TransID == deal.ID
	})
	if after := d.service.watch.Connections()[store.Uzum]; after != before {
		t.Errorf("to the bank's watchman it was %+v and is %+v", before, after)
	}
}

// A service that stops does not wait for a payment system that does not answer, and
// what was asked stays written down.
func TestAServiceStopsWhileADealIsBeingMade(t *testing.T) {
	t.Parallel()
	d := liveDemo(t, 1)
	inv, err := d.shop.Issue(t.Context(), store.Draft{Kind: store.Goods, Amount: thousands(25), By: salonStaff})
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan struct{})
	d.platform.Fail(simulator.Payin, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		close(asked)
		simulator.Slow(w, r, answer)
	})
	made := make(chan error)
	go func() {
		_, err := d.service.deals.Begin(context.Background(), store.DealOrder{Number: inv.Number, By: salonStaff})
		made <- err
	}()
	<-asked
	d.service.unlead()
	if err := <-made; err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it was made: %v", err)
	}
	if left, err := d.shop.DealsOf(t.Context(), inv.Number); err != nil || len(left) != 1 || left[0].State != store.DealAsked {
		t.Errorf("written down is %+v, %v", left, err)
	}
	if _, err := d.service.deals.Begin(t.Context(), store.DealOrder{Number: inv.Number, By: salonStaff}); store.CodeOf(err) != store.Closed {
		t.Errorf("after the end: %v", err)
	}
}

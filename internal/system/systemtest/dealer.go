package systemtest

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/store"
)

// Vendor is a played vendor behind a Dealer that is connected to it.
type Vendor struct {
	Dealer store.Dealer
	Now    func() time.Time // the clock of the Dealer
	// Lose has the next deal made and its answer lost.
	Lose func()
	// Hold has the next deal made and its answer held back until nobody waits for it;
	// arrived is closed when the vendor has been asked.
	Hold func() (arrived <-chan struct{})
	// Down has the vendor fail whatever it is asked from now on.
	Down func()
}

// Dealer holds a system that makes deals to what package deals takes for granted, over
// a vendor that is played anew for each promise.
func Dealer(t *testing.T, play func(*testing.T) Vendor) {
	t.Helper()
	for promise, keep := range map[string]func(*testing.T, Vendor){
		"a deal is made, found and looked at": made, "a deal that is called off is canceled": calledOff,
		"a deal that nobody asked for is not there": neverMade, "a lost answer leaves a doubt": lost, "a stop leaves a doubt": stopped,
		"a vendor that is down knows nothing": down, "a stranger's call is refused": strangers,
	} {
		t.Run(promise, func(t *testing.T) {
			t.Parallel()
			keep(t, play(t))
		})
	}
}

// order is an attempt, and the deal as the ledger has it then.
func (v Vendor) order(t *testing.T) (store.DealOrder, store.Deal) {
	t.Helper()
	number, err := store.NumberOf(store.FirstBase)
	if err != nil {
		t.Fatal(err)
	}
	o := store.DealOrder{Number: number, By: "test", Lang: lang.RU, Ref: number.String() + "-1", Amount: due, Back: "https://shop.uz/pay/1"}
	return o, store.Deal{Seq: 1, Ref: o.Ref, System: v.Dealer.Profile().System, Number: number, Amount: due, State: store.DealAsked, By: o.By, AskedAt: store.At(v.Now())}
}

// open makes a deal that has to come about.
func (v Vendor) open(t *testing.T) store.Deal {
	t.Helper()
	o, d := v.order(t)
	n, err := v.Dealer.Make(t.Context(), o)
	if err != nil || n.ID == "" || n.State != store.DealOpen || n.Amount != 0 && n.Amount != due {
		t.Fatalf("the deal is %+v, %v", n, err)
	}
	d.ID, d.URL, d.State, d.MadeAt, d.ExpiresAt = n.ID, n.URL, n.State, d.AskedAt, n.ExpiresAt
	return d
}

func made(t *testing.T, v Vendor) {
	t.Helper()
	Profile(t, v.Dealer.Profile())
	if state := v.Dealer.Profile().State; state != store.Connected {
		t.Errorf("it is %s", state)
	}
	if err := v.Dealer.Test(t.Context()); err != nil {
		t.Errorf("the test says %v", err)
	}
	d := v.open(t)
	found, err := v.Dealer.Find(t.Context(), d)
	if err != nil || found.ID != d.ID || found.State != store.DealOpen {
		t.Errorf("it is found as %+v, %v", found, err)
	}
	seen, err := v.Dealer.Look(t.Context(), d)
	if err != nil || seen.ID != d.ID || seen.State != store.DealOpen || seen.Amount != due {
		t.Errorf("it is seen as %+v, %v", seen, err)
	}
	to, err := v.Dealer.PayTo(t.Context(), d)
	switch {
	case err == nil && to.Card == "" && to.QR == "":
		t.Error("it is paid nowhere")
	case errors.Is(err, store.ErrOwnPage) && d.URL == "":
		t.Error("it is paid on a page that nobody knows")
	case err != nil && !errors.Is(err, store.ErrOwnPage) && !errors.Is(err, store.ErrNotReady):
		t.Errorf("where it is paid: %v", err)
	}
}

func calledOff(t *testing.T, v Vendor) {
	t.Helper()
	d := v.open(t)
	if err := v.Dealer.CallOff(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if n, err := v.Dealer.Look(t.Context(), d); err != nil || n.State != store.DealCanceled {
		t.Errorf("it is seen as %+v, %v", n, err)
	}
}

func neverMade(t *testing.T, v Vendor) {
	t.Helper()
	_, d := v.order(t)
	if _, err := v.Dealer.Find(t.Context(), d); !errors.Is(err, store.DealNotThere) {
		t.Errorf("it is found: %v", err)
	}
}

func lost(t *testing.T, v Vendor) {
	t.Helper()
	v.Lose()
	o, d := v.order(t)
	if _, err := v.Dealer.Make(t.Context(), o); !errors.Is(err, store.MakingUnknown) {
		t.Errorf("the answer was lost, and the error is %v", err)
	}
	if n, err := v.Dealer.Find(t.Context(), d); err != nil || n.ID == "" || n.State != store.DealOpen {
		t.Errorf("it is found as %+v, %v", n, err)
	}
}

func stopped(t *testing.T, v Vendor) {
	t.Helper()
	arrived := v.Hold()
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		<-arrived
		stop()
	}()
	o, d := v.order(t)
	if _, err := v.Dealer.Make(ctx, o); !errors.Is(err, store.MakingUnknown) {
		t.Errorf("it was asked for, and the error is %v", err)
	}
	if n, err := v.Dealer.Find(t.Context(), d); err != nil || n.ID == "" {
		t.Errorf("it is found as %+v, %v", n, err)
	}
	o.Ref += "-2"
	if _, err := v.Dealer.Make(ctx, o); err == nil || errors.Is(err, store.MakingUnknown) {
		t.Errorf("nothing was asked for, and the error is %v", err)
	}
}

func down(t *testing.T, v Vendor) {
	t.Helper()
	d := v.open(t)
	v.Down()
	_, err := v.Dealer.Find(t.Context(), d)
	if words(t, "Find", err); errors.Is(err, store.DealNotThere) {
		t.Errorf("it does not know that: %v", err)
	}
	_, err = v.Dealer.Look(t.Context(), d)
	if words(t, "Look", err); errors.Is(err, store.DealUnreadable) {
		t.Errorf("it is the deal's fault: %v", err)
	}
	if _, err := v.Dealer.PayTo(t.Context(), d); err == nil || errors.Is(err, store.ErrCalledOff) {
		t.Errorf("where it is paid: %v", err)
	}
	words(t, "Test", v.Dealer.Test(t.Context()))
}

func strangers(t *testing.T, v Vendor) {
	t.Helper()
	d := v.open(t)
	for _, body := range []string{"", "{}", `{"id":"` + d.ID + `"}`, d.ID, "\x00"} {
		if id, err := v.Dealer.Hint(make(http.Header), []byte(body)); err == nil {
			t.Errorf("%q is taken for a call about %q", body, id)
		}
	}
}

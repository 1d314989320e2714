package deals_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

// A hint that comes while the deal is asked about is about something newer than the
// answer that is on its way.
func TestAHintDuringALookIsNotLost(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	s.vendor.Change(d.ID, func(v *simulator.Deal) { v.Status = "canceled" })
	s.later(5 * time.Second)
	s.state(d.Ref, store.DealCanceled)
	s.forward(2 * time.Hour)
	s.vendor.Fail(simulator.Get, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		answer(w, r)
		s.vendor.Complete(d.ID)
		if err := s.keeper.Hint(context.Background(), oneclick.Name, d.ID); err != nil {
			t.Error(err)
		}
	})
	s.step()
	s.state(d.Ref, store.DealCanceled)
	s.later(2 * time.Second)
	s.state(d.Ref, store.DealCompleted)
}

// inDoubt begins a deal that the platform makes and does not tell of.
func (s *stage) inDoubt(inv store.Invoice) store.Deal {
	s.Helper()
	s.vendor.Fail(simulator.Payin, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		answer(httptest.NewRecorder(), r)
		w.WriteHeader(http.StatusBadGateway)
	})
	down := simulator.Refusing(http.StatusInternalServerError, "ERROR_INTERNAL")
	s.vendor.Fail(simulator.List, down, down, down) // a read is tried three times
	if _, err := s.keeper.Begin(s.Context(), order(inv)); store.CodeOf(err) != store.DealInDoubt {
		s.Fatalf("the error is %v", err)
	}
	return s.only(inv)
}

// While a payer's wish looks an attempt up, nobody else does: the answers could pass
// each other, and somebody who has paid would be shown where to pay.
func TestAnOlderAnswerDoesNotUndoNewerOnes(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	inv := s.issue()
	asked := s.inDoubt(inv)
	s.forward(10 * time.Second)
	s.vendor.Fail(simulator.List, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		answer(w, r) // open
		s.vendor.Pay(s.vendor.Made(asked.Ref)[0])
		s.step()
		s.later(5 * time.Second)
	})
	if _, err := s.keeper.Begin(t.Context(), order(inv)); err != nil {
		t.Fatal(err)
	}
	s.later(5 * time.Second)
	s.state(asked.Ref, store.DealClaimed)
}

// An answer that was on its way while the ledger learned more is the older word.
func TestAnAnswerThatComesLateIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	inv := s.issue()
	asked := s.inDoubt(inv)
	id := s.vendor.Made(asked.Ref)[0]
	s.forward(10 * time.Second)
	s.vendor.Fail(simulator.List, func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		answer(w, r) // open
		for _, state := range []store.DealState{store.DealOpen, store.DealCompleted} {
			if _, err := s.ledger.TellDeal(context.Background(), asked.Ref, store.DealNews{ID: id, State: state, Amount: price}); err != nil {
				t.Error(err)
			}
		}
	})
	d := s.begin(inv)
	if d.State != store.DealCompleted || d.Trouble != "" || d.Payable(store.At(s.now())) {
		t.Errorf("it is %+v", d)
	}
}

// A shop that goes from the sandbox to production has deals that the platform does not
// know. The platform is well, and others don't wait.
func TestDealsOfAnotherPlatformKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var old []store.Deal
	for range 6 {
		old = append(old, s.begin(s.issue()))
	}
	for i, d := range old {
		s.vendor.Change(d.ID, func(v *simulator.Deal) {
			if i%2 == 0 {
				v.ID = "f00"
			}
		})
	}
	unknown := simulator.Refusing(http.StatusNotFound, "ERROR_DEAL_NOT_FOUND")
	for range 3 {
		s.vendor.Fail(simulator.Get, unknown)
	}
	for range 12 {
		s.later(10 * time.Second)
	}
	if s.keeper.Unreachable(oneclick.Name) {
		t.Error("the platform is told to be unreachable")
	}
	w := s.keeper.Warnings()
	if len(w) != 1 || w[0].Code != store.DealTroubled || !strings.Contains(w[0].Says.EN, "3 of them") {
		t.Errorf("it is told of %+v", w)
	}
	d := s.begin(s.issue())
	s.vendor.Complete(d.ID)
	s.later(5 * time.Second)
	s.state(d.Ref, store.DealCompleted)
	before := s.vendor.Calls()[simulator.Get]
	for range 60 {
		s.later(time.Minute)
	}
	if calls := s.vendor.Calls()[simulator.Get] - before; calls > 700 {
		t.Errorf("%d calls in an hour", calls)
	}
}

// Who has to look at what is known from the beginning of the next process.
func TestWarningsOutliveAProcess(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	s.vendor.Change(d.ID, func(v *simulator.Deal) { v.Status = "frozen" })
	s.later(5 * time.Second)
	s.restart()
	s.keeper.Recall(t.Context())
	if w := s.keeper.Warnings(); len(w) != 1 || w[0].Code != store.DealTroubled {
		t.Errorf("it is told of %+v", w)
	}
}

// Money that the ledger can't take is nobody's secret, and is no fault of the way to
// the platform.
func TestMoneyThatCanNotBeBookedIsToldOf(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	first := s.begin(s.issue())
	inv := s.issue()
	asked := s.inDoubt(inv)
	s.vendor.Change(s.vendor.Made(asked.Ref)[0], func(v *simulator.Deal) { v.ID = first.ID })
	for range 8 {
		s.later(10 * time.Second)
	}
	if w := s.keeper.Warnings(); len(w) != 1 || w[0].Code != store.DealTroubled || !strings.Contains(w[0].Says.EN, "can't be booked") {
		t.Errorf("it is told of %+v", w)
	}
	if n := strings.Count(s.log.String(), "can't be asked about"); n != 1 { // as the attempt was made
		t.Errorf("the platform is blamed %d times:\n%s", n, s.log)
	}
}

// A card that is shown may be exchanged for another one by the platform.
func TestACardThatIsExchangedIsShown(t *testing.T) {
	t.Parallel()
	const other = "8600000000000001"
	s := newStage(t, func(c *config.OneClick) { c.Flow = config.HostToHost })
	d := s.begin(s.issue())
	if to, err := s.payTo(d); err != nil || to.Card != simulator.Card {
		t.Fatal(to.Card, err)
	}
	before := s.vendor.Calls()[simulator.Credentials]
	s.vendor.Fail(simulator.Credentials, simulator.Edited(simulator.Card, other))
	s.forward(29 * time.Second)
	if _, err := s.keeper.PayTo(d); err != nil || s.vendor.Calls()[simulator.Credentials] != before {
		t.Errorf("it is asked for again at once: %v", err)
	}
	s.forward(time.Second)
	if to, err := s.keeper.PayTo(d); err != nil || to.Card != simulator.Card {
		t.Errorf("meanwhile: %v", err)
	}
	<-s.shown
	if to, err := s.keeper.PayTo(d); err != nil || to.Card != other {
		t.Errorf("afterwards the card is %s, %v", to.Card, err)
	}
	if err := s.keeper.Hint(t.Context(), oneclick.Name, d.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.keeper.PayTo(d); err != nil {
		t.Fatal(err)
	}
	<-s.shown
	if to, err := s.keeper.PayTo(d); err != nil || to.Card != simulator.Card {
		t.Errorf("after a hint: %v", err)
	}
}

// Looking at an old deal has it asked about as often as one of a day, and not like one
// that has just been made.
func TestLookingAtAnOldDealIsNoStorm(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.DealLife = 7 * 24 * time.Hour })
	d := s.begin(s.issue())
	s.later(30 * time.Hour)
	d = s.deal(d.Ref)
	before := s.vendor.Calls()[simulator.Get]
	for range 60 {
		_, _ = s.keeper.PayTo(d)
		s.later(time.Second)
	}
	if calls := s.vendor.Calls()[simulator.Get] - before; calls < 1 || calls > 3 {
		t.Errorf("%d calls in a minute", calls)
	}
}

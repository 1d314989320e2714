package deals_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

func TestHoweverManyAskOneDealIsMade(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	inv := s.issue()
	var (
		payers sync.WaitGroup
		mu     sync.Mutex
		refs   = make(map[string]bool)
	)
	for range 16 {
		payers.Go(func() {
			d, err := s.keeper.Begin(t.Context(), order(inv))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			refs[d.Ref] = true
		})
	}
	payers.Wait()
	for ref := range refs {
		s.made(ref, 1)
	}
	if got := s.vendor.Calls()[simulator.Payin]; len(refs) != 1 || got != 1 {
		t.Errorf("%d deals of %d calls", len(refs), got)
	}
}

// Whatever becomes of the answer to a create, there is one deal in the end, and it
// is the one that the vendor has.
func TestAnAnswerThatIsLostIsLookedUp(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault simulator.Fault
		made  bool
	}{
		"lost after it was made": {simulator.Lost, true},
		"failed behind a proxy":  {simulator.Failed, true},
		"dropped before":         {simulator.Dropped, false},
		"a page of a proxy":      {simulator.HTML, false},
		"broken JSON":            {simulator.Broken, false},
		"nothing in it":          {simulator.Empty, false},
		"too large":              {simulator.Huge, false},
		"unavailable":            {simulator.Unavailable(""), false},
		"a conflict":             {simulator.Refusing(http.StatusConflict, "ERROR_INVOICE_EXISTS"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.vendor.Fail(simulator.Payin, c.fault)
			inv := s.issue()
			d, err := s.keeper.Begin(t.Context(), order(inv))
			if c.made {
				if err != nil || d.State != store.DealOpen {
					t.Fatalf("it is %+v, %v", d, err)
				}
				s.made(d.Ref, 1)
				return
			}
			if store.CodeOf(err) != store.DealInDoubt {
				t.Fatalf("the error is %v", err)
			}
			asked := s.only(inv)
			s.later(30 * time.Second)
			s.state(asked.Ref, store.DealAsked)
			s.later(31 * time.Second)
			s.state(asked.Ref, store.DealVoid)
			d = s.begin(inv)
			s.made(asked.Ref, 0)
			s.made(d.Ref, 1)
		})
	}
}

// only is the newest deal of an invoice.
func (s *stage) only(inv store.Invoice) store.Deal {
	s.Helper()
	all, err := s.ledger.DealsOf(s.Context(), inv.Number)
	if err != nil || len(all) == 0 {
		s.Fatalf("the deals are %v, %v", all, err)
	}
	return all[0]
}

// A vendor that lists a deal late has it all the same.
func TestADealThatIsListedLateIsTheOne(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.Hidden, b.LinkInGet = 2, true })
	s.vendor.Fail(simulator.Payin, simulator.Lost)
	inv := s.issue()
	if _, err := s.keeper.Begin(t.Context(), order(inv)); store.CodeOf(err) != store.DealInDoubt {
		t.Fatal(err)
	}
	s.later(10 * time.Second)
	s.later(10 * time.Second)
	d := s.begin(inv)
	s.made(d.Ref, 1)
	if d.State != store.DealOpen || s.vendor.Calls()[simulator.Payin] != 1 {
		t.Errorf("it is %+v", d)
	}
}

// A payer who presses again after a minute need not wait for the next look.
func TestAnAttemptThatCameToNothingMakesRoomAtOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Fail(simulator.Payin, simulator.Dropped)
	inv := s.issue()
	if _, err := s.keeper.Begin(t.Context(), order(inv)); store.CodeOf(err) != store.DealInDoubt {
		t.Fatal(err)
	}
	s.forward(time.Minute)
	if d := s.begin(inv); d.State != store.DealOpen {
		t.Errorf("it is %+v", d)
	}
}

// The same where the platform has made the deal, and called it off since.
func TestAnAttemptThatIsOverMakesRoomAtOnce(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*simulator.Vendor, string) bool{"canceled": (*simulator.Vendor).CancelDeal, "expired": (*simulator.Vendor).Expire} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			inv := s.issue()
			asked := s.inDoubt(inv)
			end(s.vendor, s.vendor.Made(asked.Ref)[0])
			s.forward(10 * time.Second)
			if d := s.begin(inv); d.Ref == asked.Ref || !d.Payable(store.At(s.now())) {
				t.Errorf("the payer is shown %+v", d)
			}
		})
	}
}

// What the vendor refuses leaves no doubt, and is told in words.
func TestARefusalIsToldAndLeavesNoDoubt(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"refused":   simulator.Refusing(http.StatusUnprocessableEntity, "ERROR_AMOUNT"),
		"forbidden": simulator.Refusing(http.StatusForbidden, "ERROR_IP"),
		"too many":  simulator.TooMany("1"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.vendor.Fail(simulator.Payin, fault)
			inv := s.issue()
			_, err := s.keeper.Begin(t.Context(), order(inv))
			wantWords(t, err)
			s.state(s.only(inv).Ref, store.DealVoid)
			if d := s.begin(inv); d.State != store.DealOpen {
				t.Errorf("the next is %+v", d)
			}
		})
	}
}

// spoken is a failure that people can read.
type spoken interface {
	In(l lang.Lang) string
	HintIn(l lang.Lang) string
}

func wantWords(t *testing.T, err error) {
	t.Helper()
	var said spoken
	if !errors.As(err, &said) {
		t.Fatalf("%v has no words", err)
	}
	for _, l := range lang.All {
		if said.In(l) == "" || said.HintIn(l) == "" {
			t.Errorf("%v says nothing in %s", err, l)
		}
	}
}

func TestASystemThatCanNotBeAskedSaysWhy(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*config.OneClick){
		"not filled in":    func(c *config.OneClick) { c.BaseURL = "" },
		"no such file":     func(c *config.OneClick) { c.CredentialsFile += ".gone" },
		"nobody is there":  func(c *config.OneClick) { c.BaseURL = "https://127.0.0.1:1" },
		"another protocol": func(c *config.OneClick) { c.BaseURL = "ftp://127.0.0.1" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			inv := s.issue()
			change(&s.cfg.OneClick)
			s.apply() // the rules of the ledger are the old ones: another thread changes them
			_, err := s.keeper.Begin(t.Context(), order(inv))
			wantWords(t, err)
			s.state(s.only(inv).Ref, store.DealVoid)
		})
	}
}

// A deal was found by a look-up that gave no page to send the payer to.
func TestADealThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		flow     config.Flow
		behave   func(*simulator.Behaviour)
		payins   int
		canceled int
	}{
		"the deal tells":              {config.Widget, func(b *simulator.Behaviour) { b.LinkInGet = true }, 1, 0},
		"nobody tells":                {config.Widget, func(*simulator.Behaviour) {}, 2, 1},
		"nobody tells nor cancels":    {config.Widget, func(b *simulator.Behaviour) { b.NoCancel = true }, 2, 1},
		"paid on the shop's own page": {config.HostToHost, func(*simulator.Behaviour) {}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, func(o *config.OneClick) { o.Flow = c.flow })
			s.vendor.Behave(c.behave)
			s.vendor.Fail(simulator.Payin, simulator.Lost)
			d := s.begin(s.issue())
			if c.flow == config.Widget && d.URL == "" || !d.Payable(store.At(s.now())) {
				t.Errorf("the payer is shown %+v", d)
			}
			calls := s.vendor.Calls()
			if calls[simulator.Payin] != c.payins || calls[simulator.Cancel] != c.canceled {
				t.Errorf("%d were made, %d called off", calls[simulator.Payin], calls[simulator.Cancel])
			}
		})
	}
}

func TestASystemThatNeverGivesAPageSaysSo(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.NoLink = true })
	inv := s.issue()
	_, err := s.keeper.Begin(t.Context(), order(inv))
	wantWords(t, err)
	s.later(3 * time.Second)
	all, err := s.ledger.DealsOf(t.Context(), inv.Number)
	if err != nil || len(all) != 2 || all[0].State != store.DealCanceled || all[1].State != store.DealCanceled {
		t.Errorf("the deals are %+v, %v", all, err)
	}
}

// holding keeps an answer back until it is released, or nobody waits for it any more.
// What was asked is done all the same.
func holding() (fault simulator.Fault, arrived <-chan struct{}, release func()) {
	there, free := make(chan struct{}), make(chan struct{})
	return func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		body, _ := io.ReadAll(r.Body) // or the server would not notice that the caller goes
		r.Body = io.NopCloser(bytes.NewReader(body))
		close(there)
		select {
		case <-free:
		case <-r.Context().Done():
		}
		answer(w, r)
	}, there, sync.OnceFunc(func() { close(free) })
}

// A process may end while the vendor is making a deal. It does not wait for the
// answer, and the next process looks the deal up.
func TestAStopInTheMiddleOfAMake(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	fault, arrived, release := holding()
	defer release()
	s.vendor.Fail(simulator.Payin, fault)
	inv := s.issue()
	begun := make(chan error, 1)
	go func() {
		_, err := s.keeper.Begin(context.Background(), order(inv))
		begun <- err
	}()
	<-arrived
	s.step() // nobody else asks about it meanwhile
	if got := s.vendor.Calls()[simulator.List]; got != 0 {
		t.Errorf("it was looked up %d times while it was being made", got)
	}
	s.keeper.Close()
	if err := <-begun; store.CodeOf(err) != store.DealInDoubt {
		t.Errorf("whoever waited was told %v", err)
	}
	if _, err := s.keeper.Begin(t.Context(), order(inv)); store.CodeOf(err) != store.Closed {
		t.Errorf("a keeper that is closed: %v", err)
	}
	asked := s.only(inv)
	s.restart()
	for len(s.vendor.Made(asked.Ref)) == 0 { // the vendor notices in its own time that nobody waits
		runtime.Gosched()
	}
	s.later(6 * time.Second)
	s.state(asked.Ref, store.DealOpen)
	s.made(asked.Ref, 1)
}

// A caller that goes away does not undo what it began.
func TestACallerThatGoesAway(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	fault, arrived, release := holding()
	s.vendor.Fail(simulator.Payin, fault)
	inv := s.issue()
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := s.keeper.Begin(ctx, order(inv))
		left <- err
	}()
	<-arrived
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("it was told %v", err)
	}
	release()
	d := s.begin(inv)
	s.made(d.Ref, 1)
	if s.vendor.Calls()[simulator.Payin] != 1 {
		t.Error("a second one was made")
	}
}

// The file with the keys goes away, is broken, and comes back with others.
func TestTheCredentialsFileChangesInItsPlace(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	file := s.cfg.OneClick.CredentialsFile
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	s.vendor.Change(d.ID, func(v *simulator.Deal) { v.Status = "paid" })
	s.later(time.Minute)
	s.state(d.Ref, store.DealClaimed) // what was read goes on

	s.apply() // as the next process does
	if p := s.systems.Of(oneclick.Name).Profile(); p.State != store.Failing {
		t.Errorf("without its file it is %s", p.State)
	}
	s.vendor.Complete(d.ID)
	s.later(time.Minute)
	s.state(d.Ref, store.DealClaimed)
	if err := os.WriteFile(file, good, 0o600); err != nil {
		t.Fatal(err)
	}
	s.later(time.Minute)
	s.state(d.Ref, store.DealCompleted)
	if p := s.systems.Of(oneclick.Name).Profile(); p.State != store.Connected {
		t.Errorf("with its file it is %s", p.State)
	}
}

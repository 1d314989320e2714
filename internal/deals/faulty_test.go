package deals_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
	"tushum/store/bolt"
)

// faulty is a ledger of which some calls go wrong.
type faulty struct {
	*bolt.Store
	faults *faults
}

// faults are what goes wrong next, by call. One that gives no error lets it through.
type faults struct {
	mu                sync.Mutex
	read, tell, again []func() error
}

// next takes the next of a kind.
func (f *faults) next(of *[]func() error) error {
	f.mu.Lock()
	fault := func() error { return nil }
	if all := *of; len(all) > 0 {
		fault, *of = all[0], all[1:]
	}
	f.mu.Unlock()
	return fault()
}

func (f *faults) add(of *[]func() error, n int, fault func() error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for range n {
		*of = append(*of, fault)
	}
}

func (l faulty) Deal(ctx context.Context, ref string) (store.Deal, error) {
	if err := l.faults.next(&l.faults.read); err != nil {
		return store.Deal{}, err
	}
	return l.Store.Deal(ctx, ref)
}

func (l faulty) TellDeal(ctx context.Context, ref string, n store.DealNews) (store.Deal, error) {
	if err := l.faults.next(&l.faults.tell); err != nil {
		return store.Deal{}, err
	}
	return l.Store.TellDeal(ctx, ref, n)
}

func (l faulty) LookAgain(ctx context.Context, when []store.DealDue) error {
	if err := l.faults.next(&l.faults.again); err != nil {
		return err
	}
	return l.Store.LookAgain(ctx, when)
}

func diskFull() error { return &store.Error{Code: store.DiskFull} }

// What the platform tells and a full disk does not take is asked for again within
// seconds, and not when the deal would be due: that may be in hours, or never.
func TestMoneyThatTheLedgerDoesNotTakeAtOnce(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]time.Duration{"when it is asked about rarely": 48 * time.Hour, "on the last look": 8 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			d := s.begin(s.issue())
			s.vendor.CancelDeal(d.ID)
			s.later(5 * time.Second)
			s.state(d.Ref, store.DealCanceled)
			s.vendor.Complete(d.ID)
			s.faults.add(&s.faults.tell, 2, diskFull)
			s.later(after)
			s.state(d.Ref, store.DealCanceled)
			for range 2 {
				s.later(5 * time.Second)
			}
			s.state(d.Ref, store.DealCompleted)
			if got := described(s.payments(d.Number)); got != "CONFIRMED:150000:late" {
				t.Errorf("the payments are %q", got)
			}
		})
	}
}

// When deals are due need not be on disk for others to be asked about, nor for those
// that were asked about to be let alone until then.
func TestALedgerThatDoesNotTakeWhenDealsAreDue(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var all []store.Deal
	for range 4 {
		all = append(all, s.begin(s.issue()))
	}
	for _, d := range all[2:] {
		s.vendor.CancelDeal(d.ID)
	}
	s.later(5 * time.Second)
	s.later(3 * time.Hour) // two are asked about every half minute, two every hour
	s.faults.add(&s.faults.again, 1000, diskFull)
	const long = 5 * time.Minute
	before := s.vendor.Calls()[simulator.Get]
	for range int(long / (2 * time.Second)) {
		s.later(2 * time.Second)
	}
	if calls := s.vendor.Calls()[simulator.Get] - before; calls < 2*8 || calls > 2*11 {
		t.Errorf("%d calls in %v", calls, long)
	}
	if n := strings.Count(s.log.String(), "can't be written down"); n < 3 || n > 6 {
		t.Errorf("it is told of %d times in %v", n, long)
	}
	s.vendor.Complete(all[0].ID)
	s.later(31 * time.Second)
	s.state(all[0].Ref, store.DealCompleted)

	s.faults.mu.Lock()
	s.faults.again = nil
	s.faults.mu.Unlock()
	s.later(time.Minute)
	s.later(2 * time.Second)
	s.restart()
	before = s.vendor.Calls()[simulator.Get]
	s.step()
	if calls := s.vendor.Calls()[simulator.Get] - before; calls != 0 {
		t.Errorf("when deals are due was not written down: %d calls after a restart", calls)
	}
}

// However many deals wait for that to be written down, the others come to their turn;
// and a clock that is set back keeps none of them waiting.
func TestManyDealsOfWhichTheLedgerDoesNotTakeWhenTheyAreDue(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	const many = 40
	var all []store.Deal
	for range many {
		d := s.begin(s.issue())
		s.vendor.CancelDeal(d.ID)
		all = append(all, d)
	}
	s.later(5 * time.Second)
	s.later(time.Minute) // by now nobody looks at them
	s.faults.add(&s.faults.again, 1000, diskFull)
	before := s.vendor.Calls()[simulator.Get]
	s.later(3 * time.Hour)
	s.later(2 * time.Second)
	if calls := s.vendor.Calls()[simulator.Get] - before; calls != many {
		t.Errorf("%d of %d were asked about", calls, many)
	}
	s.vendor.Complete(all[0].ID)
	s.forward(-36 * time.Hour)
	s.step()
	s.state(all[0].Ref, store.DealCompleted)
}

// While it is written down when a deal is due, the deal may become due at another
// time; the older one does not come back.
func TestAnOlderDueTimeDoesNotComeBack(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	s.vendor.CancelDeal(d.ID)
	s.later(5 * time.Second)
	s.later(2 * time.Hour) // the next look is in an hour
	s.faults.add(&s.faults.again, 1, func() error {
		s.vendor.Complete(d.ID)
		if err := s.keeper.Hint(context.Background(), oneclick.Name, d.ID); err != nil {
			t.Error(err)
		}
		s.step()
		return diskFull()
	})
	s.later(2 * time.Second)
	s.state(d.Ref, store.DealCompleted) // the next look is in five minutes
	s.later(time.Minute)
	s.vendor.CancelDeal(d.ID)
	s.later(5 * time.Minute)
	s.state(d.Ref, store.DealCanceled)
}

// Whoever waits for the end of a look goes on, too, when the look could not even read
// the deal.
func TestALookThatCanNotReadItsDealLetsOthersGoOn(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.LinkInGet = true })
	inv := s.issue()
	asked := s.inDoubt(inv)
	s.forward(10 * time.Second)
	reading, fail := make(chan struct{}), make(chan struct{})
	s.faults.add(&s.faults.read, 1, func() error {
		close(reading)
		<-fail
		return errors.New("the record is damaged")
	})
	looked := make(chan struct{})
	go func() {
		defer close(looked)
		s.step()
	}()
	<-reading
	begun := make(chan store.Deal, 1)
	go func() {
		d, err := s.keeper.Begin(context.Background(), order(inv))
		if err != nil {
			t.Error(err)
		}
		begun <- d
	}()
	close(fail)
	if d := <-begun; d.Ref != asked.Ref || d.State != store.DealOpen {
		t.Errorf("it is %+v", d)
	}
	<-looked
	if !strings.Contains(s.log.String(), "a deal can't be read") {
		t.Errorf("nobody is told:\n%s", s.log)
	}
}

// A deal that can't be read is not tried over and over, though there is news of it.
func TestADealThatCanNotBeReadIsLetAlone(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.begin(s.issue())
	const most = 100
	s.faults.add(&s.faults.read, most, func() error { return errors.New("the record is damaged") })
	if err := s.keeper.Hint(t.Context(), oneclick.Name, d.ID); err != nil {
		t.Fatal(err)
	}
	s.step()
	if tries := most - len(s.faults.read); tries < 1 || tries > 2 {
		t.Errorf("it was read %d times", tries)
	}
	s.faults.read = nil
	down := simulator.Refusing(http.StatusInternalServerError, "ERROR_INTERNAL")
	s.vendor.Fail(simulator.Get, down, down, down, down, down, down) // two looks, of three tries each
	s.vendor.Complete(d.ID)
	for range 12 {
		s.later(10 * time.Second)
	}
	s.state(d.Ref, store.DealCompleted)
}

// Who waits for the end of a look when the process ends is told what is known: that an
// attempt is in doubt.
func TestAStopWhileSomebodyWaitsForALook(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	inv := s.issue()
	s.inDoubt(inv)
	s.forward(10 * time.Second)
	fault, arrived, release := holding()
	defer release()
	s.vendor.Fail(simulator.List, fault)
	looked := make(chan struct{})
	go func() {
		defer close(looked)
		s.step()
	}()
	<-arrived
	begun := make(chan error, 1)
	waits := make(chan struct{})
	s.back = sync.OnceFunc(func() { close(waits) })
	go func() {
		_, err := s.keeper.Begin(context.Background(), order(inv))
		begun <- err
	}()
	<-waits
	s.keeper.Close()
	if err := <-begun; store.CodeOf(err) != store.DealInDoubt {
		t.Errorf("it was told %v", err)
	}
	release()
	<-looked
}

// A clock that is set back while the platform is down neither has it asked without a
// rest nor hides that.
func TestAClockThatIsSetBackWhileThePlatformIsDown(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for range 20 {
		s.begin(s.issue())
	}
	down := simulator.Refusing(http.StatusInternalServerError, "ERROR_INTERNAL")
	for range 2000 {
		s.vendor.Fail(simulator.Get, down)
	}
	for range 12 {
		s.later(10 * time.Second)
	}
	s.forward(-36 * time.Hour)
	before := s.vendor.Calls()[simulator.Get]
	for until := s.now().Add(10 * time.Minute); s.now().Before(until); {
		s.later(10 * time.Second)
	}
	if calls := s.vendor.Calls()[simulator.Get] - before; calls < 3*5 || calls > 3*25 {
		t.Errorf("%d calls in ten minutes", calls)
	}
	if !s.keeper.Unreachable(oneclick.Name) {
		t.Errorf("nobody is told: %+v", s.keeper.Warnings())
	}
}

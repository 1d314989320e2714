package deals_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"tushum/internal/config"
	"tushum/internal/deals"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

// old is a deal that is asked about rarely, every ten minutes.
const old = 30 * time.Hour

// next ends the keeper of the crowd and has another one go on, which sees what is in
// the ledger and nothing else.
func (c *crowd) next(t *testing.T) {
	t.Helper()
	c.keeper.Close()
	c.keeper = deals.New(deals.Config{Ledger: c.ledger, Systems: c.systems})
	go c.keeper.Run(t.Context())
}

// asked waits until a deal is asked about, and tells how long that took.
func (c *crowd) asked(id string) time.Duration {
	from, times := time.Now(), c.platform.times(id)
	for c.platform.times(id) == times {
		time.Sleep(100 * time.Millisecond)
	}
	synctest.Wait()
	return time.Since(from)
}

// askedAboutOne begins to ask about the crowd's one deal, which is old when it returns.
func (c *crowd) askedAboutOne(t *testing.T) store.Deal {
	t.Helper()
	d, err := openDeal(c.ledger)
	if err != nil {
		t.Fatal(err)
	}
	go c.keeper.Run(t.Context())
	time.Sleep(old)
	c.asked(d.ID)
	return d
}

// When deals are due is on disk when a process has ended, also of those that were
// asked about just before.
func TestAStopWritesDownWhenDealsAreDue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer func() { c.close(t) }()
		d := c.askedAboutOne(t)
		c.next(t)
		if after := c.asked(d.ID); after < 9*time.Minute {
			t.Errorf("the next process asks after %v", after)
		}
	})
}

// A look that the end of the process breaks off is no look: the deal is as due as it
// was.
func TestAStopInTheMiddleOfALook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer func() { c.close(t) }()
		d := c.askedAboutOne(t)
		c.platform.silence(true)
		c.asked(d.ID)
		c.keeper.Close()
		c.platform.silence(false)
		c.next(t)
		if after := c.asked(d.ID); after > time.Second {
			t.Errorf("the next process asks after %v", after)
		}
	})
}

// A lane that rests is woken when an attempt ends in doubt: the doubt is looked up when
// that is due, and not at the end of the rest.
func TestADoubtWakesWhoLooksItUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer c.close(t)
		inv, err := c.ledger.Issue(t.Context(), store.Draft{Kind: store.Goods, Amount: price, By: "test"})
		if err != nil {
			t.Fatal(err)
		}
		_ = c.systems().Dealer(oneclick.Name).Test(t.Context()) // signs in
		go c.keeper.Run(t.Context())
		time.Sleep(time.Second)
		c.platform.silence(true)
		if _, err := c.keeper.Begin(t.Context(), order(inv)); store.CodeOf(err) != store.DealInDoubt {
			t.Fatal(err)
		}
		ended := time.Now()
		time.Sleep(time.Second)
		if last := c.platform.last("list"); last.Before(ended) {
			t.Errorf("it was looked up %v before, and not since", ended.Sub(last))
		}
	})
}

// A platform that does not answer is tried with one deal at a time.
func TestAPlatformThatIsMuteIsTriedWithOneDeal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer c.close(t)
		openDeals(t, c.ledger, 20)
		go c.keeper.Run(t.Context())
		time.Sleep(time.Minute)
		c.platform.silence(true)
		time.Sleep(5 * time.Minute)
		before := c.platform.total()
		time.Sleep(10 * time.Minute)
		if calls := c.platform.total() - before; calls < 6 || calls > 10 { // a look is twenty seconds, and a minute's rest
			t.Errorf("%d calls in ten minutes", calls)
		}
	})
}

// Whoever has to look at a deal is told as soon as a process begins, and not when the
// deal is due.
func TestRunBeginsWithWhatIsKnown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer c.close(t)
		d, err := openDeal(c.ledger)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.ledger.TellDeal(t.Context(), d.Ref, store.DealNews{ID: d.ID, Word: "frozen"}); err != nil {
			t.Fatal(err)
		}
		go c.keeper.Run(t.Context())
		synctest.Wait()
		if w := c.keeper.Warnings(); len(w) != 1 || w[0].Code != store.DealTroubled {
			t.Errorf("it is told of %+v", w)
		}
	})
}

// Run ends with its context, and the keeper goes on.
func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t)
		defer c.close(t)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			c.keeper.Run(ctx)
			close(ended)
		}()
		time.Sleep(time.Minute)
		stop()
		<-ended
		d, err := openDeal(c.ledger)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if n := c.platform.times(d.ID); n != 0 {
			t.Errorf("it was asked about %d times", n)
		}
	})
}

// A card that a payer is just typing in stays where it is while the platform is mute.
func TestACardStaysWhileThePlatformIsMute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, func(o *config.OneClick) { o.Flow = config.HostToHost })
		defer c.close(t)
		d, err := openDeal(c.ledger)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = c.keeper.PayTo(d)
		time.Sleep(10 * time.Second)
		if to, err := c.keeper.PayTo(d); err != nil || to.Card != simulator.Card {
			t.Fatalf("it is paid to %+v, %v", to, err)
		}
		c.platform.silence(true)
		for range 3 * 60 { // as a page does
			time.Sleep(time.Second)
			if to, err := c.keeper.PayTo(d); err != nil || to.Card != simulator.Card {
				t.Fatalf("it is paid to %+v, %v", to, err)
			}
		}
	})
}

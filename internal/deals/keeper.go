// Package deals leads the life of a deal: it has one made where a payer wants to pay,
// asks the payment system what became of it until there is nothing more to learn, and
// has the ledger write down what that means.
//
// Whatever a deal is, is in the ledger before anybody is shown it, so a process that
// ends at any moment loses nothing: the next one looks up what it does not know. The
// package knows no payment system by name and decides nothing about money.
package deals

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"tushum/store"
)

// Ledger is what a Keeper needs of the books.
type Ledger interface {
	store.Deals
	Invoice(ctx context.Context, n store.Number) (store.Invoice, error)
	Subscribe() (wake <-chan struct{}, cancel func())
	Rules() store.Rules
	Now() time.Time
}

// Config is what a Keeper is made of. Ledger and Systems are needed.
type Config struct {
	Ledger  Ledger
	Systems func() store.Systems                       // of this moment
	Back    func(store.Invoice) string                 // the page that a payer comes back to; nil: there is none
	Shown   func(store.Number)                         // called when it became known where a deal of an invoice is paid; nil: nobody asks
	NewRef  func(store.Number) string                  // the shop's name for a deal, used once; nil: the number and 80 random bits
	Wait    func(context.Context, time.Duration) error // nil: a timer
	Log     *slog.Logger                               // nil: nothing is logged
}

// Keeper keeps the deals of a shop. It is safe for concurrent use. Run leads them on.
type Keeper struct {
	cfg    Config
	log    *slog.Logger
	making singleflight.Group
	back   context.Context // of what goes on though nobody waits for it any more
	stop   context.CancelFunc
	busy   sync.WaitGroup

	mu      sync.Mutex
	lanes   map[store.System]*lane
	shown   map[string]*shown // where deals are paid, by their Ref
	stopped bool
}

// New makes a Keeper. Close ends it.
func New(cfg Config) *Keeper {
	if cfg.Back == nil {
		cfg.Back = func(store.Invoice) string { return "" }
	}
	if cfg.Shown == nil {
		cfg.Shown = func(store.Number) {}
	}
	if cfg.NewRef == nil {
		cfg.NewRef = randomRef
	}
	if cfg.Wait == nil {
		cfg.Wait = wait
	}
	k := &Keeper{cfg: cfg, log: cfg.Log, lanes: make(map[store.System]*lane), shown: make(map[string]*shown)}
	if k.log == nil {
		k.log = slog.New(slog.DiscardHandler)
	}
	k.back, k.stop = context.WithCancel(context.Background())
	return k
}

// Close ends what the Keeper does, and waits for it. What was asked of a payment
// system and not yet answered is broken off, and looked up by the next Keeper.
func (k *Keeper) Close() {
	k.mu.Lock()
	k.stopped = true
	k.mu.Unlock()
	k.stop()
	k.busy.Wait()
}

// begin counts something that goes on; false: the Keeper is closing.
func (k *Keeper) begin() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.stopped {
		k.busy.Add(1)
	}
	return !k.stopped
}

func (k *Keeper) now() store.Instant { return store.At(k.cfg.Ledger.Now()) }

// wait is a pause that a context ends.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

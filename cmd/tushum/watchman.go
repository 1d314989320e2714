package main

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"tushum/internal/config"
	"tushum/internal/disk"
	"tushum/store"
	"tushum/webhook"
)

// watchmanOptions are what a watchman looks at.
type watchmanOptions struct {
	Books       store.Books
	Settings    func() config.Config
	Systems     func() store.Systems
	Deals       dealKeeper                              // nil: there are none
	Certificate func() (webhook.CertificateState, bool) // false: the listener has none; nil: never one
	StoreFolder string                                  // the disk of which is measured
	More        func() []store.Warning                  // what others have to say; nil: nothing
	Free        func(path string) (free, total uint64, err error)
	Log         *slog.Logger     // nil: nothing is logged
	Now         func() time.Time // nil: time.Now
}

// watchman tells how the payment systems stand, and what somebody should look
// at while payments go on. Its methods may be called from any goroutine.
type watchman struct {
	watchmanOptions
	journal journalReader // of run alone
	ledger  ledgerReader  // of run alone

	mu          sync.Mutex
	traffic     map[store.System]store.Traffic // of those that call all the time; not changed, but exchanged
	money       moneyNews
	room        room
	warnings    []store.Warning
	connections map[store.System]store.Connection
	faultSince  map[store.System]store.Instant // since when a payment system can't be asked as it is set up
	version     uint64
}

// room is what is left on the disk, in bytes; zero total: not known.
type room struct{ free, total uint64 }

const (
	// measureEvery is how often the disk is measured, and how late what only the
	// clock has changed is logged.
	measureEvery = time.Minute

	// readRest is how long lines gather before they are read: one decoded line for
	// each commit would take half of the throughput.
	readRest = 250 * time.Millisecond
)

func newWatchman(o watchmanOptions) *watchman {
	if o.Systems == nil {
		o.Systems = func() store.Systems { return systemsOf(o.Settings()) }
	}
	if o.Certificate == nil {
		o.Certificate = func() (state webhook.CertificateState, ok bool) { return state, false }
	}
	if o.More == nil {
		o.More = func() []store.Warning { return nil }
	}
	if o.Free == nil {
		o.Free = disk.Free
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Deals == nil {
		o.Deals = noDeals{}
	}
	return &watchman{watchmanOptions: o, journal: journalReader{books: o.Books}, ledger: ledgerReader{books: o.Books}}
}

// run follows the wire journal and measures the disk until ctx ends.
func (w *watchman) run(ctx context.Context) {
	wake, cancel := w.Books.Subscribe()
	defer cancel()
	tick := time.NewTicker(measureEvery)
	defer tick.Stop()
	w.measure()
	for {
		w.follow(ctx)
		w.tell()
		select {
		case <-ctx.Done():
			return
		case <-wake:
			rest(ctx, readRest)
		case <-tick.C:
			w.measure()
		}
	}
}

// rest waits, or until ctx ends.
func rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// follow reads what the journal and the ledger have got. What can't be read now is read later;
// the store itself tells what is wrong with it.
func (w *watchman) follow(ctx context.Context) {
	if err := w.journal.read(ctx, w.calling()); err != nil {
		w.Log.Debug("the watchman can't read the wire journal", "err", err)
		return
	}
	if err := w.ledger.read(ctx, w.dealing()); err != nil {
		w.Log.Debug("the watchman can't read the ledger", "err", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.traffic, w.money = w.journal.until(store.At(w.Now())), w.ledger.news
}

// measure looks how much room the disk has. Where that can't be told there is
// no warning: the store tells when it can't write.
func (w *watchman) measure() {
	free, total, err := w.Free(w.StoreFolder)
	if err != nil {
		w.Log.Debug("the disk can't be measured", "err", err)
		free, total = 0, 0
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.room = room{free, total}
}

// Warnings are what somebody should look at, the gravest first.
func (w *watchman) Warnings() []store.Warning {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reckon()
	return slices.Clone(w.warnings)
}

// Connections are all payment systems as they stand.
func (w *watchman) Connections() map[store.System]store.Connection {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reckon()
	return maps.Clone(w.connections)
}

// Version is another one whenever the warnings or the connections are others.
func (w *watchman) Version() uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reckon()
	return w.version
}

// tell logs what has come and gone, though nobody asks.
func (w *watchman) tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reckon()
}

// reckon brings all up to date: settings, the clock and what others say may have
// changed at any time. It reads neither the journal nor the disk's room; the
// certificate looks at its files once a minute at most.
func (w *watchman) reckon() {
	cfg, now := w.Settings(), w.Now()
	faults := w.faults(store.At(now)) // first: a file that was mended is read by that
	connections := w.connect(store.At(now))
	warnings := w.warn(cfg, connections, faults, now)
	if w.connections != nil && maps.Equal(connections, w.connections) && slices.Equal(warnings, w.warnings) {
		return
	}
	w.log(w.warnings, warnings)
	w.connections, w.warnings = connections, warnings
	w.version++
}

// calling are the payment systems that call all the time, whether they may now or not.
func (w *watchman) calling() (names []store.System) {
	for _, system := range w.Systems() {
		if p := system.Profile(); p.Can.Calls {
			names = append(names, p.System)
		}
	}
	return names
}

func (w *watchman) connect(now store.Instant) map[store.System]store.Connection {
	connections := make(map[store.System]store.Connection)
	for _, system := range w.Systems() {
		p := system.Profile()
		c := store.Connection{System: p.System, Name: p.Name, State: p.State, Test: p.Test}
		if p.Can.Calls {
			c = store.ConnectionOf(c, w.traffic[p.System], now)
		}
		if p.Can.Deals && c.Open() {
			c.State = w.dealsWith(c)
		}
		connections[p.System] = c
	}
	return connections
}

// gravity is the order in which warnings are told: what keeps payments away
// first, then what soon will.
var gravity = []store.WarningCode{
	store.CallsRefused, store.WrongServiceID, store.CallsFailing, store.SystemUnreachable, store.CertificateFailing, store.CertificateEnding,
	store.CertificateWrong, store.DiskShort, store.ClockAside, store.SettingsRefused, store.DealTroubled, store.MoneyUnsettled,
	store.MoneyTakenBack, store.BankSilent, store.SettingsWaiting,
}

func (w *watchman) warn(cfg config.Config, connections map[store.System]store.Connection, faults []store.Warning, now time.Time) (all []store.Warning) {
	watch := store.Watch{
		Hours:       store.Hours{Opens: cfg.Watch.Opens, Closes: cfg.Watch.Closes, Closed: cfg.Watch.Closed, Location: cfg.Shop.Location},
		SilentAfter: cfg.Watch.SilentAfter,
	}
	for _, system := range w.calling() {
		all = append(all, store.Warnings(connections[system], w.traffic[system], watch, store.At(now))...)
	}
	if state, has := w.Certificate(); has {
		all = append(all, certificateWarnings(state, cfg, now)...)
	}
	if w.room.short() {
		all = append(all, w.room.warning())
	}
	all = append(append(all, faults...), w.Deals.Warnings()...)
	all = append(all, w.money.warnings(w.Systems(), cfg.Shop.Location, store.At(now))...)
	all = append(all, w.More()...)
	slices.SortStableFunc(all, func(a, b store.Warning) int {
		return cmp.Compare(slices.Index(gravity, a.Code), slices.Index(gravity, b.Code))
	})
	return all
}

// log tells what has come and what has gone, each once.
func (w *watchman) log(before, after []store.Warning) {
	for _, warning := range arisen(after, before) {
		w.Log.Warn("something should be looked at", "code", warning.Code, "says", warning.Says.EN, "hint", warning.Hint.EN)
	}
	for _, warning := range arisen(before, after) {
		w.Log.Info("this need not be looked at any more", "code", warning.Code)
	}
}

// arisen are the warnings of a kind that others have none of.
func arisen(all, others []store.Warning) (some []store.Warning) {
	for _, warning := range all {
		if !slices.ContainsFunc(others, func(o store.Warning) bool { return o.Code == warning.Code }) {
			some = append(some, warning)
		}
	}
	return some
}

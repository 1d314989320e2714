package bank

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"tushum/internal/money"
)

// ErrRemote is returned by Load for a target that is not this machine.
var ErrRemote = errors.New("the target is not this machine: load against others only with their consent (AllowRemote)")

// The bounds of a load; every time measured is kept until the end.
const (
	MaxRate  = 50_000 // payments a second
	MaxConns = 4096
	MaxFor   = time.Hour
)

// finishWithin is how long payments that were begun may take when a load is
// broken off.
const finishWithin = 10 * time.Second

// LoadConfig is an open-loop load: payments begin at Rate a second whether or not
// the earlier ones have been answered.
type LoadConfig struct {
	Client *Client
	// Rate is payments (create and confirm) begun a second.
	Rate int
	// For bounds the time in which payments begin; those begun are finished.
	For time.Duration
	// Conns bounds the payments under way at once, and with them the connections.
	Conns int
	// Next gives an invoice to pay and its amount in tiyin; false ends the load. A
	// counter invoice may be given again and again. It is called by one goroutine.
	Next func() (number string, amount money.Amount, ok bool)
	// AllowRemote lets the load leave this machine.
	AllowRemote bool
}

// Latency is the spread of a set of times.
type Latency struct {
	P50, P95, P99, Max time.Duration
}

// MarshalJSON gives milliseconds with three digits behind the point: p50_ms and
// so on. A listener on the same machine answers in less than one.
func (l Latency) MarshalJSON() ([]byte, error) {
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return json.Marshal(struct {
		P50 float64 `json:"p50_ms"`
		P95 float64 `json:"p95_ms"`
		P99 float64 `json:"p99_ms"`
		Max float64 `json:"max_ms"`
	}{ms(l.P50), ms(l.P95), ms(l.P99), ms(l.Max)})
}

// LoadReport is what a load found. Begun = Paid + failed ones, which are counted in
// Errors; Missed payments were due while all connections were busy and never began.
type LoadReport struct {
	Begun  int `json:"begun"`
	Paid   int `json:"paid"`
	Missed int `json:"missed"`
	// Errors counts answers by "webhook 400 10011" and lost ones by "webhook lost".
	Errors map[string]int `json:"errors,omitempty"`
	// Create and Confirm are times of answered calls; Payment is from the moment a
	// payment was due to its confirm, so that waiting for a connection is not hidden.
	Create  Latency `json:"create"`
	Confirm Latency `json:"confirm"`
	Payment Latency `json:"payment"`
	// Elapsed is from the first payment due to the last answer; Rate is payments
	// confirmed a second over it.
	Elapsed time.Duration `json:"-"` // elapsed_ms, whole milliseconds
	Rate    float64       `json:"rate"`
}

// MarshalJSON gives the time in milliseconds.
func (r LoadReport) MarshalJSON() ([]byte, error) {
	type plain LoadReport
	return json.Marshal(struct {
		plain
		Elapsed int64 `json:"elapsed_ms"`
	}{plain(r), r.Elapsed.Milliseconds()})
}

// Load pays invoices at a rate and measures. It returns ErrRemote for a target that
// is not this machine, and an error for a rate, time or connections outside
// 1 to 50,000 a second, 1 hour, 1 to 4096. When
// ctx ends no payment is begun any more, those under way are finished for up to
// 10 s, and the report says what there is.
func Load(ctx context.Context, cfg LoadConfig) (LoadReport, error) {
	if err := cfg.Check(); err != nil {
		return LoadReport{}, fmt.Errorf("loading: %w", err)
	}
	l := &load{cfg: cfg, client: *cfg.Client, errors: map[string]int{}}
	if l.client.HTTP == nil {
		transport := &http.Transport{MaxConnsPerHost: cfg.Conns, MaxIdleConnsPerHost: cfg.Conns}
		defer transport.CloseIdleConnections()
		l.client.HTTP = &http.Client{Timeout: defaultTimeout, Transport: transport}
	}
	paying, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(finishWithin, giveUp) })()
	due := make(chan arrival, cfg.Conns)
	var workers sync.WaitGroup
	for range cfg.Conns {
		workers.Go(func() {
			for a := range due {
				l.pay(paying, a)
			}
		})
	}
	begun := time.Now()
	missed := l.arrive(ctx, begun, due)
	close(due)
	workers.Wait()
	return l.report(time.Since(begun), missed), nil
}

// Check is nil for a load that Load would begin.
func (cfg LoadConfig) Check() error {
	if cfg.Rate < 1 || cfg.Rate > MaxRate || cfg.For <= 0 || cfg.For > MaxFor || cfg.Conns < 1 || cfg.Conns > MaxConns {
		return fmt.Errorf("rate %d, time %v, connections %d: must be 1 to %d, up to %v, 1 to %d",
			cfg.Rate, cfg.For, cfg.Conns, MaxRate, MaxFor, MaxConns)
	}
	target, err := url.Parse(cfg.Client.BaseURL)
	if err != nil {
		return errors.New("the base URL cannot be read")
	}
	if !cfg.AllowRemote && !isLoopback(target.Hostname()) {
		return ErrRemote
	}
	return nil
}

// isLoopback takes addresses and localhost only: a name may mean anything tomorrow.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// arrival is a payment that is due.
type arrival struct {
	at     time.Time
	number string
	amount money.Amount
}

// load is a run of Load and what it has measured.
type load struct {
	cfg    LoadConfig
	client Client

	mu                       sync.Mutex
	begun, paid              int
	errors                   map[string]int
	create, confirm, payment []time.Duration
}

// arrive hands out payments on schedule and counts those nobody was free to begin.
func (l *load) arrive(ctx context.Context, begun time.Time, due chan<- arrival) (missed int) {
	for i := 0; ; i++ {
		since := time.Duration(i) * time.Second / time.Duration(l.cfg.Rate)
		if since >= l.cfg.For {
			return missed
		}
		at := begun.Add(since)
		if wait := time.Until(at); wait > 0 && pause(ctx, wait) != nil || ctx.Err() != nil {
			return missed
		}
		if len(due) == cap(due) {
			missed++
			continue
		}
		number, amount, ok := l.cfg.Next()
		if !ok {
			return missed
		}
		due <- arrival{at, number, amount}
	}
}

func (l *load) pay(ctx context.Context, a arrival) {
	l.count(func() { l.begun++ })
	transID := l.client.newTransID()
	created, err := l.client.Create(ctx, transID, a.number, a.amount)
	if !l.answered(WebhookCreate, StateCreated, created, err, &l.create) {
		return
	}
	confirmed, err := l.client.Confirm(ctx, transID, card())
	if !l.answered(WebhookConfirm, StateConfirmed, confirmed, err, &l.confirm) {
		return
	}
	took := time.Since(a.at)
	l.count(func() {
		l.paid++
		l.payment = append(l.payment, took)
	})
}

// answered keeps the time of an answer, or counts what came instead.
func (l *load) answered(webhook, want string, reply Reply, err error, times *[]time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.errors[webhook+" lost"]++
		return false
	}
	*times = append(*times, reply.Took)
	if reply.HTTPStatus != http.StatusOK || reply.State() != want {
		l.errors[webhook+" "+summary(reply)]++
		return false
	}
	return true
}

func (l *load) count(do func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	do()
}

func (l *load) report(elapsed time.Duration, missed int) LoadReport {
	r := LoadReport{Begun: l.begun, Paid: l.paid, Missed: missed, Errors: l.errors, Elapsed: elapsed,
		Create: latencyOf(l.create), Confirm: latencyOf(l.confirm), Payment: latencyOf(l.payment)}
	r.Rate = float64(r.Paid) / elapsed.Seconds()
	return r
}

// latencyOf takes percentiles by nearest rank.
func latencyOf(times []time.Duration) Latency {
	if len(times) == 0 {
		return Latency{}
	}
	slices.Sort(times)
	rank := func(percent int) time.Duration { return times[(len(times)*percent+99)/100-1] }
	return Latency{P50: rank(50), P95: rank(95), P99: rank(99), Max: times[len(times)-1]}
}

//go:build system

package bolt_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// till is one shop at work: customers pay, the bank says everything twice, and
// whatever the ledger answers is written down in out before anything else.
type till struct {
	s       *bolt.Store
	out     io.Writer // each line in one write, so that it is whole or not at all
	mu      sync.Mutex
	counter store.Number
	latest  atomic.Pointer[string] // the transaction that somebody is at
}

// openTill opens the store and finds or makes the invoice of the counter.
func openTill(path string, o bolt.Options, out io.Writer) (*till, error) {
	s, err := bolt.Open(path, o)
	if err != nil {
		return nil, err
	}
	l := &till{s: s, out: out}
	open, err := s.Invoices(context.Background(), store.InvoiceQuery{Kind: store.Counter, Limit: 1})
	switch {
	case err != nil:
	case len(open) > 0:
		l.counter = open[0].Number
	default:
		l.counter, err = l.issue(store.Draft{Kind: store.Counter, By: "test"})
	}
	return l, err
}

func (l *till) say(what fmt.Stringer, name string) { l.print(what.String() + " " + name) }

func (l *till) print(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(l.out, line)
}

func (l *till) issue(d store.Draft) (store.Number, error) {
	inv, err := l.s.Issue(context.Background(), d)
	if err == nil {
		l.print(invoiceWord + " " + inv.Number.String())
	}
	return inv.Number, err
}

const price = 25_000 * money.Som

// attempt begins a payment of the counter's invoice, or of one of its own.
func (l *till) attempt(own bool) (a store.Attempt, err error) {
	a = store.Attempt{System: store.Uzum, ServiceID: 498, Number: l.counter, Amount: price}
	id, err := uuid.NewUUID()
	if err != nil {
		return a, err
	}
	a.TransID = id.String()
	if own {
		a.Number, err = l.issue(store.Draft{Kind: store.Visit, Amount: price, By: "test"})
	}
	return a, err
}

// line is a line of the wire journal as long as a real one.
func line(webhook string) store.Witness {
	return func(d store.Decided) store.Call {
		t := d.Transaction
		return store.Call{
			At: t.CreatedAt, System: store.Uzum, Webhook: webhook, Address: "127.0.0.1", TransID: t.TransID, Number: t.Number,
			HTTPStatus: 200, Request: make([]byte, 230), Response: make([]byte, 210),
		}
	}
}

func (l *till) create(a store.Attempt) error {
	return l.answer(l.s.Create(context.Background(), a, line("create")))
}

func (l *till) confirm(id string) error {
	c := store.Confirmation{System: store.Uzum, TransID: id, Source: "UZCARD", Reference: "000000000001", CardType: 2, Phone: "998901234567"}
	return l.answer(l.s.Confirm(context.Background(), c, line("confirm")))
}

func (l *till) reverse(id string) error {
	return l.answer(l.s.Reverse(context.Background(), store.Uzum, id, line("reverse")))
}

func (l *till) status(id string) error {
	return l.answer(l.s.Status(context.Background(), store.Uzum, id))
}

// answer writes down what the ledger said. A refusal says as much as a yes:
// "already confirmed" is a promise too. What is left is an error.
func (l *till) answer(t store.Transaction, err error) error {
	if err == nil || store.CodeOf(err).Class() == store.ClassRefused {
		l.say(t.Status, t.TransID)
		return nil
	}
	return err
}

// twice asks for the same thing at the same moment from two sides.
func twice(ask func() error) error {
	second := make(chan error, 1)
	go func() { second <- ask() }()
	first := ask()
	if err := <-second; first == nil {
		return err
	}
	return first
}

// deal plays one payment by a deal, which is told of twice: the deal is there once it
// was begun, and its money once that was answered.
func (l *till) deal(i int) error {
	ctx := context.Background()
	n, err := l.issue(store.Draft{Kind: store.TopUp, Amount: price, By: "test"})
	if err != nil {
		return err
	}
	ref := "deal-of-" + n.String()
	if _, _, err := l.s.BeginDeal(ctx, store.DealOrder{Number: n, By: "test", Ref: ref}); err != nil {
		return err
	}
	l.print(dealWord + " " + ref)
	for _, state := range []store.DealState{store.DealClaimed, store.DealCompleted, store.DealCanceled}[:2+i%2] {
		news := store.DealNews{ID: "id-" + ref, State: state, Amount: price}
		err := twice(func() error {
			d, err := l.s.TellDeal(ctx, ref, news)
			if err == nil && d.Payments > 0 {
				return l.answer(l.s.Transaction(ctx, news.ID))
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// pay plays one payment; every third comes by a deal, and of the others every fourth
// is taken back.
func (l *till) pay(i int) error {
	if i%3 == 1 {
		return l.deal(i)
	}
	a, err := l.attempt(i%3 == 0)
	if err != nil {
		return err
	}
	l.latest.Store(&a.TransID)
	steps := []func() error{
		func() error { return l.create(a) },
		func() error { return l.confirm(a.TransID) },
		func() error { return l.reverse(a.TransID) },
	}
	if i%4 != 0 {
		steps = steps[:2]
	}
	for _, step := range steps {
		if err := twice(step); err != nil {
			return err
		}
	}
	return nil
}

// ask keeps asking for the transaction that somebody is at, as the bank does
// after a timeout. It ends at the first error.
func (l *till) ask() {
	for range time.Tick(100 * time.Microsecond) {
		id := l.latest.Load()
		if id == nil {
			continue
		}
		if err := l.status(*id); err != nil && store.CodeOf(err) != store.TransactionNotFound {
			return
		}
	}
}

// compact exchanges the store's file again and again.
func (l *till) compact() {
	for {
		if _, _, err := l.s.Compact(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return
		}
	}
}

// The words of a paying child that are no promises.
const (
	openingWord = "opening"
	readyWord   = "ready"
)

// payMain is the child that takes payments until it is ended, or its disk is gone.
func payMain(k task) int {
	fmt.Println(openingWord)
	l, err := openTill(k.Path, durableOptions(k), os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	l.print(readyWord)
	go l.ask()
	if k.Compacts {
		go l.compact()
	}
	var payers sync.WaitGroup
	for p := range k.Payers {
		payers.Go(func() {
			for i := p; k.Forever || i < p+4; i++ {
				if err := l.pay(i); err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
			}
		})
	}
	payers.Wait()
	return 0
}

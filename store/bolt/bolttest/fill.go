package bolttest

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// Amount is what every payment here is, in tiyin.
const Amount = 25_000 * money.Som

// Path is the store's file under a folder.
func Path(dir string) string { return filepath.Join(dir, "tushum.db") }

// Open opens the store under dir and closes it at the end of the benchmark.
func Open(b testing.TB, dir string, rules store.Rules) *bolt.Store {
	b.Helper()
	s, err := bolt.Open(Path(dir), bolt.Options{Rules: rules})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

// Counter issues an invoice that is paid any number of times.
func Counter(b testing.TB, s *bolt.Store) store.Number {
	b.Helper()
	inv, err := s.Issue(context.Background(), store.Draft{Kind: store.Counter, By: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	return inv.Number
}

// TransIDs draws transIds: UUIDs of version 1 as the bank's example has, or
// random ones.
func TransIDs(timed bool) func() string {
	if !timed {
		return uuid.NewString
	}
	return func() string {
		u, err := uuid.NewUUID()
		if err != nil {
			panic(err) // the clock of this machine can't be read
		}
		return u.String()
	}
}

// call is a line of the wire journal as long as a real one.
func call(webhook string) store.Witness {
	request, response := make([]byte, 230), make([]byte, 210)
	_, _ = rand.Read(request)
	return func(d store.Decided) store.Call {
		t := d.Transaction
		return store.Call{
			At: t.CreatedAt, System: store.Uzum, Webhook: webhook, Address: "127.0.0.1", TransID: t.TransID,
			Number: t.Number, HTTPStatus: 200, Request: request, Response: response,
		}
	}
}

// Creates is what a run of creates came to.
type Creates struct {
	TransIDs []string
	Took     []time.Duration // of each, sorted
}

// Create spreads total creates on the invoice over a number of writers.
func Create(b testing.TB, s *bolt.Store, n store.Number, total, writers int, transID func() string) Creates {
	b.Helper()
	var (
		left  atomic.Int64
		group sync.WaitGroup
		ids   = make([][]string, writers)
		took  = make([][]time.Duration, writers)
		w     = call("create")
	)
	left.Store(int64(total))
	for i := range writers {
		group.Go(func() {
			for left.Add(-1) >= 0 {
				a := store.Attempt{System: store.Uzum, ServiceID: 1, TransID: transID(), Number: n, Amount: Amount}
				begun := time.Now()
				if _, err := s.Create(context.Background(), a, w); err != nil {
					b.Error(err)
					return
				}
				took[i] = append(took[i], time.Since(begun))
				ids[i] = append(ids[i], a.TransID)
			}
		})
	}
	group.Wait()
	c := Creates{TransIDs: slices.Concat(ids...), Took: slices.Concat(took...)}
	slices.Sort(c.Took)
	return c
}

// fillers is how many fill a store at once.
const fillers = 256

// Fill makes a store under dir that holds confirmed transactions.
func Fill(b testing.TB, dir string, rules store.Rules, records int, transID func() string) {
	b.Helper()
	s, err := bolt.Open(Path(dir), bolt.Options{Rules: rules, NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	ids := Create(b, s, Counter(b, s), records, fillers, transID).TransIDs
	w := call("confirm")
	var group sync.WaitGroup
	for mine := range slices.Chunk(ids, len(ids)/fillers+1) {
		group.Go(func() {
			for _, id := range mine {
				c := store.Confirmation{System: store.Uzum, TransID: id, Source: "UZCARD", Phone: "998901234567", Reference: "0123456789"}
				if _, err := s.Confirm(context.Background(), c, w); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

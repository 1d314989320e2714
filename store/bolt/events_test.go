package bolt_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"tushum/store"
	"tushum/store/bolt"
)

func TestEventsInPages(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.visit()
	for i := range 9 {
		s.created(fmt.Sprint(i), n)
	}
	must(t, "", second(s.confirm("4"))) // 1 + 9 + (1 + 8 + 1)
	const count = 20
	all, err := s.Events(t.Context(), 0, 100)
	if must(t, all, err); len(all) != count {
		t.Fatalf("%d events", len(all))
	}
	for limit := 1; limit <= count+1; limit++ {
		var paged []store.Event
		for after := uint64(0); ; after = paged[len(paged)-1].Seq {
			page, err := s.Events(t.Context(), after, limit)
			must(t, page, err)
			paged = append(paged, page...)
			if len(page) < limit {
				break
			}
		}
		if !slices.Equal(paged, all) {
			t.Errorf("%d a page gives %d events", limit, len(paged))
		}
	}
	for i, e := range all {
		if e.Seq != uint64(i+1) || e.At != s.clock.instant() || e.Number != n || (i > 0 && e.Chain == all[i-1].Chain) {
			t.Errorf("event %d is %+v", i, e)
		}
	}
	if rest, err := s.Events(t.Context(), count, 1); err != nil || len(rest) != 0 {
		t.Errorf("after the last comes %+v (%v)", rest, err)
	}
}

// Whoever reads on after each signal until nothing is left hears of every
// event, whatever commits come in between.
func TestNoWakeUpIsLost(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	const listeners, writers, each = 3, 8, 25
	total := s.lastEvent() + writers*each
	var all sync.WaitGroup
	for range listeners {
		wake, cancel := s.Subscribe()
		after := s.lastEvent()
		all.Go(func() {
			defer cancel()
			for after < total {
				<-wake
				for {
					page, err := s.Events(t.Context(), after, 7)
					if err != nil {
						t.Error(err)
						return
					}
					if len(page) == 0 {
						break
					}
					if page[0].Seq != after+1 {
						t.Errorf("after event %d comes %d", after, page[0].Seq)
					}
					after = page[len(page)-1].Seq
				}
			}
		})
	}
	idle, cancelIdle := s.Subscribe() // and one that never reads holds nobody up
	for w := range writers {
		all.Go(func() {
			for i := range each {
				if _, err := s.create(fmt.Sprint(w, " ", i), n, fullPrice); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	<-idle
	select {
	case <-idle:
		t.Error("two signals were kept for one that did not read")
	default:
	}
	cancelIdle()
	cancelIdle() // again is harmless
	s.created("after", n)
	select {
	case <-idle:
		t.Error("one that has left is still woken")
	default:
	}
}

// A refusal leaves no event, but a line of the wire journal, which those who
// show the journal are told of when it is written.
func TestRefusalsWakeByTheirLines(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.visit()
	s.paid("a", n)
	bolt.Journal(s.Store)
	wake, cancel := s.Subscribe()
	defer cancel()
	if inv, err := s.Check(t.Context(), store.Uzum, n); err == nil {
		t.Fatalf("%v can be paid again", inv.Number)
	}
	select {
	case <-wake:
		t.Error("a subscriber was woken by what left nothing")
	default:
	}
	s.record(s.checks(3)...)
	<-wake
	must(t, "", second(s.reverse("a")))
	<-wake
}

package bolt

import (
	"context"
	"encoding/binary"
	"time"

	"tushum/store"
)

// The bounds on the calls that changed nothing: junk from the internet can
// neither fill the disk nor slow a payment.
const (
	otherCallsKept = 10_000
	otherCallsAge  = 30 * 24 * time.Hour
	callsWaiting   = 1024                   // more are dropped
	callsInGroup   = 64                     // put beside payments in one commit
	callsWait      = 250 * time.Millisecond // how long one may wait for its commit
)

// Record implements store.Bank.
func (s *Store) Record(c store.Call) {
	select {
	case s.calls <- c:
		s.callsCame()
	default: // the journal of what changed nothing is not worth a payment's time
	}
}

// callsCame wakes journalLoop, which sleeps while there is nothing to write.
func (s *Store) callsCame() {
	select {
	case s.came <- struct{}{}:
	default: // it is awake
	}
}

// journalLoop writes the calls that changed nothing, many in a commit.
func (s *Store) journalLoop() {
	defer s.working.Done()
	for {
		select {
		case <-s.came:
		case <-s.stop:
			return // Close writes what is left
		}
		more := time.NewTimer(callsWait)
		select {
		case <-more.C:
		case <-s.stop:
			more.Stop()
			return
		}
		s.journal(s.write)
		if len(s.calls) > 0 { // the disk is short of room, or a commit failed
			s.callsCame()
		}
	}
}

// journal writes all that waits. While the disk is short of room it leaves that
// to the payments.
func (s *Store) journal(write func(func(*writeTx) error) error) {
	s.noting.Lock()
	defer s.noting.Unlock()
	for len(s.calls) > 0 && !s.short() {
		var batch []store.Call
		for len(s.calls) > 0 && len(batch) < callsInGroup {
			batch = append(batch, <-s.calls)
		}
		err := write(func(w *writeTx) error { return w.putOtherCalls(batch, s.now()) })
		if err != nil {
			s.log.Warn("the wire journal lost calls that changed nothing", "calls", len(batch), "err", err)
			return
		}
		s.hub.wake()
	}
}

func (w *writeTx) putOtherCalls(batch []store.Call, now store.Instant) error {
	b := w.bucket(bucketOtherCalls)
	for _, c := range batch {
		if err := w.putCall(bucketOtherCalls, c); err != nil {
			return err
		}
	}
	// The bucket's own sequence is the number of calls in it: counting would be a scan.
	kept := b.Sequence() + uint64(len(batch))
	dropped, err := w.dropOldCalls(kept, now)
	if err != nil {
		return err
	}
	return b.SetSequence(kept - dropped)
}

// dropOldCalls removes the oldest calls beyond the bounds, a few at a time.
func (w *writeTx) dropOldCalls(kept uint64, now store.Instant) (dropped uint64, err error) {
	b := w.bucket(bucketOtherCalls)
	oldest := now.Add(-otherCallsAge)
	for dropped < 2*callsInGroup {
		k, v := b.Cursor().First()
		if k == nil {
			return dropped, nil
		}
		var c store.Call
		readable := unseal(bucketOtherCalls, k, v, &c) == nil // a damaged one is dropped in its turn
		if kept-dropped <= otherCallsKept && (!readable || c.At >= oldest) {
			return dropped, nil
		}
		if c.TxSeq != 0 {
			if err := w.del(bucketTxCalls, txCallKey(c.TxSeq, binary.BigEndian.Uint64(k))); err != nil {
				return dropped, err
			}
		}
		if err := w.del(bucketOtherCalls, append([]byte(nil), k...)); err != nil {
			return dropped, err
		}
		dropped++
	}
	return dropped, nil
}

// forgetOldCalls applies the bound on age when no new call does.
func (s *Store) forgetOldCalls(ctx context.Context) error {
	old := false
	err := s.view(ctx, func(tx *readTx) error {
		var c store.Call
		k, v := tx.bucket(bucketOtherCalls).Cursor().First()
		old = k != nil && unseal(bucketOtherCalls, k, v, &c) == nil && c.At < s.now().Add(-otherCallsAge)
		return nil
	})
	if err != nil || !old {
		return err
	}
	return s.write(func(w *writeTx) error { return w.putOtherCalls(nil, s.now()) })
}

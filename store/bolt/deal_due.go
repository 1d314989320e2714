package bolt

import (
	"bytes"
	"context"
	"encoding/binary"

	"tushum/store"
)

// DueDeals implements store.Deals. A deal whose record can't be read keeps no other
// from being asked about: verify tells of it. Neither does a clock that was set back:
// what it put off for longer than any rest is due.
func (s *Store) DueDeals(ctx context.Context, system store.System, limit int) (due []store.Deal, next store.Instant, err error) {
	now := s.now()
	err = s.view(ctx, func(tx *readTx) error {
		var more bool
		if due, next, more = tx.dealsDue(system, 0, now, limit); more {
			return nil
		}
		sane := now.Add(store.LongestRest)
		if next > sane {
			next = 0
		}
		stray, _, more := tx.dealsDue(system, sane+1, endOfTime, limit-len(due))
		if due = append(due, stray...); more {
			next = now
		}
		return nil
	})
	return due, next, err
}

// endOfTime is after everything that is due.
const endOfTime store.Instant = 1<<63 - 1

// dealsDue are up to limit deals that are due from one moment to another, and when the
// one after them is; more tells that this is one of them.
func (r *readTx) dealsDue(system store.System, from, to store.Instant, limit int) (due []store.Deal, next store.Instant, more bool) {
	prefix := dealDuePrefix(system)
	c := r.bucket(bucketDealDue).Cursor()
	for k, _ := c.Seek(dealDueKey(system, from, 0)); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		if k = k[len(prefix):]; len(k) != 16 {
			continue
		}
		at := store.Instant(binary.BigEndian.Uint64(k))
		if at > to || len(due) == limit {
			return due, at, at <= to
		}
		if d, err := r.dealAt(binary.BigEndian.Uint64(k[8:])); err == nil {
			due = append(due, d)
		}
	}
	return due, 0, false
}

// LookAgain implements store.Deals. Of a deal that there is nothing more to learn
// about by now, it is not asked again whatever was wanted. One that is not there any
// more, or can't be read, keeps none of the others from being written down.
func (s *Store) LookAgain(_ context.Context, when []store.DealDue) error {
	return s.write(func(tx *writeTx) error {
		for _, due := range when {
			d, err := tx.deal(due.Ref)
			if err != nil {
				continue // verify tells of what is damaged
			}
			at := due.At
			if _, ok := tx.rules.NextLook(d, s.now()); !ok {
				at = 0
			}
			if err := tx.lookAgain(d.System, d.Seq, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// lookAgain moves a deal in the index of those that are due; zero takes it out.
func (w *writeTx) lookAgain(system store.System, seq uint64, at store.Instant) error {
	key := u64(seq)
	if was := w.bucket(bucketDealNext).Get(key); len(was) == 8 {
		old := store.Instant(binary.BigEndian.Uint64(was))
		if old == at {
			return nil
		}
		if err := w.del(bucketDealDue, dealDueKey(system, old, seq)); err != nil {
			return err
		}
	}
	if at == 0 {
		return w.del(bucketDealNext, key)
	}
	if err := w.put(bucketDealNext, key, u64(uint64(at))); err != nil {
		return err
	}
	return w.put(bucketDealDue, dealDueKey(system, at, seq), nil)
}

package bolt

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"tushum/store"
)

const (
	queueLength  = 4096                   // requests that may wait; more are refused with Busy
	groupLength  = 1024                   // requests in one commit
	gatherAtMost = 100 * time.Microsecond // see gather
)

// request is one decision that waits for the writer.
type request struct {
	run   func(*writeTx) error // reads, decides, and only then puts
	err   error
	leans bool // it was decided on what the group had put before it
	done  chan struct{}
}

// write hands a decision to the writer and waits until it is on disk, or
// refused. The decision runs once, whatever happens. It must not put anything
// before it is sure to succeed: that is how a refusal is undone.
func (s *Store) write(run func(*writeTx) error) error {
	r := &request{run: run, done: make(chan struct{})}
	s.sending.RLock()
	if s.closing {
		s.sending.RUnlock()
		return &store.Error{Code: store.Closed}
	}
	select {
	case s.queue <- r:
		s.sending.RUnlock()
	default:
		s.sending.RUnlock()
		return &store.Error{Code: store.Busy}
	}
	<-r.done
	return r.err
}

// writeLoop is the writer. It ends when the queue is closed and empty.
func (s *Store) writeLoop() {
	debug.SetPanicOnFault(true) // a fault in the mapped file is a decision's error, not the program's end
	defer close(s.written)
	var group []*request
	last := 0
	for first := range s.queue {
		group = s.gather(append(group[:0], first), last)
		last = len(group)
		s.commitGroup(group)
		for _, r := range group {
			close(r.done)
		}
		clear(group)
	}
}

// gather takes whatever waits. After a group of more than one it yields up to
// 100 µs, so that those just answered can be part of this group too: without
// it, half of them would wait for the disk twice. A lone request never waits.
func (s *Store) gather(group []*request, last int) []*request {
	if last > 1 {
		for end := time.Now().Add(gatherAtMost); len(s.queue)+1 < last && time.Now().Before(end); {
			runtime.Gosched()
		}
	}
	for len(group) < groupLength {
		select {
		case r, ok := <-s.queue:
			if !ok {
				return group
			}
			group = append(group, r)
		default:
			return group
		}
	}
	return group
}

// commitGroup runs every request of the group inside one bbolt transaction and
// commits once. Requests that were refused keep their own error, see failAll.
func (s *Store) commitGroup(group []*request) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.swap.RLock()
	defer s.swap.RUnlock()
	if err := s.Err(); err != nil {
		failAll(group, &store.Error{Code: store.Failed, Err: err})
		return
	}
	if !s.inPlace() {
		failAll(group, s.moved())
		return
	}
	tx, err := s.begin()
	if err != nil {
		failAll(group, &store.Error{Code: store.Internal, Detail: "beginning a commit", Err: err})
		return
	}
	for _, r := range group {
		puts := tx.puts
		r.leans = puts > 0
		r.err = guard(tx, r.run)
		if r.err != nil && tx.puts != puts {
			// A put failed half way, so nothing of this transaction can be kept.
			s.log.Error("a write failed half way; the group is undone", "err", r.err)
			tx.rollback()
			failAll(group, &store.Error{Code: store.Internal, Detail: "a write beside this one failed", Err: r.err})
			return
		}
	}
	if err := s.commit(tx); err != nil {
		failAll(group, err)
	}
}

// commitAlone does the writer's work for one decision after the writer has ended.
func (s *Store) commitAlone(run func(*writeTx) error) error {
	r := &request{run: run}
	s.commitGroup([]*request{r})
	return r.err
}

// guard runs a decision; a panic is that decision's error alone.
func guard(tx *writeTx, run func(*writeTx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			tx.s.log.Error("a decision panicked", "panic", p, "stack", string(debug.Stack()))
			err = &store.Error{Code: store.Internal, Detail: fmt.Sprint("panic: ", p)}
		}
	}()
	return run(tx)
}

// failAll gives the group's error to all whose own decision was to be kept, and
// to those refused for what only the group would have made true: nobody is told
// "already confirmed" of a confirm that was not kept.
func failAll(group []*request, err error) {
	for _, r := range group {
		if r.err == nil || r.leans {
			r.err = err
		}
	}
}

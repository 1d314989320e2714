package bolt

import "tushum/store"

// What lists look at of a record before it is decoded.

func SketchTransaction(payload []byte) (store.Transaction, bool) { return sketchTransaction(payload) }

func SketchInvoice(payload []byte) (store.Invoice, bool) { return sketchInvoice(payload, nil) }

func SketchCall(payload []byte) (store.Call, bool) { return sketchCall(payload) }

// Payload is a record without what seals it.
func Payload(rec []byte) []byte { return rec[1 : len(rec)-recordExtra+1] }

// StepLength is how many records one view looks at.
const StepLength = stepLength

// HoldDisk makes the newest commit one that is on its way to the disk. lose ends
// that: it never came there.
func HoldDisk(s *Store) (lose func(error)) {
	s.syncing.Lock()
	s.durable.Add(-1)
	return func(err error) {
		s.fail(err)
		s.syncing.Unlock()
	}
}

// Reading tells whether a view is under way.
func Reading(s *Store) bool {
	if s.swap.TryLock() {
		s.swap.Unlock()
		return false
	}
	return true
}

// AwaitReaders returns when no view is under way, as who exchanges the file does.
func AwaitReaders(s *Store) {
	s.swap.Lock()
	defer s.swap.Unlock()
}

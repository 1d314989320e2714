package bolt

import (
	"crypto/sha256"
	"encoding/binary"

	"tushum/store"
)

// applyDeal writes a deal, its indexes, its event, and when it is due next.
func (w *writeTx) applyDeal(ch *store.Change, c *store.DealChange) error {
	d := &c.After
	if c.Before == nil {
		w.seq.deal++
		d.Seq = w.seq.deal
		if err := w.put(bucketDealRefs, []byte(d.Ref), u64(d.Seq)); err != nil {
			return err
		}
		if err := w.put(bucketDealInvoice, dealInvoiceKey(*d), nil); err != nil {
			return err
		}
	}
	key := u64(d.Seq)
	rec, err := seal(bucketDeals, key, d)
	if err != nil {
		return err
	}
	if err := w.put(bucketDeals, key, rec); err != nil {
		return err
	}
	if d.ID != "" && (c.Before == nil || c.Before.ID == "") {
		if err := w.put(bucketDealIDs, dealIDKey(d.System, d.ID), key); err != nil {
			return err
		}
	}
	if err := w.indexTrouble(c); err != nil {
		return err
	}
	next, _ := w.rules.NextLook(*d, ch.At)
	if err := w.lookAgain(d.System, d.Seq, next); err != nil {
		return err
	}
	return w.announce(store.Event{At: ch.At, Type: c.Event, Number: d.Number, Deal: d.Ref, By: ch.By, Record: sha256.Sum256(rec)})
}

func (r *readTx) dealAt(seq uint64) (d store.Deal, err error) {
	key := u64(seq)
	rec := r.bucket(bucketDeals).Get(key)
	if rec == nil {
		return d, damaged(bucketDeals, key, "an index leads to a deal that is not there")
	}
	err = unseal(bucketDeals, key, rec, &d)
	return d, err
}

func (r *readTx) deal(ref string) (store.Deal, error) {
	d, err := r.dealIn(bucketDealRefs, []byte(ref))
	if err == nil && d.Ref != ref {
		return store.Deal{}, damaged(bucketDealRefs, []byte(ref), "it names another deal")
	}
	return d, err
}

func (r *readTx) dealByID(system store.System, id string) (store.Deal, error) {
	key := dealIDKey(system, id)
	d, err := r.dealIn(bucketDealIDs, key)
	if err == nil && (d.System != system || d.ID != id) {
		return store.Deal{}, damaged(bucketDealIDs, key, "it names another deal")
	}
	return d, err
}

// dealIn finds the deal that a key of an index leads to.
func (r *readTx) dealIn(index, key []byte) (store.Deal, error) {
	seq := r.bucket(index).Get(key)
	switch {
	case seq == nil:
		return store.Deal{}, &store.Error{Code: store.DealNotFound}
	case len(seq) != 8:
		return store.Deal{}, damaged(index, key, "no sequence number")
	}
	return r.dealAt(binary.BigEndian.Uint64(seq))
}

// dealsOf are the deals of an invoice, newest first.
func (r *readTx) dealsOf(n store.Number) (deals []store.Deal, err error) {
	for w := walkBack(r.bucket(bucketDealInvoice), u32(uint32(n)), nil); w.key != nil; w.next() {
		if len(w.suffix()) != 8 {
			return nil, damaged(bucketDealInvoice, w.key, "the key has another length")
		}
		d, err := r.dealAt(binary.BigEndian.Uint64(w.suffix()))
		if err != nil {
			return nil, err
		}
		deals = append(deals, d)
	}
	return deals, nil
}

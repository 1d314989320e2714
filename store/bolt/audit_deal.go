package bolt

import (
	"crypto/sha256"
	"encoding/binary"

	"tushum/store"
)

// auditDeals holds each deal against its invoice, its money and its indexes. When
// it is due is no part of the ledger, but that it is due only once is.
func (a *audit) auditDeals() {
	var want uint64
	a.each(bucketDeals, func(k, v []byte) {
		want++
		where := place(bucketDeals, k)
		var d store.Deal
		if err := unseal(bucketDeals, k, v, &d); err != nil {
			a.r.add(where, "%v", err)
			return
		}
		if len(k) != 8 || binary.BigEndian.Uint64(k) != d.Seq || d.Seq != want {
			a.r.add(where, "sequence number %d where %d belongs", d.Seq, want)
		}
		if err := d.Audit(); err != nil {
			a.r.add(where, "%v", err)
			return // what it says of its money can't be followed
		}
		a.auditDealIndexes(d, k, where)
		a.auditDealMoney(d, where)
	})
}

func (a *audit) auditDealIndexes(d store.Deal, key []byte, where string) {
	a.expect(bucketDealRefs, []byte(d.Ref), key, where)
	a.expect(bucketDealInvoice, dealInvoiceKey(d), nil, where)
	if d.ID != "" {
		a.expect(bucketDealIDs, dealIDKey(d.System, d.ID), key, where)
	}
	if d.Trouble != "" && a.bucket(bucketDealTrouble) != nil {
		a.expect(bucketDealTrouble, key, nil, where)
	}
	b := a.bucket(bucketDealNext)
	if b == nil {
		return
	}
	if next := b.Get(key); len(next) == 8 {
		a.expect(bucketDealNext, key, next, where)
		a.expect(bucketDealDue, dealDueKey(d.System, store.Instant(binary.BigEndian.Uint64(next)), d.Seq), nil, where)
	}
}

// auditDealMoney looks for the transactions that came of a deal: the one that stands
// for its money is CONFIRMED, and all others were taken back.
func (a *audit) auditDealMoney(d store.Deal, where string) {
	if _, err := a.invoice(d.Number); err != nil {
		a.r.add(where, "its invoice: %v", err)
	}
	for _, id := range d.TransIDs() {
		t, err := a.transaction(d.System, id)
		switch {
		case err != nil:
			a.r.add(where, "its money: %v", err)
		case t.Number != d.Number, id == d.TransID && !d.StandsFor(t), id != d.TransID && t.Status != store.Reversed:
			a.r.add(where, "its money, transaction %s, does not agree with it", id)
		}
	}
}

// auditLatestDeals holds the newest event of each deal against the deal.
func (a *audit) auditLatestDeals(l lastWords) {
	a.each(bucketDeals, func(k, v []byte) {
		var d store.Deal
		if unseal(bucketDeals, k, v, &d) != nil {
			return // told already
		}
		if last := l.deals[d.Ref]; last.record != sha256.Sum256(v) || !d.MayEndWith(last.kind) {
			a.r.add(place(bucketDeals, k), "the journal's last word on it is another (%s)", last.kind)
		}
	})
}

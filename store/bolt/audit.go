package bolt

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// audit holds everything in the ledger against everything else.
type audit struct {
	readTx
	r      *Report
	totals map[store.TotalKey]store.Total
	seen   map[string]int64 // keys that an index must have
}

func newAudit(tx *bolt.Tx, r *Report) *audit {
	return &audit{readTx: readTx{tx: tx}, r: r, totals: map[store.TotalKey]store.Total{}, seen: map[string]int64{}}
}

func (a *audit) run() {
	a.auditTransactions()
	a.auditInvoices()
	a.auditDeals()
	a.auditTotals()
	a.auditEvents()
	a.auditCalls()
	a.auditIndexes()
}

// each walks a bucket.
func (a *audit) each(bucket []byte, visit func(k, v []byte)) {
	b := a.bucket(bucket)
	if b == nil {
		return // a store of an earlier version has not got the later buckets
	}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		visit(k, v)
	}
}

// expect notes that an index must have a key, and that it has it now.
func (a *audit) expect(bucket, key, value []byte, where string) {
	a.seen[string(bucket)]++
	var v []byte
	if b := a.bucket(bucket); b != nil {
		v = b.Get(key)
	}
	if v == nil || string(v) != string(value) {
		a.r.add(where, "index %s lacks it or says otherwise", bucket)
	}
}

func (a *audit) auditTransactions() {
	var want uint64
	a.each(bucketTransactions, func(k, v []byte) {
		a.r.Transactions++
		want++
		where := place(bucketTransactions, k)
		var t store.Transaction
		if err := unseal(bucketTransactions, k, v, &t); err != nil {
			a.r.add(where, "%v", err)
			return
		}
		if len(k) != 8 || binary.BigEndian.Uint64(k) != t.Seq || t.Seq != want {
			a.r.add(where, "sequence number %d where %d belongs", t.Seq, want)
		}
		if err := t.Audit(); err != nil {
			a.r.add(where, "%v", err)
		}
		a.expect(bucketTransIDs, transIDKey(t.System, t.TransID), u64(t.Seq), where)
		a.expect(bucketTxInvoice, txInvoiceKey(t), nil, where)
		a.expect(bucketTxDay, txDayKey(t), nil, where)
		if t.Refund.AskedAt != 0 {
			a.expect(bucketTxRefund, txRefundKey(t), nil, where)
		}
		if t.Unsettled() {
			a.expect(bucketTxUnsettled, k, nil, where)
		}
		for _, move := range t.TotalMoves() {
			a.totals[move.TotalKey] = a.totals[move.TotalKey].Add(move)
		}
	})
}

func (a *audit) auditInvoices() {
	a.each(bucketInvoices, func(k, v []byte) {
		a.r.Invoices++
		where := place(bucketInvoices, k)
		var inv store.Invoice
		if err := unseal(bucketInvoices, k, v, &inv); err != nil {
			a.r.add(where, "%v", err)
			return
		}
		if string(k) != string(invoiceKey(inv.Number)) {
			a.r.add(where, "it is invoice %s", inv.Number)
		}
		a.expect(bucketTokens, inv.Token[:], k, where)
		a.expect(bucketInvoiceStatus, invoiceStatusKey(inv.Status, inv.Number), nil, where)
		if waitsToExpire(inv) {
			a.expect(bucketInvoiceExpiry, invoiceExpiryKey(inv.ExpiresAt, inv.Number), nil, where)
		}
		if inv.Reusable() && a.bucket(bucketCounters) != nil {
			a.expect(bucketCounters, k, nil, where)
		}
		a.auditPayments(inv, where)
	})
}

// auditPayments holds an invoice against its transactions.
func (a *audit) auditPayments(inv store.Invoice, where string) {
	var ts []store.Transaction
	prefix := invoiceKey(inv.Number)
	for w := walkBack(a.bucket(bucketTxInvoice), prefix, nil); w.key != nil; w.next() {
		if len(w.suffix()) != 9 {
			a.r.add(where, "index %s has a key of another length", bucketTxInvoice)
			continue
		}
		t, err := a.transactionAt(binary.BigEndian.Uint64(w.suffix()[1:]))
		if err != nil {
			a.r.add(where, "%v", err)
			continue
		}
		if inv.Reusable() && t.Number == inv.Number {
			continue // paid any number of times
		}
		ts = append(ts, t)
	}
	if err := inv.Audit(ts); err != nil {
		a.r.add(where, "%v", err)
	}
}

func (a *audit) auditTotals() {
	a.each(bucketTotals, func(k, v []byte) {
		key := parseTotalKey(k)
		t := store.Total{TotalKey: key}
		if err := unseal(bucketTotals, k, v, &t); err != nil {
			a.r.add(place(bucketTotals, k), "%v", err)
		} else if sum := a.totals[key]; sum.Add(store.Total{}) != withKey(t, sum.TotalKey) {
			a.r.add(place(bucketTotals, k), "the total of %s %s on %s does not add up", key.System, key.Source, key.Day)
		}
		delete(a.totals, key)
	})
	for key := range a.totals {
		a.r.add("total", "the total of %s %s on %s is missing", key.System, key.Source, key.Day)
	}
}

func withKey(t store.Total, k store.TotalKey) store.Total {
	t.TotalKey = k
	return t
}

// auditEvents follows the chain from the first event, and then holds the newest
// event of each record against the record.
func (a *audit) auditEvents() {
	var (
		chain  [sha256.Size]byte
		want   uint64
		latest = newLastWords()
	)
	a.each(bucketEvents, func(k, v []byte) {
		a.r.Events++
		want++
		e, payload, err := unsealEvent(k, v)
		where := place(bucketEvents, k)
		switch {
		case err != nil:
			a.r.add(where, "%v", err)
			return
		case e.Seq != want || binary.BigEndian.Uint64(k) != want:
			a.r.add(where, "event %d where %d belongs", e.Seq, want)
		case link(chain, payload) != e.Chain:
			a.r.add(where, "the chain is broken here")
		}
		chain = e.Chain
		latest.take(e)
	})
	a.auditLatest(latest)
	a.auditLatestDeals(latest)
}

// lastWords remembers the last event of each record.
type lastWords struct {
	invoices     map[store.Number]lastEvent
	transactions map[[sha256.Size]byte]lastEvent // by the hash of number and transId
	deals        map[string]lastEvent
}

type lastEvent struct {
	kind   store.EventType
	record [sha256.Size]byte
}

func newLastWords() lastWords {
	return lastWords{map[store.Number]lastEvent{}, map[[sha256.Size]byte]lastEvent{}, map[string]lastEvent{}}
}

func (l lastWords) take(e store.Event) {
	last := lastEvent{e.Type, e.Record}
	switch {
	case e.Deal != "":
		l.deals[e.Deal] = last
	case e.TransID != "":
		l.transactions[transactionName(e.Number, e.TransID)] = last
	default:
		l.invoices[e.Number] = last
	}
}

func transactionName(n store.Number, transID string) [sha256.Size]byte {
	return sha256.Sum256(append(invoiceKey(n), transID...))
}

func (a *audit) auditLatest(l lastWords) {
	a.each(bucketTransactions, func(k, v []byte) {
		var t store.Transaction
		if unseal(bucketTransactions, k, v, &t) != nil {
			return // told already
		}
		last := l.transactions[transactionName(t.Number, t.TransID)]
		if last.record != sha256.Sum256(v) || !t.MayEndWith(last.kind) {
			a.r.add(place(bucketTransactions, k), "the journal's last word on it is another (%s)", last.kind)
		}
	})
	a.each(bucketInvoices, func(k, v []byte) {
		var inv store.Invoice
		if unseal(bucketInvoices, k, v, &inv) != nil {
			return
		}
		last := l.invoices[inv.Number]
		if last.record != sha256.Sum256(v) || !inv.MayEndWith(last.kind) {
			a.r.add(place(bucketInvoices, k), "the journal's last word on it is another (%s)", last.kind)
		}
	})
}

func (a *audit) auditCalls() {
	for _, bucket := range [][]byte{bucketCalls, bucketOtherCalls} {
		a.each(bucket, func(k, v []byte) {
			a.r.Calls++
			var c store.Call
			if err := unseal(bucket, k, v, &c); err != nil {
				a.r.add(place(bucket, k), "%v", err)
				return
			}
			if c.TxSeq != 0 {
				a.expect(bucketTxCalls, txCallKey(c.TxSeq, c.Seq), nil, place(bucket, k))
			}
		})
	}
	others := int64(0)
	a.each(bucketOtherCalls, func(_, _ []byte) { others++ })
	if n := int64(a.bucket(bucketOtherCalls).Sequence()); n != others {
		a.r.add(string(bucketOtherCalls), "it holds %d calls and counts %d", others, n)
	}
}

// auditIndexes looks for keys that no record asked for.
func (a *audit) auditIndexes() {
	for _, bucket := range [][]byte{
		bucketTokens, bucketInvoiceStatus, bucketInvoiceExpiry, bucketCounters,
		bucketTransIDs, bucketTxInvoice, bucketTxDay, bucketTxRefund, bucketTxUnsettled, bucketTxCalls,
		bucketDealRefs, bucketDealIDs, bucketDealInvoice, bucketDealDue, bucketDealNext, bucketDealTrouble,
	} {
		var n int64
		a.each(bucket, func(_, _ []byte) { n++ })
		if n != a.seen[string(bucket)] {
			a.r.add(string(bucket), "the index has %d keys, the records ask for %d", n, a.seen[string(bucket)])
		}
	}
}

// place names a record in messages.
func place(bucket, key []byte) string {
	if len(key) == 8 {
		return fmt.Sprintf("%s %d", bucket, binary.BigEndian.Uint64(key))
	}
	if len(key) == 4 {
		return fmt.Sprintf("%s %d", bucket, binary.BigEndian.Uint32(key))
	}
	return fmt.Sprintf("%s %s", bucket, hex.EncodeToString(key))
}

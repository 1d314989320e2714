package bolt

import (
	"crypto/sha256"
	"slices"

	"tushum/store"
)

// put writes one key. Everything that a commit writes goes through here or
// del, so that the writer knows whether a failed request has left something.
func (w *writeTx) put(bucket, key, value []byte) error {
	w.puts++
	if err := w.bucket(bucket).Put(key, value); err != nil {
		return &store.Error{Code: store.Internal, Detail: "writing " + place(bucket, key), Err: err}
	}
	return nil
}

func (w *writeTx) del(bucket, key []byte) error {
	w.puts++
	if err := w.bucket(bucket).Delete(key); err != nil {
		return &store.Error{Code: store.Internal, Detail: "removing " + place(bucket, key), Err: err}
	}
	return nil
}

// apply writes a change: records, indexes, totals and events. New transactions
// get their Seq in ch.
func (w *writeTx) apply(ch *store.Change) error {
	if err := w.moveTotals(ch); err != nil { // first, for it reads: a damaged total refuses before anything is put
		return err
	}
	for i := range ch.Transactions {
		if err := w.applyTransaction(ch, &ch.Transactions[i]); err != nil {
			return err
		}
	}
	for i := range ch.Invoices {
		if err := w.applyInvoice(ch, &ch.Invoices[i]); err != nil {
			return err
		}
	}
	for i := range ch.Deals {
		if err := w.applyDeal(ch, &ch.Deals[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *writeTx) applyTransaction(ch *store.Change, c *store.TransactionChange) error {
	t := &c.After
	if c.Before == nil {
		w.seq.tx++
		t.Seq = w.seq.tx
		if err := w.put(bucketTransIDs, transIDKey(t.System, t.TransID), u64(t.Seq)); err != nil {
			return err
		}
	}
	key := u64(t.Seq)
	rec, err := seal(bucketTransactions, key, t)
	if err != nil {
		return err
	}
	if err := w.put(bucketTransactions, key, rec); err != nil {
		return err
	}
	if err := w.indexTransaction(c); err != nil {
		return err
	}
	return w.announce(store.Event{At: ch.At, Type: c.Event, Number: t.Number, TransID: t.TransID, By: ch.By, Record: sha256.Sum256(rec)})
}

func (w *writeTx) indexTransaction(c *store.TransactionChange) error {
	if err := w.indexRefund(c); err != nil {
		return err
	}
	if err := w.indexUnsettled(c); err != nil {
		return err
	}
	if b := c.Before; b != nil {
		if b.Status == c.After.Status {
			return nil
		}
		if err := w.del(bucketTxInvoice, txInvoiceKey(*b)); err != nil {
			return err
		}
		if err := w.del(bucketTxDay, txDayKey(*b)); err != nil {
			return err
		}
	}
	if err := w.put(bucketTxInvoice, txInvoiceKey(c.After), nil); err != nil {
		return err
	}
	return w.put(bucketTxDay, txDayKey(c.After), nil)
}

// moveTotals reads every total that the change moves before it puts one: a dispute
// can move two at once.
func (w *writeTx) moveTotals(ch *store.Change) error {
	var sums []store.Total
	for _, c := range ch.Transactions {
		move, moved := c.TotalMove()
		if !moved {
			continue
		}
		i := slices.IndexFunc(sums, func(t store.Total) bool { return t.TotalKey == move.TotalKey })
		if i < 0 {
			sum, err := w.total(move.TotalKey)
			if err != nil {
				return err
			}
			i, sums = len(sums), append(sums, sum)
		}
		sums[i] = sums[i].Add(move)
	}
	for _, sum := range sums {
		key := totalKey(sum.TotalKey)
		rec, err := seal(bucketTotals, key, sum)
		if err != nil {
			return err
		}
		if err := w.put(bucketTotals, key, rec); err != nil {
			return err
		}
	}
	return nil
}

func (r *readTx) total(k store.TotalKey) (store.Total, error) {
	sum, key := store.Total{TotalKey: k}, totalKey(k)
	rec := r.bucket(bucketTotals).Get(key)
	if rec == nil {
		return sum, nil
	}
	err := unseal(bucketTotals, key, rec, &sum)
	return sum, err
}

func (w *writeTx) applyInvoice(ch *store.Change, c *store.InvoiceChange) error {
	inv := &c.After
	key := invoiceKey(inv.Number)
	rec, err := seal(bucketInvoices, key, inv)
	if err != nil {
		return err
	}
	if err := w.put(bucketInvoices, key, rec); err != nil {
		return err
	}
	if c.Before == nil {
		w.seq.base = inv.Number.Base()
		if err := w.put(bucketTokens, inv.Token[:], key); err != nil {
			return err
		}
		if inv.Reusable() {
			if err := w.put(bucketCounters, key, nil); err != nil {
				return err
			}
		}
	}
	if err := w.indexInvoice(c); err != nil {
		return err
	}
	return w.announce(store.Event{At: ch.At, Type: c.Event, Number: inv.Number, By: ch.By, Record: sha256.Sum256(rec)})
}

func (w *writeTx) indexInvoice(c *store.InvoiceChange) error {
	if b := c.Before; b != nil {
		if b.Status != c.After.Status {
			if err := w.del(bucketInvoiceStatus, invoiceStatusKey(b.Status, b.Number)); err != nil {
				return err
			}
		}
		if waitsToExpire(*b) {
			if err := w.del(bucketInvoiceExpiry, invoiceExpiryKey(b.ExpiresAt, b.Number)); err != nil {
				return err
			}
		}
	}
	inv := c.After
	if err := w.put(bucketInvoiceStatus, invoiceStatusKey(inv.Status, inv.Number), nil); err != nil {
		return err
	}
	if waitsToExpire(inv) {
		return w.put(bucketInvoiceExpiry, invoiceExpiryKey(inv.ExpiresAt, inv.Number), nil)
	}
	return nil
}

// waitsToExpire tells which invoices stand in the index of expiries.
func waitsToExpire(inv store.Invoice) bool {
	return inv.Status == store.Open && inv.ExpiresAt != 0
}

// announce appends an event to the journal and links it to the one before.
func (w *writeTx) announce(e store.Event) error {
	w.seq.event++
	w.events++
	e.Seq = w.seq.event
	key := u64(e.Seq)
	rec, err := sealEvent(key, w.seq.chain, &e)
	if err != nil {
		return err
	}
	w.seq.chain = e.Chain
	return w.put(bucketEvents, key, rec)
}

// putCall keeps a call that changed the ledger, in the ledger's own commit.
func (w *writeTx) putCall(bucket []byte, c store.Call) error {
	w.seq.call++
	c.Seq = w.seq.call
	key := u64(c.Seq)
	rec, err := seal(bucket, key, c)
	if err != nil {
		return err
	}
	if err := w.put(bucket, key, rec); err != nil {
		return err
	}
	if c.TxSeq == 0 {
		return nil
	}
	return w.put(bucketTxCalls, txCallKey(c.TxSeq, c.Seq), nil)
}

// nextNumber is the number for a new invoice. It becomes taken when the invoice is put.
func (w *writeTx) nextNumber() (store.Number, error) {
	return store.NumberOf(nextBase(w.seq.base, w.bucket(bucketMeta).Get(metaBase)))
}

package bolt_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
	"tushum/store/bolt"
)

// everySort is a store with something in every bucket, and the records as they
// stood before the last changes: transaction 1 was CREATED, invoice 1 open.
func everySort(t *testing.T) (s *ledger, before map[string]string) {
	t.Helper()
	s = openLedger(t)
	n, other := s.visit(), s.visit()
	s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, ExpiresAt: s.clock.instant().Add(time.Hour)})
	s.counter()
	s.created("a", n)
	s.created("open", other)
	s.record(store.Call{At: s.clock.instant(), Webhook: "status", TxSeq: 1})
	s.begun("deal", s.topUp())
	s.hears("deal", store.DealClaimed, 0)
	before = s.dump()
	s.hears("deal", store.DealCompleted, fullPrice-1)
	s.hears("deal", 0, 0) // and then a word that nobody knows
	must(t, "", second(s.confirm("a")))
	must(t, "", second(s.cancel(s.visit(), false)))
	must(t, "", second(s.requestRefund("a")))
	s.close()
	s.damaged = true
	if p := s.problems(); len(p) > 0 {
		t.Fatal(p)
	}
	return s, before
}

// first is the first key of a bucket and its value.
func first(tx *bbolt.Tx, bucket string) (k, v []byte) {
	k, v = tx.Bucket([]byte(bucket)).Cursor().First()
	return bytes.Clone(k), bytes.Clone(v)
}

// TestVerifyFindsWhatWasEdited edits the file behind the store's back, as one
// does who wants a payment to be there, or not to be there.
func TestVerifyFindsWhatWasEdited(t *testing.T) {
	t.Parallel()
	u64 := func(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }
	edits := map[string]func(tx *bbolt.Tx, before map[string]string) error{
		"a transaction rolled back": func(tx *bbolt.Tx, before map[string]string) error {
			return tx.Bucket([]byte("tx")).Put(u64(1), []byte(before["tx 1"]))
		},
		"a transaction rolled back with its indexes, its invoice and the total": func(tx *bbolt.Tx, before map[string]string) error {
			return rollBack(tx, before, "tx", "tx.invoice", "tx.day", "tx.refund", "invoice", "invoice.status", "total")
		},
		"everything rolled back but the journal": func(tx *bbolt.Tx, before map[string]string) error {
			return rollBack(tx, before, "tx", "tx.invoice", "tx.day", "tx.refund", "tx.id", "tx.unsettled", "invoice", "invoice.status", "invoice.token", "invoice.expiry", "total", "call", "call.tx",
				"deal", "deal.ref", "deal.id", "deal.invoice", "deal.due", "deal.next", "deal.trouble")
		},
		"a deal rolled back": func(tx *bbolt.Tx, before map[string]string) error {
			return tx.Bucket([]byte("deal")).Put(u64(1), []byte(before["deal 1"]))
		},
		"a deal rolled back with its money": func(tx *bbolt.Tx, before map[string]string) error {
			return rollBack(tx, before, "tx", "tx.invoice", "tx.day", "tx.refund", "tx.id", "tx.unsettled", "total", "deal", "deal.due", "deal.next")
		},
		"a sealed deal of another amount": func(tx *bbolt.Tx, _ map[string]string) error {
			return resealDeal(tx, func(d *store.Deal) { d.Amount++ })
		},
		"a sealed deal that was told of another amount": func(tx *bbolt.Tx, _ map[string]string) error {
			return resealDeal(tx, func(d *store.Deal) { d.Told++ })
		},
		"a sealed deal of another page": func(tx *bbolt.Tx, _ map[string]string) error {
			return resealDeal(tx, func(d *store.Deal) { d.URL = "https://elsewhere.example" })
		},
		"a sealed deal of another invoice": func(tx *bbolt.Tx, _ map[string]string) error {
			return resealDeal(tx, func(d *store.Deal) { d.Number = 1000007 })
		},
		"a sealed deal whose money was never there": func(tx *bbolt.Tx, _ map[string]string) error {
			return resealDeal(tx, func(d *store.Deal) { d.Payments, d.TransID = 2, d.TransID+"/2" })
		},
		"a sealed deal of any number of payments": func(tx *bbolt.Tx, _ map[string]string) error {
			return resealDeal(tx, func(d *store.Deal) { d.Payments = 1 << 50 })
		},
		"a sealed transaction that was never unapplied": func(tx *bbolt.Tx, _ map[string]string) error {
			return resealAt(tx, u64(3), func(t *store.Transaction) { t.Unapplied = "" })
		},
		"a sealed transaction that nobody has settled": func(tx *bbolt.Tx, _ map[string]string) error {
			return resealAt(tx, u64(3), func(t *store.Transaction) {
				t.Settlement = store.Settlement{At: 1, By: "somebody", Note: "forged"}
			})
		},
		"the journal rolled back": func(tx *bbolt.Tx, before map[string]string) error { return rollBack(tx, before, "event") },
		"an invoice exchanged for another": func(tx *bbolt.Tx, _ map[string]string) error {
			b := tx.Bucket([]byte("invoice"))
			k, _ := b.Cursor().First()
			_, v := b.Cursor().Last()
			return b.Put(bytes.Clone(k), bytes.Clone(v))
		},
		"a sealed transaction of another amount": func(tx *bbolt.Tx, _ map[string]string) error {
			return reseal(tx, func(t *store.Transaction) { t.Amount-- })
		},
		"a sealed transaction of another phone": func(tx *bbolt.Tx, _ map[string]string) error {
			return reseal(tx, func(t *store.Transaction) { t.Phone = "998900000000" })
		},
		"a sealed transaction whose refund nobody requested": func(tx *bbolt.Tx, _ map[string]string) error {
			return reseal(tx, func(t *store.Transaction) { t.Refund = store.RefundRequest{} })
		},
		"a sealed transaction of another reason for the refund": func(tx *bbolt.Tx, _ map[string]string) error {
			return reseal(tx, func(t *store.Transaction) { t.Refund.Reason = "another" })
		},
		"the index of refunds removed": func(tx *bbolt.Tx, _ map[string]string) error { return tx.DeleteBucket([]byte("tx.refund")) },
		"a sealed transaction that never was": func(tx *bbolt.Tx, _ map[string]string) error {
			key, rec, err := bolt.SealTransaction(store.Transaction{
				Seq: 4, TransID: "forged", System: store.Uzum, Number: 1000007, Amount: 1, Status: store.Created, CreatedAt: 1, Day: noonDay,
			})
			if err != nil {
				return err
			}
			return tx.Bucket([]byte("tx")).Put(key, rec)
		},
		"a gap between transactions": func(tx *bbolt.Tx, _ map[string]string) error { return tx.Bucket([]byte("tx")).Delete(u64(1)) },
		"an event removed":           func(tx *bbolt.Tx, _ map[string]string) error { return tx.Bucket([]byte("event")).Delete(u64(4)) },
		"the last event removed": func(tx *bbolt.Tx, _ map[string]string) error {
			b := tx.Bucket([]byte("event"))
			k, _ := b.Cursor().Last()
			return b.Delete(bytes.Clone(k))
		},
		"an event sealed anew": func(tx *bbolt.Tx, _ map[string]string) error {
			b := tx.Bucket([]byte("event"))
			e, err := bolt.UnsealEvent(u64(4), b.Get(u64(4)))
			if err != nil {
				return err
			}
			e.By = "somebody"
			_, key, rec, err := bolt.SealEvent([32]byte{}, e)
			if err != nil {
				return err
			}
			return b.Put(key, rec)
		},
		"a transId that leads to another": func(tx *bbolt.Tx, _ map[string]string) error {
			k, _ := first(tx, "tx.id")
			_, last := tx.Bucket([]byte("tx.id")).Cursor().Last()
			return tx.Bucket([]byte("tx.id")).Put(k, bytes.Clone(last))
		},
		"a count of calls that is wrong": func(tx *bbolt.Tx, _ map[string]string) error {
			return tx.Bucket([]byte("call.other")).SetSequence(77)
		},
	}
	for _, bucket := range []string{
		"invoice", "invoice.token", "invoice.status", "invoice.expiry", "invoice.counter", "tx", "tx.id", "tx.invoice", "tx.day", "tx.refund", "tx.unsettled", "total", "event", "call", "call.other", "call.tx",
		"deal", "deal.ref", "deal.id", "deal.invoice", "deal.due", "deal.next", "deal.trouble",
	} {
		edits["a key of "+bucket+" removed"] = func(tx *bbolt.Tx, _ map[string]string) error {
			k, _ := first(tx, bucket)
			return tx.Bucket([]byte(bucket)).Delete(k)
		}
		edits["a key of "+bucket+" moved"] = func(tx *bbolt.Tx, _ map[string]string) error {
			k, v := first(tx, bucket)
			b := tx.Bucket([]byte(bucket))
			if err := b.Delete(k); err != nil {
				return err
			}
			k[len(k)-1] ^= 0x40
			return b.Put(k, v)
		}
		edits["a key of "+bucket+" added"] = func(tx *bbolt.Tx, _ map[string]string) error {
			k, v := first(tx, bucket)
			k[len(k)-1] ^= 0x40
			return tx.Bucket([]byte(bucket)).Put(k, v)
		}
		edits["a short key of "+bucket+" added"] = func(tx *bbolt.Tx, _ map[string]string) error {
			_, v := first(tx, bucket)
			return tx.Bucket([]byte(bucket)).Put([]byte{1}, v)
		}
	}
	whole, before := everySort(t)
	content := readFile(t, backupOfClosed(t, whole))
	for name, change := range edits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, content)
			edit(t, path, func(tx *bbolt.Tx) error { return change(tx, before) })
			report, err := bolt.VerifyFile(t.Context(), path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Problems) == 0 {
				t.Error("nothing is found")
			}
			for _, p := range report.Problems {
				if strings.Contains(p.What, "panic") || strings.Contains(p.What, "runtime error") {
					t.Errorf("the verification stumbled: %s", p)
				}
			}
		})
	}
}

// backupOfClosed is a copy of a closed store that is no longer than it needs to be.
func backupOfClosed(t *testing.T, s *ledger) string {
	t.Helper()
	s.open()
	defer s.close()
	return backupOf(t, s)
}

// rollBack puts buckets back to what they held before.
func rollBack(tx *bbolt.Tx, before map[string]string, buckets ...string) error {
	for _, bucket := range buckets {
		b := tx.Bucket([]byte(bucket))
		var keys [][]byte
		if err := b.ForEach(func(k, _ []byte) error { keys = append(keys, bytes.Clone(k)); return nil }); err != nil {
			return err
		}
		for _, k := range keys {
			old, there := before[bolt.Place([]byte(bucket), k)]
			var err error
			if !there {
				err = b.Delete(k)
			} else {
				err = b.Put(k, []byte(old))
			}
			if err != nil {
				return err
			}
		}
		if err := putMissing(b, bucket, before); err != nil {
			return err
		}
	}
	return nil
}

// putMissing puts what was removed since; of the buckets rolled back only
// indexes lose keys, and their names in a dump are in hexadecimal.
func putMissing(b *bbolt.Bucket, bucket string, before map[string]string) error {
	for name, value := range before {
		of, key, _ := strings.Cut(name, " ")
		k, err := hex.DecodeString(key)
		if of != bucket || err != nil || len(k) < 5 || len(k) == 8 || b.Get(k) != nil {
			continue
		}
		if err := b.Put(k, []byte(value)); err != nil {
			return err
		}
	}
	return nil
}

// reseal changes the first transaction and makes its checksum right.
func reseal(tx *bbolt.Tx, change func(*store.Transaction)) error {
	k, _ := first(tx, "tx")
	return resealAt(tx, k, change)
}

// resealDeal changes the first deal and makes its checksum right.
func resealDeal(tx *bbolt.Tx, change func(*store.Deal)) error {
	k, v := first(tx, "deal")
	d, err := bolt.UnsealDeal(k, v)
	if err != nil {
		return err
	}
	change(&d)
	key, rec, err := bolt.SealDeal(d)
	if err != nil {
		return err
	}
	return tx.Bucket([]byte("deal")).Put(key, rec)
}

func resealAt(tx *bbolt.Tx, k []byte, change func(*store.Transaction)) error {
	t, err := bolt.UnsealTransaction(k, tx.Bucket([]byte("tx")).Get(k))
	if err != nil {
		return err
	}
	change(&t)
	key, rec, err := bolt.SealTransaction(t)
	if err != nil {
		return err
	}
	return tx.Bucket([]byte("tx")).Put(key, rec)
}

// A decision that rests on an index which leads astray is refused, not guessed.
func TestIndexesThatLeadAstrayAreNotFollowed(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n, other := s.visit(), s.visit()
	a, b := s.created("a", n), s.created("b", other)
	s.close()
	s.damaged = true
	edit(t, s.path, func(tx *bbolt.Tx) error {
		ids := tx.Bucket([]byte("tx.id"))
		seq := binary.BigEndian.AppendUint64(nil, b.Seq)
		if err := ids.Put(bolt.TransIDKey(store.Uzum, a.TransID), seq); err != nil {
			return err
		}
		// Invoice n's list of CREATED ones names the transaction of the other invoice.
		key := append(binary.BigEndian.AppendUint32(nil, uint32(n)), byte(store.Created))
		if err := tx.Bucket([]byte("tx.invoice")).Put(append(key, seq...), nil); err != nil {
			return err
		}
		tokens := tx.Bucket([]byte("invoice.token"))
		token, _ := tokens.Cursor().First()
		_, last := tokens.Cursor().Last()
		return tokens.Put(bytes.Clone(token), bytes.Clone(last))
	})
	s.open()
	for name, err := range map[string]error{
		"status":  second(s.status("a")),
		"confirm": second(s.confirm("a")),
		"cancel":  second(s.cancel(n, true)),
		"create":  second(s.create("a", other, fullPrice)),
	} {
		if store.CodeOf(err) != store.Damaged {
			t.Errorf("%s answers %v", name, err)
		}
	}
	if tx, err := s.status("b"); err != nil || tx.Status != store.Created {
		t.Errorf("the other transaction is %+v (%v)", tx, err)
	}
	var tokens []store.Token
	invoices, err := s.Invoices(t.Context(), store.InvoiceQuery{})
	must(t, invoices, err)
	for _, inv := range invoices {
		tokens = append(tokens, inv.Token)
	}
	damaged := 0
	for _, token := range tokens {
		if _, err := s.InvoiceByToken(t.Context(), token); store.CodeOf(err) == store.Damaged {
			damaged++
		}
	}
	if damaged != 1 {
		t.Errorf("%d tokens of %d are damaged", damaged, len(tokens))
	}
}

// Nor is one of deals.
func TestIndexesOfDealsThatLeadAstrayAreNotFollowed(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.damaged = true
	one, two := s.topUp(), s.topUp()
	s.begun("one", one)
	s.begun("two", two)
	s.hears("one", store.DealOpen, 0)
	s.hears("two", store.DealOpen, 0)
	s.begun("three", s.topUp())
	s.hears("three", store.DealCompleted, fullPrice-1)
	d, err := s.Deal(t.Context(), "two")
	must(t, d, err)
	s.close()
	edit(t, s.path, func(tx *bbolt.Tx) error {
		seq := binary.BigEndian.AppendUint64(nil, d.Seq)
		return errors.Join(
			tx.Bucket([]byte("deal.ref")).Put([]byte("one"), seq),
			tx.Bucket([]byte("deal.ref")).Put([]byte("short"), seq[:3]),
			tx.Bucket([]byte("deal.id")).Put([]byte("oneclick\x00id-of-one"), seq),
			tx.Bucket([]byte("deal.invoice")).Put(binary.BigEndian.AppendUint32(nil, uint32(one)), nil),
			tx.Bucket([]byte("tx.unsettled")).Put(seq, nil),
			tx.Bucket([]byte("deal.trouble")).Put(seq, nil),
			tx.Bucket([]byte("deal.due")).Put([]byte("oneclick\x00short"), nil),
		)
	})
	s.open()
	for name, err := range map[string]error{
		"deal":      second(s.Deal(t.Context(), "one")),
		"short":     second(s.Deal(t.Context(), "short")),
		"by id":     second(s.DealByID(t.Context(), "oneclick", "id-of-one")),
		"tell":      second(s.tell("one", store.DealCompleted, fullPrice)),
		"deals of":  second(s.DealsOf(t.Context(), one)),
		"begin":     second(s.begin("four", one)),
		"cancel":    second(s.cancel(one, false)),
		"unsettled": second(s.Unsettled(t.Context(), 0)),
		"troubled":  second(s.TroubledDeals(t.Context(), 0)),
	} {
		if store.CodeOf(err) != store.Damaged {
			t.Errorf("%s answers %v", name, err)
		}
	}
	s.clock.advance(time.Minute)
	if refs := s.dueNow(10); len(refs) != 2 {
		t.Errorf("%v are due", refs)
	}
	s.hears("two", store.DealCompleted, fullPrice)
}

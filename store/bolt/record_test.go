package bolt_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// What is drawn here is all that a record may hold, also what no rule would let
// through.

func drawInstant(r *rapid.T, name string) store.Instant {
	return store.Instant(rapid.Int64().Draw(r, name))
}

func drawTransaction(r *rapid.T) store.Transaction {
	text := func(name string) string { return rapid.String().Draw(r, name) }
	return store.Transaction{
		Seq: rapid.Uint64().Draw(r, "seq"), TransID: text("transId"), System: store.System(text("system")), ServiceID: rapid.Int64().Draw(r, "service"),
		Number: store.Number(rapid.Uint32().Draw(r, "number")), Amount: money.Amount(rapid.Int64().Draw(r, "amount")),
		Status: store.TransactionStatus(rapid.Uint8().Draw(r, "status")), Reason: store.FailReason(text("reason")),
		CreatedAt: drawInstant(r, "created"), ConfirmedAt: drawInstant(r, "confirmed"), ReversedAt: drawInstant(r, "reversed"), FailedAt: drawInstant(r, "failed"),
		Day: store.Date(rapid.Int32().Draw(r, "day")), ConfirmedDay: store.Date(rapid.Int32().Draw(r, "confirmed day")), ReversedDay: store.Date(rapid.Int32().Draw(r, "reversed day")),
		Source: text("source"), Tariff: text("tariff"), Reference: text("reference"), CardType: rapid.Int64().Draw(r, "card type"), Phone: store.Phone(text("phone")),
		Rate: money.BasisPoints(rapid.Int32().Draw(r, "rate")), RateAssumed: rapid.Bool().Draw(r, "assumed"),
		Refund: store.RefundRequest{
			AskedAt: drawInstant(r, "asked"), By: text("asked by"), Reason: text("why"),
			Outcome: store.RefundState(rapid.Uint8().Draw(r, "outcome")), ClosedAt: drawInstant(r, "closed"), Note: text("note"),
		},
	}
}

func drawInvoice(r *rapid.T) store.Invoice {
	text := func(name string) string { return rapid.String().Draw(r, name) }
	amount := func(name string) money.Amount { return money.Amount(rapid.Int64().Draw(r, name)) }
	inv := store.Invoice{
		Number: store.Number(rapid.Uint32().Draw(r, "number")), Kind: store.Kind(text("kind")), System: store.System(text("system")),
		Status: store.InvoiceStatus(rapid.Uint8().Draw(r, "status")), Amount: amount("amount"), MinAmount: amount("least"), MaxAmount: amount("most"),
		Customer: store.Customer{Name: text("name"), Phone: store.Phone(text("phone"))}, Specialist: text("specialist"), Note: text("note"),
		AppointmentAt: drawInstant(r, "appointment"), CreatedAt: drawInstant(r, "created"), CreatedBy: text("by"), ExpiresAt: drawInstant(r, "expires"),
		ClosedAt: drawInstant(r, "closed"), Reason: text("reason"), PaidAt: drawInstant(r, "paid"), PaidBy: text("paid by"), PaidSystem: store.System(text("paid system")),
	}
	copy(inv.Token[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(r, "token"))
	for i := range rapid.IntRange(0, 3).Draw(r, "lines") {
		inv.Lines = append(inv.Lines, store.Line{Name: text(fmt.Sprint("line ", i)), Quantity: rapid.Int64().Draw(r, "quantity"), Price: amount("price")})
	}
	return inv
}

func drawCall(r *rapid.T) store.Call {
	text := func(name string) string { return string(rapid.SliceOf(rapid.Byte()).Draw(r, name)) } // junk from the internet
	body := func(name string) []byte { return rapid.SliceOfN(rapid.Byte(), 1, 50).Draw(r, name) }
	return store.Call{
		Seq: rapid.Uint64().Draw(r, "seq"), At: drawInstant(r, "at"), Took: time.Duration(rapid.Int64().Draw(r, "took")), System: store.System(text("system")),
		Webhook: text("webhook"), Address: text("address"), TransID: text("transId"), Number: store.Number(rapid.Uint32().Draw(r, "number")),
		HTTPStatus: rapid.Int().Draw(r, "status"), Code: text("code"), Reason: text("reason"), Request: body("request"), Response: body("response"),
		Cut: rapid.Bool().Draw(r, "cut"), TxSeq: rapid.Uint64().Draw(r, "tx"),
	}
}

func drawEvent(r *rapid.T) store.Event {
	e := store.Event{
		Seq: rapid.Uint64().Draw(r, "seq"), At: drawInstant(r, "at"), Type: store.EventType(rapid.String().Draw(r, "type")),
		Number: store.Number(rapid.Uint32().Draw(r, "number")), TransID: rapid.String().Draw(r, "transId"), By: rapid.String().Draw(r, "by"),
	}
	copy(e.Record[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(r, "record"))
	return e
}

func TestRecordsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		tx := drawTransaction(r)
		key, rec, err := bolt.SealTransaction(tx)
		if got, readErr := bolt.UnsealTransaction(key, rec); err != nil || readErr != nil || got != tx {
			r.Fatalf("%+v came back as %+v (%v, %v)", tx, got, err, readErr)
		}
		inv := drawInvoice(r)
		key, rec, err = bolt.SealInvoice(inv)
		if got, readErr := bolt.UnsealInvoice(key, rec); err != nil || readErr != nil || fmt.Sprint(got) != fmt.Sprint(inv) {
			r.Fatalf("%+v came back as %+v (%v, %v)", inv, got, err, readErr)
		}
		c := drawCall(r)
		key, rec, err = bolt.SealCall(c)
		if got, readErr := bolt.UnsealCall(key, rec); err != nil || readErr != nil || fmt.Sprint(got) != fmt.Sprint(c) {
			r.Fatalf("%+v came back as %+v (%v, %v)", c, got, err, readErr)
		}
		e, key, rec, err := bolt.SealEvent(sha256.Sum256([]byte("before")), drawEvent(r))
		if got, readErr := bolt.UnsealEvent(key, rec); err != nil || readErr != nil || got != e {
			r.Fatalf("%+v came back as %+v (%v, %v)", e, got, err, readErr)
		}
	})
}

// sample is one of each kind, as large as a shop's, and how it is read.
type sample struct {
	key, rec []byte
	read     func(key, rec []byte) error
}

func samples(t *testing.T) map[string]sample {
	t.Helper()
	tx := store.Transaction{
		Seq: 7, TransID: "8d2b2f0e-7f3b-11ef-9a5c-0242ac120002", System: store.Uzum, ServiceID: 498, Number: 1000007, Amount: fullPrice, Status: store.Confirmed,
		CreatedAt: store.At(noon), ConfirmedAt: store.At(noon), Day: noonDay, ConfirmedDay: noonDay, Source: "UZCARD", Reference: "1", CardType: 2, Phone: "998901234567", Rate: 100,
	}
	inv := store.Invoice{
		Number: 1000007, Token: store.Token{1, 2, 3}, Kind: store.Visit, System: store.Uzum, Status: store.Paid, Amount: fullPrice,
		Lines: []store.Line{{Name: "soch turmagi", Quantity: 1, Price: fullPrice}}, Customer: store.Customer{Name: "Aziza", Phone: "998901234567"},
		CreatedAt: store.At(noon), CreatedBy: "malika", PaidAt: store.At(noon), PaidBy: tx.TransID, PaidSystem: store.Uzum,
	}
	e := store.Event{Seq: 7, At: store.At(noon), Type: store.InvoicePaid, Number: 1000007, By: "uzum"}
	txKey, txRec, txErr := bolt.SealTransaction(tx)
	invKey, invRec, invErr := bolt.SealInvoice(inv)
	_, eKey, eRec, eErr := bolt.SealEvent([32]byte{9}, e)
	must(t, "", errors.Join(txErr, invErr, eErr))
	return map[string]sample{
		"transaction": {txKey, txRec, func(key, rec []byte) error { return second(bolt.UnsealTransaction(key, rec)) }},
		"invoice":     {invKey, invRec, func(key, rec []byte) error { return second(bolt.UnsealInvoice(key, rec)) }},
		"event":       {eKey, eRec, func(key, rec []byte) error { return second(bolt.UnsealEvent(key, rec)) }},
	}
}

// Every single bit of a record and of its key is accounted for.
func TestEverySingleBitFlipIsDetected(t *testing.T) {
	t.Parallel()
	for name, c := range samples(t) {
		if err := c.read(c.key, c.rec); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, part := range [][]byte{c.rec, c.key} {
			for bit := range 8 * len(part) {
				part[bit/8] ^= 1 << (bit % 8)
				if err := c.read(c.key, c.rec); store.CodeOf(err) != store.Damaged {
					t.Fatalf("%s: bit %d flipped reads as %v", name, bit, err)
				}
				part[bit/8] ^= 1 << (bit % 8)
			}
		}
		for n := range len(c.rec) {
			if err := c.read(c.key, c.rec[:n]); store.CodeOf(err) != store.Damaged {
				t.Fatalf("%s: cut to %d bytes reads as %v", name, n, err)
			}
		}
	}
}

// A record of a later version is told from a damaged one, and nobody guesses at it.
func TestARecordOfAnotherVersionIsNotRead(t *testing.T) {
	t.Parallel()
	c := samples(t)["transaction"]
	later := bytes.Clone(c.rec)
	later[0] = 2
	// The checksum as whoever writes that version would put it.
	sum := crc32c(append([]byte("tx"), append(bytes.Clone(c.key), later[:len(later)-4]...)...))
	binary.BigEndian.PutUint32(later[len(later)-4:], sum)
	err := c.read(c.key, later)
	wantCode(t, err, store.Damaged)
	if !strings.Contains(err.Error(), "version") {
		t.Errorf("%q does not speak of the version", err)
	}
}

// crc32c is the checksum of RFC 3720, bit by bit.
func crc32c(b []byte) uint32 {
	crc := ^uint32(0)
	for _, c := range b {
		crc ^= uint32(c)
		for range 8 {
			crc = crc>>1 ^ 0x82F63B78*(crc&1)
		}
	}
	return ^crc
}

// Whatever stands in a record, reading it ends with an answer.
func FuzzUnseal(f *testing.F) {
	_, rec, _ := bolt.SealTransaction(store.Transaction{Seq: 1, TransID: "a"})
	f.Add(rec)
	f.Add([]byte{})
	f.Add([]byte{1, 0xbf, 0xff, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, rec []byte) {
		for _, read := range []func(key, rec []byte) error{
			func(key, rec []byte) error { return second(bolt.UnsealTransaction(key, rec)) },
			func(key, rec []byte) error { return second(bolt.UnsealInvoice(key, rec)) },
			func(key, rec []byte) error { return second(bolt.UnsealCall(key, rec)) },
			func(key, rec []byte) error { return second(bolt.UnsealEvent(key, rec)) },
		} {
			if code := store.CodeOf(read([]byte("key"), rec)); code != store.Damaged && code != "" {
				t.Errorf("the answer is %q", code)
			}
		}
	})
}

// drawID is a transId: a UUID of any version, in letters of any size, or text.
func drawID(r *rapid.T, name string) string {
	if rapid.Bool().Draw(r, name+" is text") {
		return rapid.StringMatching(`[ -~]{1,40}`).Draw(r, name)
	}
	var u uuid.UUID
	copy(u[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(r, name))
	if rapid.Bool().Draw(r, name+" in capitals") {
		return strings.ToUpper(u.String())
	}
	return u.String()
}

// sameID tells whether two ids name one transaction: letter case does not make
// two of one UUID.
func sameID(a, b string) bool {
	u, errA := uuid.Parse(a)
	v, errB := uuid.Parse(b)
	return a == b || errA == nil && errB == nil && len(a) == 36 && len(b) == 36 && u == v
}

func TestTransIDKeysAreUnique(t *testing.T) {
	t.Parallel()
	systems := []store.System{store.Uzum, oneClick, store.Manual, "u", ""}
	rapid.Check(t, func(r *rapid.T) {
		a, b := drawID(r, "a"), drawID(r, "b")
		if rapid.Bool().Draw(r, "alike") {
			b = strings.ToUpper(a)
		}
		s, u := rapid.SampledFrom(systems).Draw(r, "system of a"), rapid.SampledFrom(systems).Draw(r, "system of b")
		same := bytes.Equal(bolt.TransIDKey(s, a), bolt.TransIDKey(u, b))
		if want := s == u && sameID(a, b); same != want {
			r.Fatalf("%s %q and %s %q have the same key: %v, want %v", s, a, u, b, same, want)
		}
	})
}

// timeID is a UUID of version 1 of a moment, in steps of 100 ns.
func timeID(at uint64, rest []byte) string {
	var u uuid.UUID
	binary.BigEndian.PutUint32(u[0:], uint32(at))
	binary.BigEndian.PutUint16(u[4:], uint16(at>>32))
	binary.BigEndian.PutUint16(u[6:], uint16(at>>48)&0x0FFF|0x1000)
	copy(u[8:], rest)
	u[8] = u[8]&0x3F | 0x80
	return u.String()
}

func TestTransIDKeysOfVersion1ComeInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		moment := rapid.Custom(func(r *rapid.T) uint64 { // each part of it as often large as small
			part := func(name string, bits int) uint64 { return rapid.Uint64Range(0, 1<<bits-1).Draw(r, name) }
			return part("high", 12)<<48 | part("middle", 16)<<32 | part("low", 32)
		})
		a, b := moment.Draw(r, "a"), moment.Draw(r, "b")
		rest := rapid.SliceOfN(rapid.Byte(), 8, 8)
		x := bolt.TransIDKey(store.Uzum, timeID(a, rest.Draw(r, "rest of a")))
		y := bolt.TransIDKey(store.Uzum, timeID(b, rest.Draw(r, "rest of b")))
		if a != b && (a < b) != (bytes.Compare(x, y) < 0) {
			r.Fatalf("moments %d and %d have keys %x and %x", a, b, x, y)
		}
	})
}

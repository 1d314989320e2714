package bolt_test

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tushum/store"
	"tushum/store/bolt"
)

// A record is passed over by its sketch: whatever finds the record must find the
// sketch too.
func TestSketchesHaveWhatListsLookIn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		tx := drawTransaction(r)
		_, rec, err := bolt.SealTransaction(tx)
		got, ok := bolt.SketchTransaction(bolt.Payload(rec))
		want := store.Transaction{
			TransID: tx.TransID, ServiceID: tx.ServiceID, Number: tx.Number, Amount: tx.Amount, Day: tx.Day,
			Source: tx.Source, Reference: tx.Reference, Phone: tx.Phone,
		}
		if err != nil || !ok || got != want {
			r.Fatalf("got  %+v (%v %v)\nwant %+v", got, ok, err, want)
		}
	})
	rapid.Check(t, func(r *rapid.T) {
		inv := drawInvoice(r)
		_, rec, err := bolt.SealInvoice(inv)
		got, ok := bolt.SketchInvoice(bolt.Payload(rec))
		want := store.Invoice{
			Number: inv.Number, Kind: inv.Kind, Amount: inv.Amount, Customer: inv.Customer,
			Specialist: inv.Specialist, Note: inv.Note, CreatedAt: inv.CreatedAt,
		}
		for _, l := range inv.Lines {
			want.Lines = append(want.Lines, store.Line{Name: l.Name})
		}
		if err != nil || !ok || !reflect.DeepEqual(got, want) {
			r.Fatalf("got  %+v (%v %v)\nwant %+v", got, ok, err, want)
		}
	})
	rapid.Check(t, func(r *rapid.T) {
		c := drawCall(r)
		_, rec, err := bolt.SealCall(c)
		got, ok := bolt.SketchCall(bolt.Payload(rec))
		want := store.Call{Webhook: c.Webhook, Address: c.Address, TransID: c.TransID, Number: c.Number, Code: c.Code, Reason: c.Reason}
		if err != nil || !ok || !reflect.DeepEqual(got, want) {
			r.Fatalf("got  %+v (%v %v)\nwant %+v", got, ok, err, want)
		}
	})
}

// tell gives each text and number within v another value and returns them as
// they are typed in a search.
func tell(v reflect.Value, typed []string) []string {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			typed = tell(v.Field(i), typed)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		typed = tell(v.Index(0), typed)
	case reflect.String:
		v.SetString(fmt.Sprint("text", 1000+len(typed)))
		typed = append(typed, v.String())
	case reflect.Int64, reflect.Uint32:
		value := reflect.ValueOf(7_000_000 + 1_111*len(typed))
		v.Set(value.Convert(v.Type()))
		typed = append(typed, fmt.Sprint(value), fmt.Sprint(value.Int()/100, ",", value.Int()%100))
	}
	return typed
}

// Were a search to look in another field one day, its sketch must have that field.
func TestASearchFindsASketchByWhateverFindsTheRecord(t *testing.T) {
	t.Parallel()
	var (
		tx  store.Transaction
		inv store.Invoice
		c   store.Call
	)
	found := 0
	check := func(what, search string, record, sketch bool) {
		if record != sketch {
			t.Errorf("%q finds the %s: %v, its sketch: %v", search, what, record, sketch)
		}
		if record {
			found++
		}
	}
	typed := tell(reflect.ValueOf(&tx).Elem(), nil)
	_, rec, err := bolt.SealTransaction(tx)
	must(t, rec, err)
	sketch, _ := bolt.SketchTransaction(bolt.Payload(rec))
	for _, search := range typed {
		w := store.SplitWords(search)
		check("transaction", search, w.MatchTransaction(tx), w.MatchTransaction(sketch))
	}
	typed = tell(reflect.ValueOf(&inv).Elem(), nil)
	_, rec, err = bolt.SealInvoice(inv)
	must(t, rec, err)
	invSketch, _ := bolt.SketchInvoice(bolt.Payload(rec))
	for _, search := range typed {
		w := store.SplitWords(search)
		check("invoice", search, w.MatchInvoice(inv), w.MatchInvoice(invSketch))
	}
	typed = tell(reflect.ValueOf(&c).Elem(), nil)
	_, rec, err = bolt.SealCall(c)
	must(t, rec, err)
	callSketch, _ := bolt.SketchCall(bolt.Payload(rec))
	for _, search := range typed {
		w := store.SplitWords(search)
		check("call", search, w.MatchCall(c), w.MatchCall(callSketch))
	}
	if found < 18 {
		t.Errorf("only %d searches found anything", found)
	}
}

// What is no record is left to the decoder to refuse.
func TestASketchOfJunk(t *testing.T) {
	t.Parallel()
	for name, payload := range map[string]string{
		"nothing": "", "no map": "\x01", "a map that is cut": "\xa1", "a text that is cut": "\xa1\x02\x65abc", "a key that is a text": "\xa1\x61\x02\x01",
		"a length that is cut": "\xa1\x02\x7b\xff", "a length beyond all": "\xa1\x02\x7b\xff\xff\xff\xff\xff\xff\xff\xff", "an endless text": "\xa1\x02\x7f\x61a\xff",
		"a number as a text": "\xa1\x02\x01", "a text as a number": "\xa1\x06\x61a", "a tag": "\xa1\x18\x63\xc1\x01", "a map beyond all": "\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
		"an array beyond all": "\xa1\x18\x63\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
	} {
		if _, ok := bolt.SketchTransaction([]byte(payload)); ok {
			t.Errorf("%s is a transaction", name)
		}
	}
	rapid.Check(t, func(r *rapid.T) { // none of it panics
		payload := rapid.SliceOf(rapid.Byte()).Draw(r, "payload")
		bolt.SketchTransaction(payload)
		bolt.SketchInvoice(payload)
		bolt.SketchCall(payload)
	})
}

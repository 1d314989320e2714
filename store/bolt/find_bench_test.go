package bolt_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"tushum/store"
	"tushum/store/bolt/bolttest"
)

// newestRecords are those among which a match is shown within a frame.
const newestRecords = 10_000

// BenchmarkFindRareTransaction searches a million transactions for a word that
// none has, and for the transId of the oldest among the newest 10,000.
func BenchmarkFindRareTransaction(b *testing.B) {
	dir := b.TempDir()
	bolttest.Fill(b, dir, benchRules(), benchRecords, bolttest.TransIDs(true))
	s := bolttest.Open(b, dir, benchRules())
	find := func(search string) iter.Seq2[store.Transaction, error] {
		return s.FindTransactions(context.Background(), store.TransactionQuery{Search: search})
	}
	page, err := s.Transactions(context.Background(), store.TransactionQuery{Limit: newestRecords})
	if err != nil {
		b.Fatal(err)
	}
	benchFind(b, find, page[newestRecords-1].TransID)
}

// BenchmarkFindRareInvoice does the same with a million invoices.
func BenchmarkFindRareInvoice(b *testing.B) {
	dir := b.TempDir()
	bolttest.FillInvoices(b, dir, benchRules(), benchRecords)
	s := bolttest.Open(b, dir, benchRules())
	find := func(search string) iter.Seq2[store.Invoice, error] {
		return s.FindInvoices(context.Background(), store.InvoiceQuery{Search: search})
	}
	page, err := s.Invoices(context.Background(), store.InvoiceQuery{Limit: newestRecords})
	if err != nil {
		b.Fatal(err)
	}
	benchFind(b, find, page[newestRecords-1].Number.String())
}

// benchFind measures how soon a recent record is found, and how long it takes to
// know that there is none.
func benchFind[T any](b *testing.B, find func(search string) iter.Seq2[T, error], recent string) {
	for _, err := range find("nowhere") { // warms the file
		b.Fatal("it was found", err)
	}
	for _, search := range []string{"nowhere", "нигде", "7 777 777,77"} {
		b.Run(fmt.Sprintf("none/%s", search), func(b *testing.B) {
			for b.Loop() {
				for _, err := range find(search) {
					b.Fatal("it was found", err)
				}
			}
		})
	}
	b.Run("recent", func(b *testing.B) {
		for b.Loop() {
			found := false
			for _, err := range find(recent) {
				if found = true; err != nil {
					b.Fatal(err)
				}
				break
			}
			if !found {
				b.Fatal("it was not found")
			}
		}
	})
}

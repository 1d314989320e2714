package store_test

import (
	"testing"

	"tushum/store"
)

func TestSearchInvoice(t *testing.T) {
	t.Parallel()
	inv := visit()
	inv.Customer.Name, inv.Specialist, inv.Note = "G‘ulomova Aziza", "Дилноза", "ikkinchi qavat"
	inv.Lines = []store.Line{{Name: "Soch bo‘yash", Quantity: 1, Price: inv.Amount}}
	for search, want := range map[string]bool{
		"": true, "  ": true, inv.Number.String(): true, "130000": true, "130 000": true, "aziza": true, "АЗИЗА": true, "gulomova": true,
		"g'ulomova": true, "g`ulomova aziza": true, "ғуломова": true, "dilnoza": true, "boyash": true, "visit": true, "901234567": true,
		"+998 90 123-45-67": true, "123-45-67": true, "qavat aziza": true, "aziza madina": false, "131000": false,
	} {
		if got := store.SplitWords(search).MatchInvoice(inv); got != want {
			t.Errorf("%q finds the invoice: %v, want %v", search, got, want)
		}
	}
}

func TestSearchTransaction(t *testing.T) {
	t.Parallel()
	tx := transactionIn(store.Confirmed)
	tx.Phone, tx.Reference = "998901234567", "000000000001"
	for search, want := range map[string]bool{
		"": true, bankID[:8]: true, "uzcard": true, "узcard": true, "130000": true, tx.Number.String(): true, "000000000001": true,
		"90 123-45-67": true, "humo": false, "uzcard humo": false,
	} {
		if got := store.SplitWords(search).MatchTransaction(tx); got != want {
			t.Errorf("%q finds the transaction: %v, want %v", search, got, want)
		}
	}
}

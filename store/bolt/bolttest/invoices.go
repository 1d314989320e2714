package bolttest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// Names of customers and services, in the alphabets and apostrophes that shops
// really have beside one another.
var (
	customers = []string{"Aziza Karimova", "G‘ulomova Dilnoza", "Жасур Турсунов", "Madina", "O'ktam aka"}
	services  = []string{"Soch olish", "Soch bo‘yash", "Маникюр", "Kelin libosi ijarasi"}
)

// FillInvoices makes a store under dir that holds open invoices, or adds them to
// one that is there. Invoice i, from 0, is for "mijoz i".
func FillInvoices(b testing.TB, dir string, rules store.Rules, records int) {
	b.Helper()
	s, err := bolt.Open(Path(dir), bolt.Options{Rules: rules, NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	var (
		next  atomic.Int64
		group sync.WaitGroup
	)
	for range fillers {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < records; i = int(next.Add(1)) - 1 {
				if _, err := s.Issue(context.Background(), draft(i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// draft is the order of the invoice with a number of its own.
func draft(i int) store.Draft {
	price := Amount + money.Amount(i%100)*1000*money.Som
	return store.Draft{
		Kind: store.Visit, Amount: price, By: "malika", Specialist: "Nilufar",
		Customer: store.Customer{Name: customers[i%len(customers)], Phone: store.Phone(fmt.Sprintf("99890%07d", i%10_000_000))},
		Lines:    []store.Line{{Name: services[i%len(services)], Quantity: 1, Price: price}},
		Note:     fmt.Sprint("mijoz ", i),
	}
}

package store_test

import (
	"testing"

	"tushum/store"
)

func TestLinksToThePages(t *testing.T) {
	t.Parallel()
	n := visit().Number
	for public, at := range map[string]string{
		"https://pay.salon.uz":             "https://pay.salon.uz/pay",
		"http://127.0.0.1:8080/кафе?a=1&b": "http://127.0.0.1:8080/кафе?a=1&b/pay",
	} {
		shop := store.Links{PublicURL: public}
		if got, want := shop.Pay(visit()), at+"/aeaaaaaaaaaaaaaaaaaaaaaaaa"; got != want {
			t.Errorf("the page of a visit is %s, want %s", got, want)
		}
		if got, want := shop.Pay(till()), at+"/aiaaaaaaaaaaaaaaaaaaaaaaaa"; got != want {
			t.Errorf("the page of the till's invoice is %s, want %s", got, want)
		}
		if got, want := shop.PayByNumber(n), at+"/"+n.String(); got != want {
			t.Errorf("the page of a number is %s, want %s", got, want)
		}
		if got := shop.PayHere(); got != at {
			t.Errorf("the page of the till is %s, want %s", got, at)
		}
	}
	if got := (store.Links{}).PayByNumber(n) + (store.Links{}).PayHere() + (store.Links{}).Pay(visit()); got != "" {
		t.Errorf("without a public URL there is a page at %s", got)
	}
}

package uzum_test

import (
	"net/url"
	"testing"

	"tushum/internal/config"
	"tushum/internal/system/uzum"
	"tushum/store"
)

// What the app reads from a link is what was put in, whatever stands in it.
func TestNothingAddsToTheLinkIntoTheApp(t *testing.T) {
	t.Parallel()
	number, err := store.NumberOf(store.FirstBase)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"account", "order id&amount", "счёт №"} {
		s := uzum.New(filled(func(u *config.Uzum) { u.AccountParams = []string{key, "other"} }))
		for _, back := range []string{"", "https://pay.salon.uz/pay", "http://127.0.0.1:8080/кафе?a=1&b/pay", "x&amount=1&serviceId=2", "https://pay.salon.uz/pay/x?amount=25 000&lang=uz#a"} {
			link := s.AppLink(store.Invoice{Number: number}, 1, back)
			u, err := url.Parse(link)
			if err != nil {
				t.Fatal(err)
			}
			q := u.Query()
			if q.Get("redirectUrl") != back || q.Has("redirectUrl") != (back != "") || q.Get(key) != number.String() || q.Has("other") {
				t.Errorf("of %s the app would read %v", link, q)
			}
			if len(q["serviceId"]) != 1 || q.Get("serviceId") != "498" || len(q["amount"]) != 1 || q.Get("amount") != "1" {
				t.Errorf("of %s the app would read %v", link, q)
			}
		}
	}
}

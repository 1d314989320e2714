package store_test

import (
	"net/url"
	"testing"

	"tushum/store"
)

func TestLinks(t *testing.T) {
	t.Parallel()
	visitNo, tillNo := visit().Number.String(), till().Number.String()
	shop := store.Links{PublicURL: "https://pay.salon.uz", AppLink: "https://www.uzumbank.uz/open-service", ServiceID: 498, AccountKey: "account"}
	old, bare := shop, shop
	old.AppLink, old.AccountKey, old.PublicURL = "https://www.apelsin.uz/open-service", "order_id", "http://127.0.0.1:8080/кафе?a=1&b"
	bare.PublicURL, bare.AccountKey = "", "счёт №"
	const visitPage, tillPage = "/pay/aeaaaaaaaaaaaaaaaaaaaaaaaa", "/pay/aiaaaaaaaaaaaaaaaaaaaaaaaa"
	for _, c := range []struct {
		name          string
		links         store.Links
		inv           store.Invoice
		pay, app, pub string
	}{
		{
			"one-time", shop, visit(), "https://pay.salon.uz" + visitPage,
			"https://www.uzumbank.uz/open-service?serviceId=498&account=" + visitNo + "&amount=13000000&redirectUrl=https%3A%2F%2Fpay.salon.uz%2Fpay%2Faeaaaaaaaaaaaaaaaaaaaaaaaa",
			"https://pay.salon.uz" + visitPage,
		},
		{
			"open amount", shop, till(), "https://pay.salon.uz" + tillPage,
			"https://www.uzumbank.uz/open-service?serviceId=498&account=" + tillNo + "&redirectUrl=https%3A%2F%2Fpay.salon.uz%2Fpay%2Faiaaaaaaaaaaaaaaaaaaaaaaaa",
			"https://pay.salon.uz" + tillPage,
		},
		{
			"an older shop, a page that needs escaping", old, visit(), old.PublicURL + visitPage,
			"https://www.apelsin.uz/open-service?serviceId=498&order_id=" + visitNo + "&amount=13000000&redirectUrl=http%3A%2F%2F127.0.0.1%3A8080%2F%D0%BA%D0%B0%D1%84%D0%B5%3Fa%3D1%26b%2Fpay%2Faeaaaaaaaaaaaaaaaaaaaaaaaa",
			old.PublicURL + visitPage,
		},
		{
			"no public URL, a key that needs escaping", bare, visit(), "",
			"https://www.uzumbank.uz/open-service?serviceId=498&%D1%81%D1%87%D1%91%D1%82+%E2%84%96=" + visitNo + "&amount=13000000",
			"https://www.uzumbank.uz/open-service?serviceId=498&%D1%81%D1%87%D1%91%D1%82+%E2%84%96=" + visitNo + "&amount=13000000",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.links.Pay(c.inv); got != c.pay {
				t.Errorf("pay page %s, want %s", got, c.pay)
			}
			if got := c.links.App(c.inv); got != c.app {
				t.Errorf("app link\n%s, want\n%s", got, c.app)
			}
			if got := c.links.Payment(c.inv); got != c.pub {
				t.Errorf("payment link %s, want %s", got, c.pub)
			}
			u, err := url.Parse(c.links.App(c.inv))
			if err != nil {
				t.Fatal(err)
			}
			q := u.Query()
			if q.Get("redirectUrl") != c.pay || q.Get(c.links.AccountKey) != c.inv.Number.String() || q.Has("amount") == c.inv.Reusable() {
				t.Errorf("the app would read %v", q)
			}
		})
	}
	if got := shop.Static(); got != "https://www.uzumbank.uz/open-service?serviceId=498" {
		t.Errorf("static link %s", got)
	}
}

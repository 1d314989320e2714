package store_test

import (
	"net/url"
	"testing"

	"tushum/internal/money"
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

func TestLinksToThePages(t *testing.T) {
	t.Parallel()
	shop := store.Links{PublicURL: "https://pay.salon.uz"}
	n := visit().Number
	if got, want := shop.PayByNumber(n), "https://pay.salon.uz/pay/"+n.String(); got != want {
		t.Errorf("the page of a number is %s, want %s", got, want)
	}
	if got := shop.PayHere(); got != "https://pay.salon.uz/pay" {
		t.Errorf("the page of the till is %s", got)
	}
	if got := (store.Links{}).PayByNumber(n) + (store.Links{}).PayHere() + (store.Links{}).Pay(visit()); got != "" {
		t.Errorf("without a public URL there is a page at %s", got)
	}
}

// What a customer typed at the till goes along, and where to come back to.
func TestOpenWithAnAmountAndAWayBack(t *testing.T) {
	t.Parallel()
	shop := store.Links{AppLink: "https://www.uzumbank.uz/open-service", ServiceID: 498, AccountKey: "account"}
	n := till().Number
	const app = "https://www.uzumbank.uz/open-service?serviceId=498&account="
	for _, c := range []struct {
		name   string
		amount money.Amount
		back   string
		want   string
	}{
		{"neither", 0, "", ""},
		{"an amount", 25_000_50, "", "&amount=2500050"},
		{"a way back", 0, "https://pay.salon.uz/pay", "&redirectUrl=https%3A%2F%2Fpay.salon.uz%2Fpay"},
		{"both", 1, "https://pay.salon.uz/pay/x?amount=25 000&lang=uz#a", "&amount=1&redirectUrl=https%3A%2F%2Fpay.salon.uz%2Fpay%2Fx%3Famount%3D25+000%26lang%3Duz%23a"},
		{"a way back that would add to the link", 0, "x&amount=1&serviceId=2", "&redirectUrl=x%26amount%3D1%26serviceId%3D2"},
	} {
		got := shop.Open(n, c.amount, c.back)
		if got != app+n.String()+c.want {
			t.Errorf("%s: %s, want %s", c.name, got, app+n.String()+c.want)
		}
		u, err := url.Parse(got)
		if err != nil {
			t.Fatal(err)
		}
		if q := u.Query(); q.Get("redirectUrl") != c.back || q.Get("serviceId") != "498" || len(q["amount"]) > 1 {
			t.Errorf("%s: the app would read %v", c.name, q)
		}
	}
	shop.AccountKey = "order id&amount"
	if got := shop.Open(n, 0, ""); got != "https://www.uzumbank.uz/open-service?serviceId=498&order+id%26amount="+n.String() {
		t.Errorf("a key that needs escaping: %s", got)
	}
}

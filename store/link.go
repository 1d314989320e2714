package store

import (
	"net/url"
	"strconv"

	"tushum/internal/money"
)

// Links builds what is given to a customer. Everything comes from settings:
// a request's Host header never gets into a link.
type Links struct {
	PublicURL  string // without a trailing slash; empty: there is no pay page
	AppLink    string // the bank's opener, https://www.uzumbank.uz/open-service
	ServiceID  int64
	AccountKey string // the first of the accepted account params
}

// payPath is where the pay pages are, below the public URL.
const payPath = "/pay"

// Pay is the URL of the invoice's pay page; empty without a public URL.
func (l Links) Pay(inv Invoice) string { return l.page("/" + inv.Token.String()) }

// PayByNumber is the URL of the page that an invoice has for whoever knows no
// more than its number; empty without a public URL. It does not hold the token.
func (l Links) PayByNumber(n Number) string { return l.page("/" + n.String()) }

// PayHere is the URL behind the code at the till: the page on which a customer
// types an amount, or the number of an invoice. Empty without a public URL.
func (l Links) PayHere() string { return l.page("") }

func (l Links) page(path string) string {
	if l.PublicURL == "" {
		return ""
	}
	return l.PublicURL + payPath + path
}

// App is the URL that opens the invoice in the Uzum Bank app. The amount is left
// out for open-amount invoices.
func (l Links) App(inv Invoice) string {
	if inv.Reusable() {
		return l.Open(inv.Number, 0, l.Pay(inv))
	}
	return l.Open(inv.Number, inv.Amount, l.Pay(inv))
}

// Open is the URL that opens a number in the Uzum Bank app, with an amount in
// tiyin (zero: the customer types it), and with the page to come back to (empty:
// none).
func (l Links) Open(n Number, amount money.Amount, back string) string {
	link := l.Static() + "&" + url.QueryEscape(l.AccountKey) + "=" + n.String()
	if amount != 0 {
		link += "&amount=" + strconv.FormatInt(int64(amount), 10)
	}
	if back != "" {
		link += "&redirectUrl=" + url.QueryEscape(back)
	}
	return link
}

// Static is the shop's standing link, which opens the service in the Uzum Bank
// app without an invoice.
func (l Links) Static() string {
	return l.AppLink + "?serviceId=" + strconv.FormatInt(l.ServiceID, 10)
}

// Payment is the link to give to a customer: the pay page where there is one,
// else the app link.
func (l Links) Payment(inv Invoice) string {
	if page := l.Pay(inv); page != "" {
		return page
	}
	return l.App(inv)
}

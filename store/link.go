package store

import (
	"net/url"
	"strconv"
)

// Links builds what is given to a customer. Everything comes from settings:
// a request's Host header never gets into a link.
type Links struct {
	PublicURL  string // without a trailing slash; empty: there is no pay page
	AppLink    string // the bank's opener, https://www.uzumbank.uz/open-service
	ServiceID  int64
	AccountKey string // the first of the accepted account params
}

// Pay is the URL of the invoice's pay page; empty without a public URL.
func (l Links) Pay(inv Invoice) string {
	if l.PublicURL == "" {
		return ""
	}
	return l.PublicURL + "/pay/" + inv.Token.String()
}

// App is the URL that opens the invoice in the Uzum Bank app. The amount, in
// tiyin, is left out for open-amount invoices.
func (l Links) App(inv Invoice) string {
	link := l.Static() + "&" + url.QueryEscape(l.AccountKey) + "=" + inv.Number.String()
	if !inv.Reusable() {
		link += "&amount=" + strconv.FormatInt(int64(inv.Amount), 10)
	}
	if page := l.Pay(inv); page != "" {
		link += "&redirectUrl=" + url.QueryEscape(page)
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

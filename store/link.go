package store

// Links builds what is given to a customer of the shop's own: its pay pages. What opens
// an app is a PaymentSystem's. Everything comes from settings: a request's Host header
// never gets into a link.
type Links struct {
	PublicURL string // without a trailing slash; empty: there is no pay page
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

package oneclick

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"tushum/internal/money"
)

// Order is a deal that is to be made.
type Order struct {
	// InvoiceID names the attempt. It is used once: a second attempt of the same
	// invoice has one of its own.
	InvoiceID string
	// ClientID is the customer, by a name that says nothing: the vendor's pages
	// disagree whether it is needed, so it is.
	ClientID string
	// Amount is in tiyin; the vendor gets so‘m.
	Amount money.Amount
	// Country is two capital letters, or empty.
	Country string
	// Lang is the language of the vendor's page: uz, ru or en in any case, or empty.
	Lang string
	// SuccessURL, FailURL and BackURL are where the vendor's page leads to, or
	// empty. Coming back proves nothing.
	SuccessURL, FailURL, BackURL string
}

const (
	makingDeal = "making a deal"
	maxName    = 128   // bytes of an InvoiceID or ClientID
	som        = "UZS" // the only currency that is taken for money
)

// payin is the body of POST /deals/payin (D).
type payin struct {
	Amount     json.Number `json:"amount"`
	Currency   string      `json:"currency"`
	Type       string      `json:"type"`
	InvoiceID  string      `json:"invoiceId"`
	ClientID   string      `json:"clientId"`
	Country    string      `json:"country,omitempty"`
	Lang       string      `json:"lang,omitempty"`
	SuccessURL string      `json:"successUrl,omitempty"`
	FailURL    string      `json:"failUrl,omitempty"`
	BackURL    string      `json:"backUrl,omitempty"`
}

func (o Order) encode() ([]byte, error) {
	switch {
	case o.Amount <= 0:
		return nil, newError(ErrOrder, makingDeal).about("amount")
	case !isName(o.InvoiceID):
		return nil, newError(ErrOrder, makingDeal).about("invoiceId")
	case !isName(o.ClientID):
		return nil, newError(ErrOrder, makingDeal).about("clientId")
	}
	for name, link := range map[string]string{"successUrl": o.SuccessURL, "failUrl": o.FailURL, "backUrl": o.BackURL} {
		if link != "" && !usableURL(link) {
			return nil, newError(ErrOrder, makingDeal).about(name)
		}
	}
	return json.Marshal(payin{
		Amount: json.Number(o.Amount.SomString()), Currency: som, Type: "oneclick",
		InvoiceID: o.InvoiceID, ClientID: o.ClientID, Country: o.Country, Lang: strings.ToUpper(o.Lang),
		SuccessURL: o.SuccessURL, FailURL: o.FailURL, BackURL: o.BackURL,
	})
}

// isName tells a name that comes back as it was sent: visible ASCII, not too long.
func isName(s string) bool { return len(s) <= maxName && tokenText(s) }

// Create makes a deal. It goes out once: where its outcome is unknown, because the
// answer was lost, broken or a failure of the server, the error is
// ErrUnknownOutcome and the deal has to be looked up with Find before anything
// else. After any other error no deal was made. That no InvoiceID is sent a second
// time is up to the caller.
func (c *Client) Create(ctx context.Context, o Order) (Deal, error) {
	body, err := o.encode()
	if err != nil {
		return Deal{}, err
	}
	deal, err := c.create(ctx, o, body)
	if uncertain(err) {
		e := newError(ErrUnknownOutcome, makingDeal).because(err)
		e.sent = true
		return Deal{}, e
	}
	return deal, err
}

func (c *Client) create(ctx context.Context, o Order, body []byte) (Deal, error) {
	r, err := c.do(ctx, call{doing: makingDeal, method: http.MethodPost, path: "/deals/payin", body: body})
	if err != nil {
		return Deal{}, err
	}
	deal, ok := readDeal(r.members)
	switch {
	case !ok:
		return Deal{}, r.as(ErrBadAnswer, makingDeal)
	case deal.InvoiceID == "":
		deal.InvoiceID = o.InvoiceID // the answer to create has none (D)
	case deal.InvoiceID != o.InvoiceID:
		return Deal{}, r.as(ErrOtherDeal, makingDeal)
	}
	return deal, nil
}

// uncertain tells a failure after which the deal may exist. 4xx is the vendor's
// word that it does not, but for 408, which fault calls unavailable, and 409: that
// an invoiceId is taken may come from this very deal. What is redirected may have been
// done before: that is how many a server answers a form.
func uncertain(err error) bool {
	e := new(Error)
	if !errors.As(err, &e) || !e.sent {
		return false
	}
	switch e.Code {
	case ErrNoAnswer, ErrStopped, ErrTooLarge, ErrBadAnswer, ErrOtherDeal, ErrUnavailable, ErrRedirected:
		return true
	case ErrNotAPI:
		return e.Status < 300
	}
	return e.Status == http.StatusConflict
}

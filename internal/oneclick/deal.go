package oneclick

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tushum/internal/money"
)

// Deal is what the vendor says of a deal. All text is as it came, at most 2 KiB
// each but for the URL: whoever shows it cleans it. What the vendor left out is empty.
type Deal struct {
	ID         string
	Status     Status
	StatusText string // the vendor's word
	InvoiceID  string // the shop's name of the attempt
	// URL is the vendor's page for the payer, to be used as it is. It is there
	// after Create, and empty when the vendor gave none that a customer can be
	// sent to.
	URL string
	// FiatText is the amount as the vendor wrote it, and Currency the code of what it
	// is in, where the vendor names one; Fiat reads them.
	FiatText, Currency string
	CreatedAt          time.Time
	ExpiresAt          time.Time // zero when it is unknown
}

// Fiat is what the payer is to pay or has paid, in tiyin. A dispute can change it,
// so it is compared with the invoice each time. The error is ErrNoAmount,
// ErrCurrency for what is said not to be so‘m or, for what is no number or finer than a
// tiyin, ErrBadAmount: it is never rounded.
func (d Deal) Fiat() (money.Amount, error) {
	const doing = "reading the amount of a deal"
	switch {
	case d.FiatText == "":
		return 0, newError(ErrNoAmount, doing)
	case !isSom(d.Currency):
		return 0, newError(ErrCurrency, doing).aboutCurrency(d.Currency)
	}
	amount, ok := parseSom(d.FiatText)
	if !ok {
		return 0, newError(ErrBadAmount, doing)
	}
	return amount, nil
}

// readDeal reads a deal as create, get and list answer it: the id is id or _id, the
// status a word or an object with a name. Without an id it is no deal.
func readDeal(o object) (Deal, bool) {
	d := Deal{
		ID:         o.text("_id", "id"),
		StatusText: o.textOrName("status", "name"),
		InvoiceID:  o.inner("metadata").text("invoiceId"),
		FiatText:   o.inner("amounts").text("fiat"),
		Currency:   currency(o, "currency", "currencyFrom"),
		CreatedAt:  o.time("createdAt"),
		ExpiresAt:  o.time("expiredAt"),
	}
	if d.InvoiceID == "" {
		d.InvoiceID = o.text("invoiceId")
	}
	if link := scalar(o["url"]); visible(link) && usableURL(link) { // never cut: it would lead elsewhere
		d.URL = link
	}
	d.Status = ParseStatus(d.StatusText)
	return d, isDealID(d.ID)
}

// isDealID tells what can stand in a path: the vendor's ids are UUIDs or the
// hexadecimal ids of a database. One as long as a text is read may have been cut. How
// long one may be that is kept is for the caller to know.
func isDealID(id string) bool {
	if id == "" || len(id) >= maxText || strings.Contains(id, "..") || id == "." {
		return false
	}
	return strings.IndexFunc(id, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("-_.:", r)
	}) < 0
}

const readingDeal = "asking for a deal"

// Deal asks what became of a deal. An answer about another one is ErrOtherDeal.
func (c *Client) Deal(ctx context.Context, id string) (Deal, error) {
	if !isDealID(id) {
		return Deal{}, newError(ErrDealID, readingDeal)
	}
	r, err := c.read(ctx, call{doing: readingDeal, method: http.MethodGet, path: "/deals/" + url.PathEscape(id)})
	failure := new(Error)
	switch {
	case errors.As(err, &failure) && r != nil && r.namesError() && (failure.Code == ErrNotFound || failure.Code == ErrRefused):
		return Deal{}, r.ofDeal(failure.Code)
	case err != nil:
		return Deal{}, err
	}
	deal, ok := readDeal(r.members)
	switch {
	case !ok:
		return Deal{}, r.ofDeal(ErrBadAnswer)
	case deal.ID != id:
		return Deal{}, r.ofDeal(ErrOtherDeal)
	}
	return deal, nil
}

// Of is ErrOtherDeal where the vendor names another InvoiceID as the deal's. It may name
// none.
func (d Deal) Of(invoiceID string) error {
	if d.InvoiceID == "" || d.InvoiceID == invoiceID {
		return nil
	}
	e := newError(ErrOtherDeal, readingDeal)
	e.sent, e.deal = true, true
	return e
}

// ofDeal makes an error of an answer that is wrong for the deal asked about alone.
func (r *reply) ofDeal(code Code) *Error {
	e := r.as(code, readingDeal)
	e.deal = true
	return e
}

const cancelingDeal = "cancelling a deal"

// Cancel asks the vendor to cancel a deal. The call is documented nowhere: where the
// vendor does not know it, the error is ErrNoCancel and the deal runs out by itself.
// It goes out once; after ErrUnknownOutcome the deal is to be read.
func (c *Client) Cancel(ctx context.Context, id string) error {
	if !isDealID(id) {
		return newError(ErrDealID, cancelingDeal)
	}
	r, err := c.do(ctx, call{doing: cancelingDeal, method: http.MethodDelete, path: "/deals/" + url.PathEscape(id)})
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrNotFound) || errors.Is(err, ErrRefused) || errors.Is(err, ErrForbidden) ||
		r != nil && (r.status == http.StatusMethodNotAllowed || r.status == http.StatusNotImplemented):
		return r.as(ErrNoCancel, cancelingDeal)
	case uncertain(err):
		e := newError(ErrUnknownOutcome, cancelingDeal).because(err)
		e.sent = true
		return e
	}
	return err
}

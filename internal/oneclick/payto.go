package oneclick

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// PayTo is where the payer of a deal sends the money. All text but Number is as it
// came: whoever shows it cleans it.
type PayTo struct {
	Number string // 16 digits
	Owner  string
	Bank   string // the bank's name
	// QR is what the payer's code holds: the vendor's own text if it gave one that
	// a code can hold, else the number.
	QR string
}

const (
	cardDigits  = 16
	maxShown    = 256  // bytes of a name
	maxQR       = 1024 // bytes that a code on a screen still holds
	askingPayTo = "asking where to pay"
)

// PayTo asks where a deal is to be paid. Before the vendor has found somebody it is
// ErrNotReady; ErrDealCanceled says that it will not. ErrNoCard is of an answer without
// a card, such as one with a phone or an IBAN alone, and ErrCurrency of a card that
// takes no so‘m.
func (c *Client) PayTo(ctx context.Context, id string) (PayTo, error) {
	if !isDealID(id) {
		return PayTo{}, newError(ErrDealID, askingPayTo)
	}
	path, ok := c.credentialsPath(id)
	if !ok {
		return PayTo{}, newError(ErrAddress, askingPayTo)
	}
	r, err := c.read(ctx, call{doing: askingPayTo, method: http.MethodGet, path: path})
	if r == nil {
		return PayTo{}, err
	}
	switch vendor := strings.ToUpper(r.members.text("error")); {
	case strings.HasSuffix(vendor, "DEAL_CANCELED") || strings.HasSuffix(vendor, "DEAL_CANCELLED"):
		return PayTo{}, r.as(ErrDealCanceled, askingPayTo)
	case strings.HasSuffix(vendor, "CREDENTIALS_NOT_FOUND") || r.status == http.StatusNotFound:
		return PayTo{}, r.as(ErrNotReady, askingPayTo)
	case err != nil:
		return PayTo{}, err
	}
	return readPayTo(r, id)
}

// credentialsPath fills the deal into the path of the settings.
func (c *Client) credentialsPath(id string) (string, bool) {
	path := c.CredentialsPath
	if path == "" {
		path = DefaultCredentialsPath
	}
	ok := strings.HasPrefix(path, "/") && strings.Count(path, "{id}") == 1 && !strings.ContainsAny(path, "?# \\")
	return strings.Replace(path, "{id}", url.PathEscape(id), 1), ok
}

// readPayTo reads an answer of 2xx. An empty one, in any spelling, is not ready (S).
func readPayTo(r *reply, id string) (PayTo, error) {
	switch string(r.body) {
	case "", "null", `""`, "{}", "[]":
		return PayTo{}, r.as(ErrNotReady, askingPayTo)
	}
	if r.members == nil || r.namesError() {
		return PayTo{}, r.as(ErrBadAnswer, askingPayTo)
	}
	if of := r.members.text("dealId", "deal_id"); of != "" && of != id {
		return PayTo{}, r.as(ErrOtherDeal, askingPayTo)
	}
	if code := currency(r.members, "currency"); !isSom(code) {
		return PayTo{}, r.as(ErrCurrency, askingPayTo).aboutCurrency(code)
	}
	p := PayTo{
		Number: strings.NewReplacer(" ", "", "-", "", "\u00A0", "").Replace(r.members.text("account_number")),
		Owner:  cut(r.members.text("account_owner"), maxShown),
		Bank:   cut(r.members.textOrName("bank", "name"), maxShown),
		QR:     r.members.text("account_qr_url"),
	}
	if len(p.Number) != cardDigits || !digitsOnly(p.Number) {
		return PayTo{}, r.as(ErrNoCard, askingPayTo)
	}
	if p.QR == "" || len(p.QR) > maxQR {
		p.QR = p.Number
	}
	return p, nil
}

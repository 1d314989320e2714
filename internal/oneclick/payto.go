package oneclick

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// PayTo is where the payer of a deal sends the money. All text but Number is as it
// came: whoever shows it cleans it.
type PayTo struct {
	Number  string // 16 digits
	Owner   string
	Bank    string // the bank's name
	IBAN    string
	Phone   string
	Subtype string // "oneclick" (D)
	// QR is what the payer's code holds: the vendor's own text if it gave one that
	// a code can hold, else the number.
	QR string
}

// Groups is the number as it stands on a card: "8600 1234 5678 9012".
func (p PayTo) Groups() string {
	if len(p.Number) != cardDigits {
		return p.Number
	}
	return p.Number[:4] + " " + p.Number[4:8] + " " + p.Number[8:12] + " " + p.Number[12:]
}

const (
	cardDigits  = 16
	maxShown    = 256  // bytes of a name
	maxQR       = 1024 // bytes that a code on a screen still holds
	askingPayTo = "asking where to pay"
)

// PayTo asks where a deal is to be paid. Before the vendor has found somebody it is
// ErrNotReady; ErrDealCanceled says that it will not.
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
	p := PayTo{
		Number:  strings.NewReplacer(" ", "", "-", "", "\u00A0", "").Replace(r.members.text("account_number")),
		Owner:   cut(r.members.text("account_owner"), maxShown),
		Bank:    cut(r.members.textOrName("bank", "name"), maxShown),
		IBAN:    cut(r.members.text("account_iban"), maxShown),
		Phone:   cut(r.members.text("account_phone"), maxShown),
		Subtype: strings.ToLower(cut(r.members.text("account_subtype"), maxShown)),
		QR:      r.members.text("account_qr_url"),
	}
	if len(p.Number) != cardDigits || !digitsOnly(p.Number) {
		return PayTo{}, r.as(ErrNoCard, askingPayTo)
	}
	if p.QR == "" || len(p.QR) > maxQR {
		p.QR = p.Number
	}
	return p, nil
}

const (
	payToPatience = 20 * time.Second // S
	payToPause    = time.Second      // and up to another one
)

// WaitPayTo asks every one to two seconds until the card is there, for at most 20 s;
// then it is ErrNotReady.
func (c *Client) WaitPayTo(ctx context.Context, id string) (PayTo, error) {
	until := c.now().Add(payToPatience)
	for {
		p, err := c.PayTo(ctx, id)
		if !errors.Is(err, ErrNotReady) {
			return p, err
		}
		pause := payToPause + rand.N(payToPause) //nolint:gosec // spreads calls, hides nothing
		if c.now().Add(pause).After(until) {
			return PayTo{}, err
		}
		if waited := c.wait(ctx, pause); waited != nil {
			return PayTo{}, stopped(askingPayTo, waited, false)
		}
	}
}

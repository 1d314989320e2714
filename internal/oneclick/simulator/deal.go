package simulator

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	"tushum/internal/money"
)

// Deal is a deal as the platform keeps it.
type Deal struct {
	ID, InvoiceID, ClientID string
	// Fiat is what the deal is about now, in so‘m, as JSON writes numbers.
	Fiat json.Number
	// Status is the vendor's word; any other can be set.
	Status               string
	Lang, BackURL        string
	CreatedAt, ExpiresAt time.Time

	asked  int // how often its credentials were asked for
	listed int // how often the list was read since
	moved  time.Time
}

// Deal gives a copy of a deal; false when there is none of that id.
func (v *Vendor) Deal(id string) (Deal, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if d := v.deals[id]; d != nil {
		return *d, true
	}
	return Deal{}, false
}

// Made gives the ids of all deals of an invoiceId: more than one is what a shop
// must never cause.
func (v *Vendor) Made(invoiceID string) []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var ids []string
	for _, id := range v.order {
		if v.deals[id].InvoiceID == invoiceID {
			ids = append(ids, id)
		}
	}
	return ids
}

// Deals gives copies of all deals, the oldest first.
func (v *Vendor) Deals() (all []Deal) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, id := range v.order {
		all = append(all, *v.deals[id])
	}
	return all
}

// Change changes a deal, and tells whether there is one of that id. A webhook goes
// out when the status is another one afterwards.
func (v *Vendor) Change(id string, change func(*Deal)) bool {
	v.mu.Lock()
	d := v.deals[id]
	if d == nil {
		v.mu.Unlock()
		return false
	}
	before := d.Status
	change(d)
	d.moved = v.now()
	changed, after := d.Status != before, *d
	v.mu.Unlock()
	if changed {
		v.tellDeal(after)
		v.announce(id)
	}
	return true
}

func (v *Vendor) set(id, status string) bool {
	return v.Change(id, func(d *Deal) { d.Status = status })
}

// Assign finds a performer.
func (v *Vendor) Assign(id string) bool { return v.set(id, "pending") }

// Pay is the payer's word that the money was sent.
func (v *Vendor) Pay(id string) bool { return v.set(id, "paid") }

// Complete is the platform's word that the money came.
func (v *Vendor) Complete(id string) bool { return v.set(id, "completed") }

// CancelDeal cancels, from the platform's side.
func (v *Vendor) CancelDeal(id string) bool { return v.set(id, "canceled") }

// Dispute opens a dispute; Complete and CancelDeal end it.
func (v *Vendor) Dispute(id string) bool { return v.set(id, "disputed") }

// Expire ends a deal that nobody paid.
func (v *Vendor) Expire(id string) bool { return v.set(id, "expired") }

// Refund gives the money back.
func (v *Vendor) Refund(id string) bool { return v.set(id, "refunded") }

// Settle changes what a deal is about, as the end of a dispute may.
func (v *Vendor) Settle(id string, amount money.Amount) bool {
	return v.Change(id, func(d *Deal) { d.Fiat = json.Number(amount.SomString()) })
}

// payinRequest is the body of POST /deals/payin.
type payinRequest struct {
	Amount    json.Number `json:"amount"`
	Currency  string      `json:"currency"`
	Type      string      `json:"type"`
	InvoiceID string      `json:"invoiceId"`
	ClientID  string      `json:"clientId"`
	Lang      string      `json:"lang"`
	BackURL   string      `json:"backUrl"`
}

func (v *Vendor) payin(w http.ResponseWriter, r *http.Request) {
	var asked payinRequest
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		refuse(w, http.StatusBadRequest, "ERROR_BAD_REQUEST")
		return
	}
	if code := asked.fault(); code != "" {
		refuse(w, http.StatusUnprocessableEntity, code)
		return
	}
	d, made := v.make(asked)
	if !made {
		refuse(w, http.StatusConflict, "ERROR_INVOICE_EXISTS")
		return
	}
	v.tellDeal(d)
	answer := map[string]any{"id": d.ID, "status": "new", "type": "oneclick", "url": d.link(r)}
	b := v.behaves()
	if b.OtherShapes {
		delete(answer, "id")
		answer["_id"], answer["status"] = d.ID, map[string]any{"name": "NEW"}
	}
	if b.NoLink {
		delete(answer, "url")
	}
	reply(w, http.StatusCreated, answer)
}

// link is the page of a deal, at the address that was called.
func (d Deal) link(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host + "/pay/" + d.ID
	}
	return "http://" + r.Host + "/pay/" + d.ID
}

// fault says what the platform would refuse. The amount is read as it is written:
// a sum with more than two decimals or in tiyin would be the shop's mistake.
func (p payinRequest) fault() string {
	whole, decimals, _ := strings.Cut(p.Amount.String(), ".")
	switch {
	case whole == "" || strings.Trim(whole+decimals, "0123456789") != "" || len(decimals) > 2 || strings.Trim(whole+decimals, "0") == "":
		return "ERROR_AMOUNT"
	case p.Currency != "UZS":
		return "ERROR_CURRENCY"
	case p.Type != "oneclick":
		return "ERROR_TYPE"
	case p.InvoiceID == "" || p.ClientID == "":
		return "ERROR_REQUIRED"
	case p.Lang != "" && p.Lang != "EN" && p.Lang != "UZ" && p.Lang != "RU":
		return "ERROR_LANG"
	}
	return ""
}

// make makes a deal, one for an invoiceId.
func (v *Vendor) make(asked payinRequest) (Deal, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, d := range v.deals {
		if d.InvoiceID == asked.InvoiceID {
			return Deal{}, false
		}
	}
	life := v.behaviour.DealLife
	if life == 0 {
		life = 15 * time.Minute
	}
	v.serial++
	now := v.now().UTC()
	d := &Deal{
		ID: fmt.Sprintf("%024x", v.serial), InvoiceID: asked.InvoiceID, ClientID: asked.ClientID, Fiat: asked.Amount,
		Status: "new", Lang: asked.Lang, BackURL: asked.BackURL, CreatedAt: now, ExpiresAt: now.Add(life), moved: now,
	}
	v.deals[d.ID] = d
	v.order = append(v.order, d.ID)
	return *d, true
}

func (v *Vendor) behaves() Behaviour {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.behaviour
}

func (v *Vendor) get(w http.ResponseWriter, r *http.Request) {
	d, ok := v.Deal(r.PathValue("id"))
	if !ok {
		refuse(w, http.StatusNotFound, "ERROR_DEAL_NOT_FOUND")
		return
	}
	b := v.behaves()
	answer := d.entity(b)
	if b.LinkInGet {
		answer["url"] = d.link(r)
	}
	reply(w, http.StatusOK, answer)
}

const isoMillis = "2006-01-02T15:04:05.000Z"

// entity is a deal as get and list answer it.
func (d Deal) entity(b Behaviour) map[string]any {
	amounts := map[string]any{"crypto": json.Number("10.41666667"), "fiat": d.Fiat, "fiat_net": json.Number("1234.5678")}
	if b.AmountsAsText {
		amounts["fiat"] = d.Fiat.String()
	}
	e := map[string]any{
		"_id": d.ID, "orderId": "o-" + d.ID, "direction": "F2C", "amount": d.Fiat,
		"status":    map[string]any{"name": d.Status, "createdAt": d.CreatedAt.Format(isoMillis)},
		"amounts":   amounts,
		"metadata":  map[string]any{"invoiceId": d.InvoiceID, "clientId": d.ClientID},
		"createdAt": d.CreatedAt.Format(isoMillis),
		"expiredAt": d.ExpiresAt.Format(isoMillis),
	}
	switch {
	case b.NoCurrency:
	case b.OtherShapes:
		e["currency"] = b.currency()
	default:
		e["currencyFrom"] = b.currency()
	}
	if b.OtherShapes {
		delete(e, "_id")
		e["id"], e["status"], e["expiredAt"] = d.ID, strings.ToUpper(d.Status), d.ExpiresAt.UnixMilli()
	}
	return e
}

func (v *Vendor) cancel(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	d, ok := v.Deal(id)
	switch {
	case !ok || v.behaves().NoCancel:
		refuse(w, http.StatusNotFound, "ERROR_NOT_FOUND")
	case d.Status == "completed":
		refuse(w, http.StatusConflict, "ERROR_DEAL_COMPLETED")
	default:
		v.CancelDeal(id)
		w.WriteHeader(http.StatusNoContent)
	}
}

// credentials is the card to pay to: first nobody is found.
func (v *Vendor) credentials(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	d, b := v.deals[r.PathValue("id")], v.behaviour
	if d == nil {
		v.mu.Unlock()
		refuse(w, http.StatusNotFound, "ERROR_DEAL_NOT_FOUND")
		return
	}
	d.asked = min(d.asked+1, math.MaxInt-1)
	asked, status, id := d.asked, d.Status, d.ID
	v.mu.Unlock()
	switch {
	case status == "canceled":
		refuse(w, http.StatusBadRequest, "DEAL_CANCELED")
	case asked <= b.NotReady, b.Unassigned && (status == "new" || status == "queued"):
		refuse(w, http.StatusNotFound, "ERROR_CREDENTIALS_NOT_FOUND")
	case asked <= b.NotReady+b.EmptyAnswers:
		w.WriteHeader(http.StatusOK)
	default:
		if status == "new" || status == "queued" {
			v.Assign(id)
		}
		reply(w, http.StatusOK, account(b))
	}
}

// Card is the number of the performer's card.
const Card = "8600000000000009"

func account(b Behaviour) map[string]any {
	a := map[string]any{
		"account_number": Card, "account_owner": "TOSHMATOV ESHMAT", "account_iban": nil,
		"account_phone": "", "type": "custom", "account_subtype": "oneclick",
		"currency": b.currency(),
		"bank":     map[string]any{"_id": "b1", "name": "Demo Bank", "enabled": true, "logo": map[string]any{"short": nil}, "supportedPaymentSystems": []string{"UZCARD"}},
	}
	if b.NoBank {
		delete(a, "bank")
		delete(a, "account_owner")
	}
	if b.NoBank || b.NoCurrency {
		delete(a, "currency")
	}
	if b.QRText != "" {
		a["account_qr_url"] = b.QRText
	}
	return a
}

func (b Behaviour) currency() map[string]any {
	code := b.Currency
	if code == "" {
		code = "UZS"
	}
	return map[string]any{"_id": "c1", "type": "FIAT", "code": code, "symbol": "so'm", "decimal": 2}
}

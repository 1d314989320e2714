package main

import (
	"encoding/json"
	"fmt"

	"tushum/internal/money"
	"tushum/store"
)

// The views are what scripts see; every name in them is fixed. Amounts are
// tiyin, times RFC 3339 in UTC with milliseconds, and what is absent is left
// out. Phones are whole, for the ledger is its owner's.

type invoiceView struct {
	Number        store.Number      `json:"number"`
	Token         store.Token       `json:"token"`
	Kind          store.Kind        `json:"kind"`
	Status        string            `json:"status"`
	Reusable      bool              `json:"reusable"`
	Amount        money.Amount      `json:"amount,omitzero"`
	Discount      money.Amount      `json:"discount,omitzero"`
	Prepaid       money.Amount      `json:"prepaid,omitzero"`
	MinAmount     money.Amount      `json:"min_amount,omitzero"`
	MaxAmount     money.Amount      `json:"max_amount,omitzero"`
	Lines         []lineView        `json:"lines,omitempty"`
	Customer      customerView      `json:"customer,omitzero"`
	Specialist    string            `json:"specialist,omitzero"`
	AppointmentAt store.Instant     `json:"appointment_at,omitzero"`
	Note          string            `json:"note,omitzero"`
	CreatedAt     store.Instant     `json:"created_at"`
	CreatedBy     string            `json:"created_by"`
	ExpiresAt     store.Instant     `json:"expires_at,omitzero"`
	PaidAt        store.Instant     `json:"paid_at,omitzero"`
	PaidBy        string            `json:"paid_by,omitzero"`
	PaymentSystem store.System      `json:"payment_system"`
	PaymentLink   string            `json:"payment_link,omitzero"`
	AppLink       string            `json:"app_link,omitzero"`
	Transactions  []transactionView `json:"transactions,omitempty"`
	Deals         []dealView        `json:"deals,omitempty"`
}

type lineView struct {
	Name     string       `json:"name"`
	Quantity int64        `json:"quantity"`
	Price    money.Amount `json:"price"`
	Amount   money.Amount `json:"amount"`
}

type customerView struct {
	Name  string `json:"name,omitzero"`
	Phone string `json:"phone,omitzero"`
}

type transactionView struct {
	TransID       string           `json:"trans_id"`
	PaymentSystem store.System     `json:"payment_system"`
	ServiceID     int64            `json:"service_id,omitzero"`
	Number        store.Number     `json:"number"`
	Status        string           `json:"status"`
	Reason        store.FailReason `json:"reason,omitzero"`
	Amount        money.Amount     `json:"amount"`
	Fee           *money.Amount    `json:"fee,omitempty"` // there once money has moved, and then even when it is 0
	Net           *money.Amount    `json:"net,omitempty"`
	Source        string           `json:"payment_source,omitzero"`
	Tariff        string           `json:"tariff,omitzero"`
	Reference     string           `json:"processing_reference_number,omitzero"`
	CardType      int64            `json:"card_type,omitzero"`
	Phone         string           `json:"phone,omitzero"`
	CreatedAt     store.Instant    `json:"created_at"`
	ConfirmedAt   store.Instant    `json:"confirmed_at,omitzero"`
	ReversedAt    store.Instant    `json:"reversed_at,omitzero"`
	FailedAt      store.Instant    `json:"failed_at,omitzero"`
	Late          bool             `json:"late,omitzero"`
	Unapplied     store.Unapplied  `json:"unapplied,omitzero"` // why it did not pay its invoice when it came
	Settlement    *settlementView  `json:"settlement,omitempty"`
	Refund        *refundView      `json:"refund,omitempty"`
	Calls         []callView       `json:"calls,omitempty"`
}

// callView is a line of the wire journal. Bodies are text, byte for byte as
// they went over the wire but for the phone, which is masked in the journal.
type callView struct {
	At         store.Instant `json:"at"`
	TookMS     float64       `json:"took_ms"`
	System     store.System  `json:"payment_system"`
	Webhook    string        `json:"webhook"`
	Address    string        `json:"address,omitzero"`
	HTTPStatus int           `json:"http_status"`
	Code       string        `json:"code,omitzero"`
	Reason     string        `json:"reason,omitzero"`
	Request    string        `json:"request,omitzero"`
	Response   string        `json:"response,omitzero"`
	Cut        bool          `json:"cut,omitzero"`
}

type eventView struct {
	Seq     uint64          `json:"seq"`
	At      store.Instant   `json:"at"`
	Type    store.EventType `json:"type"`
	Number  store.Number    `json:"number"`
	TransID string          `json:"trans_id,omitzero"`
	Deal    string          `json:"deal,omitzero"` // the shop's name for it
	By      string          `json:"by"`
}

func viewInvoice(s *shop, inv store.Invoice, ts []store.Transaction, ds []store.Deal) invoiceView {
	v := invoiceView{
		Number: inv.Number, Token: inv.Token, Kind: inv.Kind, Status: inv.Status.String(), Reusable: inv.Reusable(),
		Amount: inv.Amount, Discount: inv.Discount, Prepaid: inv.Prepaid, MinAmount: inv.MinAmount, MaxAmount: inv.MaxAmount,
		Customer:   customerView{inv.Customer.Name, string(inv.Customer.Phone)},
		Specialist: inv.Specialist, AppointmentAt: inv.AppointmentAt, Note: inv.Note,
		CreatedAt: inv.CreatedAt, CreatedBy: inv.CreatedBy, ExpiresAt: inv.ExpiresAt,
		PaidAt: inv.PaidAt, PaidBy: inv.PaidBy, PaymentSystem: inv.PaymentSystem(),
	}
	v.PaymentLink, v.AppLink = s.paymentLinks(inv)
	for _, l := range inv.Lines {
		v.Lines = append(v.Lines, lineView{l.Name, l.Quantity, l.Price, l.Price * money.Amount(l.Quantity)})
	}
	for _, t := range ts {
		v.Transactions = append(v.Transactions, viewTransaction(t, nil))
	}
	for _, d := range ds {
		v.Deals = append(v.Deals, viewDeal(d, store.At(s.Now())))
	}
	return v
}

func viewTransaction(t store.Transaction, calls []store.Call) transactionView {
	v := transactionView{
		TransID: t.TransID, PaymentSystem: t.System, ServiceID: t.ServiceID, Number: t.Number,
		Status: t.Status.String(), Reason: t.Reason, Amount: t.Amount,
		Source: t.Source, Tariff: t.Tariff, Reference: t.Reference, CardType: t.CardType, Phone: string(t.Phone),
		CreatedAt: t.CreatedAt, ConfirmedAt: t.ConfirmedAt, ReversedAt: t.ReversedAt, FailedAt: t.FailedAt,
		Late: t.Late, Unapplied: t.Unapplied, Settlement: viewSettlement(t), Refund: viewRefund(t),
	}
	if t.ConfirmedAt != 0 {
		fee, net := t.Fee(), t.Net()
		v.Fee, v.Net = &fee, &net
	}
	for _, c := range calls {
		v.Calls = append(v.Calls, callView{
			At: c.At, TookMS: float64(c.Took.Microseconds()) / 1000, System: c.System, Webhook: c.Webhook, Address: c.Address,
			HTTPStatus: c.HTTPStatus, Code: c.Code, Reason: c.Reason, Request: string(c.Request), Response: string(c.Response), Cut: c.Cut,
		})
	}
	return v
}

func viewEvent(e store.Event) eventView {
	return eventView{e.Seq, e.At, e.Type, e.Number, e.TransID, e.Deal, e.By}
}

// printJSON writes one object on a line of its own.
func (a *App) printJSON(v any) error {
	enc := json.NewEncoder(a.Stdout)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	return nil
}

// print writes text for people.
func (a *App) print(text string) error {
	if _, err := fmt.Fprint(a.Stdout, text); err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	return nil
}

package bank

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tushum/internal/money"
)

// ErrOutcomeUnknown is returned when /status never said what became of a call whose
// answer was lost.
var ErrOutcomeUnknown = errors.New("outcome unknown after the last /status")

// ErrNoAmount is returned when neither the request nor the check's answer names an amount.
var ErrNoAmount = errors.New("the check names no amount: give one")

// RefusalError is a listener's HTTP 400.
type RefusalError struct {
	Webhook string
	Code    string // errorCode; empty when the answer had none
}

func (e *RefusalError) Error() string {
	if meaning, known := meanings[e.Code]; known {
		return fmt.Sprintf("%s refused with %s: %s", e.Webhook, e.Code, meaning.EN)
	}
	return fmt.Sprintf("%s refused without a known errorCode (%s)", e.Webhook, shown(e.Code))
}

// AnswerError is an answer that Merchant API 1.0.0 does not know: neither a proper
// success nor HTTP 400 nor a server error.
type AnswerError struct {
	Webhook    string
	HTTPStatus int
	State      string // the status member
}

func (e *AnswerError) Error() string {
	return fmt.Sprintf("%s answered HTTP %d with status %q: not an answer of Merchant API 1.0.0, is this the URL of the webhooks?",
		e.Webhook, e.HTTPStatus, shown(e.State))
}

// PayRequest is what a customer does in the bank's app.
type PayRequest struct {
	Number string
	// Amount is in tiyin; 0 pays what the check's data.amount says (so'm on the wire).
	Amount money.Amount
	Payer  Payer
	// Declines is how many cards the bank declines before one goes through; each
	// leaves a CREATED transaction behind.
	Declines int
}

// Step is one call of a payment.
type Step struct {
	Webhook    string        `json:"webhook"`
	TransID    string        `json:"trans_id,omitempty"`
	HTTPStatus int           `json:"http_status,omitempty"` // 0: no answer came
	ErrorCode  string        `json:"error_code,omitempty"`
	State      string        `json:"status,omitempty"`
	Took       time.Duration `json:"-"` // took_ms, whole milliseconds
}

// MarshalJSON gives the time in milliseconds.
func (s Step) MarshalJSON() ([]byte, error) {
	type plain Step
	return json.Marshal(struct {
		plain
		Took int64 `json:"took_ms"`
	}{plain(s), s.Took.Milliseconds()})
}

// Receipt is how a payment went. It is filled as far as the payment came, also when
// an error is returned with it.
type Receipt struct {
	TransID string       `json:"trans_id,omitempty"`
	Number  string       `json:"number,omitempty"`
	Amount  money.Amount `json:"amount,omitempty"` // tiyin
	// State is CREATED, CONFIRMED, REVERSED or FAILED, empty before create.
	State string `json:"status,omitempty"`
	// Declined are the transactions that declined cards left behind.
	Declined []string `json:"declined,omitempty"`
	Steps    []Step   `json:"steps"`
}

// Pay plays check, create and confirm. When an answer is lost or is a server error
// it asks /status, up to StatusTries times, as the bank does. The error is a
// *RefusalError, an *AnswerError, ErrNoAmount, ErrOutcomeUnknown or the transport's.
func (c *Client) Pay(ctx context.Context, req PayRequest) (Receipt, error) {
	var declined []string
	for range req.Declines {
		receipt, err := c.Decline(ctx, req)
		if err != nil {
			receipt.Declined = declined
			return receipt, err
		}
		declined = append(declined, receipt.TransID)
	}
	p := c.payment(req)
	p.receipt.Declined = declined
	err := p.open(ctx)
	if err == nil {
		err = p.confirm(ctx)
	}
	return p.receipt, err
}

// Decline plays check and create and leaves it there: the customer's card was
// declined, so the bank never confirms. Errors are as for Pay.
func (c *Client) Decline(ctx context.Context, req PayRequest) (Receipt, error) {
	p := c.payment(req)
	err := p.open(ctx)
	return p.receipt, err
}

// Refund plays the bank's reverse of a transaction. Errors are as for Pay.
func (c *Client) Refund(ctx context.Context, transID string) (Receipt, error) {
	p := c.payment(PayRequest{})
	p.receipt.TransID = transID
	err := p.call(ctx, WebhookReverse, StateReversed, c.transactionFields(transID))
	if lost(err) {
		err = p.reconcile(ctx, err, StateReversed)
	}
	return p.receipt, err
}

// payment is one pass of the bank over one transaction.
type payment struct {
	client  *Client
	req     PayRequest
	receipt Receipt
	answer  Reply // the last one
}

func (c *Client) payment(req PayRequest) *payment {
	return &payment{client: c, req: req, receipt: Receipt{Number: req.Number, Amount: req.Amount}}
}

func (p *payment) open(ctx context.Context) error {
	if err := p.call(ctx, WebhookCheck, StateOK, p.client.checkFields(p.req.Number)); err != nil {
		return err
	}
	p.receipt.State = ""
	if p.receipt.Amount == 0 {
		amount, err := prefilled(p.answer)
		if err != nil {
			return fmt.Errorf("paying %s: %w", shown(p.req.Number), err)
		}
		p.receipt.Amount = amount
	}
	p.receipt.TransID = p.client.newTransID()
	body := p.client.createFields(p.receipt.TransID, p.req.Number, p.receipt.Amount)
	err := p.call(ctx, WebhookCreate, StateCreated, body)
	if lost(err) {
		err = p.reconcile(ctx, err, StateCreated)
	}
	return err
}

func (p *payment) confirm(ctx context.Context) error {
	body := p.client.confirmFields(p.receipt.TransID, p.req.Payer)
	err := p.call(ctx, WebhookConfirm, StateConfirmed, body)
	if lost(err) {
		err = p.reconcile(ctx, err, StateConfirmed)
	}
	return err
}

// lostError marks an outcome that only /status can tell.
type lostError struct{ cause error }

func (e *lostError) Error() string { return e.cause.Error() }
func (e *lostError) Unwrap() error { return e.cause }

func lost(err error) bool {
	var l *lostError
	return errors.As(err, &l)
}

// call makes one step and reads its answer the way the bank does: 200 with the state
// that was asked for, 400 as final, silence and 5xx as lost.
func (p *payment) call(ctx context.Context, webhook, want string, body fields) error {
	begun := time.Now()
	reply, err := p.client.post(ctx, webhook, body)
	p.answer = reply
	p.receipt.Steps = append(p.receipt.Steps, Step{Webhook: webhook, TransID: p.receipt.TransID,
		HTTPStatus: reply.HTTPStatus, ErrorCode: reply.ErrorCode, State: reply.State(), Took: time.Since(begun)})
	switch {
	case err != nil:
		return &lostError{err}
	case reply.HTTPStatus >= http.StatusInternalServerError:
		return &lostError{&AnswerError{webhook, reply.HTTPStatus, reply.State()}}
	case reply.HTTPStatus == http.StatusBadRequest:
		if webhook != WebhookReverse && p.receipt.TransID != "" {
			p.receipt.State = StateFailed
		}
		return &RefusalError{webhook, reply.ErrorCode}
	case reply.HTTPStatus != http.StatusOK || want != "" && reply.State() != want:
		return &AnswerError{webhook, reply.HTTPStatus, reply.State()}
	}
	p.receipt.State = reply.State()
	return nil
}

// reconcile asks /status until it names the wanted state or one that nothing leaves.
func (p *payment) reconcile(ctx context.Context, cause error, want string) error {
	tries := p.client.StatusTries
	if tries <= 0 {
		tries = 10
	}
	body := p.client.transactionFields(p.receipt.TransID)
	for try := range tries {
		if try > 0 {
			if err := pause(ctx, p.client.statusPause()); err != nil {
				return fmt.Errorf("reconciling %s: %w", p.receipt.TransID, err)
			}
		}
		err := p.call(ctx, WebhookStatus, "", body)
		if err == nil && p.receipt.State == want {
			return nil
		}
		var refusal *RefusalError
		if errors.As(err, &refusal) {
			return err
		}
		if err == nil && p.receipt.State == StateReversed {
			return &AnswerError{WebhookStatus, http.StatusOK, StateReversed}
		}
	}
	return fmt.Errorf("reconciling %s: %w: %w", p.receipt.TransID, ErrOutcomeUnknown, cause)
}

func (c *Client) statusPause() time.Duration {
	if c.StatusPause <= 0 {
		return 500 * time.Millisecond
	}
	return c.StatusPause
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// prefilled reads data.amount of a check, the only amount on the wire that is in
// so'm, and gives tiyin.
func prefilled(check Reply) (money.Amount, error) {
	text, ok := dataValue(check, "amount")
	if !ok {
		return 0, ErrNoAmount
	}
	whole, rest, _ := strings.Cut(text, ".")
	som, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || som < 0 || som > (1<<63-1)/100-1 {
		return 0, fmt.Errorf("check's data.amount %s is no amount in so'm", shown(text))
	}
	tiyin, err := strconv.ParseUint((rest + "00")[:2], 10, 8)
	if err != nil || len(rest) > 2 || som == 0 && tiyin == 0 {
		return 0, fmt.Errorf("check's data.amount %s is no amount in so'm", shown(text))
	}
	return money.Amount(som*100 + int64(tiyin)), nil
}

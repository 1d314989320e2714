package bank

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tushum/internal/money"
)

// The five webhooks of Merchant API 1.0.0; each is also its path under the base URL.
const (
	WebhookCheck   = "check"
	WebhookCreate  = "create"
	WebhookConfirm = "confirm"
	WebhookReverse = "reverse"
	WebhookStatus  = "status"
)

// The states an answer's status member can name.
const (
	StateOK        = "OK"
	StateCreated   = "CREATED"
	StateConfirmed = "CONFIRMED"
	StateReversed  = "REVERSED"
	StateFailed    = "FAILED"
)

const (
	defaultTimeout    = 10 * time.Second
	defaultAccountKey = "account"
)

// Client is the bank as one shop's listener sees it. BaseURL, Login, Password and
// ServiceID are required; the rest has defaults. A Client is not changed by its
// methods and may be used from several goroutines.
type Client struct {
	// BaseURL is what the shop hands to the bank, such as https://shop.uz/uzum.
	BaseURL string
	// Login and Password go out as HTTP Basic on every call.
	Login, Password string
	// ServiceID is the shop's service at the bank.
	ServiceID int64
	// AccountKey is the key in params that names the invoice; "account" when empty.
	// Under "account" a number made of digits is sent as a JSON number, as in the
	// published example; under any other key it is sent as a string, as in the
	// bank's test collection.
	AccountKey string
	// HTTP carries the calls; nil means a client that gives up after 10 s. Redirects
	// are never followed, whatever it says: the bank does not follow them either.
	HTTP *http.Client
	// Now is the bank's clock; time.Now when nil.
	Now func() time.Time
	// NewTransID names a transaction; nil means UUIDs of version 1 from the clock
	// and a random node. SeededTransIDs gives repeatable ones.
	NewTransID func() string
	// StatusTries is how often a lost answer is reconciled by /status; 10 when 0.
	StatusTries int
	// StatusPause is the time between two such calls; 500 ms when 0.
	StatusPause time.Duration
}

// Payer is what the bank tells about the customer's side of a payment on confirm.
// An empty member is sent as null, except CardType, which is left out when 0.
type Payer struct {
	Source   string // UZCARD, HUMO, VISA, INSTALLMENT, …: an open list
	Tariff   string // only for INSTALLMENT: 003, 15-0-4
	Phone    string // 998 and nine digits
	CardType int    // 1 corporate, 2 private
	// Reference is the bank's processingReferenceNumber.
	Reference string
}

// Check asks whether the invoice can be paid.
func (c *Client) Check(ctx context.Context, number string) (Reply, error) {
	return c.post(ctx, WebhookCheck, c.checkFields(number))
}

// Create opens a transaction of amount tiyin on the invoice.
func (c *Client) Create(ctx context.Context, transID, number string, amount money.Amount) (Reply, error) {
	return c.post(ctx, WebhookCreate, c.createFields(transID, number, amount))
}

// Confirm tells that the customer has been debited.
func (c *Client) Confirm(ctx context.Context, transID string, by Payer) (Reply, error) {
	return c.post(ctx, WebhookConfirm, c.confirmFields(transID, by))
}

// Reverse cancels a transaction.
func (c *Client) Reverse(ctx context.Context, transID string) (Reply, error) {
	return c.post(ctx, WebhookReverse, c.transactionFields(transID))
}

// Status asks what has become of a transaction.
func (c *Client) Status(ctx context.Context, transID string) (Reply, error) {
	return c.post(ctx, WebhookStatus, c.transactionFields(transID))
}

func (c *Client) post(ctx context.Context, webhook string, body fields) (Reply, error) {
	return c.send(ctx, c.message(webhook, body.json()))
}

// message is the well-formed call of one webhook; the suite bends copies of it.
func (c *Client) message(webhook string, body []byte) message {
	return message{method: http.MethodPost, path: "/" + webhook, authorization: c.basic(), body: body}
}

func (c *Client) basic() string {
	return basicAuth(c.Login, c.Password)
}

func basicAuth(login, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(login+":"+password))
}

func (c *Client) checkFields(number string) fields {
	return append(c.baseFields(), field{"params", c.params(number)})
}

func (c *Client) createFields(transID, number string, amount money.Amount) fields {
	return append(c.transactionFields(transID),
		field{"params", c.params(number)},
		field{"amount", strconv.FormatInt(int64(amount), 10)})
}

func (c *Client) confirmFields(transID string, by Payer) fields {
	body := append(c.transactionFields(transID),
		field{"paymentSource", quoteOrNull(by.Source)},
		field{"tariff", quoteOrNull(by.Tariff)},
		field{"processingReferenceNumber", quoteOrNull(by.Reference)},
		field{"phone", quoteOrNull(by.Phone)})
	if by.CardType != 0 {
		body = append(body, field{"cardType", strconv.Itoa(by.CardType)})
	}
	return body
}

func (c *Client) transactionFields(transID string) fields {
	return append(c.baseFields(), field{"transId", quote(transID)})
}

func (c *Client) baseFields() fields {
	return fields{
		{"serviceId", strconv.FormatInt(c.ServiceID, 10)},
		{"timestamp", strconv.FormatInt(c.now().UnixMilli(), 10)},
	}
}

func (c *Client) params(number string) string {
	key := c.accountKey()
	value := quote(number)
	if key == defaultAccountKey && isJSONNumber(number) {
		value = number
	}
	return paramsOf(key, value)
}

// paramsOf is a params object of one key, the value being JSON text.
func paramsOf(key, value string) string {
	return string(fields{{key, value}}.json())
}

// isJSONNumber reports whether digits survive as a JSON number: a leading zero would not.
func isJSONNumber(s string) bool {
	if s == "" || len(s) > 18 || s[0] == '0' {
		return false
	}
	return strings.Trim(s, "0123456789") == ""
}

func (c *Client) accountKey() string {
	if c.AccountKey == "" {
		return defaultAccountKey
	}
	return c.AccountKey
}

func (c *Client) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

func (c *Client) newTransID() string {
	if c.NewTransID == nil {
		return randomTransIDs()()
	}
	return c.NewTransID()
}

// Reply is one answer of the listener.
type Reply struct {
	// HTTPStatus is the status code, 200 or 400 from a listener that follows the contract.
	HTTPStatus int
	// Header is the answer's header.
	Header http.Header
	// Body is the answer as it came, at most 1 MiB of it.
	Body []byte
	// Members are the members of the answered object; nil when Defect is set.
	Members map[string]json.RawMessage
	// Defect says why Body is not one strict JSON object; nil when it is.
	Defect error
	// ErrorCode is the errorCode member when it is a string, else empty.
	ErrorCode string
	// Took is the time from sending the call to having read the whole answer.
	Took time.Duration
}

// Int gives an integer member; false when it is absent or no int64.
func (r Reply) Int(name string) (int64, bool) {
	n, err := strconv.ParseInt(string(r.Members[name]), 10, 64)
	return n, err == nil
}

// Text gives a string member; false when it is absent or no string.
func (r Reply) Text(name string) (string, bool) {
	return textOf(r.Members[name])
}

// State gives the status member, empty when there is none.
func (r Reply) State() string {
	state, _ := r.Text("status")
	return state
}

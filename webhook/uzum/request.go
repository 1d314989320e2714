package uzum

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"tushum/internal/money"
)

// maxTransID is longer than any transId that create accepts, in bytes. About a
// longer one the ledger is not asked.
const maxTransID = 64

// request is what a call says. Members that a webhook does not have are zero.
type request struct {
	serviceID    int64
	hasServiceID bool
	transID      string
	account      string // the value of the first account param that has one
	amount       money.Amount
	payer        payer
}

// members are the values of the object as they stand in the body; those that
// are absent are empty.
type members struct {
	serviceID, timestamp, transID, params, amount jsontext.Value
	source, tariff, reference, cardType, phone    jsontext.Value
}

func (m *members) take(name []byte, value jsontext.Value) {
	switch string(name) {
	case "serviceId":
		m.serviceID = value
	case "timestamp":
		m.timestamp = value
	case "transId":
		m.transID = value
	case "params":
		m.params = value
	case "amount":
		m.amount = value
	case "paymentSource":
		m.source = value
	case "tariff":
		m.tariff = value
	case "processingReferenceNumber":
		m.reference = value
	case "cardType":
		m.cardType = value
	case "phone":
		m.phone = value
	}
}

// decode reads a body. What could be understood is returned beside a refusal
// too, for the answer names it. A wrong type is a matter of structure and
// comes before a member that is missing.
func decode(n needs, accountParams []string, body []byte) (request, *refusal) {
	if tooDeep(body) {
		return request{}, &refusal{Malformed, "the body is nested too deep"}
	}
	var m members
	if err := readObject(body, m.take); err != nil {
		return request{}, &refusal{Malformed, jsonReason(err)}
	}
	var f findings
	var req request
	req.serviceID, req.hasServiceID = f.integer("serviceId", m.serviceID)
	f.integer("timestamp", m.timestamp)
	if n.transID {
		req.transID = f.text("transId", m.transID)
		if n.uuid && req.transID != "" && !isUUID(req.transID) {
			f.wrong = append(f.wrong, "transId")
		}
	}
	if n.params {
		req.account = f.account(accountParams, m.params)
	}
	if n.amount {
		amount, _ := f.integer("amount", m.amount)
		req.amount = money.Amount(amount)
	}
	req.payer = payerOf(&m)
	return req, f.refusal()
}

// findings are the names of members that stand in the way of an answer.
type findings struct{ wrong, missing []string }

func (f *findings) refusal() *refusal {
	switch {
	case len(f.wrong) > 0:
		return &refusal{Malformed, f.wrong[0] + " is not of the expected type"}
	case len(f.missing) > 0:
		return &refusal{Missing, f.missing[0] + " is missing or empty"}
	}
	return nil
}

// integer reads an int64; a fraction, an exponent or too many digits make it a
// wrong type, even where the value is whole.
func (f *findings) integer(name string, v jsontext.Value) (int64, bool) {
	if absent(v) {
		f.missing = append(f.missing, name)
		return 0, false
	}
	n, err := strconv.ParseInt(string(v), 10, 64)
	if err != nil {
		f.wrong = append(f.wrong, name)
		return 0, false
	}
	return n, true
}

func (f *findings) text(name string, v jsontext.Value) string {
	if absent(v) {
		f.missing = append(f.missing, name)
		return ""
	}
	s, ok := unquote(v)
	switch {
	case !ok:
		f.wrong = append(f.wrong, name)
	case s == "":
		f.missing = append(f.missing, name)
	}
	return s
}

func absent(v jsontext.Value) bool { return len(v) == 0 || v.Kind() == 'n' }

// unquote reads a JSON string; ok is false for any other type.
func unquote(v jsontext.Value) (s string, ok bool) {
	if v.Kind() != '"' {
		return "", false
	}
	b, err := jsontext.AppendUnquote(nil, v)
	return string(b), err == nil
}

// uuidLength is that of a UUID as text, in bytes.
const uuidLength = 36

// isUUID tells the text form of RFC 9562, in either case, of any version.
func isUUID[T string | []byte](s T) bool {
	if len(s) != uuidLength {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case '0' <= c && c <= '9', 'a' <= c && c <= 'f', 'A' <= c && c <= 'F':
		default:
			return false
		}
	}
	return true
}

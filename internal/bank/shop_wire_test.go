package bank_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// input is a request that has been understood.
type input struct {
	service, timestamp, amount int64
	transID, account           string
}

var uuidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

var errWrongType = errors.New("wrong type")

// read takes the members in the order of checks: types, presence, service.
func (s *shop) read(name string, request map[string]json.RawMessage) (input, *refused) {
	var in input
	var problems []error
	need := func(problem error) { problems = append(problems, problem) }
	need(s.integer(request["serviceId"], &in.service))
	need(s.integer(request["timestamp"], &in.timestamp))
	if name != "check" {
		need(s.text(request["transId"], &in.transID, false))
	}
	if name == "check" || name == "create" {
		need(s.account(request["params"], &in.account))
	}
	if name == "create" {
		need(s.integer(request["amount"], &in.amount))
	}
	if name == "confirm" {
		problems = append(problems, s.payerProblems(request)...)
	}
	strange := s.is("service-first") && in.service != shopService && in.service != 0
	uuidLike := uuidForm.MatchString(in.transID)
	checksID := name == "create" && !s.is("transid-unchecked") || name != "check" && s.is("transid-checked-everywhere")
	missing := slices.Contains(problems, errMissing)
	switch {
	case strange:
		return in, &refused{code: "10006"}
	case s.is("missing-first") && missing:
		return in, &refused{code: "10005"}
	case slices.Contains(problems, errWrongType), s.is("unknown-refused") && request["note"] != nil:
		return in, &refused{code: "10002"}
	case missing:
		return in, &refused{code: "10005"}
	case checksID && !uuidLike:
		return in, &refused{code: "10002"}
	case in.service != shopService && !(s.is("service-half") && name != "check" && name != "create"):
		return in, &refused{code: "10006"}
	}
	return in, nil
}

var errMissing = errors.New("missing")

func (s *shop) payerProblems(request map[string]json.RawMessage) []error {
	switch source := string(request["paymentSource"]); {
	case s.is("phone-needed") && request["phone"] == nil:
		return []error{errMissing}
	case s.is("phone-typed") && bytes.HasPrefix(request["phone"], []byte("9")):
		return []error{errWrongType}
	case s.is("source-closed") && source != "" && source != `"UZCARD"` && source != `"INSTALLMENT"`:
		return []error{errWrongType}
	}
	return nil
}

func (s *shop) integer(raw json.RawMessage, into *int64) error {
	text := string(raw)
	if text == "" || text == "null" && !s.is("null-typed") {
		return errMissing
	}
	if s.is("text-coerced") {
		text = strings.Trim(text, `"`)
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && s.is("float") {
		text = strconv.FormatInt(int64(f), 10)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return errWrongType
	}
	*into = n
	return nil
}

func (s *shop) text(raw json.RawMessage, into *string, numbers bool) error {
	if raw == nil || string(raw) == "null" {
		return errMissing
	}
	if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil && numbers && !s.is("account-number-refused") {
		*into = strconv.FormatInt(n, 10)
		return nil
	}
	if raw[0] != '"' || json.Unmarshal(raw, into) != nil {
		return errWrongType
	}
	if *into == "" && !s.is("empty-looked-up") {
		return errMissing
	}
	return nil
}

func (s *shop) account(params json.RawMessage, into *string) error {
	if params == nil || string(params) == "null" {
		return errMissing
	}
	var keys map[string]json.RawMessage
	if json.Unmarshal(params, &keys) != nil {
		return errWrongType
	}
	for _, key := range []string{"account", "order_id"} {
		if raw := keys[key]; raw != nil && !(key == "order_id" && s.is("order-id-unknown")) {
			return s.text(raw, into, true)
		}
	}
	if s.is("account-missing-unknown") {
		*into = "0"
		return nil
	}
	return errMissing
}

// parse is strict JSON: one object, UTF-8, no name twice, at most eight deep.
func (s *shop) parse(body []byte) (map[string]json.RawMessage, bool) {
	if !utf8.Valid(body) && !s.is("utf8-lax") {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	if !s.walk(dec, 1) || len(bytes.TrimSpace(body)) == 0 || bytes.TrimSpace(body)[0] != '{' {
		return nil, false
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) && !s.is("trailing-lax") {
		return nil, false
	}
	var members map[string]json.RawMessage
	if json.NewDecoder(bytes.NewReader(body)).Decode(&members) != nil {
		return nil, false
	}
	if s.is("case-lax") {
		for name, raw := range maps.Clone(members) {
			canonical := map[string]string{"timestamp": "timestamp", "amount": "amount"}[strings.ToLower(name)]
			if canonical != "" {
				members[canonical] = raw
			}
		}
	}
	return members, true
}

func (s *shop) walk(dec *json.Decoder, depth int) bool {
	token, err := dec.Token()
	if err != nil || depth > 8 && !s.is("depth-lax") {
		return false
	}
	open, nested := token.(json.Delim)
	if !nested {
		return true
	}
	seen := map[any]bool{}
	for dec.More() {
		if open == '{' {
			name, err := dec.Token()
			if err != nil || seen[name] && !s.is("duplicates-lax") {
				return false
			}
			seen[name] = true
		}
		if !s.walk(dec, depth+1) {
			return false
		}
	}
	_, err = dec.Token()
	return err == nil
}

func (s *shop) refuse(name string, no refused, request map[string]json.RawMessage) outcome {
	members := map[string]any{"errorCode": no.code, "status": "FAILED"}
	for _, echo := range []string{"serviceId", "transId"} {
		raw := request[echo]
		if raw != nil && no.code > "10005" && !(name == "check" && echo == "transId" && !s.is("echo-on-check")) && !s.is("echo-dropped") {
			members[echo] = raw
		}
	}
	if own := ownTimes[name]; own != "" {
		s.mu.Lock()
		members[own] = s.now()
		s.mu.Unlock()
	} else {
		maps.Copy(members, s.times(&shopTx{}))
	}
	maps.Copy(members, no.times)
	status := 400
	switch {
	case s.is("status-401") && no.code == "10001":
		status = 401
	case s.is("status-405") && no.code == "10003":
		status = 405
	case s.is("status-422") && no.code == "10011":
		status = 422
	case s.is("code-number"):
		members["errorCode"], _ = strconv.Atoi(no.code)
	case s.is("sentence"):
		members["message"] = "account not found"
	case s.is("failed-unsaid"):
		delete(members, "status")
	}
	return outcome{status, members}
}

func (s *shop) write(w http.ResponseWriter, name string, answer outcome) {
	kind := "application/json"
	if s.is("plain-text") {
		kind = "text/plain"
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(answer.http)
	body, err := json.Marshal(answer.members)
	if err != nil {
		panic(err)
	}
	switch {
	case s.is("answer-doubled") && name == "status":
		body = append(body, body...)
	case s.is("member-doubled") && name == "check":
		body = append([]byte(`{"serviceId":1,`), body[1:]...)
	}
	_, _ = w.Write(body)
}

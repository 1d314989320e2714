package uzum

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"tushum/internal/money"
)

var fuzzKeys = []string{"account", "order_id"}

// FuzzDecode compares the decoder with a second one, made of encoding/json and
// checks of its own: they must take and refuse the same bodies, with the same
// code, and read the same values.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"serviceId":101202,"timestamp":1,"transId":"1f0c8e10-8a5b-11ee-b962-0242ac120002","params":{"account":"1000002"},"amount":13000000}`,
		`{"serviceId":1,"timestamp":-0,"transId":"x","params":{"order_id":1e3},"amount":9223372036854775807}`,
		`{"serviceId":1.0,"timestamp":null,"transId":"","params":{},"amount":"1"}`,
		`{"serviceId":1,"serviceId":2}`, `{"service\u0049d":1,"serviceId":1}`, `{"SERVICEID":1}`, `{"a":"\ud800"}`, `{"a":"\ud83d\ude00"}`,
		`{"a":[[[[[[[1]]]]]]]}`, `{"a":[[[[[[[[1]]]]]]]]}`, `{"params":{"account":null,"order_id":""}}`, `{} {}`, ``, `null`, `[]`, `{"a":1,}`,
		"{\"a\":\"\xff\"}", "\ufeff{}", ` {"timestamp":01}`, `{"params":{"account":{"a":1,"a":2}}}`,
	} {
		f.Add([]byte(seed))
	}
	all := needs{transID: true, params: true, amount: true, uuid: true}
	f.Fuzz(func(t *testing.T, body []byte) {
		before := bytes.Clone(body)
		got, no := decode(all, fuzzKeys, body)
		if !bytes.Equal(body, before) {
			t.Fatal("the body was changed")
		}
		want, code := secondDecode(body)
		var gotCode Code
		if no != nil {
			gotCode = no.code
		}
		if gotCode != code {
			t.Fatalf("%q: %q, the second decoder says %q", body, gotCode, code)
		}
		got.payer = payer{} // lenient, and not the second decoder's matter
		if code == "" && got != want {
			t.Fatalf("%q:\n got %+v\nwant %+v", body, got, want)
		}
	})
}

// secondDecode is the other reading of the rules, written to be plain.
func secondDecode(body []byte) (req request, code Code) {
	tree, err := strictTree(body)
	object, isObject := tree.(map[string]any)
	if err != nil || !isObject {
		return req, Malformed
	}
	var wrong, missing bool
	integer := func(name string) int64 {
		switch v := object[name].(type) {
		case nil:
			missing = true
		case json.Number:
			n, err := strconv.ParseInt(v.String(), 10, 64)
			wrong = wrong || err != nil
			return n
		default:
			wrong = true
		}
		return 0
	}
	req.serviceID, req.hasServiceID = integer("serviceId"), true
	integer("timestamp")
	req.amount = money.Amount(integer("amount"))
	switch v := object["transId"].(type) {
	case nil:
		missing = true
	case string:
		req.transID = v
		missing = missing || v == ""
		wrong = wrong || v != "" && !looksLikeUUID(v)
	default:
		wrong = true
	}
	var accountWrong, accountMissing bool
	req.account, accountWrong, accountMissing = secondAccount(object["params"])
	switch {
	case wrong || accountWrong:
		return req, Malformed
	case missing || accountMissing:
		return req, Missing
	}
	return req, ""
}

func secondAccount(params any) (account string, wrong, missing bool) {
	if params == nil {
		return "", false, true
	}
	object, ok := params.(map[string]any)
	if !ok {
		return "", true, false
	}
	for _, key := range fuzzKeys {
		switch v := object[key].(type) {
		case nil:
		case string:
			if v != "" {
				return v, false, false
			}
		case json.Number:
			return plainInteger(v.String()), false, false
		default:
			return "", true, false
		}
	}
	return "", false, true
}

func looksLikeUUID(s string) bool {
	parts := strings.Split(s, "-")
	if len(parts) != 5 {
		return false
	}
	for i, n := range []int{8, 4, 4, 4, 12} {
		if len(parts[i]) != n || strings.Trim(strings.ToLower(parts[i]), "0123456789abcdef") != "" {
			return false
		}
	}
	return true
}

var errStrict = errors.New("not strict JSON")

// strictTree reads one JSON value by the tokens of encoding/json, and refuses
// what that package lets pass.
func strictTree(body []byte) (any, error) {
	if !utf8.Valid(body) || !json.Valid(body) || hasLoneSurrogate(body) {
		return nil, errStrict
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	tree, err := strictValue(dec, 0)
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errStrict
	}
	return tree, nil
}

func strictValue(dec *json.Decoder, depth int) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	delim, nested := token.(json.Delim)
	if !nested {
		return token, nil
	}
	if depth++; depth > maxDepth {
		return nil, errStrict
	}
	object := make(map[string]any)
	for i := 0; dec.More(); i++ {
		name := strconv.Itoa(i)
		if delim == '{' {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			name = key.(string)
		}
		if _, twice := object[name]; twice {
			return nil, errStrict
		}
		if object[name], err = strictValue(dec, depth); err != nil {
			return nil, err
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if delim == '[' {
		return []any{}, nil
	}
	return object, nil
}

// hasLoneSurrogate finds half a UTF-16 pair among the escapes of valid JSON.
func hasLoneSurrogate(body []byte) bool {
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			continue
		}
		i++
		if body[i] != 'u' {
			continue
		}
		unit := hex4(body[i+1:])
		i += 4
		if unit < 0xd800 || unit > 0xdfff {
			continue
		}
		rest := body[i+1:]
		if unit > 0xdbff || len(rest) < 6 || rest[0] != '\\' || rest[1] != 'u' {
			return true
		}
		if low := hex4(rest[2:]); low < 0xdc00 || low > 0xdfff {
			return true
		}
		i += 6
	}
	return false
}

func hex4(b []byte) uint64 {
	n, _ := strconv.ParseUint(string(b[:4]), 16, 32) // valid JSON has four digits
	return n
}

// FuzzAccount compares the account that is read from a JSON number with exact
// arithmetic.
func FuzzAccount(f *testing.F) {
	for _, seed := range []string{
		"1000002", "1000002.0", "1.000002e6", "-0", "0e5", "-1e2", "1e40", "1e-40", "100e-2", "101e-2", "1e20", "12345678901234567890", "1E+2", "0.10e1", "0.5",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, number string) {
		if !json.Valid([]byte(number)) || strings.Trim(number, "0123456789+-.eE") != "" || len(number) > 200 {
			return
		}
		got := plainInteger(number)
		_, exponent, _ := strings.Cut(strings.ToLower(number), "e")
		if n, err := strconv.Atoi(exponent); exponent != "" && (err != nil || n > maxExponent || n < -maxExponent) {
			if got != number {
				t.Fatalf("%s became %s", number, got)
			}
			return
		}
		exact, ok := new(big.Rat).SetString(number)
		if !ok {
			t.Fatalf("%s is no number to math/big", number)
		}
		want := number
		if digits := exact.Num().String(); exact.IsInt() && len(strings.TrimPrefix(digits, "-")) <= maxAccountDigits {
			want = digits
		}
		if got != want {
			t.Fatalf("%s became %s, want %s", number, got, want)
		}
	})
}

package uzum_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/webhooktest"
)

// body makes the valid request of a webhook, about invoice 1000002, with some
// members replaced by JSON texts; an empty text leaves the member out.
func body(webhook string, changes ...string) string {
	members := []string{"serviceId", "101202", "timestamp", "1"}
	if webhook != "check" {
		members = append(members, "transId", `"`+idA+`"`)
	}
	if webhook == "check" || webhook == "create" {
		members = append(members, "params", `{"account":"1000002"}`)
	}
	if webhook == "create" {
		members = append(members, "amount", "13000000")
	}
	for i := 0; i < len(changes); i += 2 {
		if at := slices.Index(members, changes[i]); at >= 0 {
			members[at+1] = changes[i+1]
		} else {
			members = append(members, changes[i], changes[i+1])
		}
	}
	var parts []string
	for i := 0; i < len(members); i += 2 {
		if members[i+1] != "" {
			parts = append(parts, fmt.Sprintf("%q:%s", members[i], members[i+1]))
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

var (
	all        = []string{"check", "create", "confirm", "reverse", "status"}
	withParams = []string{"check", "create"}
	withTrans  = []string{"create", "confirm", "reverse", "status"}
	lookups    = []string{"confirm", "reverse", "status"}
	onlyCreate = []string{"create"}
)

// What is refused before the ledger is asked, and by the ledger of a request
// that is well formed. ids tells how much of itself the answer repeats.
func TestRefusals(t *testing.T) {
	t.Parallel()
	const noService, noTrans, both = 0, 1, 2
	for _, tc := range []struct {
		name    string
		on      []string
		code    string
		ids     int
		changes []string
	}{
		{"service missing", all, "10005", noService, []string{"serviceId", ""}},
		{"service null", all, "10005", noService, []string{"serviceId", "null"}},
		{"service text", all, "10002", noService, []string{"serviceId", `"101202"`}},
		{"service fraction", all, "10002", noService, []string{"serviceId", "101202.0"}},
		{"service exponent", all, "10002", noService, []string{"serviceId", "101202e0"}},
		{"service too long", all, "10002", noService, []string{"serviceId", "9223372036854775808"}},
		{"service other case", all, "10005", noService, []string{"serviceId", "", "ServiceId", "101202"}},
		{"timestamp missing", all, "10005", both, []string{"timestamp", ""}},
		{"timestamp text", all, "10002", both, []string{"timestamp", `"1"`}},
		{"timestamp object", all, "10002", both, []string{"timestamp", `{}`}},
		{"another service", all, "10006", both, []string{"serviceId", "101203"}},
		{"missing before service", all, "10005", both, []string{"serviceId", "101203", "timestamp", "null"}},
		{"wrong type before missing", all, "10002", noService, []string{"serviceId", "", "timestamp", "true"}},
		{"transId missing", withTrans, "10005", noTrans, []string{"transId", ""}},
		{"transId null", withTrans, "10005", noTrans, []string{"transId", "null"}},
		{"transId empty", withTrans, "10005", noTrans, []string{"transId", `""`}},
		{"transId number", withTrans, "10002", noTrans, []string{"transId", "7"}},
		{"transId no UUID", onlyCreate, "10002", both, []string{"transId", `"not-a-uuid"`}},
		{"transId in braces", onlyCreate, "10002", both, []string{"transId", `"{1f0c8e10-8a5b-11ee-b962-0242ac120002}"`}},
		{"transId not hex", onlyCreate, "10002", both, []string{"transId", `"1f0c8e10-8a5b-11ee-b962-0242ac12000g"`}},
		{"transId unknown", lookups, "10014", both, nil},
		{"transId any text", lookups, "10014", both, []string{"transId", `"x\u0000\"y"`}},
		{"transId endless", lookups, "10014", both, []string{"transId", `"` + strings.Repeat("a", 65) + `"`}},
		{"params missing", withParams, "10005", both, []string{"params", ""}},
		{"params null", withParams, "10005", both, []string{"params", "null"}},
		{"params empty", withParams, "10005", both, []string{"params", "{}"}},
		{"params array", withParams, "10002", both, []string{"params", `["1000002"]`}},
		{"params text", withParams, "10002", both, []string{"params", `"1000002"`}},
		{"account null", withParams, "10005", both, []string{"params", `{"account":null}`}},
		{"account empty", withParams, "10005", both, []string{"params", `{"account":"","order_id":null}`}},
		{"account boolean", withParams, "10002", both, []string{"params", `{"account":true}`}},
		{"account object", withParams, "10002", both, []string{"params", `{"account":{"value":"1000002"}}`}},
		{"account check digit", withParams, "10007", both, []string{"params", `{"account":1000003}`}},
		{"account letters", withParams, "10007", both, []string{"params", `{"account":"IO00002"}`}},
		{"account in Arabic digits", withParams, "10007", both, []string{"params", `{"account":"١٠٠٠٠٠٢"}`}},
		{"account with space", withParams, "10007", both, []string{"params", `{"account":" 1000002"}`}},
		{"account fraction", withParams, "10007", both, []string{"params", `{"account":1000002.5}`}},
		{"account huge", withParams, "10007", both, []string{"params", `{"account":1e999999999999}`}},
		{"account unknown", withParams, "10007", both, []string{"params", `{"account":"1000077"}`}},
		{"amount missing", onlyCreate, "10005", both, []string{"amount", ""}},
		{"amount text", onlyCreate, "10002", both, []string{"amount", `"13000000"`}},
		{"amount fraction", onlyCreate, "10002", both, []string{"amount", "13000000.0"}},
		{"amount overflows", onlyCreate, "10002", both, []string{"amount", "9223372036854775808"}},
		{"amount zero", onlyCreate, "10012", both, []string{"amount", "0"}},
		{"amount negative", onlyCreate, "10012", both, []string{"amount", "-13000000"}},
		{"amount one more", onlyCreate, "10011", both, []string{"amount", "13000001"}},
		{"amount in so'm", onlyCreate, "10011", both, []string{"amount", "130000"}},
		{"amount greatest", onlyCreate, "10013", both, []string{"amount", "9223372036854775807"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := webhooktest.Start(t, webhooktest.Options{})
			visit(s)
			for _, w := range tc.on {
				wantRefusal(t, s, w, body(w, tc.changes...), tc.code, tc.ids)
			}
		})
	}
}

// wantRefusal compares the whole answer of a call that touches no transaction.
func wantRefusal(t *testing.T, s *webhooktest.Shop, webhook, request, code string, ids int) {
	t.Helper()
	const noService, noTrans = 0, 1
	want := "{"
	if ids != noService {
		service, _, _ := strings.Cut(request[strings.Index(request, `"serviceId":`):], ",")
		want += strings.TrimSuffix(service, "}") + ","
	}
	if at := strings.Index(request, `"transId":"`); ids != noTrans && at >= 0 {
		id, _, _ := strings.Cut(request[at+len(`"transId":"`):], `","`)
		want += `"transId":"` + strings.TrimSuffix(id, `"}`) + `",`
	}
	times := map[string]string{
		"check": `"timestamp":1700000000000`, "create": `"transTime":1700000000000`,
		"confirm": `"confirmTime":1700000000000`, "reverse": `"reverseTime":1700000000000`,
		"status": `"transTime":null,"confirmTime":null,"reverseTime":null`,
	}
	want += `"status":"FAILED",` + times[webhook] + `,"errorCode":"` + code + `"}`
	status, answer := s.Post(t, webhook, request)
	if status != http.StatusBadRequest || answer != want {
		t.Errorf("%s %s\n got %d %s\nwant 400 %s", webhook, request, status, answer, want)
	}
}

// Bodies of which nothing can be told.
func TestBodiesThatAreNoRequest(t *testing.T) {
	t.Parallel()
	valid := body("check")
	deep := func(n int) string { return body("check", "note", strings.Repeat("[", n)+strings.Repeat("]", n)) }
	s := webhooktest.Start(t, webhooktest.Options{})
	visit(s)
	for name, tc := range map[string]struct{ body, code string }{
		"empty":                 {"", "10002"},
		"null":                  {"null", "10002"},
		"array":                 {"[" + valid + "]", "10002"},
		"form":                  {"serviceId=101202", "10002"},
		"cut off":               {valid[:len(valid)-1], "10002"},
		"trailing brace":        {valid + "}", "10002"},
		"trailing object":       {valid + valid, "10002"},
		"trailing comma":        {valid[:len(valid)-1] + ",}", "10002"},
		"byte order mark":       {"\ufeff" + valid, "10002"},
		"comment":               {"/**/" + valid, "10002"},
		"member twice":          {`{"serviceId":101202,"timestamp":1,"timestamp":1,"params":{"account":"1000002"}}`, "10002"},
		"escaped member twice":  {`{"serviceId":101202,"timestamp":1,"timestam\u0070":1,"params":{"account":"1000002"}}`, "10002"},
		"param twice":           {body("check", "params", `{"account":"1000002","account":"1000002"}`), "10002"},
		"twice in an unknown":   {body("check", "note", `{"a":{"b":1,"b":2}}`), "10002"},
		"not UTF-8":             {body("check", "note", "\"\xff\""), "10002"},
		"half a surrogate":      {body("check", "note", `"\ud800"`), "10002"},
		"control in a string":   {body("check", "note", "\"\x01\""), "10002"},
		"NaN":                   {body("check", "timestamp", "NaN"), "10002"},
		"leading zero":          {body("check", "timestamp", "01"), "10002"},
		"nine deep":             {deep(8), "10002"},
		"deeper than the stack": {strings.Repeat(`{"a":`, 10_000), "10002"},
		"one byte too long":     {valid + strings.Repeat(" ", 64<<10+1-len(valid)), "10002"},

		"eight deep":       {deep(7), ""},
		"as long as may":   {valid + strings.Repeat(" ", 64<<10-len(valid)), ""},
		"spaces around":    {"\r\n\t " + valid + "\r\n", ""},
		"unknown members":  {body("check", "Timestamp", `"x"`, "note", `{"a":[1,"b",null]}`), ""},
		"escaped names":    {`{"service\u0049d":101202,"timestamp":1,"params":{"acc\u006funt":"1000002"}}`, ""},
		"brackets in text": {body("check", "note", `"[[[[[[[[[[[[\"[{{{{{{{{{{{{"`), ""},
	} {
		status, answer := s.Post(t, "check", tc.body)
		want := `{"status":"FAILED","timestamp":1700000000000,"errorCode":"10002"}`
		if tc.code == "" {
			want = `{"serviceId":101202,"timestamp":1700000000000,"status":"OK","data":{"account":{"value":"1000002"},"fio":{"value":"Ali Valiyev"}}}`
		}
		if answer != want || (status == 200) != (tc.code == "") {
			t.Errorf("%s: got %d %s\nwant %s", name, status, answer, want)
		}
	}
}

// The account may be a string or any spelling of a whole number, under any of
// the accepted keys; the first that has a value counts.
func TestAccountsThatAreFound(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	visit(s)
	for _, params := range []string{
		`{"account":1000002}`, `{"account":"1000002"}`, `{"order_id":"1000002"}`, `{"order_id":1000002}`,
		`{"account":1000002.0}`, `{"account":1.000002e6}`, `{"account":1000002000E-3}`, `{"account":1000002e+0}`,
		`{"account":null,"order_id":1000002}`, `{"account":"","order_id":1000002}`,
		`{"order_id":true,"account":1000002}`, `{"order_id":"1000077","account":1000002}`, `{"acc":1,"account":"\u0031000002"}`,
	} {
		if status, answer := s.Post(t, "check", body("check", "params", params)); status != 200 {
			t.Errorf("%s: %d %s", params, status, answer)
		}
	}
}

// Method, then authorization, and both before the body.
func TestMethodAndAuthorizationComeFirst(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	for _, w := range all {
		for _, tc := range []struct {
			method, password, code string
		}{
			{http.MethodGet, "", "10003"}, {http.MethodPut, webhooktest.Secret, "10003"}, {http.MethodOptions, "", "10003"},
			{"PURGE", webhooktest.Secret, "10003"}, {http.MethodPost, "", "10001"}, {http.MethodPost, "wrong", "10001"},
		} {
			r := s.Request(t, tc.method, webhooktest.Path+"/"+w, "{")
			r.SetBasicAuth(webhooktest.Login, tc.password)
			if tc.password == "" {
				r.Header.Del("Authorization")
			}
			status, answer := s.Do(t, r)
			if status != http.StatusBadRequest || !strings.HasSuffix(answer, `,"errorCode":"`+tc.code+`"}`) || !strings.HasPrefix(answer, `{"status":"FAILED",`) {
				t.Errorf("%s %s: %d %s, want %s", tc.method, w, status, answer, tc.code)
			}
		}
	}
}

// The ledger's checks come in the order of the contract too.
func TestOrderOfTheLedgersChecks(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	n := visit(s).Number
	counter := s.Memory.Issue(store.Draft{Kind: store.Counter, MinAmount: 5000 * money.Som, MaxAmount: 6000 * money.Som, By: "test"}).Number
	gone := s.Memory.Issue(store.Draft{Kind: store.Goods, Amount: 5000 * money.Som, ExpiresAt: store.At(webhooktest.Begin) + 1, By: "test"}).Number
	s.Clock.Advance(time.Second)
	if status, answer := s.Post(t, "create", body("create")); status != 200 {
		t.Fatal(status, answer)
	}
	for _, tc := range []struct {
		name, request, code string
	}{
		{"seen before account", body("create", "params", `{"account":"nonsense"}`, "amount", "1"), "10010"},
		{"seen in other letters", body("create", "transId", `"`+strings.ToUpper(idA)+`"`), "10010"},
		{"account before bounds", createBody(idB, 1000077, 1), "10007"},
		{"state before bounds", createBody(idB, gone, 1), "10009"},
		{"bounds before amount", createBody(idB, n, 99_999), "10012"},
		{"below its own least", createBody(idB, counter, 499_999), "10012"},
		{"above its own most", createBody(idB, counter, 600_001), "10013"},
		{"amount", createBody(idB, n, 13_000_001), "10011"},
	} {
		if status, answer := s.Post(t, "create", tc.request); status != 400 || !strings.Contains(answer, `"errorCode":"`+tc.code+`"`) {
			t.Errorf("%s: %d %s, want %s", tc.name, status, answer, tc.code)
		}
	}
}

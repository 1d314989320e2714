package uzum_test

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tushum/store"
	"tushum/webhook/webhooktest"
)

// Every call leaves exactly one line, with the bytes that were sent and answered.
func TestEveryCallIsJournaledOnce(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	n := visit(s).Number
	type call struct{ webhook, body string }
	calls := []call{
		{"check", checkBody("1000002")}, {"check", checkBody("7")}, {"check", "{"},
		{"create", createBody(idA, n, 13_000_000)}, {"create", createBody(idA, n, 13_000_000)}, {"create", createBody(idB, n, 1)},
		{"create", createBody(idB, 7, 13_000_000)},
		{"status", transBody(idA)}, {"status", transBody(idB)}, {"confirm", transBody(idA)}, {"confirm", transBody(idA)},
		{"reverse", transBody(idA)}, {"reverse", transBody(idB)}, {"reverse", transBody(strings.Repeat("x", 65))},
	}
	for _, c := range calls {
		status, answer := s.Post(t, c.webhook, c.body)
		lines := s.Memory.Calls()
		got := lines[len(lines)-1]
		code, reason := got.Code, got.Reason
		if (code == "") != (status == 200) || (reason == "") != (status == 200) || status != 200 && !strings.Contains(answer, `"errorCode":"`+code+`"`) {
			t.Errorf("%s %s: line has code %q, reason %q; answer %d %s", c.webhook, c.body, code, reason, status, answer)
		}
		want := store.Call{
			At: store.At(webhooktest.Begin), System: store.Uzum, Webhook: c.webhook, Address: "127.0.0.1",
			HTTPStatus: status, Code: code, Reason: reason, Request: []byte(c.body), Response: []byte(answer),
			TransID: got.TransID, Number: got.Number,
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("line\n got %+v\nwant %+v", got, want)
		}
	}
	lines := s.Memory.Calls()
	if len(lines) != len(calls) {
		t.Fatalf("%d lines for %d calls", len(lines), len(calls))
	}
	for i, want := range []string{
		"|1000002", "|", "|", idA + "|1000002", idA + "|1000002", idB + "|1000002", idB + "|", idA + "|1000002", idB + "|",
		idA + "|1000002", idA + "|1000002", idA + "|1000002", idB + "|", "|",
	} {
		if got := lines[i].TransID + "|" + lines[i].Number.String(); got != want {
			t.Errorf("line %d is about %s, want %s", i, got, want)
		}
	}
}

// The technician reads what went wrong in words.
func TestReasons(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	n := visit(s).Number
	for _, tc := range []struct{ webhook, body, want string }{
		{"create", createBody(idA, n, 9_000_000), "the customer was charged 90 000 UZS, the invoice is 130 000 UZS"},
		{"check", checkBody("1000077"), "invoice 1000077 not found"},
		{"check", checkBody("1000003"), "the account is no invoice number: seven to nine digits, the last a check digit"},
		{"check", "{", "the body is not valid JSON"},
		{"check", "{}", "serviceId is missing or empty"},
		{"check", `{"serviceId":[],"timestamp":1}`, "serviceId is not of the expected type"},
		{"check", `{"serviceId":1,"timestamp":1,"params":{"account":1}}`, "the serviceId is not this shop's"},
		{"status", transBody("\x1b[2J"), "transaction <U+001B>[2J not found"},
	} {
		s.Post(t, tc.webhook, strings.ReplaceAll(tc.body, `\x1b`, `\u001b`))
		lines := s.Memory.Calls()
		if got := lines[len(lines)-1].Reason; got != tc.want {
			t.Errorf("%s: %q, want %q", tc.body, got, tc.want)
		}
	}
}

// No phone and no secret reaches the journal or the log, whatever is sent.
func TestCanaries(t *testing.T) {
	t.Parallel()
	const phone = "998907654321"
	s := webhooktest.Start(t, webhooktest.Options{})
	n := s.Memory.Issue(store.Draft{Kind: store.Counter, By: "test", Customer: store.Customer{Name: "Ali +998 90 765-43-21", Phone: phone}}).Number
	s.Post(t, "create", createBody(idA, n, 13_000_000))
	for _, b := range []string{
		strings.ReplaceAll(confirmBody(idA), "998901234567", phone),
		`{"serviceId":101202,"timestamp":1,"transId":"x","phone":` + phone + `}`,
		`{"serviceId":101202,"timestamp":1,"transId":"x","payer":{"Phone":["907654321",{"a":"90 765 43 21"}]}}`,
		`{"serviceId":101202,"timestamp":1,"transId":"x","\u0070hone":"\u0039\u0039\u0038907654321"}`,
		`{"serviceId":101202,"timestamp":1,"transId":"x","note":"call +998 90 765-43-21"}`,
		`{"serviceId":101202,"timestamp":1,"transId":"` + phone + `","` + phone + `":1,"n":` + phone + `}`,
		`{"phone":"` + phone + `","phone":"` + phone + `"}`,
		`phone=` + phone, `907654321`, `{"phone":"907654321`, `phone=%2B998907654321&password=x`,
		strings.Repeat(" ", 2040) + `{"transId":"x","phone":"` + phone + `"}`,
	} {
		for _, w := range all {
			s.Post(t, w, b)
		}
	}
	r := s.Request(t, http.MethodPost, webhooktest.Path+"/check", `{"phone":"`+phone+`"}`)
	r.SetBasicAuth("canary-login", "canary-password")
	s.Do(t, r)
	var kept strings.Builder
	for _, c := range s.Memory.Calls() {
		fmt.Fprintf(&kept, "%s %s %s %s %s\n", c.Request, c.Response, c.Reason, c.TransID, c.Address)
	}
	kept.WriteString(s.Log.String())
	for _, canary := range []string{"7654321", "765-43-21", "765 43 21", webhooktest.Secret, "canary-", "Basic"} {
		if at := strings.Index(kept.String(), canary); at >= 0 {
			t.Errorf("%q was kept: …%s…", canary, kept.String()[max(0, at-80):min(kept.Len(), at+80)])
		}
	}
	if !strings.Contains(kept.String(), `"phone":"+998 90 ***-**-21"`) {
		t.Error("the masked phone is not in the journal")
	}
	if tx, _ := s.Memory.Transaction(idA); tx.Phone != phone {
		t.Errorf("the ledger has phone %q", tx.Phone)
	}
}

func TestLongBodiesAreCutInTheJournal(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	s.Post(t, "check", body("check", "note", `"`+strings.Repeat("ғ", 2000)+`"`))
	s.Post(t, "check", strings.Repeat("x", 70_000))
	for i, c := range s.Memory.Calls() {
		if !c.Cut || len(c.Request) > 2048 || strings.ToValidUTF8(string(c.Request), "") != string(c.Request) {
			t.Errorf("line %d: cut %v, %d bytes", i, c.Cut, len(c.Request))
		}
	}
	s.Post(t, "check", body("check"))
	if c := s.Memory.Calls()[2]; c.Cut {
		t.Error("a short body counts as cut")
	}
}

// Strangers are journaled without their bodies, and only so many of them.
func TestStrangersCantFloodTheJournal(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{})
	for range 100 {
		r := s.Request(t, http.MethodPost, webhooktest.Path+"/check", `{}`)
		r.Header.Del("Authorization")
		s.Do(t, r)
	}
	lines := s.Memory.Calls()
	if len(lines) != 60 || strings.Count(s.Log.String(), "code=10001") != 60 {
		t.Errorf("%d lines and %d log entries for 100 strangers, want 60", len(lines), strings.Count(s.Log.String(), "code=10001"))
	}
	if c := lines[0]; c.Code != "10001" || c.Request != nil || c.Reason != "no Basic credentials were sent" {
		t.Errorf("line %+v", c)
	}
	s.Post(t, "check", `{}`)
	if got := len(s.Memory.Calls()); got != len(lines)+1 {
		t.Error("the bank's own call was not journaled")
	}
	s.Clock.Advance(2 * time.Second)
	r := s.Request(t, http.MethodGet, webhooktest.Path+"/check", "")
	s.Do(t, r)
	if got := len(s.Memory.Calls()); got != len(lines)+2 {
		t.Error("a stranger was not journaled after a while")
	}
}

// What the ledger can't do is 99999: HTTP 500 where a 400 would be final for a
// customer who has been debited.
func TestFaultsOfTheLedger(t *testing.T) {
	t.Parallel()
	statuses := map[string]int{"check": 400, "create": 400, "confirm": 500, "reverse": 400, "status": 500}
	times := map[string]string{
		"check": `"timestamp":1700000000000`, "create": `"transTime":1700000000000`, "confirm": `"confirmTime":1700000000000`,
		"reverse": `"reverseTime":1700000000000`, "status": `"transTime":null,"confirmTime":null,"reverseTime":null`,
	}
	for name, fault := range map[string]func(string) error{
		"busy":     func(string) error { return &store.Error{Code: store.Busy} },
		"failed":   func(string) error { return &store.Error{Code: store.Failed, Err: errors.New("input/output error")} },
		"no code":  func(string) error { return errors.New("surprise") },
		"unlisted": func(string) error { return &store.Error{Code: store.PaymentInFlight} },
		"panics":   func(string) error { panic("canary +998907654321") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := webhooktest.Start(t, webhooktest.Options{})
			visit(s)
			s.Memory.Fault(fault)
			for i, w := range all {
				ids := `{"serviceId":101202,"transId":"` + idA + `",`
				if w == "check" {
					ids = `{"serviceId":101202,`
				}
				status, answer := s.Post(t, w, body(w))
				if status != statuses[w] || answer != ids+`"status":"FAILED",`+times[w]+`,"errorCode":"99999"}` {
					t.Errorf("%s: %d %s", w, status, answer)
				}
				lines := s.Memory.Calls()
				if len(lines) != i+1 || lines[i].Code != "99999" || lines[i].HTTPStatus != status || string(lines[i].Response) != answer {
					t.Errorf("%s: %d lines, %+v", w, len(lines), lines)
				}
			}
			log := s.Log.String()
			if strings.Count(log, "level=ERROR") != len(all) || strings.Contains(log, "8907654321") {
				t.Errorf("log: %s", log)
			}
			if name == "panics" && strings.Count(log, "webhook/uzum.(*call)") < len(all) {
				t.Error("the stacks are not in the log")
			}
		})
	}
}

// A change that the witness saw but the disk refused is not what the bank is told.
func TestCommitThatFailsAfterTheWitness(t *testing.T) {
	t.Parallel()
	for _, code := range []store.Code{store.DiskFull, store.OutcomeUnknown, store.AlreadyPaid} {
		s := webhooktest.Start(t, webhooktest.Options{})
		n := visit(s).Number
		s.Memory.FaultCommit(&store.Error{Code: code})
		if status, answer := s.Post(t, "create", createBody(idA, n, 13_000_000)); status != 400 || !strings.Contains(answer, `"errorCode":"99999"`) {
			t.Errorf("%s: create %d %s", code, status, answer)
		}
		s.Memory.FaultCommit(nil)
		s.Post(t, "create", createBody(idA, n, 13_000_000))
		s.Memory.FaultCommit(&store.Error{Code: code})
		if status, answer := s.Post(t, "confirm", confirmBody(idA)); status != 500 || !strings.Contains(answer, `"errorCode":"99999"`) {
			t.Errorf("%s: confirm %d %s", code, status, answer)
		}
		s.Clock.Advance(time.Hour) // the refusal of a late confirm is a change too
		if status, answer := s.Post(t, "confirm", confirmBody(idA)); status != 500 || !strings.Contains(answer, `"errorCode":"99999"`) {
			t.Errorf("%s: late confirm %d %s", code, status, answer)
		}
		if lines := s.Memory.Calls(); len(lines) != 4 || lines[0].Code != "99999" || lines[1].Code != "" || lines[2].Code != "99999" || lines[3].Code != "99999" {
			t.Errorf("%s: lines %+v", code, lines)
		}
	}
}

// A defect inside the commit leaves the ledger whole: the change stands, the
// bank is told 99999 and finds out with /status.
func TestPanicInTheWitness(t *testing.T) {
	t.Parallel()
	var countdown atomic.Int64 // to the panic, in looks at the clock
	clock := new(webhooktest.Clock)
	s := webhooktest.Start(t, webhooktest.Options{Now: func() time.Time {
		if countdown.Add(-1) == 0 {
			panic("the clock broke")
		}
		return clock.Now()
	}})
	n := visit(s).Number
	s.Memory.Fault(func(op string) error {
		if op == "Create" {
			countdown.Store(2) // the rule looks once, then the witness
		}
		return nil
	})
	status, answer := s.Post(t, "create", createBody(idA, n, 13_000_000))
	if status != 400 || !strings.Contains(answer, `"errorCode":"99999"`) {
		t.Errorf("%d %s", status, answer)
	}
	if lines := s.Memory.Calls(); len(lines) != 1 || lines[0].Code != "99999" || string(lines[0].Response) != answer {
		t.Errorf("lines %+v", lines)
	}
	if !strings.Contains(s.Log.String(), "the clock broke") {
		t.Error("the panic is not in the log")
	}
	if status, answer := s.Post(t, "status", transBody(idA)); status != 200 {
		t.Errorf("status: %d %s", status, answer)
	}
}

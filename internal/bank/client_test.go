package bank_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tushum/internal/bank"
)

var wallClock = time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)

// recorded is one call as it came over the wire.
type recorded struct {
	method, path, body, contentType, login, password string
}

// recorder answers every call with status and body, and keeps what came.
func recorder(t *testing.T, status int, body string) (*bank.Client, *recorded) {
	t.Helper()
	var last recorded
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		last = recorded{method: r.Method, path: r.URL.Path, body: string(content), contentType: r.Header.Get("Content-Type")}
		last.login, last.password, _ = r.BasicAuth()
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return &bank.Client{BaseURL: server.URL + "/uzum/", Login: "l", Password: "p:w", ServiceID: 7,
		HTTP: server.Client(), Now: func() time.Time { return wallClock }}, &last
}

func TestClientSendsWhatTheContractPublishes(t *testing.T) {
	t.Parallel()
	const base = `{"serviceId":7,"timestamp":1795237200000`
	payer := bank.Payer{Source: "INSTALLMENT", Tariff: "003", Phone: "998901234567", CardType: 2}
	for name, c := range map[string]struct {
		key, path, body string
		call            func(*bank.Client) (bank.Reply, error)
	}{
		"check": {"", "/uzum/check", base + `,"params":{"account":1000005}}`,
			func(c *bank.Client) (bank.Reply, error) { return c.Check(t.Context(), "1000005") }},
		"check by order_id": {"order_id", "/uzum/check", base + `,"params":{"order_id":"1000005"}}`,
			func(c *bank.Client) (bank.Reply, error) { return c.Check(t.Context(), "1000005") }},
		"check of no number": {"", "/uzum/check", base + `,"params":{"account":"007\""}}`,
			func(c *bank.Client) (bank.Reply, error) { return c.Check(t.Context(), `007"`) }},
		"create": {"", "/uzum/create", base + `,"transId":"t","params":{"account":1000005},"amount":2500000}`,
			func(c *bank.Client) (bank.Reply, error) { return c.Create(t.Context(), "t", "1000005", 2_500_000) }},
		"confirm": {"", "/uzum/confirm", base + `,"transId":"t","paymentSource":"INSTALLMENT","tariff":"003",` +
			`"processingReferenceNumber":null,"phone":"998901234567","cardType":2}`,
			func(c *bank.Client) (bank.Reply, error) { return c.Confirm(t.Context(), "t", payer) }},
		"reverse": {"", "/uzum/reverse", base + `,"transId":"t"}`,
			func(c *bank.Client) (bank.Reply, error) { return c.Reverse(t.Context(), "t") }},
		"status": {"", "/uzum/status", base + `,"transId":"t"}`,
			func(c *bank.Client) (bank.Reply, error) { return c.Status(t.Context(), "t") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, got := recorder(t, 200, `{}`)
			client.AccountKey = c.key
			if _, err := c.call(client); err != nil {
				t.Fatal(err)
			}
			if want := (recorded{"POST", c.path, c.body, "application/json", "l", "p:w"}); *got != want {
				t.Errorf("sent\n%+v\nwant\n%+v", *got, want)
			}
		})
	}
}

func TestReplyReadsTheAnswer(t *testing.T) {
	t.Parallel()
	client, _ := recorder(t, 400, `{"errorCode":"10011","status":"FAILED","transTime":1795237200001}`)
	reply, err := client.Status(t.Context(), "t")
	if err != nil {
		t.Fatal(err)
	}
	ms, isInt := reply.Int("transTime")
	if reply.HTTPStatus != 400 || reply.ErrorCode != "10011" || reply.State() != "FAILED" || !isInt || ms != 1795237200001 {
		t.Errorf("read %+v", reply)
	}
	if _, isInt := reply.Int("status"); isInt {
		t.Error("a string was read as an integer")
	}
	if _, isText := reply.Text("transTime"); isText {
		t.Error("an integer was read as a string")
	}
}

func TestReplyNamesDefects(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		``:                      "not a JSON object",
		`[]`:                    "not a JSON object",
		`{"a":1`:                "not a JSON object",
		`{"a":}`:                "not a JSON object",
		`{"a":1} x`:             "bytes after the JSON object",
		`{"a":1}{}`:             "bytes after the JSON object",
		`{"a":1,"a":1}`:         "member a twice",
		`{"d":{"b":1,"b":2}}`:   "member b twice",
		"{\"a\":\"\xff\"}":      "not UTF-8",
		`{"a":1, "b": {} }`:     "",
		`{"errorCode":10011}`:   "",
		" \n{\"a\":\ttrue}\r\n": "",
	} {
		client, _ := recorder(t, 200, body)
		reply, err := client.Check(t.Context(), "1")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if reply.Defect != nil {
			got = reply.Defect.Error()
		}
		if got != want || (reply.Members == nil) != (want != "") || reply.ErrorCode != "" {
			t.Errorf("%q: defect %q, want %q; %+v", body, got, want, reply)
		}
	}
}

func TestClientNeverFollowsARedirect(t *testing.T) {
	t.Parallel()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	defer server.Close()
	for _, carrier := range []*http.Client{nil, {}} {
		client := &bank.Client{BaseURL: server.URL, HTTP: carrier}
		reply, err := client.Check(t.Context(), "1")
		if err != nil || reply.HTTPStatus != http.StatusTemporaryRedirect {
			t.Errorf("got %d, %v", reply.HTTPStatus, err)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}

func TestClientErrorsHoldNoSecret(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	client := &bank.Client{BaseURL: server.URL, Login: "merchant", Password: "hunter2"}
	_, err := client.Confirm(t.Context(), "t", bank.Payer{Phone: "998901234567"})
	if err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "998901234567") {
		t.Errorf("error: %v", err)
	}
	client.BaseURL = "http://[::1"
	if _, err := client.Check(t.Context(), "1"); err == nil || !strings.HasPrefix(err.Error(), "calling /check: ") {
		t.Errorf("error: %v", err)
	}
}

func TestClientTellsAnAnswerCutShort(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{"status":`)
	}))
	defer server.Close()
	client := &bank.Client{BaseURL: server.URL}
	if _, err := client.Check(t.Context(), "1"); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("error: %v", err)
	}
}

func TestSeededTransIDs(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return wallClock }
	one, same, other := bank.SeededTransIDs(1, now), bank.SeededTransIDs(1, now), bank.SeededTransIDs(2, now)
	seen := map[string]bool{}
	var last uuid.Time
	for range 1000 {
		text := one()
		if text != same() {
			t.Fatal("the same seed and clock gave another transId")
		}
		id, err := uuid.Parse(text)
		if err != nil || id.Version() != 1 || id.Variant() != uuid.RFC4122 || id.NodeID()[0]&1 == 0 {
			t.Fatalf("%s: version %d, variant %v, node %x, %v", text, id.Version(), id.Variant(), id.NodeID(), err)
		}
		if seen[text] || id.Time() <= last {
			t.Fatalf("%s is not after the one before", text)
		}
		seen[text], last = true, id.Time()
	}
	if first := other(); seen[first] {
		t.Error("another seed gave the same transId")
	}
	if sec, _ := last.UnixTime(); sec != wallClock.Unix() {
		t.Errorf("time in the transId is %d, want %d", sec, wallClock.Unix())
	}
}

func TestDefaultTransIDsAreUnique(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	number, err := s.open(t.Context(), "counter", 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if _, err := client.Decline(t.Context(), bank.PayRequest{Number: number, Amount: 100}); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.txs) != 5 {
		t.Errorf("%d transactions of 5", len(s.txs))
	}
}

// FuzzReply feeds answers of any bytes to the reader; encoding/json, which is laxer,
// must agree on everything the reader accepts.
func FuzzReply(f *testing.F) {
	for _, seed := range []string{`{}`, `{"errorCode":"10011"}`, `{"data":{"account":{"value":"1"}}}`, `{"a":1,"a":2}`, `{"a":[{"b":1,"b":2}]} `} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
		client := &bank.Client{BaseURL: "http://shop", HTTP: &http.Client{Transport: inProcess{handler}}}
		reply, err := client.Check(t.Context(), "1")
		if err != nil {
			t.Fatal(err)
		}
		var lax map[string]json.RawMessage
		laxErr := json.Unmarshal(body, &lax)
		if reply.Defect == nil && (laxErr != nil || len(lax) != len(reply.Members)) {
			t.Fatalf("accepted %q: %v, %v", body, reply.Members, laxErr)
		}
		for name, raw := range reply.Members {
			if string(raw) != string(lax[name]) {
				t.Fatalf("%q: member %q is %s, encoding/json has %s", body, name, raw, lax[name])
			}
		}
	})
}

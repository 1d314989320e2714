package oneclick_test

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

func vector(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "webhook", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// hookOf is the vector as it comes: made by openssl, see testdata/webhook/make.sh.
func hookOf(t testing.TB) (c oneclick.Credentials, header http.Header, body []byte) {
	t.Helper()
	c, err := oneclick.ParseCredentials(vector(t, "credentials.json"))
	if err != nil {
		t.Fatal(err)
	}
	header = http.Header{}
	header.Set("x-api-key", "account-1")
	header.Set("x-api-signature", string(vector(t, "signature.txt")))
	return c, header, vector(t, "body.json")
}

func TestAWebhookSignedByOpenSSL(t *testing.T) {
	t.Parallel()
	c, header, body := hookOf(t)
	if plain, _, ok := oneclick.Flat(body); !ok || plain != string(vector(t, "flat.txt")) {
		t.Errorf("the scalars are %q", plain)
	}
	for _, key := range []string{"account-1", "merchant-1", "project-1"} {
		header.Set("x-api-key", key)
		if id, err := c.Verify(header, body); err != nil || id != "66b1f0c2a9e4d7f3b2c1a098" {
			t.Errorf("%s: %q, %v", key, id, err)
		}
	}
}

func TestWebhooksThatAreRefused(t *testing.T) {
	t.Parallel()
	const signature = "x-api-signature"
	for name, c := range map[string]struct {
		change func(h http.Header, body *[]byte)
		code   oneclick.Code
	}{
		"another value": {func(_ http.Header, b *[]byte) { *b = bytes.Replace(*b, []byte("150000.50"), []byte("150000.5"), 1) }, oneclick.ErrForged},
		"another id":    {func(_ http.Header, b *[]byte) { *b = bytes.Replace(*b, []byte("66b1"), []byte("66b2"), 1) }, oneclick.ErrForged},
		"a value more":  {func(_ http.Header, b *[]byte) { *b = bytes.Replace(*b, []byte("{"), []byte(`{"x":1,`), 1) }, oneclick.ErrForged},
		"no key":        {func(h http.Header, _ *[]byte) { h.Del("x-api-key") }, oneclick.ErrForged},
		"another key":   {func(h http.Header, _ *[]byte) { h.Set("x-api-key", "account-2") }, oneclick.ErrForged},
		"no signature":  {func(h http.Header, _ *[]byte) { h.Del(signature) }, oneclick.ErrForged},
		"no base64":     {func(h http.Header, _ *[]byte) { h.Set(signature, "%") }, oneclick.ErrForged},
		"a short one":   {func(h http.Header, _ *[]byte) { h.Set(signature, "AAAA") }, oneclick.ErrForged},
		"zeros":         {func(h http.Header, _ *[]byte) { h.Set(signature, base64.StdEncoding.EncodeToString(make([]byte, 256))) }, oneclick.ErrForged},
		"a name twice":  {func(_ http.Header, b *[]byte) { *b = bytes.Replace(*b, []byte(`"paid":true`), []byte(`"id":true`), 1) }, oneclick.ErrBadWebhook},
		"not JSON":      {func(_ http.Header, b *[]byte) { *b = (*b)[1:] }, oneclick.ErrBadWebhook},
		"two bodies":    {func(_ http.Header, b *[]byte) { *b = append(*b, *b...) }, oneclick.ErrBadWebhook},
		"a list":        {func(_ http.Header, b *[]byte) { *b = []byte(`["id"]`) }, oneclick.ErrBadWebhook},
		"nothing":       {func(_ http.Header, b *[]byte) { *b = nil }, oneclick.ErrBadWebhook},
		"bad UTF-8":     {func(_ http.Header, b *[]byte) { *b = bytes.Replace(*b, []byte("lov"), []byte("\xff"), 1) }, oneclick.ErrBadWebhook},
		"too deep": {func(_ http.Header, b *[]byte) {
			*b = []byte(strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40))
		}, oneclick.ErrBadWebhook},
		"a bomb": {func(_ http.Header, b *[]byte) {
			*b = []byte(`{"a":` + strings.Repeat("[", 30000) + strings.Repeat("]", 30000) + "}")
		}, oneclick.ErrBadWebhook},
		"many values":     {func(_ http.Header, b *[]byte) { *b = []byte(`{"a":[` + strings.Repeat("1,", 5000) + "1]}") }, oneclick.ErrBadWebhook},
		"a large message": {func(_ http.Header, b *[]byte) { *b = append(bytes.Repeat([]byte(" "), oneclick.MaxWebhook), *b...) }, ""},
	} {
		credentials, header, body := hookOf(t)
		c.change(header, &body)
		id, err := credentials.Verify(header, body)
		if c.code == "" { // spaces around it are no part of it
			continue
		}
		if err == nil || id != "" {
			t.Errorf("%s: passed as %q", name, id)
			continue
		}
		is(t, err, c.code)
	}
	var none oneclick.Credentials
	_, header, body := hookOf(t)
	_, err := none.Verify(header, body)
	is(t, err, oneclick.ErrForged)
}

func TestTheVendorsWebhooks(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.made(anInvoice).ID
	s.vendor.Complete(id)
	for signed, code := range map[simulator.Signature]oneclick.Code{
		simulator.Good: "", simulator.OtherBody: oneclick.ErrForged, simulator.OtherKey: oneclick.ErrForged, simulator.Garbage: oneclick.ErrForged,
	} {
		header, body, err := s.vendor.Webhook(id, signed)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.client.Credentials.Verify(header, body)
		if code == "" {
			if err != nil || got != id {
				t.Errorf("%q, %v", got, err)
			}
			continue
		}
		is(t, err, code)
	}
}

func TestScalarsOfABody(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][2]string{
		`{"b":1,"a":2}`:                                {"21", "21"},
		`{"B":1,"a":"x","b":1.50}`:                     {"x11.50", "x11.50"},
		`{"a":true,"b":false,"c":null}`:                {"truefalse", "truefalse"},
		`{"x":[3,"2",{"y":1}],"a":0}`:                  {"3201", "3201"},
		`{"l":[0,1,2,3,4,5,6,7,8,9,"t"]}`:              {"0123456789t", "0123456789t"},
		`{"a":{"x":1,"id":"n"},"id":"o"}`:              {"no1", "on1"},
		`{"z":0,"a":{"x":1,"id":"n"},"id":"o"}`:        {"no10", "no10"},
		`{"item10":"b","item2":"a","_id":"0"}`:         {"0ab", "0ab"},
		`{"a":"\u0041\ud83d\ude00","b":1e2,"c":-0.10}`: {"A😀1e2-0.10", "A😀1e2-0.10"},
		` {} `: {"", ""},
	} {
		plain, restarted, ok := oneclick.Flat([]byte(body))
		if !ok || plain != want[0] || restarted != want[1] {
			t.Errorf("%s is %q and %q (%v), want %q", body, plain, restarted, ok, want)
		}
	}
}

// FuzzVerify: nothing but the vector itself passes with the vector's signature,
// unless it has the same scalars.
func FuzzVerify(f *testing.F) {
	credentials, header, body := hookOf(f)
	f.Add(body, header.Get("x-api-signature"))
	f.Add([]byte(`{"id":1}`), "AAAA")
	f.Add([]byte(`{"a":[{"b":[]}]}`), "")
	f.Fuzz(func(t *testing.T, changed []byte, signature string) {
		h := header.Clone()
		h.Set("x-api-signature", signature)
		id, err := credentials.Verify(h, changed)
		if err != nil {
			return
		}
		plain, restarted, ok := oneclick.Flat(changed)
		if want := string(vector(t, "flat.txt")); !ok || id == "" || plain != want && restarted != want {
			t.Errorf("%q passed as %q", changed, id)
		}
	})
}

// FuzzScalars reads any body in bounded time and never twice in two ways.
func FuzzScalars(f *testing.F) {
	for _, body := range []string{`{"a":1}`, `{"a":{"b":[1,2]},"c":"\ud800"}`, `[`, `{"a":1,"a":2}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		plain, restarted, ok := oneclick.Flat(body)
		if !ok && plain+restarted != "" && len(plain) > len(body) {
			t.Errorf("%q was read", body)
		}
		if again, _, _ := oneclick.Flat(body); again != plain {
			t.Errorf("%q is %q and %q", body, plain, again)
		}
		if ok && len(plain) != len(restarted) {
			t.Errorf("%q is %q and %q", body, plain, restarted)
		}
	})
}

package oneclick_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/internal/oneclick"
)

// file is the good file with one member changed; nil takes it away.
func file(t *testing.T, name string, value any) []byte {
	t.Helper()
	shop, err := theShop()
	if err != nil {
		t.Fatal(err)
	}
	members := make(map[string]any)
	if err := json.Unmarshal(shop.CredentialsFile(), &members); err != nil {
		t.Fatal(err)
	}
	members[name] = value
	if value == nil {
		delete(members, name)
	}
	data, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func pkcs8(t *testing.T, curve bool) (encoded string) {
	t.Helper()
	var key any
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if !curve {
		shop, shopErr := theShop()
		if shopErr != nil {
			t.Fatal(shopErr)
		}
		var members map[string]string
		if err := json.Unmarshal(shop.CredentialsFile(), &members); err != nil {
			t.Fatal(err)
		}
		text, decodeErr := base64.StdEncoding.DecodeString(members["private_key"])
		if decodeErr != nil {
			t.Fatal(decodeErr)
		}
		block, _ := pem.Decode(text)
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	}
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func TestCredentialsThatAreReadOrRefused(t *testing.T) {
	t.Parallel()
	const canary = "canary-7719"
	b64 := base64.StdEncoding.EncodeToString
	for name, c := range map[string]struct {
		data []byte
		code oneclick.Code // empty: read
	}{
		"as it came":              {file(t, "realm", "x"), ""},
		"with a byte order mark":  {append([]byte("\xEF\xBB\xBF"), file(t, "realm", "")...), ""},
		"an unknown member":       {file(t, "extra", 1), ""},
		"no merchant":             {file(t, "merchant_id", nil), ""},
		"PKCS #8":                 {file(t, "private_key", b64([]byte(pkcs8(t, false)))), ""},
		"a bare PEM block":        {file(t, "private_key", pkcs8(t, false)), ""},
		"no account":              {file(t, "account_id", nil), oneclick.ErrCredentialsField},
		"an empty public key":     {file(t, "public_key", " "), oneclick.ErrCredentialsField},
		"a key of two lines":      {file(t, "public_key", canary+"\n"+canary), oneclick.ErrCredentialsField},
		"a key that rings":        {file(t, "public_key", canary+"\a"), oneclick.ErrCredentialsField},
		"an account in colour":    {file(t, "account_id", "\x1b[31m"+canary), oneclick.ErrCredentialsField},
		"an account with a blank": {file(t, "account_id", "a "+canary), oneclick.ErrCredentialsField},
		"a number for an account": {file(t, "account_id", 7), oneclick.ErrCredentialsField},
		"no private key":          {file(t, "private_key", nil), oneclick.ErrCredentialsField},
		"a key of another kind":   {file(t, "private_key", b64([]byte(pkcs8(t, true)))), oneclick.ErrCredentialsKey},
		"a key that is no base64": {file(t, "private_key", canary), oneclick.ErrCredentialsKey},
		"a key that is no PEM":    {file(t, "private_key", b64([]byte(canary))), oneclick.ErrCredentialsKey},
		"a key of no bytes":       {file(t, "private_key", b64([]byte("-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----\n"))), oneclick.ErrCredentialsKey},
		"not JSON":                {[]byte(canary), oneclick.ErrCredentialsSyntax},
		"nothing":                 {nil, oneclick.ErrCredentialsSyntax},
		"null":                    {[]byte("null"), oneclick.ErrCredentialsSyntax},
		"a list":                  {[]byte(`["` + canary + `"]`), oneclick.ErrCredentialsSyntax},
		"too large":               {bytes.Repeat([]byte(" "), oneclick.MaxCredentials+1), oneclick.ErrCredentialsLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := oneclick.ParseCredentials(c.data)
			if c.code == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			e := failure(t, err, c.code)
			if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), canary) {
				t.Errorf("the error quotes the file: %v", err)
			}
			if c.code == oneclick.ErrCredentialsField && (strings.Contains(e.In(lang.RU), "%s") || !strings.Contains(e.In(lang.RU), "_")) {
				t.Errorf("the field is not named: %s", e.In(lang.RU))
			}
		})
	}
}

func TestACredentialsFileIsForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "oneclick.json")
	_, err := oneclick.ReadCredentials(path)
	is(t, err, oneclick.ErrCredentialsUnreadable)
	if !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), path) {
		t.Errorf("of a file that is not there: %v", err)
	}
	if err := os.WriteFile(path, file(t, "realm", "r"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := oneclick.ReadCredentials(path)
	if err != nil || c.AccountID == "" || c.Realm != "r" {
		t.Fatalf("a closed file: %v, %v", c.AccountID, err)
	}
	_, err = oneclick.ReadCredentials(filepath.Dir(path))
	is(t, err, oneclick.ErrCredentialsUnreadable)
}

func TestNothingPrintsCredentials(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.made(anInvoice) // so that the client has tokens as well
	shop, err := theShop()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	logger.Info("x", "credentials", s.client.Credentials, "client", s.client)
	encoded, err := json.Marshal(map[string]any{"c": s.client.Credentials})
	if err != nil {
		t.Fatal(err)
	}
	out := log.String() + string(encoded) + s.client.String() + s.client.Credentials.GoString()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		out += fmt.Sprintf(verb, s.client.Credentials) + fmt.Sprintf(verb, &s.client.Credentials)
		out += fmt.Sprintf(verb, struct{ c oneclick.Credentials }{s.client.Credentials})
		out += fmt.Sprintf(verb, s.client)
	}
	for _, secret := range []string{shop.PublicKey[:40], fmt.Sprintf("%x", shop.PublicKey[:20]), "refresh-1", "eyJhbGciOiJub25lIn0"} {
		if strings.Contains(out, secret) {
			t.Errorf("%q was printed", secret)
		}
	}
	if !strings.Contains(out, "[hidden]") {
		t.Error("nothing was printed at all")
	}
}

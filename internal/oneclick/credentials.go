package oneclick

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"strings"
)

// MaxCredentials bounds the credentials file, in bytes; those of the cabinet are
// below 8 KiB.
const MaxCredentials = 64 << 10

// Credentials open the API and prove webhooks. They come from the vendor's cabinet
// as one JSON file (D) and are never printed.
type Credentials struct {
	AccountID  string
	MerchantID string // may be empty: no call needs it
	ProjectID  string // may be empty: no call needs it
	Realm      string // may be empty: no call needs it

	publicKey  secret // opens the API by itself, whatever its name says
	privateKey *rsa.PrivateKey
}

// ReadCredentials reads the file of the vendor's cabinet. It refuses one that
// others can read: whoever has the public_key in it can act for the shop. The
// error is an *Error of a Credentials code and quotes nothing of the file.
func ReadCredentials(path string) (Credentials, error) {
	f, err := openFile(path)
	if err != nil {
		return Credentials{}, unreadable(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Credentials{}, unreadable(err)
	}
	switch {
	case !info.Mode().IsRegular():
		return Credentials{}, unreadable(errors.New("not a file"))
	case openToOthers(info.Mode()):
		return Credentials{}, newError(ErrCredentialsOpen, readingCredentials)
	}
	data, err := io.ReadAll(io.LimitReader(f, MaxCredentials+1))
	if err != nil {
		return Credentials{}, unreadable(err)
	}
	return ParseCredentials(data)
}

const readingCredentials = "reading the credentials"

// unreadable keeps the system's reason without the path, which the caller knows.
func unreadable(err error) error {
	if at := new(fs.PathError); errors.As(err, &at) {
		err = at.Err
	}
	return newError(ErrCredentialsUnreadable, readingCredentials).because(err)
}

// ParseCredentials reads what is in the file. account_id, public_key and
// private_key are needed (S); private_key is base64 of a PEM block, PKCS #1 or
// PKCS #8, and a bare PEM block is read too.
func ParseCredentials(data []byte) (Credentials, error) {
	if len(data) > MaxCredentials {
		return Credentials{}, newError(ErrCredentialsLarge, readingCredentials)
	}
	fields, err := readObject(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	if err != nil {
		return Credentials{}, newError(ErrCredentialsSyntax, readingCredentials)
	}
	texts := make(map[string]string)
	for _, name := range []string{"account_id", "public_key", "private_key", "merchant_id", "project_id", "realm"} {
		text, ok := credential(fields[name])
		if needed := name == "account_id" || strings.HasSuffix(name, "_key"); !ok || needed && text == "" {
			return Credentials{}, newError(ErrCredentialsField, readingCredentials).about(name)
		}
		if sent := name == "account_id" || name == "public_key"; sent && !tokenText(text) {
			return Credentials{}, newError(ErrCredentialsField, readingCredentials).about(name)
		}
		texts[name] = text
	}
	key, ok := parsePrivateKey(texts["private_key"])
	if !ok {
		return Credentials{}, newError(ErrCredentialsKey, readingCredentials)
	}
	return Credentials{
		AccountID: texts["account_id"], MerchantID: texts["merchant_id"], ProjectID: texts["project_id"],
		Realm: texts["realm"], publicKey: newSecret(texts["public_key"]), privateKey: key,
	}, nil
}

// credential reads one field: a string, or nothing.
func credential(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 || string(raw) == "null" {
		return "", true
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return "", false
	}
	return strings.TrimSpace(text), true
}

// parsePrivateKey wants an RSA key that crypto/rsa would use: consistent, and of
// 1024 to 8192 bits.
func parsePrivateKey(text string) (*rsa.PrivateKey, bool) {
	der, ok := pemBytes(text)
	if !ok {
		return nil, false
	}
	key, err := x509.ParsePKCS1PrivateKey(der)
	if err != nil {
		parsed, err := x509.ParsePKCS8PrivateKey(der)
		if err != nil {
			return nil, false
		}
		if key, ok = parsed.(*rsa.PrivateKey); !ok {
			return nil, false
		}
	}
	bits := key.N.BitLen()
	return key, bits >= 1024 && bits <= 8192 && key.Validate() == nil
}

func pemBytes(text string) ([]byte, bool) {
	if !strings.HasPrefix(text, "-----BEGIN") {
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
		if err != nil {
			return nil, false
		}
		text = string(decoded)
	}
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, false
	}
	return block.Bytes, true
}

package store_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"testing"

	"tushum/store"
)

func TestTokenInURL(t *testing.T) {
	t.Parallel()
	token, err := store.NewToken(bytes.NewReader([]byte("0123456789abcdef rest")))
	wantCode(t, err, "")
	if token != store.Token([]byte("0123456789abcdef")) {
		t.Fatalf("drew %x", token)
	}
	const want = "gaytemzugu3doobzmfrggzdfmy" // by base32(1), in lower case
	if got := token.String(); got != want {
		t.Fatalf("written %s, want %s", got, want)
	}
	if back, err := store.ParseToken(want); err != nil || back != token {
		t.Errorf("read %x, %v", back, err)
	}
	if b, err := token.MarshalText(); err != nil || string(b) != want {
		t.Errorf("as text %s, %v", b, err)
	}
}

func TestTokensDiffer(t *testing.T) {
	t.Parallel()
	seen := map[store.Token]bool{}
	for range 100 {
		token, err := store.NewToken(rand.Reader)
		wantCode(t, err, "")
		if seen[token] {
			t.Fatalf("%s was drawn twice", token)
		}
		seen[token] = true
	}
}

func TestTokenNeedsAllItsRandomness(t *testing.T) {
	t.Parallel()
	token, err := store.NewToken(strings.NewReader("too short"))
	wantCode(t, err, store.Internal)
	if token != (store.Token{}) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("drew %x, %v", token, err)
	}
}

func TestParseTokenRefuses(t *testing.T) {
	t.Parallel()
	const right = "gaytemzugu3doobzmfrggzdfmy"
	for name, s := range map[string]string{
		"nothing": "", "short": right[:25], "long": right + "a", "capitals": strings.ToUpper(right), "padding": right + "======",
		"line feed": right[:13] + "\n" + right[13:], "spare bits set": right[:25] + "z", "not base32": right[:25] + "1", "path": right[:24] + "/.",
	} {
		token, err := store.ParseToken(s)
		if store.CodeOf(err) != store.Invalid || token != (store.Token{}) {
			t.Errorf("%s: %x, %v", name, token, err)
		}
		if s != "" && strings.Contains(err.Error(), s) {
			t.Errorf("%s: the error repeats the token", name)
		}
	}
}

func FuzzParseToken(f *testing.F) {
	f.Add("gaytemzugu3doobzmfrggzdfmy")
	f.Add("gaytemzugu3doobzmfrggzdfmz")
	f.Fuzz(func(t *testing.T, s string) {
		token, err := store.ParseToken(s)
		if err != nil {
			wantCode(t, err, store.Invalid)
			return
		}
		if token.String() != s {
			t.Fatalf("%q is another spelling of %s", s, token)
		}
	})
}

package store

import (
	"encoding/base32"
	"io"
)

// Token is the unguessable part of a pay page's URL: 128 random bits.
type Token [16]byte

// base32 in lower case survives messengers that fold case or break on - and _.
var tokenText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewToken draws a token from a source of randomness (crypto/rand.Reader).
func NewToken(random io.Reader) (Token, error) {
	var t Token
	if _, err := io.ReadFull(random, t[:]); err != nil {
		return Token{}, &Error{Code: Internal, Detail: "drawing a token", Err: err}
	}
	return t, nil
}

// ParseToken reads the 26 characters of String and nothing else.
func ParseToken(s string) (Token, error) {
	var t Token
	b, err := tokenText.DecodeString(s)
	if err != nil || len(b) != len(t) {
		return Token{}, invalid(sayToken)
	}
	copy(t[:], b)
	if t.String() != s { // two spare bits would give a link more than one spelling
		return Token{}, invalid(sayToken)
	}
	return t, nil
}

// String is the token as it stands in a URL.
func (t Token) String() string { return tokenText.EncodeToString(t[:]) }

// MarshalText shows the token as in a URL.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

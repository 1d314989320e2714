// Package password turns passwords into hashes that may stand in a
// configuration file, and checks passwords against them.
//
// It owns the two accepted encodings, argon2id as a PHC string and bcrypt, and
// the bounds within which a hash is believed. It imports nothing of the
// project.
package password

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// MaxLength is the greatest length of a password, in bytes.
const MaxLength = 1024

// Errors of Hash. The texts say what is wrong with the password and never
// repeat any of it.
var (
	ErrEmpty   = errors.New("the password is empty")
	ErrTooLong = fmt.Errorf("the password is longer than %d bytes", MaxLength)
)

// What Hash uses: the second of OWASP's equivalent settings for argon2id,
// 19 MiB and two passes, which an old till computer finishes in well under a
// second.
const (
	hashMemory  = 19456 // KiB
	hashPasses  = 2
	hashThreads = 1
	hashSalt    = 16 // bytes
	hashKey     = 32 // bytes
)

// Hash returns the argon2id hash of password with a fresh random salt, as the
// PHC string `$argon2id$v=19$m=19456,t=2,p=1$salt$key`. Any bytes are allowed
// in a password; ErrEmpty and ErrTooLong are the refusals.
func Hash(password []byte) (string, error) {
	if len(password) == 0 {
		return "", ErrEmpty
	}
	if len(password) > MaxLength {
		return "", ErrTooLong
	}
	salt := make([]byte, hashSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("drawing a salt: %w", err)
	}
	a := argon2id{memory: hashMemory, passes: hashPasses, threads: hashThreads, salt: salt}
	a.key = argon2.IDKey(password, salt, a.passes, a.memory, a.threads, hashKey)
	return a.encode(), nil
}

// Verifier checks passwords against one hash. It is safe for concurrent use.
// The zero Verifier accepts no password. It prints as a placeholder, so that a
// configuration can be logged without its hashes.
type Verifier struct {
	scheme scheme
}

// scheme is one way of hashing, with the parameters of one hash.
type scheme interface {
	verify(password []byte) bool
}

// Parse reads a hash written by Hash, by another argon2id tool as a PHC
// string, or by a bcrypt tool (`$2a$`, `$2b$`, `$2y$`). Parameters are bounded,
// so that no hash makes Verify take gigabytes or minutes. Errors never contain
// any part of the hash's salt or key.
func Parse(encoded string) (Verifier, error) {
	switch {
	case strings.HasPrefix(encoded, "$argon2id$"):
		a, err := parseArgon2id(encoded)
		if err != nil {
			return Verifier{}, fmt.Errorf("reading an argon2id hash: %w", err)
		}
		return Verifier{scheme: a}, nil
	case strings.HasPrefix(encoded, "$2"):
		b, err := parseBcrypt(encoded)
		if err != nil {
			return Verifier{}, fmt.Errorf("reading a bcrypt hash: %w", err)
		}
		return Verifier{scheme: b}, nil
	case strings.HasPrefix(encoded, "$argon2"):
		return Verifier{}, errors.New("only the argon2id kind of argon2 is accepted")
	}
	return Verifier{}, errors.New("neither an argon2id nor a bcrypt hash")
}

// Verify reports whether password is the one the hash was made of. It takes
// the time of the hash whatever the password is, except that an empty one and
// one over MaxLength, which no hash here was made of, are refused at once.
func (v Verifier) Verify(password []byte) bool {
	if v.scheme == nil || len(password) == 0 || len(password) > MaxLength {
		return false
	}
	return v.scheme.verify(password)
}

// IsZero reports whether v holds no hash.
func (v Verifier) IsZero() bool { return v.scheme == nil }

// Format prints a placeholder under every verb, %#v included.
func (v Verifier) Format(f fmt.State, _ rune) {
	text := "(password hash)"
	if v.IsZero() {
		text = "(no password)"
	}
	// A fmt.State takes what it is given; fmt has nowhere to report an error to.
	_, _ = f.Write([]byte(text))
}

// MarshalText keeps the hash out of JSON and out of structured logs.
func (v Verifier) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%v", v), nil
}

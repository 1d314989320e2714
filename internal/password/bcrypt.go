package password

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	xbcrypt "golang.org/x/crypto/bcrypt"
)

const (
	bcryptLength   = 60
	minBcryptCost  = xbcrypt.MinCost
	maxBcryptCost  = 14 // about two seconds on an old PC; each step doubles it
	bcryptPassword = 72 // bytes of a password that bcrypt reads
	bcryptAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
)

type bcryptHash []byte

// verify refuses the two kinds of password that bcrypt cannot tell from
// others: those over 72 bytes, of which it reads only the beginning, and those
// with a zero byte ("a", 0, "a" passes for "a", since the key is repeated with
// a zero byte at its end).
func (b bcryptHash) verify(password []byte) bool {
	if len(password) > bcryptPassword || bytes.IndexByte(password, 0) >= 0 {
		return false
	}
	return xbcrypt.CompareHashAndPassword(b, password) == nil
}

// parseBcrypt reads `$2b$12$` followed by 22 characters of salt and 31 of key.
// The kinds a, b and y differ only in bugs of other programs that the limits of
// verify keep clear of; x marks hashes made with such a bug.
func parseBcrypt(encoded string) (bcryptHash, error) {
	if len(encoded) != bcryptLength {
		return nil, fmt.Errorf("it has %d characters, not %d", len(encoded), bcryptLength)
	}
	if kind := encoded[2]; encoded[3] != '$' || !strings.ContainsRune("aby", rune(kind)) {
		return nil, errors.New("only $2a$, $2b$ and $2y$ are accepted")
	}
	cost, err := strconv.ParseUint(encoded[4:6], 10, 8)
	if err != nil || encoded[6] != '$' {
		return nil, errors.New("the cost is not two digits")
	}
	if cost < uint64(minBcryptCost) || cost > maxBcryptCost {
		return nil, fmt.Errorf("the cost %d is outside %d to %d", cost, minBcryptCost, maxBcryptCost)
	}
	if strings.Trim(encoded[7:], bcryptAlphabet) != "" {
		return nil, errors.New("it has characters that no bcrypt hash has")
	}
	return bcryptHash(encoded), nil
}

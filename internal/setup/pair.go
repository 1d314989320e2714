package setup

import (
	"crypto/rand"
	"fmt"
	"math/big"
)

// Signs that nobody takes for another when a password is read out or typed from
// paper: no l, I, 1, o, O and 0.
const (
	pairLetters  = "abcdefghijkmnpqrstuvwxyz"
	pairSigns    = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
	pairLogin    = 6  // letters behind "uzum-"
	pairPassword = 24 // signs, of which each has almost 6 bits
)

// NewPair makes a login and a password for the bank of the system's random
// numbers. The password is the only copy: what is kept is its hash.
func NewPair() (login, password string, err error) {
	login, err = drawn(pairLogin, pairLetters)
	if err != nil {
		return "", "", err
	}
	password, err = drawn(pairPassword, pairSigns)
	return "uzum-" + login, password, err
}

func drawn(count int, signs string) (string, error) {
	text := make([]byte, count)
	for i := range text {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(signs))))
		if err != nil {
			return "", fmt.Errorf("drawing a password: %w", err)
		}
		text[i] = signs[n.Int64()]
	}
	return string(text), nil
}

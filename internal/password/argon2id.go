package password

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Bounds of an argon2id hash that is believed. The product of memory and
// passes is bounded too: it is what the time is proportional to.
const (
	maxMemory     = 256 << 10 // KiB
	maxPasses     = 64
	maxMemoryWork = 1 << 20 // KiB times passes, about two seconds on an old PC
	maxThreads    = 16
	minSalt       = 8  // bytes, the least that argon2 itself allows
	maxSalt       = 64 // bytes
	minKey        = 16 // bytes
	maxKey        = 64 // bytes
	maxEncoded    = 256
)

type argon2id struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
	salt    []byte
	key     []byte
}

// base64PHC is the alphabet of PHC strings: standard, without padding, and
// with no second spelling of the same bytes.
var base64PHC = base64.RawStdEncoding.Strict()

func (a argon2id) encode() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, a.memory, a.passes, a.threads,
		base64PHC.EncodeToString(a.salt), base64PHC.EncodeToString(a.key))
}

func (a argon2id) verify(password []byte) bool {
	key := argon2.IDKey(password, a.salt, a.passes, a.memory, a.threads, uint32(len(a.key)))
	return subtle.ConstantTimeCompare(key, a.key) == 1
}

// parseArgon2id reads `$argon2id$v=19$m=…,t=…,p=…$salt$key`.
func parseArgon2id(encoded string) (argon2id, error) {
	if len(encoded) > maxEncoded {
		return argon2id{}, fmt.Errorf("longer than %d characters", maxEncoded)
	}
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 {
		return argon2id{}, errors.New("not of the form $argon2id$v=19$m=…,t=…,p=…$salt$key")
	}
	if want := "v=" + strconv.Itoa(argon2.Version); parts[2] != want {
		return argon2id{}, fmt.Errorf("only version %s is accepted", want)
	}
	a, err := parseArgon2idParameters(parts[3])
	if err != nil {
		return argon2id{}, err
	}
	if a.salt, err = decodePHC("salt", parts[4], minSalt, maxSalt); err != nil {
		return argon2id{}, err
	}
	if a.key, err = decodePHC("key", parts[5], minKey, maxKey); err != nil {
		return argon2id{}, err
	}
	return a, nil
}

func parseArgon2idParameters(text string) (argon2id, error) {
	parts := strings.Split(text, ",")
	if len(parts) != 3 {
		return argon2id{}, errors.New("the parameters are not m=…,t=…,p=…")
	}
	threads, err := parameter(parts[2], "p=", 1, maxThreads)
	if err != nil {
		return argon2id{}, err
	}
	// argon2 needs eight blocks of 1 KiB for each thread.
	memory, err := parameter(parts[0], "m=", 8*threads, maxMemory)
	if err != nil {
		return argon2id{}, err
	}
	passes, err := parameter(parts[1], "t=", 1, maxPasses)
	if err != nil {
		return argon2id{}, err
	}
	if memory*passes > maxMemoryWork {
		return argon2id{}, fmt.Errorf("m times t is over %d", maxMemoryWork)
	}
	return argon2id{memory: memory, passes: passes, threads: uint8(threads)}, nil
}

// parameter reads one `name=number`, written the only way PHC allows: no sign
// and no leading zero.
func parameter(text, name string, least, most uint32) (uint32, error) {
	digits, found := strings.CutPrefix(text, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	if !found || err != nil || strconv.FormatUint(n, 10) != digits {
		return 0, fmt.Errorf("%s is not followed by a number in its place", name)
	}
	if n < uint64(least) || n > uint64(most) {
		return 0, fmt.Errorf("%s%d is outside %d to %d", name, n, least, most)
	}
	return uint32(n), nil
}

func decodePHC(what, text string, least, most int) ([]byte, error) {
	raw, err := base64PHC.DecodeString(text)
	// The decoder skips line breaks, which would be a second spelling.
	if err != nil || strings.ContainsAny(text, "\r\n") {
		return nil, fmt.Errorf("the %s is not base64 without padding", what)
	}
	if len(raw) < least || len(raw) > most {
		return nil, fmt.Errorf("the %s has %d bytes, not %d to %d", what, len(raw), least, most)
	}
	return raw, nil
}

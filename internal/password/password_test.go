package password

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestHashIsVerified(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a:b пароль", "\x00\xff\r\n", strings.Repeat("q", MaxLength)} {
		encoded, err := Hash([]byte(text))
		if err != nil {
			t.Fatalf("Hash(%q): %v", text, err)
		}
		if !strings.HasPrefix(encoded, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("Hash(%q) = %q: not the documented parameters", text, encoded)
		}
		v, err := Parse(encoded)
		if err != nil {
			t.Fatalf("Parse of our own hash of %q: %v", text, err)
		}
		if !v.Verify([]byte(text)) {
			t.Errorf("%q is not verified by its own hash", text)
		}
		if v.Verify([]byte(text + "x")) {
			t.Errorf("%q with a letter more is verified", text)
		}
	}
}

func TestHashDrawsASaltEachTime(t *testing.T) {
	t.Parallel()
	one, err := Hash([]byte("same"))
	if err != nil {
		t.Fatal(err)
	}
	two, err := Hash([]byte("same"))
	if err != nil {
		t.Fatal(err)
	}
	if one == two {
		t.Errorf("two hashes of one password are equal: %q", one)
	}
}

func TestHashRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		password []byte
		want     error
	}{
		{nil, ErrEmpty},
		{[]byte{}, ErrEmpty},
		{bytes.Repeat([]byte{'a'}, MaxLength+1), ErrTooLong},
	} {
		if got, err := Hash(c.password); !errors.Is(err, c.want) || got != "" {
			t.Errorf("Hash of %d bytes = %q, %v; want %v", len(c.password), got, err, c.want)
		}
	}
}

// The argon2id vectors are those of the reference implementation (src/test.c of
// phc-winner-argon2), the bcrypt ones those of crypt_blowfish (wrapper.c).
func TestKnownVectors(t *testing.T) {
	t.Parallel()
	const seventyTwo = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	for _, c := range []struct{ encoded, password string }{
		{"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password"},
		{"$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password"},
		{"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"},
		{"$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "U*U*"},
		{"$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a", "U*U*U"},
		{"$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e", "\xff\xff\xa3"},
		{"$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", seventyTwo},
	} {
		v, err := Parse(c.encoded)
		if err != nil {
			t.Errorf("Parse(%q): %v", c.encoded, err)
			continue
		}
		if !v.Verify([]byte(c.password)) {
			t.Errorf("%q does not verify %q", c.encoded, c.password)
		}
		for _, wrong := range []string{"", "wrong", c.password + "x", c.password + "\x00", c.password + "\x00" + c.password} {
			if v.Verify([]byte(wrong)) {
				t.Errorf("%q verifies %q", c.encoded, wrong)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	const salt, key = "c29tZXNhbHQ", "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	argon := func(parameters string) string { return "$argon2id$v=19$" + parameters + "$" + salt + "$" + key }
	bcrypt := "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
	for _, c := range []struct{ encoded, want string }{
		{"", "neither"},
		{"hunter2", "neither"},
		{"$1$salt$hash", "neither"},
		{"$argon2i$v=19$m=256,t=2,p=1$" + salt + "$" + key, "argon2id kind"},
		{"$argon2id$v=16$m=256,t=2,p=1$" + salt + "$" + key, "version"},
		{"$argon2id$m=256,t=2,p=1$" + salt + "$" + key, "form"},
		{argon("m=256,t=2,p=1") + "$x", "form"},
		{argon("m=104857600,t=2,p=1"), "m=104857600 is outside"},
		{argon("m=7,t=2,p=1"), "m=7 is outside"},
		{argon("m=15,t=2,p=2"), "m=15 is outside 16"},
		{argon("m=256,t=0,p=1"), "t=0 is outside"},
		{argon("m=256,t=65,p=1"), "t=65 is outside"},
		{argon("m=262144,t=64,p=1"), "m times t"},
		{argon("m=256,t=2,p=0"), "p=0 is outside"},
		{argon("m=256,t=2,p=17"), "p=17 is outside"},
		{argon("m=4294967296,t=2,p=1"), "m="},
		{argon("m=+256,t=2,p=1"), "m="},
		{argon("m=0256,t=2,p=1"), "m="},
		{argon("t=2,m=256,p=1"), "m="},
		{argon("m=256,t=2"), "parameters"},
		{argon("m=256,t=2,p=1,keyid=1"), "parameters"},
		{"$argon2id$v=19$m=256,t=2,p=1$c29t$" + key, "salt has 3 bytes"},
		{"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$c29t", "key has 3 bytes"},
		{"$argon2id$v=19$m=256,t=2,p=1$" + salt + "=$" + key, "salt is not base64"},
		{"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$" + key + "\n", "key is not base64"},
		{argon("m=256,t=2,p=1") + strings.Repeat("A", maxEncoded), "longer"},
		{bcrypt[:59], "characters"},
		{bcrypt + "x", "characters"},
		{"$2x" + bcrypt[3:], "$2a$"},
		{"$2$05$" + bcrypt[7:] + "x", "$2a$"},
		{"$2a$31" + bcrypt[6:], "cost 31"},
		{"$2a$15" + bcrypt[6:], "cost 15"},
		{"$2a$03" + bcrypt[6:], "cost 3"},
		{"$2a$+5" + bcrypt[6:], "digits"},
		{bcrypt[:20] + "!" + bcrypt[21:], "no bcrypt hash"},
	} {
		v, err := Parse(c.encoded)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Parse(%q) = %v; want an error with %q", c.encoded, err, c.want)
			continue
		}
		if !v.IsZero() || v.Verify([]byte("password")) {
			t.Errorf("Parse(%q) failed but returned a working Verifier", c.encoded)
		}
		if strings.Contains(err.Error(), key) || strings.Contains(err.Error(), salt) {
			t.Errorf("Parse(%q) gives the hash away: %v", c.encoded, err)
		}
	}
}

func TestVerifierNeverPrintsItsHash(t *testing.T) {
	t.Parallel()
	encoded := "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
	v, err := Parse(encoded)
	if err != nil {
		t.Fatal(err)
	}
	wire, err := json.Marshal(struct{ Password Verifier }{v})
	if err != nil {
		t.Fatal(err)
	}
	printed := fmt.Sprintf("%v %+v %#v %s %x %d", v, v, v, v, v, v) + fmt.Sprintf("%+v", struct{ V Verifier }{v}) + string(wire)
	if strings.Contains(printed, "CCCC") || strings.Contains(printed, "50") {
		t.Errorf("the hash shows: %s", printed)
	}
	if want := "(no password)"; fmt.Sprint(Verifier{}) != want {
		t.Errorf("the zero Verifier prints as %q, want %q", fmt.Sprint(Verifier{}), want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
	f.Add("$2a$04$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")
	f.Add("$2a$")
	f.Fuzz(func(t *testing.T, encoded string) {
		v, err := Parse(encoded)
		if err != nil {
			if !v.IsZero() {
				t.Fatalf("Parse(%q) returned both a verifier and %v", encoded, err)
			}
			return
		}
		// What is accepted is within the bounds and has one spelling only.
		if a, ok := v.scheme.(argon2id); ok {
			if a.encode() != encoded {
				t.Fatalf("%q was read as %q", encoded, a.encode())
			}
			if a.memory > maxMemory || a.memory*a.passes > maxMemoryWork {
				t.Fatalf("%q is past the bounds", encoded)
			}
		}
	})
}

package store_test

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"testing"

	"tushum/store"
)

// dammValid is Damm's check as its author describes it, on his published
// table, kept apart from the one under test.
func dammValid(digits string) bool {
	table := [...]string{
		"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
		"3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
	}
	row := byte('0')
	for i := range len(digits) {
		row = table[row-'0'][digits[i]-'0']
	}
	return row == '0'
}

func TestDammPublishedExamples(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]bool{"5724": true, "5727": false, "112946": true, "112949": false} {
		if dammValid(digits) != want {
			t.Errorf("%s: the check itself is wrong", digits)
		}
	}
}

// sampleBases are the ends of each length and some between, always the same.
func sampleBases() []uint32 {
	bases := []uint32{store.FirstBase, 999_999, 1_000_000, 9_999_999, 10_000_000, store.LastBase}
	random := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		bases = append(bases, store.FirstBase+random.Uint32N(store.LastBase-store.FirstBase))
	}
	return bases
}

func TestNumberOf(t *testing.T) {
	t.Parallel()
	for _, base := range sampleBases() {
		n, err := store.NumberOf(base)
		wantCode(t, err, "")
		s := n.String()
		if !dammValid(s) || n.Base() != base || s[:len(s)-1] != strconv.Itoa(int(base)) {
			t.Fatalf("base %d gives %s", base, s)
		}
		if back, err := store.ParseNumber(s); err != nil || back != n {
			t.Fatalf("%s is read as %v, %v", s, back, err)
		}
	}
	for _, base := range []uint32{0, 1, store.FirstBase - 1, store.LastBase + 1, 1<<32 - 1} {
		_, err := store.NumberOf(base)
		wantCode(t, err, store.NumbersUsedUp)
	}
}

func TestNumberCatchesEverySlip(t *testing.T) {
	t.Parallel()
	refuses := func(s string) {
		if _, err := store.ParseNumber(s); store.CodeOf(err) != store.Invalid {
			t.Fatalf("%s passes for a number", s)
		}
	}
	for _, base := range sampleBases() {
		right := []byte(mustNumber(base).String())
		for i := range right {
			for d := byte('0'); d <= '9'; d++ {
				wrong := append([]byte(nil), right...)
				if wrong[i] = d; d != right[i] {
					refuses(string(wrong))
				}
			}
			if i > 0 && right[i] != right[i-1] {
				wrong := append([]byte(nil), right...)
				wrong[i], wrong[i-1] = wrong[i-1], wrong[i]
				refuses(string(wrong))
			}
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	t.Parallel()
	right := mustNumber(store.FirstBase).String()
	for _, s := range []string{
		"", "0", "572", "5724", right[:6], "0" + right, " " + right, right + " ", "+" + right, right + ".0", "1e6", right + "000",
		"-100000", "10000o6", "١٠٠٠٠٠٦", "1 000 006", "0005724", right[:6] + "\x00", "998901234567",
	} {
		n, err := store.ParseNumber(s)
		if store.CodeOf(err) != store.Invalid || n != 0 {
			t.Errorf("%q: %v, %v", s, n, err)
		}
	}
}

func TestNumberAsText(t *testing.T) {
	t.Parallel()
	type record struct {
		Number store.Number `json:"number"`
	}
	for n, want := range map[store.Number]string{0: `{"number":""}`, mustNumber(store.FirstBase): `{"number":"` + mustNumber(store.FirstBase).String() + `"}`} {
		b, err := json.Marshal(record{n})
		if err != nil || string(b) != want {
			t.Errorf("%d is written %s, %v", n, b, err)
		}
		back := record{Number: 7}
		if err := json.Unmarshal(b, &back); err != nil || back.Number != n {
			t.Errorf("%s is read %d, %v", b, back.Number, err)
		}
	}
	var n store.Number
	wantCode(t, n.UnmarshalText([]byte("1000000")), store.Invalid)
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"", "5724", mustNumber(store.FirstBase).String(), mustNumber(store.LastBase).String(), "01234567", "１２３４５６７"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := store.ParseNumber(s)
		if err != nil {
			wantCode(t, err, store.Invalid)
			return
		}
		if n.String() != s || !dammValid(s) || n != mustNumber(n.Base()) {
			t.Fatalf("%q is read as %s", s, n)
		}
	})
}

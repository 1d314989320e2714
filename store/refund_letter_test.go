package store_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/store"
)

var update = flag.Bool("update", false, "write the letters of testdata anew")

func TestRefundLetter(t *testing.T) {
	t.Parallel()
	calendar := store.Calendar{Location: tashkent}
	shop := store.LetterHead{Name: "“Aziza” sartaroshxonasi", Address: "Toshkent, Navoiy 1", Phone: "+998 71 200-00-00", TIN: "123456789"}
	full := requested()
	full.Reference, full.Phone = "000000000001", "998901234567"
	full.Amount += 50 // tiyin
	full.Refund.AskedAt = noon.Add(ttl)
	bare := requested()
	bare.ServiceID, bare.Source = 0, ""
	hostile := full
	hostile.Source, hostile.Reference = "UZ\x1b[31mCARD\u202e", "1\n2"
	hostile.Refund.Reason = "mijoz:\n\n +998 90 123-45-67\tso‘radi\x07"
	for name, c := range map[string]struct {
		tx   store.Transaction
		from store.LetterHead
	}{
		"full": {full, shop}, "bare": {bare, store.LetterHead{}}, "hostile": {hostile, shop},
	} {
		for _, l := range lang.All {
			letter := store.RefundLetter(c.tx, c.from, calendar, l)
			if strings.Contains(strings.ReplaceAll(letter, " ", ""), "901234567") || strings.Contains(letter, "123-45-67") || strings.ContainsAny(letter, "\x1b\x07\u202e") {
				t.Errorf("%s: the letter holds what it must not:\n%s", name, letter)
			}
			wantLetter(t, filepath.Join("testdata", "refund_"+name+"_"+string(l)+".txt"), letter)
		}
	}
}

func wantLetter(t *testing.T, path, letter string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(letter), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if letter != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", path, letter, want)
	}
}

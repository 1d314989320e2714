package store_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"tushum/internal/money"
	"tushum/store"
)

func TestSearchInvoice(t *testing.T) {
	t.Parallel()
	inv := visit()
	inv.Customer.Name, inv.Specialist, inv.Note = "G‘ulomova Aziza", "Дилноза", "ikkinchi qavat"
	inv.Lines = []store.Line{{Name: "Soch bo‘yash", Quantity: 1, Price: inv.Amount}}
	for search, want := range map[string]bool{
		"": true, "  ": true, inv.Number.String(): true, "130000": true, "130 000": true, "aziza": true, "АЗИЗА": true, "gulomova": true,
		"g'ulomova": true, "g`ulomova aziza": true, "ғуломова": true, "dilnoza": true, "boyash": true, "visit": true, "901234567": true,
		"+998 90 123-45-67": true, "123-45-67": true, "qavat aziza": true, "aziza madina": false, "131000": false,
	} {
		if got := store.SplitWords(search).MatchInvoice(inv); got != want {
			t.Errorf("%q finds the invoice: %v, want %v", search, got, want)
		}
	}
}

func TestSearchTransaction(t *testing.T) {
	t.Parallel()
	tx := transactionIn(store.Confirmed)
	tx.Phone, tx.Reference = "998901234567", "000000000001"
	for search, want := range map[string]bool{
		"": true, bankID[:8]: true, "uzcard": true, "узcard": true, "130000": true, tx.Number.String(): true, "000000000001": true,
		"90 123-45-67": true, "humo": false, "uzcard humo": false,
	} {
		if got := store.SplitWords(search).MatchTransaction(tx); got != want {
			t.Errorf("%q finds the transaction: %v, want %v", search, got, want)
		}
	}
}

// A search that reads as a sum finds just that sum, and what has its words.
func TestSearchSum(t *testing.T) {
	t.Parallel()
	for search, want := range map[string][]money.Amount{
		"25000": {2_500_000, 2_500_050, 25_000_000}, "25 000": {2_500_000, 2_500_050, 25_000_000}, "25\u00a0000": {2_500_000, 2_500_050, 25_000_000},
		"25\u202f000": {2_500_000, 2_500_050, 25_000_000}, "25000,50": {2_500_050}, "25000.5": {2_500_050}, "25 000,50 so'm": {2_500_050},
		"25k": {2_500_000}, "25 ming": {2_500_000}, "25 минг": {2_500_000}, "25 тыс сум": {2_500_000}, "25\u00a0000\u00a0so‘m": {2_500_000},
		"1,5 mln": {150_000_000}, "1.5m": {150_000_000}, "26k": nil, "25k aziza": nil, "-25k": nil,
	} {
		var got, invoices []money.Amount
		words := store.SplitWords(search)
		for _, amount := range []money.Amount{0, 2_500_000, 2_500_050, 25_000_000, 150_000_000} {
			if words.MatchTransaction(store.Transaction{TransID: "x", Number: 1, Amount: amount}) {
				got = append(got, amount)
			}
			if words.MatchInvoice(store.Invoice{Number: 1, Amount: amount}) {
				invoices = append(invoices, amount)
			}
		}
		if !slices.Equal(got, want) || !slices.Equal(invoices, want) {
			t.Errorf("%q finds transactions of %v and invoices of %v, want %v", search, got, invoices, want)
		}
	}
}

func TestSearchPhone(t *testing.T) {
	t.Parallel()
	for search, want := range map[string]bool{
		"90 123 45 67": true, "+998901234567": true, "1234567": true, "998 90": true, "+998 90 123-45-67": true, "90-123-45-67": true,
		"(90) 123-45-67": true, "+998(90)123-45-67": true, "4567": true, "123-45": true, "8901234567": true,
		"91 123 45 67": false, "+998911234567": false, "1234568": false, "12.34": false, "90/123": false, "+": false, "-": false,
	} {
		tx := store.Transaction{Phone: "998901234567"}
		inv := store.Invoice{Customer: store.Customer{Phone: tx.Phone}}
		words := store.SplitWords(search)
		if got := words.MatchTransaction(tx); got != want || words.MatchInvoice(inv) != want {
			t.Errorf("%q finds the phone: %v, want %v", search, got, want)
		}
	}
}

func TestSearchCall(t *testing.T) {
	t.Parallel()
	c := store.Call{
		Webhook: "confirm", Address: "192.0.2.7", TransID: bankID, Number: visit().Number, Code: "10011", Reason: "mijozdan 90 000 olindi", HTTPStatus: 400,
		Request: []byte("body"),
	}
	for search, want := range map[string]bool{
		"": true, "CONFIRM": true, "192.0.2.7": true, bankID: true, strings.ToUpper(bankID[:8]): true, c.Number.String(): true, "10011 мижоздан": true,
		"90 000": true, "90\u00a0000": true, "body": false, "400": false, "confirm 10012": false,
	} {
		if got := store.SplitWords(search).MatchCall(c); got != want {
			t.Errorf("%q finds the call: %v, want %v", search, got, want)
		}
	}
}

// foldSlowly is folding by its definition, a letter at a time.
func foldSlowly(s string) string {
	var b strings.Builder
	for _, r := range s {
		r = unicode.ToLower(r)
		switch latin, ok := alphabet[r]; {
		case strings.ContainsRune("'‘’ʻʼ`´", r):
		case ok:
			b.WriteString(latin)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var alphabet = func() map[rune]string {
	letters := map[rune]string{}
	for _, pair := range strings.Fields("а=a б=b в=v г=g д=d е=e ё=yo ж=j з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=x ц=ts ч=ch ш=sh щ=sh ъ= ы=i ь= э=e ю=yu я=ya ў=o қ=q ғ=g ҳ=h") {
		letter, latin, _ := strings.Cut(pair, "=")
		letters[[]rune(letter)[0]] = latin
	}
	return letters
}()

// Whatever the texts are, they are found by their folded words.
func TestSearchFindsWhatItsWordsAreIn(t *testing.T) {
	t.Parallel()
	letters := rapid.SampledFrom([]rune("aBoO'‘ʼ`бЎўШщЬё1 \u00a0Kİé"))
	texts := rapid.OneOf(rapid.StringOf(letters), rapid.String())
	rapid.Check(t, func(r *rapid.T) {
		c := store.Call{Webhook: texts.Draw(r, "webhook"), Reason: texts.Draw(r, "reason")}
		search := rapid.OneOf(rapid.StringOfN(letters, 0, 4, -1), texts).Draw(r, "search")
		want := true
		for _, word := range strings.Fields(foldSlowly(search)) {
			want = want && (strings.Contains(foldSlowly(c.Webhook), word) || strings.Contains(foldSlowly(c.Reason), word))
		}
		if got := store.SplitWords(search).MatchCall(c); got != want {
			r.Fatalf("%q finds %s: %v, want %v", search, strconv.Quote(c.Webhook+" and "+c.Reason), got, want)
		}
	})
}

// A sum is found as people write it: its groups are one number.
func TestGroupsOfASumAreOneNumber(t *testing.T) {
	t.Parallel()
	for _, sum := range []money.Amount{75_000 * money.Som, 1_400_000 * money.Som, 43_700 * money.Som} {
		tx := store.Transaction{TransID: "437-000", Amount: sum, Number: 1004370, Phone: "998901234567"}
		if store.SplitWords("437 000").MatchTransaction(tx) {
			t.Errorf("437 000 finds a payment of %s", sum.Number())
		}
	}
	tx := store.Transaction{Amount: 437_000 * money.Som, Number: 1000002}
	for _, search := range []string{"437 000", "437\u00a0000", "437000", "437k"} {
		if !store.SplitWords(search).MatchTransaction(tx) {
			t.Errorf("%q does not find it", search)
		}
	}
}

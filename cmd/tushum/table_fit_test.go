package main

import (
	"strings"
	"testing"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// wideInvoice and wideTransaction are about as wide as rows get.
func wideInvoice() store.Invoice {
	return store.Invoice{
		Number: 1000002, Kind: store.Prepayment, System: store.Uzum, Status: store.Open, Amount: 12_345_678 * money.Som, CreatedAt: 1,
		Customer: store.Customer{Name: "Aziza Karimova", Phone: "998901234567"}, Note: "a long note about the visit",
	}
}

func wideTransaction() store.Transaction {
	return store.Transaction{
		Seq: 1, TransID: "f1b6e3c1-c6a5-11f0-8de9-0242ac120002", System: store.Uzum, Number: 1000002, Amount: 12_345_678 * money.Som,
		Status: store.Confirmed, CreatedAt: 1, ConfirmedAt: 2, Source: "UZCARD", Rate: 100,
	}
}

func TestTablesObeyTheScreen(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	for _, l := range lang.All {
		amount := wideInvoice().Amount.Format(l)
		for _, limit := range []int{0, 40, 60, 61, 80, 100, 101, 120, 200} {
			a, stdout, _ := testApp(t)
			a.lang, a.Width = l, limit
			invoices, transactions := a.invoiceTable(), a.transactionTable()
			for range 2 {
				a.addInvoice(invoices, s, wideInvoice(), nil)
				a.addTransaction(transactions, s, wideTransaction())
			}
			text := invoices.flush() + transactions.flush()
			a.addInvoice(invoices, s, wideInvoice(), nil)
			text += invoices.flush() // the page after
			if err := a.printTransaction(s, wideTransaction(), []store.Call{{At: 1, Webhook: "confirm", HTTPStatus: 400, Code: "10015", Reason: "transaction is not CREATED any more"}}); err != nil {
				t.Fatal(err)
			}
			text += stdout.String()
			for line := range strings.Lines(text) {
				if n := cells(strings.TrimSuffix(line, "\n")); limit > 0 && n > limit {
					t.Errorf("%s, %d columns: a line takes %d: %s", l, limit, n, line)
				}
			}
			if n := strings.Count(text, amount); n < 6 {
				t.Errorf("%s, %d columns: the amount is there %d times:\n%s", l, limit, n, text)
			}
			if !strings.Contains(text, wideTransaction().TransID) {
				t.Errorf("%s, %d columns: the ID is gone:\n%s", l, limit, text)
			}
		}
	}
}

func TestTableGivesUpTheLeastImportantFirst(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	for limit, want := range map[int]string{
		0:   "1000002  open    12 345 678 UZS  prepayment  01.01.1970 06:00:00  Aziza Karimova, +998 90 ***-**-67  a long note about the visit\n",
		120: "1000002  open    12 345 678 UZS  prepayment  01.01.1970 06:00:00  Aziza Karimova, +998 90 ***-**-67\n",
		100: "1000002  open    12 345 678 UZS  prepayment  01.01 06:00  Aziza Karimova, +998 90 ***-**-67\n",
		80:  "1000002  open    12 345 678 UZS  01.01 06:00  Aziza Karimova, +998 90 ***-**-67\n",
		60:  "Number: 1000002\nStatus: open\nAmount: 12 345 678 UZS\nKind: prepayment\nCreated: 01.01 06:00\nCustomer: Aziza Karimova, +998 90 ***-**-67\nNote: a long note about the visit\n\n",
	} {
		a, _, _ := testApp(t)
		a.Width = limit
		tab := a.invoiceTable()
		a.addInvoice(tab, s, wideInvoice(), nil)
		got := strings.ReplaceAll(tab.flush(), "\u00a0", " ")
		if !strings.HasSuffix(got, want) || limit == 60 && got != want {
			t.Errorf("%d columns:\n%swant\n%s", limit, got, want)
		}
	}
}

func TestWrapping(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text      string
		limit, at int
		want      string
	}{
		{"one two", 0, 50, "one two"},
		{"one two", 7, 0, "one two"},
		{"one two", 6, 0, "one\ntwo"},
		{"one two three four five six", 30, 10, "one two three four\n          five six"},
		{"one two three four five", 20, 10, "\n    one two three\n    four five"},
		{"25\u00a0000\u00a0UZS is due", 14, 0, "25\u00a0000\u00a0UZS is\ndue"},
		{"https://an.endless.example/link here", 30, 0, "https://an.endless.example/link\nhere"},
		{"by f1b6e3c1-c6a5-11f0-8de9-0242ac120002", 40, 16, "\n    by\n    f1b6e3c1-c6a5-11f0-8de9-0242ac120002"},
	} {
		if got := wrapped(c.text, c.limit, c.at); got != c.want {
			t.Errorf("%q within %d from %d is %q, want %q", c.text, c.limit, c.at, got, c.want)
		}
	}
	if got, want := wrappedLines("one two\n\n  three four five", 12), "one two\n\n  three four\n  five"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHelpWraps(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		for _, args := range [][]string{{"invoice", "create", "-h"}, {"tx", "list", "-h"}, {"invoice", "-h"}, {"watch", "-h"}} {
			a, stdout, _ := testApp(t)
			a.Width = 80
			if code := a.Run(t.Context(), append(args, "--lang", string(l))); code != exitDone {
				t.Fatal(code)
			}
			for line := range strings.Lines(stdout.String()) {
				if n := cells(strings.TrimSuffix(line, "\n")); n > 80 && !strings.HasPrefix(line, "  tushum ") {
					t.Errorf("%q in %s: %d cells: %s", args, l, n, line)
				}
			}
		}
	}
}

func TestRefusedCallIsToldInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	for _, l := range lang.All {
		a.lang = l
		meaning := bank.Meaning("10011", l)
		for _, c := range []struct {
			call store.Call
			want string
		}{
			{store.Call{Code: "10011", Reason: "2 of 3"}, meaning + " (2 of 3)"},
			{store.Call{Code: "10011"}, meaning},
			{store.Call{Reason: "the body is cut"}, "the body is cut"},
			{},
		} {
			if got := a.refusalText(c.call); got != c.want || meaning == "" {
				t.Errorf("%s: %q, want %q", l, got, c.want)
			}
		}
	}
}

func TestWrongValuesOfFlagsSayWhatToWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ flag, value, says string }{
		{"demo --for", "3", "--for: write a time with its unit, such as 30s, 10m or 2h"},
		{"invoice list --limit", "x", "--limit: write a whole number such as 20"},
		{"simulate load --rate", "abc", "--rate: write a whole number such as 20"},
	} {
		a, _, stderr := testApp(t)
		if code := a.Run(t.Context(), append(strings.Fields(c.flag), c.value)); code != exitUsage || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%s %s: exit code %d, %s", c.flag, c.value, code, stderr)
		}
	}
}

package store_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// declaredCodes reads the codes out of the source, so that a new one can't be
// forgotten by the tests below.
func declaredCodes(t *testing.T) []store.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []store.Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) == 0 {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != "Code" {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, store.Code(value))
		return true
	})
	if len(codes) < 20 {
		t.Fatalf("only %d codes were found", len(codes))
	}
	return codes
}

func TestEveryCodeSpeaksThreeLanguages(t *testing.T) {
	t.Parallel()
	for _, code := range declaredCodes(t) {
		full := &store.Error{
			Code: code, Number: mustNumber(store.FirstBase), TransID: bankID, Status: "cancelled", Got: 90_000 * money.Som, Want: 95_000 * money.Som,
			Holder: store.Holder{Path: "/home/shop/tushum.db", Name: "tushum serve", PID: 1234, Since: noon},
		}
		told := map[string]lang.Lang{}
		for _, e := range []*store.Error{full, {Code: code}} {
			for _, l := range lang.All {
				says, hint := e.Message(l), e.Hint(l)
				if says == "" || says == string(code) {
					t.Errorf("%s says nothing in %s", code, l)
				}
				wantTidy(t, string(code), l, says)
				wantTidy(t, string(code), l, hint)
				if before, ok := told[says]; ok && before != l {
					t.Errorf("%s says the same in %s and %s: %q", code, before, l, says)
				}
				told[says] = l
			}
		}
	}
}

// wantTidy checks a sentence: filled in, without holes, short, lower case, in
// the letters of its language.
func wantTidy(t *testing.T, about string, l lang.Lang, s string) {
	t.Helper()
	if strings.ContainsAny(s, "{}") || strings.Contains(s, "%!") || strings.Contains(s, "()") || strings.Contains(s, "  ") || strings.TrimSpace(s) != s {
		t.Errorf("%s: %s: %q is not filled in", about, l, s)
	}
	if len([]rune(s)) > 160 || strings.HasSuffix(s, ".") {
		t.Errorf("%s: %s: %q is too long or ends in a full stop", about, l, s)
	}
	if first, _ := utf8.DecodeRuneInString(s); unicode.IsUpper(first) {
		t.Errorf("%s: %s: %q begins with a capital", about, l, s)
	}
	cyrillic := strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	if s != "" && cyrillic != (l == lang.RU) {
		t.Errorf("%s: %s: %q is in the wrong letters", about, l, s)
	}
	if l == lang.UZ && strings.ContainsAny(s, "'`ʻʼ") {
		t.Errorf("%s: %q has an apostrophe that is neither ‘ nor ’", about, s)
	}
	for _, pair := range []string{"o’", "g’"} { // those take ‘; ’ parts a’ and e’
		if l == lang.UZ && strings.Contains(strings.ToLower(s), pair) {
			t.Errorf("%s: %q has ’ where the letter takes ‘", about, s)
		}
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	number := mustNumber(store.FirstBase).String()
	wrong := &store.Error{Code: store.WrongAmount, Got: 90_000_00, Want: 95_000_50}
	closed := &store.Error{Code: store.InvoiceClosed, Number: mustNumber(store.FirstBase), Status: "expired"}
	nowhere := &store.Error{Code: store.InvoiceNotFound}
	unknown := &store.Error{Code: store.TransactionNotFound, TransID: "{got}"}
	empty := &store.Error{Code: store.TransactionNotFound}
	noonHere := noon.Time().Local().Format(time.RFC3339)
	_, tooLate := shopRules().Confirm(visit(), transactionIn(store.FailedTx), nil, confirmation(), noon)
	for _, c := range []struct {
		e          *store.Error
		uz, ru, en string
	}{
		{wrong, "so‘ralgan summa 90\u00a0000\u00a0so‘m, hisobda 95\u00a0000,50\u00a0so‘m", "запрошено 90\u00a0000\u00a0сум, а в счёте 95\u00a0000,50\u00a0сум", "the customer was charged 90\u00a0000\u00a0UZS, the invoice is 95\u00a0000,50\u00a0UZS"},
		{closed, number + " raqamli hisob yopiq (muddati o‘tgan)", "счёт " + number + " закрыт (просрочен)", "invoice " + number + " is closed (expired)"},
		{nowhere, "hisob topilmadi", "счёт не найден", "invoice not found"},
		{empty, "to‘lov topilmadi", "платёж не найден", "transaction not found"},
		{unknown, "{got} to‘lovi topilmadi", "платёж {got} не найден", "transaction {got} not found"},
		{
			refusal(t, tooLate), bankID + " to‘lovini tasdiqlab bo‘lmaydi (amalga oshmadi: o‘z vaqtida tasdiqlanmadi)",
			"платёж " + bankID + " нельзя подтвердить (не прошёл: не подтверждён вовремя)", "transaction " + bankID + " can't be confirmed (failed: not confirmed in time)",
		},
		{
			&store.Error{Code: store.Locked, Holder: store.Holder{Path: "/s/{pid}.db", Name: "tushum serve", PID: 1234, Since: noon}},
			"ma’lumotlar ombori /s/{pid}.db band: uni tushum serve ishlatmoqda (1234-jarayon, " + noonHere + " dan beri)",
			"хранилище /s/{pid}.db занято: его держит tushum serve (процесс 1234, с " + noonHere + ")",
			"the store /s/{pid}.db is held by tushum serve (process 1234, since " + noonHere + ")",
		},
		{
			&store.Error{Code: store.Locked, Holder: store.Holder{Path: "/s.db", PID: 1234, Since: noon}},
			"ma’lumotlar ombori /s.db boshqa dasturda band", "хранилище /s.db занято другой программой", "the store /s.db is held by another program",
		},
		{&store.Error{Code: store.Locked}, "ma’lumotlar ombori boshqa dasturda band", "хранилище занято другой программой", "the store is held by another program"},
		{
			&store.Error{Code: store.SystemClosed}, "to‘lov tizimi ulanmagan, unga hisob ochib bo‘lmaydi",
			"платёжная система не подключена, счёт для этой системы создать нельзя", "the payment system is not connected, no invoice can be made for it",
		},
		{
			&store.Error{Code: store.SystemClosed, Status: string(store.Paused)}, "to‘lov tizimi to‘xtatib qo‘yilgan, unga hisob ochib bo‘lmaydi",
			"платёжная система приостановлена, счёт для этой системы создать нельзя", "the payment system is paused, no invoice can be made for it",
		},
		{&store.Error{Code: "no such code"}, "no such code", "no such code", "no such code"},
	} {
		for l, want := range map[lang.Lang]string{lang.UZ: c.uz, lang.RU: c.ru, lang.EN: c.en} {
			if got := c.e.Message(l); got != want {
				t.Errorf("%s: %s says %q, want %q", c.e.Code, l, got, want)
			}
		}
	}
}

func TestInvalidValuesSpeakThreeLanguages(t *testing.T) {
	t.Parallel()
	_, kind := store.ParseKind("lottery")
	_, invoiceStatus := store.ParseInvoiceStatus("PAID")
	_, transactionStatus := store.ParseTransactionStatus("paid")
	_, date := store.ParseDate("998901234567")
	_, phone := store.ParsePhone("998")
	_, length := store.ParseNumber("998901234567")
	_, slip := store.ParseNumber("901234567")
	_, link := store.ParseToken("998901234567")
	_, routing := store.Rules{}.Issue(draft(), 0, store.Token{}, noon)
	d := draft()
	d.Note = strings.Repeat("a", 4001)
	_, note := shopRules().Issue(d, 0, store.Token{}, noon)
	_, source := shopRules().MarkPaid(visit(), nil, store.ManualPayment{Source: "UZCARD", Reason: "?"}, "m-1", noon)
	_, reason := shopRules().MarkPaid(visit(), nil, store.ManualPayment{Source: "CASH"}, "m-1", noon)
	for name, err := range map[string]error{
		"kind": kind, "invoice status": invoiceStatus, "transaction status": transactionStatus, "date": date, "phone": phone,
		"length": length, "slip": slip, "link": link, "routing": routing, "note": note, "source": source, "reason": reason,
	} {
		wantCode(t, err, store.Invalid)
		for _, l := range lang.All {
			says := refusal(t, err).Message(l)
			wantTidy(t, name, l, says)
			if says == (&store.Error{Code: store.Invalid}).Message(l) {
				t.Errorf("%s: %s says only %q", name, l, says)
			}
			if strings.Contains(says, "901234567") {
				t.Errorf("%s: %s repeats what may be a phone", name, l)
			}
		}
	}
}

func TestStatusAndReasonWords(t *testing.T) {
	t.Parallel()
	var words []string
	for _, s := range store.InvoiceStatuses() {
		words = append(words, s.String())
		if back, err := store.ParseInvoiceStatus(s.String()); err != nil || back != s {
			t.Errorf("%s is read %s, %v", s, back, err)
		}
	}
	for _, s := range store.TransactionStatuses() {
		words = append(words, s.String())
		if back, err := store.ParseTransactionStatus(s.String()); err != nil || back != s {
			t.Errorf("%s is read %s, %v", s, back, err)
		}
	}
	for _, l := range lang.All {
		for _, w := range words {
			if got := store.StatusWord(w, l); got == w && l != lang.EN {
				t.Errorf("status %q has no word in %s", w, l)
			} else {
				wantTidy(t, w, l, got)
			}
		}
		for _, r := range []store.FailReason{store.FailExpired, store.FailCancelled, store.FailRival} {
			if got := store.ReasonWord(r, l); got == string(r) {
				t.Errorf("reason %q has no word in %s", r, l)
			} else {
				wantTidy(t, string(r), l, got)
			}
		}
	}
	if store.StatusWord("new one", lang.UZ) != "new one" || store.ReasonWord("new one", lang.RU) != "new one" {
		t.Error("an unknown word must be shown as it is")
	}
	if store.InvoiceStatus(0).String() != "" || store.InvoiceStatus(200).String() != "" || store.TransactionStatus(0).String() != "" || store.TransactionStatus(200).String() != "" {
		t.Error("no status has no word")
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, k := range store.Kinds() {
		if back, err := store.ParseKind(string(k)); err != nil || back != k {
			t.Errorf("%s is read %s, %v", k, back, err)
		}
		if (store.Invoice{Kind: k}).Reusable() != (k == store.Counter) {
			t.Errorf("%s: only a counter is paid again and again", k)
		}
	}
}

func TestErrorChain(t *testing.T) {
	t.Parallel()
	inner := &store.Error{Code: store.Busy}
	err := fmt.Errorf("confirming: %w", &store.Error{Code: store.DiskFull, Detail: "page 7", Err: fmt.Errorf("writing: %w", errors.Join(io.ErrShortWrite, inner))})
	for _, want := range []error{store.DiskFull, store.Busy, io.ErrShortWrite} {
		if !errors.Is(err, want) {
			t.Errorf("%v is not %v", err, want)
		}
	}
	if errors.Is(err, store.AlreadyPaid) {
		t.Error("an error is a code that it does not carry")
	}
	if got := store.CodeOf(err); got != store.DiskFull {
		t.Errorf("the code is %q, want the outermost", got)
	}
	for err, want := range map[error]store.Code{nil: "", io.EOF: "", store.Locked: store.Locked, inner: store.Busy} {
		if got := store.CodeOf(err); got != want {
			t.Errorf("the code of %v is %q, want %q", err, got, want)
		}
	}
	if got, want := err.Error(), "confirming: the disk is full; nothing was written: page 7: writing: short write\nthe store is busy"; got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
}

func TestCodeClasses(t *testing.T) {
	t.Parallel()
	byClass := map[store.Class][]store.Code{
		store.ClassInvalid:  {store.Invalid, store.TransIDShared},
		store.ClassNotFound: {store.InvoiceNotFound, store.TransactionNotFound, store.DealNotFound},
		store.ClassRefused: {
			store.AlreadyPaid, store.InvoiceClosed, store.TransIDTaken, store.WrongAmount, store.BelowMinimum, store.AboveMaximum, store.NotConfirmable,
			store.AlreadyConfirmed, store.NotReversible, store.AlreadyReversed, store.PaymentInFlight, store.NotAllowed, store.NumbersUsedUp,
			store.SystemClosed, store.TooManyDeals, store.DealInDoubt, store.MoneyUndecided, store.ClaimedBefore,
		},
		store.ClassUnavailable: {
			store.Busy, store.DiskFull, store.OutcomeUnknown, store.Failed, store.Closed, store.Damaged, store.Locked, store.Newer, store.NotAStore, store.Unusable, store.Internal,
		},
		0: {"", "no such code"},
	}
	want := map[store.Code]store.Class{}
	for class, codes := range byClass {
		for _, c := range codes {
			want[c] = class
			if got := c.Class(); got != class {
				t.Errorf("%q has class %d, want %d", c, got, class)
			}
		}
	}
	for _, c := range declaredCodes(t) {
		if _, ok := want[c]; !ok {
			t.Errorf("%s is in no class", c)
		}
	}
}

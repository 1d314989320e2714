package bank_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"

	"tushum/internal/bank"
	"tushum/internal/lang"
)

var sample = []bank.Result{
	{Name: "account-unknown", Webhook: "check", Want: "400 10007", Got: "400 10007", OK: true, Took: 1500 * time.Microsecond},
	{Name: "confirmed", Webhook: "confirm", Want: "200 CONFIRMED", Got: "200 CONFIRMED", Took: 12 * time.Millisecond,
		Notes: []bank.Note{{Code: bank.NoteMember, Member: "amount", Want: "2500000", Got: "25000"}, {Code: bank.NoteMissing, Webhook: "status", Member: "data"}}},
	{Name: "race-rivals", Webhook: "confirm", Want: "200 CONFIRMED, 7 × 400 10015", NotRun: true,
		Notes: []bank.Note{{Code: bank.NoteNeedInvoices, Count: 1}}},
}

func TestWriteTable(t *testing.T) {
	t.Parallel()
	for l, want := range map[lang.Lang]string{
		lang.EN: `result   webhook  want                          got            time     case
ok       check    400 10007                     400 10007      1.5 ms   no such account
FAIL     confirm  200 CONFIRMED                 200 CONFIRMED  12.0 ms  the first confirm wins
      amount: want 2500000, got 25000
      status: member data is missing
not run  confirm  200 CONFIRMED, 7 × 400 10015                          eight transactions of one invoice confirmed at once
      needs more invoices: 1

1 passed, 1 failed, 1 not run.
`,
		lang.RU: `итог         вебхук   ожидалось                     получено       время    проверка
ok           check    400 10007                     400 10007      1.5 ms   такого счёта нет
ОШИБКА       confirm  200 CONFIRMED                 200 CONFIRMED  12.0 ms  первое подтверждение выигрывает
      amount: ожидалось 2500000, получено 25000
      status: нет поля data
не запущено  confirm  200 CONFIRMED, 7 × 400 10015                          восемь транзакций одного счёта подтверждаются разом
      нужно ещё счетов: 1

Прошло: 1, с ошибкой: 1, не запущено: 1.
`,
		lang.UZ: `natija        vebxuk   kutilgan                      kelgan         vaqt     holat
ok            check    400 10007                     400 10007      1.5 ms   bunday hisob yo‘q
XATO          confirm  200 CONFIRMED                 200 CONFIRMED  12.0 ms  birinchi tasdiq yutadi
      amount: kutilgan 2500000, kelgani 25000
      status: data maydoni yo‘q
o‘tkazilmadi  confirm  200 CONFIRMED, 7 × 400 10015                          bitta hisobning sakkiz tranzaksiyasi bir vaqtda tasdiqlanadi
      yana 1 ta ochiq hisob kerak

1 tasi o‘tdi, 1 tasida xato, 1 tasi o‘tkazilmadi.
`,
	} {
		var got strings.Builder
		if err := bank.WriteTable(&got, l, sample); err != nil {
			t.Fatal(err)
		}
		if got.String() != want {
			t.Errorf("%s:\n%s\nwant\n%s", l, got.String(), want)
		}
	}
}

type closedWriter struct{}

func (closedWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteTableTellsAWriteError(t *testing.T) {
	t.Parallel()
	if err := bank.WriteTable(closedWriter{}, lang.EN, sample); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

func TestResultsAsJSON(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(sample[1:])
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"name":"confirmed","webhook":"confirm","want":"200 CONFIRMED","got":"200 CONFIRMED","ok":false,` +
		`"notes":[{"code":"member_wrong","member":"amount","want":"2500000","got":"25000"},{"code":"member_missing","webhook":"status","member":"data"}],` +
		`"took_ms":12},` +
		`{"name":"race-rivals","webhook":"confirm","want":"200 CONFIRMED, 7 × 400 10015","ok":false,"not_run":true,` +
		`"notes":[{"code":"needs_invoices","count":1}],"took_ms":0}]`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTableIsCleanOfForeignBytes plays against a listener whose every answer tries to
// move the cursor, set the title and forge a line.
func TestTableIsCleanOfForeignBytes(t *testing.T) {
	t.Parallel()
	const hostile = "\x1b]0;owned\x07\u009b2J\r\nok check\u202e\u200b\x00"
	text, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/\u009bevil")
		w.WriteHeader(400)
		if strings.HasSuffix(r.URL.Path, "status") {
			_, _ = io.WriteString(w, hostile)
			return
		}
		_, _ = io.WriteString(w, `{`+string(text)+`:1,"errorCode":`+string(text)+`,"status":`+string(text)+`}`)
	})
	client := &bank.Client{BaseURL: "http://shop", HTTP: &http.Client{Transport: inProcess{handler}}}
	out := table(t, bank.Suite(t.Context(), bank.SuiteConfig{Client: client, Number: hostile, Amount: 100}))
	for _, r := range out {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Fatalf("the table holds %U", r)
		}
	}
	if !strings.Contains(out, "<U+001B>]0;owned<U+0007><U+009B>2J<U+000D><U+000A>ok check") {
		t.Error("what the listener sent is not shown")
	}
}

func TestMeaning(t *testing.T) {
	t.Parallel()
	for _, code := range strings.Fields("10001 10002 10003 10005 10006 10007 10008 10009 10010 10011 10012 10013 10014 10015 10016 10017 10018 99999") {
		seen := map[string]bool{}
		for _, l := range lang.All {
			seen[bank.Meaning(code, l)] = true
		}
		if len(seen) != 3 || seen[""] {
			t.Errorf("%s: %v", code, seen)
		}
	}
	if got := bank.Meaning("10004", lang.EN); got != "" {
		t.Errorf("there is no 10004, yet it means %q", got)
	}
}

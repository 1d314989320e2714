package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unicode"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

func TestCellsOfATerminal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"": 0, "abc": 3, "so‘m": 4, "счёт": 4, "1\u00a0000": 5, "e\u0301": 1, "支付": 4, "💇": 2, "\x1b[32mpaid\x1b[0m": 4, "\x1b[1mплатёж": 6,
	} {
		if got := cells(text); got != want {
			t.Errorf("%q fills %d cells, want %d", text, got, want)
		}
	}
}

func TestTableLinesUp(t *testing.T) {
	t.Parallel()
	tab := table{right: map[int]bool{1: true}}
	tab.add("\x1b[1mName\x1b[0m", "Sum", "Note")
	tab.add("支付", "1 000", "")
	tab.add("so‘m", "5", "x")
	want := "\x1b[1mName\x1b[0m    Sum  Note\n支付  1 000\nso‘m      5  x\n"
	if got := tab.flush(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	tab.add("a", "1", "the next page keeps the columns")
	if got, want := tab.flush(), "a         1  the next page keeps the columns\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// hostile is what a name from outside may hold.
const hostile = "A\x1b]0;title\x07\u009b31m\u202e\u200b\r\n\tZ"

func hostileInvoice() store.Invoice {
	return store.Invoice{
		Number: 1000002, Kind: store.Visit, System: store.Uzum, Status: store.Open, Amount: 2_500_000,
		Lines:    []store.Line{{Name: hostile, Quantity: 2, Price: 1_250_000}},
		Customer: store.Customer{Name: hostile, Phone: "998901234567"}, Specialist: hostile, Note: hostile,
		CreatedAt: 1, CreatedBy: hostile, Reason: hostile, PaidAt: 2, PaidBy: hostile,
	}
}

func hostileTransaction() store.Transaction {
	return store.Transaction{
		Seq: 1, TransID: hostile, System: store.Uzum, Number: 1000002, Amount: 2_500_000, Status: store.Reversed, CreatedAt: 1, ConfirmedAt: 2,
		ReversedAt: 3, Source: hostile, Tariff: hostile, Reference: hostile, Phone: "998901234567", Rate: 100, RateAssumed: true,
		Late: true, Unapplied: hostile, Settlement: store.Settlement{At: 4, By: hostile, Note: hostile},
	}
}

func hostileDeal() store.Deal {
	return store.Deal{
		Ref: hostile, System: hostile, Number: 1000002, Amount: 2_500_000, State: store.DealClaimed, ID: hostile, URL: hostile, By: hostile,
		AskedAt: 1, MadeAt: 2, ExpiresAt: 3, TransID: hostile, Told: 2_000_000, Word: hostile, Trouble: hostile,
	}
}

func TestNothingFromOutsideActsOnTheTerminal(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	inv, tx := hostileInvoice(), hostileTransaction()
	call := store.Call{At: 1, Webhook: hostile, Code: hostile, Reason: hostile, HTTPStatus: 400}
	for _, l := range lang.All {
		a, stdout, stderr := testApp(t)
		a.lang = l
		tab := a.invoiceTable()
		a.addInvoice(tab, s, inv, nil)
		err := errors.Join(
			a.printInvoice(s, inv, []store.Transaction{tx}, []store.Deal{hostileDeal()}),
			a.printTransaction(s, tx, []store.Call{call}),
			a.printEvent(s.Rules().Calendar, toldEvent{eventView: eventView{Seq: 1, At: 1, Type: hostile, Number: 1000002, TransID: hostile, Deal: hostile, By: hostile}}),
			a.print(strings.Join(a.cardWords(s, hostileDeal(), store.PayTo{Card: hostile, Owner: hostile, Bank: hostile}), "\n")),
			a.print(tab.String()),
			a.tell(nil, lang.Text{EN: "%s"}, hostile),
		)
		if err != nil {
			t.Error(err)
		}
		a.report(nil, errors.New(hostile))
		a.report(nil, &store.Error{Code: store.TransactionNotFound, TransID: hostile, Detail: hostile})
		for _, text := range []string{stdout.String(), stderr.String()} {
			if at := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf)) }); at >= 0 {
				t.Errorf("%s: %q", l, text[max(0, at-20):min(len(text), at+20)])
			}
			if strings.Contains(text, "1234567") || strings.Contains(text, "123-45") {
				t.Errorf("%s: a whole phone is shown: %s", l, text)
			}
		}
		if lines := strings.Count(stderr.String(), "\n"); lines > 4 {
			t.Errorf("%s: errors take %d lines:\n%s", l, lines, stderr)
		}
	}
}

func TestViewsOfScriptsHoldEverythingAsItIs(t *testing.T) {
	t.Parallel()
	s, inv := testShop(t), hostileInvoice()
	v := viewInvoice(s, inv, []store.Transaction{hostileTransaction()}, []store.Deal{hostileDeal()})
	if v.Customer.Name != hostile || v.Customer.Phone != "998901234567" || v.Lines[0].Amount != 2_500_000 {
		t.Errorf("the invoice became %+v", v)
	}
	if tx := v.Transactions[0]; *tx.Fee != 25_000 || *tx.Net != 2_475_000 || tx.Status != "REVERSED" || tx.TransID != hostile {
		t.Errorf("the transaction became %+v", tx)
	}
	if d := v.Deals[0]; d.State != "claimed" || d.Word != hostile || d.Transaction != hostile || d.Told != 2_000_000 {
		t.Errorf("the deal became %+v", d)
	}
	if e := v.Transactions[0].Settlement; e == nil || e.Note != hostile || e.Applied {
		t.Errorf("the settlement became %+v", e)
	}
	if v := viewTransaction(store.Transaction{Status: store.Created}, nil); v.Fee != nil || v.Net != nil || v.Settlement != nil {
		t.Errorf("a transaction that was not confirmed has a fee: %+v", v)
	}
}

func TestLinksAreOnlyThereWhenTheyLeadSomewhere(t *testing.T) {
	t.Parallel()
	inv := store.Invoice{Number: 1000002, System: store.Uzum, Amount: 100_000}
	cfg := config.Default()
	unconnected := newShop(nil, cfg, systemsOf(cfg))
	cfg.Uzum.AppLink, cfg.Uzum.ServiceID = "https://bank", 7
	connected := newShop(nil, cfg, systemsOf(cfg))
	if link, app := connected.paymentLinks(inv); link != "https://bank?serviceId=7&account=1000002&amount=100000" || app != link {
		t.Errorf("links %q, %q", link, app)
	}
	if link, app := unconnected.paymentLinks(inv); link+app != "" {
		t.Errorf("before the bank is connected: %q, %q", link, app)
	}
	inv.System = store.Manual
	if link, app := connected.paymentLinks(inv); link+app != "" {
		t.Errorf("of an invoice paid by hand: %q, %q", link, app)
	}
	inv.System = "nobody"
	if link, app := connected.paymentLinks(inv); link+app != "" {
		t.Errorf("of a payment system that is not there: %q, %q", link, app)
	}
}

// What is paid by deals has no link but the page; before its system is connected it
// has none.
func TestLinksOfWhatIsPaidByDeals(t *testing.T) {
	t.Parallel()
	inv := store.Invoice{Number: 1000002, System: "oneclick", Amount: 100_000}
	cfg := config.Default()
	cfg.Listener.PublicURL = "https://pay.shop.uz"
	if link, app := newShop(nil, cfg, systemsOf(cfg)).paymentLinks(inv); link+app != "" {
		t.Errorf("before it is connected: %q, %q", link, app)
	}
	cfg.OneClick.Enabled, cfg.OneClick.BaseURL, cfg.OneClick.CredentialsFile = true, "https://vendor.example", "oneclick.json"
	if link, app := newShop(nil, cfg, systemsOf(cfg)).paymentLinks(inv); !strings.HasPrefix(link, "https://pay.shop.uz/pay/") || app != "" {
		t.Errorf("connected it has %q, %q", link, app)
	}
	cfg.Listener.PublicURL = ""
	if link, app := newShop(nil, cfg, systemsOf(cfg)).paymentLinks(inv); link+app != "" {
		t.Errorf("without pages it has %q, %q", link, app)
	}
}

func TestColoursAreAsked(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	if got := a.status("paid"); got != "paid" {
		t.Errorf("without colours: %q", got)
	}
	a.Color = true
	if got := a.status("paid"); got != "\x1b[32mpaid\x1b[0m" {
		t.Errorf("with colours: %q", got)
	}
	a.flags.noColor = true
	if got := a.status("FAILED"); got != "failed" {
		t.Errorf("with --no-color: %q", got)
	}
}

func TestEveryErrorHasASentenceAndAnExitCode(t *testing.T) {
	t.Parallel()
	_, notAnAmount := money.Parse("x")
	for _, c := range []struct {
		err  error
		exit int
		says string
	}{
		{&store.Error{Code: store.AlreadyPaid, Number: 1000002}, exitRefused, "invoice 1000002 is already paid"},
		{fmt.Errorf("reading: %w", &store.Error{Code: store.InvoiceNotFound, Number: 1000002}), exitNotFound, "invoice 1000002 not found"},
		{&store.Error{Code: store.Damaged, Detail: "page 7"}, exitUnavailable, "page 7"},
		{&store.Error{Code: store.Invalid}, exitUsage, ""},
		{notAnAmount, exitUsage, ""},
		{&fs.PathError{Op: "open", Path: "/x", Err: syscall.ENOSPC}, exitFailed, "/x: the disk is full"},
		{&fs.PathError{Op: "open", Path: "/x", Err: fs.ErrPermission}, exitFailed, "/x: permission denied"},
		{io.ErrUnexpectedEOF, exitFailed, "unexpected EOF"},
		{errors.Join(io.ErrShortWrite, &store.Error{Code: store.DiskFull}), exitUnavailable, "full"},
	} {
		a, stdout, stderr := testApp(t)
		a.flags.json = true
		if exit := a.report(nil, c.err); exit != c.exit || !strings.Contains(stderr.String(), c.says) || !strings.HasPrefix(stderr.String(), "tushum: ") {
			t.Errorf("%v: exit code %d, want %d: %s", c.err, exit, c.exit, stderr)
		}
		if !strings.HasPrefix(stdout.String(), `{"error":{"code":"`) || strings.Count(stdout.String(), "\n") != 1 {
			t.Errorf("%v: %s", c.err, stdout)
		}
	}
	a, stdout, stderr := testApp(t)
	if exit := a.report(nil, exited(3)); exit != 3 || stdout.Len()+stderr.Len() > 0 {
		t.Errorf("what a service has told is told again: %d %q %q", exit, stdout, stderr)
	}
}

func TestEveryWordIsThereInEveryLanguage(t *testing.T) {
	t.Parallel()
	complete := func(name string, text lang.Text) {
		if text.UZ == "" || text.RU == "" || text.EN == "" {
			t.Errorf("%s lacks a language: %+v", name, text)
		}
	}
	for e, text := range eventWords {
		complete(string(e), text)
	}
	for state := store.DealAsked; state <= store.DealVoid; state++ {
		e := store.EventType("deal." + state.String())
		complete(string(e), eventWords[e])
	}
	a, _, _ := testApp(t)
	root := a.root()
	for cmd, s := range a.commands {
		if s.hidden {
			continue
		}
		complete(cmd.CommandPath(), s.short)
		if !reflect.ValueOf(s.long).IsZero() {
			complete(cmd.CommandPath(), s.long)
		}
		if !cmd.HasSubCommands() {
			complete(cmd.CommandPath()+": what errors begin with", s.doing)
		}
	}
	names := []string{}
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	for _, want := range []string{"serve", "demo", "simulate", "invoice", "transaction", "watch", "backup", "restore", "verify", "compact", "hash-password", "version", "completion"} {
		if !slices.Contains(names, want) {
			t.Errorf("there is no command %s", want)
		}
	}
}

func TestFilesAreWrittenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "code.svg")
	write := func(text string, err error) error {
		return writeFile(path, func(w io.Writer) error {
			_, writeErr := io.WriteString(w, text)
			return errors.Join(err, writeErr)
		})
	}
	if err := write("one", nil); err != nil {
		t.Fatal(err)
	}
	if err := write("two", io.ErrUnexpectedEOF); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a write that failed: %v", err)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != "one" {
		t.Errorf("the file holds %q, %v", got, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("files are left: %v, %v", left, err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(link, func(io.Writer) error { return nil }); !errors.Is(err, errNotAFile) {
		t.Errorf("through a link: %v", err)
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/store"
)

// testInvoiceName is a command of the program's own: setup hands it to the
// service that holds the store.
const testInvoiceName = "test-invoice"

// testInvoiceNote is by which the invoice is found again.
const testInvoiceNote = "test invoice for the bank"

// leastTest is the sum of the invoice, unless the shop's own limits are others.
const leastTest = 1000 * money.Som

var testInvoiceSpec = spec{
	use: testInvoiceName, ledger: true, hidden: true,
	short: lang.Text{UZ: "bank uchun sinov hisobi", RU: "тестовый счёт для банка", EN: "an invoice for the bank to try"},
	doing: lang.Text{UZ: "sinov hisobini yaratish", RU: "создание тестового счёта", EN: "making the test invoice"},
}

// invoiceAnswer is what the command says.
type invoiceAnswer struct {
	Number store.Number `json:"number"`
	Amount money.Amount `json:"amount"`
}

func (a *App) testInvoiceCommand() *cobra.Command {
	return a.command(testInvoiceSpec, func(ctx context.Context, _ []string) error {
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			inv, err := s.testInvoice(ctx, a.by())
			if err != nil {
				return err
			}
			if a.flags.json {
				return a.printJSON(invoiceAnswer{inv.Number, inv.Amount})
			}
			return a.print(inv.Number.String() + "\n")
		})
	})
}

// testInvoice is the number of the invoice that the bank may try the shop with.
func testInvoice(ctx context.Context, s *shop) (store.Number, error) {
	inv, err := s.testInvoice(ctx, "setup")
	return inv.Number, err
}

// testInvoice finds the invoice that the bank may try the shop with, or makes
// it.
func (s *shop) testInvoice(ctx context.Context, by string) (store.Invoice, error) {
	rules := s.Rules()
	for inv, err := range s.FindInvoices(ctx, store.InvoiceQuery{Status: store.Open}) {
		if err != nil {
			return store.Invoice{}, err
		}
		if inv.Note == testInvoiceNote && inv.PaymentSystem() == store.Uzum && withinLimits(rules, inv.Amount) {
			return inv, nil
		}
	}
	for _, kind := range store.Kinds() {
		if kind != store.Counter && rules.Routing[kind] == store.Uzum {
			return s.Issue(ctx, store.Draft{Kind: kind, Amount: testAmount(rules), Note: testInvoiceNote, By: by})
		}
	}
	return store.Invoice{}, &fault{code: codeConfig, exit: exitRefused, says: lang.Text{
		UZ: "Uzum Bank orqali hech bir turdagi to‘lov olinmaydi", RU: "через Uzum Bank не принимается ни один вид платежей", EN: "no kind of payment goes to Uzum Bank",
	}, hint: lang.Text{
		UZ: "birini ulang: tushum setup --route-visit uzum", RU: "направьте хотя бы один: tushum setup --route-visit uzum", EN: "route one of them there: tushum setup --route-visit uzum",
	}}
}

func withinLimits(rules store.Rules, amount money.Amount) bool {
	return amount >= rules.MinAmount && (rules.MaxAmount == 0 || amount <= rules.MaxAmount)
}

// testAmount is small, and within the shop's limits. Of a greatest amount zero
// means that there is none.
func testAmount(rules store.Rules) money.Amount {
	amount := max(rules.MinAmount, leastTest)
	if rules.MaxAmount > 0 {
		amount = min(amount, rules.MaxAmount)
	}
	return amount
}

// A service notices new settings by itself, a moment after they were written;
// until then it refuses invoices of a system that it does not know to be
// connected.
const (
	noticeWithin = 6 * time.Second
	askAgain     = 300 * time.Millisecond
)

// orderTestInvoice puts the test invoice on the sheet. Without one the sheet is
// as good, so why there is none is only told.
func (a *App) orderTestInvoice(ctx context.Context, sheet *setup.Sheet) {
	deadline, end := context.WithTimeout(ctx, noticeWithin)
	defer end()
	for {
		answer, code, why := a.askTestInvoice(ctx)
		if why == "" {
			sheet.TestInvoice, sheet.TestAmount = answer.Number, answer.Amount
			return
		}
		if code == string(store.SystemClosed) && waited(deadline, askAgain) {
			continue
		}
		fmt.Fprintf(a.Stderr, "%s: %s\n", a.say(noTestInvoice), oneLine(why))
		return
	}
}

// waited waits; it is false where ctx ended before.
func waited(ctx context.Context, pause time.Duration) bool {
	select {
	case <-time.After(pause):
		return true
	case <-ctx.Done():
		return false
	}
}

var noTestInvoice = lang.Text{UZ: "sinov hisobi yaratilmadi", RU: "тестовый счёт не создан", EN: "there is no test invoice"}

// askTestInvoice runs the command as somebody would type it: here, or through
// the service that holds the store.
func (a *App) askTestInvoice(ctx context.Context) (answer invoiceAnswer, code, why string) {
	var out bytes.Buffer
	sub := &App{
		Stdin: bytes.NewReader(nil), Stdout: &out, Stderr: new(bytes.Buffer), Getenv: a.Getenv, Dir: a.Dir, User: a.User, Now: a.Now,
		Checker: a.Checker, lang: a.lang,
	}
	if sub.Run(ctx, []string{testInvoiceName, "--json", "--config", a.settingsPath()}) != exitDone {
		var refusal struct {
			Error struct{ Code, Message string }
		}
		if err := json.Unmarshal(out.Bytes(), &refusal); err != nil || refusal.Error.Message == "" {
			return answer, "", a.say(lang.Text{UZ: "buyruq bajarilmadi", RU: "команда не выполнена", EN: "the command failed"})
		}
		return answer, refusal.Error.Code, refusal.Error.Message
	}
	var told struct {
		Number string
		Amount money.Amount
	}
	err := json.Unmarshal(out.Bytes(), &told)
	if err == nil {
		answer.Amount = told.Amount
		answer.Number, err = store.ParseNumber(told.Number)
	}
	if err != nil {
		return answer, "", err.Error()
	}
	return answer, "", ""
}

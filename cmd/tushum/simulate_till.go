package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// till makes and cancels invoices for the simulator as a cashier would, by
// running this program's own commands: through the service when one runs.
type till struct {
	app *App
	cfg config.Config

	mu   sync.Mutex // the suite asks from several goroutines
	made []string   // the numbers of what was made
}

func (a *App) till(cfg config.Config) *till { return &till{app: a, cfg: cfg} }

// make issues an invoice; an amount of zero asks for a counter invoice.
func (t *till) make(ctx context.Context, kind string, amount money.Amount) (string, error) {
	args := []string{"invoice", "create", "--note", "tushum simulate"}
	if amount == 0 {
		args = append(args, "--kind", "counter")
	} else {
		args = append(args, "--kind", kind, "--amount", amount.SomString())
	}
	out, err := t.run(ctx, args...)
	if err != nil {
		return "", err
	}
	var made struct {
		Number string `json:"number"`
	}
	if err := json.Unmarshal(out, &made); err != nil {
		return "", fmt.Errorf("making an invoice: %w", err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.made = append(t.made, made.Number)
	return made.Number, nil
}

func (t *till) cancel(ctx context.Context, number string) error {
	_, err := t.run(ctx, "invoice", "cancel", number, "--force", "--reason", "tushum simulate")
	return err
}

// run runs a command of this program and returns what it printed.
func (t *till) run(ctx context.Context, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	sub := *t.app
	sub.Stdout, sub.Stderr, sub.Terminal = &stdout, &stderr, false
	if code := sub.Run(ctx, append([]string{"--json", "--config", t.cfg.Path}, args...)); code != exitDone {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, failed(lang.Text{
			UZ: "hisob bilan ishlash", RU: "работа со счётом", EN: "making or cancelling an invoice",
		}, fmt.Errorf("%s", strings.TrimSpace(stderr.String())))
	}
	return stdout.Bytes(), nil
}

// What a simulation is going to leave in the ledger.
var (
	suiteLeaves = lang.Text{
		UZ: "sinov 20 ga yaqin hisob va ularning to‘lovlarini yaratadi, ular daftarda qoladi", RU: "проверка создаёт около 20 счетов с платежами, которые останутся в книге", EN: "this makes about 20 invoices with their payments, which stay in the ledger",
	}
	suitePays = lang.Text{
		UZ: "sinov shu hisobni to‘laydi va to‘lovni qaytaradi: bular do‘kon daftarida qoladi", RU: "проверка оплачивает этот счёт и возвращает платёж: это останется в книге магазина", EN: "this pays the invoice and takes the payment back, which stays in the shop's ledger",
	}
	loadLeaves = lang.Text{
		UZ: "daftarda qoladigan to‘lovlar: %d tagacha, jami %s gacha", RU: "в книге останутся платежи: до %d, на сумму до %s", EN: "this makes up to %d payments that stay in the ledger, up to %s in all",
	}
	useTestShop = lang.Text{UZ: "sinov do‘konidan foydalaning", RU: "используйте тестовый магазин", EN: "use a test shop"}
	booksLeft   = lang.Text{UZ: "daftarda qoldi: hisoblar %d, to‘lovlar %d, jami %s", RU: "в книге осталось: счетов %d, платежей %d, на сумму %s", EN: "left in the ledger: %d invoices, %d payments, %s"}
)

// warnOfBooks says what a simulation leaves behind, unless the shop is a test shop.
func (a *App) warnOfBooks(cfg config.Config, what lang.Text, numbers ...any) {
	if !cfg.Uzum.TestMode {
		fmt.Fprintln(a.Stderr, oneLine(fmt.Sprintf(a.say(what), numbers...)+"; "+a.say(useTestShop)))
	}
}

// tellLeft says what the invoices that were made have brought into the ledger.
// A payment that was taken back left no money.
func (t *till) tellLeft(ctx context.Context) {
	payments, sum := 0, money.Amount(0)
	for _, number := range t.made {
		out, err := t.run(ctx, "invoice", "show", number)
		var shown struct {
			Transactions []struct {
				Status string       `json:"status"`
				Amount money.Amount `json:"amount"`
			} `json:"transactions"`
		}
		if err != nil || json.Unmarshal(out, &shown) != nil {
			return // the results matter more
		}
		for _, tx := range shown.Transactions {
			if tx.Status == store.Confirmed.String() {
				payments, sum = payments+1, sum+tx.Amount
			}
		}
	}
	if len(t.made) > 0 {
		t.app.tellBooks(len(t.made), payments, sum)
	}
}

func (a *App) tellBooks(invoices, payments int, sum money.Amount) {
	fmt.Fprintln(a.Stderr, oneLine(fmt.Sprintf(a.say(booksLeft), invoices, payments, sum.Format(a.lang))))
}

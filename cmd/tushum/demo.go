package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/bank"
	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/password"
	"tushum/store"
)

var demoSpec = spec{
	use:   "demo",
	short: lang.Text{UZ: "vaqtinchalik do‘konda hamma narsani ko‘rsatish", RU: "показать всё на временном магазине", EN: "the whole story on a temporary shop"},
	long: lang.Text{
		UZ: "Vaqtinchalik do‘kon ochiladi, mijozlar va bank haqiqiy HTTP orqali o‘ynaladi. Sizning daftaringizga tegilmaydi.",
		RU: "Открывается временный магазин, а клиенты и банк играют по настоящему HTTP. Ваша книга не затрагивается.",
		EN: "A temporary shop is opened; its customers and the bank are played over real HTTP. Your own ledger is not touched.",
	},
	doing: lang.Text{UZ: "namoyish", RU: "показ", EN: "playing the story"},
}

func (a *App) demoCommand() *cobra.Command {
	var (
		length time.Duration
		seed   uint64
	)
	cmd := a.command(demoSpec, func(ctx context.Context, _ []string) error { return a.demo(ctx, length, seed) })
	cmd.Flags().DurationVar(&length, "for", 0, a.say(lang.Text{
		UZ: "hikoyadan keyin mijozlar shu `VAQT` davomida kelaveradi", RU: "сколько `ВРЕМЕНИ` клиенты идут после рассказа", EN: "customers keep coming until this `LONG` after the start",
	}))
	cmd.Flags().Uint64Var(&seed, "seed", 1, a.say(lang.Text{
		UZ: "bir xil `SON` — bir xil hikoya", RU: "одно `ЧИСЛО` — один рассказ", EN: "the same `NUMBER` tells the same story",
	}))
	return cmd
}

// demo is one telling of the story.
type demo struct {
	app    *App
	shop   *shop
	bank   *bank.Client
	random *rand.Rand
	pause  time.Duration // between lines, when somebody watches
}

// The pace on a terminal, and of customers who come after the story.
const (
	demoPause    = 350 * time.Millisecond
	demoCustomer = 500 * time.Millisecond
)

func (a *App) demo(ctx context.Context, length time.Duration, seed uint64) error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "tushum-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	d, svc, err := a.startDemo(dir, seed)
	if err != nil {
		return err
	}
	err = d.story(ctx)
	for err == nil && time.Since(began) < length {
		if err = d.wait(ctx, demoCustomer); err == nil {
			err = d.customer(ctx)
		}
	}
	if err == nil {
		err = d.totals(ctx)
	}
	return errors.Join(err, svc.Close())
}

// startDemo starts a whole service, as serve does, on a free port and a new store.
func (a *App) startDemo(dir string, seed uint64) (*demo, *service, error) {
	cfg := config.Default()
	cfg.Shop.Name, cfg.Shop.Language = "Gulnora", a.lang
	cfg.Listener.Address = "127.0.0.1:0"
	cfg.Uzum.Enabled, cfg.Uzum.ServiceID, cfg.Uzum.TestMode = true, 101202, true
	secret := fmt.Sprintf("demo-%x", rand.Uint64()) //nolint:gosec // it guards a story on loopback
	hash, err := password.Hash([]byte(secret))
	if err != nil {
		return nil, nil, err
	}
	verifier, err := password.Parse(hash)
	if err != nil {
		return nil, nil, err
	}
	cfg.Uzum.Credentials = []config.Credential{{Login: "uzum", Password: verifier}}
	svc, err := startService(cfg, serviceOptions{Path: filepath.Join(dir, "tushum.db"), Now: a.Now, Checker: a.Checker, Holder: "tushum demo"})
	if err != nil {
		return nil, nil, err
	}
	fmt.Fprintln(a.Stderr, a.say(demoListening), svc.URL()+cfg.Uzum.Path)
	d := &demo{app: a, shop: svc.shop, random: rand.New(rand.NewPCG(seed, seed))} //nolint:gosec // a story, not a secret
	if a.Terminal && !a.flags.json {
		d.pause = demoPause
	}
	d.bank = &bank.Client{
		BaseURL: svc.URL() + cfg.Uzum.Path, Login: "uzum", Password: secret, ServiceID: cfg.Uzum.ServiceID,
		AccountKey: cfg.Uzum.AccountParams[0], Now: a.Now, NewTransID: bank.SeededTransIDs(seed, a.Now), StatusPause: time.Millisecond,
	}
	return d, svc, nil
}

// actor is who does something in the story.
type actor int

const (
	cashier actor = iota
	uzumBank
	tushum
	owner
)

// tell prints one line of the story. {…} in the text are filled from pairs.
func (d *demo) tell(ctx context.Context, who actor, text lang.Text, pairs ...string) error {
	says := strings.NewReplacer(pairs...).Replace(d.app.say(text))
	var err error
	if d.app.flags.json {
		err = json.NewEncoder(d.app.Stdout).Encode(map[string]string{"actor": actorNames[who].EN, "text": says})
	} else {
		name := d.app.say(actorNames[who])
		_, err = fmt.Fprintf(d.app.Stdout, "%s%s  %s\n", name, strings.Repeat(" ", max(0, actorWidth-cells(name))), oneLine(says))
	}
	if err != nil {
		return err
	}
	return d.wait(ctx, d.pause)
}

func (d *demo) wait(ctx context.Context, long time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(long):
		return nil
	}
}

// totals shows the takings of the story, by the way of paying, and proves the
// ledger.
func (d *demo) totals(ctx context.Context) error {
	totals, err := d.shop.Totals(ctx, 0, 0)
	if err != nil {
		return err
	}
	if err := d.showTotals(totals); err != nil {
		return err
	}
	report, err := d.shop.Verify(ctx)
	if err != nil {
		return err
	}
	if len(report.Problems) > 0 {
		return &store.Error{Code: store.Damaged, Detail: report.Problems[0].String()}
	}
	return d.tell(ctx, tushum, demoVerified, "{invoices}", fmt.Sprint(report.Invoices), "{transactions}", fmt.Sprint(report.Transactions), "{events}", fmt.Sprint(report.Events))
}

func (d *demo) showTotals(totals []store.Total) error {
	l := d.app.lang
	sum := store.Total{}
	t := &table{right: map[int]bool{1: true, 2: true, 3: true, 4: true, 5: true}}
	t.add(d.app.say(totalSource), d.app.say(totalCount), d.app.say(totalAmount), d.app.say(totalReversed), d.app.say(totalFee), d.app.say(totalNet))
	row := func(name string, o store.Total) {
		t.add(name, fmt.Sprint(o.Count), o.Amount.Number(), (-o.ReversedAmount).Number(), (o.Fee - o.ReversedFee).Number(), o.Net().Format(l))
	}
	for _, o := range totals {
		if d.app.flags.json {
			if err := json.NewEncoder(d.app.Stdout).Encode(totalJSON{
				Day: o.Day.String(), PaymentSystem: string(o.System), PaymentSource: o.Source, Count: o.Count, Amount: int64(o.Amount), Fee: int64(o.Fee),
				ReversedCount: o.ReversedCount, ReversedAmount: int64(o.ReversedAmount), ReversedFee: int64(o.ReversedFee), Net: int64(o.Net()),
			}); err != nil {
				return err
			}
		}
		row(o.Source, o)
		sum = sum.Add(o)
	}
	row(d.app.say(totalAll), sum)
	if d.app.flags.json {
		return nil
	}
	_, err := fmt.Fprint(d.app.Stdout, "\n"+t.String()+"\n")
	return err
}

// totalJSON is one line of takings; amounts are tiyin.
type totalJSON struct {
	Day            string `json:"day"`
	PaymentSystem  string `json:"payment_system"`
	PaymentSource  string `json:"payment_source"`
	Count          int64  `json:"count"`
	Amount         int64  `json:"amount"`
	Fee            int64  `json:"fee"`
	ReversedCount  int64  `json:"reversed_count"`
	ReversedAmount int64  `json:"reversed_amount"`
	ReversedFee    int64  `json:"reversed_fee"`
	Net            int64  `json:"net"`
}

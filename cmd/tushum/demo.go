package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/bank"
	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/password"
)

var demoSpec = spec{
	use: "demo",
	short: lang.Text{
		UZ: "vaqtinchalik do‘konda hamma narsani sinab ko‘rish", RU: "попробовать всё на временном магазине", EN: "try everything on a temporary shop",
	},
	long: lang.Text{
		UZ: "Vaqtinchalik do‘kon ochiladi: uch kunlik savdosi tayyor, mijozlar kelib turadi, bank ham, tovarlar to‘lovi o‘tadigan OneClick ham haqiqiy HTTP orqali o‘ynaladi. Siz ochgan har bir hisob bir necha soniyada to‘lanadi. q bilan yopiladi, shunda do‘kon o‘chib ketadi. Terminalsiz yoki --json bilan qisqa hikoya qatorma-qator chiqadi. Sizning daftaringizga tegilmaydi.",
		RU: "Открывается временный магазин: у него есть три дня продаж, клиенты приходят сами, а банк и OneClick, через который платят за товары, играют по настоящему HTTP. Каждый ваш счёт оплатят через несколько секунд. Закрывается по q, и магазин исчезает. Без терминала или с --json показывается короткий рассказ по строкам. Ваша книга не затрагивается.",
		EN: "Opens the console on a temporary shop: it has sold for three days, its customers keep coming, and both the bank and OneClick, by which goods are paid, are played over real HTTP. Every invoice that you make is paid within seconds. q closes it, and the shop is gone. Without a terminal, or with --json, a short story is told in lines. Your own ledger is not touched.",
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
		UZ: "shu `VAQT`dan keyin o‘zi yopiladi", RU: "закрыть само через это `ВРЕМЯ`", EN: "end by itself after this `LONG`",
	}))
	cmd.Flags().Uint64Var(&seed, "seed", 1, a.say(lang.Text{
		UZ: "bir xil `SON` — bir xil hikoya", RU: "одно `ЧИСЛО` — один рассказ", EN: "the same `NUMBER` tells the same story",
	}))
	return cmd
}

// demo is a temporary shop with the bank and the platform that pay it.
type demo struct {
	app      *App
	shop     *shop
	service  *service
	bank     *bank.Client
	platform *platform
	log      *slog.Logger
	seed     uint64
	random   *rand.Rand // of the story in lines
}

func (a *App) demo(ctx context.Context, length time.Duration, seed uint64) error {
	dir, err := os.MkdirTemp("", "tushum-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	clock := &lateClock{real: a.Now}
	console := a.drawsDemo()
	if console {
		beginPast(clock)
	}
	d, svc, err := a.startDemo(dir, seed, clock)
	if err != nil {
		return err
	}
	if console {
		err = d.console(ctx, svc, clock, length)
	} else {
		err = d.lines(ctx, length)
	}
	return errors.Join(err, d.close())
}

// close ends the shop first, so that nobody calls who is not there any more.
func (d *demo) close() error {
	d.bank.HTTP.CloseIdleConnections()
	d.platform.hush()
	return errors.Join(d.service.Close(), d.platform.close())
}

// begin ends the past of the platform.
func (d *demo) begin() { d.platform.begin(d.service.URL()) }

// drawsDemo tells whether there is somebody to show a console to.
func (a *App) drawsDemo() bool {
	term := a.Getenv("TERM")
	return a.Terminal && a.Keyboard && !a.flags.json && term != "dumb" && (term != "" || runtime.GOOS == "windows")
}

// startDemo starts a whole service, as serve does, on a free port and a new store.
func (a *App) startDemo(dir string, seed uint64, clock *lateClock) (*demo, *service, error) {
	go platformShop() //nolint:errcheck // it is asked again below; its key is made while the password is hashed
	cfg := config.Default()
	cfg.Shop.Name, cfg.Shop.Language = "Gulnora", a.lang
	cfg.Shop.Address, cfg.Shop.Phone = a.say(demoAddress), "+998 90 123-45-67"
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
	d := &demo{app: a, seed: seed, random: rand.New(rand.NewPCG(seed, seed))} //nolint:gosec // a story, not a secret
	if d.platform, err = startPlatform(dir, &cfg, clock.Now); err != nil {
		return nil, nil, err
	}
	d.service, err = startService(cfg, serviceOptions{
		Path: filepath.Join(dir, "tushum.db"), Now: clock.Now, Checker: a.Checker, Holder: "tushum demo", Console: a.runConsole, Demo: true, Ask: d.platform.ask,
	})
	if err != nil {
		return nil, nil, errors.Join(err, d.platform.close())
	}
	d.shop, d.log = d.service.shop, d.service.Log
	d.bank = &bank.Client{
		BaseURL: d.service.URL() + cfg.Uzum.Path, Login: "uzum", Password: secret, ServiceID: cfg.Uzum.ServiceID,
		AccountKey: cfg.Uzum.AccountParams[0], Now: clock.Now, NewTransID: bank.SeededTransIDs(seed, clock.Now), StatusPause: time.Millisecond,
		HTTP: &http.Client{Transport: &http.Transport{}, Timeout: demoTimeout},
	}
	return d, d.service, nil
}

// demoTimeout is how long the played bank waits for an answer.
const demoTimeout = 10 * time.Second

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
)

// profilesIn are the profiles of payment systems, in the order of their table.
func profilesIn(systems store.Systems) []store.Profile {
	all := make([]store.Profile, len(systems))
	for i, system := range systems {
		all[i] = system.Profile()
	}
	return all
}

// testPatience is how long a payment system may take to say who it takes the shop
// for.
const testPatience = 20 * time.Second

// testSystem tells whether a payment system can be reached with the settings, and
// knows the shop. The error is that of the system, with In and HintIn, or a fault.
// One that makes no deals can't be asked, which is no error.
func testSystem(ctx context.Context, cfg config.Config, system store.System) error {
	dealer := systemsOf(cfg).Dealer(system)
	if dealer == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, testPatience)
	defer cancel()
	if dealer.Profile().State == store.NotConnected {
		return &fault{code: codeConfig, exit: exitUsage, says: dealer.Profile().Missing, hint: lang.Text{
			UZ: "avval ulang: tushum setup", RU: "сначала подключите: tushum setup", EN: "connect it first: tushum setup",
		}}
	}
	return dealer.Test(ctx)
}

var (
	labelConnection = lang.Text{UZ: "ulanish", RU: "связь", EN: "connection"}
	connectionWorks = lang.Text{UZ: "%s javob berdi va do‘konni tanidi", RU: "%s отвечает и узнаёт магазин", EN: "%s answers and knows the shop"}
	connectionFails = lang.Text{
		UZ: "sozlamalar yozildi, lekin %s ulanmadi: %s", RU: "настройки записаны, но %s не подключается: %s", EN: "the settings are written, but %s does not connect: %s",
	}
	labelCallback = lang.Text{
		UZ: "%s kabinetida vebxuk manzili: %s", RU: "адрес для вебхуков в кабинете %s: %s", EN: "the webhook URL for the cabinet of %s: %s",
	}
)

// tellConnections tries the payment systems that answers were about and that are
// switched on, and tells how each answered. The error is an exit code: what failed
// was told, and changes nothing about the settings.
func (a *App) tellConnections(ctx context.Context, desk setup.Desk, given setup.Answers) error {
	_, cfg, err := desk.Open()
	if err != nil {
		return err
	}
	for _, p := range profilesIn(systemsOf(cfg)) {
		if !p.Can.Deals || !p.Open() || !setup.Concerns(given, p.System) {
			continue
		}
		if callback := setup.CallbackURL(cfg.Listener.PublicURL, p.System); callback != "" {
			fmt.Fprintf(a.Stderr, "%s: %s\n", a.say(labelMind), fmt.Sprintf(a.say(labelCallback), a.say(p.Name), callback))
		}
		err = errors.Join(err, a.tellConnection(ctx, cfg, p))
	}
	return err
}

func (a *App) tellConnection(ctx context.Context, cfg config.Config, p store.Profile) error {
	failure := testSystem(ctx, cfg, p.System)
	if failure == nil {
		fmt.Fprintf(a.Stderr, "%s: %s\n", a.say(labelConnection), fmt.Sprintf(a.say(connectionWorks), a.say(p.Name)))
		return nil
	}
	says, hint := inAll(failure)
	fmt.Fprintf(a.Stderr, "tushum: %s\n", fmt.Sprintf(a.say(connectionFails), a.say(p.Name), oneLine(a.say(says))))
	if hint := a.say(hint); hint != "" {
		fmt.Fprintln(a.Stderr, a.hinted(oneLine(hint)))
	}
	return exited(exitUsage)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tushum/internal/config"
)

// console shows the shop in the console: first its past is played, then its
// customers come while it is open. length ends it by itself; zero: never.
func (d *demo) console(ctx context.Context, svc *service, clock *lateClock, length time.Duration) error {
	fmt.Fprintln(d.app.Stderr, d.app.say(demoPreparing))
	if err := d.past(ctx, clock); err != nil {
		return err
	}
	live, stop := context.WithCancel(ctx)
	defer stop()
	crowd, err := d.openDoors(live, demoPace)
	if err != nil {
		return err
	}
	shown := live
	if length > 0 {
		var end context.CancelFunc
		shown, end = context.WithTimeout(live, length)
		defer end()
	}
	err = d.app.showConsole(shown, svc)
	stop()
	crowd.Wait()
	return errors.Join(err, ctx.Err())
}

// past plays what happened in the shop before now.
func (d *demo) past(ctx context.Context, clock *lateClock) error {
	h := &history{shop: d.shop, bank: d.bank, platform: d.platform, deals: d.service.deals, clock: clock, now: clock.real()}
	h.plan(d.seed, d.app.lang, d.shop.cfg().Shop.Location)
	return h.play(ctx)
}

// beginPast puts the clock back to where the past begins.
func beginPast(clock *lateClock) {
	clock.set(pastBegins(clock.real(), config.Default().Shop.Location))
}

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

var watchSpec = spec{
	use: "watch", ledger: true,
	short: lang.Text{UZ: "voqealarni yuz berishi bilan ko‘rsatish", RU: "показывать события по мере появления", EN: "show events as they happen"},
	long: lang.Text{
		UZ: "Har bir voqeani bir qatorda ko‘rsatadi, to‘xtatilguncha. Xizmat ishlamasa, omborga har soniyada qaraydi.",
		RU: "Показывает каждое событие одной строкой, пока не прервут. Без службы заглядывает в хранилище раз в секунду.",
		EN: "Shows every event on a line of its own until it is interrupted. Without a service it looks into the store each second.",
	},
	doing: lang.Text{UZ: "voqealarni kuzatish", RU: "наблюдение за событиями", EN: "watching the events"},
}

// fromNow stands for the newest event, whatever its number.
const fromNow = -1

func (a *App) watchCommand() *cobra.Command {
	after, resumable := int64(fromNow), false
	cmd := a.command(watchSpec, func(ctx context.Context, _ []string) error {
		if after < fromNow {
			return usage(lang.Text{UZ: "--after: 0 yoki undan katta son bering", RU: "--after: укажите число от 0", EN: "--after: give a number from 0 up"})
		}
		if a.shop != nil {
			return a.follow(ctx, a.shop, after, resumable)
		}
		return a.watch(ctx, after)
	})
	cmd.Flags().Int64Var(&after, "after", fromNow, a.say(lang.Text{
		UZ: "shu `RAQAM`li voqeadan keyingilari, 0 — boshidan; berilmasa, yangilari", RU: "события после этого `НОМЕРА`, 0 — с начала; без него только новые", EN: "those after the event `SEQ`, 0 for all; only new ones unless told",
	}))
	cmd.Flags().Lookup("after").DefValue = ""
	cmd.Flags().BoolVar(&resumable, resumableFlag, false, "")
	cmd.Flags().Lookup(resumableFlag).Hidden = true
	return cmd
}

// resumableFlag has a service begin with a line that tells only the number it
// starts after, so that the watcher knows where it stands before anything
// happens.
const resumableFlag = "resumable"

// eventPage is how many events are read at once.
const eventPage = 500

// follow prints events inside the process that holds the store, until the
// caller hangs up or the service stops.
func (a *App) follow(ctx context.Context, s *shop, after int64, resumable bool) error {
	show := a.printEvent
	if resumable {
		show = func(_ store.Calendar, e toldEvent) error { return a.printJSON(e) }
	}
	wake, cancel := s.Subscribe()
	defer cancel()
	seq, err := s.startOfWatch(ctx, after)
	if err == nil && resumable {
		err = a.printJSON(toldEvent{eventView: eventView{Seq: seq}})
	}
	if err != nil {
		return err
	}
	for {
		if seq, err = a.printEvents(ctx, s, seq, show); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wake:
		}
		if last, err := s.LastEvent(ctx); err == nil {
			seq = min(seq, last) // after a restore the events count from an earlier number
		}
	}
}

func (s *shop) startOfWatch(ctx context.Context, after int64) (uint64, error) {
	if after == fromNow {
		return s.LastEvent(ctx)
	}
	return uint64(after), nil
}

// toldEvent is an event as a service tells a watcher of it, who can't look the
// sum up. Scripts get the eventView in it.
type toldEvent struct {
	eventView
	Amount money.Amount `json:"amount,omitzero"`
}

// tell looks up the sum that an event is about: the transaction's or the deal's, or
// else the invoice's, which has none where its amount is open.
func (s *shop) tell(ctx context.Context, e store.Event) (toldEvent, error) {
	told := toldEvent{eventView: viewEvent(e)}
	if e.TransID != "" {
		t, err := store.TransactionOfEvent(ctx, s, e)
		told.Amount = t.Amount
		return told, err
	}
	if e.Deal != "" {
		d, err := s.Deal(ctx, e.Deal)
		told.Amount = d.Amount
		return told, err
	}
	inv, err := s.Invoice(ctx, e.Number)
	told.Amount = inv.Amount
	return told, err
}

// printEvents prints what has happened after seq, and returns the new seq.
func (a *App) printEvents(ctx context.Context, s *shop, seq uint64, show func(store.Calendar, toldEvent) error) (uint64, error) {
	for {
		events, err := s.Events(ctx, seq, eventPage)
		if err != nil || len(events) == 0 {
			return seq, err
		}
		for _, e := range events {
			told, err := s.tell(ctx, e)
			if err == nil {
				err = show(s.Rules().Calendar, told)
			}
			if err != nil {
				return seq, err
			}
			seq = e.Seq
		}
	}
}

func (a *App) printEvent(calendar store.Calendar, e toldEvent) error {
	if a.flags.json {
		return a.printJSON(e.eventView)
	}
	line := fmt.Sprintf("%s  %s  %s", calendar.Show(e.At), e.Number, a.eventWord(e.Type))
	if e.Amount != 0 {
		line += columnGap + e.Amount.Format(a.lang)
	}
	if e.TransID != "" {
		line += columnGap + foreign(e.TransID)
	}
	if e.Deal != "" {
		line += columnGap + foreign(e.Deal)
	}
	return a.print(line + columnGap + foreign(e.By) + "\n")
}

// watchEvery is how often a store that nobody serves is looked into.
const watchEvery = time.Second

// watch prints events from outside: through a service while there is one, and
// otherwise by opening the store for a moment now and then, so that a service
// can start at any time.
func (a *App) watch(ctx context.Context, after int64) error {
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	path, err := a.storePath(cfg)
	if err != nil {
		return err
	}
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		if err := a.watchOnce(ctx, path, cfg, &after); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// watchOnce prints events through the service until it ends, or, where there is
// none, those that are in the store by now.
func (a *App) watchOnce(ctx context.Context, path string, cfg config.Config, after *int64) error {
	client, err := dialControl(ctx, path)
	if err != nil {
		err = a.look(ctx, path, cfg, after)
		if store.CodeOf(err) == store.Locked { // by another command, or by a service that is starting
			return nil
		}
		return err
	}
	err = a.watchService(ctx, client, cfg, after)
	_ = client.Close() // whatever it has to say, the command is over
	if endOfService(err) {
		err = nil
	}
	return err
}

// look opens the store, prints what is new, and lets go of it.
func (a *App) look(ctx context.Context, path string, cfg config.Config, after *int64) error {
	s, err := a.openShop(ctx, path, cfg)
	if err != nil {
		return err
	}
	seq, err := s.startOfWatch(ctx, *after)
	if err == nil {
		seq, err = a.printEvents(ctx, s, seq, a.printEvent)
		*after = int64(seq)
	}
	return errors.Join(err, s.Close())
}

// watchService prints what the service tells of events. It asks for JSON, so
// that it knows where it stands when the service ends.
func (a *App) watchService(ctx context.Context, client *controlClient, cfg config.Config, after *int64) error {
	r := a.request()
	r.Args = [][]byte{[]byte("watch"), []byte("--json"), []byte("--" + resumableFlag), []byte("--after=" + strconv.FormatInt(*after, 10))}
	lines, told := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		code, err := client.run(ctx, r, streams{stdout: told, stderr: a.Stderr})
		if err == nil {
			err = exited(code)
		}
		_ = told.Close() // closing a pipe of this kind does not fail
		ended <- err
	}()
	printErr := a.printTold(lines, calendarOf(cfg), after)
	_ = lines.CloseWithError(printErr)
	return errors.Join(printErr, <-ended)
}

func (a *App) printTold(lines io.Reader, calendar store.Calendar, after *int64) error {
	scan := bufio.NewScanner(lines)
	for scan.Scan() {
		var e toldEvent
		if err := json.Unmarshal(scan.Bytes(), &e); err != nil {
			return fmt.Errorf("reading an event: %w", err)
		}
		*after = int64(e.Seq)
		if e.Type == "" {
			continue // where the service starts
		}
		if err := a.printEvent(calendar, e); err != nil {
			return err
		}
	}
	return scan.Err()
}

// endOfService tells whether a watch ended because the service stopped, or
// because the watcher did.
func endOfService(err error) bool {
	var gone *fault
	var code exited
	return errors.Is(err, interrupted{}) || errors.As(err, &code) && code == exitInterrupted ||
		errors.As(err, &gone) && gone.code == codeServiceGone
}

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tushum/internal/config"
	"tushum/internal/lang"
)

// way is what somebody chooses who starts the program for the first time.
type way string

const (
	lookAround way = "1"
	setUp      way = "2"
	beginEmpty way = "3"
	leave      way = "4"
)

// begin finds the settings of the shop. Where nobody has written any it asks
// how to go on, unless the program was begun without settings before: then the
// store is there already.
func (a *App) begin(ctx context.Context) (config.Config, way, error) {
	cfg, err := a.settings()
	named := a.flags.config != "" || a.Getenv(config.Variable) != ""
	if named || !errors.Is(err, fs.ErrNotExist) {
		return cfg, beginEmpty, err
	}
	cfg = config.Default()
	cfg.Shop.Language = a.lang
	path, err := a.storePath(cfg)
	if err != nil {
		return cfg, leave, err
	}
	if _, err := os.Lstat(path); err == nil {
		return cfg, beginEmpty, nil
	}
	chosen, err := a.askWay(ctx)
	return cfg, chosen, err
}

var firstQuestion = lang.Text{
	UZ: "Sozlamalar hali yo‘q: %s\n\n" +
		"  1  ko‘rib chiqish: mijozlari o‘ynaladigan, chiqqanda yo‘qoladigan do‘kon\n" +
		"  2  sozlash: do‘kon, Uzum Bank va HTTPS; keyin tushum setup ham shu\n" +
		"  3  bo‘sh do‘kon bilan boshlash, Uzum Bank ulanmagan\n" +
		"  4  chiqish\n\n",
	RU: "Настроек ещё нет: %s\n\n" +
		"  1  осмотреться: учебный магазин с вымышленными покупателями, при выходе исчезает\n" +
		"  2  настроить: магазин, Uzum Bank и HTTPS; позже это tushum setup\n" +
		"  3  начать с пустого магазина, Uzum Bank не подключён\n" +
		"  4  выйти\n\n",
	EN: "There are no settings yet: %s\n\n" +
		"  1  look around: a shop with customers that are played, gone when you leave\n" +
		"  2  set up: the shop, Uzum Bank and HTTPS; later that is tushum setup\n" +
		"  3  begin with an empty shop, Uzum Bank is not connected\n" +
		"  4  leave\n\n",
}

var firstPrompt = lang.Text{UZ: "1, 2, 3 yoki 4: ", RU: "1, 2, 3 или 4: ", EN: "1, 2, 3 or 4: "}

// askWay asks until one of the ways is typed. The end of the input leaves.
func (a *App) askWay(ctx context.Context) (way, error) {
	path := a.abs(config.Find("", a.Getenv))
	if err := a.print(a.wrappedItems(fmt.Sprintf(a.say(firstQuestion), oneLine(path)))); err != nil {
		return leave, err
	}
	typed := bufio.NewReader(io.LimitReader(a.Stdin, maxRequest)) // nobody has so much to say
	for {
		if err := a.print(a.say(firstPrompt)); err != nil {
			return leave, err
		}
		line, err := untilInterrupted(ctx, func() ([]byte, error) { return typed.ReadBytes('\n') })
		switch chosen := way(strings.TrimSpace(string(line))); chosen {
		case lookAround, setUp, beginEmpty, leave:
			return chosen, nil
		}
		if errors.Is(err, io.EOF) {
			return leave, nil
		}
		if err != nil {
			return leave, err
		}
	}
}

// wrappedItems wraps lines at the terminal's edge; those of a list go on below
// their words.
func (a *App) wrappedItems(text string) string {
	const number = "  1  "
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, " ") && len(line) > len(number) {
			lines[i] = line[:len(number)] + wrapped(line[len(number):], a.Width, len(number))
			continue
		}
		lines[i] = wrapped(line, a.Width, 0)
	}
	return strings.Join(lines, "\n")
}

// setUpFirst asks for the settings, and opens the console on them. Who leaves
// the questions leaves the program.
func (a *App) setUpFirst(ctx context.Context) error {
	written, _, err := a.setupByForms(ctx, setupFlags{})
	if err != nil || !written {
		return err
	}
	a.loaded = nil
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	return a.openConsole(ctx, cfg)
}

// runDemo does what "tushum demo" does.
func (a *App) runDemo(root *cobra.Command) error {
	demo, _, err := root.Find([]string{"demo"})
	if err != nil {
		return err
	}
	demo.SetContext(root.Context())
	return demo.RunE(demo, nil)
}

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
	beginEmpty way = "2"
	leave      way = "3"
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
		"  2  bo‘sh do‘kon bilan boshlash; Uzum Bank ulanmagan, u shu faylda\n" +
		"     ulanadi, namunasi config.example.toml\n" +
		"  3  chiqish\n\n",
	RU: "Настроек ещё нет: %s\n\n" +
		"  1  осмотреться: магазин с игрой в покупателей, при выходе исчезает\n" +
		"  2  начать с пустого магазина; Uzum Bank не подключён, он подключается\n" +
		"     в этом файле, образец — config.example.toml\n" +
		"  3  выйти\n\n",
	EN: "There are no settings yet: %s\n\n" +
		"  1  look around: a shop with customers that are played, gone when you leave\n" +
		"  2  begin with an empty shop; Uzum Bank is not connected, which is done\n" +
		"     in that file, written by config.example.toml\n" +
		"  3  leave\n\n",
}

var firstPrompt = lang.Text{UZ: "1, 2 yoki 3: ", RU: "1, 2 или 3: ", EN: "1, 2 or 3: "}

// askWay asks until one of the ways is typed. The end of the input leaves.
func (a *App) askWay(ctx context.Context) (way, error) {
	path := a.abs(config.Find("", a.Getenv))
	if err := a.print(fmt.Sprintf(a.say(firstQuestion), oneLine(path))); err != nil {
		return leave, err
	}
	typed := bufio.NewReader(io.LimitReader(a.Stdin, maxRequest)) // nobody has so much to say
	for {
		if err := a.print(a.say(firstPrompt)); err != nil {
			return leave, err
		}
		line, err := untilInterrupted(ctx, func() ([]byte, error) { return typed.ReadBytes('\n') })
		switch chosen := way(strings.TrimSpace(string(line))); chosen {
		case lookAround, beginEmpty, leave:
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

// runDemo does what "tushum demo" does.
func (a *App) runDemo(root *cobra.Command) error {
	demo, _, err := root.Find([]string{"demo"})
	if err != nil {
		return err
	}
	demo.SetContext(root.Context())
	return demo.RunE(demo, nil)
}

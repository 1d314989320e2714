package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"tushum/internal/lang"
)

// retryEvery is how often a service that has stopped is looked for.
const retryEvery = time.Second

// wait says on the screen that the service has stopped, and waits for it. It
// returns nil when the reader closes the console instead.
func (c *attached) wait(ctx context.Context) *controlClient {
	ctx, end := context.WithCancel(ctx)
	defer end()
	c.sayLost()
	back := redial(ctx, c.path)
	for {
		select {
		case client := <-back:
			_, _ = io.WriteString(c.local, clearScreen)
			return client
		case typed, open := <-c.keys:
			if !open || closes(typed) {
				return nil
			}
		case <-c.local.Resized:
			c.sayLost()
		case <-ctx.Done():
			return nil
		}
	}
}

// redial dials until a service answers or ctx ends.
func redial(ctx context.Context, path string) <-chan *controlClient {
	back := make(chan *controlClient)
	go func() {
		tick := time.NewTicker(retryEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			client, err := dialControl(ctx, path)
			if err != nil {
				continue
			}
			select {
			case back <- client:
			case <-ctx.Done():
				_ = client.Close()
			}
			return
		}
	}()
	return back
}

// What a terminal is told when the console can't tell it any more. It may have
// been cut off in the midst of a sequence, or of a frame.
const (
	quiet       = "\x18\x1b\\\x1b[?2026l" + "\x1b[<u\x1b[>4m" + "\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l" // no reports of keys, mouse, focus and pastes
	leaveScreen = "\x1b[0m\x1b[0 q\x1b[?25h\x1b[?1049l"
	clearScreen = "\x1b[0m\x1b[H\x1b[2J"
)

// lostLines say that the service has stopped; the first that fits is shown.
var lostLines = []lang.Text{
	{
		UZ: "xizmat to‘xtadi, har soniyada qayta ulanib ko‘rilmoqda; q yopadi",
		RU: "служба остановилась, каждую секунду пробую снова; q закрывает",
		EN: "the service has stopped, trying again every second; q closes",
	},
	{UZ: "xizmat to‘xtadi, kutilmoqda; q yopadi", RU: "служба остановилась, ждём; q закрывает", EN: "the service has stopped; q closes"},
	{UZ: "xizmat yo‘q; q yopadi", RU: "службы нет; q закрывает", EN: "no service; q closes"},
}

// sayLost writes over the bottom line, and leaves the rest of the screen.
func (c *attached) sayLost() {
	width, height, err := c.local.Size()
	if err != nil {
		return
	}
	var line string
	for _, says := range lostLines {
		if line = " " + c.app.say(says) + " "; cells(line) < width {
			break
		}
	}
	if c.app.plainTerminal() {
		line = lang.ASCIIApostrophe(line)
	}
	fmt.Fprintf(c.local, "%s\x1b7\x1b[%d;1H\x1b[0m\x1b[2K\x1b[7m%s\x1b[0m\x1b8", quiet, height, line)
}

// closes tells whether one of the keys that were typed closes the console.
// Answers and reports of the terminal come as sequences, and are no keys.
func closes(typed []byte) bool {
	switch string(typed) {
	case "\x1b[99;5u", "\x1b[113;5u": // ctrl+c and ctrl+q of a terminal that was not told yet
		return true
	}
	for _, r := range string(typed) {
		switch r {
		case '\x1b':
			return false
		case 'q', 'Q', 'й', 'Й', '\x03', '\x11':
			return true
		}
	}
	return false
}

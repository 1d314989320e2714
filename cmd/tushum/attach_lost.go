package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"tushum/internal/lang"
)

const (
	retryEvery = time.Second            // how often a service that has stopped is looked for
	settle     = 300 * time.Millisecond // for this long a letter may still be meant for the console that is gone
)

// wait says on the screen that the service has stopped, and waits for it. It
// returns nil when the reader closes the console instead.
func (c *attached) wait(ctx context.Context) *controlClient {
	ctx, end := context.WithCancel(ctx)
	defer end()
	c.sayLost()
	began, draft := time.Now(), holdsDraft(c.state)
	back := redial(ctx, c.path)
	for {
		select {
		case client := <-back:
			return client
		case typed, open := <-c.keys:
			letter := !draft && isQ(typed) && time.Since(began) >= settle
			if !open || letter || breaksOff(typed) {
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

// lostLines say that the service has stopped, and which key closes the console;
// the first that fits is shown.
var lostLines = []lang.Text{
	{
		UZ: "xizmat to‘xtadi, har soniyada qayta ulanib ko‘rilmoqda; %s yopadi",
		RU: "служба остановилась, каждую секунду пробую снова; %s закрывает",
		EN: "the service has stopped, trying again every second; %s closes",
	},
	{UZ: "xizmat to‘xtadi, kutilmoqda; %s yopadi", RU: "служба остановилась, ждём; %s закрывает", EN: "the service has stopped; %s closes"},
	{UZ: "xizmat yo‘q; %s yopadi", RU: "службы нет; %s закрывает", EN: "no service; %s closes"},
}

// sayLost writes over the bottom line, and leaves the rest of the screen.
func (c *attached) sayLost() {
	width, height, err := c.local.Size()
	if err != nil {
		return
	}
	key := "q"
	if holdsDraft(c.state) {
		key = "Ctrl+C"
	}
	var line string
	for _, says := range lostLines {
		if line = " " + fmt.Sprintf(c.app.say(says), key) + " "; cells(line) < width {
			break
		}
	}
	for line != "" && cells(line) >= width {
		_, size := utf8.DecodeLastRuneInString(line)
		line = line[:len(line)-size]
	}
	if c.app.plainTerminal() {
		line = lang.ASCIIApostrophe(line)
	}
	fmt.Fprintf(c.local, "%s\x1b7\x1b[%d;1H\x1b[0m\x1b[2K\x1b[7m%s\x1b[0m\x1b8", quiet, height, line)
}

// holdsDraft tells whether a state that a console has kept holds something that
// was typed and would be lost with it.
func holdsDraft(state []byte) bool {
	var kept struct {
		Draft json.RawMessage `json:"draft"`
	}
	return json.Unmarshal(state, &kept) == nil && len(kept.Draft) > 0
}

// breaksOff tells whether Ctrl+C or Ctrl+Q is among the keys that were typed.
// Answers and reports of the terminal come as sequences, and are no keys.
func breaksOff(typed []byte) bool {
	switch string(typed) {
	case "\x1b[99;5u", "\x1b[113;5u": // those of a terminal that was not told yet
		return true
	}
	keys, _, _ := bytes.Cut(typed, []byte{'\x1b'})
	return bytes.ContainsAny(keys, "\x03\x11")
}

// isQ tells whether the letter that closes a console was typed, and nothing else.
func isQ(typed []byte) bool {
	switch string(typed) {
	case "q", "Q", "й", "Й":
		return true
	}
	return false
}

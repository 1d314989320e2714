package main

import (
	"fmt"
	"strings"

	"tushum/internal/lang"
	"tushum/qr"
	"tushum/store"
)

// promptRows are left for the prompt of the shell, which would push the code's
// first row out of the screen.
const promptRows = 1

// showQR draws the code in the terminal, the words below it, and the link where
// there is room. A code that was wrapped or has scrolled can't be read, so where
// the screen is too small for all of that the quiet zone shrinks first, and then
// the words go; where who pays needs them, the code goes.
func (a *App) showQR(d drawing, code qr.Code, f qrFlags) error {
	words := d.words
	quiet, rest := a.fitQR(code, len(words))
	if d.vital && (quiet == 0 || rest < len(words)) {
		return a.print(strings.Join(words, "\n") + "\n")
	}
	if quiet == 0 {
		return a.tooSmall(code, d.below)
	}
	f.quiet = quiet
	if err := writeQR(a.Stdout, code, f); err != nil {
		return err
	}
	words = words[:min(rest, len(words))]
	if d.below != "" && (a.Height == 0 || rest-len(words) >= a.rowsOf(d.below)) {
		words = append(words, foreign(d.below))
	}
	if len(words) == 0 {
		return nil
	}
	return a.print(strings.Join(words, "\n") + "\n")
}

// fitQR finds the widest quiet zone that the screen has room for, if possible
// with rows of words below the code, and how many rows are then left. The quiet
// zone is 0 where the code does not fit at all.
func (a *App) fitQR(code qr.Code, words int) (quiet, rest int) {
	for ; words >= 0; words-- {
		for quiet := qr.QuietZone; quiet >= leastQuiet; quiet-- {
			columns, rows := code.TerminalSize(qr.Options{QuietZone: quiet})
			rest := a.Height - promptRows - rows
			wide, high := a.Width == 0 || columns <= a.Width, a.Height == 0 || rest >= words
			if wide && high {
				return quiet, max(rest, words)
			}
		}
	}
	return 0, 0
}

// leastQuiet is the narrowest quiet zone that phones read, in modules.
const leastQuiet = 2

// qrCaption is the number and the sum on one line; of the words only those that
// fit the line. There is none on a screen too narrow for the number.
func (a *App) qrCaption(inv store.Invoice) []string {
	sum := a.sum(inv.Amount)
	if inv.Reusable() {
		sum = a.bounds(inv)
	}
	number, status := inv.Number.String(), a.status(inv.Status.String())
	for _, words := range [][]string{
		{a.say(labelInvoice) + " " + number, sum, status}, {number, sum, status}, {number, sum}, {number},
	} {
		if line := strings.Join(words, columnGap); a.Width == 0 || cells(line) <= a.Width {
			return []string{line}
		}
	}
	return nil
}

// rowsOf is how many rows of the screen a line takes.
func (a *App) rowsOf(line string) int {
	if a.Width == 0 {
		return 1
	}
	return max(1, (cells(line)+a.Width-1)/a.Width)
}

// tooSmall gives the link instead of a code that could not be read.
func (a *App) tooSmall(code qr.Code, link string) error {
	if err := a.print(foreign(link) + "\n"); err != nil {
		return err
	}
	columns, rows := code.TerminalSize(qr.Options{QuietZone: leastQuiet})
	need := fmt.Sprintf("%d×%d", columns, rows+promptRows)
	have := fmt.Sprintf("%d×%d", a.Width, a.Height)
	return &fault{code: "screen_too_small", exit: exitFailed, says: lang.Text{
		UZ: "terminal " + have + ", kodga esa " + need + " kerak", RU: "терминал " + have + ", а коду нужно " + need, EN: "the terminal is " + have + ", the code needs " + need,
	}, hint: lang.Text{
		UZ: "terminalni kattalashtiring yoki faylga yozing: --out code.png", RU: "увеличьте терминал или запишите в файл: --out code.png", EN: "enlarge it, or write a file: --out code.png",
	}}
}

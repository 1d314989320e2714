package tui

import (
	"errors"
	"io/fs"
	"syscall"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// explain says what went wrong, and what to do about it where that is known,
// in the reader's language.
func (d *desk) explain(err error) (says, hint string) {
	var (
		ledger *store.Error
		amount *money.ParseError
		paper  *poster.Refusal
		system inWords
	)
	switch {
	case errors.As(err, &ledger) && ledger.Code == store.SystemClosed && ledger.Status == string(store.Paused) && d.Settings != nil:
		return ledger.Message(d.Lang), d.fill(goOnHere, "{key}", keys.KeyOf(keys.ToSettings), "{settings}", d.say(settingsTitle))
	case errors.As(err, &ledger) && ledger.Code == store.MoneyUndecided:
		return ledger.Message(d.Lang), d.fill(decideHere, "{key}", keys.KeyOf(keys.ToDecide), "{today}", d.say(todayTitle))
	case errors.As(err, &ledger):
		return ledger.Message(d.Lang), ledger.Hint(d.Lang)
	case errors.As(err, &amount):
		return amount.In(d.Lang), ""
	case errors.As(err, &paper):
		return d.say(paper.Says), d.say(paper.Hint)
	case errors.As(err, &system):
		return look.Foreign(system.In(d.Lang)), look.Foreign(system.HintIn(d.Lang))
	}
	for _, known := range systemCauses {
		if errors.Is(err, known.err) {
			return d.say(known.says), ""
		}
	}
	return look.Foreign(err.Error()), ""
}

// goOnHere says where in the console a paused payment system is let go on.
var goOnHere = lang.Text{
	UZ: "{key} ekranida ({settings}) yoqing yoki bu turdagi to‘lovni boshqa tizimga yo‘naltiring",
	RU: "включите её на экране {key} ({settings}) или направьте этот вид платежей в другую систему",
	EN: "let it go on in screen {key} ({settings}), or route this kind of payment elsewhere",
}

// decideHere says where in the console it is decided about money.
var decideHere = lang.Text{
	UZ: "avval o‘sha pul haqida qaror qiling: {key}, «{today}» ekranida",
	RU: "сначала решите, что с этими деньгами: {key} на экране «{today}»",
	EN: "decide about that money first: {key} in screen {today}",
}

// inWords is a failure of a payment system, which people should read: see
// store.Dealer.
type inWords interface {
	In(l lang.Lang) string
	HintIn(l lang.Lang) string
}

// systemCauses are the system's refusals that staff may meet when a picture or
// a slip is saved.
var systemCauses = []struct {
	err  error
	says lang.Text
}{
	{fs.ErrPermission, lang.Text{UZ: "bu papkaga yozishga ruxsat yo‘q", RU: "в эту папку нельзя писать", EN: "this folder can't be written to"}},
	{fs.ErrNotExist, lang.Text{UZ: "bunday papka yo‘q", RU: "такой папки нет", EN: "there is no such folder"}},
	{syscall.ENOSPC, lang.Text{UZ: "diskda joy qolmadi", RU: "на диске нет места", EN: "the disk is full"}},
}

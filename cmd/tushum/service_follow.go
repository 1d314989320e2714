package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
)

// settingsEvery is how often it is looked whether the settings file was edited. One
// that is still being written is left alone until it rests for as long.
const settingsEvery = time.Second

// toldSettings is what there is to say about the settings file.
type toldSettings struct {
	mu      sync.Mutex
	refused []store.Warning
	waiting []store.Warning
}

// warnings are told with the others, by the watchman.
func (t *toldSettings) warnings() []store.Warning {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append(t.refused[:len(t.refused):len(t.refused)], t.waiting...)
}

// refuse says why the file as it stands is not in force; nil that it is. news
// tells whether that was not known before.
func (t *toldSettings) refuse(err error, now store.Instant) (news bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	before := t.refused
	t.refused = nil
	if err == nil {
		return len(before) > 0
	}
	says, hint := inAll(err)
	w := store.Warning{Code: store.SettingsRefused, Since: now, Says: with(sayOldHold, says), Hint: hint}
	if len(before) > 0 && before[0].Says == w.Says {
		t.refused = before
		return false
	}
	t.refused = []store.Warning{w}
	return true
}

// wait says which settings wait for the next start.
func (t *toldSettings) wait(keys []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting = nil
	if all := strings.Join(keys, ", "); all != "" {
		t.waiting = []store.Warning{{Code: store.SettingsWaiting, Says: with(sayWaiting, lang.Text{UZ: all, RU: all, EN: all}), Hint: hintRestart}}
	}
}

var (
	sayOldHold = lang.Text{
		UZ: "yangi sozlamalar qabul qilinmadi, eskilari amal qilmoqda: ",
		RU: "новые настройки не приняты, действуют прежние: ",
		EN: "the new settings are refused, the old ones hold: ",
	}
	sayWaiting = lang.Text{
		UZ: "qayta ishga tushirilgandan keyin amal qiladi: ",
		RU: "вступит в силу после перезапуска: ",
		EN: "takes effect at the next start: ",
	}
	hintRestart = lang.Text{
		UZ: "mijozlar kam paytda dasturni qayta ishga tushiring",
		RU: "перезапустите программу, когда клиентов мало",
		EN: "restart the program when few customers are there",
	}
)

// stamp is what a file looked like. The zero value is that of a file that was
// not looked at.
type stamp struct {
	info fs.FileInfo // nil: there was none
	err  string      // why
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{err: err.Error()}
	}
	return stamp{info: info}
}

func (a stamp) same(b stamp) bool {
	if a.info == nil || b.info == nil {
		return a.info == b.info && a.err == b.err
	}
	return os.SameFile(a.info, b.info) && a.info.Size() == b.info.Size() && a.info.ModTime().Equal(b.info.ModTime()) && a.info.Mode() == b.info.Mode()
}

// followSettings puts the file in force whenever somebody has edited it.
func (s *service) followSettings(ctx context.Context) {
	tick := time.NewTicker(settingsEvery)
	defer tick.Stop()
	var read, last stamp // it may have been edited since it was read for the start
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := stampOf(s.Settings)
		resting := now.same(last)
		if last = now; resting && !now.same(read) {
			read = now
			if isOutside(s.reload()) {
				read = stamp{} // the cause may go away without an edit
			}
		}
	}
}

// errKeysGone refuses a file that has lost the bank's keys, as one does that was
// emptied or cut off while it was written: every payment would be refused.
var errKeysGone = &fault{code: codeConfig, exit: exitUsage, says: lang.Text{
	UZ: "faylda bank kalitlari yo‘q", RU: "в файле нет ключей банка", EN: "the bank's keys are gone from the file",
}, hint: lang.Text{
	UZ: "oldingi nusxasi yonida, .old bilan tugaydi; bankni uzish uchun [uzum] enabled = false yozing va kalitlarni qoldiring",
	RU: "прежний файл лежит рядом и кончается на .old; чтобы отключить банк, напишите [uzum] enabled = false и оставьте ключи",
	EN: "the file as it was lies beside it and ends in .old; to disconnect the bank write enabled = false under [uzum] and leave the keys",
}}

// isOutside tells of a cause that is not in the file: a port in use, a
// certificate that is not there yet.
func isOutside(err error) bool {
	var inside config.Errors
	return err != nil && !errors.As(err, &inside)
}

// reload puts the settings file in force as it stands. One that can't be used is
// told, and changes nothing.
func (s *service) reload() error {
	s.changing.Lock()
	defer s.changing.Unlock()
	cfg, err := config.Load(s.Settings)
	switch {
	case err == nil:
		err = s.exchange(cfg)
	case errors.Is(err, fs.ErrNotExist) && s.shop.cfg().Path == "":
		err = nil // there has never been one
	}
	if news := s.told.refuse(err, store.At(s.Now())); news && err != nil {
		says, _ := inAll(err)
		s.Log.Error("the settings file was edited and can't be used; the old settings hold", "err", says.EN)
	}
	return err
}

// exchange puts settings in force that differ from those that are.
func (s *service) exchange(cfg config.Config) error {
	if reflect.DeepEqual(cfg, s.shop.cfg()) {
		s.told.wait(nil)
		return nil
	}
	if s.shop.cfg().Uzum.FilledIn() && !cfg.Uzum.FilledIn() {
		return errKeysGone
	}
	c, err := s.prepare(cfg)
	if err != nil {
		return err
	}
	if err := s.commit(c); err != nil {
		return err
	}
	s.Log.Info("new settings are in force", "listening", s.URL(), "pay_page", linksOf(c.cfg).PayHere(), "waiting", strings.Join(c.waiting, " "))
	return nil
}

// inAll is an error's sentence and hint in every language.
func inAll(err error) (says, hint lang.Text) {
	in := func(l lang.Lang) (string, string) {
		a := App{lang: l}
		_, troubles := a.explain(nil, err)
		if len(troubles) == 0 { // it was interrupted
			return err.Error(), ""
		}
		return troubles[0].says, troubles[0].hint
	}
	says.UZ, hint.UZ = in(lang.UZ)
	says.RU, hint.RU = in(lang.RU)
	says.EN, hint.EN = in(lang.EN)
	return says, hint
}

// with puts a text behind another.
func with(t, more lang.Text) lang.Text {
	return lang.Text{UZ: t.UZ + more.UZ, RU: t.RU + more.RU, EN: t.EN + more.EN}
}

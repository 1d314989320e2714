package setup

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
)

// Desk is where the settings of one shop are changed.
type Desk struct {
	Path    string // of the settings file, which need not be there yet
	Example []byte // what the first one is made of
	// Language is the shop's as long as there is no file: the first one keeps it;
	// empty: that of Example.
	Language lang.Lang
	Now      func() time.Time // the clock: a fee that changes does so from today on
	Systems  []store.Profile  // the payment systems, for what is said of them
	// Keep writes the file down, and says which settings wait for the next start;
	// nil: File.Save does, and none wait.
	Keep func(*config.File) (waiting []string, err error)
}

// Open reads the settings to change them: those of the file, or those it is to
// begin with. The error is a config.Errors.
func (d Desk) Open() (*config.File, config.Config, error) {
	f, err := config.OpenFile(d.Path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = d.first()
	}
	if err != nil {
		return nil, config.Config{}, err
	}
	cfg, err := f.Config()
	return f, cfg, err
}

// first is the file where there is none yet.
func (d Desk) first() (*config.File, error) {
	f := config.NewFile(d.Path, d.Example)
	if d.Language == "" {
		return f, nil
	}
	return f, f.Set("shop.language", config.Text(string(d.Language)))
}

// Save checks answers, and the files that they name, and puts them into the
// settings file; what they lack stays as it is. A fee that changes does so from today on, unless the answers
// name another day. The error is a *Wrong about an answer, a config.Errors about
// the settings that they would make, or Keep's. With an error nothing has
// changed, unless Saved has a sheet: then Keep had written the file before.
func (d Desk) Save(given Answers) (Saved, error) {
	f, cfg, err := d.Open()
	if err != nil {
		return Saved{}, err
	}
	was := From(cfg)
	now, err := Cleaned(d.Systems, was, given)
	if err != nil {
		return Saved{}, err
	}
	if err = d.checkFiles(was, now); err != nil {
		return Saved{}, err
	}
	saved := Saved{Missing: Missing(now)}
	if now, saved.Held, err = d.prepared(was, now, cfg.Shop.Location); err != nil {
		return Saved{}, err
	}
	if err = Write(f, was, now); err != nil {
		return Saved{}, err
	}
	if cfg, err = f.Config(); err != nil {
		return Saved{}, named(err)
	}
	if saved.Waiting, err = d.keep(f); err != nil && !d.written(f) {
		return Saved{}, err
	}
	saved.Sheet = SheetOf(cfg)
	saved.Sheet.Password = now[UzumPassword]
	return saved, err
}

// written reports whether the settings file is f, whatever became of it else.
// A password that was made must be told then: the file has its hash alone.
func (d Desk) written(f *config.File) bool {
	now, err := config.OpenFile(d.Path)
	return err == nil && bytes.Equal(now.Text(), f.Text())
}

func (d Desk) keep(f *config.File) ([]string, error) {
	if d.Keep == nil {
		return nil, f.Save()
	}
	return d.Keep(f)
}

// prepared are answers as they are written: with the pair that was asked for,
// and with a day for fees that change. What connects the bank is held back as
// long as a part of it is missing, for the settings take it together or not at
// all.
func (d Desk) prepared(was, now Answers, zone *time.Location) (ready, held Answers, err error) {
	wanted := wantsBank(now)
	if lacksBank(now) {
		held = heldBack(was, now)
		if !wanted {
			held = nil
		}
	} else if now[UzumPair] == Yes {
		now[UzumLogin], now[UzumPassword], err = NewPair()
	}
	if now[TariffFrom] == "" {
		now[TariffFrom] = d.Now().In(zone).Format(time.DateOnly)
	}
	return now, held, err
}

func heldBack(was, now Answers) Answers {
	held := make(Answers)
	for _, id := range []ID{UzumServiceID, UzumPair, UzumLogin, UzumPassword, PasswordHash} {
		if now[id] != was[id] {
			held[id] = now[id]
		}
		delete(now, id)
		if before, there := was[id]; there {
			now[id] = before
		}
	}
	return held
}

// Wrong is an answer that its check refuses.
type Wrong struct {
	ID   ID
	Err  *config.Error
	Mend Answers // what to answer as well, where that is known
}

func (w *Wrong) Error() string { return string(w.ID) + ": " + w.Err.Error() }

// refused is a Wrong that another answer or the settings are the reason for.
func refused(id ID, says, hint lang.Text) error {
	return &Wrong{ID: id, Err: &config.Error{Msg: says, Hint: hint}}
}

// named puts what is wrong with settings that were not written down to the
// answer that it came by. Their lines are in no file, so they are left out.
func named(err error) error {
	var all config.Errors
	if !errors.As(err, &all) {
		return err
	}
	for _, e := range all {
		if id, ok := Asks(e.Key); ok {
			return refused(id, e.Msg, e.Hint)
		}
	}
	told := make(config.Errors, len(all))
	for i, e := range all {
		told[i] = &config.Error{Key: e.Key, Msg: e.Msg, Hint: e.Hint}
	}
	return told
}

// Unwrap gives what the check says.
func (w *Wrong) Unwrap() error { return w.Err }

// Cleaned puts every answer that is not what it was through its check, with the
// others as they will be, and returns all of them. What the other answers make
// pointless is dropped unseen. The error is a *Wrong about the first that is
// refused.
func Cleaned(systems []store.Profile, was, given Answers) (Answers, error) {
	all := maps.Clone(was)
	maps.Copy(all, given)
	for _, id := range known() {
		delete(all, id)
		if says, there := was[id]; there {
			all[id] = says
		}
	}
	questions := Questions(systems)
	// Who makes the pair, and who does HTTPS on which address, decides what else
	// counts.
	slices.SortStableFunc(questions, func(a, b Question) int { return weight(a.ID) - weight(b.ID) })
	for _, q := range questions {
		if emptied := all[q.ID] == "" && !q.IsAsked(all); all[q.ID] != was[q.ID] && !emptied {
			answer, err := checked(q, all)
			if err != nil {
				return nil, err
			}
			all[q.ID] = answer
		}
		if q.ID == HTTPS {
			all = settled(was, all)
		}
		if q.ID == UzumPair && all[UzumPair] == Yes {
			all[UzumLogin] = was[UzumLogin]
			delete(all, UzumPassword)
			delete(all, PasswordHash)
		}
	}
	if err := agreed(systems, all); err != nil {
		return nil, err
	}
	return settled(was, all), spare(all)
}

func weight(id ID) int {
	switch id {
	case UzumPair, PublicURL, ListenAddress, HTTPS:
		return 0
	}
	return 1
}

func checked(q Question, all Answers) (string, error) {
	answer, err := q.Check(all[q.ID], all)
	var (
		refusal *Wrong
		says    *config.Error
	)
	switch {
	case errors.As(err, &refusal):
		return "", &Wrong{ID: q.ID, Err: refusal.Err, Mend: refusal.Mend}
	case errors.As(err, &says):
		return "", &Wrong{ID: q.ID, Err: says}
	}
	return answer, err
}

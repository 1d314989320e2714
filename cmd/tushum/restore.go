package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/store/bolt"
)

var restoreSpec = spec{
	use: "restore FILE", ledger: true,
	short: lang.Text{UZ: "daftarni nusxadan tiklash", RU: "восстановить книгу из копии", EN: "put a backup in the ledger's place"},
	long: lang.Text{
		UZ: "Nusxani tekshiradi va daftar o‘rniga qo‘yadi. Avvalgi fayl yonida saqlanadi. Nusxadan keyin berilgan hisob raqamlari qayta berilmaydi.",
		RU: "Проверяет копию и ставит её на место книги. Прежний файл остаётся рядом. Номера счетов, выданные после копии, повторно не выдаются.",
		EN: "Verifies a backup and puts it in the ledger's place. The file that was there is kept beside it. Invoice numbers handed out since the backup are not handed out again.",
	},
	doing: lang.Text{UZ: "nusxadan tiklash", RU: "восстановление из копии", EN: "restoring a backup"},
}

func (a *App) restoreCommand() *cobra.Command {
	return a.command(restoreSpec, func(ctx context.Context, args []string) error {
		src := a.abs(args[0])
		if _, err := os.Stat(src); err != nil {
			return err
		}
		opened := false
		err := a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			opened = true
			return a.restore(ctx, s, src)
		})
		if a.shop != nil || opened || !canReplace(err) {
			return err
		}
		return a.restoreFile(ctx, src, err)
	})
}

// canReplace tells whether a store that can't be opened may be replaced by a
// backup. A newer one may not: the program has to be updated.
func canReplace(err error) bool {
	c := store.CodeOf(err)
	return c == store.Damaged || c == store.NotAStore
}

func (a *App) restore(ctx context.Context, s *shop, src string) error {
	r := restored{File: src}
	var err error
	if r.Kept, err = s.Restore(ctx, src); err != nil {
		return badBackup(err)
	}
	// A store that was open a moment ago can be read; if not, what is kept is told.
	if n, until, err := s.Missing(ctx, r.Kept); err == nil {
		r.Missing, r.Until = &n, until
	}
	return a.tellRestored(r, s.Rules().Calendar)
}

// restoreFile restores over a store that can't be opened.
func (a *App) restoreFile(ctx context.Context, src string, cause error) error {
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	path, err := a.storePath(cfg)
	if err != nil {
		return err
	}
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return cause
	}
	rules := rulesOf(cfg, systemsOf(cfg))
	kept, err := bolt.RestoreFile(ctx, path, src, bolt.Options{Rules: rules, Now: a.Now, Checker: a.Checker, Wait: openWait})
	if err != nil {
		return badBackup(err)
	}
	return a.tellRestored(restored{File: src, Kept: kept}, rules.Calendar)
}

// badBackup tells of a backup that can't be used as of the backup: the ledger
// is as it was.
func badBackup(err error) error {
	var bad *bolt.BackupError
	if !errors.As(err, &bad) {
		return err
	}
	f := aboutFile(bad.File, bad.Err)
	f.hint = lang.Text{
		UZ: "daftarga tegilmadi; boshqa nusxani bering", RU: "книга не изменена; укажите другую копию", EN: "the ledger was left as it is; give another backup",
	}
	if store.CodeOf(bad.Err) == store.Newer {
		f.hint = lang.Text{
			UZ: "daftarga tegilmadi; dasturni yangilang", RU: "книга не изменена; обновите программу", EN: "the ledger was left as it is; update the program",
		}
	}
	f.code = codeBackup
	return f
}

// codeBackup is for scripts: the backup is at fault, and not the ledger.
const codeBackup = "backup_unusable"

// restored is what a restore has done.
type restored struct {
	File    string        `json:"file"`
	Kept    string        `json:"kept"`
	Missing *uint64       `json:"missing_events,omitempty"` // left out when the old ledger can't be read
	Until   store.Instant `json:"missing_until,omitzero"`
}

func (a *App) tellRestored(r restored, calendar store.Calendar) error {
	if a.flags.json {
		return a.printJSON(r)
	}
	says := a.say(lang.Text{UZ: "daftar tiklandi", RU: "книга восстановлена", EN: "the ledger is restored"}) + "; "
	switch {
	case r.Missing == nil:
		says += a.say(lang.Text{
			UZ: "avvalgisini o‘qib bo‘lmaydi, shuning uchun nima yo‘qolgani noma’lum", RU: "прежняя не читается, поэтому неизвестно, чего в копии не хватает", EN: "the one before can't be read, so what the backup lacks is not known",
		}) + "; "
	case *r.Missing > 0:
		says += fmt.Sprintf(a.say(lang.Text{
			UZ: "nusxada yo‘q keyingi voqealar: %d, oxirgisi %s", RU: "более новых событий, которых нет в копии: %d, последнее %s", EN: "newer events that are not in the backup: %d, up to %s",
		}), *r.Missing, calendar.Show(r.Until)) + "; "
	}
	says += a.say(lang.Text{UZ: "avvalgisi saqlandi: ", RU: "прежняя сохранена: ", EN: "the one before is kept: "}) + r.Kept
	return a.print(oneLine(says) + "\n")
}

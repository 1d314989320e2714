package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/store/bolt"
)

var backupSpec = spec{
	use: "backup FILE", ledger: true,
	short: lang.Text{UZ: "daftardan tekshirilgan nusxa olish", RU: "сделать проверенную копию книги", EN: "write a verified copy of the ledger"},
	long: lang.Text{
		UZ: "Daftarning shu ondagi nusxasini yozadi, ish to‘xtamaydi. Nusxa diskka yozilib, ochib tekshirilgandan keyingina nom oladi; mavjud fayl almashtirilmaydi.",
		RU: "Пишет копию книги на этот момент, не останавливая работу. Копия получает имя, только когда она на диске, открыта и проверена; существующий файл не заменяется.",
		EN: "Writes a copy of the ledger as it is at this moment while work goes on. It gets its name only when it is on disk and has been opened and verified; a file that is there is never replaced.",
	},
	doing: lang.Text{UZ: "nusxa olish", RU: "создание копии", EN: "making a backup"},
}

func (a *App) backupCommand() *cobra.Command {
	return a.command(backupSpec, func(ctx context.Context, args []string) error {
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			path := a.abs(args[0])
			if err := folderOf(path); err != nil {
				return err
			}
			if err := s.Backup(ctx, path); err != nil {
				return err
			}
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			return a.tell(struct {
				File  string `json:"file"`
				Bytes int64  `json:"bytes"`
			}{path, info.Size()}, lang.Text{UZ: "nusxa tayyor va tekshirilgan: %s", RU: "копия готова и проверена: %s", EN: "the backup is written and verified: %s"}, path)
		})
	})
}

// folderOf tells early that the folder of a file is not there.
func folderOf(path string) error {
	info, err := os.Stat(filepath.Dir(path))
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "stat", Path: filepath.Dir(path), Err: errors.New("not a folder")}
	}
	return err
}

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
		err := a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			kept, err := s.Restore(ctx, src)
			if err != nil {
				return err
			}
			return a.tellRestored(src, kept)
		})
		if a.shop != nil || !canReplace(err) {
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

// restoreFile restores over a store that can't be opened. When that fails too,
// because the backup is no better for instance, both reasons are told.
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
	kept, err := bolt.RestoreFile(ctx, path, src, bolt.Options{Rules: rulesOf(cfg), Now: a.Now, Checker: a.Checker})
	if err != nil {
		return err
	}
	return a.tellRestored(src, kept)
}

func (a *App) tellRestored(src, kept string) error {
	return a.tell(struct {
		File string `json:"file"`
		Kept string `json:"kept"`
	}{src, kept}, lang.Text{
		UZ: "daftar tiklandi; avvalgisi saqlandi: %s", RU: "книга восстановлена; прежняя сохранена: %s", EN: "the ledger is restored; the one before is kept: %s",
	}, kept)
}

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
			err := folderOf(path)
			if err == nil {
				err = s.Backup(ctx, path)
			}
			if err != nil {
				return unwritten(path, err)
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

// unwritten tells which backup could not be written. An error with a code is
// about the ledger, or the disk, and speaks for itself.
func unwritten(path string, err error) error {
	switch {
	case store.CodeOf(err) != "":
		return err
	case errors.Is(err, fs.ErrNotExist):
		return &fault{code: codeFailed, exit: exitFailed, says: lang.Text{
			UZ: path + ": bunday papka yo‘q", RU: path + ": нет такой папки", EN: path + ": no such folder",
		}, hint: lang.Text{
			UZ: "avval papkani oching yoki boshqa joyni tanlang", RU: "сначала создайте папку или выберите другое место", EN: "make the folder first, or choose another place",
		}}
	case errors.Is(err, fs.ErrExist):
		return &fault{code: codeFailed, exit: exitFailed, says: lang.Text{
			UZ: path + ": fayl allaqachon bor, u o‘zgartirilmadi", RU: path + ": файл уже есть, он не изменён", EN: path + ": the file is there already and was left as it is",
		}, hint: lang.Text{
			UZ: "uni o‘chiring yoki boshqa nom tanlang", RU: "удалите его или выберите другое имя", EN: "remove it or choose another name",
		}}
	}
	return err
}

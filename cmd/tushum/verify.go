package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/store/bolt"
)

var verifySpec = spec{
	use: "verify [FILE]", ledger: true,
	short: lang.Text{UZ: "daftar yoki nusxani tekshirish", RU: "проверить книгу или копию", EN: "verify the ledger or a backup"},
	long: lang.Text{
		UZ: "Fayl tuzilishini, har bir yozuvning nazorat yig‘indisini, voqealar zanjirini va daftar qoidalarini tekshiradi, jamlanmalarni boshidan hisoblaydi. Xato topilsa, 5 kodi bilan tugaydi.",
		RU: "Проверяет устройство файла, контрольную сумму каждой записи, цепочку событий и правила книги, пересчитывает итоги заново. Если находит ошибки, завершается с кодом 5.",
		EN: "Checks the file's structure, every record's checksum, the chain of events and every rule of the ledger, and recomputes the totals from scratch. It ends with exit code 5 when anything is wrong.",
	},
	doing: lang.Text{UZ: "tekshirish", RU: "проверка", EN: "verifying"},
}

func (a *App) verifyCommand() *cobra.Command {
	return a.command(verifySpec, func(ctx context.Context, args []string) error {
		if a.shop != nil {
			return a.verifyShop(ctx, a.shop)
		}
		if len(args) == 1 && !a.isStore(a.abs(args[0])) {
			return a.verifyFile(ctx, a.abs(args[0]))
		}
		return a.verifyStore(ctx)
	})
}

// verifyFile verifies a file that is not the ledger, a backup most often.
func (a *App) verifyFile(ctx context.Context, path string) error {
	report, err := bolt.VerifyFile(ctx, path, a.Checker)
	if err == nil {
		err = a.tellReport(report, nil)
	}
	if err == nil || errors.As(err, new(exited)) || store.CodeOf(err) == "" {
		return err
	}
	f := aboutFile(path, err)
	if c := store.CodeOf(err); c == store.Damaged || c == store.NotAStore {
		f.hint = lang.Text{UZ: "undan tiklab bo‘lmaydi; boshqa nusxani oling", RU: "восстановить из него нельзя; возьмите другую копию", EN: "nothing can be restored from it; take another backup"}
	}
	return f
}

// isStore tells whether a file is the ledger itself, which a service may hold.
func (a *App) isStore(path string) bool {
	cfg, err := a.settings()
	if err != nil {
		return false
	}
	own, err := a.storePath(cfg)
	if err != nil {
		return false
	}
	one, err := os.Stat(own)
	if err != nil {
		return false
	}
	other, err := os.Stat(path)
	return err == nil && os.SameFile(one, other)
}

// verifyStore verifies the ledger's file as it lies there, without opening it
// for writing; or has the service do it.
func (a *App) verifyStore(ctx context.Context) error {
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	path, err := a.storePath(cfg)
	if err != nil {
		return err
	}
	return a.attachOr(ctx, path, a.handOver, func() error {
		report, err := bolt.VerifyFile(ctx, path, a.Checker)
		return a.tellReport(report, noLedger(err))
	})
}

func (a *App) verifyShop(ctx context.Context, s *shop) error {
	report, err := s.Verify(ctx)
	return a.tellReport(report, err)
}

// noLedger words that there is no ledger yet.
func noLedger(err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return &fault{code: string(store.Unusable), exit: exitUnavailable, says: lang.Text{UZ: "bunday fayl yo‘q", RU: "нет такого файла", EN: "there is no such file"},
		hint: lang.Text{UZ: "birinchi hisob yoki tushum serve daftarni yaratadi", RU: "книгу создаст первый счёт или tushum serve", EN: "the first invoice, or tushum serve, makes the ledger"}}
}

// fileWords say what is wrong with a file that is not the ledger.
var fileWords = map[store.Code]lang.Text{
	store.Damaged:   {UZ: "fayl shikastlangan", RU: "файл повреждён", EN: "the file is damaged"},
	store.NotAStore: {UZ: "bu Tushum ma’lumotlar ombori emas", RU: "это не хранилище Tushum", EN: "it is not a Tushum store"},
	store.Newer:     {UZ: "fayl dasturning yangiroq versiyasida yozilgan", RU: "файл записан более новой версией программы", EN: "the file was written by a newer version of the program"},
	store.Locked:    {UZ: "faylni boshqa dastur band qilgan", RU: "файл занят другой программой", EN: "the file is held by another program"},
}

// aboutFile tells of a file that the reader has named: what is wrong is wrong
// with it, and not with the ledger.
func aboutFile(path string, err error) *fault {
	code := store.CodeOf(err)
	f := &fault{code: string(code), exit: exitUnavailable, err: err}
	words := fileWords[code]
	var ledger *store.Error
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.err, words = nil, lang.Text{UZ: "bunday fayl yo‘q", RU: "нет такого файла", EN: "no such file"}
		f.hint = lang.Text{UZ: "fayl nomini tekshiring", RU: "проверьте имя файла", EN: "check the name of the file"}
	case errors.Is(err, syscall.EISDIR):
		f.err, words = nil, lang.Text{UZ: "bu papka, fayl emas", RU: "это папка, а не файл", EN: "it is a folder, not a file"}
	case words == (lang.Text{}):
		words = lang.Text{UZ: "faylni o‘qib bo‘lmadi", RU: "файл не читается", EN: "the file can't be read"}
	case errors.As(err, &ledger):
		f.err = ledger.Err
		if ledger.Detail != "" {
			f.err = errors.New(ledger.Detail)
		}
	}
	if f.code == "" {
		f.code = codeFailed
	}
	f.says = lang.Text{UZ: path + ": " + words.In(lang.UZ), RU: path + ": " + words.In(lang.RU), EN: path + ": " + words.In(lang.EN)}
	return f
}

// tellReport shows what a verification found; problems are a failure.
func (a *App) tellReport(r bolt.Report, err error) error {
	if err != nil {
		return err
	}
	if a.flags.json {
		if r.Problems == nil {
			r.Problems = []bolt.Problem{}
		}
		err = a.printJSON(r)
	} else {
		err = a.print(a.reportText(r))
	}
	if err != nil || len(r.Problems) == 0 {
		return err
	}
	if a.flags.json { // the report is the answer
		return exited(exitUnavailable)
	}
	return &store.Error{Code: store.Damaged}
}

func (a *App) reportText(r bolt.Report) string {
	var b strings.Builder
	for _, p := range r.Problems {
		b.WriteString(foreign(p.String()) + "\n")
	}
	verdict := lang.Text{UZ: "hammasi joyida", RU: "всё в порядке", EN: "all is well"}
	if len(r.Problems) > 0 {
		verdict = lang.Text{UZ: "xatolar bor", RU: "есть ошибки", EN: "there are problems"}
	}
	fmt.Fprintf(&b, a.say(lang.Text{
		UZ: "%s: hisoblar %d, to‘lovlar %d, voqealar %d, bank chaqiruvlari %d, %d bayt\n",
		RU: "%s: счетов %d, платежей %d, событий %d, вызовов банка %d, %d байт\n",
		EN: "%s: %d invoices, %d transactions, %d events, %d calls, %d bytes\n",
	}), a.say(verdict), r.Invoices, r.Transactions, r.Events, r.Calls, r.Bytes)
	return b.String()
}

// checkStructureName is the hidden command that verifies a file in a process of
// its own, which a damaged file may end.
const checkStructureName = "check-structure"

func (a *App) checkStructureCommand() *cobra.Command {
	return a.command(spec{use: checkStructureName + " FILE", hidden: true, short: lang.Text{EN: "verify a file and answer in JSON, for tushum itself"}},
		func(_ context.Context, args []string) error {
			if code := bolt.CheckerMain(a.abs(args[0]), a.Stdout); code != exitDone {
				return exited(code)
			}
			return nil
		})
}

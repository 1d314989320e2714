package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
)

var compactSpec = spec{
	use: "compact", ledger: true,
	short: lang.Text{UZ: "daftar faylini ixchamlash", RU: "сжать файл книги", EN: "rewrite the ledger without its free pages"},
	long: lang.Text{
		UZ: "Faylni bo‘sh joylarsiz qayta yozadi va almashtirishdan oldin tekshiradi. Bu paytda to‘lovlar kutib turadi: har 100 MB uchun taxminan bir soniya.",
		RU: "Переписывает файл без пустых мест и проверяет его перед заменой. Платежи в это время ждут: около секунды на каждые 100 МБ.",
		EN: "Rewrites the file without its free pages and verifies it before it takes the old one's place. Payments wait meanwhile: about a second for each 100 MB.",
	},
	doing: lang.Text{UZ: "ixchamlash", RU: "сжатие", EN: "compacting"},
}

func (a *App) compactCommand() *cobra.Command {
	return a.command(compactSpec, func(ctx context.Context, _ []string) error {
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			before, after, err := s.Compact(ctx)
			if err != nil {
				return err
			}
			return a.tell(struct {
				Before int64 `json:"before"`
				After  int64 `json:"after"`
			}{before, after}, lang.Text{UZ: "%d bayt edi, %d bo‘ldi", RU: "было %d байт, стало %d", EN: "%d bytes before, %d after"}, before, after)
		})
	})
}

// tell answers with a sentence for people or an object for scripts.
func (a *App) tell(object any, sentence lang.Text, args ...any) error {
	if a.flags.json {
		return a.printJSON(object)
	}
	return a.print(oneLine(fmt.Sprintf(a.say(sentence), args...)) + "\n")
}

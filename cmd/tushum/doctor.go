package main

import (
	"context"
	"errors"
	"iter"

	"github.com/spf13/cobra"

	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/lang"
)

var doctorSpec = spec{
	use: "doctor", ledger: true,
	short: lang.Text{UZ: "hammasi ishga tayyorligini tekshirish", RU: "проверить, всё ли готово к работе", EN: "check that everything is ready for work"},
	long: lang.Text{
		UZ: "Sozlamalar, fayllarga ruxsatlar, soat, port, HTTPS, DNS, baza va diskni tekshiradi, so‘ng bank o‘rnida beshta vebxukni shu kompyuterda va internetdagi manzilda sinab ko‘radi. " +
			"Sinov to‘lovi daftarga ham, savdo puliga ham tushmaydi; jurnalga faqat paroli yo‘lda yo‘qolgan so‘rov yoziladi. Hech narsani tuzatmaydi; xato topilsa, 1 kodi bilan tugaydi.",
		RU: "Проверяет настройки, права на файлы, часы, порт, HTTPS, DNS, базу и диск, затем играет банк: пять вебхуков на этом компьютере и по адресу в интернете. " +
			"Пробный платёж не попадает ни в книгу, ни в выручку; в журнал попадает только запрос, пароль которого потерялся в пути. Ничего не исправляет; если находит ошибки, завершается с кодом 1.",
		EN: "Checks settings, file permissions, clock, port, HTTPS, DNS, store and disk, then plays the bank: the five webhooks on this machine and through the public URL. " +
			"The payment that is played comes into neither the ledger nor the takings; the journal gets no line but that of a call whose password was lost on the way. It mends nothing, and ends with exit code 1 when something has failed.",
	},
	doing: lang.Text{UZ: "tekshiruv", RU: "проверка", EN: "examining the shop"},
}

// examination looks a service over, and tries a pair where one is given.
type examination func(context.Context, *doctor.Pair) iter.Seq[doctor.Result]

// doctorFlags say which password of the bank is tried.
type doctorFlags struct{ login, passwordFile string }

func (a *App) doctorCommand() *cobra.Command {
	var f doctorFlags
	cmd := a.command(doctorSpec, func(ctx context.Context, _ []string) error {
		pair, err := a.bankPair(f)
		if err != nil {
			return err
		}
		if a.examine != nil {
			return a.tellExamination(ctx, a.examine(ctx, pair))
		}
		return a.doctor(ctx, pair)
	})
	cmd.Flags().StringVar(&f.passwordFile, "password-file", "", a.say(lang.Text{
		UZ: "bank parolini ham sinash: u yozilgan `FAYL`", RU: "проверить и пароль банка: `ФАЙЛ` с ним", EN: "try the bank's password as well: the `FILE` it is in",
	}))
	cmd.Flags().StringVar(&f.login, "login", "", a.say(lang.Text{
		UZ: "shu parolning `LOGIN`i; berilmasa, sozlamalardagi birinchisi", RU: "`ЛОГИН` к этому паролю; иначе первый из настроек", EN: "the `LOGIN` of that password; otherwise the first of the settings",
	}))
	return cmd
}

// bankPair is what the bank is said to call with; nil where it is not asked about.
func (a *App) bankPair(f doctorFlags) (*doctor.Pair, error) {
	switch f.passwordFile {
	case "":
		return nil, nil
	case "-":
		return nil, usage(lang.Text{UZ: "--password-file: fayl nomini bering", RU: "--password-file: укажите имя файла", EN: "--password-file: give the name of a file"})
	}
	password, err := a.passwordFrom(f.passwordFile)
	return &doctor.Pair{Login: f.login, Password: password}, err
}

// doctor has a running service examine itself; where there is none it starts one
// for as long as that takes.
func (a *App) doctor(ctx context.Context, pair *doctor.Pair) error {
	cfg, unreadable := a.settings()
	if unreadable != nil { // a service that runs goes on with those that it has
		cfg.Store.Path = storeNamed(a.settingsPath())
	}
	path, err := a.storePath(cfg)
	if err != nil {
		return err
	}
	s, handed, err := a.handOverOrStart(ctx, cfg, path)
	switch {
	case handed:
		return err
	case s != nil:
		s.awaitCertificate(ctx)
		examined := s.subject(pair)
		examined.Running = false
		return errors.Join(a.tellExamination(ctx, doctor.Examine(ctx, examined)), s.Close())
	case ctx.Err() != nil:
		return ctx.Err()
	case unreadable != nil:
		return a.tellExamination(ctx, doctor.Examine(ctx, a.unreadable(path)))
	}
	return a.doctorAlone(ctx, cfg, path, pair, err)
}

// handOverOrStart hands the command to the service that holds the store; where
// there is none it starts one, unless the settings can't be read.
func (a *App) handOverOrStart(ctx context.Context, cfg config.Config, path string) (s *service, handed bool, err error) {
	err = a.attachOr(ctx, path, func(ctx context.Context, client *controlClient) error {
		handed = true
		return a.handOver(ctx, client)
	}, func() (err error) {
		if _, err = a.settings(); err == nil {
			s, err = startService(cfg, serviceOptions{Path: path, Settings: a.settingsPath(), Now: a.Now, Checker: a.Checker, Holder: "tushum doctor"})
		}
		return err
	})
	return s, handed, err
}

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/password"
	"tushum/internal/setup"
)

var hashPasswordSpec = spec{
	use:   "hash-password",
	short: lang.Text{UZ: "parolni password_hash uchun xeshlash", RU: "получить password_hash из пароля", EN: "make a password_hash of a password"},
	long: lang.Text{
		UZ: "Parolni stdin dan o‘qiydi va sozlamalardagi password_hash uchun qiymatni chiqaradi. " +
			"Parol bir qatorda; boshidagi va oxiridagi bo‘sh joylar unga kirmaydi.",
		RU: "Читает пароль из stdin и печатает значение для password_hash в настройках. " +
			"Пароль — одна строка; пробелы до и после него к нему не относятся.",
		EN: "Reads a password on stdin and prints the value for password_hash in the settings. " +
			"A password is one line; spaces before and after it are no part of it.",
	},
	doing: lang.Text{UZ: "parolni xeshlash", RU: "хеширование пароля", EN: "hashing the password"},
}

func (a *App) hashPasswordCommand() *cobra.Command {
	return a.command(hashPasswordSpec, func(ctx context.Context, _ []string) error {
		secret, err := a.readPassword(ctx)
		if err != nil {
			return err
		}
		hash, err := password.Hash(secret)
		switch {
		case errors.Is(err, password.ErrEmpty):
			return usage(lang.Text{
				UZ: "parol bo‘sh: uni yozing yoki stdin orqali bering", RU: "пароль пуст: введите его или передайте через stdin", EN: "the password is empty: type it, or give it on stdin",
			})
		case err != nil:
			return err
		}
		if a.flags.json {
			return a.printJSON(struct {
				PasswordHash string `json:"password_hash"`
			}{hash})
		}
		return a.print(hash + "\n")
	})
}

// readPassword reads the password on stdin; from a terminal without showing it,
// and twice.
func (a *App) readPassword(ctx context.Context) ([]byte, error) {
	if f, ok := a.Stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return a.askPassword(ctx, int(f.Fd()))
	}
	text, err := untilInterrupted(ctx, func() ([]byte, error) { return a.passwordText("-") })
	if err != nil {
		return nil, err
	}
	return passwordIn(text)
}

// passwordLimit is longer than any password, in bytes.
const passwordLimit = 4096

// passwordText is what a file holds or, for -, stdin, of which a password is
// taken by setup.PasswordIn.
func (a *App) passwordText(name string) ([]byte, error) {
	reading := lang.Text{UZ: "parolni o‘qish", RU: "чтение пароля", EN: "reading the password"}
	from := a.Stdin
	if name != "-" {
		file, err := os.Open(a.abs(name))
		if err != nil {
			return nil, failed(reading, err)
		}
		// Nothing was written, so a failed close loses nothing.
		defer func() { _ = file.Close() }()
		from = file
	}
	text, err := io.ReadAll(io.LimitReader(from, passwordLimit))
	if err != nil {
		return nil, failed(reading, err)
	}
	return text, nil
}

// passwordIn is setup.PasswordIn in the words of a command.
func passwordIn(text []byte) ([]byte, error) {
	secret, err := setup.PasswordIn(string(text))
	var says *config.Error
	if errors.As(err, &says) {
		f := usage(says.Msg)
		f.hint = says.Hint
		return nil, f
	}
	return []byte(secret), err
}

// passwordGiven is the password in the file that a flag names.
func passwordGiven(flag string, text []byte) (string, error) {
	secret, err := passwordIn(text)
	var refused *fault
	switch {
	case errors.As(err, &refused):
		refused.says = aboutFlag(flag, refused.says)
		return "", refused
	case err == nil && len(secret) == 0:
		return "", usage(aboutFlag(flag, lang.Text{UZ: "bo‘sh", RU: "пусто", EN: "there is nothing in it"}))
	}
	return string(secret), err
}

func (a *App) askPassword(ctx context.Context, terminal int) ([]byte, error) {
	first, err := a.askOnce(ctx, terminal, lang.Text{UZ: "Parol: ", RU: "Пароль: ", EN: "Password: "})
	if err != nil {
		return nil, err
	}
	second, err := a.askOnce(ctx, terminal, lang.Text{UZ: "Yana bir marta: ", RU: "Ещё раз: ", EN: "Once more: "})
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(first, second) {
		return nil, usage(lang.Text{UZ: "parollar bir xil emas", RU: "пароли не совпадают", EN: "the two passwords differ"})
	}
	return passwordIn(first)
}

// askOnce asks on the terminal, and gives it back as it was whatever happens.
func (a *App) askOnce(ctx context.Context, terminal int, question lang.Text) ([]byte, error) {
	before, err := term.GetState(terminal)
	if err != nil {
		return nil, fmt.Errorf("asking for the password: %w", err)
	}
	if _, err := fmt.Fprint(a.Stderr, a.say(question)); err != nil {
		return nil, err
	}
	secret, err := untilInterrupted(ctx, func() ([]byte, error) { return term.ReadPassword(terminal) })
	fmt.Fprintln(a.Stderr)
	if err != nil {
		return nil, fmt.Errorf("asking for the password: %w", errors.Join(err, term.Restore(terminal, before)))
	}
	return secret, nil
}

// untilInterrupted waits for what is typed, or for ctx to end. Nothing else
// ends a read of a terminal, so it is then left behind.
func untilInterrupted(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type answer struct {
		text []byte
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		text, err := read()
		typed <- answer{text, err}
	}()
	select {
	case got := <-typed:
		return got.text, got.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

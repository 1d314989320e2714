package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"tushum/internal/clean"
	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// The exit codes of every command; scripts rely on them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2 // usage or settings
	exitNotFound    = 3
	exitRefused     = 4 // by a rule of the ledger
	exitUnavailable = 5 // the store: held by another program, damaged, disk full
	exitInterrupted = 130
)

// The codes for scripts of what is no refusal of the ledger.
const (
	codeUsage  = "usage"
	codeConfig = "config"
	// codeCertificate is about files and services beside the settings, which may be
	// there a moment later.
	codeCertificate = "certificate"
	codeFailed      = "failed"
	codeListen      = "listen"
	codeSystem      = "payment_system" // it failed, or can't be reached
)

// fault is a refusal of this program itself, in the reader's language. Refusals
// of the ledger are a store.Error, those of the settings a config.Error.
type fault struct {
	code string // for scripts, in --json
	exit int
	says lang.Text
	hint lang.Text
	err  error // the cause, if another error was
}

func (f *fault) Error() string { return f.says.In(lang.EN) }

func (f *fault) Unwrap() error { return f.err }

// systemFailure is what a payment system's failure says of itself.
type systemFailure interface {
	error
	In(l lang.Lang) string
	HintIn(l lang.Lang) string
}

// usage is a mistake on the command line.
func usage(says lang.Text) *fault { return &fault{code: codeUsage, exit: exitUsage, says: says} }

// failed is anything that went wrong and is neither a mistake of the reader nor
// a refusal of the ledger.
func failed(says lang.Text, err error) *fault {
	return &fault{code: codeFailed, exit: exitFailed, says: says, err: err}
}

// interrupted ends a command that the reader has broken off; there is nothing
// to tell them about it.
type interrupted struct{}

func (interrupted) Error() string { return "interrupted" }

// exited is the end of a command that a service has done: it has told
// everything there is to tell.
type exited int

func (e exited) Error() string { return fmt.Sprintf("the command ended with exit code %d", int(e)) }

// trouble is an error as people and scripts are told it.
type trouble struct {
	doing, says, hint string
	code              string
}

// report tells what went wrong and returns the exit code. It is the one place
// where errors become words for people.
func (a *App) report(cmd *cobra.Command, err error) int {
	var done exited
	if errors.As(err, &done) {
		return int(done)
	}
	exit, troubles := a.explain(cmd, err)
	for _, t := range troubles {
		fmt.Fprintf(a.Stderr, "tushum: %s%s\n", t.doing, t.says)
		if t.hint != "" {
			fmt.Fprintln(a.Stderr, a.hinted(t.hint))
		}
	}
	if a.flags.json && len(troubles) > 0 {
		a.writeErrorJSON(troubles[0])
	}
	return exit
}

var labelHint = lang.Text{UZ: "maslahat", RU: "подсказка", EN: "hint"}

// hinted is a line that says what to do about what the line before it says.
func (a *App) hinted(hint string) string { return a.say(labelHint) + ": " + hint }

func (a *App) writeErrorJSON(t trouble) {
	var answer struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	answer.Error.Code, answer.Error.Message = t.code, t.says
	enc := json.NewEncoder(a.Stdout)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(answer) // a closed stdout has no other place to tell it
}

// explain puts an error into words; several only for several things that are
// wrong with the settings.
func (a *App) explain(cmd *cobra.Command, err error) (exit int, troubles []trouble) {
	var (
		settings config.Errors
		ours     *fault
		ledger   *store.Error
		amount   *money.ParseError
		outside  systemFailure
	)
	t := trouble{doing: a.doing(cmd)}
	switch {
	case errors.As(err, new(interrupted)):
		return exitInterrupted, nil
	case errors.As(err, &settings):
		return exitUsage, a.explainSettings(settings)
	case errors.As(err, &ours):
		exit, t.code, t.says, t.hint = ours.exit, ours.code, a.say(ours.says), a.say(ours.hint)
		if ours.err != nil {
			t.says += ": " + a.cause(ours.err)
		}
		if exit == exitUsage && t.hint == "" && ours.code == codeUsage {
			t.hint = a.usageHint(cmd)
		}
	case errors.As(err, &ledger):
		exit, t.code = exitOf(ledger.Code), string(ledger.Code)
		t.says, t.hint = ledgerSentence(ledger, a.lang), ledger.Hint(a.lang)
	case errors.As(err, &amount):
		exit, t.code, t.says = exitUsage, codeUsage, amount.In(a.lang)
	case errors.As(err, &outside):
		exit, t.code, t.says, t.hint = exitFailed, codeSystem, outside.In(a.lang), outside.HintIn(a.lang)
	default:
		exit, t.code, t.says = exitFailed, codeFailed, a.cause(err)
		if errors.Is(err, fs.ErrExist) {
			t.hint = a.say(lang.Text{UZ: "uni o‘chiring yoki boshqa nom tanlang", RU: "удалите его или выберите другое имя", EN: "remove it or choose another name"})
		}
	}
	t.says, t.hint = oneLine(t.says), oneLine(t.hint)
	return exit, []trouble{t}
}

func (a *App) explainSettings(settings config.Errors) []trouble {
	var all []trouble
	for _, e := range settings {
		doing := lang.Text{UZ: "sozlamalarni o‘qish", RU: "чтение настроек", EN: "reading the settings"}
		if e.Saving {
			doing = lang.Text{UZ: "sozlamalarni yozish", RU: "запись настроек", EN: "writing the settings"}
		}
		all = append(all, trouble{
			doing: a.say(doing) + ": ",
			says:  oneLine(e.In(a.lang)), hint: oneLine(e.HintIn(a.lang)), code: codeConfig,
		})
	}
	return all
}

// doing says what the command was about when it went wrong.
func (a *App) doing(cmd *cobra.Command) string {
	what := a.commands[cmd].doing
	if what == (lang.Text{}) {
		what = lang.Text{UZ: "buyruqni o‘qish", RU: "чтение команды", EN: "reading the command line"}
	}
	return a.say(what) + ": "
}

func (a *App) usageHint(cmd *cobra.Command) string {
	path := "tushum"
	if cmd != nil {
		path = cmd.CommandPath()
	}
	return a.say(lang.Text{UZ: path + " -h yordam beradi", RU: "справка: " + path + " -h", EN: "run " + path + " -h for help"})
}

// exitOf is the exit code for a refusal of the ledger.
func exitOf(c store.Code) int {
	switch c.Class() {
	case store.ClassInvalid:
		return exitUsage
	case store.ClassNotFound:
		return exitNotFound
	case store.ClassRefused:
		return exitRefused
	case store.ClassUnavailable:
		return exitUnavailable
	}
	return exitFailed
}

// ledgerSentence is the refusal in the reader's language with what technicians
// need behind it, which is in English.
func ledgerSentence(e *store.Error, l lang.Lang) string {
	s := e.Message(l)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// cause words our own refusals and those of the system that people meet; others
// stay as they are.
func (a *App) cause(err error) string {
	if ours := (*fault)(nil); errors.As(err, &ours) {
		return a.say(ours.says)
	}
	for _, known := range systemCauses {
		if errors.Is(err, known.err) {
			return pathOf(err) + a.say(known.says)
		}
	}
	return err.Error()
}

func pathOf(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Path + ": "
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.New + ": "
	}
	return ""
}

var systemCauses = []struct {
	err  error
	says lang.Text
}{
	{fs.ErrNotExist, lang.Text{UZ: "bunday fayl yo‘q", RU: "нет такого файла", EN: "no such file"}},
	{fs.ErrExist, lang.Text{UZ: "fayl allaqachon bor, u o‘zgartirilmadi", RU: "файл уже есть, он не изменён", EN: "the file is there already and was left as it is"}},
	{fs.ErrPermission, lang.Text{UZ: "ruxsat yo‘q", RU: "нет прав доступа", EN: "permission denied"}},
	{syscall.ENOTDIR, lang.Text{UZ: "yo‘lda papka o‘rnida fayl turibdi", RU: "на месте папки в пути стоит файл", EN: "a file stands where the path wants a folder"}},
	{syscall.EISDIR, lang.Text{UZ: "bu papka, fayl emas", RU: "это папка, а не файл", EN: "it is a folder, not a file"}},
	{syscall.ENOSPC, lang.Text{UZ: "diskda joy qolmadi", RU: "на диске нет места", EN: "the disk is full"}},
	{syscall.EADDRINUSE, lang.Text{UZ: "port band", RU: "порт занят", EN: "the port is in use"}},
	{context.DeadlineExceeded, lang.Text{UZ: "vaqt tugadi", RU: "время вышло", EN: "it took too long"}},
}

// oneLine makes a sentence safe for a terminal and keeps it on its line. Sums
// in it hold no-break spaces, which the cleaner would show by their code.
func oneLine(s string) string {
	const keep = "\u00a0"
	parts := strings.Split(s, keep)
	for i, part := range parts {
		parts[i] = clean.Clean(part).String()
	}
	return strings.Join(parts, keep)
}

// quoted repeats a word of the command line in a sentence, short and harmless.
func quoted(s string) string { return `"` + quotedName(s) + `"` }

func quotedName(s string) string { return clean.Line(s, 40).String() }

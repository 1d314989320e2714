package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/atomicfile"
	"tushum/internal/autostart"
	"tushum/internal/config"
	"tushum/internal/lang"
)

func (a *App) autostartCommand() *cobra.Command {
	return a.group(spec{
		use:   "service",
		short: lang.Text{UZ: "kompyuter bilan birga ishga tushish", RU: "запуск вместе с компьютером", EN: "start by itself with the machine"},
		long: lang.Text{
			UZ: "tushum serve ni kompyuter bilan birga ishga tushiradi: Linuxda systemd, macOSda launchd, Windowsda rejalashtirgich orqali. Administrator huquqi kerak emas.",
			RU: "Запускает tushum serve вместе с компьютером: в Linux через systemd, в macOS через launchd, в Windows через планировщик. Права администратора не нужны.",
			EN: "Has the system start tushum serve by itself: systemd on Linux, launchd on macOS, the task scheduler on Windows. No administrator is needed.",
		},
	}, a.autostartInstall(), a.autostartUninstall(), a.autostartStatus())
}

func (a *App) autostartInstall() *cobra.Command {
	var show bool
	cmd := a.command(spec{
		use:   "install",
		short: lang.Text{UZ: "o‘zi ishga tushadigan qilish", RU: "установить и запустить", EN: "install it and start it"},
		doing: lang.Text{UZ: "xizmatni o‘rnatish", RU: "установка службы", EN: "installing the service"},
	}, func(ctx context.Context, _ []string) error { return a.installService(ctx, show) })
	cmd.Flags().BoolVar(&show, "print", false, a.say(lang.Text{
		UZ: "o‘rnatmasdan, faylni ko‘rsatish", RU: "не устанавливать, а показать файл", EN: "print the file and install nothing",
	}))
	return cmd
}

func (a *App) autostartUninstall() *cobra.Command {
	return a.command(spec{
		use:   "uninstall",
		short: lang.Text{UZ: "to‘xtatish va olib tashlash", RU: "остановить и удалить", EN: "stop it and take it away"},
		doing: lang.Text{UZ: "xizmatni olib tashlash", RU: "удаление службы", EN: "uninstalling the service"},
	}, func(ctx context.Context, _ []string) error { return a.uninstallService(ctx) })
}

func (a *App) autostartStatus() *cobra.Command {
	return a.command(spec{
		use:   "status",
		short: lang.Text{UZ: "holatini ko‘rsatish", RU: "показать состояние", EN: "show how it is"},
		doing: lang.Text{UZ: "xizmat holatini bilish", RU: "чтение состояния службы", EN: "looking at the service"},
	}, func(ctx context.Context, _ []string) error { return a.statusOfService(ctx) })
}

// manager is the system's, for the user who runs the program.
func (a *App) manager() (autostart.Manager, error) {
	folder := filepath.Dir(filepath.Dir(config.Find("", func(name string) string {
		if name == config.Variable {
			return ""
		}
		return a.Getenv(name)
	})))
	if !filepath.IsAbs(folder) {
		return nil, failed(lang.Text{
			UZ: "sozlamalar papkasi topilmadi (HOME)", RU: "не найдена папка настроек (HOME)", EN: "there is no folder for settings (HOME)",
		}, nil)
	}
	return autostart.For(runtime.GOOS, autostart.Folders{Home: a.Getenv("HOME"), Config: folder})
}

// autostarted is what the system is to start: this program with these settings.
func (a *App) autostarted() (autostart.Service, error) {
	cfg, err := a.settings()
	if err != nil {
		return autostart.Service{}, err
	}
	path, err := a.storePath(cfg)
	if err != nil {
		return autostart.Service{}, err
	}
	program, err := os.Executable()
	if err == nil {
		program, err = filepath.Abs(program) // links stay: they outlive the version that they lead to
	}
	if err != nil {
		return autostart.Service{}, err
	}
	settings := a.settingsPath()
	return autostart.Service{
		Program: program, Config: settings, Store: path, Log: logPath(path), User: a.User,
		Writable: foldersOf(path, settings), SharedTmp: filepath.Dir(controlPaths(path)[0]) == privateFolder(),
	}, nil
}

// foldersOf are the folders of files, also those that links to the files lead to:
// that is where they are written.
func foldersOf(files ...string) []string {
	var all []string
	for _, file := range files {
		all = append(all, filepath.Dir(file))
		if target, err := filepath.EvalSymlinks(file); err == nil {
			all = append(all, filepath.Dir(target))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (a *App) installService(ctx context.Context, show bool) error {
	service, err := a.autostarted()
	if err != nil {
		return err
	}
	m, err := a.manager()
	if err != nil {
		return err
	}
	text, err := m.Describe(service)
	if err != nil {
		return err
	}
	if show {
		return a.tellService(serviceView{File: m.File(), Text: text}, text)
	}
	for _, folder := range []string{filepath.Dir(service.Store), filepath.Dir(m.File())} { // the unit may write to the first only if it is there
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
	}
	if err := atomicfile.WriteFile(m.File(), m.Encode(text)); err != nil {
		return err
	}
	if err := a.take(ctx, m.Install()); err != nil {
		return err
	}
	if !staysActive(ctx, m.Active()) {
		return notRunning(m)
	}
	active := true
	return a.tellService(serviceView{File: m.File(), Active: &active},
		oneLine(fmt.Sprintf(a.say(serviceInstalled), m.File()))+"\n"+a.say(afterInstall[runtime.GOOS]))
}

// A program that can't do its work ends soon after it was started, and the
// system says at first that it runs.
const (
	looks     = 4
	lookPause = 500 * time.Millisecond
)

// staysActive reports whether a service that was just started still runs a
// moment later.
func staysActive(ctx context.Context, step autostart.Step) bool {
	for range looks {
		if !waited(ctx, lookPause) || !isSo(ctx, step) {
			return false
		}
	}
	return true
}

func isSo(ctx context.Context, step autostart.Step) bool {
	said, err := exec.CommandContext(ctx, step.Args[0], step.Args[1:]...).CombinedOutput() //nolint:gosec // the arguments are ours
	return step.Is(string(said), err)
}

// serviceView is the service of the system as scripts see it.
type serviceView struct {
	File   string `json:"file"`
	Text   string `json:"text,omitzero"`   // what stands in the file, or would
	Active *bool  `json:"active,omitzero"` // whether it runs, where that was asked
	Said   string `json:"said,omitzero"`   // what the system's program printed
}

// tellService tells people and scripts the same.
func (a *App) tellService(view serviceView, words string) error {
	if a.flags.json {
		return a.printJSON(view)
	}
	return a.print(words)
}

func (a *App) uninstallService(ctx context.Context) error {
	m, err := a.manager()
	if err != nil {
		return err
	}
	if _, err := os.Lstat(m.File()); errors.Is(err, fs.ErrNotExist) {
		return notInstalled(m)
	}
	if err := a.take(ctx, m.Uninstall()); err != nil {
		return err
	}
	if err := os.Remove(m.File()); err != nil {
		return err
	}
	if err := a.take(ctx, m.Forget()); err != nil {
		return err
	}
	return a.tellService(serviceView{File: m.File()}, oneLine(fmt.Sprintf(a.say(serviceRemoved), m.File()))+"\n")
}

func (a *App) statusOfService(ctx context.Context) error {
	m, err := a.manager()
	if err != nil {
		return err
	}
	if _, err := os.Lstat(m.File()); errors.Is(err, fs.ErrNotExist) {
		return notInstalled(m)
	}
	step := m.Status()
	said, err := exec.CommandContext(ctx, step.Args[0], step.Args[1:]...).CombinedOutput() //nolint:gosec // the arguments are ours
	words, active := lines(string(said)), isSo(ctx, m.Active())
	if printErr := a.tellService(serviceView{File: m.File(), Active: &active, Said: words}, words); printErr != nil {
		return printErr
	}
	switch {
	case err != nil && a.flags.json:
		return exited(exitFailed) // the answer has it
	case err != nil:
		return stepFailed(step, "", err)
	}
	return nil
}

// take runs programs of the system, one after the other.
func (a *App) take(ctx context.Context, steps []autostart.Step) error {
	for _, step := range steps {
		said, err := exec.CommandContext(ctx, step.Args[0], step.Args[1:]...).CombinedOutput() //nolint:gosec // the arguments are ours
		if err != nil && !step.MayFail {
			return stepFailed(step, string(said), err)
		}
	}
	return nil
}

// lines makes what another program printed safe for a terminal.
func lines(said string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(said, "\r\n"), "\n") {
		b.WriteString(oneLine(strings.TrimRight(line, "\r")) + "\n")
	}
	return b.String()
}

func stepFailed(step autostart.Step, said string, cause error) error {
	command := strings.Join(step.Args, " ")
	if said = strings.TrimSpace(said); said != "" {
		cause = errors.New(oneLine(strings.ReplaceAll(said, "\n", " ")))
	}
	f := failed(lang.Text{UZ: command + " bajarilmadi", RU: command + " не выполнено", EN: command + " failed"}, cause)
	f.hint = lang.Text{
		UZ: "shu buyruqni o‘zingiz bajarib ko‘ring; faylni tushum service install --print ko‘rsatadi",
		RU: "выполните эту команду сами; файл показывает tushum service install --print",
		EN: "try that command yourself; tushum service install --print shows the file",
	}
	return f
}

// notRunning is of a service that was installed, and ended again.
func notRunning(m autostart.Manager) error {
	return &fault{code: "service_not_running", exit: exitFailed, says: lang.Text{
		UZ: "o‘rnatildi, lekin ishlamayapti: " + m.File(), RU: "установлено, но не работает: " + m.File(), EN: "it is installed, but does not run: " + m.File(),
	}, hint: whyNot[runtime.GOOS]}
}

// whyNot is where a service says why it ended, by the system.
var whyNot = map[string]lang.Text{
	"linux": {
		UZ: "sababi: journalctl --user -u tushum; kassa yoki tushum serve ochiq bo‘lsa, yoping — xizmat o‘zi qayta urinadi",
		RU: "почему: journalctl --user -u tushum; если открыта касса или tushum serve, закройте — служба повторит попытку сама",
		EN: "why: journalctl --user -u tushum; if a console or tushum serve is open, close it and the service tries again by itself",
	},
	"darwin": {
		UZ: "sababi do‘kon bazasi yonidagi .log faylida; kassa yoki tushum serve ochiq bo‘lsa, yoping — xizmat o‘zi qayta urinadi",
		RU: "почему — в файле .log рядом с базой магазина; если открыта касса или tushum serve, закройте — служба повторит попытку сама",
		EN: "the .log beside the store says why; if a console or tushum serve is open, close it and the service tries again by itself",
	},
	"windows": {
		UZ: "sababi do‘kon bazasi yonidagi .log faylida; kassa yoki tushum serve ochiq bo‘lsa, yoping — bir daqiqadan keyin qayta uriniladi",
		RU: "почему — в файле .log рядом с базой магазина; если открыта касса или tushum serve, закройте — через минуту будет новая попытка",
		EN: "the .log beside the store says why; if a console or tushum serve is open, close it, and in a minute it is tried again",
	},
}

func notInstalled(m autostart.Manager) error {
	return &fault{code: "service_not_installed", exit: exitNotFound, says: lang.Text{
		UZ: "xizmat o‘rnatilmagan: " + m.File(), RU: "служба не установлена: " + m.File(), EN: "the service is not installed: " + m.File(),
	}, hint: lang.Text{UZ: "o‘rnatish: tushum service install", RU: "установить: tushum service install", EN: "install it: tushum service install"}}
}

var (
	serviceInstalled = lang.Text{UZ: "o‘rnatildi va ishga tushdi: %s", RU: "установлено и запущено: %s", EN: "installed and started: %s"}
	serviceRemoved   = lang.Text{UZ: "to‘xtatildi va olib tashlandi: %s", RU: "остановлено и удалено: %s", EN: "stopped and taken away: %s"}
)

// afterInstall is what is left to know, by the system.
var afterInstall = map[string]lang.Text{
	"linux": {
		UZ: "hech kim kirmagan paytda ham ishlashi uchun: loginctl enable-linger\njurnal: journalctl --user -u tushum\n",
		RU: "чтобы работала и без входа в систему: loginctl enable-linger\nжурнал: journalctl --user -u tushum\n",
		EN: "to have it run while nobody is signed in: loginctl enable-linger\nits log: journalctl --user -u tushum\n",
	},
	"darwin": {
		UZ: "jurnal do‘kon bazasi yonida, .log bilan tugaydi\n",
		RU: "журнал лежит рядом с базой магазина и кончается на .log\n",
		EN: "its log is beside the store and ends in .log\n",
	},
	"windows": {
		UZ: "har safar tizimga kirganingizda ishga tushadi; jurnal do‘kon bazasi yonida, .log bilan tugaydi\n",
		RU: "запускается при входе в систему; журнал лежит рядом с базой магазина и кончается на .log\n",
		EN: "it starts whenever you sign in; its log is beside the store and ends in .log\n",
	},
}

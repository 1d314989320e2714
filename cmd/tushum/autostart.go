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
	"strings"

	"github.com/spf13/cobra"

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
		program, err = filepath.EvalSymlinks(program)
	}
	if err != nil {
		return autostart.Service{}, err
	}
	settings := a.settingsPath()
	return autostart.Service{
		Program: program, Config: settings, Store: path, Log: logPath(path),
		Writable: []string{filepath.Dir(path), filepath.Dir(settings)}, SharedTmp: filepath.Dir(controlPaths(path)[0]) == privateFolder(),
	}, nil
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
		return a.print(text)
	}
	if err := os.MkdirAll(filepath.Dir(service.Store), 0o700); err != nil { // the unit may write to it only if it is there
		return err
	}
	if err := writeNew(m.File(), m.Encode(text)); err != nil {
		return err
	}
	if err := a.take(ctx, m.Install()); err != nil {
		return err
	}
	return a.print(oneLine(fmt.Sprintf(a.say(serviceInstalled), m.File())) + "\n" + a.say(afterInstall[runtime.GOOS]))
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
	return a.print(oneLine(fmt.Sprintf(a.say(serviceRemoved), m.File())) + "\n")
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
	if printErr := a.print(lines(string(said))); printErr != nil {
		return printErr
	}
	if err != nil {
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

// writeNew writes a file whole or not at all.
func writeNew(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
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

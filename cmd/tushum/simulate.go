package main

import (
	"errors"
	"io/fs"
	"net"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"tushum/internal/bank"
	"tushum/internal/config"
	"tushum/internal/lang"
)

// bankFlags say which listener the simulator plays the bank against. What is
// left out comes from the settings.
type bankFlags struct {
	url          string
	login        string
	passwordFile string
	serviceID    int64
}

func (a *App) simulateCommand() *cobra.Command {
	var f bankFlags
	bankCommands := []*cobra.Command{a.simulatePayCommand(&f), a.simulateSuiteCommand(&f), a.simulateLoadCommand(&f)}
	for _, cmd := range bankCommands {
		a.bankFlags(cmd, &f)
	}
	return a.group(spec{
		use:   "simulate",
		short: lang.Text{UZ: "to‘lov tizimi rolini o‘ynash", RU: "сыграть платёжную систему", EN: "play a payment system"},
		long: lang.Text{
			UZ: "Sinov va mashq uchun to‘lov tizimi rolini o‘ynaydi. pay, suite va load bank o‘rnida istalgan manzilga chaqiruv yuboradi (--url berilmasa, sozlamalardagi manzilga); oneclick esa do‘kon bitim ochadigan tizim o‘rnida ishlaydi.",
			RU: "Играет платёжную систему для проверки и учёбы. pay, suite и load вызывают от имени банка любой адрес (без --url — адрес из настроек), а oneclick отвечает за систему, у которой магазин создаёт сделки.",
			EN: "Plays a payment system, for tests and training. pay, suite and load call any address as the bank does (without --url the listener of the settings); oneclick answers as the system with which a shop makes deals.",
		},
	}, append(bankCommands, a.simulateOneClickCommand())...)
}

// bankFlags are those of the commands that call as the bank does.
func (a *App) bankFlags(cmd *cobra.Command, f *bankFlags) {
	flags := cmd.Flags()
	flags.StringVar(&f.url, "url", "", a.say(lang.Text{
		UZ: "chaqiruvlar manzili, masalan `https://dokon.uz/uzum`", RU: "адрес вызовов, например `https://dokon.uz/uzum`", EN: "where the webhooks are, such as `https://shop.uz/uzum`",
	}))
	flags.StringVar(&f.login, "login", "", a.say(lang.Text{UZ: "bank `LOGIN`i", RU: "`ЛОГИН` банка", EN: "the bank's `LOGIN`"}))
	flags.StringVar(&f.passwordFile, "password-file", "", a.say(lang.Text{
		UZ: "parol yozilgan `FAYL`, - bo‘lsa stdin", RU: "`ФАЙЛ` с паролем, - означает stdin", EN: "`FILE` with the password, - for stdin",
	}))
	flags.Int64Var(&f.serviceID, "service-id", 0, a.say(lang.Text{UZ: "xizmat `RAQAM`i", RU: "`НОМЕР` сервиса", EN: "the service's `NUMBER`"}))
}

// bankClient is the bank that the flags and the settings describe.
func (a *App) bankClient(f bankFlags) (*bank.Client, config.Config, error) {
	cfg, err := a.settings()
	if errors.Is(err, fs.ErrNotExist) && f.url != "" && f.login != "" && f.serviceID != 0 {
		cfg, err = config.Default(), nil
	}
	if err != nil {
		return nil, cfg, err
	}
	client := &bank.Client{Login: f.login, ServiceID: f.serviceID, AccountKey: cfg.Uzum.AccountParams[0], Now: a.Now}
	if client.BaseURL, err = webhooksURL(f.url, cfg); err != nil {
		return nil, cfg, err
	}
	if client.Login == "" && len(cfg.Uzum.Credentials) > 0 {
		client.Login = cfg.Uzum.Credentials[0].Login
	}
	if client.ServiceID == 0 {
		client.ServiceID = cfg.Uzum.ServiceID
	}
	if client.Login == "" || client.ServiceID == 0 {
		return nil, cfg, usage(lang.Text{
			UZ: "--login va --service-id kerak: sozlamalarda ular yo‘q", RU: "нужны --login и --service-id: в настройках их нет", EN: "--login and --service-id are needed: the settings have none",
		})
	}
	client.Password, err = a.passwordFrom(f.passwordFile)
	return client, cfg, err
}

// webhooksURL is the base of the five webhooks. An address without a path gets
// that of the settings.
func webhooksURL(flag string, cfg config.Config) (string, error) {
	if flag == "" {
		flag = localURL(cfg)
	}
	u, err := url.Parse(strings.TrimRight(flag, "/"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return "", usage(lang.Text{
			UZ: "--url: https://dokon.uz/uzum ko‘rinishidagi manzil bering", RU: "--url: укажите адрес вида https://dokon.uz/uzum", EN: "--url: give an address like https://shop.uz/uzum",
		})
	}
	if u.Path == "" {
		u.Path = cfg.Uzum.Path
	}
	return u.String(), nil
}

// localURL is where this machine reaches the listener of the settings.
func localURL(cfg config.Config) string {
	scheme := "http://"
	if cfg.Listener.TLSCert != "" || len(cfg.Listener.ACME.Domains) > 0 {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(cfg.Listener.Address)
	if err != nil {
		return scheme + cfg.Listener.Address
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	return scheme + net.JoinHostPort(host, port)
}

// passwordFrom reads a password from a file or, for -, from stdin.
func (a *App) passwordFrom(name string) (string, error) {
	if name == "" {
		return "", usage(lang.Text{
			UZ: "--password-file kerak: parol argumentda berilmaydi", RU: "нужен --password-file: пароль не передают аргументом", EN: "--password-file is needed: a password is not given as an argument",
		})
	}
	text, err := a.passwordText(name)
	if err != nil {
		return "", err
	}
	return passwordGiven("--password-file", text)
}

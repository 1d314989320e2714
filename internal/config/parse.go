package config

import (
	"path/filepath"

	"tushum/internal/lang"
)

var (
	sayNoKey = fault{
		says: lang.Text{UZ: "tls_key berilmagan", RU: "нет tls_key", EN: "tls_key is missing"},
		hint: hintCertificate,
	}
	sayNoCertificate = fault{
		says: lang.Text{UZ: "tls_cert berilmagan", RU: "нет tls_cert", EN: "tls_cert is missing"},
		hint: hintCertificate,
	}
	hintCertificate = lang.Text{
		UZ: "sertifikatni kaliti bilan bering yoki ikkalasini ham bermang",
		RU: "задайте и сертификат, и его ключ, или ни того ни другого",
		EN: "give the certificate and its key, or neither",
	}
	sayTwoCertificates = fault{
		says: lang.Text{
			UZ: "listener.acme.domains sertifikatni o‘zi oladi",
			RU: "listener.acme.domains получает сертификаты само",
			EN: "listener.acme.domains gets certificates by itself",
		},
		hint: lang.Text{UZ: "ikkisidan birini bo‘sh qoldiring", RU: "оставьте одно из двух пустым", EN: "leave one of the two empty"},
	}
	saySamePort = fault{
		says: lang.Text{UZ: "bu bank chaqiruvlari keladigan manzil", RU: "это адрес вызовов банка", EN: "is the address of the bank's webhooks"},
		hint: lang.Text{
			UZ: "metrikalarga alohida port kerak, yaxshisi 127.0.0.1 da",
			RU: "метрикам нужен свой порт, лучше на 127.0.0.1",
			EN: "metrics need a port of their own, best on 127.0.0.1",
		},
	}
	sayNoDomains = fault{
		says: lang.Text{UZ: "domains bo‘lmasa, buning foydasi yo‘q", RU: "без domains не имеет смысла", EN: "is of no use without domains"},
		hint: lang.Text{
			UZ: `domains = ["pay.shop.uz"] deb yozing yoki buni bo‘sh qoldiring`,
			RU: `задайте domains = ["pay.shop.uz"] или оставьте это пустым`,
			EN: `give domains = ["pay.shop.uz"], or leave this empty`,
		},
	}
	sayPortTaken = fault{
		says: lang.Text{UZ: "%s da dasturning boshqa qismi tinglaydi", RU: "%s уже слушает другая часть программы", EN: "another part of the program listens on %s"},
		hint: lang.Text{
			UZ: "HTTP-01 tekshiruvi uchun alohida port kerak, odatda :80",
			RU: "проверке HTTP-01 нужен свой порт, обычно :80",
			EN: "the HTTP-01 challenge needs a port of its own, mostly :80",
		},
	}
	saySystemOff = fault{
		says: lang.Text{UZ: "%s yoqilmagan", RU: "%s не включён", EN: "%s is not enabled"},
		hint: lang.Text{
			UZ: "%s.enabled = true qiling yoki bu turni uzum yoki manual ga yo‘naltiring",
			RU: "задайте %s.enabled = true или направьте этот вид в uzum или manual",
			EN: "set %s.enabled = true, or route this kind to uzum or manual",
		},
	}
	sayNoOpenAmounts = fault{
		says: lang.Text{
			UZ: "%s to‘lovchi o‘zi yozadigan summani olmaydi",
			RU: "%s не принимает сумму, которую вводит плательщик",
			EN: "%s takes no amounts that the payer types",
		},
		hint: lang.Text{
			UZ: "kassadagi QR ni uzum ga yo‘naltiring yoki manual qiling",
			RU: "направьте QR на кассе в uzum или задайте manual",
			EN: "route the QR at the till to uzum, or set manual",
		},
	}
	sayNoSeats = fault{
		says: lang.Text{UZ: "bu versiyada ish o‘rinlari hali yo‘q", RU: "в этой версии ещё нет рабочих мест", EN: "this version knows no seats yet"},
		hint: lang.Text{
			UZ: "olib tashlang: dasturni ishga tushira oladigan har kim hamma ishni qila oladi",
			RU: "уберите: каждый, кто может запустить программу, может всё",
			EN: "take it out: everybody who can run the program may do everything",
		},
	}
)

// Parse reads settings from data. The path is the file they stand in: it is
// named in errors, and relative paths among the settings start at its folder.
// The error is an Errors.
func Parse(data []byte, path string) (Config, error) {
	r := &reader{report: report{path: path}, folder: folderOf(path)}
	cfg, err := r.parse(data)
	if err != nil {
		return Config{}, err
	}
	return cfg, nil
}

func folderOf(path string) string {
	folder := filepath.Dir(path)
	if whole, err := filepath.Abs(folder); err == nil {
		return whole
	}
	return folder
}

// reader reads one file.
type reader struct {
	report report
	folder string
	secret bool // the file holds something that others must not read
}

// parse returns the settings with everything that is wrong with them.
func (r *reader) parse(data []byte) (Config, error) {
	node, err := readDocument(data, r.report.path)
	if err != nil {
		return Config{}, err
	}
	cfg := Default()
	cfg.Path = r.report.path
	root := r.report.open("", node)
	r.shop(root.section("shop"), &cfg.Shop)
	r.store(root.section("store"), &cfg.Store)
	r.listener(root.section("listener"), &cfg.Listener)
	for _, of := range systems() {
		if of.read != nil {
			of.read(r, root.section(string(of.name)), &cfg)
		}
	}
	r.routing(root.section("routing"), &cfg)
	r.console(root.section("console"), &cfg.Console)
	r.watch(root.section("watch"), &cfg.Watch)
	r.message(root.section("message"), cfg.Message)
	cfg.Tariffs = r.tariffs(root)
	r.seats(root.section("seats"))
	r.report.refuseUnknown()
	return cfg, r.report.err()
}

func (r *reader) shop(s *section, c *Shop) {
	read(s, "name", &c.Name, oneLine)
	read(s, "address", &c.Address, oneLine)
	read(s, "phone", &c.Phone, oneLine)
	read(s, "tin", &c.TIN, optional(taxNumber))
	read(s, "language", &c.Language, language)
	read(s, "timezone", &c.Location, timeZone)
	read(s, "day_starts", &c.DayStarts, clockTime)
}

func (r *reader) store(s *section, c *Store) {
	read(s, "path", &c.Path, optional(r.path))
}

func (r *reader) listener(s *section, c *Listener) {
	read(s, "address", &c.Address, listenAddress)
	read(s, "public_url", &c.PublicURL, optional(siteURL))
	read(s, "tls_cert", &c.TLSCert, optional(r.path))
	read(s, "tls_key", &c.TLSKey, optional(r.path))
	readAll(s, "trusted_proxies", &c.TrustedProxies, network)
	read(s, "admin_address", &c.AdminAddress, optional(listenAddress))
	s.flag("plain_http", &c.PlainHTTP)
	acme := s.section("acme")
	readAll(acme, "domains", &c.ACME.Domains, domain)
	read(acme, "email", &c.ACME.Email, optional(email))
	read(acme, "directory", &c.ACME.Directory, optional(directoryURL))
	read(acme, "ca_root", &c.ACME.CARoot, optional(r.path))
	read(acme, "http_address", &c.ACME.HTTPAddress, optional(listenAddress))
	checkListener(s, c)
	checkEncrypted(s, acme, c)
	checkACME(acme, c)
}

func checkListener(s *section, c *Listener) {
	switch {
	case c.TLSCert != "" && c.TLSKey == "":
		s.refuse("tls_cert", sayNoKey)
	case c.TLSKey != "" && c.TLSCert == "":
		s.refuse("tls_key", sayNoCertificate)
	case c.TLSCert != "" && len(c.ACME.Domains) > 0:
		s.refuse("tls_cert", sayTwoCertificates)
	}
	if c.AdminAddress == c.Address && !endsInPortZero(c.Address) {
		s.refuse("admin_address", saySamePort)
	}
}

// checkEncrypted refuses to take the bank's password in plain HTTP from where
// others can read it. What was meant to encrypt, but was refused, is told already.
func checkEncrypted(s, acme *section, c *Listener) {
	encrypted := c.TLSCert != "" || c.TLSKey != "" || len(c.ACME.Domains) > 0
	told := s.refused("address") || s.refused("tls_cert") || s.refused("tls_key") || acme.refused("domains")
	if !encrypted && !told && !c.PlainHTTP && isPublic(c.Address) {
		s.refuse("address", sayPlainHTTP.about(shown(c.Address)))
	}
}

func checkACME(s *section, c *Listener) {
	if c.ACME.HTTPAddress == "" {
		return
	}
	if len(c.ACME.Domains) == 0 && !s.refused("domains") {
		s.refuse("http_address", sayNoDomains)
	}
	for _, other := range []string{c.Address, c.AdminAddress} {
		if c.ACME.HTTPAddress == other && !endsInPortZero(other) {
			s.refuse("http_address", sayPortTaken.about(shown(other)))
			return
		}
	}
}

func (r *reader) routing(s *section, cfg *Config) {
	for _, kind := range Kinds() {
		system := cfg.Routing[kind]
		read(s, string(kind), &system, paymentSystem)
		for _, of := range systems() {
			switch {
			case of.name != system:
			case kind == counter && !of.counter:
				s.refuse(string(kind), sayNoOpenAmounts.about(system))
			case of.usable != nil && !of.usable(*cfg):
				s.refuse(string(kind), saySystemOff.about(system).advising(system))
			}
		}
		cfg.Routing[kind] = system
	}
}

// seats is a section of versions to come: written down now it would be taken
// for a lock that is not there.
func (r *reader) seats(s *section) {
	for _, name := range s.node.names {
		s.report.ask(s.key(name))
		s.refuse(name, sayNoSeats)
	}
}

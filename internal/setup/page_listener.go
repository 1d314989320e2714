package setup

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"tushum/internal/config"
	"tushum/internal/lang"
)

var httpsOptions = []Option{
	{ByFiles, lang.Text{UZ: "sertifikat fayllari bor", RU: "есть файлы сертификата", EN: "I have certificate files"}},
	{ByACME, lang.Text{UZ: "sertifikatni dastur o‘zi olsin (Let’s Encrypt)", RU: "программа получит сертификат сама (Let’s Encrypt)", EN: "get certificates by itself (Let's Encrypt)"}},
	{ByProxy, lang.Text{UZ: "oldinda proksi bor: nginx, Caddy, cloudflared", RU: "впереди стоит прокси: nginx, Caddy, cloudflared", EN: "a proxy in front: nginx, Caddy, cloudflared"}},
	{ByNone, lang.Text{UZ: "kerak emas, faqat shu kompyuter", RU: "не нужен, только этот компьютер", EN: "none, this machine only"}},
}

// listenerPage asks how the bank reaches this program.
func listenerPage() []Question {
	return append([]Question{
		{
			ID: PublicURL, Page: PageListener, Kind: Line, Check: checkPublicURL,
			Title: lang.Text{UZ: "Internetdagi manzil", RU: "Адрес в интернете", EN: "Public URL"},
			Help: lang.Text{
				UZ: "bank va mijozlar shu manzilga keladi: https va nom, yo‘lsiz, masalan https://pay.shop.uz",
				RU: "сюда приходят банк и клиенты: https и имя, без пути, например https://pay.shop.uz",
				EN: "where the bank and customers come: https and a name, no path, such as https://pay.shop.uz",
			},
		},
		{
			ID: ListenAddress, Page: PageListener, Kind: Line, Check: checkListenAddress,
			Title: lang.Text{UZ: "Dastur tinglaydigan manzil", RU: "Адрес, который слушает программа", EN: "Address to listen on"},
			Help: lang.Text{
				UZ: "host:port; proksi ortida 127.0.0.1:8080, proksisiz :443",
				RU: "хост:порт; за прокси 127.0.0.1:8080, без него :443",
				EN: "host:port; behind a proxy 127.0.0.1:8080, without one :443",
			},
		},
		{
			ID: HTTPS, Page: PageListener, Kind: Choice, Options: httpsOptions, Check: checkHTTPS,
			Title: lang.Text{UZ: "HTTPS", RU: "HTTPS", EN: "HTTPS"},
			Help: lang.Text{
				UZ: "bank faqat HTTPS orqali keladi: uni kim ta’minlaydi",
				RU: "банк приходит только по HTTPS: кто его обеспечивает",
				EN: "the bank comes by HTTPS only: who does it",
			},
		},
	}, httpsQuestions()...)
}

func httpsQuestions() []Question {
	chosen := func(way string) func(Answers) bool { return func(a Answers) bool { return a[HTTPS] == way } }
	acme := chosen(ByACME)
	return []Question{
		{
			ID: TLSCert, Page: PageListener, Kind: Line, Path: true, Asked: chosen(ByFiles), Check: checkCertificateName,
			Title: lang.Text{UZ: "Sertifikat fayli", RU: "Файл сертификата", EN: "Certificate file"},
			Help:  lang.Text{UZ: "PEM, butun zanjir bilan: fullchain.pem", RU: "PEM, со всей цепочкой: fullchain.pem", EN: "PEM with the whole chain: fullchain.pem"},
		},
		{
			ID: TLSKey, Page: PageListener, Kind: Line, Path: true, Asked: chosen(ByFiles), Check: checkKeyName,
			Title: lang.Text{UZ: "Kalit fayli", RU: "Файл ключа", EN: "Key file"},
			Help:  lang.Text{UZ: "sertifikatning kaliti, PEM: privkey.pem", RU: "ключ этого сертификата, PEM: privkey.pem", EN: "the key of that certificate, PEM: privkey.pem"},
		},
		{
			ID: ACMEDomain, Page: PageListener, Kind: Line, Asked: acme, Check: list("listener.acme.domains"),
			Title: lang.Text{UZ: "Domen", RU: "Домен", EN: "Domain"},
			Help: lang.Text{
				UZ: "sertifikat shu nomga olinadi; bo‘sh — internetdagi manzil nomiga",
				RU: "на это имя берётся сертификат; пусто — на имя из адреса в интернете",
				EN: "the name to get a certificate for; empty is that of the public URL",
			},
		},
		{
			ID: ACMEEmail, Page: PageListener, Kind: Line, Asked: acme, Check: key("listener.acme.email"),
			Title: lang.Text{UZ: "Elektron pochta", RU: "Электронная почта", EN: "E-mail"},
			Help:  lang.Text{UZ: "xizmat muammolar haqida shu yerga yozadi; bo‘sh qolishi mumkin", RU: "сюда служба пишет о неполадках; можно не указывать", EN: "where the service writes about trouble; may be left empty"},
		},
		{
			ID: ACMEHTTPAddress, Page: PageListener, Kind: Line, Asked: acme, Check: checkHTTPAddress,
			Title: lang.Text{UZ: "HTTP-01 manzili", RU: "Адрес для HTTP-01", EN: "Address for HTTP-01"},
			Help: lang.Text{
				UZ: "host:port, odatda :80; bo‘sh — tekshiruv faqat 443-portda",
				RU: "хост:порт, обычно :80; пусто — проверка только на порту 443",
				EN: "host:port, mostly :80; empty is by port 443 only",
			},
		},
		{
			ID: ACMEDirectory, Page: PageListener, Kind: Line, Asked: acme, Check: key("listener.acme.directory"),
			Title: lang.Text{UZ: "ACME xizmati", RU: "Служба ACME", EN: "ACME service"},
			Help:  lang.Text{UZ: "uning https manzili; bo‘sh — Let’s Encrypt", RU: "её адрес https; пусто — Let’s Encrypt", EN: "its https URL; empty is Let's Encrypt"},
		},
		{
			ID: ACMECARoot, Page: PageListener, Kind: Line, Path: true, Asked: acme, Check: checkFile("listener.acme.ca_root"),
			Title: lang.Text{UZ: "ACME xizmatining ildiz sertifikati", RU: "Корневой сертификат службы ACME", EN: "Root certificate of the ACME service"},
			Help:  lang.Text{UZ: "PEM fayl, faqat ichki xizmat uchun; bo‘sh — tizimnikilar", RU: "файл PEM, только для своей службы; пусто — системные", EN: "a PEM file, for a private service only; empty is the system's"},
		},
		{
			ID: TrustedProxies, Page: PageListener, Kind: Line, Asked: chosen(ByProxy), Check: checkProxies,
			Title: lang.Text{UZ: "Proksi manzili", RU: "Адрес прокси", EN: "Address of the proxy"},
			Help: lang.Text{
				UZ: "shu kompyuterda 127.0.0.1; bir nechtasi vergul bilan; mijoz manzili faqat shulardan olinadi",
				RU: "на этом компьютере 127.0.0.1; несколько — через запятую; адресу клиента верят только от них",
				EN: "127.0.0.1 on this machine; several with commas; only these are believed about where a call comes from",
			},
		},
	}
}

var (
	sayPath  = lang.Text{UZ: "%s da hostdan keyin yo‘l bor", RU: "в %s после хоста есть путь", EN: "%s has a path"}
	hintPath = lang.Text{
		UZ: "%s deb yozing; bank yo‘li alohida, uzum-path da",
		RU: "напишите %s; путь для банка указывается отдельно, в uzum-path",
		EN: "write %s; the path for the bank is a question of its own, uzum-path",
	}
)

func checkPublicURL(answer string, _ Answers) (string, error) {
	answer = pasted(answer)
	if answer != "" && !strings.Contains(answer, "://") {
		answer = "https://" + strings.TrimPrefix(answer, "//")
	}
	if u, err := url.Parse(answer); err == nil && u.Host != "" && u.User == nil && strings.Trim(u.EscapedPath(), "/") != "" {
		return answer, wrong(about(sayPath, answer), about(hintPath, u.Scheme+"://"+u.Host))
	}
	answer = strings.TrimRight(answer, "/")
	if scheme, host, found := strings.Cut(answer, "://"); found {
		answer = strings.ToLower(scheme) + "://" + strings.ToLower(host)
	}
	return answer, tried("listener.public_url", config.Text(answer))
}

// checkListenAddress takes an address that others can reach, too: whether there
// is HTTPS on it is asked next.
func checkListenAddress(answer string, _ Answers) (string, error) {
	answer = pasted(answer)
	return answer, tried("listener.address", config.Text(answer), config.Pair{Key: "plain_http", Value: config.Flag(true)})
}

// exposed says what is wrong with an address that others can reach, as long as
// nobody does HTTPS on it.
func exposed(all Answers) error {
	if all[plainHTTP] == Yes || all[ListenAddress] == "" {
		return nil
	}
	return tried("listener.address", config.Text(all[ListenAddress]))
}

func checkHTTPS(answer string, all Answers) (string, error) {
	answer, err := choice(httpsOptions)(answer, all)
	if err == nil && answer == ByNone {
		err = exposed(all)
	}
	return answer, err
}

var notedHTTPS = lang.Text{
	UZ: "internetdagi manzil https, lekin HTTPS ni kim ta’minlashi aytilmagan: oldinda proksi bo‘lsa, --https proxy, aks holda bank kira olmaydi",
	RU: "адрес в интернете с https, но кто обеспечивает HTTPS, не сказано: если впереди стоит прокси, укажите --https proxy, иначе банк не попадёт внутрь",
	EN: "the public URL is https, and nobody is said to do HTTPS: with a proxy in front give --https proxy, otherwise the bank can't come in",
}

// NoteHTTPS tells of a public URL whose HTTPS nobody does, as far as is known;
// it is empty where all is well.
func NoteHTTPS(a Answers) lang.Text {
	host, secure := hostOf(a[PublicURL]), strings.HasPrefix(a[PublicURL], "https://")
	at, err := netip.ParseAddr(host)
	if a[HTTPS] != ByNone || !secure || host == "localhost" || err == nil && at.IsLoopback() {
		return lang.Text{}
	}
	return notedHTTPS
}

// checkProxies lets a proxy of this machine come by an address of this machine
// only.
func checkProxies(answer string, all Answers) (string, error) {
	answer, err := list("listener.trusted_proxies")(answer, all)
	if err == nil && all[HTTPS] == ByProxy && !elsewhere(answer) {
		err = exposed(all)
	}
	return answer, err
}

// elsewhere reports whether one of the proxies is on another machine.
func elsewhere(proxies string) bool {
	return slices.ContainsFunc(items(proxies), func(item string) bool {
		address, _, _ := strings.Cut(item, "/")
		at, err := netip.ParseAddr(address)
		return err == nil && !at.Unmap().IsLoopback()
	})
}

// checkHTTPAddress holds an address for challenges against the rules as they
// are where there is a domain.
func checkHTTPAddress(answer string, _ Answers) (string, error) {
	answer = pasted(answer)
	domain := config.Pair{Key: "domains", Value: config.Texts([]string{"pay.shop.uz"})}
	return answer, tried("listener.acme.http_address", config.Text(answer), domain)
}

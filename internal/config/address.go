package config

import (
	"net"
	"net/netip"
	"strconv"
	"strings"

	"tushum/internal/lang"
)

var (
	hintListen = lang.Text{
		UZ: "host:port yozing, masalan 127.0.0.1:8080, yoki kompyuterning barcha manzillari uchun :8080",
		RU: "напишите хост:порт, например 127.0.0.1:8080, или :8080 для всех адресов компьютера",
		EN: "write host:port, such as 127.0.0.1:8080, or :8080 for every address of the machine",
	}
	sayNoAddress = fault{
		says: lang.Text{UZ: "%s manzil emas", RU: "%s — не адрес", EN: "%s is not an address"},
		hint: hintListen,
	}
	sayNoPort = fault{
		says: lang.Text{UZ: "%s da 0 dan 65535 gacha bo‘lgan port yo‘q", RU: "в %s нет порта от 0 до 65535", EN: "%s has no port between 0 and 65535"},
		hint: hintListen,
	}
	sayNoHost = fault{
		says: lang.Text{UZ: "%s host nomi bilan boshlanmaydi", RU: "%s не начинается с хоста", EN: "%s does not begin with a host"},
		hint: hintListen,
	}
	sayPlainHTTP = fault{
		says: lang.Text{
			UZ: "%s ga boshqalar ham ulana oladi, lekin HTTPS yo‘q: parol va to‘lovlar ochiq ketadi",
			RU: "%s доступен другим, а HTTPS нет: пароль и платежи пойдут открытым текстом",
			EN: "%s can be reached by others, and without HTTPS they can read the password and the payments",
		},
		hint: lang.Text{
			UZ: "tls_cert va tls_key yoki acme.domains bering; proksi bo‘lsa 127.0.0.1 oling; HTTPS boshqa kompyuterda bo‘lsa plain_http = true",
			RU: "задайте tls_cert и tls_key или acme.domains; за прокси слушайте 127.0.0.1; если HTTPS на другой машине — plain_http = true",
			EN: "give tls_cert and tls_key or acme.domains; behind a proxy listen on 127.0.0.1; with HTTPS on another machine plain_http = true",
		},
	}
	sayNoNetwork = fault{
		says: lang.Text{UZ: "%s manzil ham, manzillar oralig‘i ham emas", RU: "%s — не адрес и не диапазон адресов", EN: "%s is not an address or a range of them"},
		hint: lang.Text{UZ: "10.0.0.5 yoki 10.0.0.0/24 deb yozing", RU: "напишите 10.0.0.5 или 10.0.0.0/24", EN: "write 10.0.0.5 or 10.0.0.0/24"},
	}
	sayEveryNetwork = fault{
		says: lang.Text{UZ: "%s — bu barcha manzillar", RU: "%s — это все адреса сразу", EN: "%s is every address there is"},
		hint: lang.Text{UZ: "proksining o‘z manzilini yozing", RU: "укажите адрес самого прокси", EN: "name the proxy's own address"},
	}
	sayNoDomain = fault{
		says: lang.Text{UZ: "%s domen emas", RU: "%s — не домен", EN: "%s is not a domain"},
		hint: lang.Text{
			UZ: "pay.shop.uz kabi nom yozing, https:// va * siz",
			RU: "напишите имя вида pay.shop.uz, без https:// и без *",
			EN: "write a name such as pay.shop.uz, without https:// and without *",
		},
	}
	sayNoEmail = fault{
		says: lang.Text{UZ: "%s elektron pochta manzili emas", RU: "%s — не адрес электронной почты", EN: "%s is not an e-mail address"},
		hint: lang.Text{UZ: "nom@sayt deb yozing", RU: "напишите имя@сайт", EN: "write name@site"},
	}
)

// listenAddress is host:port, the host a name, an IP or nothing for all of the
// machine's addresses, the port a number; port 0 takes a free one.
func listenAddress(text string) (string, error) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", sayNoAddress.about(shown(text))
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(n, 10) != port {
		return "", sayNoPort.about(shown(text))
	}
	if _, err := netip.ParseAddr(host); err != nil && host != "" && !isHostName(host) {
		return "", sayNoHost.about(shown(text))
	}
	return text, nil
}

// isPublic tells whether others than this machine can reach an address that
// listenAddress has let through.
func isPublic(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err != nil || !isLoopback(host)
}

func endsInPortZero(address string) bool { return strings.HasSuffix(address, ":0") }

// isHostName accepts names as the DNS has them, in ASCII.
func isHostName(text string) bool {
	if len(text) > 253 {
		return false
	}
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.ContainsFunc(label, func(r rune) bool { return !isLetter(r) && !isDigit(r) && r != '-' }) {
			return false
		}
	}
	return true
}

// network is an IP address or a range of them. All addresses at once would let
// everybody say where a call comes from.
func network(text string) (netip.Prefix, error) {
	prefix, err := netip.ParsePrefix(text)
	if addr, bad := netip.ParseAddr(text); bad == nil && addr.Zone() == "" {
		prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	if err != nil {
		return netip.Prefix{}, sayNoNetwork.about(shown(text))
	}
	const mapped = 96 // bits before the IPv4 address in ::ffff:a.b.c.d
	if prefix.Addr().Is4In6() && prefix.Bits() >= mapped {
		prefix = netip.PrefixFrom(prefix.Addr().Unmap(), prefix.Bits()-mapped)
	}
	if prefix.Bits() == 0 {
		return netip.Prefix{}, sayEveryNetwork.about(shown(text))
	}
	return prefix.Masked(), nil
}

// domain is a name that a certificate can be got for without touching the DNS.
func domain(text string) (string, error) {
	if _, err := netip.ParseAddr(text); err == nil || !isHostName(text) {
		return "", sayNoDomain.about(shown(text))
	}
	return strings.ToLower(text), nil
}

func email(text string) (string, error) {
	user, host, found := strings.Cut(text, "@")
	plain := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>@[\]`, r) }
	if !found || user == "" || strings.ContainsFunc(user, plain) || !isHostName(host) {
		return "", sayNoEmail.about(shown(text))
	}
	return text, nil
}

package config

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tushum/internal/lang"
)

var (
	hintHTTPS     = lang.Text{UZ: "https:// bilan yozing", RU: "напишите https://", EN: "write https://"}
	sayURLHasUser = fault{
		says: lang.Text{UZ: "URL ichida foydalanuvchi nomi bor", RU: "в URL есть имя пользователя", EN: "the URL has a user name in it"},
		hint: lang.Text{UZ: "nom va parolni olib tashlang", RU: "уберите имя и пароль", EN: "take the name and the password out"},
	}
	sayNoURL = fault{
		says: lang.Text{UZ: "%s URL emas", RU: "%s — не URL", EN: "%s is not a URL"},
		hint: lang.Text{UZ: "https:// va sayt nomini yozing", RU: "напишите https:// и имя сайта", EN: "write https:// and the name of the site"},
	}
	sayURLHasQuery = fault{
		says: lang.Text{UZ: "%s da ? yoki # dan keyingi qism bor", RU: "в %s есть часть после ? или #", EN: "%s has a query or a fragment"},
		hint: lang.Text{UZ: "uni ? yoki # dan oldin tugating", RU: "закончите его перед ? или #", EN: "end it before the ? or the #"},
	}
	sayURLHost = fault{
		says: lang.Text{UZ: "%s host nomi emas", RU: "%s — не имя хоста", EN: "%s is not a host"},
		hint: lang.Text{
			UZ: "nomni lotin harflarida yozing, xalqaro nomni xn--… ko‘rinishida",
			RU: "напишите имя латиницей, международное — в виде xn--…",
			EN: "write the name in Latin letters, an international one as xn--…",
		},
	}
	sayURLPort = fault{
		says: lang.Text{UZ: "%s port raqami emas", RU: "%s — не номер порта", EN: "%s is not a port"},
		hint: lang.Text{UZ: "1 dan 65535 gacha son yozing", RU: "напишите число от 1 до 65535", EN: "write a number from 1 to 65535"},
	}
	sayNoHTTPS = fault{
		says: lang.Text{UZ: "%s https manzili emas", RU: "%s — не адрес https", EN: "%s is not an https URL"},
		hint: hintHTTPS,
	}
	sayNotEncrypted = fault{
		says: lang.Text{UZ: "%s shifrlanmagan", RU: "%s — без шифрования", EN: "%s is not encrypted"},
		hint: lang.Text{
			UZ: "https:// bilan yozing; http faqat 127.0.0.1 va localhost uchun",
			RU: "напишите https://; http годится только для 127.0.0.1 и localhost",
			EN: "write https://; http is for 127.0.0.1 and localhost only",
		},
	}
	sayURLHasPath = fault{
		says: lang.Text{UZ: "%s da hostdan keyin yo‘l bor", RU: "в %s после хоста есть путь", EN: "%s has a path"},
		hint: lang.Text{UZ: "uni host nomidan keyin tugating", RU: "закончите его после хоста", EN: "end it after the host"},
	}
)

// parseURL accepts what is common to every URL here: https, or http to this
// machine where the schemes allow it, a host, and neither a password nor a query.
func parseURL(text string, schemes ...string) (*url.URL, error) {
	if strings.Contains(text, "@") {
		return nil, sayURLHasUser
	}
	u, err := url.Parse(text)
	if err != nil || u.Opaque != "" || u.Host == "" {
		return nil, sayNoURL.about(shown(text))
	}
	if u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#") {
		return nil, sayURLHasQuery.about(shown(text))
	}
	if _, err := netip.ParseAddr(u.Hostname()); err != nil && !isHostName(u.Hostname()) {
		return nil, sayURLHost.about(shown(u.Hostname()))
	}
	if n, err := strconv.ParseUint(u.Port(), 10, 16); u.Port() != "" && (err != nil || n == 0) {
		return nil, sayURLPort.about(shown(u.Port()))
	}
	if !slices.Contains(schemes, u.Scheme) {
		return nil, sayNoHTTPS.about(shown(text))
	}
	return u, nil
}

// siteURL is scheme and host; a slash at its end is taken off. Plain http is
// for trying things out on this machine.
func siteURL(text string) (string, error) {
	u, err := parseURL(text, "https", "http")
	if err != nil {
		return "", err
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) {
		return "", sayNotEncrypted.about(shown(text))
	}
	if u.EscapedPath() != "" && u.EscapedPath() != "/" {
		return "", sayURLHasPath.about(shown(text))
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

// vendorURL is siteURL for what the program calls itself: names below localhost
// are not sure to lead to this machine everywhere.
func vendorURL(text string) (string, error) {
	site, err := siteURL(text)
	if err == nil && strings.HasPrefix(site, "http://") {
		if u, parseErr := url.Parse(site); parseErr != nil || strings.HasSuffix(u.Hostname(), ".localhost") {
			return "", sayNotEncrypted.about(shown(text))
		}
	}
	return site, err
}

func isLoopback(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Unmap().IsLoopback()
	}
	host = strings.ToLower(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// appLink is what the query of a payment link is put after.
func appLink(text string) (string, error) {
	u, err := parseURL(text, "https")
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// directoryURL is an ACME directory (RFC 8555, section 7.1.1).
func directoryURL(text string) (string, error) { return appLink(text) }

package config

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// listenAddress is host:port, the host a name, an IP or nothing for all of the
// machine's addresses, the port a number; port 0 takes a free one.
func listenAddress(text string) (string, error) {
	const hint = "write host:port, such as 127.0.0.1:8080, or :8080 for every address of the machine"
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", wrong(hint, "%s is not an address", shown(text))
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(n, 10) != port {
		return "", wrong(hint, "%s has no port between 0 and 65535", shown(text))
	}
	if _, err := netip.ParseAddr(host); err != nil && host != "" && !isHostName(host) {
		return "", wrong(hint, "%s does not begin with a host", shown(text))
	}
	return text, nil
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
		return netip.Prefix{}, wrong("write 10.0.0.5 or 10.0.0.0/24", "%s is not an address or a range of them", shown(text))
	}
	const mapped = 96 // bits before the IPv4 address in ::ffff:a.b.c.d
	if prefix.Addr().Is4In6() && prefix.Bits() >= mapped {
		prefix = netip.PrefixFrom(prefix.Addr().Unmap(), prefix.Bits()-mapped)
	}
	if prefix.Bits() == 0 {
		return netip.Prefix{}, wrong("name the proxy's own address", "%s is every address there is", shown(text))
	}
	return prefix.Masked(), nil
}

// parseURL accepts what is common to every URL here: https, or http to this
// machine where local is set, a host, and neither a password nor a query.
func parseURL(text string, schemes ...string) (*url.URL, error) {
	if strings.Contains(text, "@") {
		return nil, wrong("take the name and the password out", "the URL has a user name in it")
	}
	u, err := url.Parse(text)
	if err != nil || u.Opaque != "" || u.Host == "" {
		return nil, wrong("write https:// and the name of the site", "%s is not a URL", shown(text))
	}
	if u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#") {
		return nil, wrong("end it before the ? or the #", "%s has a query or a fragment", shown(text))
	}
	if _, err := netip.ParseAddr(u.Hostname()); err != nil && !isHostName(u.Hostname()) {
		return nil, wrong("write the name in Latin letters, an international one as xn--…", "%s is not a host", shown(u.Hostname()))
	}
	if n, err := strconv.ParseUint(u.Port(), 10, 16); u.Port() != "" && (err != nil || n == 0) {
		return nil, wrong("", "%s is not a port", shown(u.Port()))
	}
	if !slices.Contains(schemes, u.Scheme) {
		return nil, wrong("write https://", "%s is not an https URL", shown(text))
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
		return "", wrong("write https://; http is for 127.0.0.1 and localhost only", "%s is not encrypted", shown(text))
	}
	if u.EscapedPath() != "" && u.EscapedPath() != "/" {
		return "", wrong("end it after the host", "%s has a path", shown(text))
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
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

// domain is a name that a certificate can be got for without touching the DNS.
func domain(text string) (string, error) {
	if _, err := netip.ParseAddr(text); err == nil || !isHostName(text) {
		return "", wrong("write a name such as pay.shop.uz, without https:// and without *", "%s is not a domain", shown(text))
	}
	return strings.ToLower(text), nil
}

func email(text string) (string, error) {
	user, host, found := strings.Cut(text, "@")
	plain := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>@[\]`, r) }
	if !found || user == "" || strings.ContainsFunc(user, plain) || !isHostName(host) {
		return "", wrong("write name@site", "%s is not an e-mail address", shown(text))
	}
	return text, nil
}

// ownPaths are the first parts of the paths that the program serves itself.
var ownPaths = []string{"pay", "oneclick", "healthz", "readyz", "metrics"}

// webhookPath is what the bank's five paths begin with.
func webhookPath(text string) (string, error) {
	const hint = "write it as /uzum: a slash, then letters, digits, - _ and ."
	rest, found := strings.CutPrefix(text, "/")
	if !found || len(text) > maxLine {
		return "", wrong(hint, "%s does not begin with a slash", shown(text))
	}
	parts := strings.Split(rest, "/")
	for _, part := range parts {
		if part == "" || part == "." || part == ".." || strings.ContainsFunc(part, func(r rune) bool { return notInName(r) && r != '.' }) {
			return "", wrong(hint, "%s is not a plain path", shown(text))
		}
	}
	if slices.Contains(ownPaths, parts[0]) {
		return "", wrong("take another name, such as /uzum", "/%s is used by the program itself", parts[0])
	}
	return text, nil
}

// dealPath is a path at the vendor's API with a place for the deal's id.
func dealPath(text string) (string, error) {
	const place = "{id}"
	rest := strings.Replace(text, place, "id", 1)
	bad := func(r rune) bool { return notInName(r) && r != '/' && r != '.' }
	if !strings.HasPrefix(text, "/") || rest == text || strings.ContainsFunc(rest, bad) || strings.Contains(rest, "..") {
		return "", wrong("the default is /deals/{id}/credentials", "%s is not a path with {id} in it once", shown(text))
	}
	return text, nil
}

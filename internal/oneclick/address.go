package oneclick

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// baseURL reads where the vendor's API can be called: https and a host, or plain http
// on this machine, without a user, a query or a fragment.
func baseURL(base string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimRight(base, "/"))
	if err != nil || u.Opaque != "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil, false
	}
	return u, safeOrigin(u)
}

// safeOrigin wants TLS wherever the line leaves this machine.
func safeOrigin(u *url.URL) bool {
	switch {
	case u.Hostname() == "":
		return false
	case u.Scheme == "https":
		return true
	}
	return u.Scheme == "http" && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// maxLink bounds a link for a customer, in bytes; the ledger keeps no longer one.
const maxLink = 4000

// usableURL tells a link that a customer can be sent to.
func usableURL(link string) bool {
	u, err := url.Parse(link)
	return err == nil && len(link) <= maxLink && u.User == nil && safeOrigin(u)
}

// visible tells a text of visible ASCII, as links are on the wire: other letters can
// show another address than the link leads to.
func visible(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}

func ownTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    5 * time.Second,
		IdleConnTimeout:        60 * time.Second,
		MaxIdleConnsPerHost:    DefaultRate,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

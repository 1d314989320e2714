package webhook

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
)

// maxHops is how many entries of X-Forwarded-For are looked at.
const maxHops = 32

// Addresses tells where a call comes from. It is safe for concurrent use.
type Addresses struct {
	trusted atomic.Pointer[[]netip.Prefix]
}

// NewAddresses believes the X-Forwarded-For of the proxies given, and of no
// one else. Behind no proxy give none.
func NewAddresses(proxies []netip.Prefix) *Addresses {
	a := new(Addresses)
	a.Trust(proxies)
	return a
}

// Trust swaps the proxies that are believed.
func (a *Addresses) Trust(proxies []netip.Prefix) {
	proxies = slices.Clone(proxies)
	a.trusted.Store(&proxies)
}

// Of is the address of the caller: the other end of the connection, or, when
// that is a trusted proxy, the right-most address of X-Forwarded-For that is
// none. What stands further left anybody may have written. The zero Addr means
// that the server has no idea.
func (a *Addresses) Of(r *http.Request) netip.Addr {
	peer := parseHop(r.RemoteAddr)
	trusted := *a.trusted.Load()
	if !isTrusted(trusted, peer) {
		return peer
	}
	from := peer
	for hop := range hopsFromRight(r.Header.Values("X-Forwarded-For")) {
		addr := parseHop(hop)
		if !addr.IsValid() {
			return from
		}
		if from = addr; !isTrusted(trusted, addr) {
			return from
		}
	}
	return from
}

// Text is Of as text, empty for the zero Addr.
func (a *Addresses) Text(r *http.Request) string {
	addr := a.Of(r)
	if !addr.IsValid() {
		return ""
	}
	return addr.String()
}

// hopsFromRight gives the entries of all headers of that name, the last first.
func hopsFromRight(headers []string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		hops := 0
		for _, header := range slices.Backward(headers) {
			for more := true; more; hops++ {
				i := strings.LastIndexByte(header, ',')
				more = i >= 0
				if hops == maxHops || !yield(strings.TrimSpace(header[i+1:])) {
					return
				}
				header = header[:max(i, 0)]
			}
		}
	}
}

// parseHop reads an address, with or without a port. IPv4 in IPv6 is IPv4.
func parseHop(s string) netip.Addr {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	addr, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}

func isTrusted(trusted []netip.Prefix, addr netip.Addr) bool {
	for _, p := range trusted {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

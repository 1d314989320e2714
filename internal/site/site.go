// Package site owns what one caller is taken for where callers are counted by
// their addresses. It imports only the standard library.
package site

import "net/netip"

// Of is what one caller is sure to hold: an IPv4 address, or the 64 bits that
// every IPv6 customer gets at least. The zero Addr stays what it is.
func Of(a netip.Addr) netip.Addr {
	if !a.Is6() || a.Is4In6() {
		return a.Unmap()
	}
	p, err := a.Prefix(64)
	if err != nil {
		return a
	}
	return p.Addr()
}

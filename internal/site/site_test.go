package site_test

import (
	"net/netip"
	"testing"

	"tushum/internal/site"
)

// One customer's IPv6 network is one caller.
func TestOf(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"1.2.3.4": "1.2.3.4", "::ffff:1.2.3.4": "1.2.3.4", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::", "2001:db8:1:2:ffff::1": "2001:db8:1:2::",
		"fe80::1%eth0": "fe80::",
	} {
		if got := site.Of(netip.MustParseAddr(in)).String(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	if site.Of(netip.Addr{}).IsValid() {
		t.Error("no address became one")
	}
}

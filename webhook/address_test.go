package webhook

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, tc := range []struct {
		name, peer string
		forwarded  []string
		proxies    []netip.Prefix
		want       string
	}{
		{"no proxy set", "10.0.0.1:1", []string{"1.2.3.4"}, nil, "10.0.0.1"},
		{"peer is no proxy", "5.6.7.8:1", []string{"1.2.3.4"}, proxies, "5.6.7.8"},
		{"one hop", "10.0.0.1:1", []string{"1.2.3.4"}, proxies, "1.2.3.4"},
		{"forged to the left", "10.0.0.1:1", []string{"9.9.9.9, 1.2.3.4"}, proxies, "1.2.3.4"},
		{"two proxies", "10.0.0.1:1", []string{"9.9.9.9, 1.2.3.4, 10.0.0.2"}, proxies, "1.2.3.4"},
		{"two headers", "10.0.0.1:1", []string{"9.9.9.9, 8.8.8.8", "1.2.3.4,10.0.0.2"}, proxies, "1.2.3.4"},
		{"only proxies", "10.0.0.1:1", []string{"10.0.0.3, 10.0.0.2"}, proxies, "10.0.0.3"},
		{"no header", "10.0.0.1:1", nil, proxies, "10.0.0.1"},
		{"empty header", "10.0.0.1:1", []string{""}, proxies, "10.0.0.1"},
		{"nonsense", "10.0.0.1:1", []string{"1.2.3.4, unknown"}, proxies, "10.0.0.1"},
		{"nonsense behind a proxy", "10.0.0.1:1", []string{"<script>, 10.0.0.2"}, proxies, "10.0.0.2"},
		{"with ports", "10.0.0.1:1", []string{"1.2.3.4:555"}, proxies, "1.2.3.4"},
		{"IPv6", "[fd00::1]:1", []string{"2001:db8::5"}, proxies, "2001:db8::5"},
		{"IPv6 in brackets", "[fd00::1]:1", []string{"[2001:db8::5]:443, [fd00::2]"}, proxies, "2001:db8::5"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:1", []string{"::ffff:1.2.3.4"}, proxies, "1.2.3.4"},
		{"a zone", "[fe80::1%eth0]:1", nil, proxies, "fe80::1"},
		{"no peer", "@", []string{"1.2.3.4"}, proxies, ""},
		{"endless", "10.0.0.1:1", []string{"1.2.3.4" + strings.Repeat(",10.0.0.2", 100)}, proxies, "10.0.0.2"},
	} {
		a := NewAddresses(tc.proxies)
		r := &http.Request{RemoteAddr: tc.peer, Header: http.Header{"X-Forwarded-For": tc.forwarded}}
		if got := a.Text(r); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestTrustChangesAtOnce(t *testing.T) {
	t.Parallel()
	a := NewAddresses(nil)
	r := &http.Request{RemoteAddr: "10.0.0.1:1", Header: http.Header{"X-Forwarded-For": {"1.2.3.4"}}}
	if got := a.Text(r); got != "10.0.0.1" {
		t.Fatalf("before: %s", got)
	}
	a.Trust([]netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")})
	if got := a.Text(r); got != "1.2.3.4" {
		t.Fatalf("after: %s", got)
	}
}

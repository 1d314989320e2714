package doctor

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"tushum/internal/lang"
)

var (
	titlePublicURL = lang.Text{UZ: "Internetdagi manzil", RU: "Адрес в интернете", EN: "Public URL"}
	titleDNS       = lang.Text{UZ: "DNS", RU: "DNS", EN: "DNS"}

	sayPublicURL = lang.Text{UZ: "bank so‘rovlari %s manziliga keladi", RU: "запросы банка идут на %s", EN: "the bank calls %s"}
	sayOnlyHere  = lang.Text{UZ: "%s sinash uchun: bank unga yetolmaydi", RU: "%s — для пробы: банк до него не дойдёт", EN: "%s is for trying things out: the bank can't reach it"}
	sayNoPublic  = lang.Text{UZ: "public_url berilmagan: bank do‘konni topolmaydi", RU: "public_url не задан: банку некуда обращаться", EN: "there is no public_url: the bank does not know where to call"}
	adviseURL    = lang.Text{
		UZ: "[listener] public_url ga internetdan ochiladigan manzilni yozing, masalan https://pay.dokon.uz (tushum setup so‘raydi)",
		RU: "задайте в [listener] public_url адрес, который открывается из интернета, например https://pay.dokon.uz (tushum setup спросит)",
		EN: "set [listener] public_url to an address that opens from the internet, such as https://pay.shop.uz (tushum setup asks for it)",
	}

	sayNoPublicYet = lang.Text{UZ: "public_url yo‘q", RU: "нет public_url", EN: "there is no public_url"}
	sayResolves    = lang.Text{UZ: "%s: %s", RU: "%s: %s", EN: "%s is %s"}
	sayNoName      = lang.Text{UZ: "%s nomi topilmadi", RU: "имя %s не находится", EN: "the name %s is not found"}
	sayNoDNS       = lang.Text{UZ: "%s ning manzilini bilib bo‘lmadi: DNS javob bermayapti", RU: "не удалось узнать адрес %s: DNS не отвечает", EN: "can't find the address of %s: the DNS does not answer"}
	sayPrivate     = lang.Text{UZ: "%s manzili %s — ichki tarmoqniki: bank unga yetolmaydi", RU: "%s — это %s, адрес внутренней сети: банк до него не дойдёт", EN: "%s is %s, an address of an inner network: the bank can't reach it"}

	adviseName    = lang.Text{UZ: "domen provayderida shu nom uchun A yozuvini yarating va imlosini tekshiring", RU: "создайте у регистратора домена запись A для этого имени и проверьте, как оно написано", EN: "make an A record for this name where the domain is kept, and check its spelling"}
	adviseDNS     = lang.Text{UZ: "kompyuterning internet va DNS sozlamalarini tekshiring", RU: "проверьте интернет и настройки DNS на этом компьютере", EN: "check this machine's internet connection and DNS settings"}
	advisePrivate = lang.Text{
		UZ: "A yozuvida internetga ochiq («oq») IP manzilni bering yoki tunneldan foydalaning", RU: "укажите в записи A IP, видимый из интернета («белый») или используйте туннель", EN: "put an address of the internet into the A record, or use a tunnel",
	}
)

// publicURL is the public URL of the settings; nil where there is none.
func (r *round) publicURL() *url.URL {
	if r.Config == nil || r.Config.Listener.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(r.Config.Listener.PublicURL)
	if err != nil { // the settings were checked
		return nil
	}
	return u
}

func lookAtPublicURL(_ context.Context, r *round) finding {
	if r.Config == nil {
		return skipped(sayNoSettings)
	}
	u := r.publicURL()
	switch {
	case u == nil && !r.usesBank():
		return skipped(sayNoPublicYet)
	case u == nil:
		return warned(sayNoPublic, adviseURL)
	case isHere(u.Hostname()):
		return warned(about(sayOnlyHere, u), adviseURL)
	}
	return passed(about(sayPublicURL, u.String()+r.Config.Uzum.Path))
}

// isHere tells hosts that are meant for trying out: this machine, and names
// under .test (RFC 6761, section 6.2).
func isHere(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Unmap().IsLoopback()
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".test")
}

func lookAtDNS(ctx context.Context, r *round) finding {
	u := r.publicURL()
	switch {
	case r.Config == nil:
		return skipped(sayNoSettings)
	case u == nil:
		return skipped(sayNoPublicYet)
	}
	host := u.Hostname()
	found, err := r.addressesOf(ctx, host)
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound, err == nil && len(found) == 0:
		return failed(about(sayNoName, host), adviseName)
	case err != nil:
		return failed(about(sayNoDNS, host), adviseDNS)
	}
	all := make([]string, len(found))
	private := true
	for i, addr := range found {
		all[i] = addr.String()
		private = private && isInner(addr)
	}
	told := strings.Join(all, ", ")
	if private && !isHere(host) {
		return warned(about(sayPrivate, host, told), advisePrivate)
	}
	return passed(about(sayResolves, host, told))
}

// shared are the addresses of a provider's own network (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

// isInner tells addresses that the internet knows no way to.
func isInner(a netip.Addr) bool {
	return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsUnspecified() || shared.Contains(a)
}

// addressesOf finds the addresses of a host, which may be one itself.
func (r *round) addressesOf(ctx context.Context, host string) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr.Unmap()}, nil
	}
	var resolver Resolver = net.DefaultResolver
	if r.Resolver != nil {
		resolver = r.Resolver
	}
	found, err := resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, fmt.Errorf("looking up %s: %w", host, err)
	}
	for i := range found {
		found[i] = found[i].Unmap()
	}
	return found, nil
}

// dial connects as the bank does: to what the DNS says, and through no proxy of
// this machine's.
func (r *round) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("connecting: %w", err)
	}
	found, err := r.addressesOf(ctx, host)
	if err != nil {
		return nil, err
	}
	err = fmt.Errorf("connecting: %s has no address", host)
	for _, addr := range found {
		var conn net.Conn
		if conn, err = new(net.Dialer).DialContext(ctx, network, net.JoinHostPort(addr.String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"syscall"

	"tushum/internal/bank"
	"tushum/internal/lang"
)

var (
	sayNoConnection = lang.Text{UZ: "ulanib bo‘lmadi: %s", RU: "нет соединения: %s", EN: "no connection: %s"}
	sayRefusedThere = lang.Text{UZ: "ulanish rad etildi: u yerda hech narsa tinglamayapti", RU: "в соединении отказано: там никто не слушает", EN: "the connection is refused: nothing listens there"}
	saySilent       = lang.Text{UZ: "vaqtida javob kelmadi", RU: "ответа не дождались", EN: "no answer came in time"}
	sayNoHost       = lang.Text{UZ: "DNS bu nomni topmadi", RU: "DNS не нашёл этого имени", EN: "the DNS has no such name"}
	sayBadTLS       = lang.Text{UZ: "HTTPS xatosi: %s", RU: "ошибка HTTPS: %s", EN: "HTTPS fails: %s"}
	sayPlainThere   = lang.Text{UZ: "u yerda HTTPS emas, oddiy HTTP", RU: "там обычный HTTP, а не HTTPS", EN: "plain HTTP answers there, and not HTTPS"}

	adviseReach   = lang.Text{UZ: "routerda portni shu kompyuterga yo‘naltiring, xavfsizlik devorini va proksini tekshiring", RU: "пробросьте порт на роутере на этот компьютер, проверьте файрвол и прокси", EN: "forward the port to this machine in the router, and check the firewall and the proxy"}
	adviseTLS     = lang.Text{UZ: "yuqoridagi HTTPS sertifikati tekshiruviga qarang", RU: "смотрите проверки сертификата HTTPS выше", EN: "see the checks of the HTTPS certificate above"}
	adviseEncrypt = lang.Text{UZ: "proksida yoki [listener] da HTTPS ni yoqing", RU: "включите HTTPS на прокси или в [listener]", EN: "turn on HTTPS in the proxy, or under [listener]"}

	sayBrokenOff  = lang.Text{UZ: "ulanish uzilib qoldi", RU: "соединение оборвалось", EN: "the connection was broken off"}
	sayNoWay      = lang.Text{UZ: "u yerga tarmoq yo‘li yo‘q", RU: "сети туда нет", EN: "the network has no way there"}
	saySilentDNS  = lang.Text{UZ: "DNS javob bermayapti", RU: "DNS не отвечает", EN: "the DNS does not answer"}
	sayNoOne      = lang.Text{UZ: "uni noma’lum tomon imzolagan", RU: "он подписан неизвестно кем", EN: "an unknown authority has signed it"}
	sayNotForHost = lang.Text{UZ: "u boshqa nom uchun", RU: "он на другое имя", EN: "it is for another name"}
	sayNotNow     = lang.Text{UZ: "uning muddati tugagan yoki hali boshlanmagan", RU: "его срок истёк или ещё не начался", EN: "it has ended, or has not begun"}

	adviseOutside = lang.Text{
		UZ: "router ichkaridan internetdagi manzilga o‘tkazmayotgan bo‘lishi mumkin: %s ni telefonda, mobil internetda oching; ok chiqsa, hammasi joyida",
		RU: "возможно, роутер не пускает изнутри на адрес в интернете: откройте %s с телефона через мобильный интернет; если видно ok, всё в порядке",
		EN: "your router may not let you in from inside: open %s on a phone, over its mobile network; if it says ok, all is well",
	}
)

// unanswered words an error of the connection.
func unanswered(err error) (says, advice lang.Text) {
	var (
		dns    *net.DNSError
		record tls.RecordHeaderError
		slow   net.Error
	)
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return sayNoHost, adviseName
	case dns != nil:
		return saySilentDNS, adviseDNS
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return sayPlainThere, adviseEncrypt
	case isTLS(err):
		return about(sayBadTLS, reasonOf(err)), adviseTLS
	case errors.Is(err, syscall.ECONNREFUSED):
		return sayRefusedThere, adviseReach
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return saySilent, adviseReach
	}
	return about(sayNoConnection, reasonOf(err)), adviseReach
}

func isTLS(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		alert        tls.AlertError
		authority    x509.UnknownAuthorityError
		host         x509.HostnameError
		invalid      x509.CertificateInvalidError
	)
	return errors.As(err, &verification) || errors.As(err, &alert) || errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid) ||
		strings.Contains(err.Error(), "tls: ")
}

// reasonOf is why an attempt to connect has failed: in our words where there are
// some, otherwise the innermost of the system's, without what led there.
func reasonOf(err error) lang.Text {
	var (
		dns       *net.DNSError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
		slow      net.Error
		sys       *os.SyscallError
	)
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return sayNoHost
	case dns != nil:
		return saySilentDNS
	case errors.As(err, &authority):
		return sayNoOne
	case errors.As(err, &host):
		return sayNotForHost
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return sayNotNow
	case errors.Is(err, syscall.ECONNREFUSED):
		return sayRefusedThere
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return sayNoWay
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return sayBrokenOff
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return saySilent
	case errors.As(err, &sys):
		return plain(quoted(sys.Err.Error()))
	}
	return plain(quoted(innermost(err).Error()))
}

func innermost(err error) error {
	for {
		below := errors.Unwrap(err)
		if below == nil {
			return err
		}
		err = below
	}
}

// isBehindRouter tells whether this failure says nothing of the internet: many
// routers do not let those inside come back in by the public address, and refuse
// them, are silent, or show a page of their own. That can only be told of a shop
// that answers well on this machine, whose public address is not this machine's.
func (st *stage) isBehindRouter(ctx context.Context, reply bank.Reply, err error) bool {
	if !st.public || !st.locally.Load() || len(st.Arrivals()) > 0 || !st.isOutside(ctx, st.publicURL().Hostname()) {
		return false
	}
	if err != nil {
		return !isDNS(err) && (!isTLS(err) || st.isAnothers(ctx, err))
	}
	gateway := reply.HTTPStatus >= http.StatusBadGateway && reply.HTTPStatus <= http.StatusGatewayTimeout
	return reply.ErrorCode == "" && reply.State() == "" && !gateway
}

func isDNS(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns)
}

// isAnothers tells whether a certificate that was not believed is another than
// the one that this program shows. Behind a proxy that is not known.
func (r *round) isAnothers(ctx context.Context, err error) bool {
	var unbelieved *tls.CertificateVerificationError
	if !r.Listens.Secure || !errors.As(err, &unbelieved) || len(unbelieved.UnverifiedCertificates) == 0 {
		return false
	}
	own, f := r.certificate(ctx)
	return f == nil && !own.chain[0].Equal(unbelieved.UnverifiedCertificates[0])
}

// isOutside tells whether every address of a host is reached from here through a
// router only.
func (r *round) isOutside(ctx context.Context, host string) bool {
	found, err := r.addressesOf(ctx, host)
	outside := r.Outside
	if outside == nil {
		outside = isElsewhere
	}
	for _, a := range found {
		if !outside(a) {
			return false
		}
	}
	return err == nil && len(found) > 0
}

// isElsewhere is the usual Outside.
func isElsewhere(a netip.Addr) bool {
	if isInner(a) {
		return false
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, one := range own {
		if n, is := one.(*net.IPNet); is {
			if ip, _ := netip.AddrFromSlice(n.IP); ip.Unmap() == a {
				return false
			}
		}
	}
	return true
}

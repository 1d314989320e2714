package doctor

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/store"
)

// errNoRoots is a ca_root without a certificate in it.
var errNoRoots = errors.New("there is no certificate in it")

var (
	titleCertificate = lang.Text{UZ: "HTTPS sertifikati", RU: "Сертификат HTTPS", EN: "HTTPS certificate"}
	titleChain       = lang.Text{UZ: "HTTPS ishonchi", RU: "Доверие к HTTPS", EN: "HTTPS chain"}

	sayPlain       = lang.Text{UZ: "%s HTTPS emas: sinash uchun", RU: "%s без HTTPS: для пробы", EN: "%s is no HTTPS: to try things out"}
	sayNoHTTPS     = lang.Text{UZ: "HTTPS yo‘q, public_url ham yo‘q", RU: "нет ни HTTPS, ни public_url", EN: "there is neither HTTPS nor a public_url"}
	sayUnseen      = lang.Text{UZ: "proksi ortida; %s bilan HTTPS ulanish bo‘lmadi: %s", RU: "за прокси; соединиться по HTTPS с %s не удалось: %s", EN: "behind a proxy; no HTTPS connection to %s: %s"}
	sayNoHandshake = lang.Text{UZ: "%s bilan HTTPS ulanish bo‘lmadi: %s", RU: "соединиться по HTTPS с %s не удалось: %s", EN: "no HTTPS connection to %s: %s"}
	sayBadPair     = lang.Text{UZ: "sertifikat yoki kalit yaroqsiz: %s", RU: "сертификат или ключ не годится: %s", EN: "the certificate or its key can't be used: %s"}
	sayBadRoot     = lang.Text{UZ: "ca_root o‘qilmadi: %s", RU: "ca_root не читается: %s", EN: "ca_root can't be read: %s"}

	sayCertificate = lang.Text{UZ: "nomlar: %s, %s gacha, bergan: %s", RU: "имена: %s, до %s, выдал: %s", EN: "for %s, until %s, issued by %s"}
	sayBehindProxy = lang.Text{UZ: "HTTPS proksida", RU: "HTTPS на прокси", EN: "the proxy does HTTPS"}
	sayOtherHost   = lang.Text{UZ: "sertifikat %s uchun emas: u %s uchun", RU: "сертификат не для %s, а для %s", EN: "the certificate is not for %s but for %s"}
	sayExpired     = lang.Text{UZ: "sertifikat muddati %s da tugagan", RU: "срок сертификата истёк %s", EN: "the certificate ended on %s"}
	sayTooEarly    = lang.Text{UZ: "sertifikat faqat %s dan boshlab amal qiladi", RU: "сертификат действует только с %s", EN: "the certificate begins only on %s"}
	sayEnding      = lang.Text{UZ: "sertifikat %s da tugaydi, %d kun qoldi", RU: "сертификат кончается %s, осталось дней: %d", EN: "the certificate ends on %s, in %d days"}

	sayTrusted   = lang.Text{UZ: "bu kompyuter ishonadi: %s, %s", RU: "этот компьютер доверяет: %s, %s", EN: "trusted by this machine: %s, %s"}
	sayOnlyRoot  = lang.Text{UZ: "faqat ca_root orqali ishonchli: bank uni tanimaydi", RU: "доверие только через ca_root: банк его не знает", EN: "trusted only through ca_root: the bank does not know it"}
	sayUntrusted = lang.Text{UZ: "sertifikatga ishonch zanjiri yo‘q: %s", RU: "цепочка доверия к сертификату не строится: %s", EN: "no chain of trust leads to the certificate: %s"}
	sayOldTLS    = lang.Text{UZ: "kelishilgan versiya %s, TLS 1.2 dan past", RU: "договорились о %s, это ниже TLS 1.2", EN: "%s was agreed on, which is below TLS 1.2"}
	sayLookFirst = lang.Text{UZ: "avval sertifikat topilishi kerak", RU: "сначала нужен сертификат", EN: "there has to be a certificate first"}

	adviseProxy = lang.Text{UZ: "proksi ishlayotganini va 443-port ochiqligini tekshiring", RU: "проверьте, что прокси работает и порт 443 открыт", EN: "see that the proxy runs and that port 443 is open"}
	advisePair  = lang.Text{UZ: "[listener] tls_cert va tls_key bir juftdan ekanini tekshiring; sertifikatni qayta oling", RU: "проверьте, что [listener] tls_cert и tls_key — из одной пары; получите сертификат заново", EN: "see that [listener] tls_cert and tls_key belong together; get the certificate anew"}
	adviseLife  = lang.Text{
		UZ: "dastur uni o‘zi yangilashi kerak edi: xizmat jurnalini, 80- va 443-portlar internetdan ochiqligini tekshiring",
		RU: "программа должна была обновить его сама: посмотрите журнал службы и открыты ли из интернета порты 80 и 443",
		EN: "the program should have renewed it by itself: see the service's log, and whether ports 80 and 443 are open from the internet",
	}
	adviseProxys = lang.Text{UZ: "sertifikatni proksida yangilang: bank muddati tugaganini rad etadi", RU: "обновите сертификат на прокси: с просроченным банк не соединится", EN: "renew it in the proxy: the bank refuses one that has ended"}
	advisePublic = lang.Text{UZ: "hamma taniydigan markazdan sertifikat oling (Let’s Encrypt) va [listener.acme] ca_root ni olib tashlang", RU: "получите сертификат от известного всем центра (Let’s Encrypt) и уберите [listener.acme] ca_root", EN: "get one from an authority that everybody knows (Let's Encrypt), and take [listener.acme] ca_root out"}
	adviseRoot   = lang.Text{UZ: "[listener.acme] ca_root da PEM fayl yo‘lini bering", RU: "укажите в [listener.acme] ca_root путь к файлу PEM", EN: "name a PEM file in [listener.acme] ca_root"}
	adviseNames  = lang.Text{UZ: "shu nom uchun sertifikat oling yoki public_url ni tuzating", RU: "получите сертификат на это имя или исправьте public_url", EN: "get a certificate for that name, or mend public_url"}
	adviseRenew  = lang.Text{UZ: "sertifikatni hozir yangilang: bank eskisini rad etadi (certbot renew)", RU: "обновите сертификат сейчас: с просроченным банк не соединится (certbot renew)", EN: "renew it now: the bank refuses one that has ended (certbot renew)"}
	adviseEarly  = lang.Text{UZ: "bu kompyuter soatini va sertifikatni tekshiring", RU: "проверьте часы этого компьютера и сертификат", EN: "check this machine's clock, and the certificate"}
	adviseChain  = lang.Text{UZ: "tls_cert ga oraliq sertifikatlarni ham qo‘shing (fullchain.pem); o‘zi imzolangan sertifikatni bank qabul qilmaydi", RU: "добавьте в tls_cert промежуточные сертификаты (fullchain.pem); самоподписанный банк не примет", EN: "put the intermediate certificates into tls_cert as well (fullchain.pem); the bank accepts no self-signed one"}
	adviseModern = lang.Text{UZ: "proksida TLS 1.2 va 1.3 ni yoqing", RU: "включите на прокси TLS 1.2 и 1.3", EN: "turn on TLS 1.2 and 1.3 in the proxy"}
	adviseServe  = lang.Text{UZ: "[listener] HTTPS sozlamalarini va xizmat jurnalini tekshiring", RU: "проверьте настройки HTTPS в [listener] и журнал службы", EN: "check the settings of HTTPS in [listener], and the service's log"}
)

// served is what is shown to whoever connects.
type served struct {
	chain   []*x509.Certificate // the site's own first
	version uint16
	proxy   bool // somebody else's, who stands before us
}

// certificate gets the certificate that callers see: of our own listener, of the
// files where nothing listens, or of the proxy before us. Where there is none the
// finding says why.
func (r *round) certificate(ctx context.Context) (served, *finding) {
	u := r.publicURL()
	switch {
	case r.Config == nil:
		return nothing(skipped(sayNoSettings))
	case r.Config.Listener.TLSCert != "":
		chain, f := r.readPair()
		if f != nil || r.Listens == nil {
			return served{chain: chain, version: tls.VersionTLS12}, f
		}
	case r.Listens == nil && len(r.Config.Listener.ACME.Domains) > 0:
		return nothing(skipped(sayLookFirst))
	}
	if r.Listens != nil && r.Listens.Secure {
		at := reachable(r.Listens.Address)
		s, err := r.handshake(ctx, at, r.serverName())
		switch why := r.Listens.Trouble; {
		case err != nil && why != nil:
			return nothing(failed(why.Says, orElse(why.Hint, adviseServe)))
		case err != nil:
			return nothing(failed(about(sayNoHandshake, at, reasonOf(err)), adviseServe))
		}
		return s, nil
	}
	switch {
	case u == nil:
		return nothing(skipped(sayNoHTTPS))
	case u.Scheme != "https":
		return nothing(skipped(about(sayPlain, u)))
	}
	return r.proxysCertificate(ctx, u)
}

// proxysCertificate gets it at the public URL.
func (r *round) proxysCertificate(ctx context.Context, u *url.URL) (served, *finding) {
	s, err := r.handshake(ctx, hostPort(u), u.Hostname())
	s.proxy = true
	if err != nil {
		says := about(sayUnseen, u, reasonOf(err))
		if !isDNS(err) && !isTLS(err) && r.isOutside(ctx, u.Hostname()) {
			return nothing(warned(says, about(adviseOutside, u.String()+"/healthz")))
		}
		return nothing(failed(says, adviseProxy))
	}
	return s, nil
}

func nothing(f finding) (served, *finding) { return served{}, &f }

// readPair reads the certificate and its key as they lie on the disk now: a
// service goes on with those that it has.
func (r *round) readPair() ([]*x509.Certificate, *finding) {
	if r.Files != nil {
		if why := r.Files(); why != nil {
			f := failed(why.Says, orElse(why.Hint, advisePair))
			return nil, &f
		}
	}
	pair, err := tls.LoadX509KeyPair(r.Config.Listener.TLSCert, r.Config.Listener.TLSKey)
	if err != nil {
		f := failed(about(sayBadPair, err), advisePair)
		return nil, &f
	}
	var chain []*x509.Certificate
	for _, der := range pair.Certificate {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			f := failed(about(sayBadPair, err), advisePair)
			return nil, &f
		}
		chain = append(chain, c)
	}
	return chain, nil
}

// serverName is the host that callers ask for.
func (r *round) serverName() string {
	if u := r.publicURL(); u != nil && u.Scheme == "https" {
		return u.Hostname()
	}
	if domains := r.Config.Listener.ACME.Domains; len(domains) > 0 {
		return domains[0]
	}
	return ""
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "443"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// handshake looks at what a server shows, trusted or not.
func (r *round) handshake(ctx context.Context, address, name string) (served, error) {
	raw, err := r.dial(ctx, "tcp", address)
	if err != nil {
		return served{}, err
	}
	defer raw.Close()
	conn := tls.Client(raw, r.looking(name))
	if err := conn.HandshakeContext(ctx); err != nil {
		return served{}, fmt.Errorf("the handshake: %w", err)
	}
	state := conn.ConnectionState()
	return served{chain: state.PeerCertificates, version: state.Version}, nil
}

// looking accepts whatever is shown: it is looked at, or it is our own listener's.
func (r *round) looking(name string) *tls.Config {
	return &tls.Config{
		ServerName: name, Time: r.Now, MinVersion: tls.VersionTLS10, NextProtos: []string{"http/1.1"},
		InsecureSkipVerify: true, //nolint:gosec // G402: whether it is trusted is a check of its own
	}
}

func lookAtCertificate(ctx context.Context, r *round) finding {
	s, f := r.certificate(ctx)
	if f != nil {
		return *f
	}
	leaf, now, host := s.chain[0], r.Now(), r.serverName()
	names := strings.Join(namesOf(leaf), ", ")
	left := leaf.NotAfter.Sub(now)
	switch {
	case host != "" && leaf.VerifyHostname(host) != nil:
		return failed(about(sayOtherHost, host, names), adviseNames)
	case left <= 0:
		return failed(about(sayExpired, r.day(leaf.NotAfter)), r.renewal(s))
	case now.Before(leaf.NotBefore):
		return failed(about(sayTooEarly, r.day(leaf.NotBefore)), adviseEarly)
	case r.endsSoon(leaf):
		return warned(about(sayEnding, r.day(leaf.NotAfter), int(left/(24*time.Hour))), r.renewal(s))
	case !s.proxy && r.Listens != nil && r.Listens.Trouble != nil: // it holds still, and is not renewed
		return warned(r.Listens.Trouble.Says, orElse(r.Listens.Trouble.Hint, adviseServe))
	}
	says := about(sayCertificate, names, r.day(leaf.NotAfter), issuerOf(leaf))
	if s.proxy {
		says = joined(sayBehindProxy, says)
	}
	return passed(says)
}

// endsSoon goes by whether somebody has to renew a certificate: nobody need where
// it was got by itself, here or, as far as can be told, in a proxy.
func (r *round) endsSoon(c *x509.Certificate) bool {
	v := store.Validity{NotBefore: c.NotBefore, NotAfter: c.NotAfter, Automatic: r.Config.Listener.TLSCert == ""}
	return v.EndsSoon(r.Now())
}

// renewal is how a certificate that ends is renewed.
func (r *round) renewal(s served) lang.Text {
	switch {
	case s.proxy:
		return adviseProxys
	case r.Config.Listener.TLSCert == "": // by ACME
		return adviseLife
	}
	return adviseRenew
}

// day is a date where the shop is.
func (r *round) day(t time.Time) string {
	if r.Config.Shop.Location != nil {
		t = t.In(r.Config.Shop.Location)
	}
	return t.Format("02.01.2006")
}

func namesOf(c *x509.Certificate) []string {
	all := append([]string(nil), c.DNSNames...)
	for _, ip := range c.IPAddresses {
		all = append(all, ip.String())
	}
	if len(all) == 0 {
		all = []string{quoted(c.Subject.CommonName)}
	}
	return all
}

func issuerOf(c *x509.Certificate) string {
	if len(c.Issuer.Organization) > 0 {
		return quoted(c.Issuer.Organization[0])
	}
	return quoted(c.Issuer.CommonName)
}

// lookAtChain verifies by the roots that this machine knows, which the bank's
// need not be, whether name and dates are right or not: those are told by the
// check before.
func lookAtChain(ctx context.Context, r *round) finding {
	s, f := r.certificate(ctx)
	if f != nil {
		if f.status == Failed {
			return skipped(sayLookFirst)
		}
		return *f
	}
	if s.version < tls.VersionTLS12 {
		return failed(about(sayOldTLS, tls.VersionName(s.version)), adviseModern)
	}
	more, err := r.roots()
	if err != nil {
		return failed(about(sayBadRoot, reasonOf(err)), adviseRoot)
	}
	root, err := s.verify(systemRoots(), r.Now())
	if err == nil {
		return passed(about(sayTrusted, issuerOf(root), tls.VersionName(s.version)))
	}
	if root, err = s.verify(more, r.Now()); err != nil {
		return failed(about(sayUntrusted, reasonOf(err)), adviseChain)
	}
	if u := r.publicURL(); u != nil && !isHere(u.Hostname()) {
		return warned(sayOnlyRoot, advisePublic)
	}
	return passed(about(sayTrusted, issuerOf(root), tls.VersionName(s.version)))
}

// verify finds the root that trust comes from.
func (s served) verify(roots *x509.CertPool, now time.Time) (*x509.Certificate, error) {
	between := x509.NewCertPool()
	for _, c := range s.chain[1:] {
		between.AddCert(c)
	}
	chains, err := s.chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: within(s.chain[0], now)})
	if err != nil {
		return nil, fmt.Errorf("verifying the chain: %w", err)
	}
	return chains[0][len(chains[0])-1], nil
}

// within is now, or the moment nearest to it at which a certificate is valid.
func within(c *x509.Certificate, now time.Time) time.Time {
	switch {
	case now.After(c.NotAfter):
		return c.NotAfter
	case now.Before(c.NotBefore):
		return c.NotBefore
	}
	return now
}

func systemRoots() *x509.CertPool {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return x509.NewCertPool()
	}
	return roots
}

// roots are those of the system, with the one that the settings name.
func (r *round) roots() (*x509.CertPool, error) {
	roots, path := systemRoots(), r.Config.Listener.ACME.CARoot
	if path == "" {
		return roots, nil
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the root: %w", err)
	}
	if !roots.AppendCertsFromPEM(bytes.TrimSpace(pem)) {
		return nil, fmt.Errorf("reading the root %s: %w", path, errNoRoots)
	}
	return roots, nil
}

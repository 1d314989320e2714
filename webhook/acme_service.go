package webhook

import (
	"context"
	"crypto"
	"crypto/x509"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"time"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3"
	"github.com/mholt/acmez/v3/acme"
)

// The challenges that can be answered.
const (
	challengeHTTP = acme.ChallengeTypeHTTP01
	challengeTLS  = acme.ChallengeTypeTLSALPN01
)

// acmeService has certificates issued. It is what certmagic calls an issuer.
type acmeService struct {
	directory  string
	email      string
	transport  *http.Transport
	cache      acmeCache
	challenges challenges
	ways       []string // challenges that are answered
}

var _ certmagic.Issuer = (*acmeService)(nil)

func newACMEService(o ACMEOptions) (*acmeService, error) {
	transport, err := acmeTransport(o.CARoot)
	if err != nil {
		return nil, err
	}
	s := &acmeService{
		directory: o.Directory, email: o.Email, transport: transport, ways: []string{challengeTLS},
		cache: acmeCache{&certmagic.FileStorage{Path: o.Cache}},
	}
	if s.directory == "" {
		s.directory = certmagic.LetsEncryptProductionCA
	}
	return s, s.cache.check()
}

// IssuerKey implements certmagic.Issuer: the service's part of the cache is
// called as its URL is.
func (s *acmeService) IssuerKey() string {
	return (&certmagic.ACMEIssuer{CA: s.directory}).IssuerKey()
}

// Issue implements certmagic.Issuer. A request is for one domain. Its error is a
// *CertificateError.
func (s *acmeService) Issue(ctx context.Context, request *x509.CertificateRequest) (*certmagic.IssuedCertificate, error) {
	domain := request.DNSNames[0]
	client := &acmez.Client{
		Client: &acme.Client{
			Directory: s.directory, UserAgent: "tushum",
			HTTPClient: &http.Client{Transport: carefully{s.transport}, Timeout: time.Minute},
		},
		ChallengeSolvers: make(map[string]acmez.Solver),
	}
	for _, way := range s.ways {
		client.ChallengeSolvers[way] = &s.challenges
	}
	account, err := s.register(ctx, client)
	if err != nil {
		return nil, s.fault(ctx, err, domain)
	}
	order, err := acmez.OrderParametersFromCSR(account, request)
	if err != nil {
		return nil, s.fault(ctx, err, domain)
	}
	chains, err := client.ObtainCertificate(ctx, order)
	if err != nil {
		return nil, s.fault(ctx, err, domain)
	}
	// The first is what the service gives to whoever has no wishes.
	return &certmagic.IssuedCertificate{Certificate: chains[0].ChainPEM}, nil
}

// register opens an account, or finds that of the key.
func (s *acmeService) register(ctx context.Context, client *acmez.Client) (acme.Account, error) {
	key, err := s.accountKey(ctx)
	if err != nil {
		return acme.Account{}, err
	}
	account := acme.Account{TermsOfServiceAgreed: true, PrivateKey: key}
	if s.email != "" {
		account.Contact = []string{"mailto:" + s.email}
	}
	return client.NewAccount(ctx, account)
}

// accountKey is the key of the account, made when there is none yet.
func (s *acmeService) accountKey(ctx context.Context) (crypto.Signer, error) {
	name := path.Join("acme", certmagic.StorageKeys.Safe(s.IssuerKey()), "account.key")
	text, err := s.cache.Load(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		if text, err = newAccountKey(); err == nil {
			err = s.cache.Store(ctx, name, text)
		}
	}
	if err != nil {
		return nil, s.cache.fault(err)
	}
	key, err := certmagic.PEMDecodePrivateKey(text)
	if err != nil {
		return nil, sayNoAccount.of(err, s.cache.Filename(name))
	}
	return key, nil
}

func newAccountKey() ([]byte, error) {
	key, err := certmagic.StandardKeyGenerator{KeyType: certmagic.P256}.GenerateKey()
	if err != nil {
		return nil, err
	}
	return certmagic.PEMEncodePrivateKey(key)
}

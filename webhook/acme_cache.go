package webhook

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// accountFile has the key of the account; every domain has a file besides. No
// domain is called so: one has a dot before its end.
const accountFile = "account.pem"

// acmeCache is the folder in which one service's account and certificates are
// kept. Each service has its own, so that what a test service has issued is
// never taken for the real thing.
type acmeCache struct{ folder string }

func openACMECache(folder, directory string) (acmeCache, error) {
	c := acmeCache{filepath.Join(folder, nameOf(directory))}
	if err := os.MkdirAll(c.folder, 0o700); err != nil {
		return c, sayNoCache.of(err, c.folder, reason(err))
	}
	probe, err := os.CreateTemp(c.folder, ".probe-*")
	if err != nil {
		return c, sayNoCache.of(err, c.folder, reason(err))
	}
	return c, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// nameOf makes a folder's name of a directory's URL, such as
// acme-v02.api.letsencrypt.org_directory.
func nameOf(directory string) string {
	if u, err := url.Parse(directory); err == nil {
		directory = u.Host + u.Path
	}
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '-':
			return r
		}
		return '_'
	}, directory), "._")
}

// account is the key of the account, made when there is none yet.
func (c acmeCache) account() (crypto.Signer, error) {
	file := filepath.Join(c.folder, accountFile)
	text, err := os.ReadFile(file)
	if err == nil {
		key, problem := parseKey(file, text)
		if problem != nil {
			return nil, sayNoAccount.of(problem, file)
		}
		return key, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, sayUnreadable.of(err, file, reason(err))
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, sayNoAccount.of(err, file)
	}
	block, err := keyBlock(key)
	if err != nil {
		return nil, sayNoAccount.of(err, file)
	}
	return key, c.write(accountFile, pem.EncodeToMemory(block))
}

func keyBlock(key crypto.PrivateKey) (*pem.Block, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return &pem.Block{Type: "PRIVATE KEY", Bytes: der}, err
}

// certificate is what is kept for a domain; nil when nothing is.
func (c acmeCache) certificate(domain string) (*tls.Certificate, error) {
	file := filepath.Join(c.folder, domain+".pem")
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	pair, problem := readPair(file, file)
	if problem != nil {
		return nil, problem
	}
	if err := pair.Leaf.VerifyHostname(domain); err != nil {
		return nil, err
	}
	return pair, nil
}

// keep writes a certificate with its key.
func (c acmeCache) keep(domain string, got *tls.Certificate) error {
	block, err := keyBlock(got.PrivateKey)
	if err != nil {
		return sayNoCache.of(err, c.folder, reason(err))
	}
	text := pem.EncodeToMemory(block)
	for _, der := range got.Certificate {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	return c.write(domain+".pem", text)
}

// write puts a file in its place whole or not at all.
func (c acmeCache) write(name string, text []byte) error {
	fail := func(err error) error { return sayNoCache.of(err, c.folder, reason(err)) }
	f, err := os.CreateTemp(c.folder, ".new-*") // for the owner only
	if err != nil {
		return fail(err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(c.folder, name))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // it may hold a key
		return fail(err)
	}
	return nil
}

package setup

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"tushum/internal/config"
	"tushum/internal/lang"
)

var (
	sayNoSuchFile  = lang.Text{UZ: "%s degan fayl yo‘q", RU: "нет файла %s", EN: "there is no file %s"}
	hintNoSuchFile = lang.Text{UZ: "yo‘lni to‘liq yozing", RU: "напишите путь целиком", EN: "write the whole path"}
	sayNoReading   = lang.Text{UZ: "%s faylini o‘qib bo‘lmadi", RU: "файл %s не читается", EN: "the file %s can't be read"}
	hintNoReading  = lang.Text{
		UZ: "fayl shu foydalanuvchi uchun ochiq ekanini tekshiring",
		RU: "проверьте, что файл доступен этому пользователю",
		EN: "see that this user may read it",
	}
	sayNoCertificate  = lang.Text{UZ: "%s ichida sertifikat yo‘q", RU: "в %s нет сертификата", EN: "there is no certificate in %s"}
	hintNoCertificate = lang.Text{
		UZ: "-----BEGIN CERTIFICATE----- bilan boshlanadigan PEM faylni bering",
		RU: "укажите файл PEM, который начинается с -----BEGIN CERTIFICATE-----",
		EN: "give the PEM file that begins with -----BEGIN CERTIFICATE-----",
	}
	sayOtherHost  = lang.Text{UZ: "sertifikat %s uchun emas", RU: "сертификат не на имя %s", EN: "the certificate is not for %s"}
	hintOtherHost = lang.Text{
		UZ: "shu nomga olingan sertifikatni bering yoki internetdagi manzilni o‘zgartiring",
		RU: "укажите сертификат на это имя или измените адрес в интернете",
		EN: "give one for this name, or change the public URL",
	}
	sayOtherKey  = lang.Text{UZ: "%s shu sertifikatning kaliti emas", RU: "%s — не ключ этого сертификата", EN: "%s is not the key of this certificate"}
	hintOtherKey = lang.Text{
		UZ: "sertifikat bilan birga olingan kalitni bering, PEM, parolsiz",
		RU: "укажите ключ, полученный вместе с сертификатом: PEM, без пароля",
		EN: "give the key that came with the certificate: PEM, without a password",
	}
)

// maxCertificate is the greatest size of a file with certificates, in bytes.
const maxCertificate = 1 << 20

// checkFile is a check of the path of a file, without a look at it. Files.Look and
// Save look.
func checkFile(key string) func(string, Answers) (string, error) {
	return func(answer string, _ Answers) (string, error) {
		answer = fileName(answer)
		return answer, tried(key, config.Text(answer))
	}
}

// checkFiles looks into the files that answers name anew. Paths that do not
// begin at the root start at the folder of the settings. The error is a *Wrong.
func (d Desk) checkFiles(was, now Answers) error {
	for _, c := range d.ownFiles() {
		if now[c.id] == was[c.id] {
			continue
		}
		if err := d.checkNamed(c, now); err != nil {
			return err
		}
	}
	for _, c := range asking() {
		for _, f := range c.files {
			if now[f.id] == was[f.id] && !c.switchedAnew(was, now) {
				continue
			}
			if err := d.checkNamed(f, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// ownFiles are those that belong to no payment system.
func (d Desk) ownFiles() []fileCheck {
	return []fileCheck{{TLSCert, d.checkCertificate}, {TLSKey, d.checkKey}, {ACMECARoot, d.checkRoots}}
}

// fileCheck looks into the file that an answer names.
type fileCheck struct {
	id    ID
	check func(path string, all Answers) error
}

func (d Desk) checkNamed(c fileCheck, all Answers) error {
	if all[c.id] == "" {
		return nil
	}
	err := c.check(d.path(all[c.id]), all)
	var says *config.Error
	if errors.As(err, &says) {
		return &Wrong{ID: c.id, Err: says}
	}
	return err
}

func (d Desk) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(d.Path), name)
}

func contents(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wrong(about(sayNoSuchFile, path), hintNoSuchFile)
	case err != nil || !info.Mode().IsRegular(): // a pipe would be waited for without end
		return nil, wrong(about(sayNoReading, path), hintNoReading)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, wrong(about(sayNoReading, path), hintNoReading)
	}
	// Nothing was written, so a failed close loses nothing.
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxCertificate))
	if err != nil {
		return nil, wrong(about(sayNoReading, path), hintNoReading)
	}
	return text, nil
}

func checkCertificateName(answer string, _ Answers) (string, error) {
	answer = fileName(answer)
	if answer == "" {
		return "", wrong(sayEmpty, hintNoCertificate)
	}
	return answer, tried("listener.tls_cert", config.Text(answer), config.Pair{Key: "tls_key", Value: config.Text(answer)})
}

func checkKeyName(answer string, _ Answers) (string, error) {
	answer = fileName(answer)
	if answer == "" {
		return "", wrong(sayEmpty, hintOtherKey)
	}
	return answer, tried("listener.tls_key", config.Text(answer), config.Pair{Key: "tls_cert", Value: config.Text(answer)})
}

// checkCertificate wants a certificate, and one for the name that the bank is
// going to call.
func (d Desk) checkCertificate(path string, all Answers) error {
	text, err := contents(path)
	if err != nil {
		return err
	}
	leaf := firstCertificate(text)
	if leaf == nil {
		return wrong(about(sayNoCertificate, path), hintNoCertificate)
	}
	if host := hostOf(all[PublicURL]); host != "" && leaf.VerifyHostname(host) != nil {
		return wrong(about(sayOtherHost, host), hintOtherHost)
	}
	return nil
}

// checkKey wants the key of the certificate.
func (d Desk) checkKey(path string, all Answers) error {
	key, err := contents(path)
	if err != nil || all[TLSCert] == "" {
		return err
	}
	certificate, err := contents(d.path(all[TLSCert]))
	if err != nil {
		return err
	}
	if _, err := tls.X509KeyPair(certificate, key); err != nil {
		return wrong(about(sayOtherKey, path), hintOtherKey)
	}
	return nil
}

func (d Desk) checkRoots(path string, _ Answers) error {
	_, err := contents(path)
	return err
}

func firstCertificate(text []byte) *x509.Certificate {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		if leaf, err := x509.ParseCertificate(block.Bytes); err == nil {
			return leaf
		}
	}
	return nil
}

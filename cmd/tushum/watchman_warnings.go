package main

import (
	"errors"
	"net/url"
	"strings"
	"time"

	"tushum/internal/config"
	"tushum/internal/disk"
	"tushum/internal/lang"
	"tushum/store"
	"tushum/webhook"
)

func (r room) short() bool { return r.total > 0 && disk.Short(r.free, r.total) }

func (r room) warning() store.Warning {
	return store.Warning{
		Code: store.DiskShort, Hint: hintDiskShort,
		Says: sayDiskShort.Fill("{free}", disk.Size(r.free), "{total}", disk.Size(r.total)),
	}
}

// certificateWarnings are about the certificate that the listener has, or should
// have had by now.
func certificateWarnings(state webhook.CertificateState, cfg config.Config, now time.Time) (all []store.Warning) {
	if state.Err != nil {
		all = append(all, failingCertificate(state.Err))
	}
	if state.EndsSoon(now) {
		all = append(all, endingCertificate(state, cfg.Shop.Location, now))
	}
	for _, wrong := range state.Warnings {
		if !errors.Is(wrong, webhook.ErrCertificateEnded) { // told above
			all = append(all, store.Warning{Code: store.CertificateWrong, Says: wrong.Says, Hint: wrong.Hint})
		}
	}
	if host := publicHost(cfg.Listener); host != "" && len(state.Names) > 0 && !state.Covers(host) {
		says := sayOtherHost.Fill("{host}", host, "{names}", strings.Join(state.Names, ", "))
		all = append(all, store.Warning{Code: store.CertificateWrong, Says: says, Hint: hintOtherHost})
	}
	return all
}

// publicHost is the host for which the bank wants a certificate of ours; empty:
// there is none, or a proxy before us shows its own.
func publicHost(l config.Listener) string {
	public, err := url.Parse(l.PublicURL)
	if err != nil || public.Scheme != "https" || len(l.TrustedProxies) > 0 {
		return ""
	}
	return public.Hostname()
}

func endingCertificate(state webhook.CertificateState, zone *time.Location, now time.Time) store.Warning {
	ending := store.Warning{Code: store.CertificateEnding, Says: sayEnding, Hint: hintOwnCertificate}
	if state.Automatic {
		ending.Hint = hintACME
	}
	if !now.Before(state.NotAfter) {
		ending.Says, ending.Since = sayEnded, store.At(state.NotAfter)
	}
	if zone == nil {
		zone = time.UTC
	}
	ending.Says = ending.Says.Fill("{when}", state.NotAfter.In(zone).Format("02.01.2006 15:04"))
	return ending
}

func failingCertificate(err error) store.Warning {
	warning := store.Warning{Code: store.CertificateFailing, Says: sayNoCertificate, Hint: hintCertificate}
	var known *webhook.CertificateError
	if !errors.As(err, &known) {
		return warning
	}
	warning.Says = known.Says
	if known.Hint != (lang.Text{}) {
		warning.Hint = known.Hint
	}
	return warning
}

var (
	sayDiskShort = lang.Text{
		UZ: "diskda joy kam qoldi: {total} dan {free} bo‘sh",
		RU: "на диске мало места: свободно {free} из {total}",
		EN: "the disk is short of room: {free} of {total} are free",
	}
	hintDiskShort = lang.Text{
		UZ: "joy bo‘shating: joy qolmasa, yangi to‘lovlar rad etiladi",
		RU: "освободите место: без него новые платежи будут отклоняться",
		EN: "free some room: without any, new payments are refused",
	}
	sayEnding = lang.Text{
		UZ: "HTTPS sertifikati muddati tugayapti: {when}",
		RU: "HTTPS-сертификат скоро истечёт: {when}",
		EN: "the HTTPS certificate ends soon: {when}",
	}
	sayEnded = lang.Text{
		UZ: "HTTPS sertifikati muddati tugagan: {when}, bank chaqira olmaydi",
		RU: "HTTPS-сертификат истёк {when}, банк не может обратиться",
		EN: "the HTTPS certificate ended {when}, and the bank can't call",
	}
	hintOwnCertificate = lang.Text{
		UZ: "sertifikatni yangilab, [listener] tls_cert va tls_key fayllariga yozing: ular o‘zi qayta o‘qiladi",
		RU: "обновите сертификат в файлах [listener] tls_cert и tls_key: они перечитываются сами",
		EN: "renew it in the files of [listener] tls_cert and tls_key: they are read again by themselves",
	}
	hintACME = lang.Text{
		UZ: "sertifikat o‘zi yangilanishi kerak edi: tushum doctor sababini aytadi",
		RU: "он должен был обновиться сам: причину скажет tushum doctor",
		EN: "it should have been renewed by itself: tushum doctor tells why it was not",
	}
	sayOtherHost = lang.Text{
		UZ: "HTTPS sertifikati {host} uchun emas, bank ulanmaydi; u {names} uchun",
		RU: "HTTPS-сертификат не для {host}, банк не подключится; он для {names}",
		EN: "the HTTPS certificate is not for {host}, and the bank will not connect; it is for {names}",
	}
	hintOtherHost = lang.Text{
		UZ: "shu nom uchun sertifikat oling yoki [listener] public_url ni tuzating",
		RU: "получите сертификат на это имя или исправьте [listener] public_url",
		EN: "get a certificate for that name, or mend [listener] public_url",
	}
	sayNoCertificate = lang.Text{
		UZ: "HTTPS sertifikatini olib yoki o‘qib bo‘lmadi",
		RU: "HTTPS-сертификат не удалось получить или прочитать",
		EN: "no HTTPS certificate could be got or read",
	}
	hintCertificate = lang.Text{
		UZ: "tushum doctor bilan tekshiring",
		RU: "проверьте через tushum doctor",
		EN: "look with tushum doctor",
	}
)

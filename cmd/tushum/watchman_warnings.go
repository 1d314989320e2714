package main

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/webhook"
)

// The room below which a disk is short.
const (
	gib       = 1 << 30
	leastFree = gib // bytes
	leastPart = 20  // one in so many
)

func (r room) short() bool { return r.total > 0 && (r.free < leastFree || r.free < r.total/leastPart) }

func (r room) warning() store.Warning {
	free, total := bytesOf(r.free), bytesOf(r.total)
	in := func(s string, l lang.Lang) string {
		return strings.NewReplacer("{free}", free.In(l), "{total}", total.In(l)).Replace(s)
	}
	return store.Warning{
		Code: store.DiskShort,
		Says: lang.Text{UZ: in(sayDiskShort.UZ, lang.UZ), RU: in(sayDiskShort.RU, lang.RU), EN: in(sayDiskShort.EN, lang.EN)},
		Hint: hintDiskShort,
	}
}

// bytesOf is a size as people say it: 1,5 GB or 812 MB.
func bytesOf(n uint64) lang.Text {
	const mib = 1 << 20
	if n < gib {
		size := strconv.FormatUint(n/mib, 10)
		return lang.Text{UZ: size + "\u00a0MB", RU: size + "\u00a0МБ", EN: size + "\u00a0MB"}
	}
	size := strconv.FormatUint(n/gib, 10)
	if tenth := n % gib / (gib / 10); tenth > 0 && tenth < 10 {
		size += "," + strconv.FormatUint(tenth, 10)
	}
	return lang.Text{UZ: size + "\u00a0GB", RU: size + "\u00a0ГБ", EN: size + "\u00a0GB"}
}

// endingWithin is how long before its end a certificate is told to be ending.
const endingWithin = 14 * 24 * time.Hour

// certificateWarnings are about the certificate that the listener has, or should
// have had by now.
func certificateWarnings(state webhook.CertificateState, zone *time.Location, now time.Time) (all []store.Warning) {
	if state.Err != nil {
		all = append(all, failingCertificate(state.Err))
	}
	if !endsSoon(state, now) {
		return all
	}
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
	when := strings.NewReplacer("{when}", state.NotAfter.In(zone).Format("02.01.2006 15:04"))
	ending.Says = lang.Text{UZ: when.Replace(ending.Says.UZ), RU: when.Replace(ending.Says.RU), EN: when.Replace(ending.Says.EN)}
	return append(all, ending)
}

// endsSoon is about a certificate that nobody has renewed in time. Those that
// are got by themselves may live for a few days only; they are renewed when a
// third of that is left.
func endsSoon(state webhook.CertificateState, now time.Time) bool {
	within := endingWithin
	if life := state.NotAfter.Sub(state.NotBefore); state.Automatic {
		within = min(within, life/4)
	}
	return state.EndsWithin(within, now) || state.EndsWithin(time.Nanosecond, now)
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

package webhook

import "tushum/internal/lang"

// sayAgain is the hint where nobody has to do anything but wait.
var sayAgain = lang.Text{
	UZ: "dastur keyinroq o‘zi qayta urinadi; kutib bo‘lmasa, [listener] tls_cert va tls_key ni bering",
	RU: "программа попробует снова сама; если ждать нельзя, задайте [listener] tls_cert и tls_key",
	EN: "the program tries again by itself; if that can't wait, set [listener] tls_cert and tls_key",
}

// What keeps the program from asking a service at all.
var (
	sayNoRootFile = sentence{
		says: lang.Text{UZ: "ishonchli sertifikat fayli yo‘q: %s", RU: "нет файла корневого сертификата: %s", EN: "there is no root certificate file %s"},
		hint: lang.Text{UZ: "[listener.acme] ca_root ni tekshiring", RU: "проверьте [listener.acme] ca_root", EN: "check [listener.acme] ca_root"},
	}
	sayRootNotPEM = sentence{
		says: lang.Text{UZ: "%s faylida PEM ko‘rinishidagi ildiz sertifikat yo‘q", RU: "в файле %s нет корневого сертификата в формате PEM", EN: "%s holds no root certificate in PEM"},
		hint: lang.Text{
			UZ: "[listener.acme] ca_root — -----BEGIN CERTIFICATE----- bilan boshlanadigan fayl; ochiq xizmat uchun bo‘sh qoldiring",
			RU: "[listener.acme] ca_root — файл, который начинается с -----BEGIN CERTIFICATE-----; для публичного сервиса оставьте пустым",
			EN: "[listener.acme] ca_root is a file that begins with -----BEGIN CERTIFICATE-----; leave it empty for a public service",
		},
	}
	sayNoCache = sentence{
		says: lang.Text{UZ: "sertifikatlar papkasiga yozib bo‘lmadi: %s: %s", RU: "не удалось записать в папку сертификатов %s: %s", EN: "the folder of certificates %s can't be written: %s"},
		hint: lang.Text{
			UZ: "papka dastur ishlaydigan foydalanuvchiniki ekanini va diskda joy borligini tekshiring",
			RU: "проверьте, что папка принадлежит пользователю программы и на диске есть место",
			EN: "see that the folder belongs to the user the program runs as, and that the disk has room",
		},
	}
	sayNoAccount = sentence{
		says: lang.Text{UZ: "ACME hisobi kalitini ishlatib bo‘lmaydi: %s", RU: "ключ учётной записи ACME не годится: %s", EN: "the key of the ACME account can't be used: %s"},
		hint: lang.Text{
			UZ: "faylni boshqa joyga ko‘chiring: dastur yangi hisob ochadi",
			RU: "уберите этот файл: программа откроет новую учётную запись",
			EN: "move the file away: the program opens a new account",
		},
	}
	sayAddressTaken = sentence{
		says: lang.Text{UZ: "HTTP-01 uchun %s manzilini ochib bo‘lmadi", RU: "не удалось открыть адрес %s для HTTP-01", EN: "can't listen on %s for HTTP-01"},
		hint: lang.Text{
			UZ: "portni band qilgan dasturni to‘xtating yoki [listener.acme] http_address ni o‘zgartiring",
			RU: "остановите программу, занявшую порт, или измените [listener.acme] http_address",
			EN: "stop the program that uses the port, or change [listener.acme] http_address",
		},
	}
	sayAddressForbidden = sentence{
		says: lang.Text{UZ: "HTTP-01 uchun %s manzilini ochishga ruxsat yo‘q", RU: "нет прав открыть адрес %s для HTTP-01", EN: "this user may not listen on %s for HTTP-01"},
		hint: lang.Text{
			UZ: "1024 dan past portlarga ruxsat bering: setcap cap_net_bind_service=+ep tushum; yoki 80-portni shu manzilga yo‘naltiring",
			RU: "разрешите порты ниже 1024: setcap cap_net_bind_service=+ep tushum; или направьте на этот адрес порт 80",
			EN: "allow ports below 1024: setcap cap_net_bind_service=+ep tushum; or forward port 80 to an address above",
		},
	}
)

// What happens on the way to a service.
var (
	sayNoWay = sentence{
		says: lang.Text{UZ: "%s sertifikat xizmatiga ulanib bo‘lmadi: %s", RU: "нет связи с сервисом сертификатов %s: %s", EN: "the certificate service %s can't be reached: %s"},
		hint: sayCheckInternet,
	}
	saySlow = sentence{
		says: lang.Text{UZ: "%s sertifikat xizmati vaqtida javob bermadi", RU: "сервис сертификатов %s не ответил вовремя", EN: "the certificate service %s did not answer in time"},
		hint: sayCheckInternet,
	}
	sayCheckInternet = lang.Text{
		UZ: "internetni va tashqariga HTTPS ochiqligini tekshiring; dastur keyinroq o‘zi qayta urinadi",
		RU: "проверьте интернет и что исходящий HTTPS не закрыт; программа попробует снова сама",
		EN: "check the internet connection, and that outgoing HTTPS is open; the program tries again by itself",
	}
	sayNotTrusted = sentence{
		says: lang.Text{
			UZ: "%s sertifikat xizmatining o‘z TLS sertifikatiga ishonib bo‘lmaydi: %s",
			RU: "TLS-сертификату самого сервиса %s нет доверия: %s",
			EN: "the TLS certificate of the certificate service %s itself is not trusted: %s",
		},
		hint: lang.Text{
			UZ: "kompyuter soatini tekshiring; xususiy xizmat uchun [listener.acme] ca_root ni bering",
			RU: "проверьте часы компьютера; для частного сервиса задайте [listener.acme] ca_root",
			EN: "check the clock of this machine; for a private service set [listener.acme] ca_root",
		},
	}
	sayNoService = sentence{
		says: lang.Text{UZ: "%s ACME xizmatidek javob bermayapti", RU: "%s отвечает не как сервис ACME", EN: "%s does not answer as an ACME service does"},
		hint: lang.Text{
			UZ: "[listener.acme] directory ni tekshiring; orada tarmoqning kirish sahifasi ham turgan bo‘lishi mumkin",
			RU: "проверьте [listener.acme] directory; возможно, отвечает страница входа в сеть",
			EN: "check [listener.acme] directory; it may also be a login page of the network that answers",
		},
	}
	sayTrouble = sentence{
		says: lang.Text{UZ: "%s sertifikat xizmati ishlamayapti (HTTP %d)", RU: "сервис сертификатов %s не работает (HTTP %d)", EN: "the certificate service %s is in trouble (HTTP %d)"},
		hint: sayAgain,
	}
)

// What a service refuses.
var (
	sayRate = sentence{
		says: lang.Text{UZ: "%s hozircha boshqa sertifikat bermaydi: %s", RU: "%s пока больше не выдаёт сертификатов: %s", EN: "%s gives no more certificates for now: %s"},
		hint: sayAgain,
	}
	sayRejected = sentence{
		says: lang.Text{UZ: "%s %s uchun sertifikat bermaydi: %s", RU: "%s не выдаёт сертификат для %s: %s", EN: "%s gives no certificate for %s: %s"},
		hint: lang.Text{UZ: "[listener.acme] domains ni tekshiring", RU: "проверьте [listener.acme] domains", EN: "check [listener.acme] domains"},
	}
	sayContact = sentence{
		says: lang.Text{UZ: "%s %s pochtasini qabul qilmaydi: %s", RU: "%s не принимает почту %s: %s", EN: "%s does not take the e-mail %s: %s"},
		hint: lang.Text{
			UZ: "[listener.acme] email ni tuzating yoki bo‘sh qoldiring",
			RU: "исправьте [listener.acme] email или оставьте пустым",
			EN: "mend [listener.acme] email, or leave it empty",
		},
	}
	sayRefused = sentence{
		says: lang.Text{UZ: "%s sertifikat bermadi: %s", RU: "%s не выдал сертификат: %s", EN: "%s refused to give a certificate: %s"},
		hint: sayAgain,
	}
	sayOtherCertificate = sentence{
		says: lang.Text{UZ: "%s bergan sertifikat %s uchun emas", RU: "сертификат от %s выдан не для %s", EN: "the certificate from %s is not for %s"},
		hint: sayAgain,
	}
	sayNoChallenge = sentence{
		says: lang.Text{
			UZ: "%s %s domenini bu yerda tekshirib bo‘lmaydigan yo‘l bilan tekshirmoqchi",
			RU: "%s предлагает для %s только проверки, которые здесь не пройти",
			EN: "%s offers no proof of %s that can be given here",
		},
		hint: lang.Text{
			UZ: "[listener.acme] http_address ni bering: HTTP-01 ham ishlaydi",
			RU: "задайте [listener.acme] http_address: станет доступна проверка HTTP-01",
			EN: "set [listener.acme] http_address, for HTTP-01 too",
		},
	}
)

// What a service finds at a domain.
var (
	sayNotReached = sentence{
		says: lang.Text{UZ: "%s domeni orqali bu dasturga ulanib bo‘lmadi: %s", RU: "по домену %s до этой программы не достучаться: %s", EN: "%s does not lead to this program: %s"},
		hint: lang.Text{
			UZ: "DNS yozuvi do‘konning tashqi manzilini ko‘rsatsin, router va brandmauer 443-portni (http_address bilan 80-portni ham) shu kompyuterga o‘tkazsin",
			RU: "DNS должен указывать на внешний адрес магазина, а роутер и брандмауэр — пропускать порт 443 (с http_address и 80) на этот компьютер",
			EN: "DNS has to name the shop's public address, and router and firewall have to pass port 443 (with http_address port 80 too) on to this machine",
		},
	}
	sayNoName = sentence{
		says: lang.Text{UZ: "%s domeni DNS da topilmadi: %s", RU: "домена %s нет в DNS: %s", EN: "DNS does not know %s: %s"},
		hint: lang.Text{
			UZ: "domen sotuvchisida do‘konning tashqi manzili bilan A yozuvini oching; yangilanishi bir soatgacha cho‘ziladi",
			RU: "создайте у регистратора A-запись с внешним адресом магазина; она появится в течение часа",
			EN: "make an A record with the shop's public address where the domain was bought; it takes up to an hour",
		},
	}
	sayElsewhere = sentence{
		says: lang.Text{
			UZ: "sertifikat xizmati %s domenida bu dasturni topmadi: %s",
			RU: "сервис сертификатов не нашёл эту программу на домене %s: %s",
			EN: "the certificate service did not find this program at %s: %s",
		},
		hint: lang.Text{
			UZ: "DNS dagi A va AAAA yozuvlarini, portlarni va domen oldidagi proksini tekshiring",
			RU: "проверьте записи A и AAAA в DNS, порты и прокси перед доменом",
			EN: "check the A and AAAA records, the ports, and a proxy in front of the domain",
		},
	}
	sayCAA = sentence{
		says: lang.Text{UZ: "%s domenining CAA yozuvi bu xizmatga ruxsat bermaydi: %s", RU: "запись CAA домена %s не разрешает этот сервис: %s", EN: "the CAA record of %s does not allow this service: %s"},
		hint: lang.Text{
			UZ: "DNS dagi CAA yozuviga sertifikat xizmatini qo‘shing yoki yozuvni o‘chiring",
			RU: "добавьте сервис сертификатов в запись CAA или удалите её",
			EN: "add the service to the CAA record, or remove the record",
		},
	}
)

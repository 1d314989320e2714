package webhook

import "tushum/internal/lang"

// What is wrong with the files of a certificate.
var (
	sayNoCertificateFile = sentence{
		says: lang.Text{UZ: "sertifikat fayli yo‘q: %s", RU: "нет файла сертификата: %s", EN: "there is no certificate file %s"},
		hint: lang.Text{
			UZ: "[listener] tls_cert ni tekshiring; certbot uni fullchain.pem deb yozadi",
			RU: "проверьте [listener] tls_cert; certbot записывает его как fullchain.pem",
			EN: "check [listener] tls_cert; certbot writes it as fullchain.pem",
		},
	}
	sayNoKeyFile = sentence{
		says: lang.Text{UZ: "kalit fayli yo‘q: %s", RU: "нет файла ключа: %s", EN: "there is no key file %s"},
		hint: lang.Text{
			UZ: "[listener] tls_key ni tekshiring; certbot uni privkey.pem deb yozadi",
			RU: "проверьте [listener] tls_key; certbot записывает его как privkey.pem",
			EN: "check [listener] tls_key; certbot writes it as privkey.pem",
		},
	}
	sayUnreadable = sentence{
		says: lang.Text{UZ: "%s faylini o‘qib bo‘lmadi: %s", RU: "не удалось прочитать файл %s: %s", EN: "the file %s can't be read: %s"},
		hint: lang.Text{
			UZ: "dastur ishlaydigan foydalanuvchiga uni o‘qishga ruxsat bering",
			RU: "разрешите читать его пользователю, от имени которого работает программа",
			EN: "let the user that the program runs as read it",
		},
	}
	sayNotAFile = sentence{
		says: lang.Text{UZ: "%s — fayl emas", RU: "%s — не файл", EN: "%s is not a file"},
		hint: lang.Text{
			UZ: "papkani emas, PEM faylining o‘zini ko‘rsating",
			RU: "укажите сам PEM-файл, а не его папку",
			EN: "name the PEM file itself, not its folder",
		},
	}
	sayNotPEM = sentence{
		says: lang.Text{UZ: "%s faylida PEM ko‘rinishidagi sertifikat yo‘q", RU: "в файле %s нет сертификата в формате PEM", EN: "%s holds no certificate in PEM"},
		hint: lang.Text{
			UZ: "PEM fayli -----BEGIN CERTIFICATE----- bilan boshlanadi; .der, .p7b yoki .pfx faylini openssl bilan o‘giring",
			RU: "файл PEM начинается с -----BEGIN CERTIFICATE-----; .der, .p7b или .pfx преобразуйте программой openssl",
			EN: "a PEM file begins with -----BEGIN CERTIFICATE-----; convert a .der, .p7b or .pfx file with openssl",
		},
	}
	sayOnlyKey = sentence{
		says: lang.Text{UZ: "%s faylida sertifikat emas, maxfiy kalit bor", RU: "в файле %s не сертификат, а закрытый ключ", EN: "%s holds a private key and no certificate"},
		hint: sayNotSwapped,
	}
	sayOnlyCertificate = sentence{
		says: lang.Text{UZ: "%s faylida maxfiy kalit emas, sertifikat bor", RU: "в файле %s не закрытый ключ, а сертификат", EN: "%s holds a certificate and no private key"},
		hint: sayNotSwapped,
	}
	sayNotSwapped = lang.Text{
		UZ: "[listener] tls_cert va tls_key o‘rni almashmaganini tekshiring",
		RU: "проверьте, не перепутаны ли [listener] tls_cert и tls_key",
		EN: "check whether [listener] tls_cert and tls_key are swapped",
	}
	sayDamaged = sentence{
		says: lang.Text{UZ: "%s faylidagi sertifikat buzilgan", RU: "сертификат в файле %s повреждён", EN: "a certificate in %s is damaged"},
		hint: sayCopyAgain,
	}
	sayKeyDamaged = sentence{
		says: lang.Text{UZ: "%s faylidagi kalit buzilgan yoki noma’lum turda", RU: "ключ в файле %s повреждён или неизвестного вида", EN: "the key in %s is damaged, or of an unknown kind"},
		hint: sayCopyAgain,
	}
	sayCopyAgain = lang.Text{
		UZ: "faylni asl joyidan qaytadan nusxalang",
		RU: "скопируйте файл заново оттуда, где он был получен",
		EN: "copy the file again from where it was issued",
	}
	sayKeyNotPEM = sentence{
		says: lang.Text{UZ: "%s faylida PEM ko‘rinishidagi maxfiy kalit yo‘q", RU: "в файле %s нет закрытого ключа в формате PEM", EN: "%s holds no private key in PEM"},
		hint: lang.Text{
			UZ: "kalit fayli -----BEGIN PRIVATE KEY----- bilan boshlanadi; .key yoki .pfx faylini openssl bilan o‘giring",
			RU: "файл ключа начинается с -----BEGIN PRIVATE KEY-----; .key или .pfx преобразуйте программой openssl",
			EN: "a key file begins with -----BEGIN PRIVATE KEY-----; convert a .key or .pfx file with openssl",
		},
	}
	sayKeyEncrypted = sentence{
		says: lang.Text{UZ: "%s faylidagi kalit parol bilan himoyalangan", RU: "ключ в файле %s защищён паролем", EN: "the key in %s is protected by a password"},
		hint: lang.Text{
			UZ: "parolsiz nusxa yozing: openssl pkey -in %[1]s -out key.pem",
			RU: "запишите копию без пароля: openssl pkey -in %[1]s -out key.pem",
			EN: "write a copy without one: openssl pkey -in %[1]s -out key.pem",
		},
	}
	sayOtherKey = sentence{
		says: lang.Text{UZ: "%s faylidagi kalit %s faylidagi sertifikatniki emas", RU: "ключ в файле %s не от сертификата в файле %s", EN: "the key in %s does not belong to the certificate in %s"},
		hint: lang.Text{
			UZ: "ikkala faylni bir martada berilganidan oling; yangilangan bo‘lsa, ikkalasi ham almashtirilganini tekshiring",
			RU: "возьмите оба файла из одного выпуска; после продления проверьте, заменены ли оба",
			EN: "take both files of the same issue; after a renewal see that both were replaced",
		},
	}
	sayOrder = sentence{
		says: lang.Text{UZ: "%s faylida do‘konning o‘z sertifikati birinchi turmagan", RU: "в файле %s первым стоит не сертификат самого магазина", EN: "in %s the shop's own certificate does not stand first"},
		hint: lang.Text{
			UZ: "avval do‘kon sertifikatini, undan keyin oraliq sertifikatlarni qo‘ying",
			RU: "поставьте первым сертификат магазина, за ним промежуточные",
			EN: "put the shop's certificate first and the intermediate ones after it",
		},
	}
)

// What is wrong with a certificate that is served all the same.
var (
	sayEnded = sentence{
		says: lang.Text{UZ: "sertifikat muddati %s da tugagan", RU: "срок сертификата истёк %s", EN: "the certificate ended on %s"},
		hint: lang.Text{
			UZ: "sertifikatni yangilang: bank muddati o‘tganiga ulanmaydi",
			RU: "продлите сертификат: к просроченному банк не подключится",
			EN: "renew the certificate: the bank does not connect to one that has ended",
		},
	}
	sayNotBegun = sentence{
		says: lang.Text{UZ: "sertifikat faqat %s dan boshlab amal qiladi", RU: "сертификат действует только с %s", EN: "the certificate is valid only from %s on"},
		hint: lang.Text{
			UZ: "kompyuter soati to‘g‘riligini tekshiring",
			RU: "проверьте, верно ли идут часы компьютера",
			EN: "check the clock of this machine",
		},
	}
	sayKeyOpen = sentence{
		says: lang.Text{
			UZ: "%s kalit faylini boshqalar ham ocha oladi (mode %04o)",
			RU: "файл ключа %s доступен и другим (mode %04o)",
			EN: "others have access to the key file %s (mode %04o)",
		},
		hint: lang.Text{UZ: "buni bajaring: chmod 600 %[1]s", RU: "выполните: chmod 600 %[1]s", EN: "run: chmod 600 %[1]s"},
	}
)

package doctor

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"tushum/internal/lang"
)

var (
	titlePermissions = lang.Text{UZ: "Fayllarga ruxsatlar", RU: "Права на файлы", EN: "File permissions"}

	sayClosed      = lang.Text{UZ: "fayllar boshqalarga yopiq: %s", RU: "файлы закрыты от других: %s", EN: "the files are closed to others: %s"}
	sayOpenSecret  = lang.Text{UZ: "%s ichidagi maxfiy ma’lumotni boshqalar o‘qishi mumkin (%04o)", RU: "секрет в %s могут прочитать другие (%04o)", EN: "others can read the secret in %s (%04o)"}
	sayOpenPlain   = lang.Text{UZ: "%s ni boshqalar ham o‘qishi mumkin (%04o)", RU: "%s могут прочитать и другие (%04o)", EN: "others can read %s as well (%04o)"}
	sayOpenKeys    = lang.Text{UZ: "%s papkasidagi kalitlarga boshqalar yetishi mumkin (%04o)", RU: "до ключей в папке %s могут добраться другие (%04o)", EN: "others can get at the keys in the folder %s (%04o)"}
	sayOpenFolder  = lang.Text{UZ: "%s papkasiga boshqalar yozishi, fayllarni almashtirib qo‘yishi mumkin (%04o)", RU: "в папку %s могут писать другие, то есть подменить файлы (%04o)", EN: "others can write to the folder %s, and exchange the files in it (%04o)"}
	saySomebodys   = lang.Text{UZ: "%s boshqa foydalanuvchiga tegishli", RU: "%s принадлежит другому пользователю", EN: "%s belongs to another user"}
	sayNotThere    = lang.Text{UZ: "%s ni ko‘rib bo‘lmadi: %s", RU: "не удалось посмотреть на %s: %s", EN: "can't look at %s: %s"}
	adviseChmod    = lang.Text{UZ: "buni bajaring: chmod %s %s", RU: "выполните: chmod %s %s", EN: "run: chmod %s %s"}
	adviseOwner    = lang.Text{UZ: "fayl egasini almashtiring: chown $USER %s", RU: "смените владельца: chown $USER %s", EN: "change its owner: chown $USER %s"}
	adviseLook     = lang.Text{UZ: "sozlamalardagi yo‘lni tekshiring", RU: "проверьте путь в настройках", EN: "check the path in the settings"}
	sayNothingSeen = lang.Text{UZ: "tekshiriladigan fayl yo‘q", RU: "проверять нечего: файлов нет", EN: "there is no file to look at"}
)

// place is a file or folder whose permissions matter.
type place struct {
	path   string
	folder bool
	secret bool // it holds one
	shared bool // its group may read it, where root owns it
	wanted bool // it is wrong when it is not there
}

// What lies beside the settings and the store: what the settings were before, and
// the keys of certificates that the program has got by itself.
const (
	formerSettings = ".old"
	acmeFolder     = "acme"
)

// places are those of the settings, each file before its folder.
func places(s *Subject) []place {
	var all []place
	add := func(p place) {
		if p.path != "" {
			all = append(all, p, place{path: filepath.Dir(p.path), folder: true, wanted: p.wanted})
		}
	}
	add(place{path: s.File}) // one that holds a secret and is open is not even read
	if s.File != "" {
		all = append(all, place{path: s.File + formerSettings, secret: true})
	}
	add(place{path: s.Store, secret: true})
	if s.Store != "" {
		all = append(all, place{path: filepath.Join(filepath.Dir(s.Store), acmeFolder), folder: true, secret: true})
	}
	if s.Config != nil {
		// Debian keeps keys as root:ssl-cert 0640, for those who serve by them.
		add(place{path: s.Config.Listener.TLSKey, secret: true, shared: true, wanted: true})
	}
	for _, system := range s.Systems {
		p := system.Profile()
		for _, path := range p.Files {
			add(place{path: path, secret: true, wanted: p.Open()})
		}
	}
	return all
}

// lookAtPermissions tells the gravest thing that is wrong.
func lookAtPermissions(_ context.Context, r *round) finding {
	var closed []string
	var worst *finding
	for _, p := range places(&r.Subject) {
		f := p.look()
		switch {
		case f == nil:
			continue
		case f.status == Passed:
			if !p.folder {
				closed = append(closed, p.path)
			}
		case worst == nil || f.status == Failed && worst.status == Warning:
			worst = f
		}
	}
	switch {
	case worst != nil:
		return *worst
	case len(closed) == 0:
		return skipped(sayNothingSeen)
	}
	return passed(about(sayClosed, strings.Join(closed, ", ")))
}

func adviceOf(mode, path string) lang.Text { return about(adviseChmod, mode, fmt.Sprintf("%q", path)) }

package doctor

import (
	"context"
	"errors"
	"path/filepath"

	"tushum/internal/disk"
	"tushum/internal/lang"
	"tushum/store"
)

// diskFails is how much room has to be free on the store's disk, in bytes. Before
// that it is short.
const diskFails = 100 << 20

var (
	titleReady     = lang.Text{UZ: "Baza", RU: "База", EN: "Store"}
	titleStructure = lang.Text{UZ: "Baza tuzilishi", RU: "Устройство базы", EN: "Store structure"}
	titleDisk      = lang.Text{UZ: "Diskdagi joy", RU: "Место на диске", EN: "Free disk"}

	sayWritable = lang.Text{UZ: "%s: baza ochiq, yozish mumkin", RU: "%s: база открыта, запись возможна", EN: "%s is open and can be written"}
	saySound    = lang.Text{UZ: "xato topilmadi", RU: "ошибок не найдено", EN: "nothing is wrong"}
	sayBroken   = lang.Text{UZ: "xatolar: %d; birinchisi: %s", RU: "ошибок: %d; первая: %s", EN: "problems: %d; the first: %s"}
	sayLarge    = lang.Text{UZ: "baza katta: %s ichida tekshirib bo‘lmadi", RU: "база большая: за %s её не проверить", EN: "the store is large: it can't be looked through within %s"}
	sayNoRoom   = lang.Text{UZ: "tekshirish uchun nusxaga joy yetmadi: %s", RU: "для проверки не хватает места на копию: %s", EN: "there is no room for the copy that is checked: %s"}

	adviseStore   = lang.Text{UZ: "faylni va u turgan diskni tekshiring", RU: "проверьте файл и диск, на котором он лежит", EN: "check the file and the disk that it is on"}
	adviseRestore = lang.Text{UZ: "faylning nusxasini saqlab qo‘ying, so‘ng zaxiradan tiklang: tushum restore FAYL", RU: "сохраните копию файла и восстановите его из резервной: tushum restore ФАЙЛ", EN: "keep a copy of the file, then bring a backup back: tushum restore FILE"}
	adviseWhole   = lang.Text{UZ: "to‘liq tekshirish uchun tushum verify ni ishga tushiring", RU: "для полной проверки запустите tushum verify", EN: "for the whole of it run tushum verify"}

	sayRoom    = lang.Text{UZ: "%s bo‘sh, jami %s", RU: "свободно %s из %s", EN: "%s of %s are free"}
	sayUnknown = lang.Text{UZ: "diskdagi joyni bilib bo‘lmadi: %s", RU: "не удалось узнать, сколько места на диске: %s", EN: "can't tell how much room the disk has: %s"}
	adviseRoom = lang.Text{
		UZ: "diskda joy bo‘shating: to‘lib qolsa, yangi to‘lovlar rad etiladi", RU: "освободите место: на полном диске новые платежи отклоняются", EN: "free some room: on a full disk new payments are refused",
	}
)

func lookAtStore(_ context.Context, r *round) finding {
	if r.Ledger == nil {
		if r.Closed != nil {
			return failed(r.Closed.Says, orElse(r.Closed.Hint, adviseStore))
		}
		return skipped(sayNoSettings)
	}
	if err := r.Ledger.Ready(); err != nil {
		why := ofLedger(err)
		return failed(why.Says, orElse(why.Hint, adviseStore))
	}
	return passed(about(sayWritable, r.Store))
}

func orElse(t, other lang.Text) lang.Text {
	if t == (lang.Text{}) {
		return other
	}
	return t
}

func lookAtStructure(ctx context.Context, r *round) finding {
	if r.Verify == nil {
		return skipped(sayNoStore)
	}
	problems, err := r.Verify(ctx)
	code := store.CodeOf(err)
	switch {
	case ctx.Err() != nil:
		return warned(about(sayLarge, spanText(r.Patience)), adviseWhole)
	case code == store.DiskFull:
		return warned(about(sayNoRoom, ofLedger(err).Says), adviseRoom)
	case code == store.Locked:
		return skipped(sayNoStore)
	case code == store.Damaged || code == store.NotAStore:
		return failed(ofLedger(err).Says, adviseRestore)
	case err != nil:
		return failed(ofLedger(err).Says, adviseStore)
	case len(problems) > 0:
		return failed(about(sayBroken, len(problems), quoted(problems[0])), adviseRestore)
	}
	return passed(saySound)
}

func lookAtDisk(_ context.Context, r *round) finding {
	if r.Store == "" {
		return skipped(sayNoSettings)
	}
	free, size, err := r.Free(filepath.Dir(r.Store))
	if errors.Is(err, errors.ErrUnsupported) {
		return skipped(about(sayUnknown, err))
	}
	if err != nil {
		return warned(about(sayUnknown, err), adviseStore)
	}
	says := about(sayRoom, disk.Size(free), disk.Size(size))
	switch {
	case free < diskFails:
		return failed(says, adviseRoom)
	case disk.Short(free, size):
		return warned(says, adviseRoom)
	}
	return passed(says)
}

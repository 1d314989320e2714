package config

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"tushum/internal/lang"
)

// maxFile is the greatest size of a settings file, in bytes: thirty times that
// of config.example.toml. The TOML library takes time by the square of the
// number of keys, seconds at this size.
const maxFile = 256 << 10

var (
	sayOpenToOthers = fault{
		says: lang.Text{
			UZ: "maxfiy ma’lumot bor, uni boshqalar o‘qishi yoki o‘zgartirishi mumkin (mode %04o)",
			RU: "содержит секрет, а прочитать или изменить его могут и другие (mode %04o)",
			EN: "holds a secret, and others can read or change it (mode %04o)",
		},
		hint: lang.Text{UZ: "buni bajaring: chmod 600 %s", RU: "выполните: chmod 600 %s", EN: "run: chmod 600 %s"},
	}
	sayNoFolder = fault{
		says: lang.Text{UZ: "config.toml qidiriladigan papka yo‘q", RU: "нет папки, где искать config.toml", EN: "there is no folder to look for config.toml in"},
		hint: lang.Text{UZ: "faylni --config yoki %s bilan ko‘rsating", RU: "укажите файл в --config или %s", EN: "name the file with --config or %s"},
	}
	sayNotAFile = fault{
		says: lang.Text{UZ: "bu fayl emas", RU: "это не файл", EN: "is not a file"},
		hint: lang.Text{
			UZ: "papkani emas, sozlamalar faylining o‘zini ko‘rsating",
			RU: "укажите сам файл настроек, а не его папку",
			EN: "name the settings file itself, not its folder",
		},
	}
	sayLarge = fault{
		says: lang.Text{UZ: "256 KiB dan katta", RU: "больше 256 KiB", EN: "is larger than 256 KiB"},
		hint: lang.Text{
			UZ: "bu sozlamalar fayli emas; namunasi — config.example.toml",
			RU: "это не файл настроек; образец — config.example.toml",
			EN: "this is not a settings file; config.example.toml is one",
		},
	}
	sayNoFile = fault{
		says: lang.Text{UZ: "bunday fayl yo‘q", RU: "нет такого файла", EN: "no such file"},
		hint: lang.Text{
			UZ: "uni tushum setup yaratadi; yoki config.example.toml dan shu yerga nusxa oling yoki boshqa faylni --config yoki %s bilan ko‘rsating",
			RU: "его создаст tushum setup; или скопируйте туда config.example.toml, или укажите другой файл в --config или %s",
			EN: "tushum setup makes it; or copy config.example.toml there, or name another file with --config or %s",
		},
	}
	sayForbidden = fault{
		says: lang.Text{UZ: "o‘qishga ruxsat yo‘q", RU: "нет прав на чтение", EN: "permission denied"},
		hint: lang.Text{
			UZ: "dasturni fayl egasi sifatida ishga tushiring",
			RU: "запустите программу от имени владельца файла",
			EN: "run the program as the owner of the file",
		},
	}
	sayUnreadable = fault{
		says: lang.Text{UZ: "o‘qib bo‘lmadi: %s", RU: "не удалось прочитать: %s", EN: "can't be read: %s"},
		hint: lang.Text{
			UZ: "faylni va u turgan diskni tekshiring",
			RU: "проверьте файл и диск, на котором он лежит",
			EN: "check the file and the disk that it is on",
		},
	}
)

// Load reads the settings file at path. The error is an Errors; with a file
// that is not there errors.Is finds fs.ErrNotExist in it. On systems that have
// such permissions, a file that holds a secret and that others than its owner
// can read or write is refused.
func Load(path string) (Config, error) {
	data, mode, err := readFile(path)
	if err != nil {
		return Config{}, Errors{err}
	}
	r := &reader{report: report{path: path}, folder: folderOf(path)}
	cfg, parseErr := r.parse(data)
	if r.secret && openToOthers(mode) {
		r.report.add(0, "", sayOpenToOthers.about(mode.Perm()).advising(path))
		return Config{}, r.report.err()
	}
	if parseErr != nil {
		return Config{}, parseErr
	}
	return cfg, nil
}

func readFile(path string) ([]byte, fs.FileMode, *Error) {
	if path == "" {
		return nil, 0, fileFault("", sayNoFolder.advising(Variable), fs.ErrNotExist)
	}
	// A pipe would be waited for without end, so the file is looked at first.
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, fileError(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fileFault(path, sayNotAFile, nil)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fileError(path, err)
	}
	// Nothing was written, so a failed close loses nothing.
	defer func() { _ = f.Close() }()
	if info, err = f.Stat(); err != nil {
		return nil, 0, fileError(path, err)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, 0, fileError(path, err)
	}
	if len(data) > maxFile {
		return nil, 0, fileFault(path, sayLarge, nil)
	}
	return data, info.Mode(), nil
}

// fileError words the system's refusals: those that people meet in full, and of
// others what the system says, in its English.
func fileError(path string, err error) *Error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fileFault(path, sayNoFile.advising(Variable), err)
	case errors.Is(err, fs.ErrPermission):
		return fileFault(path, sayForbidden, err)
	}
	return fileFault(path, sayUnreadable.about(reasonOf(err)), err)
}

// reasonOf is what the system says, without the path, which stands elsewhere.
func reasonOf(err error) error {
	var detail *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &detail):
		return detail.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

func fileFault(path string, f fault, cause error) *Error {
	return &Error{Path: path, Msg: f.says, Hint: f.hint, cause: cause}
}

package config

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"tushum/internal/atomicfile"
	"tushum/internal/lang"
)

var (
	sayChanged = fault{
		says: lang.Text{
			UZ: "fayl o‘qilganidan keyin boshqa kimdir uni o‘zgartirgan",
			RU: "файл изменил кто-то ещё, после того как он был прочитан",
			EN: "somebody else has changed the file since it was read",
		},
		hint: lang.Text{
			UZ: "hech narsa yozilmadi: faylni qaytadan oching va o‘zgarishlarni takrorlang",
			RU: "ничего не записано: откройте файл заново и повторите изменения",
			EN: "nothing was written: open the file again and repeat the changes",
		},
	}
	sayUnwritable = fault{
		says: lang.Text{UZ: "yozib bo‘lmadi: %s", RU: "не удалось записать: %s", EN: "can't be written: %s"},
		hint: lang.Text{
			UZ: "sozlamalar avvalgidek qoldi; papkani, ruxsatlarni va diskdagi joyni tekshiring",
			RU: "настройки остались прежними; проверьте папку, права и место на диске",
			EN: "the settings are as they were; check the folder, its permissions and the room on the disk",
		},
	}
)

// Save puts the text in the place of the file, all of it or nothing, closed to
// other users, and keeps what was there before under the same name with .old.
// It refuses, with Errors: what are not valid settings, as Config tells them,
// and a file that is no longer what was read (ErrChanged). Missing folders are
// made, and a symlink is followed.
func (f *File) Save() error {
	if _, err := f.Config(); err != nil {
		return err
	}
	if len(f.text) > maxFile {
		return Errors{fileFault(f.path, sayLarge, nil)}
	}
	if f.path == "" {
		return Errors{fileFault("", sayNoFolder.advising(Variable), fs.ErrNotExist)}
	}
	err := f.save()
	var told *Error
	switch {
	case errors.As(err, &told):
		return Errors{told}
	case errors.Is(err, ErrChanged):
		return Errors{savingFault(f.path, sayChanged, err)}
	case err != nil:
		return Errors{savingFault(f.path, sayUnwritable.about(reasonOf(err)), err)}
	}
	f.disk = bytes.Clone(f.text)
	return nil
}

func savingFault(path string, says fault, cause error) *Error {
	told := fileFault(path, says, cause)
	told.Saving = true
	return told
}

func (f *File) save() error {
	path, err := behindLinks(f.path)
	if err != nil {
		return err
	}
	owner, err := f.testUnchanged(path)
	if err != nil {
		return err
	}
	if owner != nil && bytes.Equal(f.text, f.disk) {
		return os.Chmod(path, 0o600)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if owner != nil {
		if err := exchange(path+".old", f.disk, owner); err != nil {
			return err
		}
		// Writing the copy took a while.
		if _, err := f.testUnchanged(path); err != nil {
			return err
		}
	}
	return exchange(path, f.text, owner)
}

// behindLinks is the file that a symlink leads to, which need not be there.
func behindLinks(path string) (string, error) {
	const most = 40 // as the system follows them
	for range most {
		path = throughFolders(path)
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink == 0 {
			return path, nil
		}
		if err != nil {
			return "", err
		}
		target, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(target) { // a ".." in it means the folder that the link is in
			target = filepath.Dir(path) + string(filepath.Separator) + target
		}
		path = target
	}
	return "", fs.ErrInvalid
}

// throughFolders is a path without links among its folders, where they are
// there: Join and Dir would take a ".." behind a link for the folder above it.
func throughFolders(path string) string {
	folder, name := filepath.Split(path)
	if folder == "" {
		return path
	}
	resolved, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return path // what is wrong with it is told when the file is reached for
	}
	return filepath.Join(resolved, name)
}

// testUnchanged compares the file with what was read of it, and returns what
// the system knows of it: nothing where there was no file, and still is none.
func (f *File) testUnchanged(path string) (fs.FileInfo, error) {
	text, _, fault := readFile(path)
	switch {
	case fault != nil && errors.Is(fault, fs.ErrNotExist) && f.disk == nil:
		return nil, nil
	case fault != nil && !errors.Is(fault, fs.ErrNotExist):
		return nil, fault
	case fault != nil || f.disk == nil || !bytes.Equal(text, f.disk):
		return nil, ErrChanged
	}
	return os.Lstat(path)
}

// exchange puts a text in the place of a file that belongs to owner; nil: to
// whoever runs the program.
func exchange(path string, text []byte, owner fs.FileInfo) error {
	return atomicfile.WriteFileAs(path, text, func(f *os.File) error {
		if owner == nil {
			return nil
		}
		return keepOwner(f, owner)
	})
}

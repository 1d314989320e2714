package config

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

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
		return Errors{fileFault(f.path, sayChanged, err)}
	case err != nil:
		return Errors{fileFault(f.path, sayUnwritable.about(reasonOf(err)), err)}
	}
	f.disk = bytes.Clone(f.text)
	return nil
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
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return "", fs.ErrInvalid
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

// exchange puts a text in the place of a file, in one step as far as others and
// a power cut can see, and makes that durable.
func exchange(path string, text []byte, owner fs.FileInfo) error {
	f, err := create(path + ".new")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil && owner != nil {
		err = keepOwner(f, owner)
	}
	if err == nil {
		err = f.Sync()
	}
	mine, statErr := f.Stat()
	err = errors.Join(err, statErr, f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	// Another program that saves takes what lies there for a leftover.
	if now, err := os.Lstat(f.Name()); err != nil || !os.SameFile(mine, now) {
		return ErrChanged
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(filepath.Dir(path))
}

// create makes a new file. One that lies there is left over from a save that
// was cut off; it is taken away and never written through, since a link in its
// place could lead anywhere.
func create(path string) (*os.File, error) {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	f, err := os.OpenFile(path, flags, 0o600)
	if !errors.Is(err, fs.ErrExist) {
		return f, err
	}
	if err := os.Remove(path); err != nil {
		return nil, err
	}
	return os.OpenFile(path, flags, 0o600)
}

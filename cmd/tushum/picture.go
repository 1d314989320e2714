package main

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tushum/internal/lang"
)

// pictureFlags are the flags of a command that draws, as they were typed.
type pictureFlags struct{ format, out string }

// formatTerminal is the drawing of blocks; the other formats are the endings of
// their files.
const formatTerminal = "terminal"

// file tells whether the picture goes into a file, and not to stdout.
func (f pictureFlags) file() bool { return f.out != "" && f.out != "-" }

// settle finds the format where none was given, and refuses what can't be. The
// first of the formats is taken where nothing says which.
func (a *App) settle(f *pictureFlags, formats ...string) error {
	ending := endingOf(f.out, formats)
	switch {
	case f.format != "" && !slices.Contains(formats, f.format):
		return usage(lang.Text{
			UZ: "--format: " + either(formats, " yoki ") + " bering", RU: "--format: укажите " + either(formats, " или "), EN: "--format: give " + either(formats, " or "),
		})
	case f.format == "" && !f.file():
		f.format = formats[0]
	case f.format == "" && ending == "":
		endings := dotted(formats)
		return usage(lang.Text{
			UZ: "--out: fayl nomi " + either(endings, " yoki ") + " bilan tugasin, yoki --format bering",
			RU: "--out: имя файла должно кончаться на " + either(endings, " или ") + ", или задайте --format",
			EN: "--out: end the name of the file in " + either(endings, " or ") + ", or give --format",
		})
	case f.format == "":
		f.format = ending
	case ending != "" && ending != f.format:
		return usage(lang.Text{
			UZ: "--format " + f.format + " bilan --out nomining oxiri ." + ending + " bir-biriga zid: birini o‘zgartiring",
			RU: "--format " + f.format + " не согласуется с окончанием ." + ending + " в --out: измените одно из них",
			EN: "--format " + f.format + " contradicts the ending ." + ending + " of --out: change one of them",
		})
	}
	if f.out == "-" && a.flags.json {
		return usage(lang.Text{
			UZ: "--out - bilan --json birga bo‘lmaydi: stdout bitta, --out bilan fayl bering",
			RU: "--out - не сочетается с --json: stdout один, задайте в --out файл",
			EN: "--out - and --json don't go together: there is one stdout, name a file with --out",
		})
	}
	if f.format != formatTerminal && f.out == "" && a.Terminal && !a.flags.json {
		return usage(lang.Text{
			UZ: "rasm terminalga chiqmaydi: --out bilan fayl bering, masalan --out code." + f.format,
			RU: "картинку нельзя вывести в терминал: задайте файл, например --out code." + f.format,
			EN: "a picture does not go to a terminal: name a file, such as --out code." + f.format,
		})
	}
	return nil
}

// endingOf is the format that the name of a file promises; empty for none.
func endingOf(name string, formats []string) string {
	ending := strings.ToLower(filepath.Ext(name))
	if slices.Contains(dotted(formats), ending) {
		return ending[1:]
	}
	return ""
}

// dotted are the endings of the formats that have files of their own.
func dotted(formats []string) (endings []string) {
	for _, format := range formats {
		if format != formatTerminal {
			endings = append(endings, "."+format)
		}
	}
	return endings
}

// either lists words to choose from.
func either(words []string, or string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + or + words[last]
}

// newFile is a picture that is being drawn. It has no name yet that anybody would
// look for.
type newFile struct {
	path string // that it gets
	file *os.File
}

// pictureMode is for what holds no secret: others at the shop may print it.
const pictureMode fs.FileMode = 0o644

// fileFor makes a new file, which gets its name when it is kept. A path where
// something lies already is refused.
func (a *App) fileFor(name string) (*newFile, error) {
	path := a.abs(name)
	switch info, err := os.Lstat(path); {
	case err == nil && info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	case err == nil:
		return nil, &fs.PathError{Op: "write", Path: path, Err: errNotAFile}
	}
	unfinished := filepath.Join(filepath.Dir(path), ".tushum-"+rand.Text())
	f, err := os.OpenFile(unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL, pictureMode)
	var detail *fs.PathError
	if errors.As(err, &detail) {
		detail.Path = path
	}
	if err != nil {
		return nil, err
	}
	return &newFile{path, f}, nil
}

// keep draws the file and gives it its name, unless something else has that by
// now.
func (n *newFile) keep(draw func(io.Writer) error) error {
	if err := errors.Join(draw(n.file), n.file.Close()); err != nil {
		return err
	}
	err := os.Link(n.file.Name(), n.path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(n.file.Name(), n.path) // a file system without links
}

// discard takes away what has no name. Of a file that was kept nothing else is
// left to take away.
func (n *newFile) discard() {
	_ = n.file.Close()
	_ = os.Remove(n.file.Name())
}

// save draws into a new file, and returns its path.
func (a *App) save(name string, draw func(io.Writer) error) (path string, err error) {
	f, err := a.fileFor(name)
	if err != nil {
		return "", err
	}
	defer f.discard()
	return f.path, f.keep(draw)
}

var errNotAFile = errors.New("not a plain file")

package tui

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/qr"
	"tushum/tui/look"
)

// codeSavedMsg is what came of saving a file.
type codeSavedMsg struct {
	screen *codeScreen
	path   string
	err    error
}

func (m codeSavedMsg) notice(d *desk) tea.Cmd {
	if m.err != nil {
		return toast(bad, d.theme.Signs.Failed+" "+d.fill(notSaved, "{path}", look.Foreign(m.path))+": "+d.trouble(m.err))
	}
	return toast(glad, d.theme.Signs.Paid+" "+d.fill(saved, "{path}", look.Foreign(m.path)))
}

// fileKind is a way to save a code or a poster, by the ending of the file.
type fileKind string

const (
	svgFile  fileKind = ".svg"
	pngFile  fileKind = ".png"
	pdfFile  fileKind = ".pdf"
	slipFile fileKind = ".txt"
)

// modulePixels is how many pixels of a PNG a module takes: the usual code is
// then about 3 cm on paper at 300 dots an inch.
const modulePixels = 8

func (k fileKind) write(w io.Writer, link string) error {
	code, err := qr.Encode(link)
	if err != nil {
		return err
	}
	if k == pngFile {
		return code.PNG(w, modulePixels)
	}
	return code.SVG(w)
}

// saveCode saves the code that is shown, black on white in any case.
func (c *codeScreen) saveCode(d *desk, kind fileKind) tea.Cmd {
	folder, number, link := d.Folder, c.inv.Number, c.link(d)
	return func() tea.Msg {
		var picture bytes.Buffer
		msg := codeSavedMsg{screen: c, path: folder}
		if msg.err = kind.write(&picture, link); msg.err == nil {
			msg.path, msg.err = saveNew(folder, "tushum-"+number.String()+string(kind), printMode, picture.Bytes())
		}
		return msg
	}
}

func (c *codeScreen) saveSlip(d *desk) tea.Cmd {
	folder, number, slip := d.Folder, c.inv.Number, c.slip(d)
	return func() tea.Msg {
		msg := codeSavedMsg{screen: c}
		msg.path, msg.err = saveNew(folder, "tushum-"+number.String()+string(slipFile), printMode, []byte(slip))
		return msg
	}
}

// mostCopies bounds the search for a name that is free.
const mostCopies = 1000

// printMode is for what holds no secret: others at the shop may print it.
const printMode fs.FileMode = 0o644

// saveNew writes a file under a name that is free, and never into one that is
// there. It returns the file's whole path, that of the folder when it fails.
func saveNew(folder, name string, mode fs.FileMode, content []byte) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return folder, err
	}
	ending := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ending)
	for copies := 1; copies <= mostCopies; copies++ {
		path := filepath.Join(folder, name)
		if copies > 1 {
			path = filepath.Join(folder, stem+"-"+strconv.Itoa(copies)+ending)
		}
		err := writeNew(path, mode, content)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return folder, err
		}
		return path, nil
	}
	return folder, fs.ErrExist
}

// writeNew writes a file that is not there yet, whole or not at all.
func writeNew(path string, mode fs.FileMode, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

var (
	saved    = lang.Text{UZ: "saqlandi: {path}", RU: "сохранено: {path}", EN: "saved: {path}"}
	notSaved = lang.Text{UZ: "{path} ga saqlanmadi", RU: "не сохранено в {path}", EN: "not saved in {path}"}
)

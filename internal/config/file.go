package config

import (
	"bytes"
	"errors"
	"slices"

	"tushum/internal/lang"
)

var sayByHand = fault{
	says: lang.Text{
		UZ: "bu yerda shunday yozilganki, dastur uni o‘zgartira olmaydi",
		RU: "записано здесь так, что программа не может это изменить",
		EN: "is written here in a way that the program can't change",
	},
	hint: lang.Text{
		UZ: "faylni qo‘lda tahrirlang: config.example.toml da bu qanday yozilishi ko‘rsatilgan",
		RU: "измените файл вручную: как это записывается, видно в config.example.toml",
		EN: "edit the file by hand: config.example.toml shows how this is written",
	},
}

// ErrChanged says that the settings file is no longer the one that was read.
var ErrChanged = errors.New("the settings file was changed meanwhile")

// File is a settings file that is edited as text: what nobody asked to change
// keeps its comments, its order and its line ends. What is set need not make
// sense until Config or Save. It is not for use by several at once.
type File struct {
	path string
	text []byte
	disk []byte // what was read, or saved last; nil where there is no file yet
}

// OpenFile reads a settings file to edit it. Its errors are those of Load; the
// file has to be TOML, but need not hold valid settings.
func OpenFile(path string) (*File, error) {
	text, _, fault := readFile(path)
	if fault != nil {
		return nil, Errors{fault}
	}
	if _, err := readDocument(text, path); err != nil {
		return nil, err
	}
	return &File{path: path, text: text, disk: append([]byte{}, text...)}, nil
}

// NewFile begins a settings file that is not there yet from a text, such as
// that of config.example.toml.
func NewFile(path string, text []byte) *File {
	return &File{path: path, text: bytes.Clone(text)}
}

// Path is the file's, as it was given.
func (f *File) Path() string { return f.path }

// Text is the whole file as it stands now.
func (f *File) Text() []byte { return bytes.Clone(f.text) }

// Config is what the text means. The error is an Errors.
func (f *File) Config() (Config, error) { return Parse(f.text, f.path) }

// Set writes one value, such as that of uzum.service_id, and changes nothing
// else: not a byte where the value is what it was. A key that is not there yet
// comes below the comment that shows it switched off, or else at the end of its
// section. The error is an Errors: a text that is no TOML, or one that is
// written in a way that can't be changed without a person.
func (f *File) Set(key string, v Value) error {
	path := steps(key)
	before, err := readDocument(f.text, f.path)
	if err != nil {
		return err
	}
	value := nodeOf(v)
	if old := before.walk(path); value == nil || old != nil && old.kind == kindTable || !before.put(path, value) {
		return f.byHand(key, path)
	}
	mark, body := f.parts()
	text := slices.Concat(mark, readLayout(body).set(path, v))
	after, err := readDocument(text, f.path)
	if err != nil || !same(before, after) {
		return f.byHand(key, path)
	}
	f.text = text
	return nil
}

// parts are the byte order mark, if there is one, and what comes after it.
func (f *File) parts() (mark, body []byte) {
	if bytes.HasPrefix(f.text, []byte(byteOrderMark)) {
		return f.text[:len(byteOrderMark)], f.text[len(byteOrderMark):]
	}
	return nil, f.text
}

// byHand refuses an edit, on the line of what is in its way.
func (f *File) byHand(key string, path []step) error {
	line := 0
	if root, err := readDocument(f.text, f.path); err == nil {
		for n := range path {
			if found := root.walk(path[:n+1]); found != nil {
				line = found.line
			}
		}
	}
	return Errors{{Path: f.path, Line: line, Key: key, Msg: sayByHand.says, Hint: sayByHand.hint}}
}

// Tables are the items of a list of tables, such as uzum.credentials or tariff,
// as they are written. There are none where the list is something else.
func (f *File) Tables(key string) ([]Table, error) {
	root, err := readDocument(f.text, f.path)
	if err != nil {
		return nil, err
	}
	return tablesOf(root.walk(steps(key))), nil
}

// SetTables writes the items of a list of tables. Each is changed in place
// where its keys differ. Those too many go, with the comments that stand
// directly at them, and new ones come after the last. Its errors are Set's.
func (f *File) SetTables(key string, tables []Table) error {
	path := steps(key)
	before, err := readDocument(f.text, f.path)
	if err != nil {
		return err
	}
	if old := before.walk(path); old != nil && (old.kind != kindList || len(tablesOf(old)) != len(old.items)) {
		return f.byHand(key, path)
	}
	mark, body := f.parts()
	body, err = setTables(body, path, tables)
	if err != nil {
		return f.byHand(key, path)
	}
	text := slices.Concat(mark, body)
	after, err := readDocument(text, f.path)
	if err != nil || !slices.EqualFunc(tablesOf(after.walk(path)), tables, sameTable) {
		return f.byHand(key, path)
	}
	before.drop(path)
	after.drop(path)
	if !same(before, after) {
		return f.byHand(key, path)
	}
	f.text = text
	return nil
}

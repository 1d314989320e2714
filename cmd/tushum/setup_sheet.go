package main

import (
	"errors"
	"fmt"
	"os"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/store"
)

// sheetFile is a new file for the sheet; nil where none is wanted.
type sheetFile struct{ file *os.File }

// sheetFile opens a new file, closed to others because a password may come to
// stand in it.
func (a *App) sheetFile(name string) (*sheetFile, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // none is wanted
	}
	file, err := os.OpenFile(a.abs(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return &sheetFile{file}, nil
}

// drop takes back a file that nothing was written to.
func (f *sheetFile) drop() error {
	if f == nil {
		return nil
	}
	return errors.Join(f.file.Close(), os.Remove(f.file.Name()))
}

func (f *sheetFile) write(text string) error {
	_, err := f.file.WriteString(text)
	return errors.Join(err, f.file.Sync(), f.file.Close())
}

var sheetWritten = lang.Text{UZ: "bank uchun varaq shu faylda: %s\n", RU: "лист для банка в файле: %s\n", EN: "the sheet for the bank is in %s\n"}

// tellSheet hands the sheet out, into the file if there is one. The password
// stands in one place only; where that can't be the file, it is the screen.
func (a *App) tellSheet(sheet setup.Sheet, out *sheetFile) error {
	name := ""
	if out != nil {
		name = out.file.Name()
		if err := out.write(sheet.Text(a.lang)); err != nil {
			return errors.Join(fmt.Errorf("writing the sheet: %w", err), os.Remove(name), a.tellSheet(sheet, nil))
		}
		sheet.Password = ""
	}
	switch {
	case a.flags.json:
		return a.printJSON(viewSheet(sheet, name))
	case out != nil:
		return a.print(fmt.Sprintf(a.say(sheetWritten), oneLine(name)))
	}
	return a.print(sheet.Text(a.lang))
}

// sheetView is the sheet as scripts see it.
type sheetView struct {
	Shop        string       `json:"shop,omitzero"`
	ServiceID   int64        `json:"service_id"`
	BaseURL     string       `json:"base_url,omitzero"`
	URLs        []string     `json:"urls,omitempty"`
	Login       string       `json:"login"`
	Password    string       `json:"password,omitzero"` // only right after it was made or given
	AccountKey  string       `json:"account_param"`
	TestInvoice store.Number `json:"test_invoice,omitzero"`
	TestAmount  money.Amount `json:"test_amount,omitzero"`
	File        string       `json:"file,omitzero"` // where the sheet was written to
}

func viewSheet(s setup.Sheet, file string) sheetView {
	return sheetView{
		Shop: s.Shop, ServiceID: s.ServiceID, BaseURL: s.BaseURL, URLs: s.URLs(), Login: s.Login, Password: s.Password,
		AccountKey: s.AccountKey, TestInvoice: s.TestInvoice, TestAmount: s.TestAmount, File: file,
	}
}

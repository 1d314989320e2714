package setup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"tushum/internal/atomicfile"
)

// maxDraft is the greatest size of a draft, in bytes.
const maxDraft = 64 << 10

// DraftPath is where the answers of an interrupted setup lie: beside the
// settings file.
func DraftPath(settingsPath string) string { return settingsPath + ".draft" }

// LoadDraft reads what was typed in a setup that was interrupted; nil where
// there is nothing. A password is there as PasswordHash only.
func LoadDraft(settingsPath string) (Answers, error) {
	f, err := os.Open(DraftPath(settingsPath))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the answers of the last setup: %w", err)
	}
	// Nothing was written, so a failed close loses nothing.
	defer func() { _ = f.Close() }()
	var a Answers
	if err := json.NewDecoder(io.LimitReader(f, maxDraft)).Decode(&a); err != nil {
		return nil, fmt.Errorf("reading the answers of the last setup: %w", err)
	}
	maps.DeleteFunc(a, func(id ID, _ string) bool {
		_, known := Find(nil, id)
		return !known && id != PasswordHash || id == UzumPassword
	})
	return a, nil
}

// SaveDraft keeps what was typed so far, readable to its owner only. Of a
// password it keeps the hash, as Sealed has it.
func SaveDraft(settingsPath string, a Answers) error {
	kept, err := Sealed(a)
	if err != nil {
		return err
	}
	for _, id := range known() {
		delete(kept, id)
	}
	text, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return fmt.Errorf("keeping the answers: %w", err)
	}
	return replace(DraftPath(settingsPath), append(text, '\n'))
}

// Sealed are answers with the hash of the password in its place. Making it
// takes a moment.
func Sealed(a Answers) (Answers, error) {
	sealed := maps.Clone(a)
	delete(sealed, UzumPassword)
	if a[UzumPassword] == "" {
		return sealed, nil
	}
	hash, err := hashed(a[UzumPassword])
	if err != nil {
		return nil, err
	}
	sealed[PasswordHash] = hash
	return sealed, nil
}

// Outdate takes answers out of the draft that were given in another way since.
func Outdate(settingsPath string, given Answers) error {
	draft, err := LoadDraft(settingsPath)
	if draft == nil || err != nil {
		return err
	}
	before := len(draft)
	maps.DeleteFunc(draft, func(id ID, _ string) bool { _, anew := given[id]; return anew })
	if given[UzumPassword] != "" || given[UzumPair] == Yes {
		delete(draft, PasswordHash)
	}
	switch len(draft) {
	case before:
		return nil
	case 0:
		return DropDraft(settingsPath)
	}
	return SaveDraft(settingsPath, draft)
}

// DropDraft removes what SaveDraft has kept, if anything.
func DropDraft(settingsPath string) error {
	if err := os.Remove(DraftPath(settingsPath)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the answers of the last setup: %w", err)
	}
	return nil
}

// replace writes a file so that a crash leaves the old one or the new one.
func replace(path string, text []byte) error {
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = atomicfile.WriteFile(path, text)
	}
	if err != nil {
		return fmt.Errorf("keeping the answers: %w", err)
	}
	return nil
}

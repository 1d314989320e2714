package setup_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/password"
	"tushum/internal/setup"
)

func TestADraftOutlivesAnInterruptedSetup(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tushum", "config.toml")
	if a, err := setup.LoadDraft(path); a != nil || err != nil {
		t.Errorf("before anything was typed: %v, %v", a, err)
	}
	typed := setup.Answers{setup.ShopName: "Do‘kon \"Lola\"", setup.UzumLogin: "lola", setup.UzumPassword: "correct horse", "oneclick-in-use": "yes", "plain-http": "yes"}
	if err := setup.SaveDraft(path, typed); err != nil {
		t.Fatal(err)
	}
	text := mustText(t, setup.DraftPath(path))
	if info, err := os.Stat(setup.DraftPath(path)); err != nil || info.Mode().Perm() != 0o600 || strings.Contains(text, "correct horse") {
		t.Errorf("%v, %v, %s", info, err, text)
	}
	a, err := setup.LoadDraft(path)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := password.Parse(a[setup.PasswordHash])
	if err != nil || !verifier.Verify([]byte("correct horse")) {
		t.Errorf("the hash is not of what was typed: %v", err)
	}
	delete(a, setup.PasswordHash)
	if want := (setup.Answers{setup.ShopName: "Do‘kon \"Lola\"", setup.UzumLogin: "lola"}); !maps.Equal(a, want) {
		t.Errorf("the draft has %v, want %v", a, want)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the draft lie %q (%v)", left, err)
	}
	if err := setup.DropDraft(path); err != nil {
		t.Error(err)
	}
	if err := setup.DropDraft(path); err != nil {
		t.Errorf("dropping what is not there: %v", err)
	}
	if a, err := setup.LoadDraft(path); a != nil || err != nil {
		t.Errorf("after it was dropped: %v, %v", a, err)
	}
}

func TestADraftConnectsByItsHash(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if err := setup.SaveDraft(d.Path, bank("correct horse")); err != nil {
		t.Fatal(err)
	}
	a, err := setup.LoadDraft(d.Path)
	if err != nil {
		t.Fatal(err)
	}
	saved := mustSave(t, d, a)
	if c := mustConfig(t, d).Uzum.Credentials; len(saved.Missing) > 0 || saved.Sheet.Password != "" || len(c) != 1 || !c[0].Password.Verify([]byte("correct horse")) {
		t.Errorf("missing is %v, the sheet %v", saved.Missing, saved.Sheet)
	}
}

func TestADraftThatCantBeReadIsTold(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.toml")
	for _, text := range []string{"", "[shop]", `{"shop-name":5}`, `{"shop-name":"` + strings.Repeat("x", 70<<10) + `"}`} {
		if err := os.WriteFile(setup.DraftPath(path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if a, err := setup.LoadDraft(path); a != nil || err == nil {
			t.Errorf("%.20q gives %v, %v", text, a, err)
		}
	}
	if err := os.WriteFile(setup.DraftPath(path), []byte(`{"shop-name":"x","uzum-password":"y","later":"z"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if a, err := setup.LoadDraft(path); err != nil || !maps.Equal(a, setup.Answers{setup.ShopName: "x"}) {
		t.Errorf("of a draft of another version come %v, %v", a, err)
	}
}

// What was answered by flags since must not come back from a draft.
func TestAnswersGivenElsewhereLeaveTheDraft(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.toml")
	typed := setup.Answers{setup.ShopName: "Gul", setup.UzumLogin: "lola", setup.UzumPassword: "a password"}
	if err := setup.SaveDraft(path, typed); err != nil {
		t.Fatal(err)
	}
	if err := setup.Outdate(path, setup.Answers{setup.UzumLogin: "aziza", setup.UzumPassword: "another"}); err != nil {
		t.Fatal(err)
	}
	draft, err := setup.LoadDraft(path)
	if err != nil || len(draft) != 1 || draft[setup.ShopName] != "Gul" {
		t.Errorf("the draft is %v, %v", draft, err)
	}
	if err := setup.Outdate(path, setup.Answers{setup.ShopName: "Gul salon"}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(setup.DraftPath(path)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty draft is left: %v", err)
	}
	if err := setup.Outdate(path, typed); err != nil {
		t.Errorf("without a draft: %v", err)
	}
}

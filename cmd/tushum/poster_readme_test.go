package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var write = flag.Bool("write", false, "write the pictures of README anew")

// README shows a poster as the command draws it.
func TestPosterOfREADME(t *testing.T) {
	t.Parallel()
	app, stdout, stderr := testApp(t)
	settings := filepath.Join(app.Dir, "config.toml")
	if err := os.WriteFile(settings, []byte(readmeShop), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := app.Run(t.Context(), []string{"--config", settings, "qr", "poster", "--format", "svg"}); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	path := filepath.Join("..", "..", "docs", "pictures", "poster.svg")
	if *write {
		if err := os.WriteFile(path, stdout.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, stdout.Bytes()) {
		t.Errorf("%s is not what is drawn: run make docs and look at it", path)
	}
}

const readmeShop = `
[shop]
name = "Gulnora"
language = "en"
[store]
path = "tushum.db"
[listener]
public_url = "https://pay.gulnora.uz"
[uzum]
service_id = 101202
[[uzum.credentials]]
login = "uzum"
password_hash = '$2a$04$ieoxqwq.SxjxHHkFK7w63OI5RTyjR9Mw8zwGqdsv3OzRWbnTOB7h2'
`

//go:build system

package qr_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tushum/qr"
)

// run starts a program that the test needs, from a Debian package.
func run(t *testing.T, debian, name string, args ...string) {
	t.Helper()
	var output bytes.Buffer
	command := exec.CommandContext(t.Context(), name, args...)
	command.Stdout, command.Stderr = &output, &output
	if err := command.Run(); err != nil {
		t.Fatalf("%s (Debian package %s): %v: %s", name, debian, err, output.String())
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func writeFile(t *testing.T, path string, file []byte) {
	t.Helper()
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
}

// The app's link makes the denser code: a phone that reads it reads a pay page's.
func TestReadersReadPostersAsPNG(t *testing.T) {
	t.Parallel()
	everyPoster(t, appLink, func(t *testing.T, p qr.Poster) {
		if got := read(t, write(t, p, "PNG")); got != appLink {
			t.Errorf("read back %q, want %q", got, appLink)
		}
	})
}

// A PDF is read as a plain printer puts it on paper.
func TestReadersReadPostersAsPDF(t *testing.T) {
	t.Parallel()
	everyPoster(t, appLink, func(t *testing.T, p qr.Poster) {
		path := filepath.Join(t.TempDir(), "poster")
		writeFile(t, path+".pdf", write(t, p, "PDF"))
		run(t, "poppler-utils", "pdftoppm", "-r", "150", "-png", "-singlefile", path+".pdf", path)
		if got := read(t, readFile(t, path+".png")); got != appLink {
			t.Errorf("read back %q, want %q", got, appLink)
		}
	})
}

// A browser shows all SVG of a paper on one page, each with a link of its own.
func TestReadersReadPostersAsSVG(t *testing.T) {
	t.Parallel()
	for _, paper := range qr.Papers() {
		t.Run(paper.String(), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var page strings.Builder
			var want []string
			page.WriteString(`<!doctype html><body style="margin:0">`)
			for _, style := range styles {
				for language := range languages {
					link := fmt.Sprintf("%s&on=%v-%v-%s", appLink, paper, style, language)
					want = append(want, link)
					name := fmt.Sprintf("%v-%s.svg", style, language)
					writeFile(t, filepath.Join(dir, name), write(t, poster(t, paper, style, language, link), "SVG"))
					fmt.Fprintf(&page, `<img style="width:600px" src="%s">`, name)
				}
			}
			writeFile(t, filepath.Join(dir, "page.html"), []byte(page.String()))
			picture := filepath.Join(dir, "page.png")
			run(t, "chromium", "chromium", "--headless=new", "--no-sandbox", "--hide-scrollbars", "--user-data-dir="+filepath.Join(dir, "profile"),
				"--window-size=1820,1720", "--screenshot="+picture, "file://"+filepath.Join(dir, "page.html"))
			got := strings.Split(read(t, readFile(t, picture)), "\n")
			for _, link := range want {
				if !slices.Contains(got, link) {
					t.Errorf("nothing reads %q, only %q", link, got)
				}
			}
		})
	}
}

// The densest code that a small poster takes must still be read when it is
// printed at the resolution of a plain printer.
func TestReadersReadTheSmallestModules(t *testing.T) {
	t.Parallel()
	link := appLink + "&note=" + strings.Repeat("a1-", 400)
	p := poster(t, qr.A6, qr.BlackAndWhite, "ru", link)
	if placed := checkLayout(t, p); placed.Module > 9*qr.Dot {
		t.Errorf("the modules are %d dots: choose a longer link", placed.Module/qr.Dot)
	}
	if got := read(t, write(t, p, "PNG")); got != link {
		t.Errorf("read back %.400q, want %.400q", got, link)
	}
}

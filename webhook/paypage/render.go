package paypage

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"html/template"
	"net/http"

	"tushum/internal/lang"
)

//go:embed page.html style.css script.js
var files embed.FS

var (
	style  = mustRead("style.css")
	script = mustRead("script.js")

	// policy lets a page have nothing but its own style, script and picture.
	policy = "default-src 'none'; script-src " + hashOf(script) + "; style-src " + hashOf(style) +
		"; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

	pages = template.Must(template.ParseFS(files, "page.html"))
)

func mustRead(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it is part of the program
	}
	return string(b)
}

func hashOf(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// version tells one state of a page from another.
func version(fragment []byte) string {
	sum := sha256.Sum256(fragment)
	return hex.EncodeToString(sum[:8])
}

// page is what the frame of all pages is filled with.
type page struct {
	Lang    lang.Lang
	Title   string
	Style   template.CSS
	Script  template.JS
	Main    template.HTML // cleaned and escaped already
	Version string
	Events  string // URL of the live updates; empty: there are none
}

// serve answers with a whole page.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request, status int, p page) {
	p.Lang, p.Style, p.Script = h.language(r), template.CSS(style), template.JS(script)
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, "page", p); err != nil {
		h.log.Error("a pay page could not be drawn", "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", string(p.Lang))
	header.Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a reader who has gone needs no page
}

func (h *Handler) language(*http.Request) lang.Lang { return h.settings.Load().Language }

func (h *Handler) serveTill(w http.ResponseWriter, r *http.Request) {
	h.serve(w, r, http.StatusOK, page{Title: "till"})
}

func (h *Handler) serveBill(w http.ResponseWriter, r *http.Request) {
	s, err := h.find(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	main := h.fragment(r, s)
	h.serve(w, r, http.StatusOK, page{Title: "bill", Main: template.HTML(main), Version: version(main), Events: "/pay/" + s.ref + "/events"})
}

// fragment is the main part of a bill's page.
func (h *Handler) fragment(r *http.Request, s subject) []byte {
	var b bytes.Buffer
	_ = pages.ExecuteTemplate(&b, "bill", map[string]any{"State": s.bill.State, "Due": s.bill.Due.Format(h.language(r)), "App": h.appLink(s), "QR": "/pay/" + s.ref + "/qr.svg"})
	return b.Bytes()
}

func (h *Handler) serveUnknown(w http.ResponseWriter, r *http.Request) {
	h.serve(w, r, http.StatusNotFound, page{Title: "unknown"})
}

func (h *Handler) serveBusy(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "10")
	h.serve(w, r, http.StatusTooManyRequests, page{Title: "busy"})
}

func (h *Handler) serveTrouble(w http.ResponseWriter, r *http.Request) {
	h.serve(w, r, http.StatusServiceUnavailable, page{Title: "trouble"})
}

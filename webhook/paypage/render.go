package paypage

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"html/template"
	"net/http"
	"net/url"
	"strconv"

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

// What the parts of most pages take less than, in bytes.
const (
	mainRoom  = 6 << 10
	frameRoom = 4 << 10
)

// page is what a request gets. Its main part may be drawn already.
type page struct {
	main   view
	events string // URL of the live updates; empty: there are none
}

// frame is what stands around the main part of all pages.
type frame struct {
	Lang       lang.Lang
	Locale     string
	Title      string
	Preview    string
	Shop       shopView
	Page       string // what this is, where the shop has no name
	Language   string
	Tongues    []tongue
	Style      template.CSS
	Script     template.JS
	Main       template.HTML // of the template, escaped already
	Version    string
	Events     string
	LooksAgain bool // by itself, where there are no scripts
}

// shopView is the shop on a page. Dial is its phone as it is dialled.
type shopView struct{ Name, Address, Phone, Dial string }

// tongue is a language to choose.
type tongue struct {
	Lang    lang.Lang
	Name    string
	URL     string
	Current bool
}

// serve answers with a whole page.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request, status int, p page) {
	whole, err := h.draw(r, p)
	if err != nil {
		h.log.Error("a pay page could not be drawn", "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", string(h.language(r)))
	header.Set("Vary", "Accept-Language")
	header.Set("Content-Length", strconv.Itoa(len(whole))) // HEAD has it too
	w.WriteHeader(status)
	_, _ = w.Write(whole) //nolint:gosec // a template has escaped it; a reader who has gone needs no page
}

func (h *Handler) draw(r *http.Request, p page) ([]byte, error) {
	l, shop := h.language(r), h.settings.Load().Shop
	main, err := drawMain(p.main)
	if err != nil {
		return nil, err
	}
	f := frame{
		Lang: l, Locale: locales[l], Title: p.main.Title, Preview: p.main.Preview, Page: labelPage.In(l),
		Shop:     shopView{Name: foreign(shop.Name), Address: foreign(shop.Address), Phone: phoneOf(shop.Phone), Dial: dialled(shop.Phone)},
		Language: labelLanguage.In(l), Tongues: tonguesOf(r.URL.Query(), l),
		Style: template.CSS(style), Script: template.JS(script), //nolint:gosec // both are parts of the program
		Main:   template.HTML(main), //nolint:gosec // a template has escaped it
		Events: p.events, LooksAgain: p.events != "" && !p.main.Final && len(p.main.Forms) == 0,
	}
	f.Version = version(main)
	var b bytes.Buffer
	b.Grow(len(style) + len(script) + len(main) + frameRoom)
	err = pages.ExecuteTemplate(&b, "page", f)
	return b.Bytes(), err
}

func drawMain(v view) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(mainRoom)
	if err := pages.ExecuteTemplate(&b, "main", v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// tonguesOf lead to the same page with what was typed into it.
func tonguesOf(query url.Values, current lang.Lang) []tongue {
	kept := make(url.Values)
	for _, name := range []string{amountParam, numberParam, backParam} {
		if text := typed(query.Get(name)); text != "" {
			kept.Set(name, text)
		}
	}
	var all []tongue
	for _, l := range lang.All {
		kept.Set(langParam, string(l))
		all = append(all, tongue{Lang: l, Name: tongues[l], URL: "?" + kept.Encode(), Current: l == current})
	}
	return all
}

func (h *Handler) serveBill(w http.ResponseWriter, r *http.Request) {
	s, err := h.find(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	scene := h.scene(r, s)
	h.serve(w, r, http.StatusOK, page{main: scene.view(), events: scene.address("/events")})
}

// fragment is the main part of a bill's page.
func (h *Handler) fragment(r *http.Request, s subject) ([]byte, error) {
	main, err := drawMain(h.scene(r, s).view())
	if err != nil {
		h.log.Error("a pay page could not be drawn", "err", err)
	}
	return main, err
}

// scene is a subject with all that its look depends on.
func (h *Handler) scene(r *http.Request, s subject) scene {
	settings := h.settings.Load()
	return scene{
		subject: s, shop: settings.Shop, test: settings.Test, ways: h.ways(s), app: h.hasApp(s),
		calendar: h.books.Rules().Calendar, lang: h.language(r),
	}
}

func (h *Handler) serveUnknown(w http.ResponseWriter, r *http.Request) {
	h.serveProblem(w, r, http.StatusNotFound, unknown)
}

// retryAfter is when who asks too often may ask again, in seconds: a minute, as the
// page says.
const retryAfter = "60"

func (h *Handler) serveBusy(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", retryAfter)
	w.Header().Set("Refresh", retryAfter) // of itself, with scripts and without
	h.serveProblem(w, r, http.StatusTooManyRequests, busy)
}

func (h *Handler) serveTrouble(w http.ResponseWriter, r *http.Request) {
	h.serveProblem(w, r, http.StatusServiceUnavailable, trouble)
}

func (h *Handler) serveProblem(w http.ResponseWriter, r *http.Request, status int, p problem) {
	h.serve(w, r, status, page{main: p.view(h.settings.Load().Shop, h.language(r))})
}

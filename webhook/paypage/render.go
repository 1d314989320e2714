package paypage

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"tushum/internal/lang"
	"tushum/store"
)

//go:embed page.html style.css script.js deal.css deal.js
var files embed.FS

var (
	style  = mustRead("style.css")
	script = mustRead("script.js")

	plainLook = newLook(style, script)
	dealLook  = newLook(style+mustRead("deal.css"), script+mustRead("deal.js"))

	pages = template.Must(template.ParseFS(files, "page.html"))
)

// look is what a page carries besides its words. That of deals is a look of its own,
// so that the others stay small.
type look struct{ style, script, policy string }

// newLook has a policy that lets a page have nothing but its own style, script and
// picture, and send its forms nowhere else: also where a payment system has a page
// of its own, a link leads there.
func newLook(style, script string) look {
	return look{style: style, script: script, policy: "default-src 'none'; script-src " + hashOf(script) + "; style-src " + hashOf(style) +
		"; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"}
}

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
	deals  bool   // its invoice is paid by deals
}

func (p page) look() look {
	if p.deals {
		return dealLook
	}
	return plainLook
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
	Now        int64 // in milliseconds, for who counts the time that is left; zero: nobody does
	LooksAgain int   // after so many seconds, where there are no scripts; zero: it does not
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

// lookEvery is how often a page without scripts asks for itself, in seconds.
const lookEvery = 15

// serve answers with a whole page.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request, status int, p page) {
	whole, err := h.draw(r, p)
	if err != nil {
		h.log.Error("a pay page could not be drawn", "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Security-Policy", p.look().policy)
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", string(h.language(r)))
	header.Set("Vary", "Accept-Language")
	header.Set("Content-Length", strconv.Itoa(len(whole))) // HEAD has it too
	w.WriteHeader(status)
	_, _ = w.Write(whole) // a reader who has gone needs no page
}

func (h *Handler) draw(r *http.Request, p page) ([]byte, error) {
	l, shop, look := h.language(r), h.settings.Load().Shop, p.look()
	main, err := drawMain(p.main)
	if err != nil {
		return nil, err
	}
	f := frame{
		Lang: l, Locale: locales[l], Title: p.main.Title, Preview: p.main.Preview, Page: labelPage.In(l),
		Shop:     shopView{Name: foreign(shop.Name), Address: foreign(shop.Address), Phone: phoneOf(shop.Phone), Dial: dialled(shop.Phone)},
		Language: labelLanguage.In(l), Tongues: tonguesOf(r.URL.Query(), l),
		Style: template.CSS(look.style), Script: template.JS(look.script), //nolint:gosec // both are parts of the program
		Main:   template.HTML(main), //nolint:gosec // a template has escaped it
		Events: p.events,
	}
	f.Version = version(main)
	if p.events != "" && !p.main.Final && len(p.main.Forms) == 0 {
		f.LooksAgain = cmp.Or(p.main.Again, lookEvery)
	}
	if p.deals {
		f.Now = h.books.Now().UnixMilli()
	}
	var b bytes.Buffer
	b.Grow(len(look.style) + len(look.script) + len(main) + frameRoom)
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
	h.serve(w, r, http.StatusOK, page{main: scene.view(), events: scene.address("/events"), deals: scene.system.Can.Deals})
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
	made := scene{
		subject: s, shop: settings.Shop, ways: h.ways(s), app: h.hasApp(s),
		calendar: h.books.Rules().Calendar, lang: h.language(r),
	}
	if system := h.systemOf(s); system != nil {
		made.system = system.Profile()
	}
	made.paidBy = store.Profile{System: s.bill.Invoice.PaymentSystem()}
	if system := settings.Systems.Of(made.paidBy.System); system != nil {
		made.paidBy = system.Profile()
	}
	if made.system.Can.Deals {
		made.setback, _ = h.setbacks.of(s.bill.Invoice.Number)
	}
	return made
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

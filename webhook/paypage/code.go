package paypage

import (
	"bytes"
	"net/http"
	"strconv"

	"tushum/qr"
	"tushum/store"
)

// serveCode draws what opens the invoice in an app, or what a payer's app reads of
// where a deal is paid, for those who read the page on another screen.
func (h *Handler) serveCode(w http.ResponseWriter, r *http.Request) {
	s, err := h.find(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	text := s.to.QR
	if text == "" {
		text = h.appLink(s)
	}
	if text == "" {
		h.fail(w, r, &store.Error{Code: store.InvoiceNotFound})
		return
	}
	code, err := qr.Encode(text)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	var b bytes.Buffer
	if err := code.SVG(&b); err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, _ = w.Write(b.Bytes()) // a reader who has gone needs no picture
}

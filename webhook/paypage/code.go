package paypage

import (
	"bytes"
	"net/http"
	"strconv"

	"tushum/qr"
	"tushum/store"
)

// serveCode draws what opens the invoice in the bank's app, for those who read
// the page on another screen.
func (h *Handler) serveCode(w http.ResponseWriter, r *http.Request) {
	s, err := h.find(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	link := h.appLink(s)
	if link == "" {
		h.fail(w, r, &store.Error{Code: store.InvoiceNotFound})
		return
	}
	code, err := qr.Encode(link)
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

// ways are how the subject can be paid now.
func (h *Handler) ways(s subject) []Way {
	inv := s.bill.Invoice
	amount := s.bill.Due
	if inv.Reusable() {
		amount = s.amount
	}
	if !s.bill.Payable() || amount == 0 {
		return nil
	}
	return h.settings.Load().Ways(inv, amount, s.back)
}

// appLink opens the bank's app; empty where that is no way to pay it now.
func (h *Handler) appLink(s subject) string {
	for _, way := range h.ways(s) {
		if way.Method == App {
			return way.URL
		}
	}
	return ""
}

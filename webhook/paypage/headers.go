package paypage

import (
	"net/http"

	"tushum/store"
)

// guard sets the headers that all answers have, and lets nobody ask too often.
func (h *Handler) guard(serve http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("Content-Security-Policy", policy)
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
		if !h.visits.allow(h.address(r)) {
			h.serveBusy(w, r)
			return
		}
		serve(w, r)
	})
}

// fail answers a request for something that can't be shown.
func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	if store.CodeOf(err) == store.InvoiceNotFound {
		h.serveUnknown(w, r)
		return
	}
	if r.Context().Err() == nil {
		h.log.Error("a pay page could not be shown", "err", err)
	}
	h.serveTrouble(w, r)
}

package webhook

import (
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/julienschmidt/httprouter"

	"tushum/internal/clean"
	"tushum/store"
	"tushum/webhook/paypage"
)

// ownPaths are the first parts of paths that are no payment system's.
var ownPaths = []string{"pay", "healthz", "readyz", "metrics"}

// checkPrefix accepts /uzum and the like; anything else would be a pattern to
// the router, or hide a path of the program's own or of another payment system's.
func (s *Server) checkPrefix(prefix string) error {
	parts := strings.Split(prefix, "/")
	if len(parts) < 2 || parts[0] != "" || slices.Contains(ownPaths, parts[1]) || s.isCalledBack(parts[1]) {
		return fmt.Errorf("setting up the webhooks' path: %q is not like /uzum, or is used by the program itself", prefix)
	}
	for _, part := range parts[1:] {
		if part == "" || part == "." || part == ".." || strings.ContainsFunc(part, notInPath) {
			return fmt.Errorf("setting up the webhooks' path: only slashes, letters, digits and - _ . may stand in %q", prefix)
		}
	}
	return nil
}

// isCalledBack tells whether a further payment system calls below the first part of
// a path.
func (s *Server) isCalledBack(first string) bool {
	for path := range s.cfg.Callbacks {
		if strings.HasPrefix(path, "/"+first+"/") {
			return true
		}
	}
	return false
}

func notInPath(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.", r))
}

// routes builds the router for webhooks below a path. Nothing is redirected and
// nothing is guessed: a path is served as it is spelled, or it is 404.
func (s *Server) routes(prefix string) http.Handler {
	webhooks := make(map[string]http.Handler)
	router := httprouter.New()
	router.RedirectTrailingSlash = false
	router.RedirectFixedPath = false
	router.HandleOPTIONS = false
	router.MethodNotAllowed = otherMethods(webhooks)
	router.PanicHandler = s.panicked
	for name, handler := range s.cfg.Uzum.Routes() {
		path := prefix + "/" + name
		handler = asSpelled(s.unlessRehearsed(name, handler))
		webhooks[path] = handler
		router.Handler(http.MethodPost, path, handler)
	}
	for path, handler := range s.cfg.Callbacks {
		router.Handler(http.MethodPost, path, asSpelled(handler))
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		router.HandlerFunc(method, "/healthz", func(w http.ResponseWriter, _ *http.Request) { word(w, http.StatusOK, "ok") })
		router.HandlerFunc(method, "/readyz", s.readiness)
	}
	return s.besidePages(router)
}

// besidePages lets the pay pages answer for all paths of theirs, with whatever
// method: they have an answer of their own to what they don't know.
func (s *Server) besidePages(others http.Handler) http.Handler {
	if s.cfg.Pages == nil {
		return others
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if paypage.Owns(r.URL.Path) {
			s.cfg.Pages.ServeHTTP(w, r)
			return
		}
		others.ServeHTTP(w, r)
	})
}

// asSpelled hides a path from who spells it with percent signs: rules for paths
// in a proxy or a firewall before this server would not have known it.
func asSpelled(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.EscapedPath() != r.URL.Path {
			http.NotFound(w, r)
			return
		}
		handler.ServeHTTP(w, r)
	})
}

// otherMethods lets a webhook refuse a wrong method in its own words, for the
// Merchant API knows no 405.
func otherMethods(webhooks map[string]http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, is := webhooks[r.URL.Path]
		if !is {
			word(w, http.StatusMethodNotAllowed, "method not allowed")
			return
		}
		w.Header().Del("Allow") // set by the router
		handler.ServeHTTP(w, r)
	})
}

// readiness answers 503 with the ledger's own word for what is wrong, and
// otherwise 200 with what somebody should look at, one warning a line.
func (s *Server) readiness(w http.ResponseWriter, _ *http.Request) {
	if err := s.cfg.Ready(); err != nil {
		reason := string(store.CodeOf(err))
		if reason == "" {
			reason = "unavailable"
		}
		word(w, http.StatusServiceUnavailable, reason)
		return
	}
	text := "ready"
	for _, warning := range s.cfg.Warnings() {
		text += "\nwarning: " + string(warning.Code)
	}
	word(w, http.StatusOK, text)
}

func word(w http.ResponseWriter, status int, text string) {
	header := w.Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // a caller that has gone needs no answer
}

func (s *Server) panicked(w http.ResponseWriter, _ *http.Request, p any) {
	s.log.Error("a request panicked", "panic", clean.Line(fmt.Sprint(p), maxLogged), "stack", string(debug.Stack()))
	word(w, http.StatusInternalServerError, "internal error")
}

package paypage

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"tushum/internal/site"
	"tushum/store"
)

// The pace of a stream.
const (
	streamBeat    = 10 * time.Second // a sign of life: proxies give up who is silent for longer, and who can’t be told is gone
	streamLife    = 15 * time.Minute // then the page asks anew
	streamPatient = 5 * time.Second  // for one write
	comeBackSoon  = 3 * time.Second
	comeBackLater = time.Minute // where there is no room, or the ledger can't be read
)

// serveEvents keeps an open page up to date, as Server-Sent Events: each is the
// main part of the page as it stands, with its version as the id.
func (h *Handler) serveEvents(w http.ResponseWriter, r *http.Request) {
	s, err := h.find(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/event-stream; charset=utf-8")
	header.Set("X-Accel-Buffering", "no")
	header.Set("Connection", "close") // a stream that has ended holds no place among the strangers
	if r.Method == http.MethodHead {
		return
	}
	place := h.crowd.join(s.bill.Invoice, networkOf(site.Of(h.address(r))))
	defer h.crowd.quit(place)
	out := pipe{w: w, control: http.NewResponseController(w)}
	_ = out.control.SetReadDeadline(time.Time{}) // nothing more is asked; what fails here fails at the first write
	defer endReading(w)                          // and then by the clock again
	ctx, end := context.WithTimeout(r.Context(), streamLife)
	defer end()
	if out.comeBack(comeBackSoon) != nil {
		return
	}
	if later := h.stream(ctx, r, place, &out); later != 0 {
		_ = out.comeBack(later) // it goes in any case
	}
}

// stream sends what changes until it has to end, and tells when the page may
// come back; zero: it has gone by itself.
func (h *Handler) stream(ctx context.Context, r *http.Request, place *stream, out *pipe) (later time.Duration) {
	known := cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("v"))
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return comeBackSoon
		case later := <-place.leave:
			return later
		case h.turns <- struct{}{}:
		}
		s, fragment, err := h.redraw(r)
		if err != nil {
			return comeBackLater
		}
		if v := version(fragment); v != known {
			if out.event(v, fragment) != nil {
				return 0
			}
			known = v
		}
		select {
		case <-ctx.Done():
			return comeBackSoon
		case later := <-place.leave:
			return later
		case <-place.news:
		case <-h.at(s.changes):
		case <-beat.C:
			if out.beat() != nil {
				return 0
			}
		}
	}
}

// redraw is the page as it stands now. The caller has taken a turn, which redraw
// gives back: only some are drawn at a time, and each turn rests for as long as it
// took, for the payments that hundreds of pages may be about need the processor too.
func (h *Handler) redraw(r *http.Request) (subject, []byte, error) {
	begun := time.Now()
	defer func() { time.AfterFunc(time.Since(begun), func() { <-h.turns }) }()
	s, err := h.look(r)
	if err != nil {
		return subject{}, nil, err
	}
	fragment, err := h.fragment(r, s)
	return s, fragment, err
}

// at signals when a moment has come; never, where it is zero. It is no sooner
// than in a second, so that a clock that is put back makes nobody busy.
func (h *Handler) at(moment store.Instant) <-chan time.Time {
	if moment == 0 {
		return nil
	}
	return time.After(max(moment.Time().Sub(h.books.Now()), time.Second))
}

// pipe writes to a reader who may be slow, or gone.
type pipe struct {
	w       io.Writer
	control *http.ResponseController
}

func (p *pipe) event(id string, data []byte) error {
	var b bytes.Buffer
	b.WriteString("id: " + id + "\n")
	for line := range bytes.Lines(data) {
		b.WriteString("data: ")
		b.Write(bytes.TrimRight(line, "\r\n"))
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	return p.write(b.Bytes())
}

// beat is an event and no comment, which scripts don't hear of: to a page that hears
// none the stream has broken, though its connection may look alive.
func (p *pipe) beat() error { return p.write([]byte("event: beat\ndata:\n\n")) }

// comeBack tells the page how long to wait once the stream has ended.
func (p *pipe) comeBack(after time.Duration) error {
	return p.write(fmt.Appendf(nil, "retry: %d\n\n", after.Milliseconds()))
}

// write sends at once what it is given, or fails within streamPatient: a reader
// who has stopped reading holds this goroutine for no longer.
func (p *pipe) write(b []byte) error {
	if err := p.control.SetWriteDeadline(time.Now().Add(streamPatient)); err != nil {
		return err
	}
	if _, err := p.w.Write(b); err != nil {
		return err
	}
	return p.control.Flush()
}

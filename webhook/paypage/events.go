package paypage

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The pace of a stream.
const (
	streamBeat    = 20 * time.Second // a sign of life, for proxies on the way
	streamLife    = 15 * time.Minute // then the page asks anew
	streamPatient = 5 * time.Second  // for one write
	comeBackLater = time.Minute      // what a page is told that has to go
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
	if r.Method == http.MethodHead {
		return
	}
	place := h.crowd.join(s.bill.Invoice.Number, h.address(r))
	defer h.crowd.quit(place)
	out := pipe{w: w, control: http.NewResponseController(w)}
	_ = out.control.SetReadDeadline(time.Time{}) // nothing more is asked; what fails here fails at the first write
	ctx, end := context.WithTimeout(r.Context(), streamLife)
	defer end()
	h.stream(ctx, r, place, &out)
}

func (h *Handler) stream(ctx context.Context, r *http.Request, place *stream, out *pipe) {
	known := r.URL.Query().Get("v")
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	for {
		s, err := h.find(r)
		if err != nil {
			return
		}
		fragment := h.fragment(r, s)
		if v := version(fragment); v != known {
			if out.event(v, fragment) != nil {
				return
			}
			known = v
		}
		select {
		case <-ctx.Done():
			return
		case <-place.leave:
			_ = out.write(fmt.Appendf(nil, "retry: %d\n\n", comeBackLater.Milliseconds())) // it goes in any case
			return
		case <-place.news:
		case <-beat.C:
			if out.write([]byte(":\n\n")) != nil {
				return
			}
		}
	}
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

func (p *pipe) write(b []byte) error {
	if err := p.control.SetWriteDeadline(time.Now().Add(streamPatient)); err != nil {
		return err
	}
	if _, err := p.w.Write(b); err != nil {
		return err
	}
	return p.control.Flush()
}

package uzum

import (
	"io"
	"net/http"
	"time"
)

const (
	maxBody = 64 << 10 // bytes of a request
	// answerTime is what a caller whose body came too slowly has left to take
	// the answer: the server's own limit may have run out with the body's.
	answerTime = 5 * time.Second
)

// read takes the whole body, or a refusal and what came of it.
func (c *call) read(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	tooLong := &refusal{Malformed, "the body is longer than 64 KiB"}
	if r.ContentLength > maxBody {
		c.hangUp = true
		return nil, tooLong
	}
	body, err := readAll(r)
	switch {
	case err != nil:
		c.hangUp = true
		// Not every ResponseWriter can; then the server's limit stays.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTime))
		return body, &refusal{Malformed, "the body did not arrive whole"}
	case len(body) > maxBody:
		c.hangUp = true
		return body, tooLong
	}
	return body, nil
}

// readAll reads a body whose length was told at once, and any other up to one
// byte more than is allowed.
func readAll(r *http.Request) ([]byte, error) {
	if r.ContentLength < 0 {
		return io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	}
	body := make([]byte, r.ContentLength)
	n, err := io.ReadFull(r.Body, body)
	return body[:n], err
}

package oneclick_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

// fresh answers a page of deals that nobody has seen.
func fresh(rows, page int) simulator.Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		var b strings.Builder
		for i := range rows {
			fmt.Fprintf(&b, `,{"id":"%d-%d"}`, page, i)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"rows":[`+strings.TrimPrefix(b.String(), ",")+`]}`)
	}
}

// A list that is longer than a shop's is given up, and is not kept in memory.
func TestAListWithoutBounds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ rows, calls int }{
		"a page of too many":      {1001, 1},
		"pages of new deals only": {1000, 40 + 51}, // the narrow window is given up after forty
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			for page := range c.calls + 10 {
				s.vendor.Fail(simulator.List, fresh(c.rows, page))
			}
			_, err := s.client.Find(t.Context(), anInvoice, s.now())
			is(t, err, oneclick.ErrListUnread)
			s.calls(simulator.List, c.calls)
		})
	}
}

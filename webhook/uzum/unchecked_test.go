package uzum_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

// busy is an Authenticator that can't look at anybody.
type busy struct{}

func (busy) Authenticate(*http.Request) error { return fmt.Errorf("a reason: %w", uzum.ErrUnchecked) }

// Credentials that could not be looked at may be right, so the bank is not told
// that its access is denied; on confirm and status it is to ask again.
func TestUncheckedCredentialsAreNotDenied(t *testing.T) {
	t.Parallel()
	clock := new(webhooktest.Clock)
	ledger := webhooktest.NewMemory(webhooktest.Rules(), clock.Now)
	routes := uzum.New(uzum.Config{Ledger: ledger, Auth: busy{}, Now: clock.Now}).Routes()
	for webhook, status := range map[string]int{"check": 400, "create": 400, "confirm": 500, "reverse": 400, "status": 500} {
		w := httptest.NewRecorder()
		routes[webhook].ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/uzum/"+webhook, strings.NewReader("{}")))
		if answer := w.Body.String(); w.Code != status || !strings.HasSuffix(answer, `,"errorCode":"99999"}`) || w.Header().Get("Connection") != "close" {
			t.Errorf("%s: %d %s %v, want %d and 99999", webhook, w.Code, answer, w.Header(), status)
		}
	}
	for _, c := range ledger.Calls() {
		if c.Code != "99999" || !strings.HasPrefix(c.Reason, "a reason: ") || len(c.Request) != 0 {
			t.Errorf("journal: %+v", c)
		}
	}
}

//go:build unix

package webhook_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/webhook/webhooktest"
)

// With 20 descriptors idle strangers don't keep the bank out.
func TestFewDescriptors(t *testing.T) {
	t.Parallel()
	address := play(t, "shop", "sh", "-c", `ulimit -n 20; exec "$0"`)
	for range 60 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 8 * time.Second}
	for range 4 {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/uzum/status", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth(webhooktest.Login, webhooktest.Secret)
		resp, err := client.Do(r)
		if err != nil {
			t.Fatalf("the bank is kept out: %v", err)
		}
		answer, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || !strings.Contains(string(answer), `"errorCode":"10005"`) {
			t.Errorf("the bank was answered %q, %v", answer, err)
		}
	}
}

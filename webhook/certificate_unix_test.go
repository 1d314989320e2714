//go:build unix

package webhook_test

import (
	"crypto/x509"
	"os"
	"testing"
	"time"

	"tushum/webhook"
)

func TestAKeyThatOthersCanRead(t *testing.T) {
	t.Parallel()
	certFile, keyFile := issueFor(t, x509.Certificate{}, ecdsaKey(t)).put(t, t.TempDir())
	if err := os.Chmod(keyFile, 0o644); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	c, err := webhook.LoadCertificate(certFile, keyFile, noLog, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	s := c.State()
	if len(s.Warnings) != 1 {
		t.Fatalf("the warnings are %v", s.Warnings)
	}
	wantSentence(t, s.Warnings[0], "others have access to the key file "+keyFile+" (mode 0644)")
	if err := os.Chmod(keyFile, 0o600); err != nil {
		t.Fatal(err)
	}
	if s := c.State(); len(s.Warnings) != 1 {
		t.Errorf("the files were looked at again at once: %v", s.Warnings)
	}
	now = now.Add(time.Minute)
	if s := c.State(); len(s.Warnings) != 0 {
		t.Errorf("mended, it still warns: %v", s.Warnings)
	}
}

//go:build system

package doctor_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/doctor"
)

const caddyfile = `{
	admin off
	auto_https off
	storage file_system %[1]s
}
https://%[2]s {
	tls %[3]s %[4]s
	%[5]s
}
`

// caddies are mistakes of real settings, and the advice about them taken.
var caddies = map[string]struct {
	text string
	want want
}{
	"as it should be":    {"reverse_proxy UPSTREAM", want{status: doctor.Passed}},
	"as advised":         {"handle /uzum/* {\n reverse_proxy UPSTREAM\n }", want{status: doctor.Passed}},
	"a path that is cut": {"handle_path /uzum/* {\n reverse_proxy UPSTREAM\n }", want{doctor.Failed, "HTTP 404", "handle_path"}},
	"no password":        {"reverse_proxy UPSTREAM {\n header_up -Authorization\n }", want{doctor.Failed, "Authorization header did not arrive", "header_up -Authorization"}},
	"its own password":   {"basicauth {\n x $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG\n }\n reverse_proxy UPSTREAM", want{doctor.Failed, "HTTP 401", "without a password of its own"}},
	"nothing behind":     {"reverse_proxy 127.0.0.1:1", want{doctor.Failed, "HTTP 502", "[listener] address"}},
	"only its own page":  {"header Content-Type text/html\n respond <html> 200", want{doctor.Failed, "a web page", "DNS record"}},
}

func TestCaddyAtThePublicURL(t *testing.T) {
	t.Parallel()
	for name, c := range caddies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := readyForProxy(t, plan{listen: trusting})
			dir := t.TempDir()
			certFile, keyFile := s.ca.issue(t, dir, leaf{})
			site := strings.TrimPrefix(s.cfg.Listener.PublicURL, "https://")
			text := strings.ReplaceAll(c.text, "UPSTREAM", s.subject.Listens.Address.String())
			conf := filepath.Join(dir, "Caddyfile")
			write(t, conf, fmt.Sprintf(caddyfile, dir, site, certFile, keyFile, text))
			cmd := exec.Command("caddy", "run", "--config", conf, "--adapter", "caddyfile")
			cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir)
			startProxy(t, strings.Replace(site, publicHost, "127.0.0.1", 1), cmd)
			s.holdAll(t, map[string]want{"https.chain": {status: doctor.Passed}, "webhooks.local": {status: doctor.Passed}, "webhooks.public": c.want})
		})
	}
}

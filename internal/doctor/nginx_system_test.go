//go:build system

package doctor_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/doctor"
)

// nginxConf is a real proxy at the public URL. What stands in a location is the
// test's.
const nginxConf = `daemon off;
master_process off;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
events {}
http {
	access_log off;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	server {
		listen %[2]s ssl;
		server_name shop.test;
		ssl_certificate %[3]s;
		ssl_certificate_key %[4]s;
		%[5]s
	}
}
`

// behindNginx opens a shop behind nginx; UPSTREAM in the text is its address.
func behindNginx(t *testing.T, p plan, text string) *shop {
	t.Helper()
	s, address := readyForProxy(t, p)
	dir := t.TempDir()
	certFile, keyFile := s.ca.issue(t, dir, leaf{})
	text = strings.ReplaceAll(text, "UPSTREAM", s.subject.Listens.Address.String())
	conf := filepath.Join(dir, "nginx.conf")
	write(t, conf, fmt.Sprintf(nginxConf, dir, address, certFile, keyFile, text))
	startProxy(t, address, exec.Command("nginx", "-p", dir, "-c", conf))
	return s
}

// nginxes are mistakes of real settings, and the advice about them taken.
var nginxes = map[string]struct {
	text string
	want want
}{
	"as it should be": {
		"location /uzum/ { proxy_pass http://UPSTREAM; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; }",
		want{status: doctor.Passed},
	},
	"no forwarded address":     {"location /uzum/ { proxy_pass http://UPSTREAM; }", want{doctor.Warning, "does not tell who calls", "proxy_set_header X-Forwarded-For"}},
	"a slash too many":         {"location /uzum/ { proxy_pass http://UPSTREAM/; }", want{doctor.Failed, "HTTP 404", "no slash at its end"}},
	"another folder":           {"location /bank/ { proxy_pass http://UPSTREAM; }", want{doctor.Failed, "HTTP 404", "[uzum] path"}},
	"a redirect":               {"location / { return 301 https://www.shop.test$request_uri; }", want{doctor.Failed, "HTTP 301: it redirects to https://www.shop.test/uzum/check", "public_url"}},
	"no password":              {`location /uzum/ { proxy_pass http://UPSTREAM; proxy_set_header Authorization ""; }`, want{doctor.Failed, "Authorization header did not arrive", "proxy_set_header Authorization"}},
	"nothing behind":           {"location /uzum/ { proxy_pass http://127.0.0.1:1; }", want{doctor.Failed, "HTTP 502: the proxy answers, but does not reach Tushum", "[listener] address"}},
	"a small limit":            {"location /uzum/ { proxy_pass http://UPSTREAM; client_max_body_size 10; }", want{doctor.Failed, "HTTP 413", "client_max_body_size 64k"}},
	"pages in place of errors": {"error_page 400 /400.html; location = /400.html { internal; return 400 '<html>'; default_type text/html; } location /uzum/ { proxy_pass http://UPSTREAM; proxy_intercept_errors on; }", want{doctor.Failed, "in place of Tushum's refusal", "proxy_intercept_errors off"}},
	"an address list":          {"location /uzum/ { allow 192.0.2.1; deny all; proxy_pass http://UPSTREAM; }", want{doctor.Failed, "HTTP 403", "WAF"}},
	"only its own page":        {"location / { default_type text/html; return 200 '<html>welcome'; }", want{doctor.Failed, "a web page", "DNS record"}},
}

// nginxPages are settings in which the bank's calls come through.
var nginxPages = map[string]struct {
	text string
	want want
}{
	"everything":       {"location / { proxy_pass http://UPSTREAM; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; }", want{status: doctor.Passed}},
	"the bank alone":   {"location /uzum/ { proxy_pass http://UPSTREAM; }", want{doctor.Failed, "HTTP 404: the proxy hands on the webhooks, but not /pay", "location / and not location /uzum/"}},
	"a page beside it": {"location /uzum/ { proxy_pass http://UPSTREAM; } location / { default_type text/html; return 200 '<html>welcome'; }", want{doctor.Failed, "not our page", "location /"}},
	"a password":       {"location /uzum/ { proxy_pass http://UPSTREAM; } location / { auth_basic x; auth_basic_user_file /dev/null; proxy_pass http://UPSTREAM; }", want{doctor.Failed, "HTTP 401", "without a password"}},
	"a policy as well": {"location / { proxy_pass http://UPSTREAM; add_header Content-Security-Policy \"default-src 'self'\"; }", want{doctor.Warning, "Content-Security-Policy", "take out of the proxy"}},
}

func TestNginxBeforeThePayPage(t *testing.T) {
	t.Parallel()
	for name, c := range nginxPages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := behindNginx(t, plan{listen: trusting}, c.text)
			s.holdAll(t, map[string]want{"pages.public": c.want})
		})
	}
}

func TestNginxAtThePublicURL(t *testing.T) {
	t.Parallel()
	for name, c := range nginxes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := behindNginx(t, plan{listen: trusting}, c.text)
			s.holdAll(t, map[string]want{
				"https.certificate": {doctor.Passed, "the proxy does HTTPS", ""}, "https.chain": {status: doctor.Passed},
				"webhooks.local": {status: doctor.Passed}, "webhooks.public": c.want,
			})
		})
	}
}

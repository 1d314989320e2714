package webhook_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// certificate is one that never changes.
type certificate struct{ tls.Certificate }

func (c *certificate) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) { return &c.Certificate, nil }
func (c *certificate) Protocols() []string                                { return nil }
func (c *certificate) State() webhook.CertificateState                    { return webhook.CertificateState{} }

func newCertificate(t *testing.T, serial int64) *certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{"shop.test"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return &certificate{tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}}
}

// place is where a shop is called, and how.
type place struct {
	address string
	secure  bool
}

// caller is the bank over a connection of its own, which it holds for as long as
// the shop lets it.
type caller struct {
	conn   net.Conn
	reader *bufio.Reader
}

func (p place) call() (*caller, error) {
	d := &net.Dialer{Timeout: 8 * time.Second}
	c, err := d.Dial("tcp", p.address)
	if err != nil {
		return nil, err
	}
	if p.secure {
		c = tls.Client(c, &tls.Config{InsecureSkipVerify: true})
	}
	return &caller{conn: c, reader: bufio.NewReader(c)}, c.SetDeadline(time.Now().Add(20 * time.Second))
}

func mustCall(t *testing.T, p place) *caller {
	t.Helper()
	c, err := p.call()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.conn.Close() })
	return c
}

// serial is that of the certificate that the connection was opened with.
func (c *caller) serial(t *testing.T) int64 {
	t.Helper()
	over, is := c.conn.(*tls.Conn)
	if !is {
		t.Fatal("the connection is not secure")
	}
	if err := over.Handshake(); err != nil {
		t.Fatal(err)
	}
	return over.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

// answered is what a call came to.
type answered struct {
	status int
	body   string
	last   bool // the shop asks to come anew
}

// post calls a webhook by its path.
func (c *caller) post(path, login, secret, body string) (a answered, err error) {
	r, err := http.NewRequest(http.MethodPost, "http://shop"+path, strings.NewReader(body))
	if err != nil {
		return a, err
	}
	r.SetBasicAuth(login, secret)
	if err := r.Write(c.conn); err != nil {
		return a, err
	}
	resp, err := http.ReadResponse(c.reader, r)
	if err != nil {
		return a, err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	return answered{resp.StatusCode, string(b), resp.Close}, err
}

// ask posts an empty check as the bank, which is refused by the webhook itself:
// it has got there.
func (c *caller) ask(t *testing.T, path string) answered {
	t.Helper()
	a, err := c.post(path, webhooktest.Login, webhooktest.Secret, "{}")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// isOver tells whether the shop has closed the connection.
func (c *caller) isOver() bool {
	_, err := c.reader.ReadByte()
	return err == io.EOF
}

// the webhook's answer to ask.
var reached = answered{status: 400, body: `{"status":"FAILED","timestamp":1700000000000,"errorCode":"10005"}`}

func (a answered) String() string {
	return fmt.Sprintf("%d %s, the last: %v", a.status, a.body, a.last)
}

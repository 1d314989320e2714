package webhooktest

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// Load is a number of bank connections that each begin and confirm one payment
// after the other, as fast as they are answered. The calls go to the address of
// a Shop, with what the bank and the shop have agreed on.
type Load struct {
	Address     string // host:port
	Connections int
	Number      func(i int) store.Number // the invoice of the i-th payment
	Amount      money.Amount             // tiyin
	TransID     func() string            // a fresh one; called from all connections
}

// CreateConfirm plays b.N payments and reports requests a second and the 99th
// percentile of how long one request took. It spends little of its own: on a
// small machine what a client costs would hide what the server does.
func (l Load) CreateConfirm(b *testing.B) {
	b.Helper()
	b.ResetTimer()
	all := l.Play(b, b.N)
	b.StopTimer()
	slices.Sort(all)
	b.ReportMetric(float64(len(all))/b.Elapsed().Seconds(), "req/s")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
}

// Play plays a number of payments and answers how long each request took.
func (l Load) Play(tb testing.TB, payments int) []time.Duration {
	tb.Helper()
	var (
		next  atomic.Int64
		group sync.WaitGroup
		took  = make([][]time.Duration, l.Connections)
		fails = make(chan error, l.Connections)
	)
	for i := range l.Connections {
		group.Go(func() {
			c, err := l.dial()
			if err != nil {
				fails <- err
				return
			}
			defer c.close()
			for n := next.Add(1); n <= int64(payments) && err == nil; n = next.Add(1) {
				err = c.pay(int(n - 1))
			}
			took[i] = c.took
			if err != nil {
				fails <- err
			}
		})
	}
	group.Wait()
	close(fails)
	for err := range fails {
		tb.Fatal(err)
	}
	return slices.Concat(took...)
}

// client is one connection.
type client struct {
	load   Load
	conn   net.Conn
	reader *bufio.Reader
	head   string
	out    []byte
	took   []time.Duration
}

func (l Load) dial() (*client, error) {
	conn, err := net.Dial("tcp", l.Address)
	if err != nil {
		return nil, fmt.Errorf("connecting to the listener: %w", err)
	}
	basic := base64.StdEncoding.EncodeToString([]byte(Login + ":" + Secret))
	head := " HTTP/1.1\r\nHost: " + l.Address + "\r\nContent-Type: application/json\r\nAuthorization: Basic " + basic + "\r\nContent-Length: "
	return &client{load: l, conn: conn, reader: bufio.NewReader(conn), head: head}, nil
}

func (c *client) close() { _ = c.conn.Close() } // nothing is waited for any more

func (c *client) pay(i int) error {
	id := c.load.TransID()
	begin := fmt.Sprintf(`{"serviceId":%d,"timestamp":%d,"transId":"%s",`, ServiceID, time.Now().UnixMilli(), id)
	create := begin + fmt.Sprintf(`"params":{"account":%s},"amount":%d}`, c.load.Number(i), c.load.Amount)
	if err := c.post("create", create); err != nil {
		return err
	}
	return c.post("confirm", begin+`"paymentSource":"UZCARD","tariff":null,"processingReferenceNumber":"0123456789","phone":"998901234567","cardType":2}`)
}

func (c *client) post(webhook, body string) error {
	c.out = append(c.out[:0], "POST "+Path+"/"+webhook+c.head...)
	c.out = append(strconv.AppendInt(c.out, int64(len(body)), 10), "\r\n\r\n"...)
	c.out = append(c.out, body...)
	begun := time.Now()
	if _, err := c.conn.Write(c.out); err != nil {
		return fmt.Errorf("calling %s: %w", webhook, err)
	}
	status, answer, err := c.receive()
	c.took = append(c.took, time.Since(begun))
	if err != nil {
		return fmt.Errorf("reading the answer of %s: %w", webhook, err)
	}
	if status != http.StatusOK {
		return fmt.Errorf("%s was answered %d: %s", webhook, status, answer)
	}
	return nil
}

// receive reads one answer, which must tell its length.
func (c *client) receive() (status int, body []byte, err error) {
	length := -1
	for {
		line, err := c.reader.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		switch text := string(line); {
		case text == "\r\n" && length < 0:
			return 0, nil, fmt.Errorf("the answer has no length")
		case text == "\r\n":
			body = make([]byte, length)
			_, err := io.ReadFull(c.reader, body)
			return status, body, err
		case len(text) > 12 && text[:5] == "HTTP/":
			status, _ = strconv.Atoi(text[9:12])
		case len(text) > 16 && text[:16] == "Content-Length: ":
			length, _ = strconv.Atoi(text[16 : len(text)-2])
		}
	}
}

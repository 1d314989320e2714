package webhook_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"runtime"
	"strings"
	"sync"
	"time"

	"tushum/webhook/webhooktest"
)

const (
	slowConnections = 300
	garbageSenders  = 64
)

// attack runs a number of senders, each of which starts anew whenever the
// server gets rid of it, and returns when all have been connected.
func attack(address string, senders int, send func(c net.Conn, sender int)) error {
	var connected sync.WaitGroup
	for i := range senders {
		connected.Add(1)
		go func() {
			for first := true; ; first = false {
				c := connect(address, i)
				if first {
					connected.Done()
				}
				if c == nil {
					time.Sleep(10 * time.Millisecond)
					continue
				}
				send(c, i)
				_ = c.Close()
			}
		}()
	}
	connected.Wait()
	fmt.Println("ready")
	return nil
}

// connect gives every sender an address of its own where the loopback has them.
func connect(address string, sender int) net.Conn {
	d := net.Dialer{Timeout: time.Second}
	if runtime.GOOS == "linux" {
		d.LocalAddr = &net.TCPAddr{IP: net.IPv4(127, 6, byte(sender>>8), byte(1+sender))}
	}
	c, err := d.Dial("tcp", address)
	if err != nil {
		return nil
	}
	return c
}

// dawdle sends a header that never ends, a byte at a time.
func dawdle(c net.Conn, _ int) {
	_, err := io.WriteString(c, "POST /uzum/status HTTP/1.1\r\nHost: shop\r\nX: ")
	for err == nil {
		time.Sleep(500 * time.Millisecond)
		_, err = io.WriteString(c, "x")
	}
}

// litter sends one thing that is no call, at a random choice: noise, a guess at
// the password with the right login or another, JSON that is deep, long or
// broken. Then it waits for the server to hang up.
func litter(c net.Conn, _ int) {
	noise := make([]byte, 512)
	for i := range noise {
		noise[i] = byte(rand.IntN(256))
	}
	login := [2]string{webhooktest.Login, "stranger"}[rand.IntN(2)]
	guess := "Authorization: Basic " + base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%s:%d", login, rand.Uint64())) + "\r\n"
	post := func(header, body string) string {
		return fmt.Sprintf("POST /uzum/status HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s", header, len(body), body)
	}
	garbage := []string{
		string(noise) + "\r\n\r\n",
		post("", strings.Repeat("[", 4096)),
		post(guess, strings.Repeat(`{"a":`, 4096)),
		post(guess, string(noise)),
		post("X: "+strings.Repeat("x", 24<<10)+"\r\n", "{}"),
	}
	_ = c.SetDeadline(time.Now().Add(10 * time.Second)) // a socket can always be told
	_, _ = io.WriteString(c, garbage[rand.IntN(len(garbage))])
	_, _ = io.Copy(io.Discard, c) // what the server has to say does not matter
}

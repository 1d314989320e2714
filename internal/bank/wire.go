package bank

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// maxAnswer bounds what is read of an answer; the contract's answers are below 1 KiB.
const maxAnswer = 1 << 20

// field is one member of a request, its value as JSON text: the suite must be able
// to send what no encoder would write.
type field struct{ name, value string }

// fields are a request's members in the order they are sent.
type fields []field

// with sets a member, in place or at the end, on a copy.
func (f fields) with(name, value string) fields {
	out := append(fields(nil), f...)
	for i := range out {
		if out[i].name == name {
			out[i].value = value
			return out
		}
	}
	return append(out, field{name, value})
}

// also appends a member even where one of that name stands already, on a copy.
func (f fields) also(name, value string) fields {
	return append(append(fields(nil), f...), field{name, value})
}

// without drops a member, on a copy.
func (f fields) without(name string) fields {
	out := make(fields, 0, len(f))
	for _, m := range f {
		if m.name != name {
			out = append(out, m)
		}
	}
	return out
}

// value gives a member's JSON text, empty when it is absent.
func (f fields) value(name string) string {
	for _, m := range f {
		if m.name == name {
			return m.value
		}
	}
	return ""
}

func (f fields) json() []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range f {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quote(m.name))
		b.WriteByte(':')
		b.WriteString(m.value)
	}
	b.WriteByte('}')
	return b.Bytes()
}

// quote writes s as a JSON string.
func quote(s string) string {
	text, _ := json.Marshal(s) // a string always marshals
	return string(text)
}

func quoteOrNull(s string) string {
	if s == "" {
		return "null"
	}
	return quote(s)
}

// message is one HTTP request to the listener, right or wrong.
type message struct {
	method        string
	path          string // under the base URL
	authorization string // header value; empty sends none
	body          []byte
	unsized       bool // sent in chunks, with no Content-Length
}

// send makes the call and reads the answer. The error is of the transport: a
// listener that answers anything at all gives a Reply.
func (c *Client) send(ctx context.Context, m message) (Reply, error) {
	req, err := c.request(ctx, m)
	if err != nil {
		return Reply{}, fmt.Errorf("calling %s: %w", m.path, err)
	}
	begun := time.Now()
	resp, err := c.http().Do(req)
	if err != nil {
		return Reply{}, fmt.Errorf("calling %s: %w", m.path, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return Reply{}, fmt.Errorf("reading the answer of %s: %w", m.path, err)
	}
	reply := Reply{HTTPStatus: resp.StatusCode, Header: resp.Header, Body: body, Took: time.Since(begun)}
	reply.Members, reply.Defect = readObject(body)
	reply.ErrorCode, _ = reply.Text("errorCode")
	return reply, nil
}

func (c *Client) request(ctx context.Context, m message) (*http.Request, error) {
	var body io.Reader = bytes.NewReader(m.body)
	if m.unsized {
		body = io.MultiReader(body) // hides the length
	}
	url := strings.TrimRight(c.BaseURL, "/") + m.path
	req, err := http.NewRequestWithContext(ctx, m.method, url, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if m.authorization != "" {
		req.Header.Set("Authorization", m.authorization)
	}
	return req, nil
}

func (c *Client) http() *http.Client {
	own := http.Client{Timeout: defaultTimeout}
	if c.HTTP != nil {
		own = *c.HTTP
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// readObject reads one JSON object strictly: UTF-8, no name twice at any depth,
// nothing after it.
func readObject(body []byte) (map[string]json.RawMessage, error) {
	if !utf8.Valid(body) {
		return nil, errors.New("not UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	members := map[string]json.RawMessage{}
	for dec.More() {
		if err := readMember(dec, members); err != nil {
			return nil, err
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, errors.New("not a JSON object")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("bytes after the JSON object")
	}
	return members, nil
}

func readMember(dec *json.Decoder, into map[string]json.RawMessage) error {
	token, err := dec.Token()
	name, isName := token.(string)
	if err != nil || !isName {
		return errors.New("not a JSON object")
	}
	var value json.RawMessage
	if err := dec.Decode(&value); err != nil {
		return errors.New("not a JSON object")
	}
	if _, twice := into[name]; twice {
		return fmt.Errorf("member %s twice", shown(name))
	}
	value = bytes.TrimSpace(value)
	if value[0] == '{' {
		if _, err := readObject(value); err != nil {
			return err
		}
	}
	into[name] = value
	return nil
}

// textOf decodes a JSON string; false when raw is anything else.
func textOf(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", false
	}
	return s, true
}

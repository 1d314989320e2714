package oneclick

import (
	"fmt"
	"log/slog"
)

const hidden = "[hidden]"

// secret is a text that nothing prints. It stands behind a function, since fmt
// shows what is in an unexported field without asking its methods.
type secret struct{ reveal func() string }

func newSecret(s string) secret { return secret{reveal: func() string { return s }} }

func (s secret) text() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// Format writes nothing of the credentials, whatever the verb.
func (c Credentials) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// String tells that there are credentials, not which.
func (c Credentials) String() string { return "credentials " + hidden }

// GoString is String.
func (c Credentials) GoString() string { return c.String() }

// LogValue is String, for structured logs.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalJSON is String: credentials are read from their file and written nowhere.
func (c Credentials) MarshalJSON() ([]byte, error) { return []byte(`"` + c.String() + `"`), nil }

// MarshalText is String.
func (c Credentials) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Format writes nothing of the client, whatever the verb: it changes while others
// use it, and holds tokens.
func (c *Client) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// String tells that there is a client, not whose.
func (c *Client) String() string { return "oneclick client" }

// LogValue is String, for structured logs.
func (c *Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

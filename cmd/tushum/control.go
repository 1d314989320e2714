package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/tui"
)

// A command that finds the store held by a service is done by that service.
// They talk SSH over a socket that only the owner can open: a command is an
// exec request whose command line is a request in JSON, its streams are those
// of the session, and its exit code is the session's. A console is a session
// with a terminal; beside the screen it sends what it wants to find again. The socket is the gate,
// so nobody signs in, and the service's key lives as long as the service.

// request is a command with what the service must know of where it was given.
// Arguments and folder are bytes, for neither need be UTF-8.
type request struct {
	Args     [][]byte  `json:"args"`
	Dir      []byte    `json:"dir"`
	Lang     lang.Lang `json:"lang"`
	User     string    `json:"user"`
	Terminal bool      `json:"terminal,omitempty"`
	Color    bool      `json:"color,omitempty"`
	Width    int       `json:"width,omitempty"`
	Height   int       `json:"height,omitempty"`
	Console  bool      `json:"console,omitempty"` // not a command: the session has a terminal of this size
	Environ  []string  `json:"environ,omitempty"` // about that terminal, as NAME=value
	Resume   []byte    `json:"resume,omitempty"`  // what Keep gave to a console that was cut off
}

// maxRequest keeps a request inside one SSH packet, in bytes.
const maxRequest = 128 << 10

func (r request) encode() (string, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("handing the command over: %w", err)
	}
	if len(b) > maxRequest {
		return "", usage(lang.Text{UZ: "buyruq juda uzun", RU: "команда слишком длинная", EN: "the command line is too long"})
	}
	return string(b), nil
}

func decodeRequest(s string) (r request, err error) {
	if err := json.Unmarshal([]byte(s), &r); err != nil {
		return request{}, fmt.Errorf("reading a command: %w", err)
	}
	return r, nil
}

// getenv looks a variable up as os.Getenv does.
func (r request) getenv(name string) string {
	for _, variable := range r.Environ {
		if value, ok := strings.CutPrefix(variable, name+"="); ok {
			return value
		}
	}
	return ""
}

// streams are what a command reads and writes. Without stdin it reads nothing.
// Only a console has sizes, and something to keep.
type streams struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	sizes          <-chan tui.Size
	keep           func(state []byte)
}

// The limits on talking to the service.
const (
	dialTimeout      = time.Second
	handshakeTimeout = 3 * time.Second
	goodbyeTimeout   = 3 * time.Second // for a command that was interrupted to say its last words
	askEvery         = time.Second     // how often a service that shows a console is asked whether it is there
	silentAsks       = 5               // after so many times without an answer it is not
)

// errNoService says that no service answers for a store.
var errNoService = errors.New("no service holds the store")

// maxSocketPath is what the systems agree on for the name of a socket, in
// bytes, with room for the ending that it is made under.
const maxSocketPath = 96

// controlPaths are where the socket of the service that holds a store may be,
// the best place first: beside the store, or, where that name is too long or
// the disk knows no sockets, under a hashed name in a folder of the user's own.
func controlPaths(storePath string) []string {
	sum := sha256.Sum256([]byte(storePath))
	own := filepath.Join(privateFolder(), hex.EncodeToString(sum[:12])+".sock")
	beside := storePath + ".sock"
	if len(beside) > maxSocketPath {
		return []string{own}
	}
	return []string{beside, own}
}

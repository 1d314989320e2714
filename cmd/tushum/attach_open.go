package main

import (
	"context"
	"errors"
	"io"

	gossh "golang.org/x/crypto/ssh"

	"tushum/internal/lang"
)

// lost says that the service has ended, or does not answer.
type lost struct{ cause error }

func (l lost) Error() string { return "the service is lost: " + l.cause.Error() }

func (l lost) Unwrap() error { return l.cause }

// errLeft says that the reader did not wait for the console.
var errLeft = errors.New("the reader did not wait for the console")

// noConsole says that a service was there but no console came of it.
func noConsole(l lost) error {
	return &fault{code: codeServiceGone, exit: exitUnavailable, says: lang.Text{
		UZ: "xizmat javob bermadi, kassa ochilmadi", RU: "служба не ответила, касса не открылась", EN: "the service did not answer, the console did not open",
	}, hint: lang.Text{
		UZ: "xizmat ishlayotganini tekshiring va qayta urining: tushum", RU: "проверьте, работает ли служба, и запустите снова: tushum", EN: "see whether the service works, then start again: tushum",
	}, err: l.cause}
}

// opened is a session with a terminal, or why there is none.
type opened struct {
	session  *gossh.Session
	keyboard io.Writer
	err      error
}

// open asks for a console. The service may never answer, so ctx ends it, and so
// do Ctrl+C and Ctrl+Q; other keys are for the console.
func (c *attached) open(ctx context.Context, client *controlClient, r request, screen, aside io.Writer) (*gossh.Session, io.Writer, error) {
	c.ahead = nil
	line, err := r.encode()
	if err != nil {
		return nil, nil, err
	}
	answer := make(chan opened, 1)
	go func() { answer <- client.openConsole(r, line, screen, aside) }()
	giveUp := func(why error) (*gossh.Session, io.Writer, error) {
		_ = client.Close()
		if late := <-answer; late.err == nil {
			_ = late.session.Wait() // nothing is drawn after it
		}
		return nil, nil, why
	}
	for {
		select {
		case o := <-answer:
			return o.session, o.keyboard, o.err
		case typed, open := <-c.keys:
			if !open || breaksOff(typed) {
				return giveUp(errLeft)
			}
			c.ahead = append(c.ahead, typed...)
		case <-ctx.Done():
			return giveUp(interrupted{})
		}
	}
}

func (c *controlClient) openConsole(r request, line string, screen, aside io.Writer) opened {
	s, err := c.ssh.NewSession()
	if err != nil {
		return opened{err: lost{err}}
	}
	if err := s.RequestPty(r.getenv("TERM"), r.Height, r.Width, gossh.TerminalModes{}); err != nil {
		return opened{err: lost{err}}
	}
	keyboard, err := s.StdinPipe()
	if err != nil {
		return opened{err: err}
	}
	s.Stdout, s.Stderr = screen, aside
	if err := s.Start(line); err != nil {
		return opened{err: lost{err}}
	}
	return opened{session: s, keyboard: keyboard}
}

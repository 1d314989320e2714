package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"tushum/internal/lang"
)

// controlClient is a connection to the service that holds a store.
type controlClient struct{ ssh *gossh.Client }

// dialControl reaches the service that holds a store. The error is errNoService
// where none listens.
func dialControl(ctx context.Context, storePath string) (*controlClient, error) {
	var err error
	for _, path := range controlPaths(storePath) {
		var client *controlClient
		if client, err = dialSocket(ctx, path); !errors.Is(err, errNoService) {
			return client, err
		}
	}
	return nil, err
}

func dialSocket(ctx context.Context, path string) (*controlClient, error) {
	if err := ownSocket(path); err != nil {
		return nil, err
	}
	d := net.Dialer{Timeout: dialTimeout}
	conn, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoService, err)
	}
	client, err := shakeHands(conn)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reaching the service: %w", err), conn.Close())
	}
	return client, nil
}

// ownSocket refuses a socket that somebody else has put there.
func ownSocket(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return fmt.Errorf("%w: %w", errNoService, err)
	}
	return ownFile(info)
}

func shakeHands(conn net.Conn) (*controlClient, error) {
	if err := samePerson(conn); err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Now().Add(handshakeTimeout)); err != nil {
		return nil, err
	}
	c, channels, requests, err := gossh.NewClientConn(conn, "tushum", &gossh.ClientConfig{
		User: "tushum",
		//nolint:gosec // the owner of the socket was looked at instead
		HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Time{}); err != nil {
		return nil, err
	}
	return &controlClient{gossh.NewClient(c, channels, requests)}, nil
}

// Close hangs up.
func (c *controlClient) Close() error { return c.ssh.Close() }

// run has the service do a command, and returns its exit code. When ctx ends
// the command is interrupted there.
func (c *controlClient) run(ctx context.Context, r request, io streams) (code int, err error) {
	line, err := r.encode()
	if err != nil {
		return 0, err
	}
	s, err := c.ssh.NewSession()
	if err != nil {
		return 0, serviceGone(err)
	}
	s.Stdin, s.Stdout, s.Stderr = io.stdin, io.stdout, io.stderr
	if err := s.Start(line); err != nil {
		return 0, serviceGone(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Wait() }()
	return c.ending(ctx, s, ended)
}

// ending waits for a session to end, and returns its exit code. When ctx ends
// the session is interrupted.
func (c *controlClient) ending(ctx context.Context, s *gossh.Session, ended <-chan error) (code int, err error) {
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = c.interrupt(s, ended)
	}
	var exit *gossh.ExitError
	switch {
	case err == nil:
		return exitDone, nil
	case errors.As(err, &exit):
		return exit.ExitStatus(), nil
	case ctx.Err() != nil:
		return 0, interrupted{}
	}
	return 0, serviceGone(err)
}

// interrupt asks the command to end, and hangs up on one that does not.
func (c *controlClient) interrupt(s *gossh.Session, ended <-chan error) error {
	_ = s.Signal(gossh.SIGINT) // with the connection gone the command ends anyway
	select {
	case err := <-ended:
		return err
	case <-time.After(goodbyeTimeout):
		_ = c.ssh.Close()
		return <-ended
	}
}

// hangUpOnSilence asks the service again and again whether it is there, until
// ctx ends, and hangs up when it does not answer: one that was stopped keeps the
// connection, and would keep the caller. It counts ticks and not time, so that
// nothing is held against the service while this process was stopped itself.
func (c *controlClient) hangUpOnSilence(ctx context.Context) {
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	answered := make(chan error, 1)
	waiting, silent := false, 0
	for {
		select {
		case <-ctx.Done():
			return
		case err := <-answered:
			if err != nil {
				return // the connection has ended
			}
			waiting, silent = false, 0
			continue
		case <-tick.C:
		}
		if waiting {
			if silent++; silent == silentAsks {
				_ = c.ssh.Close()
				return
			}
			continue
		}
		waiting = true
		go func() {
			_, _, err := c.ssh.SendRequest("keepalive@tushum", true, nil) // a refusal is an answer
			answered <- err
		}()
	}
}

// codeServiceGone is for scripts: what was begun may have been done.
const codeServiceGone = "service_gone"

// serviceGone says that the service ended before the command did.
func serviceGone(err error) error {
	return &fault{code: codeServiceGone, exit: exitUnavailable, says: lang.Text{
		UZ: "xizmat buyruq tugamasdan to‘xtadi", RU: "служба остановилась раньше, чем закончилась команда", EN: "the service ended before the command did",
	}, hint: lang.Text{
		UZ: "nima bajarilganini ko‘ring, so‘ng buyruqni takrorlang", RU: "посмотрите, что сделано, и повторите команду", EN: "look at what was done, then run the command again",
	}, err: err}
}

package main

import (
	"errors"
	"net"

	"golang.org/x/sys/unix"
)

// samePerson asks the system who is at the other end of a socket.
func samePerson(conn net.Conn) error {
	socket, ok := conn.(*net.UnixConn)
	if !ok {
		return errors.New("not a socket of this machine")
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return err
	}
	var peer *unix.Xucred
	var peerErr error
	err = raw.Control(func(fd uintptr) {
		peer, peerErr = unix.GetsockoptXucred(int(fd), unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	})
	if err = errors.Join(err, peerErr); err != nil {
		return err
	}
	return allowedUser(int(peer.Uid))
}

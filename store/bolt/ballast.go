package bolt

import (
	"errors"
	"os"
	"sync"
)

// ballast is a file of 16 MiB that is given up when the disk is full, so that
// payments that have begun can be finished. New ones are refused until there is
// room to take the ballast back.
type ballast struct {
	path string
	mu   sync.Mutex
	held bool
	gone bool // given up, and not yet back
}

const (
	ballastSize = 16 << 20
	ballastRoom = 4 * ballastSize // a disk with less free space does without
)

// take reserves the ballast where the disk has plenty of room.
func (b *ballast) take() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if info, err := os.Stat(b.path); err == nil && info.Size() == ballastSize {
		b.held = true
		return
	}
	if freeSpace(b.path) >= ballastRoom {
		b.held = reserve(b.path, ballastSize) == nil
	}
}

// release gives the ballast up; it tells whether there was one.
func (b *ballast) release() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.held || os.Remove(b.path) != nil {
		return false
	}
	b.held, b.gone = false, true
	return true
}

func (b *ballast) isHeld() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.held
}

// released tells whether the ballast has been given up and is not yet back.
func (b *ballast) released() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.gone
}

var errNoRoom = errors.New("there is not yet room to take the ballast back")

// restore takes the ballast back after it was released.
func (b *ballast) restore() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.gone {
		return nil
	}
	if freeSpace(b.path) < 2*ballastSize {
		return errNoRoom
	}
	if err := reserve(b.path, ballastSize); err != nil {
		return err
	}
	b.held, b.gone = true, false
	return nil
}

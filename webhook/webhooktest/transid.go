package webhooktest

import (
	"fmt"
	"sync/atomic"
)

// TransIDs gives transIds as the bank's are, UUIDs of version 1, each a tick
// after the one before.
func TransIDs() func() string {
	var ticks atomic.Uint64
	ticks.Store(0x1ee_7c3a_0000_0000)
	return func() string {
		t := ticks.Add(1)
		return fmt.Sprintf("%08x-%04x-1%03x-8000-0242ac120002", uint32(t), uint16(t>>32), t>>48&0xfff)
	}
}

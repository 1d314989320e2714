package bank

import (
	"encoding/binary"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"
)

// gregorianOffset is the Unix epoch in the 100 ns ticks of a UUID of version 1,
// which count from 15 October 1582 (RFC 9562, section 5.1).
const gregorianOffset = 122_192_928_000_000_000

// SeededTransIDs gives a source of UUIDs of version 1, as the bank's transIds are.
// Node and clock sequence come from the seed and the time from now, so a run with
// the same seed and a clock that is told gives the same transIds. No two answers of
// one source are equal, however slow the clock. The source may be shared by
// goroutines.
func SeededTransIDs(seed uint64, now func() time.Time) func() string {
	random := rand.New(rand.NewPCG(seed, 0x7475736875)) //nolint:gosec // names, not secrets
	tail := random.Uint64()
	var (
		mu   sync.Mutex
		last int64
	)
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		last = max(last+1, now().UnixNano()/100+gregorianOffset)
		return uuidVersion1(uint64(last), tail).String()
	}
}

// uuidVersion1 lays 60 bits of time and 62 bits of clock sequence and node out as
// RFC 9562 says. The multicast bit marks a node that is no network card.
func uuidVersion1(ticks, tail uint64) uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint32(id[0:4], uint32(ticks))                     // time_low
	binary.BigEndian.PutUint16(id[4:6], uint16(ticks>>32))                 // time_mid
	binary.BigEndian.PutUint16(id[6:8], uint16(ticks>>48)&0x0fff|0x1000)   // version, time_high
	binary.BigEndian.PutUint64(id[8:16], tail&0x3fff_ffff_ffff_ffff|1<<63) // variant, clock sequence, node
	id[10] |= 0x01
	return id
}

// randomTransIDs is the source of a Client that names none. Not uuid.NewUUID: that
// would tell the machine's network card to whoever is called.
var randomTransIDs = sync.OnceValue(func() func() string {
	return SeededTransIDs(rand.Uint64(), time.Now) //nolint:gosec // names, not secrets
})

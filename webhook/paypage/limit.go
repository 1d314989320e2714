package paypage

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often one address may ask. Many customers of a mobile operator share one.
const (
	visitsPerSecond = 20
	visitsAtOnce    = 200
	mostVisitors    = 4096 // addresses that are watched
)

// visits bounds the requests of each address.
type visits struct {
	now func() time.Time

	mu     sync.Mutex
	budget map[netip.Addr]*rate.Limiter
}

func (v *visits) allow(from netip.Addr) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	b := v.budget[from]
	if b == nil {
		if v.budget == nil || len(v.budget) >= mostVisitors {
			v.budget = make(map[netip.Addr]*rate.Limiter)
		}
		b = rate.NewLimiter(visitsPerSecond, visitsAtOnce)
		v.budget[from] = b
	}
	return b.AllowN(v.now(), 1)
}

package simulator

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

func (v *Vendor) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	page, err := strconv.Atoi(query.Get("page"))
	from, fromErr := time.Parse(time.RFC3339, query.Get("dateFrom"))
	to, toErr := time.Parse(time.RFC3339, query.Get("dateTo"))
	if err != nil || page < 0 || fromErr != nil || toErr != nil {
		refuse(w, http.StatusBadRequest, "ERROR_BAD_REQUEST")
		return
	}
	rows := v.between(from, to)
	b := v.behaves()
	if !b.OldestFirst {
		slices.Reverse(rows)
	}
	size := b.PageSize
	if size == 0 {
		size = 10
	}
	meta := map[string]any{"page": page, "limit": size, "total": len(rows)}
	if b.NoTotal {
		delete(meta, "total")
	}
	shown := make([]any, 0, size)
	for _, d := range rows[min(page*size, len(rows)):min((page+1)*size, len(rows))] {
		shown = append(shown, d.entity(b))
	}
	reply(w, http.StatusOK, map[string]any{"meta": meta, "rows": shown})
}

// between gives the deals made from one moment to another, the oldest first.
func (v *Vendor) between(from, to time.Time) []Deal {
	v.mu.Lock()
	defer v.mu.Unlock()
	var rows []Deal
	for _, id := range v.order {
		d := v.deals[id]
		d.listed++
		if d.listed > v.behaviour.Hidden && !d.CreatedAt.Before(from) && !d.CreatedAt.After(to) {
			rows = append(rows, *d)
		}
	}
	return rows
}

package simulator

import "time"

// Pace moves deals on by themselves: so long after it was made a deal is assigned,
// said to be paid, and completed. A step of 0 is left to whoever drives; a deal
// whose time is over expires.
type Pace struct{ Assigned, Paid, Completed time.Duration }

// Advance moves all deals on to the present; every request does.
func (v *Vendor) Advance() {
	for id, status := range v.dueSteps() {
		v.set(id, status)
	}
}

func (v *Vendor) dueSteps() map[string]string {
	v.mu.Lock()
	defer v.mu.Unlock()
	now, steps := v.now(), make(map[string]string)
	for id, d := range v.deals {
		if next := v.behaviour.Pace.next(d.Status, now.Sub(d.CreatedAt)); next != "" {
			steps[id] = next
		} else if (d.Status == "new" || d.Status == "pending") && now.After(d.ExpiresAt) {
			steps[id] = "expired"
		}
	}
	return steps
}

// next is the status that a deal of an age should have and has not; empty when
// there is none.
func (p Pace) next(status string, age time.Duration) string {
	rank := map[string]int{"queued": 0, "new": 0, "pending": 1, "paid": 2}
	at, moves := rank[status]
	if !moves {
		return ""
	}
	next := ""
	for i, step := range []struct {
		status string
		after  time.Duration
	}{{"pending", p.Assigned}, {"paid", p.Paid}, {"completed", p.Completed}} {
		if step.after > 0 && age >= step.after && i+1 > at {
			next = step.status
		}
	}
	return next
}

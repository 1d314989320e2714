package simulator

// Watcher is told what happens at the platform, as it happens. Its functions must
// not block; nil ones are not called.
type Watcher struct {
	Deal   func(Deal) // a deal was made, or its status is another one
	Failed func(Call) // a call went wrong as Fail had it
}

// Watch has a watcher told of everything from now on.
func (v *Vendor) Watch(w Watcher) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.watcher = w
}

func (v *Vendor) tellDeal(d Deal) {
	v.mu.Lock()
	tell := v.watcher.Deal
	v.mu.Unlock()
	if tell != nil {
		tell(d)
	}
}

func (v *Vendor) tellFailed(call Call) {
	v.mu.Lock()
	tell := v.watcher.Failed
	v.mu.Unlock()
	if tell != nil {
		tell(call)
	}
}

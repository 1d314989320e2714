package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/doctor"
)

// examination is one run of the doctor. Its results wait for the console one by
// one; cancelled, it ends by itself, so that the doctor can tidy up.
type examination struct {
	ctx    context.Context // the life of the run, which goes on between messages
	cancel context.CancelFunc
	found  chan finding
}

// finding is a result, or the defect that ended the run.
type finding struct {
	result doctor.Result
	defect any
}

func newExamination() *examination {
	ctx, cancel := context.WithCancel(context.Background())
	return &examination{ctx: ctx, cancel: cancel, found: make(chan finding)}
}

// begin starts it and waits for the first result.
func (e *examination) begin(settings Settings) tea.Cmd {
	return func() tea.Msg {
		go e.examine(settings)
		return e.next()
	}
}

func (e *examination) examine(settings Settings) {
	defer close(e.found)
	defer func() {
		if p := recover(); p != nil {
			e.tell(finding{defect: p})
		}
	}()
	for r := range settings.Examine(e.ctx) {
		if !e.tell(finding{result: r}) {
			return
		}
	}
}

// tell hands a finding over; false when nobody wants it any more.
func (e *examination) tell(f finding) bool {
	select {
	case e.found <- f:
		return true
	case <-e.ctx.Done():
		return false
	}
}

// next waits for the next result.
func (e *examination) next() tea.Msg {
	f, more := <-e.found
	switch {
	case f.defect != nil:
		panic(f.defect) // whoever runs commands tells it
	case !more:
		e.cancel()
	}
	return foundMsg{run: e, result: f.result, over: !more}
}

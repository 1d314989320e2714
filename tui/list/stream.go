package list

import (
	"context"
	"fmt"
	"iter"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Source finds rows, newest first, that are older than the row with the id
// after; zero begins at the newest. A limit of zero is none. It is called and
// read outside Update, by several at once, and stops when ctx ends.
type Source[T any] func(ctx context.Context, after uint64, limit int) iter.Seq2[T, error]

// Batch is what came from a stream. Give it to Update of the list it is for;
// every other list leaves it alone.
type Batch[T any] struct {
	stream *stream[T]
	rows   []T
	after  uint64 // they follow this row; zero: they begin at the newest
	above  bool   // they belong before those that are held
	before uint64 // those above come before this row
	end    bool   // nothing is left
	err    error
}

// batchPause is how long rows are gathered before they are shown: a search that
// finds one row in a million shows it at once.
const batchPause = 20 * time.Millisecond

// stream is what one Load reads from. Every batch is a look of its own into the
// source, so that no row is older than the request for it.
type stream[T any] struct {
	ctx    context.Context
	cancel context.CancelFunc // called by whoever holds the stream
	src    Source[T]
}

func start[T any](src Source[T]) *stream[T] {
	ctx, cancel := context.WithCancel(context.Background()) //nolint:gosec // G118: whoever holds the stream calls it
	return &stream[T]{ctx: ctx, cancel: cancel, src: src}
}

// older reads up to n rows behind the row after.
func (s *stream[T]) older(after uint64, n int) tea.Cmd {
	return func() tea.Msg {
		ctx, stop := context.WithCancel(s.ctx)
		defer stop()
		b := Batch[T]{stream: s, after: after}
		var pause *time.Timer
		b.err = s.read(ctx, after, n, func(row T) bool {
			if b.rows = append(b.rows, row); pause == nil {
				pause = time.AfterFunc(batchPause, stop)
			}
			return len(b.rows) < n
		})
		if pause != nil {
			pause.Stop()
		}
		if ctx.Err() != nil {
			b.err = nil // the pause ended it
			return b
		}
		b.end = len(b.rows) < n
		return b
	}
}

// again reads the rows between two that were held before. Those newer than
// newest never were.
func (s *stream[T]) again(id func(T) uint64, after, newest, before uint64) tea.Cmd {
	return func() tea.Msg {
		b := Batch[T]{stream: s, above: true, after: after, before: before}
		b.err = s.read(s.ctx, after, 0, func(row T) bool {
			if id(row) <= before {
				return false
			}
			if id(row) <= newest {
				b.rows = append(b.rows, row)
			}
			return true
		})
		return b
	}
}

// read hands over rows for as long as they are taken. A source that panics has
// failed: what it met in one row must not end the whole console.
func (s *stream[T]) read(ctx context.Context, after uint64, limit int, take func(T) bool) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("reading rows: %v", p)
		}
	}()
	for row, err := range s.src(ctx, after, limit) {
		if err != nil {
			return err
		}
		if !take(row) {
			return nil
		}
	}
	return nil
}

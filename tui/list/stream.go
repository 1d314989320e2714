package list

import (
	"context"
	"iter"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Source finds rows, newest first, that are older than the row with the id
// after; zero begins at the newest. A limit of zero is none. It is called and
// read outside Update, and stops when ctx ends.
type Source[T any] func(ctx context.Context, after uint64, limit int) iter.Seq2[T, error]

// Batch is what came from a stream. Give it to Update of the list it is for;
// every other list leaves it alone.
type Batch[T any] struct {
	stream *stream[T]
	rows   []T
	above  bool // they belong before those that are held
	end    bool // nothing is left
	err    error
}

// batchPause is how long rows are gathered before they are shown: a search that
// finds one row in a million shows it at once.
const batchPause = 20 * time.Millisecond

// freshFor is how long a row that was found may wait until it is asked for.
const freshFor = time.Second

// stream is one walk through a source. It rests whenever enough has been asked.
type stream[T any] struct {
	ctx    context.Context
	cancel context.CancelFunc // called by whoever holds the stream
	src    Source[T]
	id     func(T) uint64
	rows   chan found[T]
	asked  chan struct{} // holds one: rows are wanted
}

type found[T any] struct {
	row T
	err error
}

func start[T any](src Source[T], id func(T) uint64, after uint64) *stream[T] {
	ctx, cancel := context.WithCancel(context.Background()) //nolint:gosec // G118: whoever holds the stream calls it
	s := &stream[T]{ctx: ctx, cancel: cancel, src: src, id: id, rows: make(chan found[T]), asked: make(chan struct{}, 1)}
	go s.run(after)
	return s
}

// run walks the source to its end. A source may have found rows long before they
// are asked for, so after a rest it is walked anew from where the list stands.
func (s *stream[T]) run(after uint64) {
	defer close(s.rows)
	for {
		last, rested := s.walk(after)
		if !rested {
			return
		}
		after = last
		select {
		case <-s.asked:
		case <-s.ctx.Done():
			return
		}
	}
}

// walk hands rows over from behind the row after. It returns the last one that
// was taken, and whether nobody has wanted the next one for long.
func (s *stream[T]) walk(after uint64) (last uint64, rested bool) {
	for row, err := range s.src(s.ctx, after, 0) {
		f := found[T]{row, err}
		select {
		case s.rows <- f:
		default:
			if taken := s.wait(f); !taken {
				return after, s.ctx.Err() == nil
			}
		}
		if err != nil {
			return after, false
		}
		after = s.id(row)
	}
	return after, false
}

// wait keeps a row ready for as long as it is sure to be what the store holds.
func (s *stream[T]) wait(f found[T]) (taken bool) {
	old := time.NewTimer(freshFor)
	defer old.Stop()
	select {
	case s.rows <- f:
		return true
	case <-old.C:
	case <-s.ctx.Done():
	}
	return false
}

// more asks the stream for up to n rows.
func (s *stream[T]) more(n int) tea.Cmd {
	return func() tea.Msg {
		select {
		case s.asked <- struct{}{}:
		default:
		}
		b := Batch[T]{stream: s}
		var pause <-chan time.Time
		for len(b.rows) < n {
			select {
			case f, ok := <-s.rows:
				if !ok || f.err != nil {
					b.end, b.err = true, f.err
					return b
				}
				b.rows = append(b.rows, f.row)
				if pause == nil {
					pause = time.After(batchPause)
				}
			case <-pause:
				return b
			}
		}
		return b
	}
}

// again reads rows that were held before, and belong above those held now.
func (s *stream[T]) again(after uint64, n int) tea.Cmd {
	return func() tea.Msg {
		b := Batch[T]{stream: s, above: true}
		for row, err := range s.src(s.ctx, after, n) {
			if err != nil {
				b.err = err
				break
			}
			b.rows = append(b.rows, row)
		}
		return b
	}
}

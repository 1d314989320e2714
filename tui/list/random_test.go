package list_test

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"tushum/tui/list"
)

// play is a list, what it reads from, and what is on its way to it: a batch that
// was asked for may be read long before it arrives, and so may news.
type play struct {
	*rapid.T
	book  *book
	list  *list.List[order]
	asked []tea.Cmd
	read  []tea.Msg
	news  []order
	toEnd bool // on the way to the last row
}

func (p *play) ask(cmd tea.Cmd) {
	if cmd != nil {
		p.asked = append(p.asked, cmd)
	}
}

// take is one of n that are on their way; batches overtake each other.
func take[T any](p *play, some *[]T) (v T, ok bool) {
	if len(*some) == 0 {
		return v, false
	}
	i := rapid.IntRange(0, len(*some)-1).Draw(p.T, "which")
	v = (*some)[i]
	*some = slices.Delete(*some, i, i+1)
	return v, true
}

func (p *play) tell() {
	o := p.news[0]
	p.news = p.news[1:]
	if o.wanted {
		p.list.Put(o)
	} else {
		p.list.Change(o)
	}
}

// settle lets everything arrive.
func (p *play) settle() {
	for range 100_000 {
		switch {
		case len(p.news) > 0:
			p.tell()
		case len(p.read) > 0:
			p.ask(p.list.Update(p.read[0]))
			p.read = p.read[1:]
		case len(p.asked) > 0:
			p.read = append(p.read, p.asked[0]())
			p.asked = p.asked[1:]
		default:
			return
		}
	}
	p.Fatal("it never comes to rest")
}

func (p *play) some() uint64 {
	return rapid.Uint64Range(1, uint64(len(p.book.all))).Draw(p.T, "id")
}

// near is a row about where the screen is.
func (p *play) near() uint64 {
	shown := p.list.Shown()
	if len(shown) == 0 {
		return p.some()
	}
	at := int(shown[len(shown)/2].Value.id) + rapid.IntRange(-200, 200).Draw(p.T, "near")
	return uint64(min(max(1, at), len(p.book.all)))
}

// peaceful does what must not move anything under the eyes of a reader.
func (p *play) peaceful(do func()) {
	before, reading := ids(p.list), p.list.Reading()
	selected, _ := p.list.Selected()
	do()
	after := ids(p.list)
	if now, _ := p.list.Selected(); now.id != selected.id {
		p.Fatalf("from row %d the cursor went to %d", selected.id, now.id)
	}
	if reading && !slices.Equal(before, after[:min(len(before), len(after))]) {
		p.Fatalf("under the reader's eyes %v became %v", before, after)
	}
}

func (p *play) step() {
	l := p.list
	switch rapid.SampledFrom([]string{
		"new", "change", "near", "tell", "tell", "read", "arrive", "arrive", "settle",
		"move", "page", "far", "last", "follow", "load", "resize",
	}).Draw(p.T, "step") {
	case "new":
		for range rapid.SampledFrom([]int{1, 1, 3, 700}).Draw(p.T, "rows") {
			p.news = append(p.news, p.book.add(rapid.Bool().Draw(p.T, "wanted")))
		}
	case "change":
		p.news = append(p.news, p.book.change(p.some(), rapid.Bool().Draw(p.T, "wanted")))
	case "near":
		p.news = append(p.news, p.book.change(p.near(), rapid.Bool().Draw(p.T, "wanted")))
	case "tell":
		for n := len(p.news); n > 0; n-- {
			p.peaceful(p.tell)
		}
	case "read":
		if cmd, ok := take(p, &p.asked); ok {
			p.read = append(p.read, cmd())
		}
	case "arrive":
		if msg, ok := take(p, &p.read); ok {
			if p.toEnd {
				p.ask(l.Update(msg))
				return
			}
			p.peaceful(func() { p.ask(l.Update(msg)) })
		}
	case "settle":
		p.settle()
	case "move":
		p.toEnd = false
		p.ask(l.Move(rapid.IntRange(-60, 60).Draw(p.T, "by")))
	case "page":
		p.toEnd = false
		p.ask(l.Page(rapid.IntRange(-3, 3).Draw(p.T, "by")))
	case "far":
		p.toEnd = false
		for range 30 {
			p.ask(l.Move(rapid.SampledFrom([]int{-1, -1, 1}).Draw(p.T, "way") * 500))
			p.settle()
		}
	case "last":
		p.ask(l.Last())
		p.toEnd = true
	case "follow":
		p.toEnd = false
		p.ask(l.Follow())
	case "load":
		p.toEnd = false
		p.ask(l.Load(p.book.find))
	case "resize":
		p.ask(l.Resize(rapid.IntRange(1, 60).Draw(p.T, "height")))
	}
}

// check compares what is shown with the book. Told of everything, each row is as
// it is there. A reader lacks only rows that wait.
func (p *play) check() {
	shown := p.list.Shown()
	for i, row := range shown {
		if i > 0 && row.Value.id >= shown[i-1].Value.id {
			p.Fatalf("out of order: %v", ids(p.list))
		}
		if len(p.news)+len(p.asked)+len(p.read) == 0 && row.Value != p.book.order(row.Value.id) {
			p.Fatalf("%v is shown, it is %v", row.Value, p.book.order(row.Value.id))
		}
	}
	if len(p.news)+len(p.asked)+len(p.read) > 0 || len(shown) == 0 {
		return
	}
	missing := 0
	for id := shown[0].Value.id; id > shown[len(shown)-1].Value.id; id-- {
		if o := p.book.order(id); o.wanted && !p.list.Holds(id) {
			missing++
		}
	}
	if missing > p.list.Waiting() {
		p.Fatalf("%d rows are missing, %d wait: %v", missing, p.list.Waiting(), ids(p.list))
	}
}

// walk goes from the newest row to the oldest and back, and meets every one.
func (p *play) walk() {
	l := p.list
	p.ask(l.Follow())
	p.settle()
	want := p.book.listed()
	all := map[uint64]bool{}
	for _, id := range want {
		all[id] = true
	}
	for _, way := range []int{1, -1} {
		met, last := []uint64{}, uint64(0)
		for {
			row, ok := l.Selected()
			if ok && row.id == last {
				break
			}
			if last = row.id; ok && (all[last] || row != p.book.order(last)) {
				met = append(met, last)
			}
			p.ask(l.Move(way))
			p.settle()
			if _, ok := l.Selected(); !ok {
				break
			}
		}
		if way < 0 {
			slices.Reverse(met)
		}
		if !slices.Equal(met, want) {
			p.Fatalf("way %d: met %d rows of %d", way, len(met), len(want))
		}
	}
}

// Whatever happens in whatever order, what is shown is what there is.
func TestShowsWhatThereIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		p := &play{T: r, book: newBook(rapid.SampledFrom([]int{0, 3, 150, 2000, 12_000}).Draw(r, "rows")), list: newOrders()}
		defer p.list.Close()
		p.book.add(true)
		p.list.Resize(rapid.IntRange(1, 60).Draw(r, "height"))
		p.ask(p.list.Load(p.book.find))
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			p.step()
			p.check()
		}
		p.settle()
		p.check()
		if rapid.IntRange(0, 3).Draw(r, "walk") == 0 {
			p.walk()
		}
	})
}

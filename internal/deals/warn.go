package deals

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"tushum/internal/clean"
	"tushum/internal/lang"
	"tushum/store"
)

// When somebody is told that a payment system can't be asked: after so many failures
// in a row, and so long after the first; and how long that is told if nothing is
// asked any more.
const (
	failsTold  = 3
	failedFor  = time.Minute
	failureOld = 15 * time.Minute
)

// trouble is why somebody has to look at a deal.
type trouble struct {
	kind   troubleKind
	since  store.Instant
	number store.Number
	word   string // the system's own, cleaned
}

type troubleKind int

// The troubles, in the order in which they are told.
const (
	noAmount troubleKind = iota
	unknownStatus
	inDoubt
	unbooked
	unreadable
	troubleKinds
)

// troubleOf tells what is wrong with a deal, if anything is. An answer that can't be
// read is told of when it has come again.
func troubleOf(d store.Deal, f failing, now store.Instant) (trouble, bool) {
	const longestWord = 32
	t := trouble{since: cmp.Or(d.MadeAt, d.AskedAt), number: d.Number, word: clean.Line(d.Word, longestWord).String()}
	switch {
	case d.Trouble == store.NoAmount:
		t.kind = noAmount
	case d.Trouble == store.UnknownStatus:
		t.kind = unknownStatus
	case d.State == store.DealAsked && now >= d.AskedAt.Add(doubtLong):
		t.kind = inDoubt
	case f.kind == unbooked, f.kind == unreadable && now >= f.since.Add(failedFor):
		t.kind, t.since = f.kind, f.since
	default:
		return trouble{}, false
	}
	return t, true
}

// Warnings are what somebody should look at: payment systems that can't be asked or make
// no deals, and deals of which the ledger can't make anything. They come in the same order each time.
func (k *Keeper) Warnings() []store.Warning {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	var all []store.Warning
	for _, system := range slices.Sorted(maps.Keys(k.lanes)) {
		l, name := k.lanes[system], k.name(system)
		switch {
		case l.unreachable(now):
			all = append(all, away(sayUnreachable, name, l.since, l.err))
		case l.unmade.told(now):
			all = append(all, away(sayUnmade, name, l.unmade.since, l.unmade.err))
		}
		all = append(all, l.troubles(name)...)
	}
	return all
}

// Unreachable tells of a payment system that can't be asked, or makes no deals, as
// Warnings has it.
func (k *Keeper) Unreachable(system store.System) bool {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lanes[system]
	return l != nil && (l.unreachable(now) || l.unmade.told(now))
}

func (l *lane) unreachable(now store.Instant) bool {
	return l.fails >= failsTold && now > l.since.Add(failedFor) && now < l.failed.Add(failureOld)
}

// name is what people call a payment system.
func (k *Keeper) name(system store.System) lang.Text {
	if p := k.cfg.Systems().Of(system); p != nil {
		return p.Profile().Name
	}
	return lang.Text{EN: string(system)}
}

func away(says, name lang.Text, since store.Instant, err error) store.Warning {
	why, hint, spoken := lang.Spoken(err)
	if !spoken {
		why, hint = sayUnsaid, hintUnsaid
	}
	return store.Warning{Code: store.SystemUnreachable, Since: since, Says: says.FillEach("{system}", name).FillEach("{why}", why), Hint: hint}
}

// troubles are told by kind: how many deals, and the invoice of the first.
func (l *lane) troubles(name lang.Text) (all []store.Warning) {
	for kind := range troubleKinds {
		count, first := 0, trouble{}
		for _, t := range l.troubled {
			if t.kind != kind {
				continue
			}
			if count++; count == 1 || t.since < first.since || t.since == first.since && t.number < first.number {
				first = t
			}
		}
		if count == 0 {
			continue
		}
		says := troubleWords[kind].says.FillEach("{system}", name).Fill("{number}", first.number.String(), "{count}", strconv.Itoa(count), "{word}", first.word)
		all = append(all, store.Warning{Code: store.DealTroubled, Since: first.since, Says: says, Hint: troubleWords[kind].hint})
	}
	return all
}

// nowhere is the failure of a payment system that made a deal and told nobody where
// it is paid.
type nowhere struct{ system lang.Text }

func (n nowhere) Error() string             { return n.In(lang.EN) }
func (n nowhere) In(l lang.Lang) string     { return sayNowhere.FillEach("{system}", n.system).In(l) }
func (n nowhere) HintIn(l lang.Lang) string { return hintNowhere.In(l) }

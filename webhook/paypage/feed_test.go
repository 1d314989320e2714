package paypage

import (
	"net/netip"
	"path/filepath"
	"testing"

	"tushum/store"
)

// A backup that is restored may have come as far, or farther, before anybody has
// looked: what it says of other invoices is news all the same.
func TestAReplacedLedgerIsNoticedHoweverFarItCame(t *testing.T) {
	t.Parallel()
	for name, since := range map[string]int{"not so far": 0, "as far": 1, "farther": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStall(t)
			inv := s.issue(haircut())
			backup := filepath.Join(t.TempDir(), "backup.db")
			if err := s.ledger.Backup(t.Context(), backup); err != nil {
				t.Fatal(err)
			}
			s.cancel(inv)
			f := feed{books: s.ledger, crowd: newCrowd(10)}
			f.look(t.Context()) // with nobody there
			page := f.crowd.join(inv, netip.Addr{})
			f.look(t.Context())
			if page.isWoken() {
				t.Fatal("a page was woken by what it has seen")
			}
			if _, err := s.ledger.Restore(t.Context(), backup); err != nil {
				t.Fatal(err)
			}
			for range since {
				s.issue(store.Draft{Kind: store.Goods, Amount: 500_000, By: "test"})
			}
			if f.look(t.Context()); !page.isWoken() {
				t.Error("nobody has noticed that the invoice is open again")
			}
			if f.look(t.Context()); page.isWoken() {
				t.Error("it is told twice")
			}
			if s.cancel(inv); page.isWoken() {
				t.Fatal("who has told that?")
			}
			if f.look(t.Context()); !page.isWoken() {
				t.Error("after it nothing is told")
			}
		})
	}
}

// However much has happened, each page hears of its own, and the ledger's first
// event as well.
func TestNewsAreToldInPieces(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	f := feed{books: s.ledger, crowd: newCrowd(10)}
	f.look(t.Context())
	first := f.crowd.join(store.Invoice{Number: 1000002}, netip.Addr{})
	if f.look(t.Context()); first.isWoken() {
		t.Fatal("an empty ledger has news")
	}
	var last store.Invoice
	for range 2*eventsAtOnce + 1 {
		last = s.issue(store.Draft{Kind: store.Goods, Amount: 500_000, By: "test"})
	}
	other, end := f.crowd.join(store.Invoice{Number: 1}, netip.Addr{}), f.crowd.join(last, netip.Addr{})
	f.look(t.Context())
	if !first.isWoken() || !end.isWoken() || other.isWoken() {
		t.Error("somebody was not told, or was told of others")
	}
}

package paypage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// plays lead to the pages that a customer can see: what has to happen, and what
// is asked for then.
var plays = map[string]func(*stall) (path string, inv store.Invoice){
	"ready": func(s *stall) (string, store.Invoice) {
		inv := s.issue(haircut())
		return pageByToken(inv), inv
	},
	"ready without lines": func(s *stall) (string, store.Invoice) {
		inv := s.issue(store.Draft{Kind: store.Goods, Amount: 150_000 * money.Som, By: "test"})
		return pageByToken(inv), inv
	},
	"being paid": func(s *stall) (string, store.Invoice) {
		inv := s.issue(haircut())
		s.begin(inv)
		return pageByToken(inv), inv
	},
	"paid": func(s *stall) (string, store.Invoice) {
		inv := s.issue(haircut())
		s.pay(inv)
		return pageByToken(inv), inv
	},
	"expired": func(s *stall) (string, store.Invoice) {
		inv := s.issue(haircut())
		s.passed.Store(int64(100 * time.Hour))
		return pageByToken(inv), inv
	},
	"cancelled": func(s *stall) (string, store.Invoice) {
		inv := s.issue(haircut())
		s.cancel(inv)
		return pageByToken(inv), inv
	},
	"refunded": func(s *stall) (string, store.Invoice) {
		inv := s.issue(haircut())
		s.refund(inv)
		return pageByToken(inv), inv
	},
	"test mode without a way": func(s *stall) (string, store.Invoice) {
		settings := *s.settings.Load()
		bank := newBank()
		bank.Test, bank.open = true, func(store.Invoice, money.Amount, string) string { return "" }
		settings.Systems = store.Systems{system{bank}}
		s.Apply(settings)
		inv := s.issue(haircut())
		return pageByToken(inv), inv
	},
	"two ways": func(s *stall) (string, store.Invoice) {
		settings := *s.settings.Load()
		bank := newBank()
		bank.Can.Card, bank.Can.Deals = true, true
		settings.Systems = store.Systems{system{bank}}
		s.Apply(settings)
		s.maker = noDeals{}
		inv := s.issue(haircut())
		return pageByToken(inv), inv
	},
	"brief": func(s *stall) (string, store.Invoice) {
		inv := s.issue(haircut())
		return pageByNumber(inv), inv
	},
	"brief paid": func(s *stall) (string, store.Invoice) {
		inv := s.issue(haircut())
		s.pay(inv)
		return pageByNumber(inv), inv
	},
	"counter": func(s *stall) (string, store.Invoice) {
		inv := s.counter()
		return pageByToken(inv), inv
	},
	"counter with an amount": func(s *stall) (string, store.Invoice) {
		inv := s.counter()
		return pageByToken(inv) + "?amount=25+000", inv
	},
	"counter with too little": func(s *stall) (string, store.Invoice) {
		inv := s.counter()
		return pageByToken(inv) + "?amount=500", inv
	},
	"counter that is come back to": func(s *stall) (string, store.Invoice) {
		inv := s.counter()
		return pageByToken(inv) + "?back=1", inv
	},
	"till": func(s *stall) (string, store.Invoice) { return "/pay", s.counter() },
	"till with a wrong amount": func(s *stall) (string, store.Invoice) {
		return "/pay?amount=%3Cb%3Eten", s.counter()
	},
	"till with a wrong number": func(s *stall) (string, store.Invoice) {
		return "/pay?number=1000", s.counter()
	},
	"till that is closed": func(*stall) (string, store.Invoice) {
		return "/pay?amount=25000", store.Invoice{}
	},
	"unknown": func(*stall) (string, store.Invoice) { return "/pay/nothing", store.Invoice{} },
}

// Run the tests with -update to write the pages anew, and look at what has changed.
func TestPagesLookAsTheyDid(t *testing.T) {
	t.Parallel()
	for name, play := range plays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStall(t)
			path, inv := play(s)
			for _, l := range lang.All {
				t.Run(string(l), func(t *testing.T) {
					body := s.ask(path, "Accept-Language", string(l)).body
					golden.RequireEqual(t, []byte(steady(body, inv)))
				})
			}
		})
	}
}

func TestPagesOfProblemsLookAsTheyDid(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		var all strings.Builder
		for _, p := range []problem{busy, trouble, unknown} {
			main, err := drawMain(p.view(stallSettings().Shop, l))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&all, "%s\n", main)
		}
		t.Run(string(l), func(t *testing.T) { golden.RequireEqual(t, []byte(all.String())) })
	}
}

package oneclick

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Page is one page of the vendor's list.
type Page struct {
	Total int // rows of all pages; -1 when the vendor does not say
	Deals []Deal
}

const (
	listingDeals = "listing deals"
	// listTime is how the vendor's own SDK writes a moment (S).
	listTime = "2006-01-02T15:04:05.000-07:00"
)

// List reads one page, from 0, of the deals made between two moments.
func (c *Client) List(ctx context.Context, page int, from, to time.Time) (Page, error) {
	r, err := c.read(ctx, call{doing: listingDeals, method: http.MethodGet, path: "/deals/list", query: url.Values{
		"page":     {strconv.Itoa(page)},
		"dateFrom": {from.UTC().Format(listTime)},
		"dateTo":   {to.UTC().Format(listTime)},
	}})
	if err != nil {
		return Page{}, err
	}
	return readPage(r)
}

func readPage(r *reply) (Page, error) {
	var rows []json.RawMessage
	if json.Unmarshal(r.members["rows"], &rows) != nil || rows == nil {
		return Page{}, r.as(ErrBadAnswer, listingDeals)
	}
	if len(rows) > mostRows {
		return Page{}, r.as(ErrListUnread, listingDeals)
	}
	p := Page{Total: -1, Deals: make([]Deal, 0, len(rows))}
	if n, ok := wholeNumber(r.members.inner("meta").text("total")); ok {
		p.Total = int(min(n, 1<<30))
	}
	for _, row := range rows {
		members, err := readObject(row)
		deal, ok := readDeal(members)
		if err != nil || !ok {
			return Page{}, r.as(ErrBadAnswer, listingDeals)
		}
		p.Deals = append(p.Deals, deal)
	}
	return p, nil
}

const findingDeal = "looking a deal up"

// What is read of a list at most. A page of the vendor's has tens of rows; a list of
// more deals than that is no shop's of two days.
const (
	mostRows = 1000   // of a page
	mostSeen = 50_000 // of all pages
)

// window is where a deal is looked for.
type window struct {
	far   time.Duration // from the moment at which it was asked for, to both sides
	pages int           // how many are read at most
}

// windows are read in turn. A deal is nearly always in the first, which is short. The
// other allows for a clock of the shop or of the vendor whose zone is set wrong: the
// furthest of them is 14 hours from UTC. It is read twice where rows moved from page to
// page, since deals were made meanwhile.
var windows = [...]window{{time.Hour, 40}, {widest, 400}, {widest, 400}}

const widest = 14 * time.Hour

// Find looks for the deal of an InvoiceID made about a moment. It is ErrNotThere
// only when the list of the widest window was read whole; a list that can't be is
// ErrListUnread, or the failure of the call. That may take hundreds of pages, so they
// take half of the Rate at most, and other calls the rest.
func (c *Client) Find(ctx context.Context, invoiceID string, around time.Time) (Deal, error) {
	for _, w := range windows {
		deal, found, whole, err := c.findWithin(ctx, invoiceID, around, w)
		switch {
		case err != nil:
			return Deal{}, err
		case found:
			return deal, nil
		case whole && w.far == widest:
			return Deal{}, newError(ErrNotThere, findingDeal)
		}
	}
	return Deal{}, newError(ErrListUnread, findingDeal)
}

// findWithin reads page after page. The list was whole when as many deals were seen
// as the vendor counts or, where it does not count, when a page was empty.
func (c *Client) findWithin(ctx context.Context, invoiceID string, around time.Time, w window) (deal Deal, found, whole bool, err error) {
	seen, seed := make(map[uint64]bool), maphash.MakeSeed() // an id may be long
	for n := range w.pages {
		if err := c.giveWay(ctx); err != nil {
			return Deal{}, false, false, err
		}
		page, err := c.List(ctx, n, around.Add(-w.far), around.Add(w.far))
		if err != nil {
			return Deal{}, false, false, err
		}
		before := len(seen)
		for _, deal := range page.Deals {
			if deal.InvoiceID == invoiceID {
				return deal, true, true, nil
			}
			seen[maphash.String(seed, deal.ID)] = true
		}
		switch {
		case len(seen) > mostSeen:
			return Deal{}, false, false, newError(ErrListUnread, findingDeal)
		case page.Total >= 0 && len(seen) >= page.Total:
			return Deal{}, false, true, nil
		case len(page.Deals) == 0:
			return Deal{}, false, page.Total < 0, nil
		case len(seen) == before: // the same page again: the list has no end
			return Deal{}, false, false, nil
		}
	}
	return Deal{}, false, false, nil
}

// giveWay waits until the next page of a Find may be asked for.
func (c *Client) giveWay(ctx context.Context) error {
	c.prepare.Do(c.setUp)
	place := c.pages.ReserveN(c.now(), 1)
	if err := c.wait(ctx, place.DelayFrom(c.now())); err != nil {
		place.CancelAt(c.now())
		return stopped(findingDeal, err, false)
	}
	return nil
}

// Test tells whether the vendor can be reached and knows the shop: it reads a page
// of the list, which moves nothing.
func (c *Client) Test(ctx context.Context) error {
	now := c.now()
	_, err := c.List(ctx, 0, now.Add(-time.Hour), now)
	return err
}

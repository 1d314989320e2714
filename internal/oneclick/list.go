package oneclick

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Page is one page of the vendor's list.
type Page struct {
	Number int // from 0
	Limit  int // rows a page; 0 when the vendor does not say
	Total  int // rows of all pages; -1 when the vendor does not say
	Deals  []Deal
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
	return readPage(r, page)
}

func readPage(r *reply, page int) (Page, error) {
	var rows []json.RawMessage
	if json.Unmarshal(r.members["rows"], &rows) != nil || rows == nil {
		return Page{}, r.as(ErrBadAnswer, listingDeals)
	}
	p := Page{Number: page, Total: -1, Deals: make([]Deal, 0, len(rows))}
	meta := r.members.inner("meta")
	if n, ok := wholeNumber(meta.text("limit")); ok {
		p.Limit = int(min(n, 1<<20))
	}
	if n, ok := wholeNumber(meta.text("total")); ok {
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

const (
	findingDeal = "looking a deal up"
	// findWindow is how far from the moment a deal is looked for: the clocks of the
	// shop and of the vendor may differ, and a zone may be set wrong.
	findWindow = 14 * time.Hour
	maxPages   = 400
	// findPasses is how often the list is read from its beginning: rows move from
	// page to page while deals are made.
	findPasses = 2
)

// Find looks for the deal of an InvoiceID made about a moment. It is ErrNotThere
// only when the list was read whole; a list that can't be is ErrListUnread, or the
// failure of the call.
func (c *Client) Find(ctx context.Context, invoiceID string, around time.Time) (Deal, error) {
	from, to := around.Add(-findWindow), around.Add(findWindow)
	for range findPasses {
		deal, found, whole, err := c.findOnce(ctx, invoiceID, from, to)
		switch {
		case err != nil:
			return Deal{}, err
		case found:
			return deal, nil
		case whole:
			return Deal{}, newError(ErrNotThere, findingDeal)
		}
	}
	return Deal{}, newError(ErrListUnread, findingDeal)
}

// findOnce reads page after page. The list was whole when as many deals were seen
// as the vendor counts or, where it does not count, when a page was empty.
func (c *Client) findOnce(ctx context.Context, invoiceID string, from, to time.Time) (deal Deal, found, whole bool, err error) {
	seen := make(map[string]bool)
	for n := range maxPages {
		page, err := c.List(ctx, n, from, to)
		if err != nil {
			return Deal{}, false, false, err
		}
		before := len(seen)
		for _, deal := range page.Deals {
			if deal.InvoiceID == invoiceID {
				return deal, true, true, nil
			}
			seen[deal.ID] = true
		}
		switch {
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

// Test tells whether the vendor can be reached and knows the shop: it reads a page
// of the list, which moves nothing.
func (c *Client) Test(ctx context.Context) error {
	now := c.now()
	_, err := c.List(ctx, 0, now.Add(-time.Hour), now)
	return err
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/store"
)

// The pace of the lines on a terminal, and of customers who come after the story.
const (
	demoPause    = 350 * time.Millisecond
	demoCustomer = 500 * time.Millisecond
)

// lines tells the story a line at a time; customers keep coming until length
// has passed.
func (d *demo) lines(ctx context.Context, length time.Duration) error {
	began := time.Now()
	fmt.Fprintln(d.app.Stderr, d.app.say(demoListening), d.bank.BaseURL)
	fmt.Fprintln(d.app.Stderr, d.app.say(demoPayPage), d.links().PayHere())
	fmt.Fprintln(d.app.Stderr, d.app.say(demoPlatform), d.platform.url)
	err := d.story(ctx)
	for err == nil && time.Since(began) < length {
		if err = wait(ctx, demoCustomer); err == nil {
			err = d.customer(ctx)
		}
	}
	if err != nil {
		return err
	}
	return d.totals(ctx)
}

// links are those of the played shop, which this machine can open.
func (d *demo) links() store.Links { return linksOf(d.shop.cfg()) }

// actor is who does something in the story.
type actor int

const (
	cashier actor = iota
	uzumBank
	thePlatform
	theShop
	owner
)

// tell prints one line of the story. {…} in the text are filled from pairs.
func (d *demo) tell(ctx context.Context, who actor, text lang.Text, pairs ...string) error {
	says := strings.NewReplacer(pairs...).Replace(d.app.say(text))
	var err error
	if d.app.flags.json {
		err = json.NewEncoder(d.app.Stdout).Encode(map[string]string{"actor": actorNames[who].EN, "text": says})
	} else {
		name := d.app.say(actorNames[who])
		_, err = fmt.Fprintf(d.app.Stdout, "%s%s  %s\n", name, strings.Repeat(" ", max(0, actorWidth-cells(name))), oneLine(says))
	}
	if err != nil {
		return err
	}
	if d.app.Terminal && !d.app.flags.json { // somebody reads along
		return wait(ctx, demoPause)
	}
	return ctx.Err()
}

func wait(ctx context.Context, long time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(long):
		return nil
	}
}

// totals shows the takings of the story, by the way of paying, and proves the
// ledger.
func (d *demo) totals(ctx context.Context) error {
	totals, err := d.shop.Totals(ctx, 0, 0)
	if err != nil {
		return err
	}
	if err := d.showTotals(totals); err != nil {
		return err
	}
	report, err := d.shop.Verify(ctx)
	if err != nil {
		return err
	}
	if len(report.Problems) > 0 {
		return &store.Error{Code: store.Damaged, Detail: report.Problems[0].String()}
	}
	return d.tell(ctx, theShop, demoVerified, "{invoices}", fmt.Sprint(report.Invoices), "{transactions}", fmt.Sprint(report.Transactions), "{events}", fmt.Sprint(report.Events))
}

func (d *demo) showTotals(totals []store.Total) error {
	l := d.app.lang
	sum := store.Total{}
	t := &table{right: map[int]bool{1: true, 2: true, 3: true, 4: true, 5: true}}
	t.add(d.app.say(totalSource), d.app.say(totalCount), d.app.say(totalAmount), d.app.say(totalReversed), d.app.say(totalFee), d.app.say(totalNet))
	row := func(name string, o store.Total) {
		t.add(name, fmt.Sprint(o.Count), o.Amount.Number(), (-o.ReversedAmount).Number(), (o.Fee - o.ReversedFee).Number(), o.Net().Format(l))
	}
	for _, o := range totals {
		if d.app.flags.json {
			if err := json.NewEncoder(d.app.Stdout).Encode(totalJSON{
				Day: o.Day.String(), PaymentSystem: string(o.System), PaymentSource: o.Source, Count: o.Count, Amount: int64(o.Amount), Fee: int64(o.Fee),
				ReversedCount: o.ReversedCount, ReversedAmount: int64(o.ReversedAmount), ReversedFee: int64(o.ReversedFee), Net: int64(o.Net()),
			}); err != nil {
				return err
			}
		}
		row(o.Source, o)
		sum = sum.Add(o)
	}
	row(d.app.say(totalAll), sum)
	if d.app.flags.json {
		return nil
	}
	_, err := fmt.Fprint(d.app.Stdout, "\n"+t.String()+"\n")
	return err
}

// totalJSON is one line of takings; amounts are tiyin.
type totalJSON struct {
	Day            string `json:"day"`
	PaymentSystem  string `json:"payment_system"`
	PaymentSource  string `json:"payment_source"`
	Count          int64  `json:"count"`
	Amount         int64  `json:"amount"`
	Fee            int64  `json:"fee"`
	ReversedCount  int64  `json:"reversed_count"`
	ReversedAmount int64  `json:"reversed_amount"`
	ReversedFee    int64  `json:"reversed_fee"`
	Net            int64  `json:"net"`
}

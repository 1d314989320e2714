// Package systemtest holds payment systems to what package store promises of one, as
// testing/fstest does with file systems: System to what holds for every one, Dealer to
// what holds for one that makes deals. The tests of a payment system call both.
//
// It imports internal and store. No part of the program imports it.
package systemtest

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// System holds a payment system to the seam, with settings in which nothing is filled
// in: that is how every shop begins.
func System(t *testing.T, of func(config.Config) store.PaymentSystem) {
	t.Helper()
	s := of(config.Default())
	p := s.Profile()
	Profile(t, p)
	if again := of(config.Default()).Profile(); !reflect.DeepEqual(p, again) {
		t.Errorf("the same settings make %+v and %+v", p, again)
	}
	if p.Open() && !p.Can.ByHand {
		t.Errorf("nothing is filled in, and it is %s", p.State)
	}
	number, err := store.NumberOf(store.FirstBase)
	if err != nil {
		t.Fatal(err)
	}
	if link := s.AppLink(store.Invoice{Number: number, Amount: due}, due, "https://shop.uz/pay/1"); link != "" {
		t.Errorf("nothing is filled in, and the app opens by %q", link)
	}
	d, deals := s.(store.Dealer)
	if deals != p.Can.Deals {
		t.Errorf("that it makes deals is %t by its profile, and %t by its methods", p.Can.Deals, deals)
	}
	if deals && p.State == store.NotConnected {
		idle(t, d, number)
	}
}

// due is what invoices ask for, in tiyin.
const due money.Amount = 150_000 * money.Som

// Profile holds what a system says of itself to what screens, pages, reports and the
// ledger take for granted.
func Profile(t *testing.T, p store.Profile) {
	t.Helper()
	if p.System == "" || strings.Trim(string(p.System), "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		t.Errorf("%q can't stand in a path, in settings and in records", p.System)
	}
	if p.Least < 0 || p.Most < 0 || p.Most != 0 && p.Least > p.Most {
		t.Errorf("it takes from %d to %d", p.Least, p.Most)
	}
	if p.Watch < 0 {
		t.Errorf("an ended deal is watched for %v", p.Watch)
	}
	if can := p.Can; !can.App && !can.Card && !can.Deals && !can.Counter && !can.ByHand {
		t.Error("nobody can pay by it")
	}
	if p.Can.Deals && p.Can.Counter {
		t.Error("a deal is for one amount: it can't stand at the till")
	}
	if strings.ContainsAny(p.Host, "/@ ") {
		t.Errorf("%q is more than a host", p.Host)
	}
	said(t, "its name", p.Name, true)
	said(t, "what is missing", p.Missing, p.State == store.NotConnected)
	said(t, "the warning", p.Warning, false)
	for _, fact := range p.Facts {
		said(t, "a fact", fact, true)
	}
}

// said wants a sentence in all languages, or in none where it is not needed. A name
// may be the same in all: then it is the English one.
func said(t *testing.T, what string, text lang.Text, needed bool) {
	t.Helper()
	in := 0
	for _, l := range lang.All {
		if strings.ContainsAny(text.In(l), "{}%\n") {
			t.Errorf("%s in %s has room for something: %q", what, l, text.In(l))
		}
		if text.In(l) != "" {
			in++
		}
	}
	if in != len(lang.All) && (needed || in > 0) {
		t.Errorf("%s is said in %d languages: %+v", what, in, text)
	}
}

// words wants a failure that people can read, and no key in it.
func words(t *testing.T, doing string, err error) {
	t.Helper()
	var told interface {
		In(l lang.Lang) string
		HintIn(l lang.Lang) string
	}
	if !errors.As(err, &told) {
		t.Errorf("%s: %v has no words", doing, err)
		return
	}
	for _, l := range lang.All {
		if told.In(l) == "" || told.HintIn(l) == "" || strings.Contains(told.In(l)+told.HintIn(l), "%") {
			t.Errorf("%s: in %s it says %q, %q", doing, l, told.In(l), told.HintIn(l))
		}
	}
}

// idle wants a system that is not filled in to say so whatever it is asked, and never
// that it knows what became of a deal.
func idle(t *testing.T, s store.Dealer, number store.Number) {
	t.Helper()
	ctx := context.Background()
	d := store.Deal{Seq: 1, Ref: number.String() + "-1", System: s.Profile().System, Number: number, Amount: due, State: store.DealOpen, ID: "1"}
	_, makeErr := s.Make(ctx, store.DealOrder{Number: number, Ref: d.Ref, Amount: due, By: "test"})
	_, findErr := s.Find(ctx, d)
	_, lookErr := s.Look(ctx, d)
	_, payErr := s.PayTo(ctx, d)
	_, hintErr := s.Hint(make(http.Header), []byte(`{}`))
	offErr := s.CallOff(ctx, d)
	for doing, err := range map[string]error{
		"Make": makeErr, "Find": findErr, "Look": lookErr, "CallOff": offErr, "Test": s.Test(ctx), "Hint": hintErr,
	} {
		words(t, doing, err)
	}
	if payErr == nil {
		t.Error("it is known where to pay")
	}
	if !errors.Is(offErr, store.ErrNotAsked) {
		t.Errorf("nobody is asked to call a deal off, and the error is %v", offErr)
	}
	if errors.Is(makeErr, store.MakingUnknown) || errors.Is(findErr, store.DealNotThere) || errors.Is(lookErr, store.DealUnreadable) {
		t.Errorf("what it can't know: %v, %v, %v", makeErr, findErr, lookErr)
	}
}

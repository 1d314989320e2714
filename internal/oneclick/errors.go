package oneclick

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tushum/internal/clean"
	"tushum/internal/lang"
)

// Code is the kind of a failure. It is an error, so that errors.Is(err, ErrNotReady)
// asks for it.
type Code string

// Error is the code's name.
func (c Code) Error() string { return string(c) }

// Failures of the settings: nothing was called.
const (
	ErrAddress               Code = "bad_address"
	ErrCredentialsUnreadable Code = "credentials_unreadable"
	ErrCredentialsOpen       Code = "credentials_open"
	ErrCredentialsLarge      Code = "credentials_large"
	ErrCredentialsSyntax     Code = "credentials_syntax"
	ErrCredentialsField      Code = "credentials_field"
	ErrCredentialsKey        Code = "credentials_key"
	ErrOrder                 Code = "bad_order"
	ErrDealID                Code = "bad_deal_id"
)

// Failures of the way there and back.
const (
	ErrUnreachable Code = "unreachable" // nothing was sent
	ErrUntrusted   Code = "untrusted"   // the certificate; nothing was sent
	ErrNoAnswer    Code = "no_answer"   // sent, and the answer is lost or late
	ErrStopped     Code = "stopped"     // the caller's context ended
	ErrRedirected  Code = "redirected"
	ErrNotAPI      Code = "not_api" // a web page, or no JSON
	ErrTooLarge    Code = "answer_too_large"
	ErrBadAnswer   Code = "bad_answer"
)

// What the vendor refuses.
const (
	ErrSignIn      Code = "sign_in_refused"
	ErrForbidden   Code = "forbidden"
	ErrNotFound    Code = "not_found"
	ErrRateLimited Code = "rate_limited"
	ErrUnavailable Code = "unavailable"
	ErrRefused     Code = "refused"
)

// What is wrong with one deal.
const (
	ErrUnknownOutcome Code = "unknown_outcome" // it may have been made, or not
	ErrNotThere       Code = "not_there"       // the list was read whole
	ErrListUnread     Code = "list_unread"
	ErrOtherDeal      Code = "other_deal"
	ErrNotReady       Code = "not_ready"
	ErrDealCanceled   Code = "deal_canceled"
	ErrNoCard         Code = "no_card"
	ErrNoAmount       Code = "no_amount"
	ErrBadAmount      Code = "bad_amount"
	ErrCurrency       Code = "other_currency"
	ErrNoCancel       Code = "no_cancel"
)

// What is wrong with a webhook.
const (
	ErrBadWebhook Code = "bad_webhook"
	ErrForged     Code = "forged"
)

// Error is a failure of this package. It never holds a key, a token or anything
// else of the credentials.
type Error struct {
	Code       Code
	Status     int           // of HTTP; 0 when there was no answer
	Vendor     string        // the vendor's own code, cleaned and short; may be empty
	Detail     string        // the vendor's own sentence, cleaned and short; may be empty
	RetryAfter time.Duration // how long the vendor asked to wait; 0 when it did not
	Msg        lang.Text     // what is wrong
	Hint       lang.Text     // what to do

	doing string // in English, such as "making a deal"
	sent  bool   // the vendor may have acted on it
	deal  bool   // it is about one deal
	cause error  // nothing that came from the vendor
}

// Error is for the log: in English, with the vendor's codes.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("oneclick: ")
	if e.doing != "" {
		b.WriteString(e.doing + ": ")
	}
	b.WriteString(e.Msg.EN)
	if e.Status != 0 {
		b.WriteString(" (HTTP " + strconv.Itoa(e.Status) + ")")
	}
	if e.Vendor != "" {
		b.WriteString(" " + e.Vendor)
	}
	if e.cause != nil {
		b.WriteString(": " + e.cause.Error())
	}
	return b.String()
}

// In says what is wrong in the reader's language.
func (e *Error) In(l lang.Lang) string { return e.Msg.In(l) }

// OfDeal tells that the vendor answered, and that what is wrong is with the deal it was
// asked about: it does not know it, speaks of another, or what it says of it can't be
// read. Others can be asked about.
func (e *Error) OfDeal() bool { return e.deal }

// Unheard tells that the vendor did nothing of what was asked: the call did not go
// out, or was sent away because there were too many.
func (e *Error) Unheard() bool { return !e.sent || e.Code == ErrRateLimited }

// HintIn says what to do in the reader's language.
func (e *Error) HintIn(l lang.Lang) string { return e.Hint.In(l) }

// Is tells whether target is the error's code.
func (e *Error) Is(target error) bool { return target == error(e.Code) }

// Unwrap gives what it came from: the context's error, or that of the call whose
// outcome is unknown.
func (e *Error) Unwrap() error { return e.cause }

func newError(code Code, doing string) *Error {
	said := sayings[code]
	return &Error{Code: code, doing: doing, Msg: said.msg, Hint: said.hint}
}

// about fills a word into the sentence and the hint, where they have room for it.
func (e *Error) about(word string) *Error {
	in := func(format string) string {
		if !strings.Contains(format, "%s") {
			return format
		}
		return fmt.Sprintf(format, word)
	}
	fill := func(t lang.Text) lang.Text { return lang.Text{UZ: in(t.UZ), RU: in(t.RU), EN: in(t.EN)} }
	e.Msg, e.Hint = fill(e.Msg), fill(e.Hint)
	return e
}

func (e *Error) because(cause error) *Error {
	e.cause = cause
	return e
}

// stopped is the end of the caller's patience; sent tells whether the vendor may
// have the request.
func stopped(doing string, cause error, sent bool) *Error {
	e := newError(ErrStopped, doing).because(cause)
	e.sent = sent
	return e
}

// over tells whether a failure is the end of the caller's own context.
func over(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, ErrStopped)
}

// Bounds of what is kept of the vendor's words in an error.
const (
	maxVendorCode = 64
	maxDetail     = 160
)

// quoting keeps the vendor's code and sentence. They go to a log and to the ledger, so
// nothing in them may be a payer's card or phone, or what we have sent it to sign in.
func (e *Error) quoting(o object) *Error {
	e.Vendor = clean.Line(strings.ToUpper(unnamed(o.text("error"))), maxVendorCode).String()
	e.Detail = clean.Line(unnamed(o.text("message")), maxDetail).String()
	return e
}

// What may name somebody, or be a secret: eight digits and more, however they are
// parted, and words that are longer than those of people.
var (
	longNumber = regexp.MustCompile(`\d(?:[^\d\pL]{0,3}\d){7,}`)
	longWord   = regexp.MustCompile(`[^\s_]{33,}`)
)

func unnamed(s string) string {
	return longWord.ReplaceAllString(longNumber.ReplaceAllString(s, "***"), "***")
}

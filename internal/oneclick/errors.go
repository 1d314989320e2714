package oneclick

import (
	"context"
	"errors"
	"fmt"
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

// The kinds of failure.
const (
	// Of the settings: nothing was called.
	ErrAddress               Code = "bad_address"
	ErrCredentialsUnreadable Code = "credentials_unreadable"
	ErrCredentialsOpen       Code = "credentials_open"
	ErrCredentialsLarge      Code = "credentials_large"
	ErrCredentialsSyntax     Code = "credentials_syntax"
	ErrCredentialsField      Code = "credentials_field"
	ErrCredentialsKey        Code = "credentials_key"
	ErrOrder                 Code = "bad_order"
	ErrDealID                Code = "bad_deal_id"

	// Of the way there and back.
	ErrUnreachable Code = "unreachable" // nothing was sent
	ErrUntrusted   Code = "untrusted"   // the certificate; nothing was sent
	ErrNoAnswer    Code = "no_answer"   // sent, and the answer is lost or late
	ErrStopped     Code = "stopped"     // the caller's context ended
	ErrRedirected  Code = "redirected"
	ErrNotAPI      Code = "not_api" // a web page, or no JSON
	ErrTooLarge    Code = "answer_too_large"
	ErrBadAnswer   Code = "bad_answer"

	// Of the vendor.
	ErrSignIn      Code = "sign_in_refused"
	ErrForbidden   Code = "forbidden"
	ErrNotFound    Code = "not_found"
	ErrRateLimited Code = "rate_limited"
	ErrUnavailable Code = "unavailable"
	ErrRefused     Code = "refused"

	// Of a deal.
	ErrUnknownOutcome Code = "unknown_outcome" // it may have been made, or not
	ErrAlreadySent    Code = "already_sent"
	ErrNotThere       Code = "not_there" // the list was read whole
	ErrListUnread     Code = "list_unread"
	ErrOtherDeal      Code = "other_deal"
	ErrNotReady       Code = "not_ready"
	ErrDealCanceled   Code = "deal_canceled"
	ErrNoCard         Code = "no_card"
	ErrNoAmount       Code = "no_amount"
	ErrBadAmount      Code = "bad_amount"
	ErrNoCancel       Code = "no_cancel"

	// Of a webhook.
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

// quoting keeps the vendor's code and sentence.
func (e *Error) quoting(o object) *Error {
	e.Vendor = clean.Line(strings.ToUpper(o.text("error")), maxVendorCode).String()
	e.Detail = clean.Line(o.text("message"), maxDetail).String()
	return e
}

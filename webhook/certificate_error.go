package webhook

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"tushum/internal/clean"
	"tushum/internal/lang"
)

// CertificateError is why a certificate can't be read or got. Neither text
// contains a secret, and what others have written is cleaned.
type CertificateError struct {
	Says lang.Text // what is wrong
	Hint lang.Text // what to do; may be empty
	Err  error     // the cause; may be nil
}

// Error is the English sentence.
func (e *CertificateError) Error() string { return e.Says.EN }

// Unwrap gives the cause.
func (e *CertificateError) Unwrap() error { return e.Err }

// sentence is a CertificateError that is to be filled in. Its hint names the
// arguments that it wants by their number.
type sentence struct{ says, hint lang.Text }

func (s sentence) of(err error, args ...any) *CertificateError {
	return &CertificateError{Says: filled(s.says, args), Hint: filled(s.hint, args), Err: err}
}

func filled(t lang.Text, args []any) lang.Text {
	in := func(format string) string {
		if !strings.Contains(format, "%") {
			return format
		}
		return fmt.Sprintf(format, args...)
	}
	return lang.Text{UZ: in(t.UZ), RU: in(t.RU), EN: in(t.EN)}
}

// reason is what the system says, without the file's name, which the sentence
// has already.
func reason(err error) string {
	if path := new(fs.PathError); errors.As(err, &path) {
		err = path.Err
	}
	return told(err.Error())
}

// told is what others say, safe to show.
func told(text string) string {
	return clean.MaskPhones(clean.Line(strings.Join(strings.Fields(text), " "), maxLogged).String())
}

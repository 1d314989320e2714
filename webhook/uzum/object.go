package uzum

import (
	"bytes"
	"errors"
	"io"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// maxDepth is how deep objects and arrays may stand in each other.
const maxDepth = 8

// objectReader reads one JSON object. Readers are reused: making one costs as
// much as a small body.
type objectReader struct {
	buffer  bytes.Buffer
	decoder jsontext.Decoder
}

var objectReaders = sync.Pool{New: func() any { return new(objectReader) }}

// readObject gives each member of the object that body holds to take, the
// value as it stands in body. It is strict: valid UTF-8, no name twice at any
// depth, nothing after the object.
func readObject(body []byte, take func(name []byte, value jsontext.Value)) error {
	r := objectReaders.Get().(*objectReader)
	defer objectReaders.Put(r)
	r.buffer = *bytes.NewBuffer(body)
	r.decoder.Reset(&r.buffer)
	if r.decoder.PeekKind() != '{' {
		return errNoObject
	}
	if _, err := r.decoder.ReadToken(); err != nil {
		return err
	}
	for r.decoder.PeekKind() == '"' {
		if err := r.readMember(body, take); err != nil {
			return err
		}
	}
	if _, err := r.decoder.ReadToken(); err != nil {
		return err
	}
	return r.readEnd()
}

func (r *objectReader) readMember(body []byte, take func(name []byte, value jsontext.Value)) error {
	quoted, err := r.decoder.ReadValue()
	if err != nil {
		return err
	}
	name := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(name, '\\') >= 0 {
		if name, err = jsontext.AppendUnquote(nil, quoted); err != nil {
			return err
		}
	} else {
		name = body[r.decoder.InputOffset()-int64(len(name))-1:][:len(name)]
	}
	value, err := r.decoder.ReadValue()
	if err != nil {
		return err
	}
	take(name, jsontext.Value(body[r.decoder.InputOffset()-int64(len(value)):][:len(value)]))
	return nil
}

var (
	errNoObject = errors.New("no JSON object")
	errTrailing = errors.New("bytes after the JSON object")
)

func (r *objectReader) readEnd() error {
	if _, err := r.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return errTrailing
	}
	return nil
}

// tooDeep looks at brackets only, so it may be asked before the JSON is known
// to be valid.
func tooDeep(body []byte) bool {
	depth, text := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case text && c == '\\':
			i++
		case c == '"':
			text = !text
		case text:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// jsonReason says what is wrong with a body, without a byte of it.
func jsonReason(err error) string {
	switch {
	case errors.Is(err, errNoObject):
		return "the body is no JSON object"
	case errors.Is(err, errTrailing):
		return "bytes stand after the JSON object"
	case errors.Is(err, jsontext.ErrDuplicateName):
		return "the body has a member twice"
	}
	return "the body is not valid JSON"
}

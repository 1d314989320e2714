package bolt

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"

	"github.com/fxamacker/cbor/v2"

	"tushum/store"
)

// A record is a version byte, the value in CBOR with integer keys, and a CRC32C
// over the bucket's name, the key, the version and the value: a record that was
// damaged, or that stands in another's place, is noticed on the next read.
const (
	recordVersion = 1
	recordExtra   = 1 + crc32.Size
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var (
	encoder = must(cbor.EncOptions{Sort: cbor.SortCoreDeterministic}.UserBufferEncMode())
	// What the bank sent may hold anything; what was once written can be read again.
	decoder = must(cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF, UTF8: cbor.UTF8DecodeInvalid}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the options above are constants
	}
	return v
}

// seal makes a record of v.
func seal(bucket, key []byte, v any) ([]byte, error) {
	rec, err := encode(v)
	if err != nil {
		return nil, err
	}
	return binary.BigEndian.AppendUint32(rec, checksum(bucket, key, rec)), nil
}

// usualRecord is room for most records, in bytes.
const usualRecord = 384

// encode makes the version byte and the value of a record.
func encode(v any) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, usualRecord))
	b.WriteByte(recordVersion)
	if err := encoder.MarshalToBuffer(v, b); err != nil {
		return nil, &store.Error{Code: store.Internal, Detail: "encoding a record", Err: err}
	}
	return b.Bytes(), nil
}

// unseal checks a record and decodes it into v. It copies everything out.
func unseal(bucket, key, rec []byte, v any) error {
	payload, err := unsealBytes(bucket, key, rec)
	if err != nil {
		return err
	}
	return decode(bucket, key, payload, v)
}

// decode reads what unsealBytes has checked.
func decode(bucket, key, payload []byte, v any) error {
	if err := decoder.Unmarshal(payload, v); err != nil {
		return damaged(bucket, key, err.Error())
	}
	return nil
}

func unsealBytes(bucket, key, rec []byte) ([]byte, error) {
	if len(rec) < recordExtra {
		return nil, damaged(bucket, key, "record is cut short")
	}
	body, sum := rec[:len(rec)-crc32.Size], rec[len(rec)-crc32.Size:]
	if binary.BigEndian.Uint32(sum) != checksum(bucket, key, body) {
		return nil, damaged(bucket, key, "checksum is wrong")
	}
	if body[0] != recordVersion {
		return nil, damaged(bucket, key, "record version is unknown")
	}
	return body[1:], nil
}

func checksum(bucket, key, body []byte) uint32 {
	sum := crc32.Update(0, castagnoli, bucket)
	sum = crc32.Update(sum, castagnoli, key)
	return crc32.Update(sum, castagnoli, body)
}

// sealEvent makes the record of an event and gives it its link of the chain,
// which hashes the link before it and the event.
func sealEvent(key []byte, prev [sha256.Size]byte, e *store.Event) ([]byte, error) {
	rec, err := encode(e)
	if err != nil {
		return nil, err
	}
	e.Chain = link(prev, rec[1:])
	rec = append(rec, e.Chain[:]...)
	return binary.BigEndian.AppendUint32(rec, checksum(bucketEvents, key, rec)), nil
}

// unsealEvent reads an event; payload is what its link hashes.
func unsealEvent(key, rec []byte) (e store.Event, payload []byte, err error) {
	payload, err = unsealBytes(bucketEvents, key, rec)
	if err != nil {
		return e, nil, err
	}
	if len(payload) < sha256.Size {
		return e, nil, damaged(bucketEvents, key, "event is cut short")
	}
	payload, chain := payload[:len(payload)-sha256.Size], payload[len(payload)-sha256.Size:]
	if err := decoder.Unmarshal(payload, &e); err != nil {
		return e, nil, damaged(bucketEvents, key, err.Error())
	}
	copy(e.Chain[:], chain)
	return e, payload, nil
}

func link(prev [sha256.Size]byte, payload []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(prev[:])
	h.Write(payload)
	var out [sha256.Size]byte
	h.Sum(out[:0])
	return out
}

func damaged(bucket, key []byte, what string) error {
	return &store.Error{Code: store.Damaged, Detail: place(bucket, key) + ": " + what}
}

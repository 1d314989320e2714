package simulator

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
)

// Signature is how a webhook is signed.
type Signature int

// The signatures: a good one, and what a shop has to refuse.
const (
	Good      Signature = iota
	OtherBody           // of another body
	OtherKey            // encrypted for another shop
	Garbage             // no signature at all
)

// Webhook is the message about a deal: v3, with x-api-key and x-api-signature.
func (v *Vendor) Webhook(id string, signed Signature) (http.Header, []byte, error) {
	d, ok := v.Deal(id)
	if !ok {
		return nil, nil, errors.New("no such deal")
	}
	body, err := json.Marshal(map[string]any{
		"id": d.ID, "type": "payin", "status": d.Status, "amounts": map[string]any{"fiat": d.Fiat},
		"metadata": map[string]any{"invoiceId": d.InvoiceID, "clientId": d.ClientID},
	})
	if err != nil {
		return nil, nil, fmt.Errorf("encoding a webhook: %w", err)
	}
	signature, err := v.sign(body, signed)
	if err != nil {
		return nil, nil, err
	}
	header := make(http.Header)
	header.Set("Content-Type", "application/json")
	header.Set("X-Api-Key", v.shop.PublicKey)
	header.Set("X-Api-Signature", signature)
	return header, body, nil
}

func (v *Vendor) sign(body []byte, signed Signature) (string, error) {
	key := v.publicKey()
	switch signed {
	case Good:
	case OtherBody:
		body = bytes.Replace(body, []byte(`"payin"`), []byte(`"payout"`), 1)
	case OtherKey:
		other, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return "", fmt.Errorf("making a key: %w", err)
		}
		key = &other.PublicKey
	case Garbage:
		return base64.StdEncoding.EncodeToString(make([]byte, key.Size())), nil
	}
	return Sign(key, body)
}

// Sign makes the signature of a body for whoever has the private key: lower-case
// hexadecimal SHA-256 of its scalars, encrypted with RSA-OAEP and SHA-256.
func Sign(key *rsa.PublicKey, body []byte) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var leaves []scalar
	if err := walk(decoder, "", &leaves); err != nil {
		return "", fmt.Errorf("signing a body: %w", err)
	}
	sort.SliceStable(leaves, func(i, j int) bool { return leaves[i].name < leaves[j].name })
	var all strings.Builder
	for _, leaf := range leaves {
		all.WriteString(leaf.text)
	}
	sum := sha256.Sum256([]byte(all.String()))
	sealed, err := rsa.EncryptOAEP(sha256.New(), rand.Reader, key, []byte(hex.EncodeToString(sum[:])), nil)
	if err != nil {
		return "", fmt.Errorf("signing a body: %w", err)
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}

type scalar struct{ name, text string }

// walk goes through the next value. Names are sorted as bytes, which is the
// vendor's order for names of letters.
func walk(d *json.Decoder, name string, leaves *[]scalar) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	open, nested := token.(json.Delim)
	if !nested {
		text := ""
		if token != nil {
			text = fmt.Sprint(token)
		}
		*leaves = append(*leaves, scalar{strings.ToLower(name), text})
		return nil
	}
	for place := 0; d.More(); place++ {
		name := fmt.Sprint(place)
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name = fmt.Sprint(key)
		}
		if err := walk(d, name, leaves); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

// Notifier makes the vendor tell a shop of each change of a status from now on. What
// it gives sends the webhooks until its context ends; client carries them.
func (v *Vendor) Notifier(url string, client *http.Client) func(context.Context) {
	due := make(chan string, 1024)
	v.mu.Lock()
	v.due = due
	v.mu.Unlock()
	return func(ctx context.Context) {
		for {
			select {
			case <-ctx.Done():
				return
			case id := <-due:
				// A shop that does not answer reads the deal by itself.
				_, _ = v.Send(ctx, url, id, Good, client)
			}
		}
	}
}

// announce queues a webhook; one that finds no room is dropped, as lost ones are.
func (v *Vendor) announce(id string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	select {
	case v.due <- id:
	default:
	}
}

// Send sends the webhook of a deal and gives the status of the answer.
func (v *Vendor) Send(ctx context.Context, url, id string, signed Signature, client *http.Client) (int, error) {
	header, body, err := v.Webhook(id, signed)
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("sending a webhook: %w", err)
	}
	req.Header = header
	resp, err := client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("sending a webhook: %w", err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	return resp.StatusCode, nil
}

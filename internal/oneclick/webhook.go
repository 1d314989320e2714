package oneclick

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net/http"
)

// MaxWebhook bounds a webhook's body, in bytes.
const MaxWebhook = 64 << 10

const verifying = "verifying a webhook"

// Verify tells which deal a webhook (v3) is about. It proves that the sender knows
// the shop's public_key and no more: names are not covered and there is no time in
// it, so what comes of it is a hint to read the deal, and nothing in the body is
// believed.
//
// x-api-key has to be one of the four ids of the credentials; which of them is not
// documented. The error is ErrForged, without a reason, or ErrBadWebhook for a body
// that is too large or no JSON object with a deal's id.
func (c Credentials) Verify(header http.Header, body []byte) (dealID string, err error) {
	if c.privateKey == nil || !c.knows(header.Get("X-Api-Key")) {
		return "", newError(ErrForged, verifying)
	}
	signature, err := base64.StdEncoding.DecodeString(header.Get("X-Api-Signature"))
	if err != nil || len(signature) != c.privateKey.Size() {
		return "", newError(ErrForged, verifying)
	}
	tree, ok := parseTree(body)
	if !ok {
		return "", newError(ErrBadWebhook, verifying)
	}
	signed, err := rsa.DecryptOAEP(sha256.New(), nil, c.privateKey, signature, nil)
	if err != nil || !signs(signed, tree) {
		return "", newError(ErrForged, verifying)
	}
	id := tree.dealID()
	if !isDealID(id) {
		return "", newError(ErrBadWebhook, verifying)
	}
	return id, nil
}

// knows compares without telling by its time how much was right.
func (c Credentials) knows(key string) bool {
	found := 0
	for _, own := range []string{c.publicKey.text(), c.AccountID, c.MerchantID, c.ProjectID} {
		if own != "" {
			found |= subtle.ConstantTimeCompare([]byte(own), []byte(key))
		}
	}
	return found == 1
}

// signs compares a hash with that of the body, in either way of counting.
func signs(signed []byte, tree node) bool {
	found := 0
	for _, count := range []counting{throughout, restarting} {
		sum := sha256.Sum256([]byte(tree.flat(count)))
		found |= subtle.ConstantTimeCompare(signed, []byte(hex.EncodeToString(sum[:])))
	}
	return found == 1
}

// dealID looks where a deal may be named: no document shows the body.
func (n node) dealID() string {
	for _, at := range []node{n, n.child("deal"), n.child("data")} {
		for _, name := range []string{"_id", "id", "dealId", "deal_id"} {
			if id := at.child(name); id.scalar != "" {
				return id.scalar
			}
		}
	}
	return ""
}

func (n node) child(name string) node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return node{}
}

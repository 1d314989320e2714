package simulator

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
)

// Shop is one shop at the platform.
type Shop struct {
	AccountID, MerchantID, ProjectID string
	// PublicKey is what opens the API: base64 of PEM.
	PublicKey string

	key *rsa.PrivateKey
}

// NewShop makes a shop with keys of its own.
func NewShop() (Shop, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return Shop{}, fmt.Errorf("making a key: %w", err)
	}
	return ShopWith(key)
}

// ShopWith makes a shop with a given key.
func ShopWith(key *rsa.PrivateKey) (Shop, error) {
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return Shop{}, fmt.Errorf("encoding a public key: %w", err)
	}
	return Shop{
		AccountID: "00000000-4000-4000-8000-00000000000a", MerchantID: "00000000-4000-4000-8000-00000000000b",
		ProjectID: "00000000-4000-4000-8000-00000000000c", PublicKey: armoured("PUBLIC KEY", public), key: key,
	}, nil
}

// CredentialsFile is the file of the shop's cabinet.
func (s Shop) CredentialsFile() []byte {
	private := armoured("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(s.key))
	file, _ := json.MarshalIndent(map[string]string{ // strings always marshal
		"account_id": s.AccountID, "merchant_id": s.MerchantID, "project_id": s.ProjectID,
		"public_key": s.PublicKey, "private_key": private, "realm": "sandbox",
	}, "", "  ")
	return file
}

func armoured(kind string, der []byte) string {
	return base64.StdEncoding.EncodeToString(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// errForeignFile is for a file that CredentialsFile has not made.
var errForeignFile = errors.New("the file is not of a played shop")

// ShopOf makes the shop of a file that CredentialsFile has made, so that a restart
// of the platform leaves its shop connected.
func ShopOf(file []byte) (Shop, error) {
	var members map[string]string
	if err := json.Unmarshal(file, &members); err != nil {
		return Shop{}, errForeignFile
	}
	armour, err := base64.StdEncoding.DecodeString(members["private_key"])
	block, _ := pem.Decode(armour)
	if err != nil || block == nil {
		return Shop{}, errForeignFile
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		return Shop{}, errForeignFile
	}
	s, err := ShopWith(key)
	if err == nil && !bytes.Equal(s.CredentialsFile(), file) {
		err = errForeignFile
	}
	return s, err
}

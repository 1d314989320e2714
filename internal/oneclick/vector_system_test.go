//go:build system

package oneclick_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"tushum/internal/oneclick"
)

// The vector can be made anew: a fresh key, and a signature by openssl alone.
func TestAFreshVectorOfOpenSSL(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"make.sh", "flat.txt", "body.json"} {
		if err := os.WriteFile(filepath.Join(dir, name), vector(t, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), "sh", "make.sh")
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	credentials, err := oneclick.ParseCredentials(read("credentials.json"))
	if err != nil {
		t.Fatal(err)
	}
	_, header, body := hookOf(t)
	if _, err := credentials.Verify(header, body); err == nil {
		t.Error("the signature for another key passed")
	}
	header.Set("x-api-signature", string(read("signature.txt")))
	if id, err := credentials.Verify(header, body); err != nil || id != "66b1f0c2a9e4d7f3b2c1a098" {
		t.Errorf("%q, %v", id, err)
	}
}

// asJavaScript signs bodies as a sender in JavaScript would: parsed, flattened with
// positions, sorted by localeCompare, hashed and encrypted. Counting restarts in an
// object that comes before its parent's first scalar, as in the vendor's SDK.
const asJavaScript = `
const crypto = require('crypto');
const {key, bodies} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
function leaves(value, count, out) {
  if (count.n === 0) count = {n: 0};
  for (const name of Object.keys(value)) {
    const v = value[name];
    if (v !== null && typeof v === 'object') { leaves(v, count, out); continue; }
    count.n++;
    out.push({key: (name + '_' + count.n).toLowerCase(), value: v});
  }
  return out;
}
console.log(JSON.stringify(bodies.map(body => {
  const sorted = leaves(JSON.parse(body), {n: 0}, []).sort((a, b) => a.key.localeCompare(b.key, 'en', {numeric: true, caseFirst: 'upper'}));
  const flat = sorted.map(l => l.value).join('');
  const hash = crypto.createHash('sha256').update(flat, 'utf8').digest('hex');
  const signature = crypto.publicEncrypt({key: Buffer.from(key, 'base64').toString(), padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256'}, Buffer.from(hash));
  return {flat, signature: signature.toString('base64')};
})));
`

func TestSignaturesOfNode(t *testing.T) {
	t.Parallel()
	shop, err := theShop()
	if err != nil {
		t.Fatal(err)
	}
	bodies := []string{
		`{"id":"1","status":"completed","amounts":{"crypto":10.5,"fiat":150000,"fiat_net":148000.25},"metadata":{"invoiceId":"5","clientId":"c"}}`,
		`{"metadata":{"id":"inner","x":{"id":"deep"}},"id":"outer","status":{"name":"new","id":"s"}}`,
		`{"amounts":{},"id":"7","list":[10,9,8,7,6,5,4,3,2,1,0,"eleven"],"flag":false,"none":null}`,
		`{"id":"7","item10":"a","item9":"b","item_1":"c","item-1":"d","item.1":"e","item 1":"f","_item":"g","Item":"h","$item":"i","item@":"j","9item":"k","10item":"l"}`,
		`{"id":"7","a":"so‘m","b":"сум","c":"\u0001\ud83d\ude00","d":"","e":-0.5,"a_2":"x","a_10":"y"}`,
	}
	input, err := json.Marshal(map[string]any{"key": shop.PublicKey, "bodies": bodies})
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "node", "-e", asJavaScript)
	command.Stdin = bytes.NewReader(input)
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var signed []struct{ Flat, Signature string }
	if err := json.Unmarshal(out, &signed); err != nil || len(signed) != len(bodies) {
		t.Fatalf("%v: %s", err, out)
	}
	_, header, _ := hookOf(t)
	header.Set("x-api-key", shop.PublicKey)
	for i, s := range signed {
		header.Set("x-api-signature", s.Signature)
		if _, err := ownCredentials(t).Verify(header, []byte(bodies[i])); err != nil {
			_, restarted, _ := oneclick.Flat([]byte(bodies[i]))
			t.Errorf("%s: %v\nnode: %q\nours: %q", bodies[i], err, s.Flat, restarted)
		}
	}
}

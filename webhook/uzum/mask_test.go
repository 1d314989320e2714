package uzum

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"tushum/internal/clean"
)

func TestMask(t *testing.T) {
	t.Parallel()
	const uuid = `{"transId":"1f0c8e10-8a5b-11ee-b962-0242ac120002","timestamp":1700000000000,"amount":13000000,"params":{"account":100000002}}`
	for _, tc := range []struct{ in, want string }{
		{uuid, uuid},
		{`{"phone":"998901234567"}`, `{"phone":"+998 90 ***-**-67"}`},
		{`{"phone": 998901234567 , "a":1}`, `{"phone": "+998 90 ***-**-67" , "a":1}`},
		{`{"phone":"901234567"}`, `{"phone":"+998 90 ***-**-67"}`},
		{`{"phone":"12025550100"}`, `{"phone":"*********00"}`},
		{`{"phone":null,"a":true}`, `{"phone":null,"a":true}`},
		{`{"payerPhone":"998901234567"}`, `{"payerPhone":"+998 90 ***-**-67"}`},
		{`{"PHONE":{"a":["901234567",{"b":901234567}]}}`, `{"PHONE":{"a":["+998 90 ***-**-67",{"b":"+998 90 ***-**-67"}]}}`},
		{`{"\u0070hone":"\u0039\u0039\u0038901234567"}`, `{"\u0070hone":"+998 90 ***-**-67"}`},
		{`{"note":"998901234567","n":998901234567}`, `{"note":"+998 90 ***-**-67","n":"+998 90 ***-**-67"}`},
		{`{"note":"+998 90 123-45-67 or +12025550100"}`, `{"note":"+998 90 ***-**-67 or +*********00"}`},
		{`{"account":"90 123-45-67"}`, `{"account":"** ***-**-67"}`},
		{`{"account":"(90) 123.45.67"}`, `{"account":"(**) ***.**.67"}`},
		{`{"account":"90 123–45–67"}`, `{"account":"** ***–**–67"}`},
		{`{"note":"99 89 01 23 45 67"}`, `{"note":"+998 90 ***-**-67"}`},
		{`{"note":"٩٩٨٩٠١٢٣٤٥٦٧"}`, `{"note":"+998 90 ***-**-67"}`},
		{`{"fio":"Олим Ғафур","date":"12.05.2026 14:30","n": 13 }`, `{"fio":"Олим Ғафур","date":"12.05.2026 14:30","n": 13 }`},
		{`{"998901234567":1}`, `{"+998 90 ***-**-67":1}`},
		{`{"phone":"998901234567","phone":"998901234567"}`, `{"phone":"+998 90 ***-**-67","phone":"+998 90 ***-**-67"}`},
		{`{"phone":"90123`, `{"phone":"90123`},
		{`phone=901234567&n=12345678`, `phone=*******67&n=12345678`},
		{`901234567890123456`, `****************56`},
		{``, ``},
	} {
		if got := string(mask([]byte(tc.in))); got != tc.want {
			t.Errorf("%s\n got %s\nwant %s", tc.in, got, tc.want)
		}
	}
}

// FuzzMaskText: a text in a body is masked as it would be by itself, so that the
// bodies that come back as they are held nothing to mask.
func FuzzMaskText(f *testing.F) {
	for _, text := range []string{
		"90 123-45-67", "9 98901234567", "0099 8901234567", "99-89-01-23-45-67", "tel99 8901234567", "90\u00a0123–45–67", "+12025550100", "٩٩٨٩٠١٢٣٤٥٦٧",
		"1f0c8e10-8a5b-11ee-b962-024211012002 90 123-45-67", "Олим Ғафур", "12.05.2026 14:30", "901234567",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		quoted, err := json.Marshal(text)
		if err != nil || !utf8.ValidString(text) {
			return
		}
		var got struct{ N string }
		if err := json.Unmarshal(mask([]byte(`{"N":`+string(quoted)+`}`)), &got); err != nil {
			t.Fatal(err)
		}
		if want := clean.MaskPhones(text); got.N != want {
			t.Fatalf("%q: %q, by itself %q", text, got.N, want)
		}
	})
}

// FuzzMask: what goes in as a phone does not come out, and JSON stays JSON.
func FuzzMask(f *testing.F) {
	f.Add("phone", "", "", "")
	f.Add("note", "a", "b", `,"x":[{"phone":1}]`)
	f.Add("n", `\u0000`, `"`, `}`)
	f.Fuzz(func(t *testing.T, name, before, after, more string) {
		const phone = "998907654321"
		quoted := func(s string) string { b, _ := json.Marshal(s); return string(b) }
		body := []byte(`{` + quoted(name) + `:` + quoted(before+" "+phone+" "+after) + more + `}`)
		masked := mask(body)
		if strings.Contains(string(masked), phone) && !strings.Contains(before+after+more, "998") {
			t.Fatalf("%s was kept as %s", body, masked)
		}
		if json.Valid(body) && !tooDeep(body) && !json.Valid(masked) {
			t.Fatalf("%s became %s", body, masked)
		}
	})
}

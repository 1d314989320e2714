package store_test

import (
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/message"
	"tushum/store"
)

func TestMessageFacts(t *testing.T) {
	t.Parallel()
	line := func(names ...string) (lines []store.Line) {
		for _, name := range names {
			lines = append(lines, store.Line{Name: name, Quantity: 1, Price: 1})
		}
		return lines
	}
	booked, tillWithExpiry := discounted(), till()
	booked.Specialist, booked.AppointmentAt, booked.ExpiresAt = "Dilnoza", noon.Add(51*time.Hour), noon.Add(24*time.Hour)
	tillWithExpiry.ExpiresAt = noon
	three, four := visit(), visit()
	three.Lines, four.Lines = line("Soch olish", "Choy", "Bo‘yoq"), line("a", "b\nc", strings.Repeat("щ", 70), "d")
	number := visit().Number.String()
	for _, c := range []struct {
		name string
		inv  store.Invoice
		l    lang.Lang
		want message.Facts
	}{
		{"no more than an amount", visit(), lang.UZ, message.Facts{What: "Tashrif uchun to‘lov", Sum: "130\u00a0000\u00a0so‘m", Number: number}},
		{"all there is", booked, lang.RU, message.Facts{
			What: "Soch bo‘yash", Sum: "130\u00a0000\u00a0сум", Number: number, Specialist: "Dilnoza", When: "23.11.2026 15:00", Until: "22.11.2026 12:00",
		}},
		{"three lines", three, lang.EN, message.Facts{What: "Soch olish, Choy, Bo‘yoq", Sum: "130\u00a0000\u00a0UZS", Number: number}},
		{"more lines, and long ones", four, lang.EN, message.Facts{What: "a, b c, " + strings.Repeat("щ", 59) + "…", Sum: "130\u00a0000\u00a0UZS", Number: number}},
		{"a counter invoice", tillWithExpiry, lang.UZ, message.Facts{Number: till().Number.String(), Until: "21.11.2026 12:00"}},
	} {
		got := c.inv.MessageFacts(shopRules().Calendar, c.l)
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		text := message.Default(c.l).Fill(got)
		if strings.Contains(text, c.inv.Customer.Name) && c.inv.Customer.Name != "" || strings.Contains(text, "9012345") {
			t.Errorf("%s: the customer is named in %q", c.name, text)
		}
	}
}

package look

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestBox(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		theme Theme
		title string
		width int
		want  string
	}{
		{"rounded", testThemes[0], "To‘lov", 14, "╭─ To‘lov ───╮\n│ non        │\n╰────────────╯"},
		{"ascii", testThemes[2], "Sum", 12, "+- Sum ----+\n| non      |\n+----------+"},
		{"no title", testThemes[0], "", 7, "╭─────╮\n│ non │\n╰─────╯"},
		{"a long title", testThemes[0], "To‘lov havolasi", 10, "╭─ To‘… ─╮\n│ non    │\n╰────────╯"},
		{"cut", testThemes[0], "Sum", 6, "╭────╮\n│ n… │\n╰────╯"},
		{"no room", testThemes[0], "Sum", 2, "n…"},
	} {
		if got := ansi.Strip(strings.Join(Box(c.theme, c.title, []string{"non"}, c.width), "\n")); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(0, 60).Draw(t, "w")
		for _, l := range Box(rapid.SampledFrom(testThemes).Draw(t, "theme"), line().Draw(t, "title"), rapid.SliceOfN(line(), 0, 4).Draw(t, "body"), w) {
			mustBe(t, l, w)
		}
	})
}

// BenchmarkFrame draws 40 lines of 120 cells: a table with painted cells, and
// a box over it.
func BenchmarkFrame(b *testing.B) {
	t := NewTheme(Options{})
	box := Box(t, "To‘lov havolasi", []string{"https://pay.example/i/8Kq2", "", t.Key.Paint("c") + " nusxa"}, 50)
	for _, c := range []struct{ name, customer string }{
		{"latin", "Dilnoza Karimova"}, {"cyrillic", "Дилноза Каримова"}, {"wide", "漢字 😀 Karimova"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				frame := tableFrame(t, c.customer)
				Over(frame, box, 35, 15)
			}
		})
	}
}

func tableFrame(t Theme, customer string) string {
	cols := LayOut(today, 120)
	lines := make([]string, 0, 40)
	lines = append(lines, t.Title.Paint("Tushum")+"  "+t.Faint.Paint("Non do‘koni"), cols.Header(t))
	for i := range 37 {
		row := cols.Row([]string{
			t.Good.Paint(t.Signs.Paid), "12:30", t.Strong.Paint("1\u00A0250\u00A0000 so‘m"),
			Foreign(customer), Foreign("ikkita non, bitta choy va yana nimadir"), t.Faint.Paint("T-1234"),
		})
		if i == 5 {
			row = t.Selected.Paint(row)
		}
		lines = append(lines, row)
	}
	lines = append(lines, t.Key.Paint("q")+" "+t.Hint.Paint("chiqish"))
	return Block(lines, 120, 40)
}

func ExampleBox() {
	for _, l := range Box(NewTheme(Options{NoColor: true, ASCII: true}), "", []string{"1 250 000"}, 13) {
		fmt.Println(ansi.Strip(l))
	}
	// Output:
	// +-----------+
	// | 1 250 000 |
	// +-----------+
}

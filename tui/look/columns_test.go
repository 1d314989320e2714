package look

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

var today = []Column{
	{Title: "", Min: 1, Keep: 9},
	{Title: "Vaqt", Min: 5, Keep: 5},
	{Title: "Summa", Min: 12, Right: true, Keep: 10},
	{Title: "Mijoz", Min: 10, Max: 30, Grow: 2, Keep: 6},
	{Title: "Izoh", Min: 8, Grow: 3, Keep: 2},
	{Title: "Raqam", Min: 8, Keep: 3},
}

func TestLayOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		width int
		want  []int
	}{
		{54, []int{1, 5, 12, 10, 8, 8}},
		{64, []int{1, 5, 12, 14, 14, 8}},
		{200, []int{1, 5, 12, 30, 134, 8}},
		{53, []int{1, 5, 12, 19, 0, 8}},
		{44, []int{1, 5, 12, 10, 0, 8}},
		{43, []int{1, 5, 12, 19, 0, 0}},
		{15, []int{1, 0, 12, 0, 0, 0}},
		{14, []int{0, 0, 12, 0, 0, 0}},
		{7, []int{0, 0, 7, 0, 0, 0}},
		{0, []int{0, 0, 0, 0, 0, 0}},
	} {
		if got := LayOut(today, c.width).widths; !slices.Equal(got, c.want) {
			t.Errorf("in %d cells: %v, want %v", c.width, got, c.want)
		}
	}
	c := LayOut(today, 44)
	if c.Shown(4) || !c.Shown(5) || c.Shown(-1) || c.Shown(6) || c.WidthOf(3) != 10 {
		t.Errorf("%v is told wrongly", c.widths)
	}
}

func TestRow(t *testing.T) {
	t.Parallel()
	c := LayOut(today, 44)
	for _, row := range []struct {
		cells []string
		want  string
	}{
		{[]string{"✓", "12:30", "1\u00A0250\u00A0000", "Dilnoza Karimova", "non", "T-17"}, "✓  12:30     1\u00A0250\u00A0000  Dilnoza K…  T-17    "},
		{[]string{"✓"}, "✓" + strings.Repeat(" ", 43)},
	} {
		if got := c.Row(row.cells); got != row.want {
			t.Errorf("%q, want %q", got, row.want)
		}
	}
	if got, want := ansi.Strip(c.Header(testThemes[0])), "   Vaqt          Summa  Mijoz       Raqam   "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRowProperties(t *testing.T) {
	t.Parallel()
	columns := rapid.Custom(func(t *rapid.T) Column {
		return Column{
			Title: line().Draw(t, "title"),
			Min:   rapid.IntRange(0, 20).Draw(t, "min"), Max: rapid.IntRange(0, 40).Draw(t, "max"),
			Grow: rapid.IntRange(0, 3).Draw(t, "grow"), Keep: rapid.IntRange(0, 4).Draw(t, "keep"),
			Right: rapid.Bool().Draw(t, "right"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		cols := rapid.SliceOfN(columns, 0, 6).Draw(t, "columns")
		w := rapid.IntRange(0, 120).Draw(t, "w")
		c := LayOut(cols, w)
		mustBe(t, c.Row(rapid.SliceOfN(line(), 0, 7).Draw(t, "cells")), w)
		mustBe(t, c.Header(testThemes[0]), w)
		shown := 0
		for i := range cols {
			if c.Shown(i) {
				shown++
			}
		}
		for i, col := range cols {
			switch n := c.WidthOf(i); {
			case n > 0 && n < col.least() && shown > 1:
				t.Fatalf("column %d has %d cells and needs %d", i, n, col.least())
			case n > max(col.least(), col.Max) && col.Max >= col.least():
				t.Fatalf("column %d has %d cells and wants no more than %d", i, n, col.Max)
			case n == 0:
				for j, other := range cols {
					if c.Shown(j) && other.Keep < col.Keep {
						t.Fatalf("column %d was dropped before %d", i, j)
					}
				}
			}
		}
	})
}

package look

// Theme is how everything on the console looks, by meaning. No meaning is told
// by colour alone: a sign or a word stands beside it.
type Theme struct {
	Dark  bool // the terminal's background is dark
	Plain bool // no colours, attributes only
	ASCII bool // no character outside ASCII is drawn

	Text     Style // what is read: the terminal's own colour
	Faint    Style // what can be passed over: labels, headings of columns, times long ago
	Strong   Style // what is looked for: sums, the number of an invoice
	Title    Style // the name of a screen or box
	Good     Style // money came, all is well
	Warn     Style // needs a look: being paid now, soon expired, test mode
	Bad      Style // failed, refused, taken back; what can't be undone
	Accent   Style // what is the shop's own or can be acted on: links, the active tab
	Selected Style // the row that keys act on
	Key      Style // a key to press, in hints
	Rule     Style // lines and borders
	Bar      Style // a bar of a chart
	BarNow   Style // the bar of now
	Fresh    Style // what has come since it was last looked at
	Input    Style // text being typed
	Hint     Style // what could be typed; what to do next

	Signs Signs
}

// Options say what a terminal can show. The zero value is a dark one with
// colours and Unicode.
type Options struct {
	Light   bool // the background is light
	NoColor bool // colours are not wanted, or there are none
	ASCII   bool // characters outside ASCII are not wanted
}

// NewTheme is the theme for a terminal.
func NewTheme(o Options) Theme {
	t := Theme{Dark: !o.Light, Plain: o.NoColor, ASCII: o.ASCII, Signs: signs}
	if o.ASCII {
		t.Signs = asciiSigns
	}
	switch {
	case o.NoColor:
		t.paintPlain()
	case o.Light:
		t.paint(lightPalette)
	default:
		t.paint(darkPalette)
	}
	return t
}

// palette holds colours as 0xRRGGBB. All inks are legible on the terminal's
// background and on the selection's, with a contrast of 4.5 to 1 or more.
type palette struct {
	grey, green, amber, red, violet uint32
	rule                            uint32 // of lines, which needn't be read
	text, selection                 uint32 // of the selected row
}

var (
	darkPalette = palette{
		grey: 0xB0B4BC, green: 0x7EDC9A, amber: 0xF0C66E, red: 0xFF9A90, violet: 0xC3AEFF,
		rule: 0x6B6F78, text: 0xFFFFFF, selection: 0x453B82,
	}
	lightPalette = palette{
		grey: 0x50555E, green: 0x0B5E2B, amber: 0x6E4700, red: 0x9C1B14, violet: 0x5626B8,
		rule: 0x8A8F98, text: 0x1A1A1A, selection: 0xDCD2FF,
	}
)

func (t *Theme) paint(p palette) {
	t.Faint = ink(p.grey)
	t.Strong = Style{}.plus(bold)
	t.Title = ink(p.violet).plus(bold)
	t.Good = ink(p.green)
	t.Warn = ink(p.amber)
	t.Bad = ink(p.red)
	t.Accent = ink(p.violet)
	t.Selected = ink(p.text).over(p.selection).plus(bold)
	t.Key = ink(p.violet).plus(bold)
	t.Rule = ink(p.rule)
	t.Bar = ink(p.violet)
	t.BarNow = ink(p.green).plus(bold)
	t.Fresh = ink(p.green).plus(bold)
	t.Input = Style{}.plus(underline)
	t.Hint = ink(p.grey)
}

func (t *Theme) paintPlain() {
	t.Faint = Style{}.plus(faint)
	t.Strong = Style{}.plus(bold)
	t.Title = Style{}.plus(bold)
	t.Good = Style{}
	t.Warn = Style{}.plus(bold)
	t.Bad = Style{}.plus(bold, underline)
	t.Accent = Style{}.plus(underline)
	t.Selected = Style{}.plus(reverse)
	t.Key = Style{}.plus(bold)
	t.Rule = Style{}.plus(faint)
	t.Bar = Style{}
	t.BarNow = Style{}.plus(bold)
	t.Fresh = Style{}.plus(bold)
	t.Input = Style{}.plus(underline)
	t.Hint = Style{}.plus(faint)
}

package look

import "strings"

// ASCII is a frame with the typographic characters that the console writes
// itself put as ASCII, each in the same number of cells. Letters of names and
// notes stay as they are.
func ASCII(frame string) string { return toASCII.Replace(frame) }

var toASCII = strings.NewReplacer(
	"\u00A0", " ", "\u202F", " ",
	"‘", "'", "’", "'", "ʻ", "'", "ʼ", "'",
	"“", `"`, "”", `"`, "«", `"`, "»", `"`,
	"–", "-", "—", "-", "−", "-",
	"…", "~", "·", "|", "×", "x", "№", "#", "→", ">", "←", "<",
)

// Package look owns how the console looks: the colours and signs and what each
// of them means, text measured and fitted in cells of a terminal, columns,
// large letters, bars and boxes. All of it is pure functions from values to
// strings, one line a string, so that screens can be drawn and tested without
// a terminal.
//
// Widths are in cells, and text may hold painted parts anywhere. Text is
// measured by grapheme clusters, as Bubble Tea does where a terminal can.
// What comes from outside goes through Foreign first.
//
// The package may import internal/clean and the measuring of text from
// github.com/charmbracelet/x/ansi. It knows nothing of Bubble Tea, of keys, of
// languages or of the ledger.
package look

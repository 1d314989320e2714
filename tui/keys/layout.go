package keys

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The letters of a Latin keyboard and, key for key, of the Russian one, which
// the Uzbek Cyrillic layout shares.
const (
	latinKeys    = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
	cyrillicKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
)

var twins = func() map[rune]rune {
	m := make(map[rune]rune)
	cyrillic := []rune(cyrillicKeys)
	for i, r := range []rune(latinKeys) {
		m[r] = cyrillic[i]
	}
	return m
}()

// Twin is what the same key sends on a Cyrillic layout, so that й is q; empty
// where there is no other. Modifiers stay: ctrl+q is ctrl+й.
func Twin(key string) string {
	cut := strings.LastIndexByte(key, '+') + 1
	if cut == len(key) { // the key is + itself
		return ""
	}
	r, size := utf8.DecodeRuneInString(key[cut:])
	twin, ok := twins[r]
	if !ok || cut+size != len(key) {
		return ""
	}
	return key[:cut] + string(twin)
}

var shownKeys = map[string]string{
	"up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "esc": "Esc", "tab": "Tab",
	"shift+tab": "Shift+Tab", "pgup": "PgUp", "pgdown": "PgDn", "home": "Home", "end": "End", "space": "Space",
	"backspace": "Backspace", "delete": "Del",
}

// Show is a key as people read it on the keyboard.
func Show(key string) string {
	if shown, ok := shownKeys[key]; ok {
		return shown
	}
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok {
		return "Ctrl+" + strings.ToUpper(rest)
	}
	if len(key) > 1 && key[0] == 'f' && unicode.IsDigit(rune(key[1])) {
		return strings.ToUpper(key)
	}
	return key
}

package keys

import (
	"strings"

	"tushum/internal/lang"
)

// Markdown is the whole key table for a manual, in English.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| where | key | on a Cyrillic layout | does |\n|---|---|---|---|\n")
	for _, scope := range Scopes() {
		where := Titles[scope].In(lang.EN)
		for _, binding := range In(scope) {
			if len(binding.Keys) == 0 {
				continue
			}
			b.WriteString("| " + where + " | " + codes(binding.Keys, Show) + " | " + codes(binding.Keys, shownTwin) + " | " + binding.Name.In(lang.EN) + " |\n")
			where = ""
		}
	}
	return b.String()
}

// shownTwin is the key on a Cyrillic layout; empty where it is the same one.
func shownTwin(key string) string { return Show(Twin(key)) }

func codes(names []string, show func(string) string) string {
	var all []string
	for _, name := range names {
		if shown := show(name); shown != "" {
			all = append(all, "`"+strings.ReplaceAll(shown, "|", `\|`)+"`")
		}
	}
	return strings.Join(all, " ")
}

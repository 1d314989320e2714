package config

import (
	"slices"
	"strings"

	"tushum/internal/lang"
)

var (
	hintPath = lang.Text{
		UZ: "/uzum kabi yozing: qiya chiziq, keyin harflar, raqamlar, - _ va .",
		RU: "напишите как /uzum: косая черта, затем латинские буквы, цифры, - _ и .",
		EN: "write it as /uzum: a slash, then letters, digits, - _ and .",
	}
	sayPathStart = fault{
		says: lang.Text{UZ: "%s qiya chiziq bilan boshlanmaydi", RU: "%s не начинается с косой черты", EN: "%s does not begin with a slash"},
		hint: hintPath,
	}
	sayPathPlain = fault{
		says: lang.Text{UZ: "%s oddiy yo‘l emas", RU: "%s — не простой путь", EN: "%s is not a plain path"},
		hint: hintPath,
	}
	sayPathLong = fault{
		says: lang.Text{UZ: "yo‘l %d belgidan uzun", RU: "путь длиннее %d символов", EN: "the path is longer than %d characters"},
		hint: hintPath,
	}
	sayPathOwn = fault{
		says: lang.Text{UZ: "/%s ni dasturning o‘zi ishlatadi", RU: "/%s занят самой программой", EN: "/%s is used by the program itself"},
		hint: lang.Text{UZ: "boshqa nom oling, masalan /uzum", RU: "возьмите другое имя, например /uzum", EN: "take another name, such as /uzum"},
	}
	sayDealPath = fault{
		says: lang.Text{
			UZ: "%s — {id} bir marta uchraydigan yo‘l emas",
			RU: "%s — не путь, в котором {id} стоит один раз",
			EN: "%s is not a path with {id} in it once",
		},
		hint: lang.Text{
			UZ: "odatdagisi — /deals/{id}/credentials",
			RU: "по умолчанию — /deals/{id}/credentials",
			EN: "the default is /deals/{id}/credentials",
		},
	}
)

// isOwnPath tells the first parts of the paths that the program serves itself.
func isOwnPath(first string) bool {
	return slices.Contains([]string{"pay", "healthz", "readyz", "metrics"}, first) ||
		slices.ContainsFunc(systems(), func(of known) bool { return of.callback && first == string(of.name) })
}

// webhookPath is what the bank's five paths begin with.
func webhookPath(text string) (string, error) {
	rest, found := strings.CutPrefix(text, "/")
	if !found {
		return "", sayPathStart.about(shown(text))
	}
	if len(text) > maxLine {
		return "", sayPathLong.about(maxLine)
	}
	parts := strings.Split(rest, "/")
	for _, part := range parts {
		if part == "" || part == "." || part == ".." || strings.ContainsFunc(part, func(r rune) bool { return notInName(r) && r != '.' }) {
			return "", sayPathPlain.about(shown(text))
		}
	}
	if isOwnPath(parts[0]) {
		return "", sayPathOwn.about(parts[0])
	}
	return text, nil
}

// dealPath is a path at the vendor's API with a place for the deal's id.
func dealPath(text string) (string, error) {
	const place = "{id}"
	rest := strings.Replace(text, place, "id", 1)
	bad := func(r rune) bool { return notInName(r) && r != '/' && r != '.' }
	if !strings.HasPrefix(text, "/") || rest == text || strings.ContainsFunc(rest, bad) || strings.Contains(rest, "..") {
		return "", sayDealPath.about(shown(text))
	}
	return text, nil
}

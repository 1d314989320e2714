package paypage

import (
	"net/http"
	"strings"

	"golang.org/x/text/language"

	"tushum/internal/lang"
)

// langParam chooses a language in a page's URL.
const langParam = "lang"

// mostWishes bounds what is read of a browser's languages, in bytes.
const mostWishes = 256

// spoken are the languages of the pages as browsers name them, in the order of
// choices. Who reads Uzbek in Cyrillic letters reads it in Latin ones too.
var (
	spoken  = language.NewMatcher([]language.Tag{language.Uzbek, language.MustParse("uz-Cyrl"), language.Russian, language.English})
	choices = [...]lang.Lang{lang.UZ, lang.UZ, lang.RU, lang.EN}
)

// language is that of the URL, or else the closest to what the browser asks for.
func (h *Handler) language(r *http.Request) lang.Lang {
	if l, err := lang.Parse(r.URL.Query().Get(langParam)); err == nil {
		return l
	}
	return h.wished(r)
}

// wished is the language that the browser gets when the URL has none.
func (h *Handler) wished(r *http.Request) lang.Lang {
	return preferred(r.Header.Get("Accept-Language"), h.settings.Load().Language)
}

func preferred(wishes string, otherwise lang.Lang) lang.Lang {
	if len(wishes) > mostWishes {
		wishes = wishes[:strings.LastIndexByte(wishes[:mostWishes], ',')+1]
	}
	tags, _, err := language.ParseAcceptLanguage(strings.TrimSuffix(wishes, ","))
	if err != nil {
		return otherwise
	}
	_, i, confidence := spoken.Match(tags...)
	if confidence == language.No {
		return otherwise
	}
	return choices[i]
}

package config

import (
	"errors"

	"tushum/internal/lang"
	"tushum/internal/message"
)

func (r *reader) message(s *section, templates map[lang.Lang]message.Template) {
	for _, l := range lang.All {
		template := templates[l]
		read(s, string(l), &template, messageOr(template))
		templates[l] = template
	}
}

// messageOr reads a message; an empty one is that of the program.
func messageOr(own message.Template) func(string) (message.Template, error) {
	return func(text string) (message.Template, error) {
		if text == "" {
			return own, nil
		}
		template, err := message.Parse(text)
		if wrong := new(message.Error); errors.As(err, &wrong) {
			return template, fault{says: wrong.Msg, hint: wrong.Hint}
		}
		return template, err
	}
}

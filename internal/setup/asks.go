package setup

// Asks is the question that a setting is the answer of, by its full key; ok is
// false for settings that nobody is asked for.
func Asks(key string) (id ID, ok bool) {
	for _, f := range fields() {
		if f.key == key {
			return f.id, true
		}
	}
	switch key {
	case credentialsKey, credentialsKey + ".login":
		return UzumLogin, true
	case credentialsKey + ".password_hash":
		return UzumPassword, true
	}
	return "", false
}

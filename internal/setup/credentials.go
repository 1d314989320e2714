package setup

import (
	"slices"

	"tushum/internal/config"
	"tushum/internal/password"
)

const credentialsKey = "uzum.credentials"

// writeCredentials puts a new login and password before those in use. The one
// that was first stays valid beside it, unless that is not wanted: the bank may
// then change over when it likes. The error is a *Wrong about UzumKeepOld where
// that would make three.
func writeCredentials(f *config.File, was, now Answers) error {
	changed := now[UzumLogin] != was[UzumLogin] || now[UzumPassword] != "" || now[PasswordHash] != ""
	if !changed && now[UzumKeepOld] == was[UzumKeepOld] {
		return nil
	}
	tables, err := f.Tables(credentialsKey)
	if err != nil {
		return err
	}
	there := filledIn(tables)
	var first []config.Table
	old := there
	if changed {
		if first, old, err = newest(there, now); err != nil {
			return err
		}
	}
	if old, err = kept(old, now[UzumKeepOld], changed); err != nil || !changed && len(old) == len(there) {
		return err
	}
	return f.SetTables(credentialsKey, slices.Concat(first, old))
}

// newest is the pair that was given, and what is there beside it. One that is
// there already stays as it is, as when a script runs again.
func newest(old []config.Table, now Answers) (first, rest []config.Table, err error) {
	at := slices.IndexFunc(old, func(t config.Table) bool { return holds(t, now) })
	if at >= 0 {
		return old[at : at+1], slices.Delete(slices.Clone(old), at, at+1), nil
	}
	made, err := credential(old, now)
	return []config.Table{made}, old, err
}

// kept are those of the credentials in use that stay valid, beside a new one if
// there is one. None that the bank may use goes unless the answer says so.
func kept(old []config.Table, answer string, anew bool) ([]config.Table, error) {
	switch {
	case answer == No && anew:
		return nil, nil
	case answer == No:
		return old[:min(1, len(old))], nil
	case answer == KeepOlder:
		return old[max(0, len(old)-1):], nil
	case anew && len(old) > 1:
		return nil, refused(UzumKeepOld, sayTwoPairs, hintTwoPairs)
	}
	return old, nil
}

// filledIn leaves out the places of config.example.toml that nobody has filled
// in yet.
func filledIn(tables []config.Table) []config.Table {
	var all []config.Table
	for _, t := range tables {
		if textOf(t, "login") != "" || textOf(t, "password_hash") != "" {
			all = append(all, t)
		}
	}
	return all
}

func textOf(t config.Table, key string) string {
	value, _ := t.Get(key)
	text, _ := value.AsText()
	return text
}

// holds reports whether a credential is the login and the password that were
// given.
func holds(t config.Table, now Answers) bool {
	if textOf(t, "login") != now[UzumLogin] {
		return false
	}
	if now[UzumPassword] == "" {
		return now[PasswordHash] != "" && now[PasswordHash] == textOf(t, "password_hash")
	}
	verifier, err := password.Parse(textOf(t, "password_hash"))
	return err == nil && verifier.Verify([]byte(now[UzumPassword]))
}

// credential is what was given, with the password in use where only the login
// is new.
func credential(old []config.Table, now Answers) (config.Table, error) {
	hash := now[PasswordHash]
	if hash == "" && len(old) > 0 {
		hash = textOf(old[0], "password_hash")
	}
	if now[UzumPassword] != "" {
		var err error
		if hash, err = hashed(now[UzumPassword]); err != nil {
			return nil, err
		}
	}
	return config.Table{{Key: "login", Value: config.Text(now[UzumLogin])}, {Key: "password_hash", Value: config.Text(hash)}}, nil
}

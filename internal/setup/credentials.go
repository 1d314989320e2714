package setup

import (
	"tushum/internal/config"
	"tushum/internal/password"
)

const credentialsKey = "uzum.credentials"

// writeCredentials puts a new login and password before those in use. The one
// that was first stays valid beside it, unless that is not wanted: the bank may
// then change over when it likes.
func writeCredentials(f *config.File, was, now Answers) error {
	changed := now[UzumLogin] != was[UzumLogin] || now[UzumPassword] != "" || now[PasswordHash] != ""
	alone := now[UzumKeepOld] == No && was[UzumKeepOld] != No
	if !changed && !alone {
		return nil
	}
	old, err := f.Tables(credentialsKey)
	if err != nil {
		return err
	}
	old = filledIn(old)
	changed = changed && !inUse(old, now)
	if !changed && (!alone || len(old) < 2) {
		return nil
	}
	if changed {
		made, err := credential(old, now)
		if err != nil {
			return err
		}
		old = append([]config.Table{made}, old...)
	}
	keep := 2 // valid at once
	if alone {
		keep = 1
	}
	return f.SetTables(credentialsKey, old[:min(keep, len(old))])
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

// inUse reports whether login and password are those in use already, as when a
// script runs again.
func inUse(old []config.Table, now Answers) bool {
	if len(old) == 0 || textOf(old[0], "login") != now[UzumLogin] || now[UzumPassword] == "" {
		return false
	}
	verifier, err := password.Parse(textOf(old[0], "password_hash"))
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

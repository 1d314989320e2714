package setup

import (
	"tushum/internal/config"
)

// Write puts answers that have passed their checks into the settings. It sets
// only what differs from what was there before, and what now lacks it leaves
// alone. A password becomes the hash of it. The file is not saved yet, and
// whether its settings make sense as a whole is for File.Config to say.
func Write(f *config.File, was, now Answers) error {
	now = settled(was, now)
	for _, field := range fields() {
		if now[field.id] == was[field.id] {
			continue
		}
		if err := f.Set(field.key, field.value(now[field.id])); err != nil {
			return err
		}
	}
	if now[HTTPS] == ByProxy && elsewhere(now[TrustedProxies]) && exposed(now) != nil {
		// HTTPS is on another machine, and that one has to reach this.
		if err := f.Set("listener.plain_http", config.Flag(true)); err != nil {
			return err
		}
	}
	if err := writeCredentials(f, was, now); err != nil {
		return err
	}
	if err := writeTariffs(f, was, now); err != nil {
		return err
	}
	return writeEnabled(f, was, now)
}

// writeEnabled opens the five paths of a shop that is being connected, should
// its settings have closed them, unless the same answers close them.
func writeEnabled(f *config.File, was, now Answers) error {
	if lacksBank(was) == lacksBank(now) || now[UzumEnabled] == No && was[UzumEnabled] != No {
		return nil
	}
	cfg, err := f.Config()
	if err != nil || cfg.Uzum.Enabled {
		return nil //nolint:nilerr // what is wrong with the settings is told when they are saved
	}
	return f.Set("uzum.enabled", config.Flag(true))
}

// lacksBank reports whether one of the three that connect the bank is missing.
func lacksBank(a Answers) bool { return len(missingBank(a)) > 0 }

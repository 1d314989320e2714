package config

import (
	"path/filepath"
	"runtime"
)

// Variable is the environment variable that names the settings file.
const Variable = "TUSHUM_CONFIG"

const (
	appFolder = "tushum"
	fileName  = "config.toml"
	storeName = "tushum.db"
)

// Find says which file the settings are to be read from: the one the flag
// names, else the one TUSHUM_CONFIG names, else tushum/config.toml in the
// user's folder of settings ($XDG_CONFIG_HOME, or what the system has for it).
// It is empty where there is no such folder. Whether the file is there is for
// Load to say.
func Find(flag string, getenv func(string) string) (path string) {
	if flag != "" {
		return flag
	}
	if path := getenv(Variable); path != "" {
		return path
	}
	return inFolder(settingsFolder(runtime.GOOS, getenv), fileName)
}

// DefaultStore is the ledger's file where store.path is empty: tushum/tushum.db
// in the user's folder of data. It is empty where there is no such folder.
func DefaultStore(getenv func(string) string) (path string) {
	return inFolder(dataFolder(runtime.GOOS, getenv), storeName)
}

func inFolder(folder, name string) string {
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, appFolder, name)
}

func settingsFolder(system string, getenv func(string) string) string {
	return folder(getenv("XDG_CONFIG_HOME"), system, getenv, map[string]string{
		"windows": getenv("AppData"),
		"darwin":  "Library/Application Support",
		"":        ".config",
	})
}

func dataFolder(system string, getenv func(string) string) string {
	return folder(getenv("XDG_DATA_HOME"), system, getenv, map[string]string{
		"windows": getenv("LocalAppData"),
		"darwin":  "Library/Application Support",
		"":        ".local/share",
	})
}

// folder follows the XDG base directory specification, by which a relative
// path in a variable is to be ignored, and falls back to the system's custom.
func folder(xdg, system string, getenv func(string) string, custom map[string]string) string {
	if filepath.IsAbs(xdg) {
		return xdg
	}
	below, known := custom[system]
	if !known {
		below = custom[""]
	}
	if system == "windows" {
		return below
	}
	home := getenv("HOME")
	if home == "" {
		return ""
	}
	return filepath.Join(home, filepath.FromSlash(below))
}

// Package tushum holds what the program carries of its own repository. The
// program itself is cmd/tushum.
package tushum

import _ "embed"

// ConfigExample is config.example.toml: the settings with their comments, from
// which the first settings file of a shop is written.
//
//go:embed config.example.toml
var ConfigExample []byte

//go:build system

// Package browsertest opens pages in a real Chromium without a window, for tests
// that carry the build tag system. A test fails by itself on whatever its browser
// complains of: a message in the console, an exception, a breach of the page's
// Content-Security-Policy, a request to another host or for more than the page
// is allowed.
//
// It imports nothing of ours. No part of the program imports it.
package browsertest

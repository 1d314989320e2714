// Package keys owns the bindings of the console as data: which key does what,
// where, and what it is called in the three languages. The footer, the help
// table, the command palette and the table in README.md all come from here.
// It imports internal/lang only.
package keys

// Package tui owns the console: what staff see and press all day. One Bubble
// Tea model holds a stack of screens, one file each; bindings, looks and lists
// are rooms of their own below it.
//
// It reads and changes the ledger through the interfaces of package store and
// decides nothing itself: whether something may be done is asked of the
// ledger. Nothing is read or written inside Update; that happens in commands.
// The package may import store, qr and internal, and only it may import Bubble
// Tea and its companions.
package tui

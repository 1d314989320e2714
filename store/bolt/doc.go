// Package bolt keeps the shop's ledger in one bbolt file.
//
// Records lie under sequence numbers in the order in which they came, so that
// new ones share pages; what is random (transId, token) stands only in thin
// indexes. One writer takes every request that waits, runs each in turn inside
// one bbolt transaction, commits once and then answers all (writer.go). What a
// decision of package store writes is put in apply.go; how a record looks on
// disk is in record.go and schema.go; verify.go recomputes all of it.
//
// The package decides nothing about money: it looks values up, asks the rules
// of package store, and keeps what they say. It imports store and bbolt, and is
// the only package that imports bbolt.
package bolt

// Package bolttest serves benchmarks of the ledger: it fills a store with
// payments as fast as it can, and measures the disk that a figure is held
// against. It may import store/bolt; no part of the program imports it.
package bolttest

package main

import (
	"testing"

	"tushum/internal/config"
	"tushum/internal/system/systemtest"
)

// Whatever is in the table keeps what the seam promises.
func TestEverySystemOfTheTableKeepsItsPromises(t *testing.T) { //nolint:paralleltest // another test adds to the table for a while
	for _, maker := range makers {
		t.Run(string(maker(config.Default()).Profile().System), func(t *testing.T) { //nolint:paralleltest // the same
			systemtest.System(t, maker)
		})
	}
}

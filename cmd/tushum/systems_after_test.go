package main

import (
	"testing"

	"tushum/internal/config"
	"tushum/internal/system/oneclick"
)

// Saving settings that say nothing new about a payment system does not end what goes on
// with its vendor.
func TestSettingsThatLeaveASystemAloneKeepIt(t *testing.T) {
	t.Parallel()
	cfg := config.Default()
	former := systemsOf(cfg)
	cfg.Shop.Name = "Boshqa nom"
	kept := systemsAfter(former, cfg)
	if kept.Of(oneclick.Name) != former.Of(oneclick.Name) {
		t.Error("another name of the shop made another account")
	}
	cfg.OneClick.CallsPerSecond++
	changed := systemsAfter(kept, cfg)
	if changed.Of(oneclick.Name) == kept.Of(oneclick.Name) {
		t.Error("another pace made no other account")
	}
	if len(changed) != len(former) {
		t.Errorf("there are %d systems", len(changed))
	}
}

// Package webhooktest serves tests and benchmarks of the webhooks, as httptest
// serves those of HTTP. It owns a ledger that lives in memory under the same
// rules as the real one, a shop whose listener is called over real connections,
// and a load of create and confirm: the same load on both ledgers shows what
// keeping them costs.
//
// It may import webhook and what that may import. No part of the program
// imports it.
package webhooktest

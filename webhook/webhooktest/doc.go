// Package webhooktest serves tests and benchmarks of the webhooks, as httptest
// serves those of HTTP. It owns a ledger in memory that fails when it is told to,
// a shop whose listener is called over real connections, and a load of create and
// confirm: the same load on this ledger and on the real one shows what keeping it
// costs.
//
// It may import webhook and what that may import. No part of the program
// imports it.
package webhooktest

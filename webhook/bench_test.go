package webhook_test

import (
	"fmt"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/webhooktest"
)

// BenchmarkCreateConfirmMemory is N of docs/performance.md: the whole listener
// answering from memory, over real connections.
func BenchmarkCreateConfirmMemory(b *testing.B) {
	for _, connections := range []int{1, 64} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			bank := webhooktest.NewMemory(webhooktest.Rules(), time.Now)
			bank.ForgetCalls()
			counter := bank.Issue(store.Draft{Kind: store.Counter, By: "test"})
			shop := webhooktest.Start(b, webhooktest.Options{Bank: bank, Now: time.Now, Quiet: true})
			b.ReportAllocs()
			webhooktest.Load{
				Address: shop.Address(), Connections: connections, Amount: 5000 * money.Som,
				Number:  func(int) store.Number { return counter.Number },
				TransID: webhooktest.TransIDs(),
			}.CreateConfirm(b)
		})
	}
}

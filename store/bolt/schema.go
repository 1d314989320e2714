package bolt

import (
	"encoding/binary"

	"github.com/google/uuid"
	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// schemaVersion is what this program writes. A file with a higher one is
// refused; one with a lower one is brought up by migrations.
const schemaVersion = 1

// migrations[v] brings a file from schema v to v+1 inside one transaction.
var migrations = map[uint64]func(*bolt.Tx) error{}

// The buckets and their keys. Integers in keys are big-endian.
var (
	bucketMeta = []byte("meta") // name → value

	bucketInvoices      = []byte("invoice")        // number 4 → record
	bucketTokens        = []byte("invoice.token")  // token 16 → number 4
	bucketInvoiceStatus = []byte("invoice.status") // status 1, number 4
	bucketInvoiceExpiry = []byte("invoice.expiry") // expires 8, number 4: open ones only

	bucketCounters = []byte("invoice.counter") // number 4: those of kind Counter

	bucketTransactions = []byte("tx")         // seq 8 → record
	bucketTransIDs     = []byte("tx.id")      // transID key → seq 8
	bucketTxInvoice    = []byte("tx.invoice") // number 4, status 1, seq 8
	bucketTxDay        = []byte("tx.day")     // status 1, day 4, seq 8
	bucketTxRefund     = []byte("tx.refund")  // refund state 1, seq 8: those whose refund was ever requested

	bucketTxUnsettled = []byte("tx.unsettled") // seq 8: money that somebody has to decide about

	bucketDeals       = []byte("deal")         // seq 8 → record
	bucketDealRefs    = []byte("deal.ref")     // ref → seq 8
	bucketDealIDs     = []byte("deal.id")      // system, 0, the system's name for it → seq 8
	bucketDealInvoice = []byte("deal.invoice") // number 4, seq 8
	bucketDealTrouble = []byte("deal.trouble") // seq 8: those in which somebody has to look at something
	bucketDealDue     = []byte("deal.due")     // system, 0, due 8, seq 8: those that are to be asked about
	bucketDealNext    = []byte("deal.next")    // seq 8 → due 8: the same, to be found by the deal

	bucketTotals = []byte("total") // day 4, system, 0, source → record
	bucketEvents = []byte("event") // seq 8 → record

	bucketCalls      = []byte("call")       // seq 8 → record: calls that changed the ledger
	bucketOtherCalls = []byte("call.other") // seq 8 → record: the rest, bounded
	bucketTxCalls    = []byte("call.tx")    // transaction's seq 8, call's seq 8
)

func allBuckets() [][]byte { return append(firstBuckets(), laterBuckets()...) }

// laterBuckets came after the first stores were made, without a schema of their
// own: a store that lacks one gets it when it is opened.
func laterBuckets() [][]byte {
	return [][]byte{
		bucketTxRefund, bucketCounters, bucketTxUnsettled,
		bucketDeals, bucketDealRefs, bucketDealIDs, bucketDealInvoice, bucketDealDue, bucketDealNext, bucketDealTrouble,
	}
}

func firstBuckets() [][]byte {
	return [][]byte{
		bucketMeta, bucketInvoices, bucketTokens, bucketInvoiceStatus, bucketInvoiceExpiry,
		bucketTransactions, bucketTransIDs, bucketTxInvoice, bucketTxDay,
		bucketTotals, bucketEvents, bucketCalls, bucketOtherCalls, bucketTxCalls,
	}
}

// The names in bucketMeta.
var (
	metaApp    = []byte("app")
	metaSchema = []byte("schema")
	metaBase   = []byte("next_base") // least base of the next invoice number; set by a restore
	metaProbe  = []byte("probe")     // written to see whether a full disk has room again

	appName = []byte("tushum ledger")
)

func u32(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
func u64(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }

func invoiceKey(n store.Number) []byte { return u32(uint32(n)) }

func invoiceStatusKey(s store.InvoiceStatus, n store.Number) []byte {
	return binary.BigEndian.AppendUint32([]byte{byte(s)}, uint32(n))
}

func invoiceExpiryKey(at store.Instant, n store.Number) []byte {
	return binary.BigEndian.AppendUint32(u64(uint64(at)), uint32(n))
}

func txInvoicePrefix(n store.Number, s store.TransactionStatus) []byte {
	return append(binary.BigEndian.AppendUint32(make([]byte, 0, 13), uint32(n)), byte(s))
}

func txInvoiceKey(t store.Transaction) []byte {
	return binary.BigEndian.AppendUint64(txInvoicePrefix(t.Number, t.Status), t.Seq)
}

func txDayKey(t store.Transaction) []byte {
	k := append(make([]byte, 0, 13), byte(t.Status))
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(k, uint32(t.Day)), t.Seq)
}

func txRefundKey(t store.Transaction) []byte {
	return binary.BigEndian.AppendUint64([]byte{byte(store.RefundStateOf(t))}, t.Seq)
}

func txCallKey(tx, call uint64) []byte {
	return binary.BigEndian.AppendUint64(u64(tx), call)
}

func dealIDKey(system store.System, id string) []byte {
	return append(append([]byte(system), 0), id...)
}

func dealInvoiceKey(d store.Deal) []byte {
	return binary.BigEndian.AppendUint64(u32(uint32(d.Number)), d.Seq)
}

func dealDuePrefix(system store.System) []byte { return append([]byte(system), 0) }

func dealDueKey(system store.System, at store.Instant, seq uint64) []byte {
	k := binary.BigEndian.AppendUint64(dealDuePrefix(system), uint64(at))
	return binary.BigEndian.AppendUint64(k, seq)
}

func totalKey(k store.TotalKey) []byte {
	b := append(u32(uint32(k.Day)), k.System...)
	return append(append(b, 0), k.Source...)
}

// Spellings of a transId in its index. The first byte keeps them apart.
const (
	idPlain = 0 // the text itself, for an id that is no UUID
	idUUID  = 1 // the UUID's bytes
	idTimed = 2 // a version 1 UUID's bytes in the order of time
)

// transIDKey is the index key of a transId. The bank's are UUIDs of version 1,
// whose bytes lead with the fast-moving part of the clock; turned round, keys
// that come one after another lie on one page. Versions 6 and 7 are in time
// order as they are. Letter case does not make two of one UUID.
func transIDKey(system store.System, id string) []byte {
	k := append(append(make([]byte, 0, 32), system...), 0)
	u, err := uuid.Parse(id)
	if err != nil || len(id) != 36 {
		return append(append(k, idPlain), id...)
	}
	if u.Version() != 1 {
		return append(append(k, idUUID), u[:]...)
	}
	k = append(k, idTimed, u[6], u[7], u[4], u[5])
	return append(append(k, u[0:4]...), u[8:]...)
}

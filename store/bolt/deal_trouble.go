package bolt

import (
	"context"
	"encoding/binary"

	"tushum/store"
)

// TroubledDeals implements store.Deals.
func (s *Store) TroubledDeals(ctx context.Context, limit int) (out []store.Deal, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		c := tx.bucket(bucketDealTrouble).Cursor()
		for k, _ := c.First(); k != nil && (limit == 0 || len(out) < limit); k, _ = c.Next() {
			if len(k) != 8 {
				return damaged(bucketDealTrouble, k, "the key has another length")
			}
			d, err := tx.dealAt(binary.BigEndian.Uint64(k))
			if err != nil {
				return err
			}
			if d.Trouble == "" {
				return damaged(bucketDealTrouble, k, "the deal says otherwise")
			}
			out = append(out, d)
		}
		return nil
	})
	return out, err
}

// indexTrouble keeps the index of the deals in which somebody has to look at
// something.
func (w *writeTx) indexTrouble(c *store.DealChange) error {
	was := c.Before != nil && c.Before.Trouble != ""
	switch is := c.After.Trouble != ""; {
	case is && !was:
		return w.put(bucketDealTrouble, u64(c.After.Seq), nil)
	case was && !is:
		return w.del(bucketDealTrouble, u64(c.After.Seq))
	}
	return nil
}

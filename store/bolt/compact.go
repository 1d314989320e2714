package bolt

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// compactStep is how many bytes one transaction of a compaction copies.
const compactStep = 1 << 20

// Compact rewrites the store without its free pages and returns the sizes in
// bytes. Reads go on meanwhile; whatever is to be written waits, also while the
// new file is verified.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	done, err := s.alone(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer done()
	tmp := filepath.Join(filepath.Dir(s.path), unfinishedName(s.path, "compact"))
	defer os.Remove(tmp)
	err = s.exchange(tmp, func() error {
		if before, err = fileSize(s.path); err != nil {
			return err
		}
		if err := compactInto(tmp, s.db, s.o); err != nil {
			return err
		}
		if after, err = fileSize(tmp); err != nil {
			return err
		}
		return s.compareWith(ctx, tmp)
	})
	if err != nil {
		return before, after, doing("compacting the store", err)
	}
	return before, after, nil
}

func compactInto(dst string, from *bolt.DB, o Options) error {
	_ = os.Remove(dst) // of a process with our number that crashed here
	to, err := bolt.Open(dst, 0o600, boltOptions(o))
	if err != nil {
		return err
	}
	to.AllocSize = compactStep // bbolt makes files longer by 16 MiB at a time
	err = guardFile(func() error { return bolt.Compact(to, from, compactStep) })
	return errors.Join(err, to.Sync(), to.Close(), syncFolder(filepath.Dir(dst)))
}

// compareWith verifies the new file and holds its counts against the store's.
func (s *Store) compareWith(ctx context.Context, dst string) error {
	now, err := VerifyFile(ctx, dst, s.o.Checker)
	if err != nil {
		return err
	}
	if len(now.Problems) > 0 {
		return &store.Error{Code: store.Damaged, Detail: now.Problems[0].String()}
	}
	if s.seq.tx != uint64(now.Transactions) || s.seq.event != uint64(now.Events) {
		return &store.Error{Code: store.Damaged, Detail: "the compacted store does not hold what the old one held"}
	}
	return nil
}

func fileSize(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

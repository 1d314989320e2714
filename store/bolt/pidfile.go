package bolt

import (
	"encoding/json"
	"os"
	"time"

	"tushum/store"
)

// pidFile says who holds the store, for the message of whoever finds it locked.
// The lock itself is the file lock on the store.
type pidFile struct {
	PID    int       `json:"pid"`
	Holder string    `json:"holder"`
	Since  time.Time `json:"since"`
}

func pidPath(path string) string { return path + ".pid" }

func writePidFile(path string, o Options) {
	b, err := json.Marshal(pidFile{PID: os.Getpid(), Holder: o.Holder, Since: o.Now().UTC()})
	if err == nil {
		err = os.WriteFile(pidPath(path), b, 0o600)
	}
	if err != nil { // only a nicer message is lost
		o.Log.Warn("can't write who holds the store", "err", err)
	}
}

func removePidFile(path string) { _ = os.Remove(pidPath(path)) }

// holderOf is the process that holds the store, as far as it is known.
func holderOf(path string) store.Holder {
	var p pidFile
	b, err := os.ReadFile(pidPath(path))
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if err != nil || p.PID == 0 {
		return store.Holder{Path: path}
	}
	return store.Holder{Path: path, Name: p.Holder, PID: p.PID, Since: store.At(p.Since)}
}

package config

// SystemCourier is the name of a payment system that only a test knows.
const SystemCourier System = "courier"

// Courier is the connection to it.
type Courier struct {
	Door string // where it waits; empty: it is not connected
}

func (r *reader) courier(s *section, c *Courier) { read(s, "door", &c.Door, oneLine) }

package store_test

import "time"

// Waits for what comes by Postgres's clock.
const (
	timeout = 10 * time.Second
	tick    = 50 * time.Millisecond
)

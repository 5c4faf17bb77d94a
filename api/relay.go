package api

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"kedai/models/store"
)

const (
	relayEvery      = 500 * time.Millisecond
	relayPerAccount = 20
	relayAtOnce     = 200
)

// relay rings for chats whose doorbell was lost, whose deadline passed or whose
// turn died. Any number of processes may run one: each takes other chats.
type relay struct {
	overdue func(ctx context.Context, perAccount, limit int) ([]store.Bell, error)
	ringer  Ringer
	log     *slog.Logger
	every   time.Duration
}

func (r *relay) run(ctx context.Context) {
	failing := false
	for pause(ctx, jitter(r.every)) {
		bells, err := r.overdue(ctx, relayPerAccount, relayAtOnce)
		if failed := err != nil; failed != failing && ctx.Err() == nil {
			failing = failed
			if failed {
				r.log.Warn("the relay can't read what is overdue", "error", err.Error())
			} else {
				r.log.Info("the relay reads again")
			}
		}
		for _, b := range bells {
			r.ringer.Ring(b)
		}
	}
}

// jitter spreads several processes' polls.
func jitter(d time.Duration) time.Duration {
	return d/2 + rand.N(d)
}

// pause returns false where ctx ended instead.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

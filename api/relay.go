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
	reading := &health{log: r.log, fails: "the relay can't read what is overdue", works: "the relay reads again"}
	for pause(ctx, jitter(r.every)) {
		bells, err := r.overdue(ctx, relayPerAccount, relayAtOnce)
		reading.note(ctx, err)
		for _, b := range bells {
			r.ringer.Ring(b)
		}
	}
}

// health tells when work begins to fail and when it goes well again, each once.
type health struct {
	log          *slog.Logger
	fails, works string
	failing      bool
}

func (h *health) note(ctx context.Context, err error) {
	failed := err != nil
	if failed == h.failing || ctx.Err() != nil {
		return
	}
	h.failing = failed
	if failed {
		h.log.Warn(h.fails, "error", err.Error())
	} else {
		h.log.Info(h.works)
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

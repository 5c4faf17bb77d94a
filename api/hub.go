package api

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"kedai/models"
	"kedai/models/store"
)

// maxStreams bounds the streams of one visitor and of the process.
const (
	maxVisitorStreams = 10
	maxStreams        = 5_000
)

// visitor is who a stream is for: the identity of a chat, which may not be
// there yet.
type visitor struct{ inbox, id uuid.UUID }

// hub wakes the streams of a chat when something of it changes. A wake carries
// nothing: the stream reads Postgres from its cursor.
type hub struct {
	mu        sync.Mutex
	byChat    map[uuid.UUID]map[*subscription]struct{}
	byVisitor map[visitor]map[*subscription]struct{}
	count     int
}

// subscription is one stream's place in the hub.
type subscription struct {
	hub  *hub
	of   visitor
	chat uuid.UUID // Nil until the visitor's first message.
	wake chan struct{}
}

func newHub() *hub {
	return &hub{byChat: map[uuid.UUID]map[*subscription]struct{}{}, byVisitor: map[visitor]map[*subscription]struct{}{}}
}

// listen wakes streams by Postgres's notices until ctx ends. After each
// connection all are woken: what was sent meanwhile is gone.
func (h *hub) listen(ctx context.Context, s *store.Store) {
	s.Listen(ctx, h.wakeAll, func(n store.Notice) { h.changed(n.Chat) })
}

// subscribe registers a stream. CodeRateLimited where a visitor has too many,
// CodeUnavailable where the process has.
func (h *hub) subscribe(of visitor) (*subscription, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.byVisitor[of]) >= maxVisitorStreams {
		return nil, models.Errorf(models.CodeRateLimited, "there are %d streams of this visitor; close one first", maxVisitorStreams)
	}
	if h.count >= maxStreams {
		return nil, models.Errorf(models.CodeUnavailable, "too many streams are open; try again later")
	}
	sub := &subscription{hub: h, of: of, wake: make(chan struct{}, 1)}
	put(h.byVisitor, of, sub)
	h.count++
	return sub, nil
}

// bind lets notices of a chat wake the stream. It comes before the reading
// that they would else be missed between.
func (sub *subscription) bind(chat uuid.UUID) {
	sub.hub.mu.Lock()
	defer sub.hub.mu.Unlock()
	sub.chat = chat
	put(sub.hub.byChat, chat, sub)
}

func (sub *subscription) close() {
	sub.hub.mu.Lock()
	defer sub.hub.mu.Unlock()
	sub.hub.count--
	drop(sub.hub.byVisitor, sub.of, sub)
	drop(sub.hub.byChat, sub.chat, sub)
}

// changed wakes a chat's streams.
func (h *hub) changed(chat uuid.UUID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for sub := range h.byChat[chat] {
		sub.rouse()
	}
}

// arrived wakes a visitor's streams that know no chat yet; for the others a
// notice is on its way.
func (h *hub) arrived(of visitor) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for sub := range h.byVisitor[of] {
		if sub.chatless() {
			sub.rouse()
		}
	}
}

func (h *hub) wakeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, subs := range h.byVisitor {
		for sub := range subs {
			sub.rouse()
		}
	}
}

func (sub *subscription) rouse() {
	select {
	case sub.wake <- struct{}{}:
	default:
	}
}

func put[K comparable](m map[K]map[*subscription]struct{}, key K, sub *subscription) {
	if m[key] == nil {
		m[key] = map[*subscription]struct{}{}
	}
	m[key][sub] = struct{}{}
}

func drop[K comparable](m map[K]map[*subscription]struct{}, key K, sub *subscription) {
	delete(m[key], sub)
	if len(m[key]) == 0 {
		delete(m, key)
	}
}

// chatless reports whether the visitor had no chat when last looked.
func (sub *subscription) chatless() bool { return sub.chat == uuid.Nil }

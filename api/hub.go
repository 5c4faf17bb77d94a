package api

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"kedai/models"
	"kedai/models/store"
)

// The most streams of one visitor and of the process; Limits has that of one
// address.
const (
	maxVisitorStreams = 10
	maxStreams        = 5_000
)

const (
	maxWhose     = 50_000          // Chats whose visitor is remembered.
	maxUnmapped  = 1_000           // Chats that are asked for at once.
	whoseTimeout = 2 * time.Second // Of the question.
)

// visitor is who a stream is for: the identity of a chat, which may not be
// there yet.
type visitor struct{ inbox, id uuid.UUID }

// hub wakes the streams of a chat when something of it changes. A wake carries
// nothing: the stream reads Postgres from its cursor.
type hub struct {
	mu         sync.Mutex
	byChat     map[uuid.UUID]map[*subscription]struct{}
	byVisitor  map[visitor]map[*subscription]struct{}
	newcomers  map[uuid.UUID]map[*subscription]struct{} // Streams without a chat yet, by account.
	byAddress  map[string]int
	maxAddress int // Negative: no limit.
	count      int

	// A notice names a chat, and a stream without one knows its visitor only.
	whose    map[uuid.UUID]visitor // Whose a chat is, which never changes.
	unmapped map[uuid.UUID]bool    // Chats of notices that wait to be mapped.
	ask      chan struct{}
}

// subscription is one stream's place in the hub.
type subscription struct {
	hub     *hub
	of      visitor
	account uuid.UUID
	address string
	chat    uuid.UUID // Nil until the visitor's first message.
	wake    chan struct{}
}

func newHub(maxAddress int) *hub {
	return &hub{
		byChat:     map[uuid.UUID]map[*subscription]struct{}{},
		byVisitor:  map[visitor]map[*subscription]struct{}{},
		newcomers:  map[uuid.UUID]map[*subscription]struct{}{},
		byAddress:  map[string]int{},
		maxAddress: maxAddress,
		whose:      map[uuid.UUID]visitor{},
		unmapped:   map[uuid.UUID]bool{},
		ask:        make(chan struct{}, 1),
	}
}

// listen wakes streams by Postgres's notices until ctx ends. After each
// connection all are woken: what was sent meanwhile is gone.
func (h *hub) listen(ctx context.Context, s *store.Store) {
	var both sync.WaitGroup
	both.Go(func() { h.mapChats(ctx, s.System().ChatIdentities) })
	s.Listen(ctx, h.wakeAll, func(n store.Notice) { h.changed(n.Account, n.Chat) })
	both.Wait()
}

// subscribe registers a stream. CodeRateLimited where a visitor or an address
// has too many, CodeUnavailable where the process has.
func (h *hub) subscribe(of visitor, account uuid.UUID, address string) (*subscription, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.byVisitor[of]) >= maxVisitorStreams {
		return nil, models.Errorf(models.CodeRateLimited, "there are %d streams of this visitor; close one first", maxVisitorStreams)
	}
	if h.maxAddress >= 0 && h.byAddress[address] >= h.maxAddress {
		return nil, models.Errorf(models.CodeRateLimited, "there are %d streams of this network address; try again later", h.maxAddress)
	}
	if h.count >= maxStreams {
		return nil, models.Errorf(models.CodeUnavailable, "too many streams are open; try again later")
	}
	sub := &subscription{hub: h, of: of, account: account, address: address, wake: make(chan struct{}, 1)}
	put(h.byVisitor, of, sub)
	put(h.newcomers, account, sub)
	h.byAddress[address]++
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
	drop(sub.hub.newcomers, sub.account, sub)
	sub.hub.remember(chat, sub.of)
}

func (sub *subscription) close() {
	h := sub.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	h.count--
	if h.byAddress[sub.address]--; h.byAddress[sub.address] == 0 {
		delete(h.byAddress, sub.address)
	}
	drop(h.byVisitor, sub.of, sub)
	drop(h.byChat, sub.chat, sub)
	drop(h.newcomers, sub.account, sub)
}

// changed wakes a chat's streams. A chat that no stream knows may be that of a
// visitor whose first message another process took.
func (h *hub) changed(account, chat uuid.UUID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for sub := range h.byChat[chat] {
		sub.rouse()
	}
	if len(h.newcomers[account]) == 0 {
		return
	}
	if of, known := h.whose[chat]; known {
		h.rouseNewcomers(of)
		return
	}
	if len(h.unmapped) >= maxUnmapped {
		return
	}
	h.unmapped[chat] = true
	select {
	case h.ask <- struct{}{}:
	default:
	}
}

// mapChats finds out whose the chats of notices are, once for each, and wakes
// their visitors' streams. Where Postgres doesn't answer the streams' own polls
// find them.
func (h *hub) mapChats(ctx context.Context, whose func(context.Context, []uuid.UUID) ([]store.ChatIdentity, error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.ask:
		}
		h.mu.Lock()
		chats := slices.Collect(maps.Keys(h.unmapped))
		clear(h.unmapped)
		h.mu.Unlock()
		within, cancel := context.WithTimeout(ctx, whoseTimeout)
		found, err := whose(within, chats)
		cancel()
		if err == nil {
			h.mapped(found)
		}
	}
}

func (h *hub) mapped(chats []store.ChatIdentity) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, chat := range chats {
		of := visitor{inbox: chat.InboxID}
		// Identities of other channels are no visitors, and have no streams.
		of.id, _ = uuid.Parse(chat.Identity)
		h.remember(chat.ID, of)
		h.rouseNewcomers(of)
	}
}

func (h *hub) remember(chat uuid.UUID, of visitor) {
	if len(h.whose) >= maxWhose {
		clear(h.whose)
	}
	h.whose[chat] = of
}

// arrived wakes a visitor's streams that know no chat yet; for the others a
// notice is on its way.
func (h *hub) arrived(of visitor) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rouseNewcomers(of)
}

func (h *hub) rouseNewcomers(of visitor) {
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

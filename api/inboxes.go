package api

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/google/uuid"

	"kedai/models"
	"kedai/models/store"
)

const (
	inboxFor   = 10 * time.Second
	missingFor = 5 * time.Second // An ID that names no inbox.
	maxInboxes = 10_000          // Of each kind.
)

// openInbox is an inbox with what its public endpoints need.
type openInbox struct {
	models.Inbox
	Secret   models.Secret
	Shop     string
	Language models.Language
	until    time.Time
}

// inboxes finds inboxes by their public ID and keeps what it found, or that
// there was nothing, for a few seconds.
type inboxes struct {
	load    func(context.Context, uuid.UUID) (openInbox, error)
	mu      sync.Mutex
	known   map[uuid.UUID]openInbox
	missing map[uuid.UUID]time.Time // Until when.
	changes int                     // Counts forget.
}

func newInboxes(s *store.Store) *inboxes {
	return &inboxes{
		load:  func(ctx context.Context, public uuid.UUID) (openInbox, error) { return loadInbox(ctx, s, public) },
		known: map[uuid.UUID]openInbox{}, missing: map[uuid.UUID]time.Time{},
	}
}

// find returns an inbox. CodeNotFound for an ID that names none.
func (i *inboxes) find(ctx context.Context, public string) (openInbox, error) {
	none := models.Errorf(models.CodeNotFound, "there is no such inbox")
	id, err := uuid.Parse(public)
	if err != nil {
		return openInbox{}, none
	}
	now := time.Now()
	i.mu.Lock()
	found, ok := i.known[id]
	missing := now.Before(i.missing[id])
	changes := i.changes
	i.mu.Unlock()
	switch {
	case missing:
		return openInbox{}, none
	case ok && now.Before(found.until):
		return found, nil
	}
	found, err = i.load(ctx, id)
	i.keep(id, found, err, changes)
	return found, err
}

// keep remembers what a look-up brought, unless something changed meanwhile:
// it may have read what was there before.
func (i *inboxes) keep(id uuid.UUID, found openInbox, err error, changes int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	switch {
	case i.changes != changes:
	case err == nil:
		keepIn(i.known, id, found)
	case models.CodeOf(err) == models.CodeNotFound:
		keepIn(i.missing, id, time.Now().Add(missingFor))
	}
}

func keepIn[V any](m map[uuid.UUID]V, id uuid.UUID, v V) {
	if len(m) >= maxInboxes {
		clear(m)
	}
	m[id] = v
}

func loadInbox(ctx context.Context, s *store.Store, public uuid.UUID) (openInbox, error) {
	inbox, err := s.System().InboxByPublicID(ctx, public)
	if err != nil {
		return openInbox{}, err
	}
	out := openInbox{Inbox: inbox, until: time.Now().Add(inboxFor)}
	if out.Secret, err = s.InboxSecret(ctx, inbox); err != nil {
		return out, err
	}
	settings, err := s.AgentSettings(ctx, inbox.AccountID)
	if err != nil {
		return out, err
	}
	account, err := s.Account(ctx, inbox.AccountID)
	if err != nil {
		return out, err
	}
	out.Language, out.Shop = settings.Language, account.Name
	out.AllowedOrigins = each(inbox.AllowedOrigins, asSentByBrowsers)
	return out, nil
}

// forget makes a change of an account by this process count at once.
func (i *inboxes) forget(account uuid.UUID) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.changes++
	maps.DeleteFunc(i.known, func(_ uuid.UUID, known openInbox) bool { return known.AccountID == account })
}

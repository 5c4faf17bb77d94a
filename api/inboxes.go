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
	maxInboxes = 10_000
)

// openInbox is an inbox with what its public endpoints need.
type openInbox struct {
	models.Inbox
	Secret   models.Secret
	Shop     string
	Language models.Language
	until    time.Time
}

// inboxes finds inboxes by their public ID and keeps them for a few seconds.
type inboxes struct {
	store *store.Store
	mu    sync.Mutex
	known map[uuid.UUID]openInbox
}

func newInboxes(s *store.Store) *inboxes {
	return &inboxes{store: s, known: map[uuid.UUID]openInbox{}}
}

// find returns an inbox. CodeNotFound for an ID that names none.
func (i *inboxes) find(ctx context.Context, public string) (openInbox, error) {
	id, err := uuid.Parse(public)
	if err != nil {
		return openInbox{}, models.Errorf(models.CodeNotFound, "there is no such inbox")
	}
	i.mu.Lock()
	found, ok := i.known[id]
	i.mu.Unlock()
	if ok && time.Now().Before(found.until) {
		return found, nil
	}
	if found, err = i.load(ctx, id); err != nil {
		return found, err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.known) >= maxInboxes {
		clear(i.known)
	}
	i.known[id] = found
	return found, nil
}

func (i *inboxes) load(ctx context.Context, public uuid.UUID) (openInbox, error) {
	inbox, err := i.store.System().InboxByPublicID(ctx, public)
	if err != nil {
		return openInbox{}, err
	}
	out := openInbox{Inbox: inbox, until: time.Now().Add(inboxFor)}
	if out.Secret, err = i.store.InboxSecret(ctx, inbox); err != nil {
		return out, err
	}
	settings, err := i.store.AgentSettings(ctx, inbox.AccountID)
	if err != nil {
		return out, err
	}
	account, err := i.store.Account(ctx, inbox.AccountID)
	if err != nil {
		return out, err
	}
	out.Language, out.Shop = settings.Language, account.Name
	return out, nil
}

// forget makes a change of an account by this process count at once.
func (i *inboxes) forget(account uuid.UUID) {
	i.mu.Lock()
	defer i.mu.Unlock()
	maps.DeleteFunc(i.known, func(_ uuid.UUID, known openInbox) bool { return known.AccountID == account })
}

package activities

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/store"
)

// putProducts writes products into the index. All writes go by this and
// putPassages, which keep account of the version that they are of.
func (a *Ingesting) putProducts(ctx context.Context, account uuid.UUID, l models.Language, products []models.Product) error {
	return a.versioned(ctx, account, func() error { return a.Index.PutProducts(ctx, account, l, products) })
}

func (a *Ingesting) putPassages(ctx context.Context, account uuid.UUID, l models.Language, title string, passages []models.Passage) error {
	return a.versioned(ctx, account, func() error { return a.Index.PutPassages(ctx, account, l, title, passages) })
}

func (a *Ingesting) versioned(ctx context.Context, account uuid.UUID, write func() error) error {
	version := a.Index.Version()
	if err := a.Store.NoteIndexed(ctx, account, version); err != nil {
		return err
	}
	err := write()
	if noted := a.Store.NoteIndexed(ctx, account, version); err == nil {
		err = noted
	}
	return err
}

// rebuild writes an account's index anew, and leaves in it what the rows say
// and nothing else.
func (a *Ingesting) rebuild(ctx context.Context, imp *models.Import) error {
	version := a.Index.Version()
	if err := a.Store.BeginRebuild(ctx, imp.AccountID, version); err != nil {
		return err
	}
	if err := a.reindex(ctx, imp); err != nil {
		return err
	}
	if err := a.Store.EndRebuild(ctx, imp.AccountID, version); err != nil {
		return err
	}
	s := sweeper{store: a.Store, index: a.Index, now: time.Now()}
	_, err := s.sweep(ctx, imp.AccountID)
	return err
}

// Upkeep are the activities that keep indexes in step with the rows.
type Upkeep struct {
	Store *store.Store
	Index retrieval.Index
	Log   *slog.Logger
	Now   func() time.Time // Nil: the clock.
}

// SweepRequest names the account before the one to sweep; none at first.
type SweepRequest struct {
	After uuid.UUID `json:"after,omitzero"`
}

// Swept is which account was swept, and of how many orphans.
type Swept struct {
	Account uuid.UUID `json:"account,omitzero"` // None after the last.
	Orphans int       `json:"orphans"`
}

// SweepNext removes from one account's index what its rows don't have. It may
// be repeated, and heartbeats.
func (a *Upkeep) SweepNext(ctx context.Context, r SweepRequest) (Swept, error) {
	stop := heartbeat(ctx)
	defer stop()
	account, more, err := a.Store.System().AccountAfter(ctx, r.After)
	if err != nil || !more {
		return Swept{}, edge(ctx, a.Log, "SweepNext", err)
	}
	now := time.Now()
	if a.Now != nil {
		now = a.Now()
	}
	s := sweeper{store: a.Store, index: a.Index, now: now}
	orphans, err := s.sweep(ctx, account)
	if orphans > 0 {
		a.Log.InfoContext(ctx, "orphans left an index", "account_id", account, "orphans", orphans)
	}
	if err != nil && ctx.Err() == nil && !retryable[models.CodeOf(err)] {
		// One account's defect mustn't keep the others from being swept.
		a.Log.ErrorContext(ctx, "an index couldn't be swept", "account_id", account, "code", models.CodeOf(err), "error", causeOf(err))
		err = nil
	}
	return Swept{Account: account, Orphans: orphans}, edge(ctx, a.Log, "SweepNext", err)
}

// Renew has the indexes rebuilt that another version wrote. Once there are none
// it removes what earlier versions have left.
func (a *Upkeep) Renew(ctx context.Context) error {
	stop := heartbeat(ctx)
	defer stop()
	return edge(ctx, a.Log, "Renew", a.renew(ctx))
}

func (a *Upkeep) renew(ctx context.Context) error {
	version := a.Index.Version()
	if _, err := a.Store.System().RequestRebuilds(ctx, version); err != nil {
		return err
	}
	outdated, err := a.Store.System().OutdatedIndexes(ctx, version)
	if err != nil || outdated > 0 {
		return err
	}
	return a.Index.DropOld(ctx)
}

const (
	sweepBatch = 500
	// youngOrphan is how long an object may wait for the commit that makes it known.
	youngOrphan = time.Hour
)

// sweeper removes orphans: objects of an index that the rows don't have.
type sweeper struct {
	store *store.Store
	index retrieval.Index
	now   time.Time
}

// sweep returns how many orphans left an account's index. An account that takes
// an upload in just now is left for the next time.
func (s sweeper) sweep(ctx context.Context, account uuid.UUID) (int, error) {
	if busy, err := s.store.Ingesting(ctx, account); err != nil || busy {
		return 0, err
	}
	orphans := 0
	for _, kind := range []models.EvidenceKind{models.EvidenceProduct, models.EvidencePassage} {
		after := uuid.Nil
		for {
			objects, err := s.index.Objects(ctx, account, kind, after, sweepBatch)
			if err != nil {
				return orphans, err
			}
			if len(objects) == 0 {
				break
			}
			after = objects[len(objects)-1].ID
			n, err := s.sweepSome(ctx, account, kind, objects)
			if err != nil {
				return orphans, err
			}
			orphans += n
		}
	}
	return orphans, nil
}

func (s sweeper) sweepSome(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, objects []retrieval.Object) (int, error) {
	var old []uuid.UUID
	for _, object := range objects {
		if s.now.Sub(object.Written) > youngOrphan {
			old = append(old, object.ID)
		}
	}
	known, err := s.known(ctx, account, kind, old)
	if err != nil {
		return 0, err
	}
	there := make(map[uuid.UUID]bool, len(known))
	for _, id := range known {
		there[id] = true
	}
	var orphans []uuid.UUID
	for _, id := range old {
		if !there[id] {
			orphans = append(orphans, id)
		}
	}
	if len(orphans) == 0 {
		return 0, nil
	}
	if err := s.index.Delete(ctx, account, kind, orphans); err != nil {
		return 0, err
	}
	// What came back between the look and the deletion is written again.
	back, err := s.known(ctx, account, kind, orphans)
	if err == nil && len(back) > 0 {
		err = s.store.ReindexAgain(ctx, account)
	}
	return len(orphans), err
}

func (s sweeper) known(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, ids []uuid.UUID) ([]uuid.UUID, error) {
	if kind == models.EvidenceProduct {
		return s.store.KnownProducts(ctx, account, ids)
	}
	return s.store.KnownPassages(ctx, account, ids)
}

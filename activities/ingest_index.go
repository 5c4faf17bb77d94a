package activities

import (
	"context"

	"github.com/google/uuid"

	"kedai/models"
	"kedai/models/failpoint"
)

// Indexed tells how far the passages of a revision are written.
type Indexed struct {
	Ended bool `json:"ended,omitempty"`
	Next  int  `json:"next"`
}

// Taken tells whether an upload took its place.
type Taken struct {
	Ended bool `json:"ended,omitempty"`
}

// How much is done at a time.
const (
	passageBatch  = 100
	tidyRevisions = 50
)

// IndexPassages writes some of a revision's passages into the index. They have
// the same objects each time, so that it may be repeated.
func (a *Ingesting) IndexPassages(ctx context.Context, r RevisionRequest) (Indexed, error) {
	stop := heartbeat(ctx)
	defer stop()
	imp, err := a.Store.ImportStatus(ctx, r.Account, r.Import)
	if err != nil || imp.State != models.ImportPending {
		return Indexed{Ended: true}, edge(ctx, a.Log, "IndexPassages", err)
	}
	out := Indexed{Next: r.From}
	prepared, err := a.Store.PrepareRevision(ctx, imp, r.Revision)
	if err == nil {
		var settings models.AgentSettings
		if settings, err = a.Store.AgentSettings(ctx, r.Account); err == nil {
			out.Next, err = a.writePassages(ctx, r.Account, settings.Language, prepared.Revision, r.From)
		}
	}
	if err != nil && a.gaveUp(ctx, imp, err) {
		return Indexed{Ended: true}, nil
	}
	failpoint.Hit("after-index-passages")
	return out, edge(ctx, a.Log, "IndexPassages", err)
}

// writePassages writes a batch and returns where the next one begins.
func (a *Ingesting) writePassages(ctx context.Context, account uuid.UUID, l models.Language, revision models.Revision, from int) (int, error) {
	passages, err := a.Store.RevisionPassages(ctx, account, revision.ID, from, passageBatch)
	if err != nil || len(passages) == 0 {
		return from, err
	}
	if err := a.putPassages(ctx, account, l, revision.Title, passages); err != nil {
		return from, err
	}
	return passages[len(passages)-1].N + 1, nil
}

// writeRevision writes all of a revision's passages and returns their number.
func (a *Ingesting) writeRevision(ctx context.Context, account uuid.UUID, l models.Language, revision models.Revision) (int, error) {
	for from := 0; ; {
		next, err := a.writePassages(ctx, account, l, revision, from)
		if err != nil || next == from {
			return next, err
		}
		from = next
	}
}

// TakeIn has a revision take its place: what is searched is whole at every
// moment, for its objects are in the index by then.
func (a *Ingesting) TakeIn(ctx context.Context, r RevisionRequest) (Taken, error) {
	imp, err := a.Store.ImportStatus(ctx, r.Account, r.Import)
	if err != nil || imp.State != models.ImportPending {
		return Taken{Ended: imp.State == models.ImportFailed}, edge(ctx, a.Log, "TakeIn", err)
	}
	imp.Done = r.From
	err = a.Store.TakeIn(ctx, imp, r.Revision)
	if err != nil && a.gaveUp(ctx, imp, err) {
		return Taken{Ended: true}, nil
	}
	if err == nil {
		failpoint.Hit("after-take-in")
	}
	return Taken{}, edge(ctx, a.Log, "TakeIn", err)
}

// Tidy removes from the index what no set has, and sources whose time to be
// restored is over.
func (a *Ingesting) Tidy(ctx context.Context, r ImportRequest) error {
	stop := heartbeat(ctx)
	defer stop()
	return edge(ctx, a.Log, "Tidy", a.tidy(ctx, r.Account))
}

func (a *Ingesting) tidy(ctx context.Context, account uuid.UUID) error {
	settings, err := a.Store.AgentSettings(ctx, account)
	if err != nil {
		return err
	}
	for {
		revisions, err := a.Store.UnwantedRevisions(ctx, account, tidyRevisions)
		if err != nil {
			return err
		}
		for _, revision := range revisions {
			if err := a.leave(ctx, account, settings.Language, revision); err != nil {
				return err
			}
		}
		if len(revisions) < tidyRevisions {
			return a.Store.PurgeSources(ctx, account)
		}
	}
}

// leave removes a revision's objects, and writes them again where an upload
// has come to want them in the meantime.
func (a *Ingesting) leave(ctx context.Context, account uuid.UUID, l models.Language, revision models.Revision) error {
	ids, err := a.Store.PassageIDs(ctx, account, revision.ID)
	if err != nil {
		return err
	}
	if err := a.Index.Delete(ctx, account, models.EvidencePassage, ids); err != nil {
		return err
	}
	left, err := a.Store.LeftIndex(ctx, account, revision.ID)
	if err == nil && !left {
		_, err = a.writeRevision(ctx, account, l, revision)
	}
	return err
}

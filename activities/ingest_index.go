package activities

import (
	"context"

	"github.com/google/uuid"

	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
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
	if err == nil {
		imp.Done, imp.Total = out.Next, prepared.Passages
		err = a.Store.Progress(ctx, imp)
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
	stop := heartbeat(ctx)
	defer stop()
	imp, err := a.Store.ImportStatus(ctx, r.Account, r.Import)
	if err != nil || imp.State == models.ImportFailed {
		return Taken{Ended: true}, edge(ctx, a.Log, "TakeIn", err)
	}
	if imp.State == models.ImportPending {
		imp.Done = r.From
		err = a.Store.TakeIn(ctx, imp, r.Revision)
		if err != nil && a.gaveUp(ctx, imp, err) {
			return Taken{Ended: true}, nil
		}
		if err == nil {
			failpoint.Hit("after-take-in")
		}
	}
	if err == nil {
		err = a.restem(ctx, imp, r.Revision)
	}
	return Taken{}, edge(ctx, a.Log, "TakeIn", err)
}

// restem writes a revision that was taken in once more where the settings, and
// so perhaps the language, changed while it was written. A change that comes
// later finds the revision in its set and has it written itself.
func (a *Ingesting) restem(ctx context.Context, imp models.Import, revision uuid.UUID) error {
	settings, err := a.Store.AgentSettings(ctx, imp.AccountID)
	if err != nil || !settings.UpdatedAt.After(imp.CreatedAt) {
		return err
	}
	r, err := a.Store.Revision(ctx, imp.AccountID, revision)
	if err == nil {
		_, err = a.writeRevision(ctx, imp.AccountID, settings.Language, r)
	}
	return err
}

// Tidy removes from the index what no set has, and sources whose time to be
// restored is over.
func (a *Ingesting) Tidy(ctx context.Context, r ImportRequest) error {
	stop := heartbeat(ctx)
	defer stop()
	return edge(ctx, a.Log, "Tidy", a.tidy(ctx, r))
}

func (a *Ingesting) tidy(ctx context.Context, r ImportRequest) error {
	for {
		revisions, err := a.Store.ClaimLeaving(ctx, r.Account, r.Import, tidyRevisions)
		if err != nil {
			return err
		}
		for _, revision := range revisions {
			if err := a.leave(ctx, r, revision); err != nil {
				return err
			}
		}
		if len(revisions) < tidyRevisions {
			return a.Store.PurgeSources(ctx, r.Account)
		}
	}
}

// leave removes a revision's objects, and writes them again where an upload
// has come to want them in the meantime, or before a try that was cut off.
func (a *Ingesting) leave(ctx context.Context, r ImportRequest, revision store.Leaving) error {
	if !revision.Wanted {
		ids, err := a.Store.PassageIDs(ctx, r.Account, revision.ID)
		if err != nil {
			return err
		}
		if err := a.Index.Delete(ctx, r.Account, models.EvidencePassage, ids); err != nil {
			return err
		}
		failpoint.Hit("after-leave-index")
		if left, err := a.Store.LeftIndex(ctx, r.Account, revision.ID, r.Import); err != nil || left {
			return err
		}
	}
	settings, err := a.Store.AgentSettings(ctx, r.Account)
	if err != nil {
		return err
	}
	if _, err := a.writeRevision(ctx, r.Account, settings.Language, revision.Revision); err != nil {
		return err
	}
	return a.Store.StayedInIndex(ctx, r.Account, revision.ID, r.Import)
}

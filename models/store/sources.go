package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

const (
	maxSources   = 2000 // Of an account, those deleted but restorable included.
	maxPassages  = 500  // Of one answer.
	maxRevisions = 50
)

// lockKnowledge has what changes an account's source sets come one after the
// other, so that Save moves a set that nobody is changing. Agent settings are
// locked before it, where both are.
func (tx *Tx) lockKnowledge() error {
	return tx.db.Exec("SELECT pg_advisory_xact_lock(hashtextextended('sources/' || ?, 0))", tx.Account.String()).Error
}

// selectSources reads sources as a set has them. What is live was read well;
// how the newest upload went is the draft's affair.
const selectSources = `
	SELECT s.id, s.account_id, s.key, coalesce(nullif(r.title, ''), s.title) AS title, s.origin, s.url, s.locked,
	       CASE WHEN l.version = 'live' THEN 'synced' ELSE s.state END AS state, CASE WHEN l.version = 'live' THEN '' ELSE s.reason END AS reason,
	       s.created_at, s.updated_at, s.deleted_at, l.revision_id, coalesce(l.enabled, false) AS enabled
	  FROM sources s
	  LEFT JOIN source_sets l ON l.account_id = s.account_id AND l.source_id = s.id AND l.version = ?
	  LEFT JOIN source_revisions r ON r.account_id = s.account_id AND r.id = coalesce(l.revision_id, s.deleted_revision_id)
	 WHERE s.account_id = ? `

// Sources lists the sources of a set by title, on from after. next is nil on
// the last page.
func (s *Store) Sources(ctx context.Context, account uuid.UUID, set models.SourceSet, after *Cursor, limit int) (sources []models.Source, next *Cursor, err error) {
	query, args := selectSources+"AND l.version IS NOT NULL", []any{set, account}
	sources, err = s.listSources(ctx, account, query, args, "title", "", after, limit)
	if len(sources) > limit {
		sources = sources[:limit]
		next = &Cursor{Key: sources[limit-1].Title, ID: sources[limit-1].ID}
	}
	return sources, next, err
}

// DeletedSources lists what can be restored, the newest deletion first, on from
// after.
func (s *Store) DeletedSources(ctx context.Context, account uuid.UUID, after *Cursor, limit int) (sources []models.Source, next *Cursor, err error) {
	if after != nil {
		if _, err := time.Parse(time.RFC3339Nano, after.Key); err != nil {
			return nil, nil, errCursor
		}
	}
	query, args := selectSources+"AND s.deleted_at > now() - make_interval(days => ?)", []any{models.SetDraft, account, models.RestoreDays}
	sources, err = s.listSources(ctx, account, query, args, "deleted_at", "DESC", after, limit)
	if len(sources) > limit {
		sources = sources[:limit]
		last := sources[limit-1]
		next = &Cursor{Key: last.DeletedAt.Format(time.RFC3339Nano), ID: last.ID}
	}
	return sources, next, err
}

// listSources reads one source more than a page has, where there is one.
func (s *Store) listSources(ctx context.Context, account uuid.UUID, query string, args []any, by, direction string, after *Cursor, limit int) ([]models.Source, error) {
	query = "SELECT * FROM (" + query + ") listed"
	if after != nil {
		than := ">"
		if direction == "DESC" {
			than = "<"
		}
		query += " WHERE (" + by + ", id) " + than + " (?, ?)"
		args = append(args, after.Key, after.ID)
	}
	sources := []models.Source{}
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		sources = sources[:0]
		return tx.db.Raw(query+" ORDER BY "+by+" "+direction+", id "+direction+" LIMIT ?", append(args, limit+1)...).Scan(&sources).Error
	})
	return sources, err
}

// SourceDetail is a source with what it says in a set.
type SourceDetail struct {
	models.Source
	Text      string           // What was indexed, as text.
	Format    string           // What its body was read as.
	Passages  []models.Passage // The first of them, at most 500.
	Total     int              // How many passages there are.
	Revisions []models.Revision
}

// Source returns a source as a set has it. CodeNotFound where it doesn't.
func (s *Store) Source(ctx context.Context, account uuid.UUID, set models.SourceSet, id uuid.UUID) (SourceDetail, error) {
	var out SourceDetail
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = SourceDetail{Passages: []models.Passage{}, Revisions: []models.Revision{}}
		source, err := tx.sourceIn(set, id)
		if err != nil {
			return err
		}
		out.Source = source
		err = tx.db.Raw(`SELECT id, source_id, title, format, state, reason, created_at FROM source_revisions
			WHERE account_id = ? AND source_id = ? ORDER BY created_at DESC, id DESC LIMIT ?`, tx.Account, id, maxRevisions).Scan(&out.Revisions).Error
		if err != nil || source.RevisionID == nil {
			return err
		}
		if err := tx.db.Raw("SELECT text, format FROM source_revisions WHERE account_id = ? AND id = ?", tx.Account, *source.RevisionID).Row().Scan(&out.Text, &out.Format); err != nil {
			return err
		}
		if err := tx.db.Raw("SELECT count(*) FROM passages WHERE account_id = ? AND revision_id = ?", tx.Account, *source.RevisionID).Row().Scan(&out.Total); err != nil {
			return err
		}
		return tx.db.Where("account_id = ? AND revision_id = ?", tx.Account, *source.RevisionID).Order("n").Limit(maxPassages).Find(&out.Passages).Error
	})
	return out, err
}

func (tx *Tx) sourceIn(set models.SourceSet, id uuid.UUID) (models.Source, error) {
	var source models.Source
	err := tx.db.Raw(selectSources+"AND l.version IS NOT NULL AND s.id = ?", set, tx.Account, id).Take(&source).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return source, models.Errorf(models.CodeNotFound, "the %s knowledge has no such source", set)
	}
	return source, err
}

// editable locks the sets and returns a source that people may change.
// CodeConflict for one that is synced from a store.
func (tx *Tx) editable(id uuid.UUID) (models.Source, error) {
	var source models.Source
	if err := tx.lockKnowledge(); err != nil {
		return source, err
	}
	err := tx.db.Raw(selectSources+"AND s.id = ?", models.SetDraft, tx.Account, id).Take(&source).Error
	if err != nil {
		return source, noSuch("source", err)
	}
	return source, refuseLocked(source)
}

func refuseLocked(source models.Source) error {
	if source.Locked {
		return models.Errorf(models.CodeConflict, "the source %s comes from the store and can't be edited here", source.Title)
	}
	return nil
}

// awaitUpload makes the source that an upload is for, or finds it, and notes
// that it is pending. What the sets say of it stays until the upload is read.
func (tx *Tx) awaitUpload(imp models.Import) (uuid.UUID, error) {
	if err := tx.lockKnowledge(); err != nil {
		return uuid.Nil, err
	}
	id, err := tx.sourceOf(imp)
	if err != nil {
		return id, err
	}
	source, err := tx.editable(id)
	if err != nil {
		return id, err
	}
	if source.DeletedAt != nil && imp.SourceID != nil && imp.RevisionID == nil {
		return id, models.Errorf(models.CodeConflict, "the source %s is deleted; restore it first", source.Title)
	}
	err = tx.db.Exec("UPDATE sources SET state = 'pending', reason = '', deleted_at = NULL, updated_at = now() WHERE account_id = ? AND id = ?", tx.Account, id).Error
	if err != nil {
		return id, err
	}
	return id, tx.db.Exec(`
		INSERT INTO source_sets (account_id, version, source_id, revision_id, enabled)
		SELECT s.account_id, 'draft', s.id, l.revision_id, coalesce(l.enabled, s.deleted_enabled OR NOT ?)
		  FROM sources s LEFT JOIN source_sets l ON l.account_id = s.account_id AND l.source_id = s.id AND l.version = 'live'
		 WHERE s.account_id = ? AND s.id = ? ON CONFLICT DO NOTHING`, imp.RevisionID != nil, tx.Account, id).Error
}

// sourceOf returns the source that an upload is for, made where it isn't there.
// An upload is known by its file's name, a page by its address.
func (tx *Tx) sourceOf(imp models.Import) (uuid.UUID, error) {
	if imp.SourceID != nil {
		return *imp.SourceID, nil
	}
	id := models.NewID()
	key, title, origin := imp.Name, imp.Name, models.OriginUpload
	switch {
	case imp.URL != "":
		key, title, origin = imp.URL, imp.URL, models.OriginURL
	case imp.Title != "":
		key, title, origin = "text/"+id.String(), imp.Title, models.OriginText
	}
	var there []uuid.UUID
	if err := tx.db.Raw("SELECT id FROM sources WHERE account_id = ? AND key = ?", tx.Account, key).Scan(&there).Error; err != nil {
		return id, err
	}
	if len(there) > 0 {
		return there[0], nil
	}
	var n int64
	if err := tx.db.Raw("SELECT count(*) FROM sources WHERE account_id = ?", tx.Account).Row().Scan(&n); err != nil {
		return id, err
	}
	if n >= maxSources {
		return id, models.Errorf(models.CodeConflict, "the account has %d sources, and may have no more; delete some, or put several into one file", n)
	}
	return id, tx.db.Exec("INSERT INTO sources (id, account_id, key, title, origin, url) VALUES (?, ?, ?, ?, ?, ?)", id, tx.Account, key, title, origin, imp.URL).Error
}

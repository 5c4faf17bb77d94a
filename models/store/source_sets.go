package store

import (
	"context"

	"github.com/google/uuid"

	"kedai/models"
)

// LivePassages returns those of ids that an enabled source of the set says, in
// the order of ids: the first of them, at most limit. The index may hold more:
// what isn't in the set doesn't count, from the moment that it isn't.
func (s *Store) LivePassages(ctx context.Context, account uuid.UUID, set models.SourceSet, ids []uuid.UUID, limit int) ([]models.Passage, error) {
	var found []models.Passage
	err := s.inOneTrip(ctx, account, func(t *trip) {
		found = nil
		t.all(into(&found), `
			SELECT to_json(live) FROM (
				SELECT p.* FROM unnest($2::uuid[]) WITH ORDINALITY asked (id, n) JOIN passages p ON p.account_id = $1 AND p.id = asked.id
				  JOIN source_sets l ON l.account_id = p.account_id AND l.source_id = p.source_id AND l.revision_id = p.revision_id
				 WHERE l.version = $3 AND l.enabled ORDER BY asked.n LIMIT $4) live`,
			account, asArray(ids), set, limit)
	})
	return inOrder(found, ids, func(p models.Passage) uuid.UUID { return p.ID }), err
}

// Change says who changes a source and where: in the draft only, or in both
// sets, at once.
type Change struct {
	Account uuid.UUID
	Actor   models.Actor
	Draft   bool
}

// sets returns the versions that a change is about.
func (c Change) sets() []models.SourceSet {
	if c.Draft {
		return []models.SourceSet{models.SetDraft}
	}
	return []models.SourceSet{models.SetDraft, models.SetLive}
}

// SetSourceEnabled has a source count, or not. CodeConflict where it is locked.
func (s *Store) SetSourceEnabled(ctx context.Context, c Change, id uuid.UUID, enabled bool) (models.Source, error) {
	action := "source.disable"
	if enabled {
		action = "source.enable"
	}
	var source models.Source
	err := s.InAccount(ctx, c.Account, func(tx *Tx) error {
		if _, err := tx.editable(id); err != nil {
			return err
		}
		done := tx.db.Exec("UPDATE source_sets SET enabled = ? WHERE account_id = ? AND source_id = ? AND version IN ?", enabled, tx.Account, id, c.sets())
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return models.Errorf(models.CodeNotFound, "the source is deleted; restore it first")
		}
		if err := tx.audit(c.Actor, action, "source", &id, nil, map[string]any{"draft": c.Draft}); err != nil {
			return err
		}
		var err error
		source, err = tx.sourceAnywhere(id)
		return err
	})
	return source, err
}

// sourceAnywhere returns a source as the draft has it, else as it is live.
func (tx *Tx) sourceAnywhere(id uuid.UUID) (models.Source, error) {
	source, err := tx.sourceIn(models.SetDraft, id)
	if models.CodeOf(err) == models.CodeNotFound {
		return tx.sourceIn(models.SetLive, id)
	}
	return source, err
}

// DeleteSource takes a source out of the draft, or of both sets, at once. It
// can be restored for 30 days. CodeConflict where it is locked.
func (s *Store) DeleteSource(ctx context.Context, c Change, id uuid.UUID) error {
	return s.InAccount(ctx, c.Account, func(tx *Tx) error {
		before, err := tx.editable(id)
		if err != nil {
			return err
		}
		if err := tx.voidUploads(id, c.Draft, "the source was deleted"); err != nil {
			return err
		}
		// What customers were told comes back rather than what was never saved.
		var gone []struct {
			RevisionID *uuid.UUID
			Enabled    bool
		}
		err = tx.db.Raw(`
			WITH gone AS (DELETE FROM source_sets WHERE account_id = ? AND source_id = ? AND version IN ? RETURNING version, revision_id, enabled)
			SELECT revision_id, enabled FROM gone ORDER BY version = 'live'`, tx.Account, id, c.sets()).Scan(&gone).Error
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			return models.Errorf(models.CodeNotFound, "the source is deleted already")
		}
		for _, row := range gone {
			if row.RevisionID == nil {
				continue
			}
			err := tx.db.Exec("UPDATE sources SET deleted_revision_id = ?, deleted_enabled = ? WHERE account_id = ? AND id = ?", *row.RevisionID, row.Enabled, tx.Account, id).Error
			if err != nil {
				return err
			}
		}
		if err := tx.noteDeleted(); err != nil {
			return err
		}
		return tx.audit(c.Actor, "source.delete", "source", &id, map[string]any{"title": before.Title}, map[string]any{"draft": c.Draft})
	})
}

// noteDeleted marks the sources that no set has any more; what they said
// leaves the index.
func (tx *Tx) noteDeleted() error {
	done := tx.db.Exec(`
		UPDATE sources s SET deleted_at = now(), updated_at = now() WHERE account_id = ? AND deleted_at IS NULL
		   AND NOT EXISTS (SELECT FROM source_sets l WHERE l.account_id = s.account_id AND l.source_id = s.id)`, tx.Account)
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	return tx.request(models.ImportTidy)
}

// voidUploads ends the uploads of a source that aren't taken in yet.
func (tx *Tx) voidUploads(source uuid.UUID, draftOnly bool, why string) error {
	return tx.db.Exec(`UPDATE imports SET state = 'failed', failure = ?, finished_at = now()
		WHERE account_id = ? AND source_id = ? AND state = 'pending' AND (draft OR NOT ?)`, why, tx.Account, source, draftOnly).Error
}

// RestoreSource brings a source back into the draft: as it is live or, where no
// set has it, as it was when it was deleted. The latter is indexed again, by
// the import that is returned, and counts then.
func (s *Store) RestoreSource(ctx context.Context, c Change, id uuid.UUID) (source models.Source, again *models.Import, err error) {
	err = s.InAccount(ctx, c.Account, func(tx *Tx) error {
		again = nil
		before, err := tx.editable(id)
		if err != nil {
			return err
		}
		if before.DeletedAt != nil {
			again, err = tx.restoreDeleted(c, id)
		} else {
			err = tx.restoreFromSets(id, before)
		}
		if err != nil {
			return err
		}
		if err := tx.audit(c.Actor, "source.restore", "source", &id, nil, map[string]any{"draft": c.Draft}); err != nil {
			return err
		}
		source, err = tx.sourceAnywhere(id)
		return err
	})
	return source, again, err
}

// restoreFromSets undoes what the draft changes of a source, a failed upload
// included.
func (tx *Tx) restoreFromSets(id uuid.UUID, before models.Source) error {
	if err := tx.voidUploads(id, false, "the source was restored"); err != nil {
		return err
	}
	done := tx.db.Exec(`
		INSERT INTO source_sets (account_id, version, source_id, revision_id, enabled)
		SELECT account_id, 'draft', source_id, revision_id, enabled FROM source_sets WHERE account_id = ? AND source_id = ? AND version = 'live'
		ON CONFLICT (account_id, version, source_id) DO UPDATE SET revision_id = excluded.revision_id, enabled = excluded.enabled`, tx.Account, id)
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 && before.RevisionID == nil {
		return models.Errorf(models.CodeConflict, "the source was never read, so there is nothing to restore; upload it again, or delete it")
	}
	if err := tx.db.Exec("UPDATE sources SET state = 'synced', reason = '', updated_at = now() WHERE account_id = ? AND id = ?", tx.Account, id).Error; err != nil {
		return err
	}
	return tx.request(models.ImportTidy)
}

func (tx *Tx) restoreDeleted(c Change, id uuid.UUID) (*models.Import, error) {
	var row struct {
		Key      string
		Revision *uuid.UUID
		Late     bool
	}
	err := tx.db.Raw(`SELECT key, deleted_revision_id AS revision, deleted_at < now() - make_interval(days => ?) AS late
		FROM sources WHERE account_id = ? AND id = ?`, models.RestoreDays, tx.Account, id).Take(&row).Error
	if err != nil {
		return nil, err
	}
	if row.Revision == nil || row.Late {
		return nil, models.Errorf(models.CodeConflict, "the source can't be restored any more; upload it again")
	}
	imp := models.Import{
		ID: models.NewID(), AccountID: tx.Account, Kind: models.ImportSource, SourceID: &id, Name: row.Key, Body: []byte{},
		State: models.ImportPending, RowErrors: []models.RowError{}, Draft: c.Draft, RevisionID: row.Revision,
	}
	if _, err := tx.awaitUpload(imp); err != nil {
		return nil, err
	}
	return &imp, tx.db.Omit("created_at").Create(&imp).Error
}

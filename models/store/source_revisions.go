package store

import (
	"context"
	"crypto/sha256"

	"github.com/google/uuid"

	"kedai/models"
)

// Reading is what reading an upload's body brought.
type Reading struct {
	Title    string
	Format   string
	Text     string
	Passages func(revision uuid.UUID) []models.Passage
}

// Prepared is a revision that an upload brings.
type Prepared struct {
	models.Revision
	Passages int
	Current  bool // A set has it, so that its objects are in the index already.
}

// KnownRevision returns the revision that a body was stored as before, nil
// where it wasn't. A title takes the place of the one in the body, so that the
// same body under another title is another revision.
func (s *Store) KnownRevision(ctx context.Context, imp models.Import, body []byte) (*models.Revision, error) {
	var known *models.Revision
	err := s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		var err error
		known, err = tx.knownRevision(imp, body)
		return err
	})
	return known, err
}

func (tx *Tx) knownRevision(imp models.Import, body []byte) (*models.Revision, error) {
	hash := sha256.Sum256(body)
	var found []models.Revision
	err := tx.db.Raw(`SELECT id, source_id, title, format, state, reason, indexed, examined, created_at FROM source_revisions
		WHERE account_id = ? AND source_id = ? AND body_hash = ? AND (? = '' OR title = ?) ORDER BY created_at DESC LIMIT 1`,
		tx.Account, *imp.SourceID, hash[:], imp.Title, imp.Title).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// AddRevision stores a body as an immutable revision of the upload's source,
// with its passages; no set has it yet. A body that was stored before gives its
// revision again. CodeConflict where the source is locked or deleted.
func (s *Store) AddRevision(ctx context.Context, imp models.Import, body []byte, r Reading) (models.Revision, error) {
	var revision models.Revision
	err := s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		if err := tx.taking(imp); err != nil {
			return err
		}
		known, err := tx.knownRevision(imp, body)
		if err != nil {
			return err
		}
		if known != nil {
			revision = *known
			return nil
		}
		hash := sha256.Sum256(body)
		revision = models.Revision{ID: models.NewID(), SourceID: *imp.SourceID, Title: r.Title, Format: r.Format, Text: r.Text, State: models.SourcePending}
		err = tx.db.Exec("INSERT INTO source_revisions (id, account_id, source_id, body, body_hash, title, format, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			revision.ID, tx.Account, revision.SourceID, body, hash[:], r.Title, r.Format, r.Text).Error
		if err != nil {
			return err
		}
		return tx.insertPassages(revision, r.Passages(revision.ID))
	})
	return revision, err
}

type passageRow struct {
	models.Passage
	AccountID uuid.UUID
}

// TableName names the table.
func (passageRow) TableName() string { return "passages" }

// insertBatch keeps an insert below the number of parameters that Postgres takes.
const insertBatch = 1000

func (tx *Tx) insertPassages(revision models.Revision, passages []models.Passage) error {
	rows := make([]passageRow, len(passages))
	for i, p := range passages {
		p.SourceID, p.RevisionID = revision.SourceID, revision.ID
		if p.Headings == nil {
			p.Headings = []string{}
		}
		rows[i] = passageRow{Passage: p, AccountID: tx.Account}
	}
	return tx.db.CreateInBatches(rows, insertBatch).Error
}

// taking locks the sets and checks that an upload may still be taken in.
// CodeConflict where it ended meanwhile, or its source is locked or deleted.
func (tx *Tx) taking(imp models.Import) error {
	source, err := tx.editable(*imp.SourceID)
	if err != nil {
		return err
	}
	if source.DeletedAt != nil {
		return models.Errorf(models.CodeConflict, "the source was deleted")
	}
	var state models.ImportState
	if err := tx.db.Raw("SELECT state FROM imports WHERE account_id = ? AND id = ?", tx.Account, imp.ID).Row().Scan(&state); err != nil {
		return noSuch("import", err)
	}
	if state != models.ImportPending {
		return models.Errorf(models.CodeConflict, "the upload has ended")
	}
	return nil
}

// PrepareRevision has a revision's objects wanted in the index, before they
// are written: what tidies up leaves them there from now on.
func (s *Store) PrepareRevision(ctx context.Context, imp models.Import, revision uuid.UUID) (Prepared, error) {
	var out Prepared
	err := s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		out = Prepared{}
		if err := tx.taking(imp); err != nil {
			return err
		}
		err := tx.db.Raw(`
			SELECT r.id, r.source_id, r.title, r.format, r.state, r.indexed, r.examined,
			       (SELECT count(*) FROM passages p WHERE p.account_id = r.account_id AND p.revision_id = r.id) AS passages,
			       r.state = 'synced' AND r.indexed AND r.leaving IS NULL AND EXISTS (SELECT FROM source_sets l WHERE l.account_id = r.account_id AND l.revision_id = r.id) AS current
			  FROM source_revisions r WHERE r.account_id = ? AND r.source_id = ? AND r.id = ?`, tx.Account, *imp.SourceID, revision).Take(&out).Error
		if err != nil || out.Current {
			return noSuch("revision", err)
		}
		return tx.db.Exec("UPDATE source_revisions SET state = 'pending', reason = '', indexed = true WHERE account_id = ? AND id = ?", tx.Account, revision).Error
	})
	return out, err
}

// Revision returns a revision without its text.
func (s *Store) Revision(ctx context.Context, account, id uuid.UUID) (models.Revision, error) {
	var r models.Revision
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		return noSuch("revision", tx.db.Raw("SELECT id, source_id, title, format, state, reason, indexed, examined, created_at FROM source_revisions WHERE account_id = ? AND id = ?", tx.Account, id).Take(&r).Error)
	})
	return r, err
}

// RevisionPassages returns passages of a revision from the n-th on.
func (s *Store) RevisionPassages(ctx context.Context, account, revision uuid.UUID, from, limit int) ([]models.Passage, error) {
	var out []models.Passage
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = nil
		return tx.db.Where("account_id = ? AND revision_id = ? AND n >= ?", tx.Account, revision, from).Order("n").Limit(limit).Find(&out).Error
	})
	return out, err
}

// TakeIn ends an upload: its revision takes its place in the sets that the
// upload is for. CodeConflict where newer uploads have taken both places.
func (s *Store) TakeIn(ctx context.Context, imp models.Import, revision uuid.UUID) error {
	return s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		if err := tx.taking(imp); err != nil {
			return err
		}
		var newer struct{ Any, AtOnce bool }
		err := tx.db.Raw(`
			SELECT count(*) > 0 AS any, coalesce(bool_or(NOT other.draft), false) AS at_once
			  FROM imports mine JOIN imports other ON other.account_id = mine.account_id AND other.source_id = mine.source_id
			   AND (other.created_at, other.id) > (mine.created_at, mine.id) AND other.state <> 'failed'
			 WHERE mine.account_id = ? AND mine.id = ?`, tx.Account, imp.ID).Take(&newer).Error
		if err != nil {
			return err
		}
		if newer.Any && (imp.Draft || newer.AtOnce) {
			return models.Errorf(models.CodeConflict, "a newer upload took the place of this one")
		}
		if err := tx.db.Exec("UPDATE source_revisions SET state = 'synced', indexed = true WHERE account_id = ? AND id = ?", tx.Account, revision).Error; err != nil {
			return err
		}
		if !newer.Any {
			if err := tx.putInDraft(*imp.SourceID, revision); err != nil {
				return err
			}
		}
		if !imp.Draft && !newer.AtOnce {
			if err := tx.putInLive(*imp.SourceID, revision); err != nil {
				return err
			}
		}
		imp.State, imp.Failure = models.ImportDone, ""
		return tx.finishImport(imp)
	})
}

// putInDraft leaves a source out that was taken out of the draft meanwhile.
func (tx *Tx) putInDraft(source, revision uuid.UUID) error {
	err := tx.db.Exec("UPDATE source_sets SET revision_id = ? WHERE account_id = ? AND version = 'draft' AND source_id = ?", revision, tx.Account, source).Error
	if err != nil {
		return err
	}
	return tx.db.Exec(`UPDATE sources SET state = 'synced', reason = '', title = r.title, updated_at = now()
		  FROM source_revisions r WHERE r.account_id = sources.account_id AND r.id = ? AND sources.account_id = ? AND sources.id = ?`,
		revision, tx.Account, source).Error
}

// putInLive keeps whether the source is enabled, which the draft says where it
// wasn't live before.
func (tx *Tx) putInLive(source, revision uuid.UUID) error {
	return tx.db.Exec(`
		INSERT INTO source_sets (account_id, version, source_id, revision_id, enabled)
		SELECT s.account_id, 'live', s.id, ?, coalesce(l.enabled, true)
		  FROM sources s LEFT JOIN source_sets l ON l.account_id = s.account_id AND l.source_id = s.id AND l.version = 'draft'
		 WHERE s.account_id = ? AND s.id = ?
		ON CONFLICT (account_id, version, source_id) DO UPDATE SET revision_id = excluded.revision_id`, revision, tx.Account, source).Error
}

// uploadFailed notes the reason at the source, unless a newer upload is under
// way or has come through.
func (tx *Tx) uploadFailed(imp models.Import) error {
	if err := tx.lockKnowledge(); err != nil {
		return err
	}
	return tx.db.Exec(`
		UPDATE sources s SET state = 'failed', reason = ?, updated_at = now()
		 WHERE s.account_id = ? AND s.id = ? AND NOT s.locked
		   AND EXISTS (SELECT FROM imports i WHERE i.account_id = s.account_id AND i.id = ? AND i.state = 'pending')
		   AND NOT EXISTS (SELECT FROM imports mine JOIN imports other ON other.account_id = mine.account_id AND other.source_id = mine.source_id
		       AND (other.created_at, other.id) > (mine.created_at, mine.id) WHERE mine.account_id = s.account_id AND mine.id = ?)`,
		imp.Failure, tx.Account, *imp.SourceID, imp.ID, imp.ID).Error
}

package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"

	"github.com/google/uuid"

	"kedai/models"
)

// giveWay returns CodeConflict where a newer upload of the same target came.
// The lock makes uploads of an account write one after the other, so that an
// older one can't overwrite a newer one's rows after this look.
func (tx *Tx) giveWay(upload uuid.UUID) error {
	if upload == uuid.Nil {
		return nil
	}
	if err := tx.db.Exec("SELECT pg_advisory_xact_lock(hashtextextended('import/' || ?, 0))", tx.Account.String()).Error; err != nil {
		return err
	}
	var newer int64
	err := tx.db.Raw(`
		SELECT count(*) FROM imports mine JOIN imports other ON other.account_id = mine.account_id AND other.kind = mine.kind
		   AND other.source_id IS NOT DISTINCT FROM mine.source_id AND (other.created_at, other.id) > (mine.created_at, mine.id)
		 WHERE mine.account_id = ? AND mine.id = ?`, tx.Account, upload).Row().Scan(&newer)
	if err != nil {
		return err
	}
	if newer > 0 {
		return models.Errorf(models.CodeConflict, "a newer upload took the place of this one")
	}
	return nil
}

// LivePassages returns those of ids that are part of an enabled source's live
// revision, so that disable and delete count at once.
func (s *Store) LivePassages(ctx context.Context, account uuid.UUID, ids []uuid.UUID) ([]models.Passage, error) {
	var out []models.Passage
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var found []models.Passage
		err := tx.db.Raw(`
			SELECT p.* FROM passages p JOIN sources s ON s.account_id = p.account_id AND s.id = p.source_id
			 WHERE p.account_id = ? AND p.id IN ? AND s.enabled AND s.live_revision_id = p.revision_id`, tx.Account, ids).Scan(&found).Error
		if err != nil {
			return err
		}
		byID := make(map[uuid.UUID]models.Passage, len(found))
		for _, p := range found {
			byID[p.ID] = p
		}
		out = out[:0]
		for _, id := range ids {
			if p, ok := byID[id]; ok {
				out = append(out, p)
			}
		}
		return nil
	})
	return out, err
}

type evidenceRow struct {
	ID        uuid.UUID
	AccountID uuid.UUID
	TurnID    uuid.UUID
	Attempt   int
	N         int
	Kind      models.EvidenceKind
	Score     float64
	Content   []byte
}

// TableName names the table.
func (evidenceRow) TableName() string { return "evidence" }

// SaveEvidence keeps what a round of one attempt of a turn may base its reply
// on. The first round takes the place of what earlier attempts had; a further
// one is added to the rounds before it, and what the engine asked for is
// answered by that. Numbers are set in place. CodeConflict where the attempt is
// void.
func (s *Store) SaveEvidence(ctx context.Context, account, turn uuid.UUID, attempt int, more bool, evidence []models.Evidence) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		had := int64(0)
		if more {
			err := void(tx.db.Exec("UPDATE turns SET round = round + 1, need = '' WHERE account_id = ? AND id = ? AND attempt = ? AND state = 'preparing'", tx.Account, turn, attempt))
			if err != nil {
				return err
			}
			if err := tx.db.Model(&evidenceRow{}).Where("account_id = ? AND turn_id = ? AND attempt = ?", tx.Account, turn, attempt).Count(&had).Error; err != nil {
				return err
			}
		} else if err := tx.db.Exec("DELETE FROM evidence WHERE account_id = ? AND turn_id = ? AND attempt <= ?", tx.Account, turn, attempt).Error; err != nil {
			return err
		}
		rows := make([]evidenceRow, len(evidence))
		for i := range evidence {
			e := &evidence[i]
			e.ID, e.TurnID, e.N = models.NewID(), turn, int(had)+i+1
			var content any = e.Product
			if e.Kind == models.EvidencePassage {
				content = e.Passage
			}
			rows[i] = evidenceRow{ID: e.ID, AccountID: tx.Account, TurnID: turn, Attempt: attempt, N: e.N, Kind: e.Kind, Score: e.Score, Content: []byte(asJSON(content))}
		}
		return tx.insertAll(rows, len(rows))
	})
}

// Evidence returns what an attempt of a turn retrieved.
func (s *Store) Evidence(ctx context.Context, account, turn uuid.UUID, attempt int) ([]models.Evidence, error) {
	var out []models.Evidence
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var err error
		out, err = tx.evidence("turn_id = ? AND attempt = ?", turn, attempt)
		return err
	})
	return out, err
}

func (tx *Tx) evidence(where string, args ...any) ([]models.Evidence, error) {
	var rows []evidenceRow
	if err := tx.db.Where("account_id = ?", tx.Account).Where(where, args...).Order("turn_id, attempt, n").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]models.Evidence, len(rows))
	for i, r := range rows {
		e := models.Evidence{ID: r.ID, TurnID: r.TurnID, N: r.N, Kind: r.Kind, Score: r.Score}
		var err error
		if r.Kind == models.EvidencePassage {
			e.Passage = &models.Passage{}
			err = json.Unmarshal(r.Content, e.Passage)
		} else {
			e.Product = &models.Product{}
			err = json.Unmarshal(r.Content, e.Product)
		}
		if err != nil {
			return nil, models.Errorf(models.CodeInternal, "read evidence: %w", err)
		}
		out[i] = e
	}
	return out, nil
}

// CreateImport stores an upload for its ingest workflow. For a source it makes
// the source, or finds it by its key; CodeConflict where that one is locked.
func (s *Store) CreateImport(ctx context.Context, actor models.Actor, imp models.Import) (models.Import, error) {
	imp.ID, imp.State, imp.RowErrors = models.NewID(), models.ImportPending, []models.RowError{}
	if len(imp.Body) == 0 || imp.Name == "" {
		return imp, models.Errorf(models.CodeInvalid, "an upload needs a name and a body")
	}
	err := s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		if imp.Kind == models.ImportSource {
			var source models.Source
			err := tx.db.Raw(`
				INSERT INTO sources (id, account_id, key, title) VALUES (?, ?, ?, ?)
				ON CONFLICT (account_id, key) DO UPDATE SET state = 'pending', updated_at = now() RETURNING *`,
				models.NewID(), tx.Account, imp.Name, imp.Name).Scan(&source).Error
			if err != nil {
				return err
			}
			if source.Locked {
				return models.Errorf(models.CodeConflict, "the source %s comes from the store and can't be edited here", imp.Name)
			}
			imp.SourceID = &source.ID
		}
		if err := tx.db.Omit("created_at").Create(&imp).Error; err != nil {
			return err
		}
		return tx.audit(actor, "import."+string(imp.Kind), "import", &imp.ID, nil, map[string]any{"name": imp.Name, "bytes": len(imp.Body)})
	})
	return imp, err
}

// Import returns an upload, with its body.
func (s *Store) Import(ctx context.Context, account, id uuid.UUID) (models.Import, error) {
	var imp models.Import
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		return noSuch("import", tx.db.Where("account_id = ? AND id = ?", tx.Account, id).Take(&imp).Error)
	})
	return imp, err
}

// ImportStatus returns an upload without its body, which may be large.
func (s *Store) ImportStatus(ctx context.Context, account, id uuid.UUID) (models.Import, error) {
	var imp models.Import
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		return noSuch("import", tx.db.Omit("body").Where("account_id = ? AND id = ?", tx.Account, id).Take(&imp).Error)
	})
	return imp, err
}

// FinishImport notes how an upload ended. What was written and indexed is
// counted where it is. Orders leave with it: people's data is kept once.
func (s *Store) FinishImport(ctx context.Context, imp models.Import) error {
	if imp.RowErrors == nil {
		imp.RowErrors = []models.RowError{}
	}
	imp.Refused = len(imp.RowErrors)
	imp.RowErrors = imp.RowErrors[:min(imp.Refused, models.MaxRowErrors)]
	return s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		if imp.State == models.ImportFailed && imp.SourceID != nil {
			if err := tx.db.Exec("UPDATE sources SET state = 'failed', reason = ?, updated_at = now() WHERE account_id = ? AND id = ?", imp.Failure, tx.Account, *imp.SourceID).Error; err != nil {
				return err
			}
		}
		return expectOne(tx.db.Exec(`
			UPDATE imports SET state = ?, failure = ?, done = ?, total = greatest(total, ?), refused = ?, absent = ?, row_errors = ?::jsonb,
			       body = CASE kind WHEN 'orders' THEN '' ELSE body END, finished_at = now() WHERE account_id = ? AND id = ?`,
			imp.State, imp.Failure, imp.Done, imp.Total, imp.Refused, imp.Absent, asJSON(imp.RowErrors), tx.Account, imp.ID))
	})
}

// Progress notes how far an upload has come, for those who watch it.
func (s *Store) Progress(ctx context.Context, imp models.Import) error {
	return s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		return tx.db.Exec("UPDATE imports SET done = ?, total = ? WHERE account_id = ? AND id = ?", imp.Done, imp.Total, tx.Account, imp.ID).Error
	})
}

// AddRevision stores an immutable revision of a source with its passages. It
// isn't live yet. A body that was stored before gives its revision again.
func (s *Store) AddRevision(ctx context.Context, account, source uuid.UUID, body []byte, cut func(revision uuid.UUID) []models.Passage) (passages []models.Passage, revision uuid.UUID, err error) {
	hash := sha256.Sum256(body)
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		err := tx.db.Raw("SELECT id FROM source_revisions WHERE account_id = ? AND source_id = ? AND body_hash = ?", tx.Account, source, hash[:]).Row().Scan(&revision)
		if err == nil {
			passages = nil
			return tx.db.Where("account_id = ? AND revision_id = ?", tx.Account, revision).Order("n").Find(&passages).Error
		}
		revision = models.NewID()
		err = tx.db.Exec("INSERT INTO source_revisions (id, account_id, source_id, body, body_hash) VALUES (?, ?, ?, ?, ?)", revision, tx.Account, source, body, hash[:]).Error
		if err != nil {
			return err
		}
		passages = cut(revision)
		for i := range passages {
			passages[i].SourceID, passages[i].RevisionID = source, revision
			if passages[i].Headings == nil {
				passages[i].Headings = []string{}
			}
		}
		return tx.insertPassages(passages)
	})
	return passages, revision, err
}

type passageRow struct {
	models.Passage
	AccountID uuid.UUID
}

// TableName names the table.
func (passageRow) TableName() string { return "passages" }

func (tx *Tx) insertPassages(passages []models.Passage) error {
	rows := make([]passageRow, len(passages))
	for i, p := range passages {
		rows[i] = passageRow{Passage: p, AccountID: tx.Account}
	}
	return tx.insertAll(rows, len(rows))
}

// GoLive makes a revision the one that is searched and returns the passages of
// the one before, whose objects may leave the index. CodeConflict where a
// newer upload of the source came.
func (s *Store) GoLive(ctx context.Context, account, upload, source, revision uuid.UUID, title string) (old []uuid.UUID, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		old = nil
		if err := tx.giveWay(upload); err != nil {
			return err
		}
		err := tx.db.Raw(`SELECT p.id FROM passages p JOIN sources s ON s.account_id = p.account_id AND s.live_revision_id = p.revision_id
			WHERE s.account_id = ? AND s.id = ? AND p.revision_id <> ?`, tx.Account, source, revision).Scan(&old).Error
		if err != nil {
			return err
		}
		return expectOne(tx.db.Exec("UPDATE sources SET live_revision_id = ?, title = ?, state = 'synced', reason = '', updated_at = now() WHERE account_id = ? AND id = ?",
			revision, title, tx.Account, source))
	})
	return old, err
}

// LivePassagesOf returns what a source's live revision says; none where it is
// disabled or has none.
func (s *Store) LivePassagesOf(ctx context.Context, account, source uuid.UUID) ([]models.Passage, error) {
	var out []models.Passage
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = nil
		return tx.db.Raw(`
			SELECT p.* FROM passages p JOIN sources s ON s.account_id = p.account_id AND s.live_revision_id = p.revision_id
			 WHERE s.account_id = ? AND s.id = ? AND s.enabled ORDER BY p.n`, tx.Account, source).Scan(&out).Error
	})
	return out, err
}

// requestReindex has an account's index written anew, by the import of its own
// kind that the API starts like any other.
func (tx *Tx) requestReindex() error {
	return tx.db.Exec("INSERT INTO imports (id, account_id, kind, name, body) VALUES (?, ?, 'reindex', 'index', '')", models.NewID(), tx.Account).Error
}

// Sources lists an account's sources.
func (s *Store) Sources(ctx context.Context, account uuid.UUID) ([]models.Source, error) {
	return list[models.Source](ctx, s, account, "title, id")
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		// The types that come here hold strings, numbers and IDs only.
		panic("store: " + err.Error())
	}
	return string(raw)
}

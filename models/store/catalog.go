package store

import (
	"context"
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
		   AND other.source_id IS NOT DISTINCT FROM mine.source_id AND (other.created_at, other.id) > (mine.created_at, mine.id) AND other.state <> 'failed'
		 WHERE mine.account_id = ? AND mine.id = ?`, tx.Account, upload).Row().Scan(&newer)
	if err != nil {
		return err
	}
	if newer > 0 {
		return models.Errorf(models.CodeConflict, "a newer upload took the place of this one")
	}
	return nil
}

// SaveEvidence keeps what a round of one attempt of a turn may base its reply
// on. The first round takes the place of what earlier attempts had; a further
// one is added to the rounds before it, and what the engine asked for is
// answered by that. Numbers are set in place. CodeConflict where the attempt is
// void.
func (s *Store) SaveEvidence(ctx context.Context, account, turn uuid.UUID, attempt int, more bool, evidence []models.Evidence) error {
	if more {
		return s.addEvidence(ctx, account, turn, attempt, evidence)
	}
	number(evidence, turn, 0)
	var valid int64
	err := s.inOneTrip(ctx, account, func(t *trip) {
		t.execInto(&valid, preparingTurn+" FOR SHARE", account, turn, attempt)
		if attempt > 1 {
			t.exec("DELETE FROM evidence WHERE account_id = $1 AND turn_id = $2 AND attempt <= $3 AND "+preparing, account, turn, attempt)
		}
		t.exec(insertEvidence+" WHERE "+preparing, account, turn, attempt, rowsOf(evidence))
	})
	if err == nil && valid == 0 {
		err = errVoid()
	}
	return err
}

// preparingTurn finds turn $2 of account $1 while its attempt $3 is the one that
// counts. drafting holds in a transaction that has stored a draft for it.
const (
	preparingTurn = "SELECT FROM turns t WHERE t.account_id = $1 AND t.id = $2 AND t.attempt = $3 AND t.state = 'preparing'"
	preparing     = "EXISTS (" + preparingTurn + ")"
	drafting      = "EXISTS (" + preparingTurn + " AND t.draft_attempt = $3)"
)

func (s *Store) addEvidence(ctx context.Context, account, turn uuid.UUID, attempt int, evidence []models.Evidence) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		err := void(tx.db.Exec("UPDATE turns SET round = round + 1, need = '' WHERE account_id = ? AND id = ? AND attempt = ? AND state = 'preparing'", tx.Account, turn, attempt))
		if err != nil {
			return err
		}
		var had int
		if err := tx.db.Raw("SELECT count(*) FROM evidence WHERE account_id = ? AND turn_id = ? AND attempt = ?", tx.Account, turn, attempt).Row().Scan(&had); err != nil {
			return err
		}
		number(evidence, turn, had)
		return tx.db.Exec(insertEvidence, tx.Account, turn, attempt, rowsOf(evidence)).Error
	})
}

// insertEvidence takes the account, the turn, its attempt and rowsOf.
const insertEvidence = `
	INSERT INTO evidence (id, account_id, turn_id, attempt, n, kind, score, content)
	SELECT e.id, $1::uuid, $2::uuid, $3::int, e.n, e.kind, e.score, e.content
	  FROM jsonb_to_recordset($4::jsonb) AS e (id uuid, n int, kind text, score float8, content jsonb)`

func number(evidence []models.Evidence, turn uuid.UUID, had int) {
	for i := range evidence {
		evidence[i].ID, evidence[i].TurnID, evidence[i].N = models.NewID(), turn, had+i+1
	}
}

// evidenceRow is a piece of evidence as insertEvidence and evidenceRows write
// it.
type evidenceRow struct {
	ID      uuid.UUID           `json:"id"`
	Turn    uuid.UUID           `json:"turn_id"`
	N       int                 `json:"n"`
	Kind    models.EvidenceKind `json:"kind"`
	Score   float64             `json:"score"`
	Content json.RawMessage     `json:"content"`
}

func rowsOf(evidence []models.Evidence) string {
	rows := make([]evidenceRow, len(evidence))
	for i := range evidence {
		e := &evidence[i]
		rows[i] = evidenceRow{ID: e.ID, N: e.N, Kind: e.Kind, Score: e.Score, Content: json.RawMessage(asJSON(e.Content()))}
	}
	return asJSON(rows)
}

// Evidence returns what an attempt of a turn retrieved, without what was worked
// out of it for a draft.
func (s *Store) Evidence(ctx context.Context, account, turn uuid.UUID, attempt int) ([]models.Evidence, error) {
	var out []models.Evidence
	err := s.inOneTrip(ctx, account, func(t *trip) {
		out = nil
		t.evidence(&out, account, turn, attempt)
	})
	return out, err
}

// evidence reads what an attempt of a turn retrieved.
func (t *trip) evidence(out *[]models.Evidence, account, turn uuid.UUID, attempt int) {
	t.all(intoEvidence(out), evidenceRows+"account_id = $1 AND turn_id = $2 AND attempt = $3 AND kind <> $4 ORDER BY n",
		account, turn, attempt, models.EvidenceComputed)
}

// evidence reads what is chosen, by turn, attempt and number.
func (tx *Tx) evidence(where string, args ...any) (out []models.Evidence, err error) {
	var rows [][]byte
	err = tx.db.Raw(evidenceRows+"account_id = ? AND "+where+" ORDER BY turn_id, attempt, n", append([]any{tx.Account}, args...)...).Scan(&rows).Error
	for i := 0; err == nil && i < len(rows); i++ {
		err = intoEvidence(&out)(rows[i])
	}
	return out, err
}

// evidenceRows selects evidenceRow as JSON.
const evidenceRows = "SELECT json_build_object('id', id, 'turn_id', turn_id, 'n', n, 'kind', kind, 'score', score, 'content', content) FROM evidence WHERE "

func intoEvidence(out *[]models.Evidence) func([]byte) error {
	return func(raw []byte) error {
		var r evidenceRow
		if err := readJSON(raw, &r); err != nil {
			return err
		}
		e := models.Evidence{ID: r.ID, TurnID: r.Turn, N: r.N, Kind: r.Kind, Score: r.Score}
		*out = append(*out, e)
		return readJSON(r.Content, (*out)[len(*out)-1].Place())
	}
}

// CreateImport stores an upload for its ingest workflow. For a source it makes
// the source, or finds it by its ID or key; CodeConflict where that one is
// locked.
func (s *Store) CreateImport(ctx context.Context, actor models.Actor, imp models.Import) (models.Import, error) {
	imp.ID, imp.State, imp.RowErrors = models.NewID(), models.ImportPending, []models.RowError{}
	if imp.Body == nil {
		imp.Body = []byte{}
	}
	if imp.Name == "" || (len(imp.Body) == 0 && imp.URL == "" && imp.RevisionID == nil) {
		return imp, models.Errorf(models.CodeInvalid, "an upload needs a name and a body")
	}
	err := s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		if imp.Kind == models.ImportSource {
			source, err := tx.awaitUpload(imp)
			if err != nil {
				return err
			}
			imp.SourceID = &source
		}
		if err := tx.db.Omit("created_at").Create(&imp).Error; err != nil {
			return err
		}
		return tx.audit(actor, "import."+string(imp.Kind), "import", &imp.ID, nil, uploaded(imp))
	})
	return imp, err
}

// uploaded is what the audit trail keeps of an upload.
func uploaded(imp models.Import) map[string]any {
	out := map[string]any{"name": imp.Name, "bytes": len(imp.Body)}
	if imp.SourceID != nil {
		out["source_id"], out["draft"] = imp.SourceID, imp.Draft
	}
	if imp.URL != "" {
		out["url"] = imp.URL
	}
	return out
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

// FinishImport notes how an upload ended, unless it has ended already. What was
// written and indexed is counted where it is. Orders leave with it: people's
// data is kept once.
func (s *Store) FinishImport(ctx context.Context, imp models.Import) error {
	return s.InAccount(ctx, imp.AccountID, func(tx *Tx) error { return tx.finishImport(imp) })
}

func (tx *Tx) finishImport(imp models.Import) error {
	if imp.RowErrors == nil {
		imp.RowErrors = []models.RowError{}
	}
	imp.Refused = len(imp.RowErrors)
	imp.RowErrors = imp.RowErrors[:min(imp.Refused, models.MaxRowErrors)]
	if imp.State == models.ImportFailed && imp.SourceID != nil {
		if err := tx.uploadFailed(imp); err != nil {
			return err
		}
	}
	return tx.db.Exec(`
		UPDATE imports SET state = ?, failure = ?, done = ?, total = greatest(total, ?), refused = ?, absent = ?, row_errors = ?::jsonb,
		       body = CASE kind WHEN 'orders' THEN '' ELSE body END, finished_at = now()
		 WHERE account_id = ? AND id = ? AND state = 'pending'`,
		imp.State, imp.Failure, imp.Done, imp.Total, imp.Refused, imp.Absent, asJSON(imp.RowErrors), tx.Account, imp.ID).Error
}

// Progress notes how far an upload has come, for those who watch it.
func (s *Store) Progress(ctx context.Context, imp models.Import) error {
	return s.InAccount(ctx, imp.AccountID, func(tx *Tx) error {
		return tx.db.Exec("UPDATE imports SET done = ?, total = ? WHERE account_id = ? AND id = ?", imp.Done, imp.Total, tx.Account, imp.ID).Error
	})
}

// requestReindex has an account's index written anew, by the import of its own
// kind that the API starts like any other.
func (tx *Tx) requestReindex() error { return tx.request(models.ImportReindex) }

func (tx *Tx) request(kind models.ImportKind) error {
	return tx.db.Exec("INSERT INTO imports (id, account_id, kind, name, body) VALUES (?, ?, ?, 'index', '')", models.NewID(), tx.Account, kind).Error
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		// The types that come here hold strings, numbers and IDs only.
		panic("store: " + err.Error())
	}
	return string(raw)
}

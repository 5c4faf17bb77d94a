package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// ProductID returns the ID of an account's product, so that importing a handle
// again updates its row and its object in the index.
func ProductID(account uuid.UUID, handle string) uuid.UUID {
	return uuid.NewSHA1(account, []byte("product/"+handle))
}

// PutProducts inserts or replaces products by handle, with their variants.
// IDs of products are set in place. CodeConflict where a newer upload of
// products came; an upload of uuid.Nil never gives way.
func (s *Store) PutProducts(ctx context.Context, account, upload uuid.UUID, products []models.Product) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.giveWay(upload); err != nil {
			return err
		}
		for i := range products {
			p := &products[i]
			p.ID, p.AccountID = ProductID(account, p.Handle), account
			if p.Tags == nil {
				p.Tags = []string{}
			}
			err := tx.db.Exec(`
				INSERT INTO products (id, account_id, handle, title, body, vendor, type, tags, image_url, published)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
				ON CONFLICT (account_id, handle) DO UPDATE SET title = excluded.title, body = excluded.body, vendor = excluded.vendor,
				    type = excluded.type, tags = excluded.tags, image_url = excluded.image_url, published = excluded.published, updated_at = now()`,
				p.ID, account, p.Handle, p.Title, p.Body, p.Vendor, p.Type, asJSON(p.Tags), p.ImageURL, p.Published).Error
			if err != nil {
				return err
			}
			if err := tx.replaceVariants(p); err != nil {
				return err
			}
		}
		return nil
	})
}

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

// variantRow is a variant with the columns that place it.
type variantRow struct {
	models.Variant
	AccountID uuid.UUID
	ProductID uuid.UUID
	Position  int
}

// TableName names the table.
func (variantRow) TableName() string { return "variants" }

func (tx *Tx) replaceVariants(p *models.Product) error {
	if err := tx.db.Exec("DELETE FROM variants WHERE account_id = ? AND product_id = ?", tx.Account, p.ID).Error; err != nil {
		return err
	}
	rows := make([]variantRow, len(p.Variants))
	for i, v := range p.Variants {
		v.ID = uuid.NewSHA1(p.ID, []byte{byte(i >> 8), byte(i)})
		if v.Options == nil {
			v.Options = []models.Option{}
		}
		rows[i] = variantRow{Variant: v, AccountID: tx.Account, ProductID: p.ID, Position: i}
		p.Variants[i] = v
	}
	return tx.insertAll(rows, len(rows))
}

// ProductsByID returns published products with their variants, read now, in
// the order of ids. Those that are gone are left out.
func (s *Store) ProductsByID(ctx context.Context, account uuid.UUID, ids []uuid.UUID) ([]models.Product, error) {
	return s.products(ctx, account, func(db *gorm.DB) *gorm.DB {
		return db.Where("id IN ? AND published", ids)
	}, ids)
}

// Products lists products by title, at most limit.
func (s *Store) Products(ctx context.Context, account uuid.UUID, limit int) ([]models.Product, error) {
	return s.products(ctx, account, func(db *gorm.DB) *gorm.DB { return db.Order("title, id").Limit(limit) }, nil)
}

func (s *Store) products(ctx context.Context, account uuid.UUID, narrow func(*gorm.DB) *gorm.DB, order []uuid.UUID) ([]models.Product, error) {
	var out []models.Product
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var found []models.Product
		if err := narrow(tx.db.Where("account_id = ?", tx.Account)).Find(&found).Error; err != nil {
			return err
		}
		byID := make(map[uuid.UUID]*models.Product, len(found))
		ids := make([]uuid.UUID, len(found))
		for i := range found {
			ids[i] = found[i].ID
			byID[ids[i]] = &found[i]
		}
		var rows []variantRow
		if err := tx.db.Where("account_id = ? AND product_id IN ?", tx.Account, ids).Order("product_id, position").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			byID[r.ProductID].Variants = append(byID[r.ProductID].Variants, r.Variant)
		}
		if order == nil {
			out = found
			return nil
		}
		out = out[:0]
		for _, id := range order {
			if p := byID[id]; p != nil {
				out = append(out, *p)
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

// FinishImport notes how an upload ended, unless it has ended already.
func (s *Store) FinishImport(ctx context.Context, imp models.Import) error {
	return s.InAccount(ctx, imp.AccountID, func(tx *Tx) error { return tx.finishImport(imp) })
}

func (tx *Tx) finishImport(imp models.Import) error {
	if imp.RowErrors == nil {
		imp.RowErrors = []models.RowError{}
	}
	if imp.State == models.ImportFailed && imp.SourceID != nil {
		if err := tx.uploadFailed(imp); err != nil {
			return err
		}
	}
	return tx.db.Exec(`UPDATE imports SET state = ?, failure = ?, done = ?, row_errors = ?::jsonb, finished_at = now()
		WHERE account_id = ? AND id = ? AND state = 'pending'`,
		imp.State, imp.Failure, imp.Done, asJSON(imp.RowErrors), tx.Account, imp.ID).Error
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

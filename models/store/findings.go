package store

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"kedai/models"
)

const (
	maxFindings = 200
	maxFacts    = 20_000 // Of a set; a source has some dozens.
)

// SaveExamination stores what was found in a revision's text, in the place of
// what was found before.
func (s *Store) SaveExamination(ctx context.Context, account, source, revision uuid.UUID, exam models.Examination) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		// Two that examine one revision at once would each store what they found.
		if err := tx.db.Exec("SELECT FROM source_revisions WHERE account_id = ? AND id = ? FOR UPDATE", tx.Account, revision).Error; err != nil {
			return err
		}
		for _, table := range []string{"findings", "facts"} {
			if err := tx.db.Exec("DELETE FROM "+table+" WHERE account_id = ? AND revision_id = ?", tx.Account, revision).Error; err != nil {
				return err
			}
		}
		for _, f := range exam.Findings {
			for _, st := range f.Statements {
				err := tx.db.Exec("INSERT INTO findings (id, account_id, source_id, revision_id, kind, place, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
					models.NewID(), tx.Account, source, revision, f.Kind, st.Place, st.Quote).Error
				if err != nil {
					return err
				}
			}
		}
		for _, f := range exam.Facts {
			err := tx.db.Exec("INSERT INTO facts (id, account_id, source_id, revision_id, subject, value, place, quote) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				models.NewID(), tx.Account, source, revision, f.Subject, f.Value, f.Place, f.Quote).Error
			if err != nil {
				return err
			}
		}
		if exam.Topics == nil {
			exam.Topics = []models.Topic{}
		}
		return expectOne(tx.db.Exec("UPDATE source_revisions SET topics = ?::jsonb, examined = true WHERE account_id = ? AND source_id = ? AND id = ?",
			asJSON(exam.Topics), tx.Account, source, revision))
	})
}

// Findings returns what in a set would make answers wrong, at most 200, and
// what the catalogue lacks. Disabled sources don't count.
func (s *Store) Findings(ctx context.Context, account uuid.UUID, set models.SourceSet) (models.ProductGaps, []models.Finding, error) {
	var gaps models.ProductGaps
	var findings []models.Finding
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		findings = []models.Finding{}
		if err := tx.productGaps(&gaps); err != nil {
			return err
		}
		var found []struct {
			Kind                 models.FindingKind
			SourceID             uuid.UUID
			Title, Place, Detail string
		}
		const inSet = ` JOIN source_sets l ON l.account_id = f.account_id AND l.source_id = f.source_id AND l.revision_id = f.revision_id AND l.enabled AND l.version = ?
			  JOIN source_revisions r ON r.account_id = f.account_id AND r.id = f.revision_id
			 WHERE f.account_id = ? ORDER BY r.title, f.id LIMIT ?`
		err := tx.db.Raw("SELECT f.kind, f.source_id, r.title, f.place, f.detail FROM findings f"+inSet, set, tx.Account, maxFindings).Scan(&found).Error
		if err != nil {
			return err
		}
		for _, f := range found {
			findings = append(findings, models.Finding{Kind: f.Kind, Statements: []models.Statement{{SourceID: f.SourceID, Title: f.Title, Place: f.Place, Quote: f.Detail}}})
		}
		var facts []models.Fact
		if err := tx.db.Raw("SELECT f.subject, f.source_id, r.title, f.place, f.value, f.quote FROM facts f"+inSet, set, tx.Account, maxFacts).Scan(&facts).Error; err != nil {
			return err
		}
		findings = append(findings, models.Contradictions(facts)...)
		findings = findings[:min(len(findings), maxFindings)]
		return nil
	})
	return gaps, findings, err
}

func (tx *Tx) productGaps(gaps *models.ProductGaps) error {
	return tx.db.Raw(`
		SELECT count(*) AS products,
		       count(*) FILTER (WHERE btrim(p.body) = '') AS without_description,
		       count(*) FILTER (WHERE NOT EXISTS (SELECT FROM variants v WHERE v.account_id = p.account_id AND v.product_id = p.id AND v.price IS NOT NULL)) AS without_price,
		       count(*) FILTER (WHERE NOT EXISTS (SELECT FROM variants v WHERE v.account_id = p.account_id AND v.product_id = p.id
		           AND (NOT v.tracked OR v.backorder OR v.quantity > 0))) AS without_stock
		  FROM products p WHERE p.account_id = ? AND p.published`, tx.Account).Take(gaps).Error
}

// Topics returns what the draft tells about, of what customers ask: topics
// without a source or product are for the shop to add.
func (s *Store) Topics(ctx context.Context, account uuid.UUID) (map[models.Topic]bool, error) {
	var out map[models.Topic]bool
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = map[models.Topic]bool{}
		var topics []models.Topic
		err := tx.db.Raw(`
			SELECT DISTINCT t.topic FROM source_sets l JOIN source_revisions r ON r.account_id = l.account_id AND r.id = l.revision_id,
			       jsonb_array_elements_text(r.topics) AS t (topic)
			 WHERE l.account_id = ? AND l.version = 'draft' AND l.enabled`, tx.Account).Scan(&topics).Error
		if err != nil {
			return err
		}
		for _, topic := range models.Topics() {
			out[topic] = slices.Contains(topics, topic)
		}
		var products bool
		if err := tx.db.Raw("SELECT EXISTS (SELECT FROM products WHERE account_id = ? AND published)", tx.Account).Row().Scan(&products); err != nil {
			return err
		}
		out[models.TopicProducts] = out[models.TopicProducts] || products
		return nil
	})
	return out, err
}

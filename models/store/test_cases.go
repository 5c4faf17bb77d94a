package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"kedai/models"
)

// PutTestCases adds cases or replaces those of the same ID. CodeInvalid where
// there would be too many; then nothing is changed.
func (s *Store) PutTestCases(ctx context.Context, actor models.Actor, account uuid.UUID, cases []models.TestCase) (total int, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		for _, c := range cases {
			err := tx.db.Exec(`INSERT INTO test_cases (account_id, id, data) VALUES (?, ?, ?::jsonb)
				ON CONFLICT (account_id, id) DO UPDATE SET data = excluded.data, updated_at = now()`, tx.Account, c.ID, asJSON(c)).Error
			if err != nil {
				return err
			}
		}
		if err := tx.db.Raw("SELECT count(*) FROM test_cases WHERE account_id = ?", tx.Account).Row().Scan(&total); err != nil {
			return err
		}
		if total > models.TestCases {
			return models.Errorf(models.CodeInvalid, "an account has at most %d test cases; delete some first", models.TestCases)
		}
		return tx.audit(actor, "tests.put", "account", nil, nil, map[string]any{"cases": len(cases), "total": total})
	})
	return total, err
}

// TestCases lists cases by ID, on from after. next is empty on the last page.
func (s *Store) TestCases(ctx context.Context, account uuid.UUID, after string, limit int) (cases []models.TestCase, next string, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		cases, err = tx.testCases("id > ?", after, limit+1)
		return err
	})
	if len(cases) > limit {
		cases = cases[:limit]
		next = cases[limit-1].ID
	}
	return cases, next, err
}

func (tx *Tx) testCases(where string, arg any, limit int) ([]models.TestCase, error) {
	var rows []struct{ Data []byte }
	err := tx.db.Raw("SELECT data FROM test_cases WHERE account_id = ? AND "+where+" ORDER BY id LIMIT ?", tx.Account, arg, limit).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make([]models.TestCase, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal(r.Data, &out[i]); err != nil {
			return nil, models.Errorf(models.CodeInternal, "a test case's row can't be read")
		}
	}
	return out, nil
}

// DeleteTestCases removes one case, or all where id is empty. Runs keep theirs.
func (s *Store) DeleteTestCases(ctx context.Context, actor models.Actor, account uuid.UUID, id string) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		done := tx.db.Exec("DELETE FROM test_cases WHERE account_id = ? AND (id = ? OR ? = '')", tx.Account, id, id)
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 && id != "" {
			return models.Errorf(models.CodeNotFound, "there is no such test case")
		}
		return tx.audit(actor, "tests.delete", "account", nil, map[string]any{"cases": done.RowsAffected}, nil)
	})
}

package store

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"kedai/models"
)

// Synonyms returns an account's groups of terms.
func (s *Store) Synonyms(ctx context.Context, account uuid.UUID) (models.Synonyms, error) {
	var out models.Synonyms
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var raw []byte
		err := tx.db.Raw("SELECT coalesce((SELECT terms FROM synonyms WHERE account_id = ?), '[]')", tx.Account).Row().Scan(&raw)
		if err != nil {
			return err
		}
		out, err = synonymsOf(raw)
		return err
	})
	return out, err
}

func synonymsOf(raw []byte) (models.Synonyms, error) {
	out := models.Synonyms{}
	if len(raw) == 0 || string(raw) == "null" {
		return out, nil
	}
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, models.Errorf(models.CodeInternal, "read synonyms: %w", err)
	}
	return out, nil
}

// SetSynonyms replaces an account's groups of terms; searches from now on use
// them. CodeInvalid where they break a limit.
func (s *Store) SetSynonyms(ctx context.Context, account uuid.UUID, actor models.Actor, groups models.Synonyms) (models.Synonyms, error) {
	groups, err := groups.Normal()
	if err != nil {
		return nil, err
	}
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		// The first row of an account can't be locked before it is there.
		if err := tx.db.Exec("INSERT INTO synonyms (account_id, terms) VALUES (?, '[]') ON CONFLICT DO NOTHING", tx.Account).Error; err != nil {
			return err
		}
		var raw []byte
		if err := tx.db.Raw("SELECT terms FROM synonyms WHERE account_id = ? FOR UPDATE", tx.Account).Row().Scan(&raw); err != nil {
			return err
		}
		before, err := synonymsOf(raw)
		if err != nil {
			return err
		}
		if err := tx.db.Exec("UPDATE synonyms SET terms = ?::jsonb, updated_at = now() WHERE account_id = ?", asJSON(groups), tx.Account).Error; err != nil {
			return err
		}
		return tx.audit(actor, "knowledge.synonyms", "synonyms", nil, changedGroups(before, groups), changedGroups(groups, before))
	})
	return groups, err
}

// auditedGroups bounds what the audit trail keeps of one change of synonyms.
const auditedGroups = 50

// changedGroups returns how many groups there are, and those that the other
// side lacks.
func changedGroups(groups, other models.Synonyms) map[string]any {
	there := make(map[string]bool, len(other))
	for _, group := range other {
		there[asJSON(group)] = true
	}
	changed := slices.DeleteFunc(slices.Clone(groups), func(group []string) bool { return there[asJSON(group)] })
	return map[string]any{"groups": len(groups), "changed": len(changed), "first": changed[:min(len(changed), auditedGroups)]}
}

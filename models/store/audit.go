package store

import (
	"context"

	"github.com/google/uuid"

	"kedai/models"
)

// audit records a change in the change's own transaction.
func (tx *Tx) audit(actor models.Actor, action, subject string, id *uuid.UUID, before, after any) error {
	return tx.db.Omit("at").Create(&models.AuditEntry{
		ID: models.NewID(), AccountID: tx.Account, Actor: actor.Name, Action: action,
		Subject: subject, SubjectID: id, Before: before, After: after,
	}).Error
}

// Audit returns the newest entries of an account, at most limit.
func (s *Store) Audit(ctx context.Context, account uuid.UUID, limit int) ([]models.AuditEntry, error) {
	var entries []models.AuditEntry
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Where("account_id = ?", tx.Account).Order("at DESC, id DESC").Limit(limit).Find(&entries).Error
	})
	return entries, err
}

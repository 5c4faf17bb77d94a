package store

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// PendingImport names an upload that waits for its ingest workflow.
type PendingImport struct {
	AccountID uuid.UUID
	ID        uuid.UUID
}

// PendingImports lists uploads that have been pending for longer than age,
// oldest first: their ingest runs still, or was never started.
func (s *System) PendingImports(ctx context.Context, age time.Duration, limit int) ([]PendingImport, error) {
	var rows []PendingImport
	err := s.db.WithContext(ctx).Raw(`
		SELECT account_id, id FROM imports
		 WHERE state = 'pending' AND created_at < clock_timestamp() - make_interval(secs => ?)
		 ORDER BY created_at LIMIT ?`, age.Seconds(), limit).Scan(&rows).Error
	return rows, translate(err)
}

// Package llm holds the models that can write a reply in place of the built-in
// engine.
package llm

import (
	"context"

	"kedai/activities/answer"
	"kedai/models"
)

// Model writes the draft of a reply from numbered evidence.
//
// Draft returns CodeUnavailable or CodeRateLimited where another try may
// succeed, and CodeRejected where the provider refuses for good. Its error
// never holds text of the customer or of the provider. It obeys ctx.
type Model interface {
	Draft(ctx context.Context, t answer.Turn, evidence []models.Evidence) (models.Draft, error)
}

// Scripted is a Model of which a test decides every answer.
type Scripted struct {
	DraftFn func(ctx context.Context, t answer.Turn, evidence []models.Evidence) (models.Draft, error)
}

var _ Model = (*Scripted)(nil)

// Draft calls DraftFn.
func (s *Scripted) Draft(ctx context.Context, t answer.Turn, evidence []models.Evidence) (models.Draft, error) {
	return s.DraftFn(ctx, t, evidence)
}

// Package llm holds the models that can write a reply in place of the built-in
// engine.
package llm

import (
	"context"
	"errors"
	"time"

	"kedai/activities/answer"
	"kedai/activities/provider"
	"kedai/models"
)

// Model writes the draft of a reply from numbered evidence, and summaries.
//
// Both return CodeUnavailable or CodeRateLimited where another try may
// succeed, and CodeRejected where the provider refuses for good or its answer
// can't be used. A CodeRateLimited may say when to come again: see Delay. No
// error holds text of the customer or of the provider. Both obey ctx. What a
// call has used is returned beside an error too.
type Model interface {
	Draft(ctx context.Context, r Request) (Reply, error)
	Summarize(ctx context.Context, r SummaryRequest) (Summary, error)
}

// Request is what a draft is written from.
type Request struct {
	Turn     answer.Turn
	Evidence []models.Evidence
	Summary  string           // Of what was said before Turn.History; may be empty.
	Last     bool             // No further search can be asked for.
	Refused  []answer.Refused // The drafts before this one and why they were refused.
}

// Reply is a draft and what it took.
type Reply struct {
	Draft models.Draft
	Usage Usage
}

// SummaryRequest is what a summary is written from.
type SummaryRequest struct {
	Turn    answer.Turn // The lines to be summarised are its History, then its Messages.
	Purpose answer.SummaryPurpose
	Before  string               // The summary of what came before Turn.History; may be empty.
	Reason  models.HandoffReason // Of the handoff that a note is for.
}

// Summary is a summary and what it took.
type Summary struct {
	Text  string
	Usage Usage
}

// Usage is what calls of a model took.
type Usage struct {
	Model        string // Provider and name, such as gemini/gemini-2.5-flash.
	InputTokens  int
	OutputTokens int
}

// Add returns the usage of both.
func (u Usage) Add(more Usage) Usage {
	if u.Model == "" {
		u.Model = more.Model
	}
	u.InputTokens += more.InputTokens
	u.OutputTokens += more.OutputTokens
	return u
}

// Delay returns how long a rate-limited provider wants to be left alone, and
// false where it doesn't say.
func Delay(err error) (time.Duration, bool) {
	var t *provider.Throttled
	if !errors.As(err, &t) || t.RetryAfter() <= 0 {
		return 0, false
	}
	return t.RetryAfter(), true
}

// Scripted is a Model of which a test decides every answer.
type Scripted struct {
	DraftFn     func(ctx context.Context, r Request) (Reply, error)
	SummarizeFn func(ctx context.Context, r SummaryRequest) (Summary, error) // Nil: it refuses.
}

var _ Model = (*Scripted)(nil)

// Draft calls DraftFn.
func (s *Scripted) Draft(ctx context.Context, r Request) (Reply, error) { return s.DraftFn(ctx, r) }

// Summarize calls SummarizeFn.
func (s *Scripted) Summarize(ctx context.Context, r SummaryRequest) (Summary, error) {
	if s.SummarizeFn == nil {
		return Summary{}, models.Errorf(models.CodeRejected, "the scripted model writes no summaries")
	}
	return s.SummarizeFn(ctx, r)
}

// Package activities holds everything with side effects, as one receiver
// struct per concern. Activities take and return IDs, numbers and times; texts
// stand in Postgres.
package activities

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/temporal"

	"kedai/models"
)

// retryable tells which codes another try can mend. Everything else fails at
// once: it is bad input, a state that forbids the change, or a defect.
var retryable = map[models.Code]bool{
	models.CodeUnavailable:  true,
	models.CodeRateLimited:  true,
	models.CodeUnknownState: true,
}

// edge turns what an activity's insides return into what Temporal may see: the
// code as the error's type and an ID to find it in the log. No message gets
// into a history, since it can hold a customer's or a platform's text.
func edge(ctx context.Context, log *slog.Logger, name string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, context.Canceled) || ctx.Err() != nil {
		return temporal.NewCanceledError()
	}
	code := models.CodeOf(err)
	id := uuid.NewString()
	log.ErrorContext(ctx, "activity failed", "activity", name, "code", code, "error_id", id, "error", causeOf(err))
	options := temporal.ApplicationErrorOptions{NonRetryable: !retryable[code]}
	var later interface {
		error
		RetryAfter() time.Duration
	}
	if errors.As(err, &later) {
		options.NextRetryDelay = later.RetryAfter()
	}
	return temporal.NewApplicationErrorWithOptions("error "+id, string(code), options)
}

// causeOf returns the parts of an error that may be logged: messages of our
// own, which hold no personal data.
func causeOf(err error) string {
	var known *models.Error
	if errors.As(err, &known) {
		return known.Error()
	}
	return "unclassified"
}

// retryLater carries the time after which a third party wants to be asked
// again.
type retryLater struct {
	err   error
	after time.Duration
}

func (e *retryLater) Error() string { return e.err.Error() }
func (e *retryLater) Unwrap() error { return e.err }

// RetryAfter returns the time to wait.
func (e *retryLater) RetryAfter() time.Duration { return e.after }

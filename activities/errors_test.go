package activities

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"kedai/models"
)

func TestEdge(t *testing.T) {
	t.Parallel()
	const words = "the customer wrote this"
	cases := map[models.Code]bool{ // Non-retryable?
		models.CodeInvalid: true, models.CodeNotFound: true, models.CodeConflict: true, models.CodeUnauthorized: true, models.CodeForbidden: true,
		models.CodeTooLarge: true, models.CodeRejected: true, models.CodeInternal: true,
		models.CodeUnavailable: false, models.CodeRateLimited: false, models.CodeUnknownState: false,
	}
	for code, final := range cases {
		t.Run(string(code)+" keeps its code and loses its words", func(t *testing.T) {
			t.Parallel()
			err := edge(t.Context(), slog.New(slog.DiscardHandler), "Test", models.Errorf(code, "no: %s", words))
			var app *temporal.ApplicationError
			require.ErrorAs(t, err, &app)
			require.Equal(t, string(code), app.Type())
			require.Equal(t, final, app.NonRetryable())
			require.NotContains(t, app.Error(), words)
		})
	}
	t.Run("an unknown error is a defect, and neither history nor log has its words", func(t *testing.T) {
		t.Parallel()
		var log bytes.Buffer
		err := edge(t.Context(), slog.New(slog.NewTextHandler(&log, nil)), "Test", errors.New(words))
		var app *temporal.ApplicationError
		require.ErrorAs(t, err, &app)
		require.Equal(t, string(models.CodeInternal), app.Type())
		require.True(t, app.NonRetryable())
		require.NotContains(t, err.Error(), words)
		require.NotContains(t, log.String(), words)
	})
	t.Run("a platform's wish to wait becomes the next retry's delay", func(t *testing.T) {
		t.Parallel()
		err := edge(t.Context(), slog.New(slog.DiscardHandler), "Test", &retryLater{err: models.Errorf(models.CodeUnavailable, "later"), after: 7 * time.Second})
		var app *temporal.ApplicationError
		require.ErrorAs(t, err, &app)
		require.Equal(t, 7*time.Second, app.NextRetryDelay())
	})
	t.Run("a cancelled activity is cancelled, whatever it returned", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := edge(ctx, slog.New(slog.DiscardHandler), "Test", fmt.Errorf("read: %w", context.Canceled))
		require.True(t, temporal.IsCanceledError(err))
	})
}

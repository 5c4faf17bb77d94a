package workflows_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"pgregory.net/rapid"

	"kedai/activities"
	"kedai/models"
)

// TestAnyTimeline drives the workflow through random timelines of messages,
// lost and double doorbells, operators' actions, failing engines, superseded
// and deferred deliveries, and closings. Whatever comes: turns never overlap,
// replies cover ever newer messages, and once somebody rings again nothing
// waits.
func TestAnyTimeline(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		b := setup(t)
		delivering := 0
		b.verdict = func() models.Verdict {
			delivering++
			require.Equal(t, 1, delivering, "deliveries overlap")
			delivering--
			switch rapid.IntRange(0, 9).Draw(r, "verdict") {
			case 0:
				return models.VerdictSuperseded
			case 1:
				until := b.env.Now().Add(2 * time.Second)
				b.deadline = &until
				return models.VerdictDeferred
			}
			return models.VerdictDelivered
		}
		b.generate = func(context.Context, activities.TurnRequest) (activities.Generated, error) {
			switch rapid.IntRange(0, 9).Draw(r, "engine") {
			case 0:
				return activities.Generated{}, temporal.NewNonRetryableApplicationError("error", string(models.CodeRejected), nil)
			case 1:
				return activities.Generated{}, temporal.NewApplicationError("error", string(models.CodeUnavailable))
			}
			return activities.Generated{Action: models.ActionAnswer}, nil
		}
		for range rapid.IntRange(1, 12).Draw(r, "events") {
			after := time.Duration(rapid.IntRange(0, 20_000).Draw(r, "after")) * time.Millisecond
			switch rapid.SampledFrom([]string{"message", "question", "unrung", "double", "operator", "unsent"}).Draw(r, "event") {
			case "message":
				b.inbound(after, false)
			case "question":
				b.inbound(after, true)
			case "unrung":
				b.at(after, func() { b.wake++; b.lastIn = b.wake })
			case "double":
				b.inbound(after, false)
				b.at(after, func() { b.ring(false) })
			case "operator":
				b.at(after, func() { b.wake++; b.ring(false) })
			case "unsent":
				b.at(after, func() { b.unsent++; b.wake++; b.ring(false) })
			}
		}
		// The relay rings for whatever was missed.
		b.at(time.Minute, func() { b.ring(false) })
		b.at(4*time.Minute, func() {
			require.Equal(t, b.lastIn, b.answered, "a message waits")
			require.LessOrEqual(t, b.unsent, 0, "an outbound waits")
		})
		b.finish(5 * time.Minute)
		b.run()
		require.NoError(t, b.env.GetWorkflowError())
		for i := 1; i < len(b.replies); i++ {
			require.Greater(t, b.replies[i], b.replies[i-1])
		}
	})
}

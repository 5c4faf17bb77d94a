package bench_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/deploy/bench"
	"kedai/models"
)

// TestIngestOutlivesKills kills the worker between the steps of an ingest. The
// text that was live stays so until the new one is whole, which comes by itself.
func TestIngestOutlivesKills(t *testing.T) {
	s := start(t)
	shop := openShop(t, s)
	add := func(t *testing.T, n int) uuid.UUID {
		t.Helper()
		var body strings.Builder
		for i := range 250 {
			fmt.Fprintf(&body, "## Question %d\n\nAnswer %d of text %d.\n\n", i, i, n)
		}
		var imp struct {
			SourceID uuid.UUID `json:"source_id"`
		}
		require.NoError(t, shop.Call(t.Context(), http.MethodPost, "/v1/sources", map[string]any{"title": fmt.Sprintf("Guide %d", n), "text": body.String()}, &imp))
		return imp.SourceID
	}
	live := func(id uuid.UUID) bool {
		detail, err := s.Store.Source(t.Context(), shop.Account.ID, models.SetLive, id)
		return err == nil && detail.Total == 250 && detail.State == models.SourceSynced && len(detail.Revisions) == 1
	}
	for n, point := range []string{"after-add-revision", "after-index-passages", "after-take-in"} {
		t.Run("it goes on after a kill at "+point, func(t *testing.T) {
			require.NoError(t, s.Arm(point))
			id := add(t, n)
			require.Eventually(t, func() bool { return !s.Armed(point) }, 20*time.Second, 10*time.Millisecond, "nothing passed the point")
			require.Eventually(t, func() bool { return live(id) }, patience, 50*time.Millisecond)
		})
	}
	t.Run("it goes on after a kill in the middle of tidying", func(t *testing.T) {
		const point = "after-leave-index"
		id := add(t, 8)
		require.Eventually(t, func() bool { return live(id) }, patience, 50*time.Millisecond)
		require.NoError(t, s.Arm(point))
		require.NoError(t, shop.Call(t.Context(), http.MethodPut, "/v1/sources/"+id.String(), map[string]any{"title": "Guide 8", "text": "## One\n\nAnswer.\n"}, nil))
		require.Eventually(t, func() bool { return !s.Armed(point) }, 20*time.Second, 10*time.Millisecond, "nothing passed the point")
		require.Eventually(t, func() bool {
			detail, err := s.Store.Source(t.Context(), shop.Account.ID, models.SetLive, id)
			return err == nil && strings.Contains(detail.Text, "Answer.") && detail.Total == 1
		}, patience, 50*time.Millisecond)
		require.Eventually(t, func() bool {
			left, err := s.Store.UntidyRevisions(t.Context(), shop.Account.ID)
			return err == nil && left == 0
		}, patience, 50*time.Millisecond)
	})
	t.Run("it goes on after a kill of the worker", func(t *testing.T) {
		before, err := s.PID(bench.PartWorker)
		require.NoError(t, err)
		id := add(t, 9)
		require.NoError(t, s.Kill(bench.PartWorker))
		require.Eventually(t, func() bool {
			after, err := s.PID(bench.PartWorker)
			return err == nil && after != before
		}, 20*time.Second, 20*time.Millisecond)
		require.Eventually(t, func() bool { return live(id) }, patience, 50*time.Millisecond)
	})
}

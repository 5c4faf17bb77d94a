package bench_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/deploy/bench"
	"kedai/models"
)

// ingestRows is enough for several batches before and after a kill.
const ingestRows = 3_000

func productFile(prefix string) string {
	var file strings.Builder
	file.WriteString("Handle,Title,Body (HTML),Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price\n")
	for i := range ingestRows {
		fmt.Fprintf(&file, "%s-%d,Product %d,\"<p>Made of oak,\nby hand.</p>\",%s-%d,shopify,3,12.50\n", prefix, i, i, prefix, i)
	}
	return file.String()
}

// TestIngestKills kills the worker in the middle of an import, at its tender
// points and anywhere: the import goes on where it was, and a second one of the
// same file finds nothing to do.
func TestIngestKills(t *testing.T) {
	s := start(t)
	shop := openShop(t, s)
	take := func(t *testing.T, file string, watch func(models.Import)) models.Import {
		t.Helper()
		imp, err := shop.Import(t.Context(), "products?name=products.csv", "text/csv", file, watch)
		require.NoError(t, err)
		return imp
	}
	whole := func(t *testing.T, file string, imp models.Import) {
		t.Helper()
		require.Equal(t, []int{ingestRows, ingestRows, ingestRows, ingestRows}, []int{imp.Done, imp.Total, imp.Written, imp.Indexed})
		again := take(t, file, func(models.Import) {})
		require.Equal(t, []int{ingestRows, 0, 0}, []int{again.Done, again.Written, again.Indexed})
	}

	for _, point := range []string{"after-ingest-rows", "after-ingest-objects"} {
		t.Run("an import goes on after a kill at "+point, func(t *testing.T) {
			file := productFile(uuid.NewString()[:8])
			require.NoError(t, s.Arm(point))
			imp := take(t, file, func(models.Import) {})
			require.False(t, s.Armed(point), "nothing passed the point")
			whole(t, file, imp)
		})
	}

	t.Run("an import goes on after a kill in its middle", func(t *testing.T) {
		file, killed := productFile(uuid.NewString()[:8]), false
		imp := take(t, file, func(imp models.Import) {
			if !killed && imp.Done > ingestRows/4 && imp.Done < ingestRows {
				killed = true
				require.NoError(t, s.Kill(bench.PartWorker))
			}
		})
		require.True(t, killed, "progress is seen while it runs")
		whole(t, file, imp)
	})
}

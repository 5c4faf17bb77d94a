package retrieval

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestDiverse(t *testing.T) {
	t.Parallel()
	type hit struct {
		title, kind string
		score       float64
	}
	pick := func(limit int, hits ...hit) []string {
		ranked := make([]models.Product, len(hits))
		scores := map[uuid.UUID]float64{}
		for i, h := range hits {
			ranked[i] = models.Product{ID: uuid.New(), Title: h.title, Type: h.kind}
			scores[ranked[i].ID] = h.score
		}
		var titles []string
		for _, p := range Diverse(models.English, ranked, scores, limit) {
			titles = append(titles, p.Title)
		}
		return titles
	}
	require.Equal(t, []string{"Blue cotton shirt", "Leather belt", "Wool scarf"}, pick(3,
		hit{"Blue cotton shirt", "Shirts", 0.9}, hit{"Red cotton shirt", "Shirts", 0.9}, hit{"Green cotton shirt", "Shirts", 0.89},
		hit{"Leather belt", "Belts", 0.85}, hit{"Wool scarf", "Scarves", 0.8}), "near duplicates don't fill the list")
	require.Equal(t, []string{"Blue cotton shirt", "Red cotton shirt", "Anvil"}, pick(3,
		hit{"Blue cotton shirt", "Shirts", 0.9}, hit{"Red cotton shirt", "Shirts", 0.9}, hit{"Anvil", "Tools", 0.1}), "what hardly fits comes last all the same")
	require.Equal(t, []string{"Anvil", "Leather belt"}, pick(2, hit{"Anvil", "Tools", 0.9}, hit{"Leather belt", "Belts", 0.5}))
	require.Equal(t, []string{"A", "B"}, pick(9, hit{"A", "", 0}, hit{"B", "", 0}), "fewer than asked for, without a score")
	require.Empty(t, pick(3))
	require.Empty(t, pick(0, hit{"A", "", 1}))
}

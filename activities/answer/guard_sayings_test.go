package answer

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// saying is a set of single sentences about one shop: what may be said of it, and what
// is wrong, promised or made up.
type saying struct {
	Evidence  []models.Evidence `json:"evidence"`
	Good, Bad []string
}

// mostPassing is how many wrong sentences of a language may pass.
const mostPassing = 1

func TestGuardJudgesSentences(t *testing.T) {
	t.Parallel()
	for _, l := range models.Languages() {
		t.Run(string(l)+" in single sentences", func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(filepath.Join("testdata", "sayings", string(l)+".json"))
			require.NoError(t, err)
			var file struct{ Shops []saying }
			require.NoError(t, json.Unmarshal(raw, &file))
			passed := 0
			for _, shop := range file.Shops {
				var cites []int
				for _, e := range shop.Evidence {
					cites = append(cites, e.N)
				}
				turn := Turn{Language: l, Shop: "Shop", Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
				for _, text := range shop.Good {
					require.Empty(t, Guard(turn, models.Draft{Text: text, Cites: cites}, shop.Evidence), text)
				}
				for _, text := range shop.Bad {
					if len(Guard(turn, models.Draft{Text: text, Cites: cites}, shop.Evidence)) == 0 {
						t.Logf("passes: %s", text)
						passed++
					}
				}
			}
			require.LessOrEqual(t, passed, mostPassing)
		})
	}
}

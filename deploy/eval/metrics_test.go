package eval

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestScore(t *testing.T) {
	t.Parallel()
	grades := map[string]int{"a": 2, "b": 2, "c": 1}
	for outcome, test := range map[string]struct {
		ranking []string
		want    Score
	}{
		"all in order":          {[]string{"a", "b", "c"}, Score{1, 1, 1}},
		"nothing":               {[]string{"x", "y"}, Score{}},
		"none at all":           {nil, Score{}},
		"what helps comes last": {[]string{"b", "a", "x", "c"}, Score{1, (3 + 3/math.Log2(3) + 1/math.Log2(5)) / (3 + 3/math.Log2(3) + 0.5), 1}},
		"half, on second place": {[]string{"x", "a"}, Score{0.5, 3 / math.Log2(3) / (3 + 3/math.Log2(3) + 0.5), 0.5}},
		"found too late":        {[]string{"1", "2", "3", "4", "5", "a"}, Score{0, 3 / math.Log2(7) / (3 + 3/math.Log2(3) + 0.5), 1.0 / 6}},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			got := score(test.ranking, grades)
			require.InDelta(t, test.want.Recall, got.Recall, 1e-9)
			require.InDelta(t, test.want.NDCG, got.NDCG, 1e-9)
			require.InDelta(t, test.want.MRR, got.MRR, 1e-9)
		})
	}
	many := map[string]int{"1": 2, "2": 2, "3": 2, "4": 2, "5": 2, "6": 2, "7": 2}
	require.InDelta(t, 0.8, score([]string{"1", "2", "3", "4", "x", "5"}, many).Recall, 1e-9, "over five where more were meant")
}

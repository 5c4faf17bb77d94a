package eval

import (
	"math"
	"slices"
)

// Score is how well a search did.
type Score struct {
	Recall float64 `json:"recall_at_5"` // Of what was meant, found in the first five, over the smaller of five and their number.
	NDCG   float64 `json:"ndcg_at_10"`  // With gain 2^grade - 1.
	MRR    float64 `json:"mrr"`         // Of the first that was meant.
}

const (
	recallDepth = 5
	ndcgDepth   = 10
	meant       = 2 // The grade of what was meant.
)

// score compares a ranking of keys with their grades.
func score(ranking []string, grades map[string]int) Score {
	var s Score
	wanted, found := 0, 0
	var ideal []float64
	for _, grade := range grades {
		if grade == meant {
			wanted++
		}
		ideal = append(ideal, gain(grade))
	}
	slices.SortFunc(ideal, func(a, b float64) int { return int(b - a) })
	best, got := 0.0, 0.0
	for i := range min(ndcgDepth, len(ideal)) {
		best += ideal[i] / math.Log2(float64(i+2))
	}
	for i, key := range ranking {
		grade := grades[key]
		if i < ndcgDepth {
			got += gain(grade) / math.Log2(float64(i+2))
		}
		if grade == meant && i < recallDepth {
			found++
		}
		if grade == meant && s.MRR == 0 {
			s.MRR = 1 / float64(i+1)
		}
	}
	if wanted > 0 {
		s.Recall = float64(found) / float64(min(recallDepth, wanted))
	}
	if best > 0 {
		s.NDCG = got / best
	}
	return s
}

func gain(grade int) float64 { return math.Pow(2, float64(grade)) - 1 }

// Mean is a mean of scores.
type Mean struct {
	Queries int `json:"queries"`
	Score
}

func (m *Mean) add(s Score) {
	n := float64(m.Queries)
	m.Queries++
	m.Recall = (m.Recall*n + s.Recall) / (n + 1)
	m.NDCG = (m.NDCG*n + s.NDCG) / (n + 1)
	m.MRR = (m.MRR*n + s.MRR) / (n + 1)
}

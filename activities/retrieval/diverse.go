package retrieval

import (
	"strings"

	"github.com/google/uuid"

	"kedai/models"
)

// How products are chosen that differ: relevance counts more than novelty, and
// what is far less relevant than the best is no choice at all.
const (
	relevanceShare = 0.7
	minRelevance   = 0.5 // Of the best one's score.
)

// Diverse picks products out of a ranking, at most limit, so that near
// duplicates don't fill it: the best first, then each time the one whose score
// is worth most beside how like it is to those picked (maximal marginal
// relevance). Products are alike by their types and by the words and concepts
// of their titles. Where what differs runs out, the rest follows in its order.
func Diverse(l models.Language, ranked []models.Product, scores map[uuid.UUID]float64, limit int) []models.Product {
	if len(ranked) == 0 || limit < 1 {
		return nil
	}
	best := scores[ranked[0].ID]
	sets := make([]map[string]bool, len(ranked))
	closest := make([]float64, len(ranked)) // How like each is to the likest that is picked.
	taken := make([]bool, len(ranked))
	for i := range ranked {
		sets[i] = traits(l, &ranked[i])
	}
	var out []models.Product
	for len(out) < min(limit, len(ranked)) {
		pick, worth := -1, 0.0
		for i := range ranked {
			relevance := scores[ranked[i].ID] / max(best, 1e-9)
			if taken[i] || (relevance < minRelevance && pick >= 0) {
				continue
			}
			value := relevanceShare*relevance - (1-relevanceShare)*closest[i]
			if pick < 0 || value > worth {
				pick, worth = i, value
			}
		}
		taken[pick] = true
		out = append(out, ranked[pick])
		for i := range ranked {
			if !taken[i] {
				closest[i] = max(closest[i], likeness(sets[i], sets[pick]))
			}
		}
	}
	return out
}

// traits are what tells a product from others: its type, and the stems and
// concepts of its title.
func traits(l models.Language, p *models.Product) map[string]bool {
	f := newField(l, p.Title)
	set := map[string]bool{"type:" + strings.ToLower(strings.TrimSpace(p.Type)): true}
	for _, token := range append(f.stems, f.marks...) {
		set[token] = true
	}
	return set
}

// likeness is the share of two sets that they have in common.
func likeness(a, b map[string]bool) float64 {
	common := 0
	for token := range a {
		if b[token] {
			common++
		}
	}
	return float64(common) / float64(max(1, len(a)+len(b)-common))
}

package activities

import (
	"context"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"kedai/activities/answer"
	"kedai/activities/retrieval"
	"kedai/models"
)

// How many hits of each kind a turn looks at. The index holds products that
// aren't published, the draft's passages and those of disabled sources too, so
// more are asked for; of products as many as the index ranks anyway. Of more
// still those are chosen that fit a wish.
const (
	searchLimit  = 6
	searchDeep   = 40
	searchWide   = 60
	diverseLimit = 24
	fittingLimit = 300

	// fittingShare is of the best hit's score: what fits a price and has little
	// else of what was asked for isn't meant.
	fittingShare = 0.25
)

// wish is what a turn looks for.
type wish struct {
	text    string
	filter  models.ProductFilter
	diverse bool // Products of several sorts are wanted.
}

// leastBound is the least number that is taken for a price: "up to 2" is of
// pieces.
var leastBound = decimal.NewFromInt(5)

// wishOf reads a wish out of what was understood. A bound holds where each
// question about products has one; the widest counts, so that no question goes
// without.
func wishOf(u answer.Understanding) wish {
	w := wish{text: u.Search}
	bounded := true
	for _, q := range u.Questions {
		switch q.Intent {
		case models.IntentPolicy, models.IntentPromotion, models.IntentOffTopic, models.IntentOrderStatus:
			continue
		case models.IntentRecommend:
			w.diverse = true
		}
		most, err := decimal.NewFromString(q.AtMost)
		if err != nil || most.LessThan(leastBound) {
			bounded = false
			continue
		}
		if w.filter.Max == nil || most.GreaterThan(*w.filter.Max) {
			w.filter.Max = &most
		}
	}
	if !bounded {
		w.filter.Max = nil
	}
	return w
}

// search searches, deeper where the best hits may not do, and loads what is
// chosen, of the given set.
func (a *Turns) search(ctx context.Context, account uuid.UUID, set models.SourceSet, q retrieval.Query, w wish) ([]models.Evidence, error) {
	q.Limit, q.Passages = searchDeep, searchWide
	if !w.filter.Empty() {
		q.Limit = fittingLimit
	}
	hits, err := a.Index.Search(ctx, account, q)
	if err != nil {
		return nil, err
	}
	var products, passages []retrieval.Hit
	for _, h := range hits {
		if h.Kind == models.EvidenceProduct {
			products = append(products, h)
		} else {
			passages = append(passages, h)
		}
	}
	return a.load(ctx, account, set, q.Language, products, first(passages, searchWide), w)
}

func first[T any](list []T, n int) []T { return list[:min(len(list), n)] }

// load reads the hits' current rows: prices and stock are never taken from the
// index, and what Postgres no longer has isn't evidence.
func (a *Turns) load(ctx context.Context, account uuid.UUID, set models.SourceSet, l models.Language, products, passages []retrieval.Hit, w wish) ([]models.Evidence, error) {
	var rows []models.Product
	var texts []models.Passage
	group, ctx := errgroup.WithContext(ctx)
	if len(products) > 0 {
		group.Go(func() (err error) {
			rows, err = a.choose(ctx, account, l, products, w)
			return err
		})
	}
	if len(passages) > 0 {
		group.Go(func() (err error) {
			texts, err = a.Store.LivePassages(ctx, account, set, idsOf(passages), searchLimit)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	scores := scoresOf(products, passages)
	evidence := make([]models.Evidence, 0, len(rows)+len(texts))
	for i := range rows {
		evidence = append(evidence, models.Evidence{Kind: models.EvidenceProduct, Score: scores[rows[i].ID], Product: &rows[i]})
	}
	for i := range texts {
		evidence = append(evidence, models.Evidence{Kind: models.EvidencePassage, Score: scores[texts[i].ID], Passage: &texts[i]})
	}
	return evidence, nil
}

// choose returns the products that a turn may speak of. Where none fits the
// wish the best hits are it, so that the reply can say what there is instead.
func (a *Turns) choose(ctx context.Context, account uuid.UUID, l models.Language, hits []retrieval.Hit, w wish) ([]models.Product, error) {
	wanted := searchLimit
	if w.diverse {
		wanted = diverseLimit
	}
	var rows []models.Product
	var err error
	if !w.filter.Empty() {
		rows, err = a.Store.FittingProducts(ctx, account, idsOf(meant(hits)), w.filter, wanted)
	}
	if err == nil && len(rows) == 0 {
		rows, err = a.Store.ProductsByID(ctx, account, idsOf(first(hits, wanted)))
	}
	if err != nil || !w.diverse {
		return rows, err
	}
	return retrieval.Diverse(l, rows, scoresOf(hits), searchLimit), nil
}

// meant are the hits, the best first, that are near enough to the best.
func meant(hits []retrieval.Hit) []retrieval.Hit {
	for i, h := range hits {
		if h.Score < fittingShare*hits[0].Score {
			return hits[:i]
		}
	}
	return hits
}

func idsOf(hits []retrieval.Hit) []uuid.UUID {
	ids := make([]uuid.UUID, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	return ids
}

func scoresOf(lists ...[]retrieval.Hit) map[uuid.UUID]float64 {
	scores := map[uuid.UUID]float64{}
	for _, hits := range lists {
		for _, h := range hits {
			scores[h.ID] = h.Score
		}
	}
	return scores
}

package retrieval

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"
	protocol "github.com/weaviate/weaviate/grpc/generated/protocol/v1"

	"kedai/models"
)

const (
	maxHits       = 100 // Of one kind.
	maxQueryStems = 48
)

// Search asks for both kinds at once. It speaks gRPC itself, for the client
// has only GraphQL to offer, which takes the server twice the time and has to
// be kept safe from what customers write.
func (w *Weaviate) Search(ctx context.Context, account uuid.UUID, l models.Language, text string, limit int) ([]Hit, error) {
	if !l.Valid() {
		return nil, models.Errorf(models.CodeInvalid, "The agent doesn't speak the language %q.", l)
	}
	stems := queryStems(l, text, maxQueryStems)
	if limit = min(limit, maxHits); limit < 1 || len(stems) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()

	query := strings.Join(stems, " ")
	var passages []Hit
	var failed error
	var other sync.WaitGroup
	other.Go(func() { passages, failed = w.searchKind(ctx, account, models.EvidencePassage, query, limit) })
	products, err := w.searchKind(ctx, account, models.EvidenceProduct, query, limit)
	other.Wait()
	if err := cmp.Or(err, failed); err != nil {
		return nil, err
	}
	return append(products, passages...), nil
}

// searchKind returns the hits of one kind, the best first.
func (w *Weaviate) searchKind(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, query string, limit int) ([]Hit, error) {
	reply, err := w.search.Search(ctx, &protocol.SearchRequest{
		Collection: classOf[kind],
		Tenant:     account.String(),
		Limit:      uint32(limit),
		Bm25Search: &protocol.BM25{Query: query, Properties: []string{propertyTitleStems + "^2", propertyTextStems}},
		Metadata:   &protocol.MetadataRequest{Uuid: true, Score: true},
		Properties: &protocol.PropertiesRequest{}, // None; nil would mean all.
		// Without it the server speaks an older dialect.
		Uses_127Api: true,
	})
	switch {
	case isAbsentTenant(err):
		return nil, nil
	case err != nil:
		return nil, failure(ctx, "search the class "+classOf[kind], err)
	}
	hits := make([]Hit, 0, len(reply.GetResults()))
	for _, result := range reply.GetResults() {
		id, err := uuid.Parse(result.GetMetadata().GetId())
		if err != nil {
			return nil, models.Errorf(models.CodeInternal, "Weaviate found an object without an ID in the class %s.", classOf[kind])
		}
		hits = append(hits, Hit{Kind: kind, ID: id, Score: float64(result.GetMetadata().GetScore())})
	}
	// The server leaves open in which order equals come.
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return hits, nil
}

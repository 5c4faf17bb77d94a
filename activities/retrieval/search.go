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
	minCandidates = 40  // Of one kind: what is ranked, for a few hits too.
	maxTokens     = 32  // Of a search.
	vectorShare   = 0.3 // Of the fused score that brings up the candidates.
)

// Search asks for candidates of both kinds at once and ranks them. It speaks
// gRPC itself, for the client has only GraphQL to offer, which takes the server
// twice the time and has to be kept safe from what customers write.
func (w *Weaviate) Search(ctx context.Context, account uuid.UUID, q Query) ([]Hit, error) {
	if !q.Language.Valid() {
		return nil, models.Errorf(models.CodeInvalid, "The agent doesn't speak the language %q.", q.Language)
	}
	limit := min(q.Limit, maxHits)
	p := newPlan(q.Language, q.Text, q.Synonyms)
	if limit < 1 || len(p.words) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()

	vectors, err := w.embedder.Embed(ctx, q.Language, ForQuery, []string{q.Text})
	if err != nil {
		return nil, err
	}
	request := candidates(account, &p, vectors[0], max(limit, minCandidates))
	var passages []indexed
	var failed error
	var other sync.WaitGroup
	other.Go(func() { passages, failed = w.searchKind(ctx, models.EvidencePassage, request) })
	texts, err := w.searchKind(ctx, models.EvidenceProduct, request)
	other.Wait()
	if err := cmp.Or(err, failed); err != nil {
		return nil, err
	}
	texts = append(texts, passages...)
	p.rank(texts)
	return best(texts, limit), nil
}

// best returns the hits that serve at all, at most limit of each kind.
func best(texts []indexed, limit int) []Hit {
	slices.SortStableFunc(texts, func(a, b indexed) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID.String(), b.ID.String()))
	})
	count := map[models.EvidenceKind]int{}
	var hits []Hit
	for _, x := range texts {
		if count[x.Kind]++; x.Score > 0 && count[x.Kind] <= limit {
			hits = append(hits, x.Hit)
		}
	}
	return hits
}

// candidates makes the request that brings up what is to be ranked.
func candidates(account uuid.UUID, p *plan, vector []float32, limit int) func(class string) *protocol.SearchRequest {
	query := strings.Join(p.tokens(maxTokens), " ")
	bytes := bytesOf(vector)
	return func(class string) *protocol.SearchRequest {
		return &protocol.SearchRequest{
			Collection: class,
			Tenant:     account.String(),
			Limit:      uint32(limit),
			HybridSearch: &protocol.Hybrid{
				Query:       query,
				Properties:  []string{propertyTitleTokens + "^2", propertyFacetTokens, propertyTextTokens, propertyGrams},
				VectorBytes: bytes,
				Alpha:       vectorShare,
				FusionType:  protocol.Hybrid_FUSION_TYPE_RELATIVE_SCORE,
			},
			Metadata:   &protocol.MetadataRequest{Uuid: true},
			Properties: &protocol.PropertiesRequest{NonRefProperties: tokenProperties[:]},
			// Without it the server speaks an older dialect.
			Uses_127Api: true,
		}
	}
}

// searchKind returns the candidates of one kind.
func (w *Weaviate) searchKind(ctx context.Context, kind models.EvidenceKind, request func(string) *protocol.SearchRequest) ([]indexed, error) {
	class := classOf[kind]
	reply, err := w.search.Search(ctx, request(class))
	switch {
	case isAbsentTenant(err):
		return nil, nil
	case err != nil:
		return nil, failure(ctx, "search the class "+class, err)
	}
	texts := make([]indexed, 0, len(reply.GetResults()))
	for _, result := range reply.GetResults() {
		id, err := uuid.Parse(result.GetMetadata().GetId())
		if err != nil {
			return nil, models.Errorf(models.CodeInternal, "Weaviate found an object without an ID in the class %s.", class)
		}
		x := indexed{Hit: Hit{Kind: kind, ID: id}}
		properties := result.GetProperties().GetNonRefProps().GetFields()
		for i, name := range tokenProperties {
			x.fields[i] = fieldOf(properties[name].GetTextValue())
		}
		texts = append(texts, x)
	}
	return texts, nil
}

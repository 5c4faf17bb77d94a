package retrieval

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	protocol "github.com/weaviate/weaviate/grpc/generated/protocol/v1"

	"kedai/models"
)

const (
	maxHits       = 300 // Of one kind.
	minCandidates = 40  // Of one kind: what is ranked, for a few hits too.
	maxTokens     = 48  // Of a search.
	vectorShare   = 0.3 // Of the fused score that brings up the candidates.

	// embedTimeout leaves most of a search's time for the search.
	embedTimeout = 1200 * time.Millisecond
)

// Search asks for candidates of both kinds at once and ranks them. It speaks
// gRPC itself, for the client has only GraphQL to offer, which takes the server
// twice the time and has to be kept safe from what customers write.
func (w *Weaviate) Search(ctx context.Context, account uuid.UUID, q Query) ([]Hit, error) {
	if !q.Language.Valid() {
		return nil, models.Errorf(models.CodeInvalid, "The agent doesn't speak the language %q.", q.Language)
	}
	limit := min(q.Limit, maxHits)
	passages := limit
	if q.Passages > 0 {
		passages = min(q.Passages, maxHits)
	}
	p := newPlan(q.Language, q.Text, q.Synonyms)
	if limit < 1 || len(p.words) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()

	embedder, vector := w.embedder.Name(), []float32(nil)
	if other, ok := embedderOf(q.Indexed); ok && other != embedder {
		embedder = other
	} else if w.embedder.Semantic() {
		// Of the built-in one the tokens say as much, in half the time.
		vector = w.queryVector(ctx, &q)
	}
	find := func(vector []float32) ([]indexed, error) {
		return w.searchBoth(ctx, embedder, w.candidates(account, &p, vector), limit, passages)
	}
	texts, err := find(vector)
	if err != nil && vector != nil && ctx.Err() == nil {
		// A model that changed its dimensions must not silence a shop.
		w.log.WarnContext(ctx, "search with a vector failed; searching by words alone", "embedder", embedder, "code", models.CodeOf(err), "error", err.Error())
		vector = nil
		texts, err = find(nil)
	}
	if err != nil {
		return nil, err
	}
	p.rank(texts)
	if vector != nil {
		mixIn(texts, vector)
	}
	return best(texts, limit, passages), nil
}

// searchBoth returns the candidates of both kinds, for so many hits of each.
func (w *Weaviate) searchBoth(ctx context.Context, embedder string, request func(class string, limit int) *protocol.SearchRequest, products, passages int) ([]indexed, error) {
	var others []indexed
	var failed error
	var other sync.WaitGroup
	other.Go(func() {
		others, failed = w.searchKind(ctx, models.EvidencePassage, request(classOf(models.EvidencePassage, embedder), passages))
	})
	texts, err := w.searchKind(ctx, models.EvidenceProduct, request(classOf(models.EvidenceProduct, embedder), products))
	other.Wait()
	return append(texts, others...), cmp.Or(err, failed)
}

// best returns the hits that serve at all, at most so many of each kind.
func best(texts []indexed, products, passages int) []Hit {
	slices.SortStableFunc(texts, func(a, b indexed) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID.String(), b.ID.String()))
	})
	left := map[models.EvidenceKind]int{models.EvidenceProduct: products, models.EvidencePassage: passages}
	var hits []Hit
	for _, x := range texts {
		if x.Score > 0 && left[x.Kind] > 0 {
			left[x.Kind]--
			hits = append(hits, x.Hit)
		}
	}
	return hits
}

// queryVector embeds a question, or returns nothing where the embedder fails:
// its outage must not silence a shop, so the words alone are searched then.
func (w *Weaviate) queryVector(ctx context.Context, q *Query) []float32 {
	ctx, cancel := context.WithTimeout(ctx, embedTimeout)
	defer cancel()
	vectors, err := w.embedder.Embed(ctx, q.Language, ForQuery, []string{q.Text})
	if err != nil {
		w.log.WarnContext(ctx, "embedder failed; searching by words alone", "embedder", w.embedder.Name(), "code", models.CodeOf(err), "error", err.Error())
		return nil
	}
	return vectors[0]
}

// candidates makes the request that brings up what is to be ranked.
func (w *Weaviate) candidates(account uuid.UUID, p *plan, vector []float32) func(class string, limit int) *protocol.SearchRequest {
	tokens := p.tokens(maxTokens)
	properties := []string{propertyTitleTokens + "^2", propertyFacetTokens, propertyTextTokens}
	// Parts of words are asked for only where a word has no meaning; looking for
	// nothing in their property takes the server its time too.
	if slices.ContainsFunc(tokens, func(token string) bool { return strings.HasPrefix(token, gramMark) }) {
		properties = append(properties, propertyGrams)
	}
	query := strings.Join(tokens, " ")
	return func(class string, limit int) *protocol.SearchRequest {
		request := &protocol.SearchRequest{
			Collection: class,
			Tenant:     account.String(),
			Limit:      uint32(max(limit, minCandidates)),
			Metadata:   &protocol.MetadataRequest{Uuid: true, Vector: vector != nil},
			Properties: &protocol.PropertiesRequest{NonRefProperties: tokenProperties[:]},
			// Without it the server speaks an older dialect.
			Uses_127Api: true,
		}
		if vector == nil {
			// A hybrid query of words alone would have the server read a hundred
			// objects, whatever the limit.
			request.Bm25Search = &protocol.BM25{Query: query, Properties: properties}
			return request
		}
		request.HybridSearch = &protocol.Hybrid{
			Query:       query,
			Properties:  properties,
			VectorBytes: bytesOf(vector),
			Alpha:       vectorShare,
			FusionType:  protocol.Hybrid_FUSION_TYPE_RELATIVE_SCORE,
		}
		return request
	}
}

// searchKind returns the candidates of one kind.
func (w *Weaviate) searchKind(ctx context.Context, kind models.EvidenceKind, request *protocol.SearchRequest) ([]indexed, error) {
	class := request.GetCollection()
	reply, err := w.search.Search(ctx, request)
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
		x := indexed{Hit: Hit{Kind: kind, ID: id}, vector: floatsOf(result.GetMetadata().GetVectorBytes())}
		properties := result.GetProperties().GetNonRefProps().GetFields()
		for i, name := range tokenProperties {
			x.fields[i] = properties[name].GetTextValue()
		}
		texts = append(texts, x)
	}
	return texts, nil
}

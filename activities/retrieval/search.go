package retrieval

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	entities "github.com/weaviate/weaviate/entities/models"

	"kedai/models"
)

const (
	maxHits       = 100 // Of one kind.
	maxQueryStems = 48
)

// Search asks for both kinds in one request.
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
	response, err := w.graphql.Raw().WithQuery(searchQuery(account, stems, limit)).Do(ctx)
	if err != nil {
		return nil, failure(ctx, "search", err)
	}
	if err := searchFailure(response.Errors); err != nil {
		return nil, err
	}
	return hits(response)
}

// searchQuery writes the query. Stems are made of letters and digits only; they
// are escaped all the same, so that its safety doesn't depend on that.
func searchQuery(account uuid.UUID, stems []string, limit int) string {
	arguments := fmt.Sprintf(`tenant: %s, limit: %d, bm25: {query: %s, properties: ["%s^2", "%s"]}`,
		literal(account.String()), limit, literal(strings.Join(stems, " ")), propertyTitleStems, propertyTextStems)
	var query strings.Builder
	query.WriteString("{Get {")
	for _, class := range []string{classProduct, classPassage} {
		fmt.Fprintf(&query, "%s(%s) {_additional {id score}} ", class, arguments)
	}
	query.WriteString("}}")
	return query.String()
}

// literal returns a text as a string of GraphQL: all that JSON escapes, and the
// way in which it does, is valid there.
func literal(text string) string {
	quoted, err := json.Marshal(strings.ToValidUTF8(text, ""))
	if err != nil {
		return `""`
	}
	return string(quoted)
}

// hits reads the answer to searchQuery.
func hits(response *entities.GraphQLResponse) ([]Hit, error) {
	classes, _ := response.Data["Get"].(map[string]any)
	var found []Hit
	for _, kind := range []models.EvidenceKind{models.EvidenceProduct, models.EvidencePassage} {
		objects, _ := classes[classOf[kind]].([]any)
		first := len(found)
		for _, o := range objects {
			hit, err := readHit(kind, o)
			if err != nil {
				return nil, err
			}
			found = append(found, hit)
		}
		// The server leaves open in which order equals come.
		slices.SortStableFunc(found[first:], func(a, b Hit) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID.String(), b.ID.String()))
		})
	}
	return found, nil
}

func readHit(kind models.EvidenceKind, object any) (Hit, error) {
	fields, _ := object.(map[string]any)
	additional, _ := fields["_additional"].(map[string]any)
	text, _ := additional["id"].(string)
	id, err := uuid.Parse(text)
	if err != nil {
		return Hit{}, models.Errorf(models.CodeInternal, "Weaviate found an object without an ID.")
	}
	number, _ := additional["score"].(string)
	score, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return Hit{}, models.Errorf(models.CodeInternal, "Weaviate found an object without a score.")
	}
	return Hit{Kind: kind, ID: id, Score: score}, nil
}

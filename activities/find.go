package activities

import (
	"context"

	"github.com/google/uuid"

	"kedai/activities/answer"
	"kedai/activities/retrieval"
	"kedai/models"
)

// knowledge is what a turn is answered from.
type knowledge struct {
	account uuid.UUID
	set     models.SourceSet
	indexed models.Language // That the index is stemmed in.
}

// find searches for what was said or, in a further round, for what the engine
// needs. Live turns and the Playground's find the same in the same set.
func (a *Turns) find(ctx context.Context, k knowledge, said answer.Turn, need string) ([]models.Evidence, error) {
	text := need
	if text == "" {
		text = answer.Understand(said).Search
	}
	if text == "" {
		return nil, nil
	}
	hits, err := a.Index.Search(ctx, k.account, retrieval.Query{Language: k.indexed, Text: text, Limit: searchWide})
	if err != nil {
		return nil, err
	}
	return a.load(ctx, k.account, k.set, hits)
}

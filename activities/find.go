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
	account  uuid.UUID
	set      models.SourceSet
	language models.Language // That the index is stemmed in.
	synonyms models.Synonyms // The account's own.
	written  string          // What the index was last wholly written with.
}

// find searches for what was said or, in a further round, for what the engine
// needs. Live turns and the Playground's find the same in the same set.
func (a *Turns) find(ctx context.Context, k knowledge, said answer.Turn, need string) ([]models.Evidence, error) {
	w := wish{text: need}
	if need == "" {
		w = wishOf(answer.Understand(said))
	}
	if w.text == "" {
		return nil, nil
	}
	query := retrieval.Query{Language: k.language, Text: w.text, Synonyms: k.synonyms, Indexed: k.written}
	return a.search(ctx, k.account, k.set, query, w)
}

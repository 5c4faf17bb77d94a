// Package retrieval finds an account's products and passages by their text.
// What it returns are IDs: prices, stock and texts are read from Postgres.
package retrieval

import (
	"context"

	"github.com/google/uuid"

	"kedai/models"
)

// Index finds products and passages of one account.
//
// Every error is a models.Error: CodeUnavailable when the index can't be
// reached or is overloaded (later is fine), CodeInvalid for a language the
// agent doesn't speak, CodeInternal otherwise. No message holds the text that
// was searched for.
//
// The language stems the text. It must be the same for writing and searching
// an account; after a change of it the account is written again.
type Index interface {
	// Setup makes the index ready for use. It may be called again and by
	// several processes at once.
	Setup(ctx context.Context) error

	// PutProducts adds products, or replaces those with the same ID. It is not
	// atomic: after an error, put all of them again.
	PutProducts(ctx context.Context, account uuid.UUID, l models.Language, products []models.Product) error

	// PutPassages adds passages of the source with the given title, or replaces
	// those with the same ID. It is not atomic: after an error, put all of them
	// again.
	PutPassages(ctx context.Context, account uuid.UUID, l models.Language, title string, passages []models.Passage) error

	// Delete removes what has one of the IDs; absent ones are fine.
	Delete(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, ids []uuid.UUID) error

	// DropAccount removes all that the account has in the index.
	DropAccount(ctx context.Context, account uuid.UUID) error

	// Version names all that decides what is written for a text. What was
	// written with another version is to be written anew.
	Version() string

	// Objects lists what an account has of a kind, by ID, at most limit from
	// the one after the given one.
	Objects(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, after uuid.UUID, limit int) ([]Object, error)

	// DropOld removes what other versions wrote and this one can't use. No
	// account's index may be of such a version any more.
	DropOld(ctx context.Context) error

	// Search returns at most Limit hits of each kind, the best first; scores of
	// one search compare, of different kinds too. An account that nothing was
	// written for has no hits, nor has a text of nothing but stop words.
	Search(ctx context.Context, account uuid.UUID, q Query) ([]Hit, error)
}

// Query is what is searched for.
type Query struct {
	Language models.Language
	Text     string
	Limit    int // Of each kind, at most 300.
	Passages int // Of passages; 0: Limit.
	// Synonyms are the account's own groups of terms that mean the same.
	Synonyms [][]string
	// Indexed is the version that the account was last wholly written with;
	// empty means the current one. What another embedder's was written for is
	// searched by its words alone.
	Indexed string
}

// Hit is one product or passage that matches a search.
type Hit struct {
	Kind  models.EvidenceKind
	ID    uuid.UUID
	Score float64 // Above zero and at most about 1: the share of the question that it serves.
}

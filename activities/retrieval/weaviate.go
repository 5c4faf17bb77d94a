package retrieval

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"kedai/models"
)

// Options say where Weaviate is.
type Options struct {
	URL         string // http://host:port
	GRPCAddress string // host:port
	HTTPClient  *http.Client
}

// Weaviate is an Index on a Weaviate server.
type Weaviate struct{}

var _ Index = (*Weaviate)(nil)

// Open returns an index.
func Open(o Options) (*Weaviate, error) { return &Weaviate{}, nil }

func (w *Weaviate) Setup(ctx context.Context) error { return nil }
func (w *Weaviate) PutProducts(ctx context.Context, account uuid.UUID, l models.Language, products []models.Product) error {
	return nil
}
func (w *Weaviate) PutPassages(ctx context.Context, account uuid.UUID, l models.Language, title string, passages []models.Passage) error {
	return nil
}
func (w *Weaviate) Delete(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, ids []uuid.UUID) error {
	return nil
}
func (w *Weaviate) DropAccount(ctx context.Context, account uuid.UUID) error { return nil }
func (w *Weaviate) Search(ctx context.Context, account uuid.UUID, l models.Language, text string, limit int) ([]Hit, error) {
	return nil, nil
}

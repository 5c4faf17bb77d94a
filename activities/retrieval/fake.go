package retrieval

import (
	"context"

	"github.com/google/uuid"

	"kedai/models"
)

// Fake is an Index for tests. A func that is nil does nothing and succeeds.
type Fake struct {
	SetupFn       func(ctx context.Context) error
	PutProductsFn func(ctx context.Context, account uuid.UUID, l models.Language, products []models.Product) error
	PutPassagesFn func(ctx context.Context, account uuid.UUID, l models.Language, title string, passages []models.Passage) error
	DeleteFn      func(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, ids []uuid.UUID) error
	DropAccountFn func(ctx context.Context, account uuid.UUID) error
	VersionFn     func() string
	ObjectsFn     func(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, after uuid.UUID, limit int) ([]Object, error)
	DropOldFn     func(ctx context.Context) error
	SearchFn      func(ctx context.Context, account uuid.UUID, q Query) ([]Hit, error)
}

var _ Index = (*Fake)(nil)

// Setup calls SetupFn.
func (f *Fake) Setup(ctx context.Context) error {
	if f.SetupFn == nil {
		return nil
	}
	return f.SetupFn(ctx)
}

// PutProducts calls PutProductsFn.
func (f *Fake) PutProducts(ctx context.Context, account uuid.UUID, l models.Language, products []models.Product) error {
	if f.PutProductsFn == nil {
		return nil
	}
	return f.PutProductsFn(ctx, account, l, products)
}

// PutPassages calls PutPassagesFn.
func (f *Fake) PutPassages(ctx context.Context, account uuid.UUID, l models.Language, title string, passages []models.Passage) error {
	if f.PutPassagesFn == nil {
		return nil
	}
	return f.PutPassagesFn(ctx, account, l, title, passages)
}

// Delete calls DeleteFn.
func (f *Fake) Delete(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, ids []uuid.UUID) error {
	if f.DeleteFn == nil {
		return nil
	}
	return f.DeleteFn(ctx, account, kind, ids)
}

// DropAccount calls DropAccountFn.
func (f *Fake) DropAccount(ctx context.Context, account uuid.UUID) error {
	if f.DropAccountFn == nil {
		return nil
	}
	return f.DropAccountFn(ctx, account)
}

// Version calls VersionFn.
func (f *Fake) Version() string {
	if f.VersionFn == nil {
		return "fake"
	}
	return f.VersionFn()
}

// Objects calls ObjectsFn.
func (f *Fake) Objects(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, after uuid.UUID, limit int) ([]Object, error) {
	if f.ObjectsFn == nil {
		return nil, nil
	}
	return f.ObjectsFn(ctx, account, kind, after, limit)
}

// DropOld calls DropOldFn.
func (f *Fake) DropOld(ctx context.Context) error {
	if f.DropOldFn == nil {
		return nil
	}
	return f.DropOldFn(ctx)
}

// Search calls SearchFn.
func (f *Fake) Search(ctx context.Context, account uuid.UUID, q Query) ([]Hit, error) {
	if f.SearchFn == nil {
		return nil, nil
	}
	return f.SearchFn(ctx, account, q)
}

package activities

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"kedai/activities/commerce"
	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/failpoint"
	"kedai/models/store"
)

// products takes a catalogue in, batch by batch: first rows, then objects. A
// batch that is there already, by an earlier import or by a try that was cut
// off, is found by its hashes and costs one look. An object that its row went
// ahead of is missing in indexed_hash, and so is written by the next try.
func (a *Ingesting) products(ctx context.Context, imp *models.Import) error {
	account, err := a.Store.Account(ctx, imp.AccountID)
	if err != nil {
		return err
	}
	settings, err := a.Store.AgentSettings(ctx, imp.AccountID)
	if err != nil {
		return err
	}
	products, bad, err := commerce.ReadProducts(bytes.NewReader(imp.Body), account.Currency)
	if err != nil {
		return err
	}
	imp.RowErrors, imp.Total, imp.Done = bad, len(products), 0
	if err := a.Store.Progress(ctx, *imp); err != nil {
		return err
	}
	if err := a.productBatches(ctx, imp, settings.Language, products); err != nil {
		return err
	}
	slices.SortStableFunc(imp.RowErrors, func(a, b models.RowError) int { return cmp.Compare(a.Line, b.Line) })
	if imp.Absent, err = a.Store.OtherProducts(ctx, imp.AccountID, products); err != nil {
		return err
	}
	return a.stillIn(ctx, imp.AccountID, settings.Language)
}

// batchesAtOnce is how many batches are under way: while the index writes one,
// the next one's words are read.
const batchesAtOnce = 2

func (a *Ingesting) productBatches(ctx context.Context, imp *models.Import, l models.Language, products []models.Product) error {
	var mu sync.Mutex // Guards imp.
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(batchesAtOnce)
	for batch := range slices.Chunk(products, ingestBatch) {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			locked, err := a.productBatch(ctx, imp.AccountID, imp.ID, l, batch)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			imp.RowErrors, imp.Done = append(imp.RowErrors, locked...), imp.Done+len(batch)
			return a.Store.Progress(ctx, *imp)
		})
	}
	return group.Wait()
}

// productBatch takes a batch in and returns the products that it left alone,
// since they come from a connected store.
func (a *Ingesting) productBatch(ctx context.Context, account, upload uuid.UUID, l models.Language, batch []models.Product) (locked []models.RowError, err error) {
	taken, err := a.Store.TakeProducts(ctx, account, upload, batch)
	if err != nil {
		return nil, err
	}
	failpoint.Hit("after-ingest-rows")
	var unindexed []models.Product
	for i, t := range taken {
		switch {
		case t.Locked:
			locked = append(locked, models.RowError{
				Line: batch[i].Line, Message: fmt.Sprintf("The product %q comes from the connected store and can't be changed by an upload.", batch[i].Handle),
			})
		case !bytes.Equal(t.Indexed, retrieval.Fingerprint(l, &batch[i])):
			unindexed = append(unindexed, batch[i])
		}
	}
	return locked, a.index(ctx, account, upload, l, unindexed)
}

// product has the index say of one product what its row says now.
func (a *Ingesting) product(ctx context.Context, imp *models.Import) error {
	if imp.ProductID == nil {
		return models.Errorf(models.CodeInvalid, "the upload names no product")
	}
	settings, err := a.Store.AgentSettings(ctx, imp.AccountID)
	if err != nil {
		return err
	}
	ids := []uuid.UUID{*imp.ProductID}
	products, err := a.Store.ProductsToIndex(ctx, imp.AccountID, ids)
	if err != nil {
		return err
	}
	imp.Total, imp.Done = 1, 1
	if len(products) == 0 {
		return a.Index.Delete(ctx, imp.AccountID, models.EvidenceProduct, ids)
	}
	if err := a.index(ctx, imp.AccountID, imp.ID, settings.Language, products); err != nil {
		return err
	}
	return a.stillIn(ctx, imp.AccountID, settings.Language)
}

func idsOfProducts(products []models.Product) []uuid.UUID {
	ids := make([]uuid.UUID, len(products))
	for i := range products {
		ids[i] = products[i].ID
	}
	return ids
}

// indexRounds bounds how often products that somebody edits at the same time
// are written again before the whole activity is.
const indexRounds = 5

// index writes products into the index and notes that it has them. What was
// changed or deleted meanwhile is written again as it is now: of two writers
// at once, the index must not keep the older one's words.
func (a *Ingesting) index(ctx context.Context, account, upload uuid.UUID, l models.Language, products []models.Product) error {
	for range indexRounds {
		if len(products) == 0 {
			return nil
		}
		// Cut off in between, the objects may say what no row says any more.
		if err := a.Store.ForgetIndexed(ctx, account, idsOfProducts(products)); err != nil {
			return err
		}
		if err := a.putProducts(ctx, account, l, products); err != nil {
			return err
		}
		failpoint.Hit("after-ingest-objects")
		marks := make([]store.Mark, len(products))
		for i := range products {
			marks[i] = store.Mark{ID: products[i].ID, Content: products[i].ContentHash(), Indexed: retrieval.Fingerprint(l, &products[i])}
		}
		stale, err := a.Store.MarkIndexed(ctx, account, upload, marks)
		if err != nil || len(stale) == 0 {
			return err
		}
		if products, err = a.Store.ProductsToIndex(ctx, account, stale); err != nil {
			return err
		}
		gone := slices.DeleteFunc(stale, func(id uuid.UUID) bool {
			return slices.ContainsFunc(products, func(p models.Product) bool { return p.ID == id })
		})
		if err := a.Index.Delete(ctx, account, models.EvidenceProduct, gone); err != nil {
			return err
		}
	}
	return models.Errorf(models.CodeUnavailable, "the products change faster than they can be indexed")
}

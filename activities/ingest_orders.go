package activities

import (
	"bytes"
	"context"
	"slices"

	"kedai/activities/commerce"
	"kedai/models"
)

// orders takes a list of orders in, batch by batch. They aren't indexed: an
// order is looked up by who proves to be its customer, never searched.
func (a *Ingesting) orders(ctx context.Context, imp *models.Import) error {
	orders, bad, err := commerce.ReadOrders(bytes.NewReader(imp.Body))
	if err != nil {
		return err
	}
	imp.RowErrors, imp.Total, imp.Done = bad, len(orders), 0
	for batch := range slices.Chunk(orders, ingestBatch) {
		if err := a.Store.Progress(ctx, *imp); err != nil {
			return err
		}
		if err := a.Store.PutOrders(ctx, imp.AccountID, imp.ID, batch); err != nil {
			return err
		}
		imp.Done += len(batch)
	}
	return nil
}

package activities

import (
	"context"
	"errors"
	"log/slog"

	"github.com/google/uuid"

	"kedai/activities/documents"
	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/store"
)

// Ingesting turns uploads into rows and index objects.
type Ingesting struct {
	Store *store.Store
	Index retrieval.Index
	// Read takes the text out of an upload; nil: documents.Read. CodeInvalid and
	// CodeTooLarge end the upload, their message being the reason that people see.
	Read func(ctx context.Context, name string, body []byte) (documents.Document, error)
	// Fetch gets a page of the shop's own site; name tells its format. Nil: there
	// is none. CodeUnavailable is tried some times again.
	Fetch func(ctx context.Context, url string) (name string, body []byte, err error)
	Log   *slog.Logger
}

// ImportRequest names an upload.
type ImportRequest struct {
	Account uuid.UUID `json:"account"`
	Import  uuid.UUID `json:"import"`
}

// ingestBatch is how many products are written at a time.
const ingestBatch = 200

// Ingest reads an upload into rows and index objects. Writes are by
// deterministic IDs, so it may be repeated. An upload that can't be read ends
// as failed with its reason, which isn't an error of the activity.
func (a *Ingesting) Ingest(ctx context.Context, r ImportRequest) error {
	stop := heartbeat(ctx)
	defer stop()
	imp, err := a.Store.Import(ctx, r.Account, r.Import)
	if err != nil {
		return edge(ctx, a.Log, "Ingest", err)
	}
	if imp.State != models.ImportPending {
		return nil
	}
	switch imp.Kind {
	case models.ImportProducts:
		err = a.products(ctx, &imp)
	case models.ImportProduct:
		err = a.product(ctx, &imp)
	case models.ImportOrders:
		err = a.orders(ctx, &imp)
	case models.ImportSource:
		err = a.source(ctx, &imp)
	case models.ImportReindex:
		err = a.rebuild(ctx, &imp)
	case models.ImportTidy:
		err = a.tidy(ctx, r)
	default:
		err = models.Errorf(models.CodeInvalid, "an upload of the kind %s can't be read", imp.Kind)
	}
	if err == nil {
		imp.State = models.ImportDone
		err = a.Store.FinishImport(ctx, imp)
	} else if a.gaveUp(ctx, imp, err) {
		err = nil
	}
	return edge(ctx, a.Log, "Ingest", err)
}

// reindexLimit is how many products one account may have.
const reindexLimit = 200_000

// reindex writes all that is live into the index once more, in the language of
// now. Objects keep their IDs, so each is replaced and none is doubled.
func (a *Ingesting) reindex(ctx context.Context, imp *models.Import) error {
	settings, err := a.Store.AgentSettings(ctx, imp.AccountID)
	if err != nil {
		return err
	}
	products, err := a.Store.Products(ctx, imp.AccountID, reindexLimit)
	if err != nil {
		return err
	}
	for start := 0; start < len(products); start += ingestBatch {
		batch := products[start:min(start+ingestBatch, len(products))]
		if err := a.index(ctx, imp.AccountID, imp.ID, settings.Language, batch); err != nil {
			return err
		}
		imp.Done += len(batch)
		if err := a.Store.Progress(ctx, *imp); err != nil {
			return err
		}
	}
	revisions, err := a.Store.IndexedRevisions(ctx, imp.AccountID)
	if err != nil {
		return err
	}
	for _, revision := range revisions {
		n, err := a.writeRevision(ctx, imp.AccountID, settings.Language, revision)
		if err != nil {
			return err
		}
		imp.Done += n
	}
	return a.stillIn(ctx, imp.AccountID, settings.Language)
}

// stillIn returns CodeUnavailable where the account's language is another by
// now than what was just written is stemmed in: the next try writes what is
// stale.
func (a *Ingesting) stillIn(ctx context.Context, account uuid.UUID, l models.Language) error {
	settings, err := a.Store.AgentSettings(ctx, account)
	if err == nil && settings.Language != l {
		err = models.Errorf(models.CodeUnavailable, "the language changed while the index was written")
	}
	return err
}

// reason returns an error's message without its code.
func reason(err error) string {
	var known *models.Error
	if errors.As(err, &known) {
		return known.Message
	}
	return "it failed"
}

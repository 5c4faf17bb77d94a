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
		err = a.reindex(ctx, &imp)
	default:
		err = models.Errorf(models.CodeInvalid, "an upload of the kind %s can't be read", imp.Kind)
	}
	if code := models.CodeOf(err); code == models.CodeInvalid || code == models.CodeTooLarge || code == models.CodeConflict {
		imp.State, imp.Failure = models.ImportFailed, reason(err)
		err = nil
	} else if err == nil {
		imp.State = models.ImportDone
	}
	if err == nil {
		err = a.Store.FinishImport(ctx, imp)
	}
	return edge(ctx, a.Log, "Ingest", err)
}

// source writes the new revision's objects, switches to it, and removes the
// old one's: what is searched is whole at every moment.
func (a *Ingesting) source(ctx context.Context, imp *models.Import) error {
	settings, err := a.Store.AgentSettings(ctx, imp.AccountID)
	if err != nil {
		return err
	}
	document, err := documents.ReadMarkdown(imp.Name, imp.Body)
	if err != nil {
		return err
	}
	passages, revision, err := a.Store.AddRevision(ctx, imp.AccountID, *imp.SourceID, imp.Body, func(revision uuid.UUID) []models.Passage {
		out := make([]models.Passage, len(document.Passages))
		for i, p := range document.Passages {
			out[i] = models.Passage{ID: documents.PassageID(revision, i), N: i, Headings: p.Headings, Text: p.Text}
		}
		return out
	})
	if err != nil {
		return err
	}
	if err := a.Index.PutPassages(ctx, imp.AccountID, settings.Language, document.Title, passages); err != nil {
		return err
	}
	old, err := a.Store.GoLive(ctx, imp.AccountID, imp.ID, *imp.SourceID, revision, document.Title)
	if err != nil {
		return err
	}
	imp.Done = len(passages)
	return a.Index.Delete(ctx, imp.AccountID, models.EvidencePassage, old)
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
	}
	sources, err := a.Store.Sources(ctx, imp.AccountID)
	if err != nil {
		return err
	}
	for _, source := range sources {
		passages, err := a.Store.LivePassagesOf(ctx, imp.AccountID, source.ID)
		if err != nil {
			return err
		}
		if err := a.Index.PutPassages(ctx, imp.AccountID, settings.Language, source.Title, passages); err != nil {
			return err
		}
		imp.Done += len(passages)
	}
	return nil
}

// reason returns an error's message without its code.
func reason(err error) string {
	var known *models.Error
	if errors.As(err, &known) {
		return known.Message
	}
	return "it failed"
}

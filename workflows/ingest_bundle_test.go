package workflows_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/activities/retrieval"
	"kedai/deploy/local/localtest"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
	"kedai/workflows"
	"kedai/workflows/contract"
)

// ingestBundle is a shop on real engines, whose uploads are taken in by a
// workflow of the test's own.
type ingestBundle struct {
	t         *testing.T
	shop      storetest.Shop
	database  string
	index     *watched
	ingesting *activities.Ingesting
}

// watched is an index that tells what was written and removed, and fails where
// a test says so.
type watched struct {
	retrieval.Index
	mu      sync.Mutex
	written int
	removed int
	fail    func(nth int) error // Of the batches written, from 1.
	batches int
	last    models.Language // That the newest batch was stemmed in.
}

func (w *watched) PutPassages(ctx context.Context, account uuid.UUID, l models.Language, title string, passages []models.Passage) error {
	w.mu.Lock()
	w.batches++
	if w.fail != nil {
		if err := w.fail(w.batches); err != nil {
			w.mu.Unlock()
			return err
		}
	}
	w.written += len(passages)
	w.last = l
	w.mu.Unlock()
	return w.Index.PutPassages(ctx, account, l, title, passages)
}

func (w *watched) Delete(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, ids []uuid.UUID) error {
	w.mu.Lock()
	w.removed += len(ids)
	w.mu.Unlock()
	return w.Index.Delete(ctx, account, kind, ids)
}

func setupIngest(t *testing.T) *ingestBundle {
	t.Helper()
	engines := localtest.Engines(t)
	index, err := retrieval.Open(retrieval.Options{URL: engines.WeaviateURL, GRPCAddress: engines.WeaviateGRPC})
	require.NoError(t, err)
	require.NoError(t, index.Setup(t.Context()))
	s, database := storetest.OpenWithURL(t)
	b := &ingestBundle{t: t, shop: storetest.OpenShop(t, s, models.ChannelWebsite, nil), database: database, index: &watched{Index: index}}
	b.ingesting = &activities.Ingesting{Store: s, Index: b.index, Log: slog.New(slog.DiscardHandler)}
	t.Cleanup(func() {
		require.NoError(t, index.DropAccount(context.Background(), b.shop.Account.ID))
		require.NoError(t, index.Close())
	})
	return b
}

func (b *ingestBundle) create(imp models.Import) models.Import {
	b.t.Helper()
	imp.AccountID, imp.Kind = b.shop.Account.ID, models.ImportSource
	imp, err := b.shop.Store.CreateImport(b.t.Context(), b.shop.Admin, imp)
	require.NoError(b.t, err)
	return imp
}

func (b *ingestBundle) text(name, body string, draft bool) models.Import {
	b.t.Helper()
	return b.create(models.Import{Name: name, Body: []byte(body), Draft: draft})
}

// run has a workflow take an upload in and returns the upload, and the
// workflow's last progress.
func (b *ingestBundle) run(imp models.Import) (models.Import, contract.IngestProgress) {
	b.t.Helper()
	env := workflowEnv()
	env.RegisterWorkflowWithOptions(workflows.SourceIngest, workflow.RegisterOptions{Name: contract.IngestWorkflow})
	env.RegisterActivity(b.ingesting)
	env.ExecuteWorkflow(contract.IngestWorkflow, contract.IngestInput{Account: imp.AccountID, Import: imp.ID})
	require.True(b.t, env.IsWorkflowCompleted())
	var progress contract.IngestProgress
	value, err := env.QueryWorkflow(contract.ProgressQuery.Name)
	require.NoError(b.t, err)
	require.NoError(b.t, value.Get(&progress))
	after, err := b.shop.Store.ImportStatus(b.t.Context(), imp.AccountID, imp.ID)
	require.NoError(b.t, err)
	return after, progress
}

// tidyUp takes in what the store itself asked for.
func (b *ingestBundle) tidyUp() {
	b.t.Helper()
	pending, err := b.shop.Store.System().PendingImports(b.t.Context(), -time.Minute, 50)
	require.NoError(b.t, err)
	for _, p := range pending {
		imp, err := b.shop.Store.ImportStatus(b.t.Context(), p.AccountID, p.ID)
		require.NoError(b.t, err)
		after, _ := b.run(imp)
		require.Equal(b.t, models.ImportDone, after.State, after.Failure)
	}
}

// add takes an upload in that must go well.
func (b *ingestBundle) add(name, body string, draft bool) uuid.UUID {
	b.t.Helper()
	imp, _ := b.run(b.text(name, body, draft))
	require.Equal(b.t, models.ImportDone, imp.State, imp.Failure)
	return *imp.SourceID
}

// found returns what a search in a set comes to.
func (b *ingestBundle) found(set models.SourceSet, text string) string {
	b.t.Helper()
	hits, err := b.index.Search(b.t.Context(), b.shop.Account.ID, retrieval.Query{Language: models.English, Text: text, Limit: 60})
	require.NoError(b.t, err)
	ids := make([]uuid.UUID, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	passages, err := b.shop.Store.LivePassages(b.t.Context(), b.shop.Account.ID, set, ids, len(ids))
	require.NoError(b.t, err)
	texts := make([]string, len(passages))
	for i, p := range passages {
		texts[i] = p.Text
	}
	return strings.Join(texts, "\n")
}

// objects returns how many passages a search finds, in whatever set.
func (b *ingestBundle) objects(text string) int {
	b.t.Helper()
	hits, err := b.index.Search(b.t.Context(), b.shop.Account.ID, retrieval.Query{Language: models.English, Text: text, Limit: 100})
	require.NoError(b.t, err)
	return len(hits)
}

func (b *ingestBundle) source(set models.SourceSet, id uuid.UUID) store.SourceDetail {
	b.t.Helper()
	detail, err := b.shop.Store.Source(b.t.Context(), b.shop.Account.ID, set, id)
	require.NoError(b.t, err)
	return detail
}

func (b *ingestBundle) exec(sql string, args ...any) {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.database)
	require.NoError(b.t, err)
	defer conn.Close(b.t.Context())
	_, err = conn.Exec(b.t.Context(), sql, args...)
	require.NoError(b.t, err)
}

func (b *ingestBundle) atOnce() store.Change {
	return store.Change{Account: b.shop.Account.ID, Actor: b.shop.Admin}
}

package workflows_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/activities/documents"
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
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.SetTestTimeout(30 * time.Second)
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
	passages, err := b.shop.Store.LivePassages(b.t.Context(), b.shop.Account.ID, set, ids)
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

const (
	thirty = "# Returns\n\nYou can return a purchase within 30 days of delivery.\n"
	forty  = "# Returns\n\nYou can return a purchase within 40 days of delivery.\n"
)

func TestSourceIngest(t *testing.T) {
	t.Parallel()

	t.Run("an upload is live, found, and shown as text", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		imp, progress := b.run(b.text("returns.md", thirty, false))
		require.Equal(t, contract.IngestProgress{Phase: "done", Done: 1, Total: 1}, progress)
		require.Equal(t, 1, imp.Done)
		for _, set := range []models.SourceSet{models.SetDraft, models.SetLive} {
			detail := b.source(set, *imp.SourceID)
			require.Equal(t, strings.TrimSpace(thirty), detail.Text)
			require.Equal(t, "Returns", detail.Title)
			require.Equal(t, models.SourceSynced, detail.State)
			require.Equal(t, 1, detail.Total)
			require.Contains(t, b.found(set, "return a purchase"), "30 days")
		}
	})
	t.Run("a text that is unchanged writes nothing", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		id := b.add("returns.md", thirty, false)
		written := b.index.written
		require.Equal(t, id, b.add("returns.md", thirty, false))
		require.Equal(t, written, b.index.written)
		require.Len(t, b.source(models.SetLive, id).Revisions, 1)
	})
	t.Run("a new text takes the old one's place, and the old one's comes back written anew", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		id := b.add("returns.md", thirty, false)
		b.add("returns.md", forty, false)
		require.NotContains(t, b.found(models.SetLive, "return a purchase"), "30 days")
		require.Equal(t, 1, b.objects("return a purchase"), "the old one's objects are gone")
		b.add("returns.md", thirty, false)
		require.Contains(t, b.found(models.SetLive, "return a purchase"), "30 days")
		require.Equal(t, 1, b.objects("return a purchase"))
		require.Len(t, b.source(models.SetLive, id).Revisions, 2, "revisions are never stored twice")
	})
	t.Run("a draft is found in the draft only, until it is saved", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.add("returns.md", thirty, false)
		b.add("returns.md", forty, true)
		require.Contains(t, b.found(models.SetLive, "return a purchase"), "30 days")
		require.NotContains(t, b.found(models.SetLive, "return a purchase"), "40 days")
		require.NotContains(t, b.found(models.SetDraft, "return a purchase"), "30 days")
		require.Contains(t, b.found(models.SetDraft, "return a purchase"), "40 days")
		diff, err := b.shop.Store.Save(t.Context(), b.shop.Admin, b.shop.Account.ID)
		require.NoError(t, err)
		require.Len(t, diff.Sources, 1)
		require.Equal(t, models.SourceChanged, diff.Sources[0].Change)
		require.Contains(t, b.found(models.SetLive, "return a purchase"), "40 days")
		b.tidyUp()
		require.Equal(t, 1, b.objects("return a purchase"))
	})
	t.Run("disable, enable, delete and restore count in the very next search", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		id := b.add("returns.md", thirty, false)
		_, err := b.shop.Store.SetSourceEnabled(t.Context(), b.atOnce(), id, false)
		require.NoError(t, err)
		require.Empty(t, b.found(models.SetLive, "return a purchase"))
		_, err = b.shop.Store.SetSourceEnabled(t.Context(), b.atOnce(), id, true)
		require.NoError(t, err)
		require.NotEmpty(t, b.found(models.SetLive, "return a purchase"))

		require.NoError(t, b.shop.Store.DeleteSource(t.Context(), b.atOnce(), id))
		require.Empty(t, b.found(models.SetLive, "return a purchase"))
		b.tidyUp()
		require.Zero(t, b.objects("return a purchase"))
		_, again, err := b.shop.Store.RestoreSource(t.Context(), b.atOnce(), id)
		require.NoError(t, err)
		after, _ := b.run(*again)
		require.Equal(t, models.ImportDone, after.State, after.Failure)
		require.NotEmpty(t, b.found(models.SetLive, "return a purchase"))
	})
	t.Run("what can't be read fails with its reason, keeps what is live and holds up Save", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		id := b.add("returns.md", thirty, false)
		imp, progress := b.run(b.text("returns.md", "# Returns\n", true))
		require.Equal(t, models.ImportFailed, imp.State)
		require.Equal(t, "failed", progress.Phase)
		draft := b.source(models.SetDraft, id)
		require.Equal(t, models.SourceFailed, draft.State)
		require.Contains(t, draft.Reason, "no text below its title")
		require.Equal(t, models.SourceSynced, b.source(models.SetLive, id).State)
		require.NotEmpty(t, b.found(models.SetLive, "return a purchase"))
		_, err := b.shop.Store.Save(t.Context(), b.shop.Admin, b.shop.Account.ID)
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
		require.ErrorContains(t, err, "Returns (failed)")
		_, _, err = b.shop.Store.RestoreSource(t.Context(), b.atOnce(), id)
		require.NoError(t, err)
		_, err = b.shop.Store.Save(t.Context(), b.shop.Admin, b.shop.Account.ID)
		require.NoError(t, err)
	})
	t.Run("a page is read as what it says", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		imp, _ := b.run(b.text("faq.html", "<html><script>let x</script><body><h1>Questions</h1><p>We wrap gifts for free.</p></body></html>", false))
		require.Equal(t, models.ImportDone, imp.State, imp.Failure)
		detail := b.source(models.SetLive, *imp.SourceID)
		require.Equal(t, "Questions", detail.Title)
		require.NotContains(t, detail.Text, "let x")
		require.Contains(t, b.found(models.SetLive, "gift wrapping"), "We wrap gifts for free.")
	})
	t.Run("a format that nobody reads fails with what to do", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		imp, _ := b.run(b.text("table.xls", "x", false))
		require.Equal(t, models.ImportFailed, imp.State)
		require.Contains(t, imp.Failure, "save it as .csv")
	})
	t.Run("a newer upload wins, whichever is taken in last", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		older, newer := b.text("returns.md", thirty, false), b.text("returns.md", forty, false)
		done, _ := b.run(newer)
		require.Equal(t, models.ImportDone, done.State)
		gave, _ := b.run(older)
		require.Equal(t, models.ImportFailed, gave.State)
		require.Contains(t, b.found(models.SetLive, "return a purchase"), "40 days")
		require.Equal(t, models.SourceSynced, b.source(models.SetDraft, *newer.SourceID).State, "the older one's end isn't the source's")
		require.Equal(t, 1, b.objects("return a purchase"))
	})
	t.Run("a newer draft keeps an older upload from the draft, not from going live", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		older, newer := b.text("returns.md", thirty, false), b.text("returns.md", forty, true)
		b.run(newer)
		done, _ := b.run(older)
		require.Equal(t, models.ImportDone, done.State, done.Failure)
		require.Contains(t, b.found(models.SetLive, "return a purchase"), "30 days")
		require.Contains(t, b.found(models.SetDraft, "return a purchase"), "40 days")
	})
	t.Run("an upload whose source is deleted meanwhile doesn't bring it back", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		imp := b.text("returns.md", thirty, false)
		require.NoError(t, b.shop.Store.DeleteSource(t.Context(), b.atOnce(), *imp.SourceID))
		after, _ := b.run(imp)
		require.Equal(t, models.ImportFailed, after.State)
		require.Empty(t, b.found(models.SetLive, "return a purchase"))
		sources, _, err := b.shop.Store.Sources(t.Context(), b.shop.Account.ID, models.SetDraft, nil, 10)
		require.NoError(t, err)
		require.Empty(t, sources)
	})
	t.Run("an upload of a source that is locked meanwhile is refused", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		id := b.add("returns.md", thirty, false)
		imp := b.text("returns.md", forty, false)
		b.exec("UPDATE sources SET locked = true, origin = 'store', state = 'synced' WHERE id = $1", id)
		after, _ := b.run(imp)
		require.Equal(t, models.ImportFailed, after.State)
		require.Contains(t, after.Failure, "comes from the store")
		require.Contains(t, b.found(models.SetLive, "return a purchase"), "30 days")
		require.Len(t, b.source(models.SetLive, id).Revisions, 1)
		require.Equal(t, models.SourceSynced, b.source(models.SetDraft, id).State)
	})
	t.Run("what was deleted for 30 days goes for good", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		id := b.add("returns.md", thirty, false)
		require.NoError(t, b.shop.Store.DeleteSource(t.Context(), b.atOnce(), id))
		b.exec("UPDATE sources SET deleted_at = now() - interval '31 days' WHERE id = $1", id)
		_, _, err := b.shop.Store.RestoreSource(t.Context(), b.atOnce(), id)
		require.Equal(t, models.CodeConflict, models.CodeOf(err))
		b.tidyUp()
		_, _, err = b.shop.Store.RestoreSource(t.Context(), b.atOnce(), id)
		require.Equal(t, models.CodeNotFound, models.CodeOf(err))
		require.NotEmpty(t, b.add("returns.md", thirty, false))
	})
}

func TestIngestResumes(t *testing.T) {
	t.Parallel()
	long := "# Guide\n\n"
	for i := range 250 {
		long += fmt.Sprintf("## Question %d\n\nAnswer number %d about the guide.\n\n", i, i)
	}

	t.Run("an index that is away for a while holds it up, no more", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.index.fail = func(nth int) error {
			if nth == 2 || nth == 3 {
				return models.Errorf(models.CodeUnavailable, "away")
			}
			return nil
		}
		imp, progress := b.run(b.text("guide.md", long, false))
		require.Equal(t, models.ImportDone, imp.State, imp.Failure)
		require.Equal(t, contract.IngestProgress{Phase: "done", Done: 250, Total: 250}, progress)
		require.Equal(t, 250, b.index.written, "what was written isn't written again")
	})
	t.Run("one that was cut off is gone on with by the next, and doubles nothing", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.add("guide.md", "# Guide\n\nThe old guide.\n", false)
		imp := b.text("guide.md", long, false)
		request := activities.ImportRequest{Account: imp.AccountID, Import: imp.ID}
		var suite testsuite.WorkflowTestSuite
		env := suite.NewTestActivityEnvironment()
		env.RegisterActivity(b.ingesting)
		value, err := env.ExecuteActivity(b.ingesting.Extract, request)
		require.NoError(t, err)
		var extracted activities.Extracted
		require.NoError(t, value.Get(&extracted))
		_, err = env.ExecuteActivity(b.ingesting.IndexPassages, activities.RevisionRequest{ImportRequest: request, Revision: extracted.Revision})
		require.NoError(t, err)
		require.Contains(t, b.found(models.SetLive, "old guide"), "The old guide", "what is live stays until all is there")
		require.NotContains(t, b.found(models.SetLive, "guide"), "Answer number")
		_, err = env.ExecuteActivity(b.ingesting.Tidy, request)
		require.NoError(t, err)
		require.Zero(t, b.index.removed, "another upload's end doesn't take away what is being written")

		after, _ := b.run(imp)
		require.Equal(t, models.ImportDone, after.State, after.Failure)
		require.Equal(t, 250, b.source(models.SetLive, *imp.SourceID).Total)
		require.Len(t, b.source(models.SetLive, *imp.SourceID).Revisions, 2)
		require.NotContains(t, b.found(models.SetLive, "guide"), "The old guide")
		again, _ := b.run(imp)
		require.Equal(t, models.ImportDone, again.State)
	})
	t.Run("one that began before there were steps ends as it began", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.add("guide.md", "# Guide\n\nThe old guide.\n", false)
		imp := b.text("guide.md", long, false)
		var suite testsuite.WorkflowTestSuite
		env := suite.NewTestWorkflowEnvironment()
		env.SetTestTimeout(30 * time.Second)
		env.OnGetVersion("ingest-steps", workflow.DefaultVersion, workflow.Version(1)).Return(workflow.DefaultVersion)
		env.RegisterActivity(b.ingesting)
		env.ExecuteWorkflow(workflows.SourceIngest, contract.IngestInput{Account: imp.AccountID, Import: imp.ID})
		require.NoError(t, env.GetWorkflowError())
		require.Equal(t, 250, b.source(models.SetLive, *imp.SourceID).Total)
		require.Equal(t, 1, b.index.removed)
	})
	t.Run("a language that changes meanwhile is the language in the end", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.index.fail = func(nth int) error {
			if nth > 1 {
				return nil
			}
			_, err := b.shop.Store.ChangeAgentSettings(t.Context(), b.shop.Admin, b.shop.Account.ID, func(s *models.AgentSettings) error {
				s.Language = models.Spanish
				return nil
			})
			return err
		}
		b.add("returns.md", thirty, false)
		require.Equal(t, models.Spanish, b.index.last)
		require.Equal(t, 2, b.index.batches)
	})
	t.Run("a tidying that was cut off loses nothing that comes back meanwhile", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		id := b.add("returns.md", thirty, false)
		first := *b.source(models.SetLive, id).RevisionID
		require.NoError(t, b.shop.Store.DeleteSource(t.Context(), b.atOnce(), id))
		pending, err := b.shop.Store.System().PendingImports(t.Context(), -time.Minute, 50)
		require.NoError(t, err)
		require.Len(t, pending, 1)
		tidying := pending[0].ID
		claimed, err := b.shop.Store.ClaimLeaving(t.Context(), b.shop.Account.ID, tidying, 10)
		require.NoError(t, err)
		require.Len(t, claimed, 1)
		ids, err := b.shop.Store.PassageIDs(t.Context(), b.shop.Account.ID, first)
		require.NoError(t, err)
		require.NoError(t, b.index.Delete(t.Context(), b.shop.Account.ID, models.EvidencePassage, ids))
		// Killed here, before it could note that they are gone.

		_, again, err := b.shop.Store.RestoreSource(t.Context(), b.atOnce(), id)
		require.NoError(t, err)
		done, _ := b.run(*again)
		require.Equal(t, models.ImportDone, done.State, done.Failure)
		require.Contains(t, b.found(models.SetLive, "return a purchase"), "30 days")
		imp, err := b.shop.Store.ImportStatus(t.Context(), b.shop.Account.ID, tidying)
		require.NoError(t, err)
		after, _ := b.run(imp)
		require.Equal(t, models.ImportDone, after.State, after.Failure)
		require.Contains(t, b.found(models.SetLive, "return a purchase"), "30 days", "the tidying's retry finds it wanted")
		left, err := b.shop.Store.ClaimLeaving(t.Context(), b.shop.Account.ID, models.NewID(), 10)
		require.NoError(t, err)
		require.Empty(t, left, "nothing stays claimed")
	})
	t.Run("a defect ends as failed, not as pending for ever", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		b.ingesting.Read = func(context.Context, string, []byte) (documents.Document, error) {
			return documents.Document{}, models.Errorf(models.CodeInternal, "a defect")
		}
		imp, _ := b.run(b.text("a.md", thirty, false))
		require.Equal(t, models.ImportFailed, imp.State)
		require.NotContains(t, imp.Failure, "a defect of")
		require.Equal(t, models.SourceFailed, b.source(models.SetDraft, *imp.SourceID).State)
	})
}

func TestIngestOfPages(t *testing.T) {
	t.Parallel()
	page := models.Import{Name: "shop.example", URL: "https://shop.example/returns"}

	t.Run("a page is fetched, and fetched again without a change writes nothing", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		fetched := 0
		b.ingesting.Fetch = func(_ context.Context, url string) (string, []byte, error) {
			require.Equal(t, page.URL, url)
			fetched++
			return "returns.md", []byte(thirty), nil
		}
		imp, _ := b.run(b.create(page))
		require.Equal(t, models.ImportDone, imp.State, imp.Failure)
		detail := b.source(models.SetLive, *imp.SourceID)
		require.Equal(t, models.OriginURL, detail.Origin)
		require.Equal(t, "Returns", detail.Title)
		written := b.index.written
		again, _ := b.run(b.create(page))
		require.Equal(t, imp.SourceID, again.SourceID)
		require.Equal(t, 2, fetched)
		require.Equal(t, written, b.index.written)
	})
	t.Run("one that can't be reached is tried five times, then failed with the reason", func(t *testing.T) {
		t.Parallel()
		b := setupIngest(t)
		tries := 0
		b.ingesting.Fetch = func(context.Context, string) (string, []byte, error) {
			tries++
			return "", nil, models.Errorf(models.CodeUnavailable, "the site doesn't answer")
		}
		imp, _ := b.run(b.create(page))
		require.Equal(t, 5, tries)
		require.Equal(t, models.ImportFailed, imp.State)
		require.Contains(t, imp.Failure, "the site doesn't answer")
	})
}

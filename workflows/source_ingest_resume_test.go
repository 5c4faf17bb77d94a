package workflows_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"kedai/activities"
	"kedai/activities/documents"
	"kedai/models"
	"kedai/workflows"
	"kedai/workflows/contract"
)

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
		env := workflowEnv()
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

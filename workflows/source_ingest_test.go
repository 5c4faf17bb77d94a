package workflows_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
	"kedai/workflows/contract"
)

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

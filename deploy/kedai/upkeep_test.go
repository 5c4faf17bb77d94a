package main

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/deploy/config"
	"kedai/models"
	"kedai/models/store/storetest"
)

func TestReindex(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	shops := []storetest.Shop{storetest.OpenShop(t, s, models.ChannelWebsite, nil), storetest.OpenShop(t, s, models.ChannelWebsite, nil)}
	// work plays API and worker: it ends what is pending, of one account badly.
	work := func(ctx context.Context, bad uuid.UUID) {
		for ctx.Err() == nil {
			pending, _ := s.System().PendingImports(ctx, 0, 10)
			for _, p := range pending {
				imp, err := s.Import(ctx, p.AccountID, p.ID)
				if err != nil {
					return
				}
				imp.State, imp.Done = models.ImportDone, 7
				if p.AccountID == bad {
					imp.State, imp.Failure = models.ImportFailed, "it has no language"
				}
				_ = s.FinishImport(ctx, imp)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	run := func(t *testing.T, only, bad uuid.UUID) (string, error) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		go work(ctx, bad)
		var out bytes.Buffer
		err := reindexAll(ctx, s, only, &out)
		return out.String(), err
	}
	t.Run("all accounts are rebuilt and told", func(t *testing.T) {
		out, err := run(t, uuid.Nil, uuid.Nil)
		require.NoError(t, err)
		for _, shop := range shops {
			require.Contains(t, out, shop.Account.ID.String())
		}
		require.Contains(t, out, "[2/2]")
		require.Contains(t, out, "7 products and passages")
	})
	t.Run("one account alone", func(t *testing.T) {
		out, err := run(t, shops[0].Account.ID, uuid.Nil)
		require.NoError(t, err)
		require.Contains(t, out, shops[0].Account.ID.String())
		require.NotContains(t, out, shops[1].Account.ID.String())
	})
	t.Run("a failure is told and is one of the command", func(t *testing.T) {
		out, err := run(t, uuid.Nil, shops[1].Account.ID)
		require.ErrorContains(t, err, "1 of 2")
		require.Contains(t, out, "it has no language")
	})
	t.Run("an account that isn't there is an error", func(t *testing.T) {
		require.Equal(t, models.CodeNotFound, models.CodeOf(reindexAll(t.Context(), s, uuid.New(), &bytes.Buffer{})))
	})
	t.Run("who stops waiting leaves the request", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		require.Error(t, reindexAll(ctx, s, shops[0].Account.ID, &bytes.Buffer{}))
		pending, err := s.System().PendingImports(t.Context(), 0, 10)
		require.NoError(t, err)
		require.Len(t, pending, 1)
	})
}

func TestEmbedderOf(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{"": "built-in-1", "built-in": "built-in-1", "openai": "openai/text-embedding-3-small", "gemini": "gemini/gemini-embedding-001"} {
		e, err := embedderOf(t.Context(), config.Config{Embedder: kind, EmbedderKey: "key"})
		require.NoError(t, err)
		require.Equal(t, want, e.Name())
	}
}

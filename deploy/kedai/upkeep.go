package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"kedai/activities/retrieval"
	"kedai/deploy/config"
	"kedai/models"
	"kedai/models/store"
	"kedai/worker"
)

// embedderOf returns the embedder that is configured.
func embedderOf(ctx context.Context, c config.Config) (retrieval.Embedder, error) {
	address, model := c.EmbedderAt()
	o := retrieval.ModelOptions{URL: address, Model: model, Key: c.EmbedderKey}
	switch c.Embedder {
	case config.EmbedderGemini:
		return retrieval.NewGemini(ctx, o)
	case config.EmbedderOpenAI:
		return retrieval.NewOpenAI(o)
	}
	return retrieval.BuiltIn{}, nil
}

// persist does something until it succeeds.
func persist(ctx context.Context, log *slog.Logger, complaint string, do func() error) {
	for {
		err := do()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(indexRetry):
			log.Warn(complaint, "error", err)
		}
	}
}

// beginUpkeep has the indexes rebuilt that another version wrote, so that a new
// Kedai, lexicon or embedder needs nobody's hand, and sees to the daily sweep.
func beginUpkeep(ctx context.Context, s *store.Store, index retrieval.Index, temporal client.Client, log *slog.Logger) error {
	if err := index.Setup(ctx); err != nil {
		return err
	}
	n, err := s.System().RequestRebuilds(ctx, index.Version())
	if err != nil {
		return err
	}
	if n > 0 {
		log.Info("indexes of another version will be rebuilt", "accounts", n)
	}
	return worker.ScheduleUpkeep(ctx, temporal)
}

func reindexCommand() *cobra.Command {
	var db database
	var account uuid.UUID
	cmd := &cobra.Command{
		Use:   "reindex",
		Short: "Write the search index of one account or of all anew, and wait for it; the API and a worker must be running",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return reindex(cmd.Context(), db, account) },
	}
	db.flag(cmd)
	cmd.Flags().Var((*idFlag)(&account), "account", "ID of the account; all without it")
	return cmd
}

const (
	reindexPoll = time.Second
	// reindexSilence is after how long without progress it is said what may lack.
	reindexSilence = 30 * time.Second
)

// rebuild is the reindex of one account.
type rebuild struct {
	account models.Account
	id      uuid.UUID
}

func reindex(ctx context.Context, db database, only uuid.UUID) error {
	s, err := db.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return reindexAll(ctx, s, only, os.Stdout)
}

// reindexAll requests the reindex of one account, or of all, and tells how each
// goes on until it has ended.
func reindexAll(ctx context.Context, s *store.Store, only uuid.UUID, out io.Writer) error {
	var accounts []models.Account
	var err error
	if only == uuid.Nil {
		accounts, err = s.System().Accounts(ctx)
	} else {
		var account models.Account
		account, err = s.Account(ctx, only)
		accounts = append(accounts, account)
	}
	if err != nil {
		return err
	}
	var rebuilds []rebuild
	for _, account := range accounts {
		id, err := s.RequestReindex(ctx, account.ID, cli)
		if err != nil {
			return err
		}
		rebuilds = append(rebuilds, rebuild{account, id})
	}
	failed := 0
	for i, r := range rebuilds {
		done, err := awaitRebuild(ctx, s, r, out)
		if err != nil {
			return err
		}
		outcome := "rebuilt"
		if done.State != models.ImportDone {
			failed++
			outcome = "failed: " + done.Failure + ";"
		}
		fmt.Fprintf(out, "[%d/%d] %s (%s): %s, %d products and passages\n", i+1, len(rebuilds), r.account.Name, r.account.ID, outcome, done.Done)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d indexes couldn't be rebuilt", failed, len(rebuilds))
	}
	return nil
}

// awaitRebuild waits for a reindex, tells how far it has come, and returns it
// when it has ended.
func awaitRebuild(ctx context.Context, s *store.Store, r rebuild, out io.Writer) (models.Import, error) {
	last, quiet := 0, time.Now()
	for {
		state, err := s.ImportStatus(ctx, r.account.ID, r.id)
		if err != nil || state.State != models.ImportPending {
			return state, err
		}
		switch {
		case state.Done != last:
			last, quiet = state.Done, time.Now()
			fmt.Fprintf(out, "%s: %d so far\n", r.account.Name, last)
		case time.Since(quiet) > reindexSilence:
			quiet = time.Now()
			fmt.Fprintf(out, "%s: waiting; are the API (which starts it) and a worker (which does it) running?\n", r.account.Name)
		}
		select {
		case <-ctx.Done():
			return state, fmt.Errorf("no longer waiting; what was requested goes on: %w", ctx.Err())
		case <-time.After(reindexPoll):
		}
	}
}

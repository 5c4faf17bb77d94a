package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"kedai/activities/mail"
	"kedai/activities/retrieval"
	"kedai/api"
	"kedai/deploy/config"
	"kedai/models/migrations"
	"kedai/models/store"
	"kedai/worker"
)

func logger() *slog.Logger { return slog.New(slog.NewTextHandler(os.Stderr, nil)) }

func openStore(ctx context.Context, c config.Config) (*store.Store, error) {
	keys, err := store.ParseKeyring(c.EncryptionKeys)
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, store.Options{URL: c.DatabaseURL, MaxConns: c.DatabaseConns, Keys: keys})
}

// process is a command that serves on a store until it is told to stop.
func process(use, short string, serve func(context.Context, config.Config, *store.Store, *slog.Logger) error) *cobra.Command {
	return &cobra.Command{
		Use:   use,
		Short: short,
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			c, err := config.Load(ctx)
			if err != nil {
				return err
			}
			s, err := openStore(ctx, c)
			if err != nil {
				return err
			}
			defer s.Close()
			return serve(ctx, c, s, logger())
		},
	}
}

func apiCommand() *cobra.Command {
	return process("api", "Serve the API, the website chat and the webhooks", serveAPI)
}

func serveAPI(ctx context.Context, c config.Config, s *store.Store, log *slog.Logger) error {
	// Lazy: the API takes and stores messages while Temporal is down.
	temporal, err := client.NewLazyClient(worker.ClientOptions(c.TemporalAddress, c.TemporalNamespace, log))
	if err != nil {
		return fmt.Errorf("make Temporal client: %w", err)
	}
	defer temporal.Close()
	visitorKeys, err := api.ParseVisitorKeys(c.VisitorKeys)
	if err != nil {
		return err
	}
	options := api.Options{
		Store:          s,
		Temporal:       temporal,
		Log:            log,
		VisitorKeys:    visitorKeys,
		TrustedProxies: c.Proxies(),
		PrivateMail:    c.MailPrivate,
		Limits:         api.Limits{VisitorPerMinute: c.VisitorPerMinute, AddressPerMinute: c.AddressPerMinute},
	}
	if c.Demo {
		options.Demo = (&demoShop{store: s}).page
	}
	server, err := api.New(options)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	log.Info("serving", "address", listener.Addr().String())
	return server.Serve(ctx, listener)
}

func workerCommand() *cobra.Command {
	return process("worker", "Run the workflows and activities", runWorker)
}

func runWorker(ctx context.Context, c config.Config, s *store.Store, log *slog.Logger) error {
	embedder, err := embedderOf(ctx, c)
	if err != nil {
		return err
	}
	model, err := modelOf(ctx, c)
	if err != nil {
		return err
	}
	index, err := retrieval.Open(retrieval.Options{URL: c.WeaviateURL, GRPCAddress: c.WeaviateGRPC, Embedder: embedder, Log: log})
	if err != nil {
		return err
	}
	defer func() { _ = index.Close() }()
	setUpIndex(ctx, index, log)
	temporal, err := client.DialContext(ctx, worker.ClientOptions(c.TemporalAddress, c.TemporalNamespace, log))
	if err != nil {
		return fmt.Errorf("reach Temporal at %s: %w", c.TemporalAddress, err)
	}
	defer temporal.Close()
	go persist(ctx, log, "upkeep not begun, trying again", func() error { return beginUpkeep(ctx, s, index, temporal, log) })
	return worker.New(worker.Options{
		Client: temporal, Store: s, Index: index, Model: model, Limits: modelLimits(c),
		Mail: mail.Sender{Private: c.MailPrivate}, Log: log, BuildID: c.BuildID,
	}).Run(ctx)
}

const (
	// indexPatience is how long polling waits for an index that can't be set up.
	indexPatience = 5 * time.Second
	indexRetry    = time.Second
)

// setUpIndex makes the index's classes where they lack, so that no turn finds
// them missing. An index that is down for longer doesn't hold up the worker:
// it goes on trying, and the turns meanwhile do without a search.
func setUpIndex(ctx context.Context, index retrieval.Index, log *slog.Logger) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		persist(ctx, log, "index not set up, trying again", func() error { return index.Setup(ctx) })
	}()
	select {
	case <-done:
	case <-time.After(indexPatience):
		log.Warn("polling without an index")
	}
}

func migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database to the newest schema (KEDAI_DATABASE_URL, of the schema's owner)",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			url := os.Getenv("KEDAI_DATABASE_URL")
			if url == "" {
				return fmt.Errorf("KEDAI_DATABASE_URL is not set; its form is postgres://user:password@host:port/database")
			}
			return migrations.Up(cmd.Context(), url)
		},
	}
}

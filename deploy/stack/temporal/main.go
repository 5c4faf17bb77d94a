// Command temporal is the Temporal server with its UI in one process, kept on PostgreSQL.
//
// It is the durable engine of a Kedai stack on one machine: it makes its databases and schema
// where they lack, brings an older schema up to date, and serves until it is told to stop.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"go.temporal.io/server/temporal"
)

func main() {
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "temporal:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	s, err := parseSettings(args)
	if err != nil {
		return err
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	if err := prepareSchema(ctx, s); err != nil {
		return fmt.Errorf("prepare the databases: %w", err)
	}
	if s.schemaOnly {
		return nil
	}
	return serve(ctx, stop, s)
}

// serve runs the server and its UI until ctx ends. After that, stop lets a second signal end the
// process at once, so that nobody has to wait for a shutdown that hangs.
func serve(ctx context.Context, stop func(), s settings) error {
	logger, err := newLogger(s.logLevel)
	if err != nil {
		return err
	}
	server, err := temporal.NewServer(
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithConfig(s.serverConfig()),
		temporal.WithStaticHosts(s.hosts()),
		temporal.WithDynamicConfigClient(s.dynamicConfig()),
		temporal.WithLogger(logger),
	)
	if err != nil {
		return fmt.Errorf("set up the server: %w", err)
	}
	if err := server.Start(); err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	fmt.Printf("serving on 127.0.0.1:%d\n", s.frontendPort)

	ui := startUI(s)
	<-ctx.Done()
	stop()

	if ui != nil {
		ui.Stop()
	}
	if err := server.Stop(); err != nil {
		return fmt.Errorf("stop the server: %w", err)
	}
	return nil
}

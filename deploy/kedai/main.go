// Command kedai is the one binary: it runs the whole stack on one machine, or
// one of its parts.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "kedai:", err)
		os.Exit(1)
	}
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "kedai",
		Short:         "A self-hosted AI sales agent for shops that sell through messaging",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(upCommand(), apiCommand(), workerCommand(), migrateCommand(), accountCommand(), tokenCommand(), chatCommand(), reindexCommand(), benchCommand(), evalCommand())
	return root
}

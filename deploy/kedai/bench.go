package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kedai/activities/retrieval"
	"kedai/deploy/bench"
)

func benchCommand() *cobra.Command {
	var o bench.RunOptions
	var search bool
	var products int
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure Kedai beside its floor on a throw-away stack and print JSON",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			self, err := os.Executable()
			if err != nil {
				return err
			}
			o.Binary = self
			o.Say = func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
			var report any
			if search {
				report, err = benchSearch(cmd.Context(), self, products)
			} else {
				report, err = bench.Run(cmd.Context(), o)
			}
			if err != nil {
				return err
			}
			out := json.NewEncoder(os.Stdout)
			out.SetIndent("", "  ")
			return out.Encode(report)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&o.Rounds, "rounds", 5, "rounds, of which medians are taken")
	flags.IntVar(&o.Chats, "chats", 48, "chats side by side at saturation")
	flags.IntVar(&o.Parked, "parked", 2000, "chats parked for the memory reading")
	flags.IntVar(&o.Long, "long", 500, "turns of the long chat")
	flags.BoolVar(&search, "search", false, "measure search alone, beside bare hybrid queries")
	flags.IntVar(&products, "products", 10_000, "products of the account that is searched")
	return cmd
}

const searchQueries = 500

func benchSearch(ctx context.Context, self string, products int) (report *bench.SearchReport, err error) {
	dir, err := os.MkdirTemp("", "kedai-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	system, err := bench.StartSystem(ctx, bench.SystemOptions{Binary: self, Dir: dir})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, system.Stop()) }()
	index, err := retrieval.Open(retrieval.Options{URL: system.Engines.WeaviateURL, GRPCAddress: system.Engines.WeaviateGRPC})
	if err != nil {
		return nil, err
	}
	defer func() { _ = index.Close() }()
	return bench.Search(ctx, index, products, searchQueries)
}

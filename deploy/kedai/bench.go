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
	var search, answers bool
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
			switch {
			case search:
				err = onSystem(cmd.Context(), bench.SystemOptions{Binary: self}, func(ctx context.Context, _ *bench.System, index *retrieval.Weaviate) (err error) {
					report, err = bench.Search(ctx, index, products, searchQueries)
					return err
				})
			case answers:
				err = onSystem(cmd.Context(), bench.SystemOptions{Binary: self, Count: true, Env: builtInOnly}, func(ctx context.Context, s *bench.System, index *retrieval.Weaviate) (err error) {
					report, err = bench.Answers(ctx, s, index, products, answerQuestions)
					return err
				})
			default:
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
	flags.BoolVar(&answers, "answers", false, "measure the built-in engine alone and a turn's Retrieve and Generate, beside bare hybrid queries")
	flags.IntVar(&products, "products", 10_000, "products of the account that is searched")
	cmd.MarkFlagsMutuallyExclusive("search", "answers")
	return cmd
}

const (
	searchQueries   = 500
	answerQuestions = 300
)

// onSystem measures on a throw-away system and its index.
func onSystem(ctx context.Context, o bench.SystemOptions, measure func(context.Context, *bench.System, *retrieval.Weaviate) error) (err error) {
	if o.Dir, err = os.MkdirTemp("", "kedai-bench-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(o.Dir) }()
	system, err := bench.StartSystem(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, system.Stop()) }()
	index, err := retrieval.Open(retrieval.Options{URL: system.Engines.WeaviateURL, GRPCAddress: system.Engines.WeaviateGRPC})
	if err != nil {
		return err
	}
	defer func() { _ = index.Close() }()
	return measure(ctx, system, index)
}

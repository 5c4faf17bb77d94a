package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"kedai/activities/retrieval"
	"kedai/deploy/demo"
	"kedai/deploy/eval"
	"kedai/deploy/local"
)

// evalOptions are the command's flags.
type evalOptions struct {
	exam, shop, language, json string
	retrieval, verbose         bool
}

func evalCommand() *cobra.Command {
	var o evalOptions
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measure search with the labelled queries of an exam, on a throw-away stack",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runEval(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.exam, "exam", "", "folder of the exam; the demo shop if empty")
	flags.StringVar(&o.shop, "shop", "", "only the shop of this name")
	flags.StringVar(&o.language, "lang", "", "only this language")
	flags.StringVar(&o.json, "json", "", "also write the report as JSON to this file")
	flags.BoolVar(&o.retrieval, "retrieval", false, "measure search")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "list what failed")
	return cmd
}

func runEval(ctx context.Context, o evalOptions) error {
	if !o.retrieval {
		return errors.New("say what to measure: --retrieval")
	}
	var exam fs.FS = demo.FS
	if o.exam != "" {
		exam = os.DirFS(o.exam)
	}
	shops, err := eval.Load(exam, o.shop, o.language)
	if err != nil {
		return err
	}
	stack, err := local.Start(ctx, local.Options{Ephemeral: true, Log: logger()})
	if err != nil {
		return err
	}
	defer func() { _ = stack.Stop(context.WithoutCancel(ctx)) }()
	report, err := measureSearch(ctx, stack.Addresses().WeaviateURL, stack.Addresses().WeaviateGRPC, shops)
	if err != nil {
		return err
	}
	if o.json != "" {
		raw, err := json.MarshalIndent(report, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(o.json, append(raw, '\n'), 0o600); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	return report.Write(os.Stdout, o.verbose)
}

func measureSearch(ctx context.Context, url, grpc string, shops []eval.Shop) (*eval.Report, error) {
	index, err := retrieval.Open(retrieval.Options{URL: url, GRPCAddress: grpc})
	if err != nil {
		return nil, err
	}
	defer func() { _ = index.Close() }()
	if err := index.Setup(ctx); err != nil {
		return nil, err
	}
	return eval.Retrieval(ctx, index, shops)
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"kedai/activities/retrieval"
	"kedai/deploy/bench"
	"kedai/deploy/config"
	"kedai/deploy/demo"
	"kedai/deploy/eval"
	"kedai/models"
)

// evalOptions are the command's flags.
type evalOptions struct {
	exam, shop, language, json string
	provider, only             string
	retrieval, verbose         bool
}

func evalCommand() *cobra.Command {
	var o evalOptions
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Hold the conversations of an exam, or measure search with its queries, on a throw-away stack",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runEval(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.exam, "exam", "", "folder of the exam; the demo shop if empty")
	flags.StringVar(&o.shop, "shop", "", "only the shop of this name")
	flags.StringVar(&o.language, "lang", "", "only this language")
	flags.StringVar(&o.json, "json", "", "also write the report as JSON to this file")
	flags.StringVar(&o.provider, "provider", "builtin", "who answers: builtin; gemini or openai, a model by KEDAI_MODEL_KEY, _URL and _NAME; or control, which replies with the best hit of plain BM25")
	flags.StringVar(&o.only, "case", "", "only the conversation of this ID")
	flags.BoolVar(&o.retrieval, "retrieval", false, "measure search")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "show what failed in full")
	return cmd
}

func runEval(ctx context.Context, o evalOptions) error {
	variables, err := modelVariables(ctx, o.provider)
	if err != nil {
		return err
	}
	var exam fs.FS = demo.FS
	if o.exam != "" {
		exam = os.DirFS(o.exam)
	}
	shops, err := eval.Load(exam, o.shop, o.language)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "kedai-eval-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	system, err := bench.StartSystem(ctx, bench.SystemOptions{Binary: self, Dir: dir, Env: variables})
	if err != nil {
		return err
	}
	return errors.Join(measure(ctx, o, shops, system), system.Stop())
}

// builtInOnly has the built-in engine answer, whatever the environment says.
var builtInOnly = []string{"KEDAI_MODEL=none", "KEDAI_MODEL_URL=", "KEDAI_MODEL_KEY=", "KEDAI_MODEL_NAME="}

// modelVariables are those that have the given provider answer, whatever the
// environment says.
func modelVariables(ctx context.Context, provider string) ([]string, error) {
	switch provider {
	case string(models.ProviderGemini), string(models.ProviderOpenAI):
		if err := config.CheckModel(ctx, provider); err != nil {
			return nil, fmt.Errorf("ask %s: %w", provider, err)
		}
		return []string{"KEDAI_MODEL=" + provider}, nil
	case "builtin", "control":
		return builtInOnly, nil
	}
	return nil, fmt.Errorf("there is no provider %q: take builtin, gemini, openai or control", provider)
}

// measure runs what was asked for and writes the report.
func measure(ctx context.Context, o evalOptions, shops []eval.Shop, system *bench.System) error {
	index, err := retrieval.Open(retrieval.Options{URL: system.Engines.WeaviateURL, GRPCAddress: system.Engines.WeaviateGRPC})
	if err != nil {
		return err
	}
	defer func() { _ = index.Close() }()
	if o.retrieval {
		report, err := eval.Retrieval(ctx, index, shops)
		if err != nil {
			return err
		}
		return errors.Join(writeJSON(o.json, report), report.Write(os.Stdout, o.verbose))
	}
	patience := eval.Patience
	if slices.Contains(models.Providers(), models.Provider(o.provider)) {
		patience = eval.ModelPatience
	}
	open := func(ctx context.Context, shop eval.Shop) (eval.Examined, error) {
		return eval.OpenLive(ctx, system, shop, patience)
	}
	if o.provider == "control" {
		open = func(ctx context.Context, shop eval.Shop) (eval.Examined, error) {
			return eval.OpenControl(ctx, index, shop)
		}
	}
	report, err := eval.Examine(ctx, shops, open, o.only)
	if err != nil {
		return err
	}
	report.Provider = o.provider
	return errors.Join(writeJSON(o.json, report), report.Write(os.Stdout, o.verbose))
}

// writeJSON writes a report to a file, where one was named.
func writeJSON(file string, report any) error {
	if file == "" {
		return nil
	}
	raw, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kedai/deploy/bench"
)

func benchCommand() *cobra.Command {
	var o bench.RunOptions
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
			report, err := bench.Run(cmd.Context(), o)
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
	return cmd
}

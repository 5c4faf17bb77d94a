package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"kedai/api"
	"kedai/deploy/config"
	"kedai/deploy/local"
	"kedai/models"
	"kedai/worker"
)

// chatOptions are the command's flags.
type chatOptions struct {
	db                          database
	account                     uuid.UUID
	set, language, email, phone string
}

func chatCommand() *cobra.Command {
	var o chatOptions
	cmd := &cobra.Command{
		Use:   "chat",
		Short: "Talk with an account's agent as in the Playground, against a running system; Ctrl-D ends it",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runChat(cmd.Context(), o) },
	}
	o.db.flag(cmd)
	flags := cmd.Flags()
	flags.Var((*idFlag)(&o.account), "account", "ID of the account")
	flags.StringVar(&o.set, "set", string(models.SetDraft), "which sources and settings: draft or live")
	flags.StringVar(&o.language, "lang", "", "the agent's language, in place of the one that is set: "+languages())
	flags.StringVar(&o.email, "email", "", "the customer's e-mail address, taken as proven")
	flags.StringVar(&o.phone, "phone", "", "the customer's phone number, taken as proven")
	must(cmd.MarkFlagRequired("account"))
	return cmd
}

func runChat(ctx context.Context, o chatOptions) error {
	s, err := o.db.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	temporal, err := o.temporal(ctx)
	if err != nil {
		return err
	}
	defer temporal.Close()
	playground := api.Playground{Store: s, Temporal: temporal}
	chat := models.PlaygroundChat{AccountID: o.account, Set: models.SourceSet(o.set), Identity: &models.PlaygroundIdentity{Email: o.email, Phone: o.phone}}
	if o.language != "" {
		chat.Language = (*models.Language)(&o.language)
	}
	if chat, err = playground.Begin(ctx, cli, chat); err != nil {
		return err
	}
	return converse(ctx, terminal{in: os.Stdin, out: os.Stdout, prompts: isTerminal(os.Stdin) && isTerminal(os.Stdout), dims: isTerminal(os.Stdout)},
		func(ctx context.Context, text string) (models.PlaygroundTurn, error) {
			return playground.Ask(ctx, chat.AccountID, chat.ID, []string{text})
		})
}

// temporal reaches the Temporal of the running system: that of the data folder,
// else the one that the environment names.
func (o chatOptions) temporal(ctx context.Context) (client.Client, error) {
	address, namespace, err := config.Temporal(ctx)
	if err != nil {
		return nil, err
	}
	if o.db.data != "" {
		if address, err = local.KeptTemporalAddr(o.db.data); err != nil {
			return nil, err
		}
	}
	// What the client logs would stand between the lines of the chat.
	temporal, err := client.DialContext(ctx, worker.ClientOptions(address, namespace, slog.New(slog.DiscardHandler)))
	if err != nil {
		return nil, fmt.Errorf("reach Temporal at %s (is the system running?): %w", address, err)
	}
	return temporal, nil
}

// terminal is where a chat is held.
type terminal struct {
	in      io.Reader
	out     io.Writer
	prompts bool
	dims    bool
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// longestLine holds the longest message, whose characters have up to four
// bytes, so that it is refused as too long by the same rule as elsewhere.
const longestLine = 64 << 10

// converse asks each line of the input and prints what the agent would do,
// until the input or ctx ends. An error of one turn doesn't end the chat.
func converse(ctx context.Context, t terminal, ask func(ctx context.Context, text string) (models.PlaygroundTurn, error)) error {
	lines, failed := readLines(ctx, t.in)
	for {
		if t.prompts {
			fmt.Fprint(t.out, "> ")
		}
		select {
		case <-ctx.Done():
			return nil
		case line, more := <-lines:
			if !more {
				if t.prompts {
					fmt.Fprintln(t.out)
				}
				return <-failed
			}
			if strings.TrimSpace(line) == "" {
				continue
			}
			turn, err := ask(ctx, line)
			if ctx.Err() != nil {
				return nil
			}
			if err := t.show(turn, err); err != nil {
				return err
			}
		}
	}
}

// readLines reads on its own, since a read of a terminal can't be cancelled.
func readLines(ctx context.Context, in io.Reader) (lines chan string, failed chan error) {
	lines, failed = make(chan string), make(chan error, 1)
	go func() {
		scanner := bufio.NewScanner(in)
		scanner.Buffer(nil, longestLine)
		for scanner.Scan() {
			select {
			case lines <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
		failed <- scanner.Err()
		close(lines)
	}()
	return lines, failed
}

// show prints a turn: what would be said, then how it came about.
func (t terminal) show(turn models.PlaygroundTurn, err error) error {
	if err != nil {
		_, err = fmt.Fprintf(t.out, "error: %v\n", err)
		return err
	}
	said := turn.Reply
	if said == "" {
		said = turn.HandoffText
	}
	note := chatNote(turn)
	if t.dims {
		note = "\x1b[2m" + note + "\x1b[0m"
	}
	_, err = fmt.Fprintf(t.out, "%s\n%s\n", said, note)
	return err
}

// chatNote is the line below a reply: action, intent, what else would happen,
// and the sources of what is cited.
func chatNote(turn models.PlaygroundTurn) string {
	parts := []string{string(turn.Action)}
	if turn.Intent != "" {
		parts = append(parts, string(turn.Intent))
	}
	if turn.Reason != "" {
		parts = append(parts, "would hand over: "+string(turn.Reason))
	}
	if turn.Failure != "" {
		parts = append(parts, "failed: "+turn.Failure)
	}
	if turn.Limited {
		parts = append(parts, "the day's limit is reached")
	}
	var sources []string
	for _, e := range turn.Evidence {
		if e.Cited {
			sources = append(sources, string(e.Kind)+" "+sourceOf(e))
		}
	}
	if len(sources) > 0 {
		parts = append(parts, "from "+strings.Join(sources, ", "))
	}
	return "[" + strings.Join(parts, " · ") + "]"
}

func sourceOf(e models.PlaygroundEvidence) string {
	if len(e.Headings) > 1 {
		return strings.Join(e.Headings, " › ")
	}
	return e.Title
}

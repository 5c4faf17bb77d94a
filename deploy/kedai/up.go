package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"kedai/deploy/local"
	"kedai/models"
	"kedai/models/store"
	"kedai/worker"
	"kedai/workflows/contract"
)

const defaultListen = "127.0.0.1:8088"

// upOptions are the flags of `kedai up`.
type upOptions struct {
	data      string
	ephemeral bool
	listen    string
	demo      bool
	suggest   int
	stateFile string
	count     bool
}

func upCommand() *cobra.Command {
	var o upOptions
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Run the whole stack on this machine until Ctrl-C",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return up(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.data, "data", ".kedai", "folder for everything that is kept")
	flags.BoolVar(&o.ephemeral, "ephemeral", false, "use a throw-away folder, removed at the end")
	flags.StringVar(&o.listen, "listen", defaultListen, "address of the API; another port is taken where this one is in use")
	flags.BoolVar(&o.demo, "demo", true, "load and serve the demo shop")
	flags.IntVar(&o.suggest, "suggest-continue-as-new", 0, "events after which a run continues as new (0: 2,000)")
	flags.StringVar(&o.stateFile, "state", "", "write the addresses as JSON to this file once all is ready")
	flags.BoolVar(&o.count, "count-statements", false, "have PostgreSQL count statements, for benchmarks")
	return cmd
}

// upState is what --state writes: addresses and where keys are kept, for tests
// and tools on the same machine.
type upState struct {
	API       string          `json:"api"`
	Data      string          `json:"data"`
	Database  string          `json:"database"`  // Of the service's login.
	Superuser string          `json:"superuser"` // Of the same database.
	Keys      string          `json:"keys"`      // File of the encryption keys.
	Engines   local.Addresses `json:"engines"`
}

func up(ctx context.Context, o upOptions) error {
	options := local.Options{DataDir: o.data, Ephemeral: o.ephemeral, Log: logger(), Output: os.Stderr, SuggestContinueAsNew: o.suggest, CountStatements: o.count}
	if o.ephemeral {
		options.DataDir = ""
	}
	stack, err := local.Start(ctx, options)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	err = serveStack(ctx, o, stack)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 40*time.Second)
	defer cancel()
	if ctx.Err() != nil {
		err = nil // What was under way when it was told to stop has failed, of course.
	}
	return errors.Join(err, stack.Stop(stop))
}

func serveStack(ctx context.Context, o upOptions, stack *local.Stack) error {
	env, err := prepare(ctx, o, stack)
	if err != nil {
		return err
	}
	s, err := openStore(ctx, env.config())
	if err != nil {
		return err
	}
	defer s.Close()
	temporal, err := client.DialContext(ctx, worker.ClientOptions(stack.TemporalAddress(), stack.Namespace(), logger()))
	if err != nil {
		return fmt.Errorf("reach Temporal: %w", err)
	}
	defer temporal.Close()
	if err := runApps(ctx, stack, temporal, env); err != nil {
		return err
	}
	if err := announce(ctx, o, stack, s, temporal, env); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// runApps starts the worker and the API as processes of their own, under
// supervision, so that one that dies takes nothing with it.
func runApps(ctx context.Context, stack *local.Stack, temporal client.Client, env *environment) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	part := func(name string) func() *exec.Cmd {
		return func() *exec.Cmd {
			cmd := exec.Command(self, name)
			cmd.Env = append(os.Environ(), env.variables()...)
			return cmd
		}
	}
	// A worker is ready once its build is the current one, which it can be only
	// after the worker has polled. One that dies before that too often is given
	// up, with its last lines.
	working, err := stack.Run(ctx, local.PartSpec{Name: "worker", Command: part("worker"), Ready: func(ctx context.Context) error {
		return local.SetCurrentVersion(ctx, temporal, contract.Deployment, env.buildID)
	}})
	if err != nil {
		return err
	}
	if err := awaitApp(ctx, working); err != nil {
		return err
	}
	serving, err := stack.Run(ctx, local.PartSpec{Name: "api", Command: part("api"), Ready: func(ctx context.Context) error {
		return ready(ctx, "http://"+env.listen+"/readyz")
	}})
	if err != nil {
		return err
	}
	return awaitApp(ctx, serving)
}

// appTimeout is how long the worker or the API may take to become ready.
const appTimeout = 60 * time.Second

func awaitApp(ctx context.Context, part *local.Running) error {
	ctx, cancel := context.WithTimeout(ctx, appTimeout)
	defer cancel()
	return part.Await(ctx)
}

func ready(ctx context.Context, url string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %d", url, response.StatusCode)
	}
	return nil
}

// announce sees to a first account, the demo shop's or an empty one, and prints
// where everything is. A token is printed as soon as it is issued.
func announce(ctx context.Context, o upOptions, stack *local.Stack, s *store.Store, temporal client.Client, env *environment) error {
	var err error
	if o.demo {
		err = (&demoShop{store: s, ingest: ingestBy(temporal)}).load(ctx, func(language string, token models.Secret) {
			fmt.Printf("API token of the demo shop in %s (shown this once): %s\n", language, token.Reveal())
		})
	} else {
		err = firstAccount(ctx, s, func(account models.Account, token models.Secret) {
			fmt.Printf("API token of the account %q, %s (shown this once): %s\n", account.Name, account.ID, token.Reveal())
		})
	}
	if err != nil {
		return err
	}
	if o.stateFile != "" {
		raw, err := json.MarshalIndent(upState{
			API: "http://" + env.listen, Data: stack.DataDir(), Database: env.database, Superuser: stack.PostgresURL(databaseName),
			Keys: filepath.Join(stack.DataDir(), encryptionKeyFile), Engines: stack.Addresses(),
		}, "", "  ")
		if err != nil {
			return err
		}
		if err := local.WriteFile(o.stateFile, raw, 0o600); err != nil {
			return err
		}
	}
	fmt.Printf("Temporal's UI:  %s\n", stack.TemporalUIURL())
	fmt.Printf("API:            http://%s/v1\n", env.listen)
	if o.demo {
		fmt.Printf("Demo shop:      http://%s/demo\n", env.listen)
	}
	return nil
}

// Package local runs the whole Kedai stack on one machine: PostgreSQL, Temporal with its UI and
// Weaviate, each as a supervised child process on the loopback address, with all they keep in one
// data folder. The binary's `up` and the tests get their engines from here.
package local

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"path/filepath"
)

// Part names a part of the stack that is there from the start.
type Part string

// The parts that Start brings up. Others join by Stack.Run.
const (
	PartPostgres Part = "postgres"
	PartTemporal Part = "temporal"
	PartWeaviate Part = "weaviate"
)

const (
	defaultNamespace            = "kedai"
	defaultSuggestContinueAsNew = 2000
	superuser                   = "postgres"
)

// Options says where and how a stack runs.
type Options struct {
	// DataDir is where data, ports and logs stay; required unless Ephemeral.
	DataDir string
	// Ephemeral takes a throw-away folder and free ports; Stop removes the folder.
	Ephemeral bool
	// Log receives the supervisor's own messages; nil drops them.
	Log *slog.Logger
	// Output receives the parts' log lines, each behind its part's name; nil drops them. They are
	// kept in the data folder's logs in any case.
	Output io.Writer
	// SuggestContinueAsNew is the number of events after which Temporal suggests
	// continue-as-new; 0 stands for 2,000.
	SuggestContinueAsNew int
	// Namespace is the Temporal namespace that Start prepares; "kedai" if empty.
	Namespace string
	// CountStatements has PostgreSQL load pg_stat_statements, for benchmarks.
	CountStatements bool
}

func (o Options) withDefaults() (Options, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Output == nil {
		o.Output = io.Discard
	}
	if o.SuggestContinueAsNew == 0 {
		o.SuggestContinueAsNew = defaultSuggestContinueAsNew
	}
	if o.Namespace == "" {
		o.Namespace = defaultNamespace
	}
	switch {
	case o.Ephemeral && o.DataDir != "":
		return o, fmt.Errorf("an ephemeral stack makes its own folder: leave out the data folder %s", o.DataDir)
	case !o.Ephemeral && o.DataDir == "":
		return o, fmt.Errorf("no data folder given")
	case o.DataDir != "":
		dir, err := filepath.Abs(o.DataDir)
		if err != nil {
			return o, fmt.Errorf("resolve the data folder: %w", err)
		}
		o.DataDir = dir
	}
	return o, nil
}

// Addresses says where a stack's engines are to be reached.
type Addresses struct {
	// Postgres is the superuser's URL of the maintenance database.
	Postgres string `json:"postgres"`
	// TemporalAddress is host and port of Temporal's frontend.
	TemporalAddress string `json:"temporal_address"`
	TemporalUIURL   string `json:"temporal_ui_url"`
	WeaviateURL     string `json:"weaviate_url"`
	// WeaviateGRPC is host and port of Weaviate's gRPC API.
	WeaviateGRPC string `json:"weaviate_grpc"`
}

// PostgresURL is the superuser's URL of the given database, which need not exist yet.
func (a Addresses) PostgresURL(database string) string {
	u, err := url.Parse(a.Postgres)
	if err != nil {
		return a.Postgres
	}
	u.Path = "/" + database
	return u.String()
}

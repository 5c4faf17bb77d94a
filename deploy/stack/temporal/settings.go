package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"strconv"
)

// passwordVariable names the variable that carries the database's password, which is never a
// flag because every user of the machine can read a process's arguments.
const passwordVariable = "KEDAI_TEMPORAL_DB_PASSWORD"

// settings is what the command line and the environment say.
type settings struct {
	dbHost       string
	dbPort       int
	dbUser       string
	dbPassword   string
	dbName       string
	visibilityDB string
	dbConns      int

	frontendPort int
	historyPort  int
	matchingPort int
	workerPort   int
	uiPort       int
	namespace    string

	shards     int
	suggestCAN int
	logLevel   string
	schemaOnly bool
}

func parseSettings(args []string) (settings, error) {
	var s settings
	f := flag.NewFlagSet("temporal", flag.ContinueOnError)
	f.StringVar(&s.dbHost, "db-host", "127.0.0.1", "host of the PostgreSQL server")
	f.IntVar(&s.dbPort, "db-port", 5432, "port of the PostgreSQL server")
	f.StringVar(&s.dbUser, "db-user", "postgres", "user of the PostgreSQL server; the password comes in "+passwordVariable)
	f.StringVar(&s.dbName, "db", "temporal", "database of histories and tasks")
	f.StringVar(&s.visibilityDB, "visibility-db", "temporal_visibility", "database of the workflow list")
	f.IntVar(&s.dbConns, "db-conns", 12, "connections each of the four services may hold to its store")
	f.IntVar(&s.frontendPort, "port", 7233, "port that clients connect to")
	f.IntVar(&s.historyPort, "history-port", 7234, "port of the history service")
	f.IntVar(&s.matchingPort, "matching-port", 7235, "port of the matching service")
	f.IntVar(&s.workerPort, "worker-port", 7239, "port of the system worker")
	f.IntVar(&s.uiPort, "ui-port", 8233, "port of the web UI; 0 leaves it out")
	f.StringVar(&s.namespace, "ui-namespace", "kedai", "namespace that the web UI opens with")
	f.IntVar(&s.shards, "shards", 4, "history shards; fixed when the databases are made")
	f.IntVar(&s.suggestCAN, "suggest-continue-as-new", 2000, "events after which a workflow is told to continue as new")
	f.StringVar(&s.logLevel, "log-level", "warn", "debug, info, warn or error")
	f.BoolVar(&s.schemaOnly, "schema-only", false, "make and update the databases, then exit")
	if err := f.Parse(args); err != nil {
		return settings{}, err
	}
	if f.NArg() > 0 {
		return settings{}, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	if s.suggestCAN < 1 {
		return settings{}, fmt.Errorf("suggest-continue-as-new must be at least 1, not %d", s.suggestCAN)
	}
	s.dbPassword = os.Getenv(passwordVariable)
	return s, nil
}

func (s settings) dbAddress() string {
	return net.JoinHostPort(s.dbHost, strconv.Itoa(s.dbPort))
}

func local(port int) string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}

package local_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"kedai/deploy/local"
)

const (
	// backWithin is the promise for a killed part; buildTime is for a machine that has no engines.
	backWithin  = 15 * time.Second
	secondStart = 20 * time.Second
	buildTime   = 20 * time.Minute
	taskQueue   = "local-test"
	deployment  = "local-test"
)

// TestStack walks one data folder through its life: a first start, a kill of each part, a second
// start on the same data, and one with its ports taken.
func TestStack(t *testing.T) {
	if testing.Short() {
		t.Skip("starts real engines")
	}
	t.Parallel()
	dir := dataFolder(t)
	stack := start(t, dir)
	first := stack.Addresses()
	keep(t, stack)

	t.Run("a second stack on the folder is refused", func(t *testing.T) {
		_, err := local.Start(t.Context(), local.Options{DataDir: dir})
		require.ErrorContains(t, err, "in use by another stack")
	})

	t.Run("a worker's build becomes current", func(t *testing.T) { runVersioned(t, stack) })

	t.Run("no web page may read Weaviate", func(t *testing.T) {
		for _, method := range []string{http.MethodGet, http.MethodOptions} {
			request, err := http.NewRequestWithContext(t.Context(), method, stack.WeaviateURL()+"/v1/schema", nil)
			require.NoError(t, err)
			request.Header.Set("Origin", "https://evil.example")
			request.Header.Set("Access-Control-Request-Method", http.MethodPost)
			res, err := http.DefaultClient.Do(request)
			require.NoError(t, err)
			require.NoError(t, res.Body.Close())
			require.Equal(t, []string{"https://kedai.invalid"}, res.Header.Values("Access-Control-Allow-Origin"), method)
		}
	})

	t.Run("only this machine reaches the parts", func(t *testing.T) {
		addresses, err := net.InterfaceAddrs()
		require.NoError(t, err)
		for _, address := range addresses {
			network, ok := address.(*net.IPNet)
			if !ok || network.IP.IsLoopback() {
				continue
			}
			for _, port := range keptPorts(t, dir) {
				require.Error(t, dial(net.JoinHostPort(network.IP.String(), strconv.Itoa(port))), "port %d", port)
			}
		}
	})

	for _, part := range []local.Part{local.PartPostgres, local.PartTemporal, local.PartWeaviate} {
		t.Run("killed "+string(part)+" comes back", func(t *testing.T) {
			old := stack.PID(part)
			began := time.Now()
			require.NoError(t, stack.Kill(part))
			ctx, cancel := context.WithTimeout(t.Context(), backWithin)
			defer cancel()
			require.NoError(t, stack.Await(ctx, part))
			require.NoError(t, stack.Await(ctx, local.PartTemporal), "which needs PostgreSQL")
			t.Logf("%s was back after %s", part, time.Since(began).Round(time.Millisecond))
			require.NotEqual(t, old, stack.PID(part))
			require.Equal(t, first, stack.Addresses())
			requireKept(t, stack)
		})
	}

	t.Run("stop leaves no process", func(t *testing.T) {
		pids := pidsBelow(t, stack)
		stop(t, stack)
		for pid, name := range pids {
			require.False(t, local.Alive(pid), "%s is alive", name)
		}
		require.Error(t, dial(stack.PostgresAddr()))
		require.Error(t, dial(stack.TemporalAddress()))
		require.Error(t, dial(stack.WeaviateGRPCAddress()))
	})

	t.Run("a second start finds its data on its ports", func(t *testing.T) {
		began := time.Now()
		stack = start(t, dir)
		t.Logf("the second start took %s", time.Since(began).Round(time.Millisecond))
		require.Less(t, time.Since(began), secondStart)
		require.Equal(t, first, stack.Addresses())
		requireKept(t, stack)
		stop(t, stack)
	})

	t.Run("taken ports are replaced", func(t *testing.T) {
		taken := occupyPorts(t, dir)
		stack = start(t, dir)
		now := stack.Addresses()
		require.NotEqual(t, first.Postgres, now.Postgres)
		require.NotEqual(t, first.TemporalAddress, now.TemporalAddress)
		require.NotEqual(t, first.WeaviateURL, now.WeaviateURL)
		require.NotContains(t, taken, now.TemporalAddress)
		requireKept(t, stack)
		stop(t, stack)
	})
}

// dataFolder is like t.TempDir, but the server's user can enter it when root runs the tests.
func dataFolder(t *testing.T) string {
	dir, err := os.MkdirTemp("", "kedai-local-test-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o711))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "data")
}

func start(t *testing.T, dir string) *local.Stack {
	ctx, cancel := context.WithTimeout(t.Context(), buildTime)
	defer cancel()
	began := time.Now()
	stack, err := local.Start(ctx, local.Options{DataDir: dir, Output: logWriter{t}, SuggestContinueAsNew: 300})
	require.NoError(t, err)
	t.Logf("started in %s", time.Since(began).Round(time.Millisecond))
	t.Cleanup(func() { stop(t, stack) })
	return stack
}

func stop(t *testing.T, stack *local.Stack) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	began := time.Now()
	require.NoError(t, stack.Stop(ctx))
	if took := time.Since(began); took > 10*time.Millisecond {
		t.Logf("stopped in %s", took.Round(time.Millisecond))
	}
}

// keep writes something to each engine, for requireKept to find.
func keep(t *testing.T, stack *local.Stack) {
	ctx := t.Context()
	db := connect(t, stack)
	_, err := db.Exec(ctx, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('Привет')")
	require.NoError(t, err)

	c := temporalClient(t, stack)
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: "kept", TaskQueue: taskQueue,
		TypedSearchAttributes: temporal.NewSearchAttributes(temporal.NewSearchAttributeKeyKeyword("LeadID").ValueSet("kept")),
	}, "nobody polls for this")
	require.NoError(t, err)

	post(t, stack.WeaviateURL()+"/v1/schema", `{"class":"Kept","multiTenancyConfig":{"enabled":true}}`)
	post(t, stack.WeaviateURL()+"/v1/schema/Kept/tenants", `[{"name":"a"}]`)
	post(t, stack.WeaviateURL()+"/v1/objects", `{"class":"Kept","tenant":"a","properties":{"word":"kept"}}`)
}

func requireKept(t *testing.T, stack *local.Stack) {
	ctx := t.Context()
	var word string
	// A locale that knows only ASCII would leave the capital letter.
	require.NoError(t, connect(t, stack).QueryRow(ctx, "SELECT lower(word) FROM kept").Scan(&word))
	require.Equal(t, "привет", word)

	found, err := temporalClient(t, stack).ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{
		Query: "LeadID = 'kept' AND ExecutionStatus = 'Running'",
	})
	require.NoError(t, err)
	require.Len(t, found.GetExecutions(), 1)

	res, err := http.Get(stack.WeaviateURL() + "/v1/objects?class=Kept&tenant=a")
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Contains(t, string(body), `"word":"kept"`)
}

// runVersioned asks for the current version before its worker is there, and runs a workflow on it.
func runVersioned(t *testing.T, stack *local.Stack) {
	c := temporalClient(t, stack)
	set := make(chan error, 1)
	go func() { set <- local.SetCurrentVersion(t.Context(), c, deployment, "build-1") }()

	w := worker.New(c, taskQueue+"-versioned", worker.Options{DeploymentOptions: worker.DeploymentOptions{
		UseVersioning:             true,
		Version:                   worker.WorkerDeploymentVersion{DeploymentName: deployment, BuildID: "build-1"},
		DefaultVersioningBehavior: workflow.VersioningBehaviorAutoUpgrade,
	}})
	w.RegisterWorkflowWithOptions(func(workflow.Context) (string, error) { return "done", nil },
		workflow.RegisterOptions{Name: "versioned"})
	began := time.Now()
	require.NoError(t, w.Start())
	defer w.Stop()
	select {
	case err := <-set:
		require.NoError(t, err)
	case <-time.After(30 * time.Second):
		require.Fail(t, "the version never became current")
	}
	t.Logf("the build was current after %s", time.Since(began).Round(time.Millisecond))
	require.NoError(t, local.SetCurrentVersion(t.Context(), c, deployment, "build-1"), "a second time")

	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{
		TaskQueue: taskQueue + "-versioned", Priority: temporal.Priority{FairnessKey: "account-1"},
	}, "versioned")
	require.NoError(t, err)
	var result string
	require.NoError(t, run.Get(t.Context(), &result))
	require.Equal(t, "done", result)
	info, err := c.DescribeWorkflowExecution(t.Context(), run.GetID(), run.GetRunID())
	require.NoError(t, err)
	versioning := info.GetWorkflowExecutionInfo().GetVersioningInfo()
	require.Equal(t, enums.VERSIONING_BEHAVIOR_AUTO_UPGRADE, versioning.GetBehavior())
	require.Equal(t, "build-1", versioning.GetDeploymentVersion().GetBuildId())
}

// occupyPorts listens on all ports that the folder's stack had.
func occupyPorts(t *testing.T, dir string) []string {
	var taken []string
	for _, port := range keptPorts(t, dir) {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		require.NoError(t, err)
		t.Cleanup(func() { _ = l.Close() })
		taken = append(taken, l.Addr().String())
	}
	return taken
}

func keptPorts(t *testing.T, dir string) map[string]int {
	raw, err := os.ReadFile(filepath.Join(dir, "ports.json"))
	require.NoError(t, err)
	var ports map[string]int
	require.NoError(t, json.Unmarshal(raw, &ports))
	return ports
}

func connect(t *testing.T, stack *local.Stack) *pgx.Conn {
	conn, err := pgx.Connect(t.Context(), stack.PostgresURL("postgres"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func temporalClient(t *testing.T, stack *local.Stack) client.Client {
	c, err := client.DialContext(t.Context(), client.Options{HostPort: stack.TemporalAddress(), Namespace: stack.Namespace()})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func post(t *testing.T, url, body string) {
	res, err := http.Post(url, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	require.Equal(t, http.StatusOK, res.StatusCode)
}

func dial(address string) error {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return err
	}
	return conn.Close()
}

// logWriter writes the parts' lines to the test's log.
type logWriter struct{ t *testing.T }

func (w logWriter) Write(line []byte) (int, error) {
	w.t.Logf("%s", bytes.TrimRight(line, "\n"))
	return len(line), nil
}

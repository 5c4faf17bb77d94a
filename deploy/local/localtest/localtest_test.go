package localtest_test

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"kedai/deploy/local"
	"kedai/deploy/local/localtest"
	"kedai/deploy/local/localtest/internal/share"
)

// userVariable makes this test binary a mere user of the engines.
const userVariable = "KEDAI_TEST_ENGINES_USER"

func TestEngines(t *testing.T) {
	if testing.Short() {
		t.Skip("starts real engines")
	}
	engines := localtest.Engines(t)
	require.Same(t, engines, localtest.Engines(t))

	conn, err := pgx.Connect(t.Context(), engines.PostgresURL("postgres"))
	require.NoError(t, err)
	require.NoError(t, conn.Ping(t.Context()))
	require.NoError(t, conn.Close(t.Context()))

	namespace := localtest.Namespace(t)
	require.Equal(t, namespace, localtest.Namespace(t))
	c, err := client.Dial(client.Options{HostPort: engines.TemporalAddress, Namespace: namespace})
	require.NoError(t, err)
	defer c.Close()
	_, err = c.CountWorkflow(t.Context(), &workflowservice.CountWorkflowExecutionsRequest{
		Query: "AgentState = 'serving' AND TurnStartedAt > '2000-01-01T00:00:00Z'",
	})
	require.NoError(t, err)
}

// TestEnginesUser is what the processes of the next test run.
func TestEnginesUser(t *testing.T) {
	if os.Getenv(userVariable) == "" {
		t.Skip("runs as a child of TestEnginesEndWithTheirUsers")
	}
	engines, err := json.Marshal(localtest.Engines(t))
	require.NoError(t, err)
	fmt.Printf("engines %s\n", engines)
}

// TestEnginesEndWithTheirUsers has two processes share the engines of a run that is not a go
// command's, as under a shell or a debugger: they end soon after the last of their users.
func TestEnginesEndWithTheirUsers(t *testing.T) {
	if testing.Short() {
		t.Skip("starts real engines")
	}
	t.Parallel()
	outputs := make(chan string, 2)
	for range cap(outputs) {
		go func() {
			cmd := exec.Command(os.Args[0], "-test.run=^TestEnginesUser$", "-test.v")
			cmd.Env = append(os.Environ(), userVariable+"=1")
			out, _ := cmd.CombinedOutput()
			outputs <- string(out)
		}()
	}
	first, second := sharedAddresses(t, <-outputs), sharedAddresses(t, <-outputs)
	require.Equal(t, first, second)

	began := time.Now()
	dir, err := share.Folder(os.Getpid())
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", first.TemporalAddress)
		if err == nil {
			_ = conn.Close()
			return false
		}
		_, err = os.Stat(dir)
		return os.IsNotExist(err)
	}, 30*time.Second, 100*time.Millisecond, "the engines outlive their users")
	t.Logf("the engines were gone %s after their last user", time.Since(began).Round(100*time.Millisecond))
}

func sharedAddresses(t *testing.T, output string) local.Addresses {
	_, rest, found := strings.Cut(output, "engines ")
	require.True(t, found, output)
	line, _, _ := strings.Cut(rest, "\n")
	var a local.Addresses
	require.NoError(t, json.Unmarshal([]byte(line), &a))
	return a
}

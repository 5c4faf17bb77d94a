package local

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// noOrigin is the only origin whose pages Weaviate lets read its answers. There can be none: the
// domain is reserved never to exist (RFC 2606), so nobody is certified for it either.
const noOrigin = "https://kedai.invalid"

// weaviateSpec describes the Weaviate server to the supervisor: one node that is a cluster by
// itself, on the loopback address. It asks nobody who they are, so whoever may run programs on this
// machine may use it. REST, Raft and gossip are told to stay on loopback here; for the gRPC and the
// cluster APIs no setting exists, they are patched when it is built (deploy/stack/weaviate).
func weaviateSpec(binary, dataDir string, p ports) PartSpec {
	dir := filepath.Join(dataDir, string(PartWeaviate))
	return PartSpec{
		Name: string(PartWeaviate),
		Command: func() *exec.Cmd {
			cmd := exec.Command(binary, "--scheme", "http", "--host", "127.0.0.1", "--port", strconv.Itoa(p.Weaviate))
			cmd.Dir = dataDir
			cmd.Env = append(os.Environ(),
				"PERSISTENCE_DATA_PATH="+dir,
				"AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED=true",
				// By default every web page that is open in a browser here could read and write it.
				"CORS_ALLOW_ORIGIN="+noOrigin,
				"DEFAULT_VECTORIZER_MODULE=none",
				"DISABLE_TELEMETRY=true",
				"LOG_LEVEL=warning",
				"LOG_FORMAT=text",
				"GO_PROFILING_DISABLE=true",
				"GRPC_PORT="+strconv.Itoa(p.WeaviateGRPC),

				"CLUSTER_HOSTNAME=node1",
				"CLUSTER_ADVERTISE_ADDR=127.0.0.1",
				"CLUSTER_BIND_ADDR=127.0.0.1",
				"CLUSTER_GOSSIP_BIND_PORT="+strconv.Itoa(p.WeaviateGossip),
				"CLUSTER_DATA_BIND_PORT="+strconv.Itoa(p.WeaviateData),
				"RAFT_PORT="+strconv.Itoa(p.WeaviateRaft),
				"RAFT_INTERNAL_RPC_PORT="+strconv.Itoa(p.WeaviateRaftRPC),
				"RAFT_BOOTSTRAP_EXPECT=1",
				// The default waits five times as long for other voters, of which there are none.
				"RAFT_TIMEOUTS_MULTIPLIER=1",

				// What isn't flushed yet makes every search slow; the default keeps it for a minute.
				"PERSISTENCE_MEMTABLES_FLUSH_DIRTY_AFTER_SECONDS=2",

				// A developer's disk is often nearly full, and by default the index would refuse
				// writes at 90 %.
				"DISK_USE_WARNING_PERCENTAGE=95",
				"DISK_USE_READONLY_PERCENTAGE=99",
			)
			return cmd
		},
		Ready:       func(ctx context.Context) error { return weaviateReady(ctx, p) },
		StopTimeout: 20 * time.Second,
	}
}

func weaviateReady(ctx context.Context, p ports) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+loopback(p.Weaviate)+"/v1/.well-known/ready", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", res.Status)
	}
	return listens(ctx, loopback(p.WeaviateGRPC))
}

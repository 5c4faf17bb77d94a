// Package localtest gives tests their engines: PostgreSQL, Temporal and Weaviate, started once for
// a whole `go test` run and shared by the test processes of all packages.
package localtest

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"kedai/deploy/local"
)

const (
	// startTimeout leaves room for engines that must be built first.
	startTimeout = 20 * time.Minute
	stopTimeout  = 30 * time.Second
)

var (
	shared     = sync.OnceValues(attach)
	namespaces = sync.OnceValues(prepareNamespace)
)

// Engines returns the addresses of engines that all test processes of this `go test` run share.
// The first call of the run starts them. They stop by themselves when the run has ended, also if
// it was killed. Tests must not kill them or count on their being empty: take a database, a
// namespace and a collection of your own.
func Engines(t testing.TB) *local.Addresses {
	t.Helper()
	addresses, err := shared()
	if err != nil {
		t.Fatalf("start the engines: %v", err)
	}
	return addresses
}

// Namespace returns a Temporal namespace on the shared engines that belongs to this test process
// alone, with Kedai's search attributes ready for use.
func Namespace(t testing.TB) string {
	t.Helper()
	Engines(t)
	name, err := namespaces()
	if err != nil {
		t.Fatalf("prepare a namespace: %v", err)
	}
	return name
}

func prepareNamespace() (string, error) {
	addresses, err := shared()
	if err != nil {
		return "", err
	}
	name := "test-" + uuid.NewString()[:8]
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return name, local.PrepareNamespace(ctx, addresses.TemporalAddress, name)
}

// Own starts engines that belong to one test alone, which may kill them. They are stopped and
// their data is removed when the test ends.
func Own(t testing.TB) *local.Stack {
	t.Helper()
	return OwnWith(t, local.Options{})
}

// OwnWith is Own with options: what is unset in them is as in Own.
func OwnWith(t testing.TB, o local.Options) *local.Stack {
	t.Helper()
	o.Ephemeral = o.DataDir == ""
	if o.Output == nil {
		o.Output = testWriter{t}
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	stack, err := local.Start(ctx, o)
	if err != nil {
		t.Fatalf("start engines: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		if err := stack.Stop(ctx); err != nil {
			t.Errorf("stop the engines: %v", err)
		}
	})
	return stack
}

// testWriter writes the parts' lines to the test's log, where they show if the test fails.
type testWriter struct{ t testing.TB }

func (w testWriter) Write(line []byte) (int, error) {
	w.t.Logf("%s", line[:max(0, len(line)-1)])
	return len(line), nil
}

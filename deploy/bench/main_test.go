package bench_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/deploy/bench"
)

// The system of this test run, started once: kills end its parts, never it.
var running struct {
	once   sync.Once
	system *bench.System
	dir    string
	err    error
}

// sideBySide is how many tests run at a time that may: they wait more than they
// work. They begin when those that kill parts are over.
const sideBySide = 4

func TestMain(m *testing.M) {
	flag.Parse()
	if parallel := flag.Lookup("test.parallel"); parallel.Value.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) {
		if err := parallel.Value.Set(strconv.Itoa(max(sideBySide, runtime.GOMAXPROCS(0)))); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	if running.system != nil {
		if err := running.system.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	_ = os.RemoveAll(running.dir)
	os.Exit(code)
}

// start builds the binary with failpoints and runs it, once.
func start(t *testing.T) *bench.System {
	t.Helper()
	running.once.Do(func() {
		if running.dir, running.err = os.MkdirTemp("", "kedai-faults-"); running.err != nil {
			return
		}
		binary := filepath.Join(running.dir, "kedai")
		build := exec.Command("go", "build", "-tags", "failpoints", "-o", binary, "kedai/deploy/kedai")
		if out, err := build.CombinedOutput(); err != nil {
			running.err = fmt.Errorf("build: %w: %s", err, out)
			return
		}
		var log *os.File
		if log, running.err = os.Create(filepath.Join(running.dir, "log")); running.err != nil {
			return
		}
		running.system, running.err = bench.StartSystem(context.Background(), bench.SystemOptions{Binary: binary, Dir: running.dir, Output: log})
	})
	require.NoError(t, running.err)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(running.system.Log())
		}
	})
	return running.system
}

// startOwn runs a further system, for a test that needs other settings.
func startOwn(t *testing.T, o bench.SystemOptions) *bench.System {
	t.Helper()
	start(t) // Builds the binary.
	o.Binary, o.Dir = filepath.Join(running.dir, "kedai"), t.TempDir()
	s, err := bench.StartSystem(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	return s
}

// openChats opens n chats, on the website and on the recorder in turn.
func openChats(t *testing.T, shop *bench.Shop, n int) []bench.Chat {
	t.Helper()
	chats := make([]bench.Chat, n)
	for i := range chats {
		open := bench.NewWebsiteChat
		if i%2 == 1 {
			open = bench.NewRecorderChat
		}
		var err error
		chats[i], err = open(t.Context(), shop)
		require.NoError(t, err)
		t.Cleanup(chats[i].Close)
	}
	return chats
}

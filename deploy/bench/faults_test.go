package bench_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"kedai/deploy/bench"
)

// The system of this test run, started once: kills end its parts, never it.
var running struct {
	once   sync.Once
	system *bench.System
	dir    string
	err    error
}

func TestMain(m *testing.M) {
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

// quick are settings that don't make tests wait for people.
var quick = map[string]any{"burst_question_ms": 50, "burst_quiet_ms": 150, "burst_max_ms": 1000, "cooldown_ms": 500, "unknown_send_ms": 6000}

const (
	chatsPerFault = 5
	turnsPerChat  = 4
	// patience is the promise of 15 s after a restart, and the restart itself.
	patience = 40 * time.Second
)

func openShop(t *testing.T, s *bench.System) *bench.Shop {
	t.Helper()
	shop, err := bench.OpenShop(t.Context(), s, quick)
	require.NoError(t, err)
	t.Cleanup(shop.Close)
	return shop
}

// underFault lets chats talk on both channels while fault happens, and has the
// judge look at all of it.
func underFault(t *testing.T, fault func(t *testing.T, s *bench.System, shop *bench.Shop)) {
	t.Helper()
	s := start(t)
	shop := openShop(t, s)
	chats := make([]bench.Chat, chatsPerFault)
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
	group, ctx := errgroup.WithContext(t.Context())
	for _, chat := range chats {
		group.Go(func() error { return bench.Converse(ctx, chat, turnsPerChat, patience) })
	}
	fault(t, s, shop)
	require.NoError(t, group.Wait())
	judge(t, s, shop, chats)
}

// judge waits until nothing is to be sent any more and asserts that no rule is
// broken.
func judge(t *testing.T, s *bench.System, shop *bench.Shop, chats []bench.Chat) {
	t.Helper()
	var violations []string
	for range 90 {
		customers := make([]bench.Customer, len(chats))
		for i, chat := range chats {
			customers[i] = chat.Customer()
		}
		var err error
		violations, err = bench.Judge(t.Context(), s.Superuser, shop.Account.ID, customers)
		require.NoError(t, err)
		if len(violations) == 0 {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	require.Empty(t, violations)
}

func TestKills(t *testing.T) {
	for _, part := range []bench.Part{bench.PartWorker, bench.PartAPI, bench.PartWeaviate, bench.PartPostgres, bench.PartTemporal} {
		t.Run("chats go on after kill -9 of "+string(part), func(t *testing.T) {
			underFault(t, func(t *testing.T, s *bench.System, _ *bench.Shop) {
				time.Sleep(700 * time.Millisecond)
				before, err := s.PID(part)
				require.NoError(t, err)
				require.NoError(t, s.Kill(part))
				require.Eventually(t, func() bool {
					after, err := s.PID(part)
					return err == nil && after != before
				}, 20*time.Second, 20*time.Millisecond)
			})
		})
	}
}

func TestFailpoints(t *testing.T) {
	for _, point := range []string{"after-inbound-commit", "after-2xx", "after-deliver-commit", "before-send", "after-send", "after-open-conversation"} {
		t.Run("chats go on after a kill at "+point, func(t *testing.T) {
			underFault(t, func(t *testing.T, s *bench.System, _ *bench.Shop) {
				require.NoError(t, s.Arm(point))
				require.Eventually(t, func() bool { return !s.Armed(point) }, 20*time.Second, 10*time.Millisecond, "nothing passed the point")
			})
		})
	}
}

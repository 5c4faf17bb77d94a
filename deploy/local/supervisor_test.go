package local_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/deploy/local"
)

// buffer is a bytes.Buffer for several writers.
type buffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

type supervised struct {
	*local.Supervisor
	out, log *buffer
}

func supervise(t *testing.T, dir string) supervised {
	s := supervised{out: new(buffer), log: new(buffer)}
	var err error
	s.Supervisor, err = local.NewSupervisor(slog.New(slog.NewTextHandler(s.log, nil)), s.out, dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Stop(context.Background()) })
	return s
}

func shell(name, script string) local.PartSpec {
	return local.PartSpec{Name: name, Command: func() *exec.Cmd { return exec.Command("sh", "-c", script) }}
}

func await(t *testing.T, r *local.Running) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	require.NoError(t, r.Await(ctx))
}

func awaitPID(t *testing.T, file string) int {
	var pid int
	require.Eventually(t, func() bool {
		raw, err := os.ReadFile(file)
		if err != nil {
			return false
		}
		pid, err = strconv.Atoi(strings.TrimSpace(string(raw)))
		return err == nil
	}, 5*time.Second, 5*time.Millisecond)
	return pid
}

func TestSupervisor(t *testing.T) {
	t.Parallel()

	t.Run("prefixes and keeps output", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		s := supervise(t, dir)
		_, err := s.Run(t.Context(), shell("api", "echo one; echo two >&2; printf three; exec sleep 100"))
		require.NoError(t, err)
		require.Eventually(t, func() bool { return strings.Count(s.out.String(), "\n") == 2 }, 5*time.Second, 10*time.Millisecond)
		require.Contains(t, s.out.String(), "api       | one\n")
		require.Contains(t, s.out.String(), "api       | two\n")
		require.NoError(t, s.Stop(t.Context()))
		require.Eventually(t, func() bool {
			kept, err := os.ReadFile(filepath.Join(dir, "logs", "api.log"))
			return err == nil && string(kept) == "one\ntwo\nthree\n"
		}, 5*time.Second, 10*time.Millisecond)
	})

	t.Run("restarts a killed part at once", func(t *testing.T) {
		t.Parallel()
		fastest := time.Hour
		// One of a few has to come without the wait that later restarts have; each of
		// them does on a machine that isn't busy.
		for try := 0; try < 5 && fastest >= local.FirstDelay; try++ {
			s := supervise(t, "")
			r, err := s.Run(t.Context(), shell("worker", "exec sleep 100"))
			require.NoError(t, err)
			await(t, r)
			old := r.PID()
			killed := time.Now()
			require.NoError(t, r.Kill())
			await(t, r)
			fastest = min(fastest, time.Since(killed))
			require.NotEqual(t, old, r.PID())
			require.False(t, local.Alive(old))
			require.Contains(t, s.log.String(), `part=worker cause="signal: killed"`)
		}
		require.Less(t, fastest, local.FirstDelay)
	})

	t.Run("kills what the part has started too", func(t *testing.T) {
		t.Parallel()
		s := supervise(t, "")
		file := filepath.Join(t.TempDir(), "child")
		r, err := s.Run(t.Context(), shell("worker", "sleep 100 & echo $! >>"+file+"; wait"))
		require.NoError(t, err)
		child := awaitPID(t, file)
		await(t, r)
		require.NoError(t, r.Kill())
		require.Eventually(t, func() bool { return !local.Alive(child) }, 5*time.Second, 10*time.Millisecond)
	})

	t.Run("gives up on a part that never starts, with its last lines", func(t *testing.T) {
		t.Parallel()
		s := supervise(t, "")
		spec := shell("broken", "echo no such setting; exit 3")
		spec.Ready = func(context.Context) error { return errors.New("not yet") }
		r, err := s.Run(t.Context(), spec)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		err = r.Await(ctx)
		require.ErrorContains(t, err, "exit status 3")
		require.ErrorContains(t, err, "no such setting")
	})

	t.Run("tells why a part isn't ready in time, with its last lines", func(t *testing.T) {
		t.Parallel()
		s := supervise(t, "")
		spec := shell("mute", "echo still looking; exec sleep 100")
		spec.Ready = func(context.Context) error { return errors.New("no poller yet") }
		r, err := s.Run(t.Context(), spec)
		require.NoError(t, err)
		require.Eventually(t, func() bool { return s.out.String() != "" }, 5*time.Second, 5*time.Millisecond)
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		err = r.Await(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorContains(t, err, "no poller yet")
		require.ErrorContains(t, err, "still looking")
	})

	t.Run("awaits readiness anew after a kill", func(t *testing.T) {
		t.Parallel()
		s := supervise(t, "")
		file := filepath.Join(t.TempDir(), "ready")
		spec := shell("slow", "rm -f "+file+"; sleep 0.3; touch "+file+"; exec sleep 100")
		spec.Ready = func(context.Context) error { _, err := os.Stat(file); return err }
		r, err := s.Run(t.Context(), spec)
		require.NoError(t, err)
		await(t, r)
		require.NoError(t, os.Remove(file))
		killed := time.Now()
		require.NoError(t, r.Kill())
		await(t, r)
		require.Greater(t, time.Since(killed), 250*time.Millisecond)
	})

	t.Run("stops the last started first, and refuses more", func(t *testing.T) {
		t.Parallel()
		s := supervise(t, "")
		for _, name := range []string{"first", "second", "third"} {
			r, err := s.Run(t.Context(), shell(name, `trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.01; done`))
			require.NoError(t, err)
			require.Eventually(t, func() bool { return strings.Contains(s.out.String(), name) }, 5*time.Second, 5*time.Millisecond)
			require.NotZero(t, r.PID())
		}
		require.NoError(t, s.Stop(t.Context()))
		require.Eventually(t, func() bool { return strings.Count(s.out.String(), "bye") == 3 }, 5*time.Second, 5*time.Millisecond)
		_, err := s.Run(t.Context(), shell("late", "true"))
		require.ErrorIs(t, err, local.ErrStopped)
	})

	t.Run("kills a part that doesn't stop", func(t *testing.T) {
		t.Parallel()
		s := supervise(t, "")
		spec := shell("stubborn", `trap "" TERM; echo up; while :; do sleep 0.05; done`)
		spec.StopTimeout = 200 * time.Millisecond
		r, err := s.Run(t.Context(), spec)
		require.NoError(t, err)
		require.Eventually(t, func() bool { return s.out.String() != "" }, 5*time.Second, 5*time.Millisecond)
		pid := r.PID()
		require.ErrorContains(t, r.Stop(t.Context()), "was killed")
		require.False(t, local.Alive(pid))
	})

	t.Run("ends what an earlier run left behind", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		orphan := exec.Command("sleep", "100")
		require.NoError(t, orphan.Start())
		go func() { _ = orphan.Wait() }()
		pid := orphan.Process.Pid
		s := supervise(t, dir)
		note := filepath.Join(dir, "pids", "worker")
		require.NoError(t, os.WriteFile(note, []byte(fmt.Sprintf("%d %s\n", pid, local.StartedAt(pid))), 0o600))
		_, err := s.Run(t.Context(), shell("worker", "exec sleep 100"))
		require.NoError(t, err)
		require.False(t, local.Alive(pid))
	})
}

package local

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// orphanGrace is how long a process left over from a killed run has to end by itself.
const orphanGrace = 10 * time.Second

func (s *Supervisor) pidFile(name string) string {
	return filepath.Join(s.dir, pidsFolder, name)
}

// writePID notes the running process, so that the next start on the same folder can end it if we
// are killed and it isn't.
func (s *Supervisor) writePID(name string, pid int) {
	if s.dir == "" {
		return
	}
	text := fmt.Sprintf("%d %s\n", pid, StartedAt(pid))
	if err := os.WriteFile(s.pidFile(name), []byte(text), 0o600); err != nil {
		s.log.Warn("process ID not noted", "part", name, "error", err)
	}
}

func (s *Supervisor) removePID(name string) {
	if s.dir != "" {
		_ = os.Remove(s.pidFile(name))
	}
}

// endOrphan ends what an earlier run left behind of a part. One that is just shutting down,
// because its supervisor was killed, gets the time to do so.
func (s *Supervisor) endOrphan(ctx context.Context, name string, stop syscall.Signal, kill func(pid int) error) error {
	if s.dir == "" {
		return nil
	}
	raw, err := os.ReadFile(s.pidFile(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the process ID of %s: %w", name, err)
	}
	var pid int
	if _, err := fmt.Sscan(string(raw), &pid); err != nil || pid <= 1 {
		return nil
	}
	// The start time tells the process from a later one that got the same ID.
	there := func() bool {
		return Alive(pid) && fmt.Sprintf("%d %s\n", pid, StartedAt(pid)) == string(raw)
	}
	if !there() {
		return nil
	}
	s.log.Info("ending what an earlier run left behind", "part", name, "pid", pid)
	_ = syscall.Kill(pid, stop)
	deadline := time.After(orphanGrace)
	for there() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("end the old %s: %w", name, ctx.Err())
		case <-deadline:
			if err := kill(pid); err != nil {
				return fmt.Errorf("end the old %s: %w", name, err)
			}
			deadline = nil
		case <-time.After(readyPoll):
		}
	}
	return nil
}

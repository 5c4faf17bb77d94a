// Package bench drives Kedai from outside: customers on both channels, a
// platform double for the recorder channel, kills, and a judge that reads only
// the customers' side and the database. Fault tests, soak and `kedai bench`
// are made of it. It speaks to loopback only.
package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"kedai/deploy/local"
	"kedai/models"
	"kedai/models/store"
)

// Part names a process of a running system: the stack's engines, or Kedai's
// own.
type Part string

// The parts that can be killed.
const (
	PartAPI      Part = "api"
	PartWorker   Part = "worker"
	PartPostgres      = Part(local.PartPostgres)
	PartTemporal      = Part(local.PartTemporal)
	PartWeaviate      = Part(local.PartWeaviate)
)

// System is a whole Kedai, started as a user would start it.
type System struct {
	API        string
	Superuser  string // URL of Kedai's database.
	Engines    local.Addresses
	Store      *store.Store
	failpoints string
	data       string
	cmd        *exec.Cmd
	output     *tail
	exited     chan struct{}
}

// SystemOptions configure StartSystem.
type SystemOptions struct {
	Binary  string // Of the kedai command.
	Dir     string // For the state file and failpoints.
	Suggest int    // Events after which a run continues as new; 0: 2,000.
	Output  io.Writer
	Count   bool     // Have PostgreSQL count statements.
	Demo    bool     // Load the demo shop.
	Env     []string // Further variables; they go over this process's.
}

// startTimeout covers building the engines on a new machine.
const startTimeout = 30 * time.Minute

// StartSystem runs `kedai up --ephemeral` and returns when it is ready.
func StartSystem(ctx context.Context, o SystemOptions) (*System, error) {
	s := &System{failpoints: filepath.Join(o.Dir, "failpoints"), output: &tail{copy: o.Output}, exited: make(chan struct{})}
	if err := os.MkdirAll(s.failpoints, 0o700); err != nil {
		return nil, err
	}
	stateFile := filepath.Join(o.Dir, "state.json")
	s.cmd = exec.Command(o.Binary, "up", "--ephemeral", fmt.Sprintf("--demo=%t", o.Demo), "--listen", "127.0.0.1:0",
		"--state", stateFile, fmt.Sprintf("--suggest-continue-as-new=%d", o.Suggest), fmt.Sprintf("--count-statements=%t", o.Count))
	s.cmd.Stdout, s.cmd.Stderr = s.output, s.output
	s.cmd.Env = append(os.Environ(), "KEDAI_FAILPOINT_DIR="+s.failpoints, "KEDAI_VISITOR_PER_MINUTE=100000", "KEDAI_ADDRESS_PER_MINUTE=1000000")
	s.cmd.Env = append(s.cmd.Env, o.Env...)
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = s.cmd.Wait()
		close(s.exited)
	}()
	if err := s.await(ctx, stateFile); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *System) await(ctx context.Context, stateFile string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		raw, err := os.ReadFile(stateFile)
		if err == nil {
			return s.connect(ctx, raw)
		}
		select {
		case <-s.exited:
			return fmt.Errorf("kedai up ended: %s", s.output.String())
		case <-ctx.Done():
			return fmt.Errorf("kedai up isn't ready: %s", s.output.String())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (s *System) connect(ctx context.Context, raw []byte) error {
	var state struct {
		API       string          `json:"api"`
		Data      string          `json:"data"`
		Database  string          `json:"database"`
		Superuser string          `json:"superuser"`
		Keys      string          `json:"keys"`
		Engines   local.Addresses `json:"engines"`
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		return err
	}
	key, err := os.ReadFile(state.Keys)
	if err != nil {
		return err
	}
	keys, err := store.ParseKeyring(models.Secret(bytes.TrimSpace(key)))
	if err != nil {
		return err
	}
	s.API, s.data, s.Superuser, s.Engines = state.API, state.Data, state.Superuser, state.Engines
	s.Store, err = store.Open(ctx, store.Options{URL: state.Database, MaxConns: 8, Keys: keys})
	return err
}

// Stop ends the system as Ctrl-C would.
func (s *System) Stop() error {
	if s.Store != nil {
		s.Store.Close()
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.exited:
		return nil
	case <-time.After(60 * time.Second):
		_ = s.cmd.Process.Kill()
		return errors.New("kedai up didn't stop within a minute")
	}
}

// Log returns the newest output of the system.
func (s *System) Log() string { return s.output.String() }

// PID returns the process ID of a part.
func (s *System) PID(part Part) (int, error) {
	raw, err := os.ReadFile(filepath.Join(s.data, "pids", string(part)))
	if err != nil {
		return 0, err
	}
	var pid int
	_, err = fmt.Sscan(string(raw), &pid)
	return pid, err
}

// Kill ends a part's process with SIGKILL. For Postgres that is the
// postmaster, whose death its backends notice.
func (s *System) Kill(part Part) error {
	pid, err := s.PID(part)
	if err != nil {
		return err
	}
	return syscall.Kill(pid, syscall.SIGKILL)
}

// Arm has the next process that passes a named point killed there.
func (s *System) Arm(point string) error {
	return os.WriteFile(filepath.Join(s.failpoints, point), nil, 0o600)
}

// Armed reports whether the point wasn't passed yet.
func (s *System) Armed(point string) bool {
	_, err := os.Stat(filepath.Join(s.failpoints, point))
	return err == nil
}

// Disarm takes a point back.
func (s *System) Disarm(point string) { _ = os.Remove(filepath.Join(s.failpoints, point)) }

// AwaitAPI returns when the API answers.
func (s *System) AwaitAPI(ctx context.Context) error {
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.API+"/readyz", nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		if !pause(ctx, 50*time.Millisecond) {
			return ctx.Err()
		}
	}
}

// pause waits, and returns false where ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// tail keeps the last part of what is written to it.
type tail struct {
	mu   sync.Mutex
	buf  []byte
	copy io.Writer
}

const tailSize = 16 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if len(t.buf) > 2*tailSize {
		t.buf = append([]byte(nil), t.buf[len(t.buf)-tailSize:]...)
	}
	if t.copy != nil {
		return t.copy.Write(p)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}

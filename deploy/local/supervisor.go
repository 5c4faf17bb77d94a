package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// PartSpec describes a child process that a Supervisor keeps running.
type PartSpec struct {
	// Name stands before the part's log lines and in messages about it.
	Name string
	// Command returns a fresh command for each start. Output that it leaves unset is prefixed and
	// logged; its process group and what happens to it at our death are set by the supervisor.
	Command func() *exec.Cmd
	// Ready returns nil once the part can serve. It is asked again and again, so it should be
	// quick. Where it is nil, a part is ready as soon as it runs.
	Ready func(ctx context.Context) error
	// StopSignal asks the part to end; SIGTERM if zero.
	StopSignal syscall.Signal
	// StopTimeout is how long the part has for that before it is killed; 15 s if zero.
	StopTimeout time.Duration

	// orphanSignal reaches the part when we are killed; SIGKILL if zero.
	orphanSignal syscall.Signal
	// kill ends the process of that ID and all that belongs to it without giving it a chance.
	kill func(pid int) error
}

// ErrStopped is returned for parts of a supervisor that has been told to stop.
var ErrStopped = errors.New("stopped")

// Supervisor runs child processes: it prefixes their output, restarts those that die, and stops
// them. Each child has a process group of its own, so that Ctrl-C reaches only us and the parts
// are stopped in order; on Linux none outlives us, however we end.
type Supervisor struct {
	log  *slog.Logger
	sink *sink
	dir  string

	mu      sync.Mutex
	parts   []*Running
	stopped bool
}

// NewSupervisor returns a supervisor that reports to log and writes the parts' prefixed lines to
// out. In dir it keeps their log files and process IDs; an empty dir keeps neither.
func NewSupervisor(log *slog.Logger, out io.Writer, dir string) (*Supervisor, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if out == nil {
		out = io.Discard
	}
	if dir != "" {
		for _, sub := range []string{logsFolder, pidsFolder} {
			if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
				return nil, fmt.Errorf("make the folder of %s: %w", sub, err)
			}
		}
	}
	return &Supervisor{log: log, sink: &sink{out: out}, dir: dir}, nil
}

const (
	logsFolder = "logs"
	pidsFolder = "pids"
)

// Run starts a part and keeps it running until it is stopped. It returns at once; use Await on
// the result to wait until the part is ready. ctx bounds only this call, not the part's life,
// because parts are stopped in order by Stop.
func (s *Supervisor) Run(ctx context.Context, spec PartSpec) (*Running, error) {
	if spec.Name == "" || spec.Command == nil {
		return nil, errors.New("a part needs a name and a command")
	}
	if spec.StopSignal == 0 {
		spec.StopSignal = syscall.SIGTERM
	}
	if spec.StopTimeout == 0 {
		spec.StopTimeout = 15 * time.Second
	}
	if spec.orphanSignal == 0 {
		spec.orphanSignal = syscall.SIGKILL
	}
	if spec.kill == nil {
		spec.kill = killGroup
	}

	r := &Running{
		spec:    spec,
		sup:     s,
		state:   stateStarting,
		changed: make(chan struct{}),
		stop:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	logs := ""
	if s.dir != "" {
		logs = filepath.Join(s.dir, logsFolder)
	}
	r.log = newPartLog(spec.Name, s.sink, logs)

	if err := s.add(r); err != nil {
		return nil, err
	}
	if err := s.endOrphan(ctx, spec.Name, spec.StopSignal, spec.kill); err != nil {
		s.remove(r)
		return nil, err
	}
	go r.supervise()
	return r, nil
}

func (s *Supervisor) add(r *Running) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return ErrStopped
	}
	for _, p := range s.parts {
		if p.spec.Name == r.spec.Name {
			return fmt.Errorf("a part named %s runs already", r.spec.Name)
		}
	}
	s.parts = append(s.parts, r)
	return nil
}

func (s *Supervisor) remove(r *Running) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, p := range s.parts {
		if p == r {
			s.parts = append(s.parts[:i:i], s.parts[i+1:]...)
			return
		}
	}
}

// Stop ends all parts, the last started first. No part can be started afterwards.
func (s *Supervisor) Stop(ctx context.Context) error {
	s.mu.Lock()
	s.stopped = true
	parts := append([]*Running(nil), s.parts...)
	s.mu.Unlock()

	var errs []error
	for i := len(parts) - 1; i >= 0; i-- {
		errs = append(errs, parts[i].Stop(ctx))
	}
	return errors.Join(errs...)
}

// killGroup kills a process and all others of its group.
func killGroup(pid int) error {
	if err := syscall.Kill(-pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("kill the process group %d: %w", pid, err)
	}
	return nil
}

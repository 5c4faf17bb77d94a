package local

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"
)

const (
	readyPoll    = 50 * time.Millisecond
	readyTimeout = 3 * time.Second
	drainTimeout = time.Second

	// firstDelay and maxDelay are the waits between restarts of a part that keeps dying; the first
	// restart comes without a wait.
	firstDelay = 250 * time.Millisecond
	maxDelay   = 3 * time.Second
	// settled is how long a part must have run for its next death to count as the first.
	settled = 2 * time.Second
	// startAttempts is how often a part may die before it was ever ready.
	startAttempts = 4
)

type state int

const (
	stateStarting state = iota
	stateReady
	stateDown
	stateFailed
	stateStopped
)

// Running is a part under supervision.
type Running struct {
	spec PartSpec
	sup  *Supervisor
	log  *partLog

	mu      sync.Mutex
	state   state
	changed chan struct{} // Closed and replaced at each change of state.
	cmd     *exec.Cmd
	gone    chan struct{} // Closed when the supervisor has taken note of the process's end.
	err     error
	unready error // Why the last check of readiness failed.

	drained  chan struct{} // Closed when the last process's output has ended.
	stopOnce sync.Once
	stop     chan struct{}
	done     chan struct{}
}

// Name is the part's name.
func (r *Running) Name() string { return r.spec.Name }

// PID is the process ID, or 0 while the part is down.
func (r *Running) PID() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cmd == nil {
		return 0
	}
	return r.cmd.Process.Pid
}

// Await returns when the part is ready. After Kill it waits for the process that takes the killed
// one's place. It fails where the part has given up, was stopped, or ctx ends.
func (r *Running) Await(ctx context.Context) error {
	for {
		r.mu.Lock()
		now, changed, err := r.state, r.changed, r.err
		r.mu.Unlock()

		wait := (<-chan time.Time)(nil)
		switch now {
		case stateFailed:
			return err
		case stateStopped:
			return fmt.Errorf("%s: %w", r.spec.Name, ErrStopped)
		case stateReady:
			// What the part depends on may be down while the part itself is up.
			if r.check(ctx) == nil {
				return nil
			}
			wait = time.After(readyPoll)
		}
		select {
		case <-changed:
		case <-wait:
		case <-ctx.Done():
			return r.late(ctx.Err())
		}
	}
}

// late says what is known of a part that isn't ready. Its last lines tell most, but not to somebody
// who has just called the start off.
func (r *Running) late(cause error) error {
	r.mu.Lock()
	unready := r.unready
	r.mu.Unlock()
	err := fmt.Errorf("wait for %s: %w", r.spec.Name, errors.Join(cause, unready))
	if lines := r.log.lastLines(); len(lines) > 0 && errors.Is(cause, context.DeadlineExceeded) {
		err = fmt.Errorf("%w; its last lines:\n%s", err, strings.Join(lines, "\n"))
	}
	return err
}

// Kill ends the process with SIGKILL and returns when it is gone. The supervisor restarts it.
func (r *Running) Kill() error {
	r.mu.Lock()
	cmd, gone := r.cmd, r.gone
	r.mu.Unlock()
	if cmd == nil {
		return fmt.Errorf("%s isn't running", r.spec.Name)
	}
	if err := r.spec.kill(cmd.Process.Pid); err != nil {
		return err
	}
	<-gone
	return nil
}

// Stop ends the part for good: by its stop signal, and by SIGKILL when its time or ctx is over.
func (r *Running) Stop(ctx context.Context) error {
	r.stopOnce.Do(func() { close(r.stop) })
	r.mu.Lock()
	cmd := r.cmd
	r.mu.Unlock()
	if cmd != nil {
		_ = cmd.Process.Signal(r.spec.StopSignal)
	}

	timeout := time.NewTimer(r.spec.StopTimeout)
	defer timeout.Stop()
	select {
	case <-r.done:
		return nil
	case <-ctx.Done():
	case <-timeout.C:
	}
	r.mu.Lock()
	cmd = r.cmd
	r.mu.Unlock()
	if cmd != nil {
		if err := r.spec.kill(cmd.Process.Pid); err != nil {
			return err
		}
	}
	<-r.done
	return fmt.Errorf("%s didn't stop in time and was killed", r.spec.Name)
}

// supervise starts the process again whenever it ends, until Stop.
func (r *Running) supervise() {
	defer close(r.done)
	defer r.finishLog()
	deaths, everReady := 0, false
	for {
		began := time.Now()
		wasReady, cause := r.runOnce()
		everReady = everReady || wasReady
		if r.stopping() {
			r.set(stateStopped, nil)
			return
		}
		if time.Since(began) > settled {
			deaths = 0
		}
		deaths++
		if !everReady && deaths >= startAttempts {
			r.set(stateFailed, fmt.Errorf("%s doesn't start (%s); its last lines:\n%s",
				r.spec.Name, cause, strings.Join(r.log.lastLines(), "\n")))
			return
		}
		r.sup.log.Warn("part died, restarting", "part", r.spec.Name, "cause", cause)
		if deaths > 1 {
			select {
			case <-time.After(min(maxDelay, firstDelay<<min(deaths-2, 8))):
			case <-r.stop:
			}
		}
		if r.stopping() {
			r.set(stateStopped, nil)
			return
		}
	}
}

// runOnce runs one process from its start to its end, and says whether it was ever ready and why
// it ended.
func (r *Running) runOnce() (ready bool, cause string) {
	cmd, exited, err := r.spawn()
	if err != nil {
		return false, err.Error()
	}
	gone := make(chan struct{})
	r.mu.Lock()
	r.cmd, r.gone = cmd, gone
	r.mu.Unlock()
	r.set(stateStarting, nil)
	r.sup.writePID(r.spec.Name, cmd.Process.Pid)
	// A stop that came before the process was known has signalled nobody.
	if r.stopping() {
		_ = cmd.Process.Signal(r.spec.StopSignal)
	}

	ctx, cancel := context.WithCancel(context.Background())
	seen := make(chan bool, 1)
	go func() { seen <- r.watchReady(ctx) }()
	err = <-exited
	cancel()
	ready = <-seen

	r.mu.Lock()
	r.cmd = nil
	r.mu.Unlock()
	r.set(stateDown, nil)
	r.sup.removePID(r.spec.Name)
	close(gone)
	if err == nil {
		return ready, "exit status 0"
	}
	return ready, err.Error()
}

// finishLog waits for the last process's last lines, though not for a descendant of it that lives
// on and keeps the output open.
func (r *Running) finishLog() {
	if r.drained != nil {
		select {
		case <-r.drained:
		case <-time.After(drainTimeout):
		}
	}
	r.log.close()
}

// watchReady marks the part ready once its check passes, and says whether it did before ctx ended.
func (r *Running) watchReady(ctx context.Context) bool {
	for {
		if r.check(ctx) == nil && ctx.Err() == nil {
			r.set(stateReady, nil)
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(readyPoll):
		}
	}
}

func (r *Running) check(ctx context.Context) error {
	if r.spec.Ready == nil {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	err := r.spec.Ready(limited)
	// A check that was called off has found nothing.
	if ctx.Err() == nil {
		r.mu.Lock()
		r.unready = err
		r.mu.Unlock()
	}
	return err
}

func (r *Running) set(s state, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state, r.err = s, err
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *Running) stopping() bool {
	select {
	case <-r.stop:
		return true
	default:
		return false
	}
}

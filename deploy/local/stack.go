package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	lockFile = "lock"
	// startTimeout is how long one engine has to become ready, building not counted.
	startTimeout = 90 * time.Second
	// abortTimeout is how long a start that failed has to undo itself.
	abortTimeout = 20 * time.Second
)

// Stack is a running stack.
type Stack struct {
	opts   Options
	dir    string
	ports  ports
	pg     *postgres
	sup    *Supervisor
	lock   *os.File
	claims *claims

	mu      sync.Mutex
	engines map[Part]*Running
	apps    []*Running
	stopped bool
}

// Start brings up PostgreSQL, Temporal and Weaviate, builds or installs what the machine lacks of
// them, and returns when all are ready and the Temporal namespace is prepared. ctx bounds the
// start alone: a started stack runs until Stop.
func Start(ctx context.Context, o Options) (*Stack, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s, err := open(o)
	if err != nil {
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		abort, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortTimeout)
		defer cancel()
		return nil, errors.Join(err, s.Stop(abort))
	}
	return s, nil
}

// open takes the data folder and the ports, before anything is started.
func open(o Options) (_ *Stack, err error) {
	s := &Stack{opts: o, dir: o.DataDir, engines: make(map[Part]*Running)}
	defer func() {
		if err != nil {
			s.release()
		}
	}()
	if o.Ephemeral {
		sweepEphemeral()
		if s.dir, err = os.MkdirTemp("", ephemeralPrefix); err != nil {
			return nil, fmt.Errorf("make a throw-away folder: %w", err)
		}
	} else if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}

	path := filepath.Join(s.dir, lockFile)
	if s.lock, err = tryLock(path); err != nil {
		return nil, err
	}
	if s.lock == nil {
		by, _ := os.ReadFile(path)
		return nil, fmt.Errorf("the data folder %s is in use by another stack (process %s): stop that one, or name another folder",
			s.dir, strings.TrimSpace(string(by)))
	}
	if err := errors.Join(s.lock.Truncate(0), second(s.lock.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0))); err != nil {
		return nil, fmt.Errorf("mark the data folder as in use: %w", err)
	}
	if s.sup, err = NewSupervisor(o.Log, o.Output, s.dir); err != nil {
		return nil, err
	}
	if s.claims, err = newClaims(); err != nil {
		return nil, err
	}
	return s, nil
}

func second(_ int, err error) error { return err }

func (s *Stack) start(ctx context.Context) error {
	// What a killed stack left on this folder ends first, as it holds the ports.
	for _, part := range []Part{PartWeaviate, PartTemporal} {
		if err := s.sup.endOrphan(ctx, string(part), syscall.SIGTERM, killGroup); err != nil {
			return err
		}
	}
	err := s.sup.endOrphan(ctx, string(PartPostgres), stopPostgres, killWithChildren)
	if err != nil {
		return err
	}
	s.ports, err = assignPorts(s.dir, s.claims, s.opts.Ephemeral, func(name string, old, port int) {
		s.opts.Log.Warn("port is taken, using another", "part", name, "taken", old, "port", port)
	})
	if err != nil {
		return fmt.Errorf("choose ports: %w", err)
	}

	temporalBinary := make(chan string, 1)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		path, err := temporalEngine.ensure(ctx, s.sup.sink)
		if err != nil {
			return err
		}
		temporalBinary <- path
		path, err = weaviateEngine.ensure(ctx, s.sup.sink)
		if err != nil {
			return err
		}
		return s.bringUp(ctx, PartWeaviate, weaviateSpec(path, s.dir, s.ports))
	})
	g.Go(func() error {
		var err error
		s.pg, err = preparePostgres(ctx, s.dir, s.ports.Postgres, s.opts.Ephemeral, func(text string) {
			s.sup.sink.line(string(PartPostgres), []byte(text))
		})
		if err != nil {
			return fmt.Errorf("prepare PostgreSQL: %w", err)
		}
		s.pg.count = s.opts.CountStatements
		if err := s.bringUp(ctx, PartPostgres, s.pg.spec()); err != nil {
			return err
		}
		select {
		case path := <-temporalBinary:
			if err := s.bringUp(ctx, PartTemporal, temporalSpec(path, s.ports, s.pg.password, s.opts)); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
		return s.PrepareNamespace(ctx, s.opts.Namespace)
	})
	return g.Wait()
}

func (s *Stack) bringUp(ctx context.Context, part Part, spec PartSpec) error {
	r, err := s.sup.Run(ctx, spec)
	if err != nil {
		return fmt.Errorf("start %s: %w", part, err)
	}
	s.mu.Lock()
	s.engines[part] = r
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	return r.Await(ctx)
}

// Run starts a further part, such as the API or a worker, under the stack's supervision. It
// returns at once; Await on the result waits until the part is ready. Such parts are stopped
// before the engines, the last started first.
func (s *Stack) Run(ctx context.Context, spec PartSpec) (*Running, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return nil, ErrStopped
	}
	r, err := s.sup.Run(ctx, spec)
	if err != nil {
		return nil, err
	}
	s.apps = append(s.apps, r)
	return r, nil
}

// Kill ends an engine's process with SIGKILL, PostgreSQL's with all its backends, and returns when
// it is gone. The supervisor restarts it on the same ports and data.
func (s *Stack) Kill(part Part) error {
	r, err := s.engine(part)
	if err != nil {
		return err
	}
	return r.Kill()
}

// Await returns when an engine is ready, after Kill: ready again.
func (s *Stack) Await(ctx context.Context, part Part) error {
	r, err := s.engine(part)
	if err != nil {
		return err
	}
	return r.Await(ctx)
}

// PID is an engine's process ID, or 0 while it is down.
func (s *Stack) PID(part Part) int {
	r, err := s.engine(part)
	if err != nil {
		return 0
	}
	return r.PID()
}

func (s *Stack) engine(part Part) (*Running, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.engines[part]
	if !ok {
		return nil, fmt.Errorf("no part named %s", part)
	}
	return r, nil
}

// Stop ends all parts in order: those added by Run, Weaviate, Temporal, PostgreSQL. What isn't
// down when ctx ends is killed. An ephemeral stack's folder is removed.
func (s *Stack) Stop(ctx context.Context) error {
	s.mu.Lock()
	again := s.stopped
	s.stopped = true
	parts := slices.Clone(s.apps)
	slices.Reverse(parts)
	for _, part := range []Part{PartWeaviate, PartTemporal, PartPostgres} {
		if r := s.engines[part]; r != nil {
			parts = append(parts, r)
		}
	}
	s.mu.Unlock()
	if again {
		return nil
	}
	var errs []error
	for _, r := range parts {
		errs = append(errs, r.Stop(ctx))
	}
	// Whatever came too late for the list above.
	errs = append(errs, s.sup.Stop(ctx))
	s.release()
	return errors.Join(errs...)
}

// release gives back the folder and the ports.
func (s *Stack) release() {
	if s.opts.Ephemeral && s.dir != "" {
		if err := removeFolder(s.dir); err != nil {
			s.opts.Log.Warn("throw-away folder not removed", "error", err)
		}
	}
	if s.claims != nil {
		s.claims.release()
	}
	if s.lock != nil {
		_ = s.lock.Close()
	}
}

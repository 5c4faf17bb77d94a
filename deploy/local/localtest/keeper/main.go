// Command keeper keeps the engines of one `go test` run. It starts them, writes where they are,
// and stops them when the run has ended. With -build it only builds what the cache lacks.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"kedai/deploy/local"
	"kedai/deploy/local/localtest/internal/share"
)

const (
	poll        = 300 * time.Millisecond
	stopTimeout = 30 * time.Second
	// idle is how long engines without users stay, where their run isn't that of a go command:
	// the next process of a shell loop or a debugger then finds them.
	idle = 5 * time.Second
)

func main() {
	dir := flag.String("dir", "", "folder that the run's processes share")
	parent := flag.Int("until-exit", 0, "process that stands for the run")
	build := flag.Bool("build", false, "build the engines, then exit")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if *build {
		err = local.BuildEngines(ctx, os.Stdout)
	} else {
		err = keep(ctx, *dir, *parent)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "keeper:", err)
		os.Exit(1)
	}
}

func keep(ctx context.Context, dir string, parent int) error {
	if dir == "" || parent == 0 {
		return errors.New("-dir and -until-exit are needed")
	}
	run := newRun(parent)
	// A run that ends while its engines start takes them with it.
	starting, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for !run.over(dir) && starting.Err() == nil {
			time.Sleep(poll)
		}
		cancel()
	}()

	stack, err := local.Start(starting, local.Options{
		Ephemeral: true,
		Log:       slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Output:    os.Stdout,
	})
	state := share.State{Keeper: os.Getpid()}
	if err != nil {
		state.Error = err.Error()
	} else {
		state.Addresses = stack.Addresses()
	}
	if err := errors.Join(err, publish(dir, state)); err != nil {
		if run.over(dir) {
			_ = os.RemoveAll(dir)
		}
		return err
	}

	last := awaitEnd(ctx, dir, run)
	stopping, cancelStop := context.WithTimeout(context.Background(), stopTimeout)
	defer cancelStop()
	err = errors.Join(stack.Stop(stopping), os.RemoveAll(dir))
	if last != nil {
		_ = last.Close()
	}
	return err
}

func publish(dir string, state share.State) error {
	raw, err := json.MarshalIndent(state, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the state: %w", err)
	}
	path := filepath.Join(dir, share.StateFile)
	if err := os.WriteFile(path+".new", raw, 0o600); err != nil {
		return fmt.Errorf("write the state: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("write the state: %w", err)
	}
	return nil
}

// awaitEnd returns when the engines are to stop. While it hands over the start lock, no process
// can begin to use them.
func awaitEnd(ctx context.Context, dir string, run run) *os.File {
	unused := time.Now()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(poll):
		}
		if !run.over(dir) {
			unused = time.Now()
			continue
		}
		if run.ofGo {
			return nil
		}
		if time.Since(unused) < idle {
			continue
		}
		start, err := share.Lock(filepath.Join(dir, share.StartFile), syscall.LOCK_EX|syscall.LOCK_NB)
		if err != nil {
			continue
		}
		if !used(dir) {
			return start
		}
		_ = start.Close()
	}
}

// used tells whether any process holds the users' lock.
func used(dir string) bool {
	f, err := share.Lock(filepath.Join(dir, share.UsersFile), syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		return true
	}
	_ = f.Close()
	return false
}

// run is the process that the test processes have in common as their parent.
type run struct {
	pid     int
	started string
	ofGo    bool
}

func newRun(pid int) run {
	return run{pid: pid, started: local.StartedAt(pid), ofGo: local.CommandName(pid) == "go"}
}

// over tells whether nobody needs the engines any more. A go command may compile for long between
// two test processes, so there its end is what counts; under a shell or a debugger, the users are.
func (r run) over(dir string) bool {
	if r.ofGo {
		return !local.Alive(r.pid) || local.StartedAt(r.pid) != r.started
	}
	return !used(dir)
}

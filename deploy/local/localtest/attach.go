package localtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"kedai/deploy/local"
	"kedai/deploy/local/localtest/internal/share"
)

const keeperPackage = "kedai/deploy/local/localtest/keeper"

// attach joins the engines of this run, and has them started if this process is the first.
func attach() (*local.Addresses, error) {
	parent := os.Getppid()
	for {
		dir, err := share.Folder(parent)
		if err != nil {
			return nil, err
		}
		addresses, err := attachIn(dir, parent)
		if errors.Is(err, share.ErrGone) {
			continue // The engines of the folder were just stopping; the next folder is a new one.
		}
		return addresses, err
	}
}

// attachIn takes the start lock first, so that of several processes one starts the engines while
// the others wait for it.
func attachIn(dir string, parent int) (*local.Addresses, error) {
	start, err := share.Lock(filepath.Join(dir, share.StartFile), syscall.LOCK_EX)
	if err != nil {
		return nil, err
	}
	defer func() { _ = start.Close() }()

	// This lock is held for the life of the process and says that the engines are in use.
	if _, err := share.Lock(filepath.Join(dir, share.UsersFile), syscall.LOCK_SH); err != nil {
		return nil, err
	}
	state, err := read(dir)
	if err != nil {
		return nil, err
	}
	if state == nil || !local.Alive(state.Keeper) {
		if err := os.Remove(filepath.Join(dir, share.StateFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("clear the state of dead engines: %w", err)
		}
		if state, err = startKeeper(dir, parent); err != nil {
			return nil, err
		}
	}
	if state.Error != "" {
		return nil, errors.New(state.Error)
	}
	return &state.Addresses, nil
}

func read(dir string) (*share.State, error) {
	raw, err := os.ReadFile(filepath.Join(dir, share.StateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read where the engines are: %w", err)
	}
	state := new(share.State)
	if err := json.Unmarshal(raw, state); err != nil {
		return nil, fmt.Errorf("read where the engines are: %w", err)
	}
	return state, nil
}

// startKeeper builds and starts the process that keeps the engines, and waits until they are
// ready. It shares nothing with this process that could hold up the end of a test: not the
// session, not the output.
func startKeeper(dir string, parent int) (*share.State, error) {
	binary := filepath.Join(dir, "keeper")
	build := exec.Command("go", "build", "-o", binary, keeperPackage)
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the keeper of the engines: %w: %s", err, strings.TrimSpace(string(out)))
	}
	output, err := os.OpenFile(filepath.Join(dir, share.LogFile), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the keeper's log: %w", err)
	}
	defer func() { _ = output.Close() }()

	cmd := exec.Command(binary, "-dir", dir, "-until-exit", fmt.Sprint(parent))
	cmd.Stdout, cmd.Stderr = output, output
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the keeper of the engines: %w", err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()

	timeout := time.After(startTimeout)
	for {
		if state, err := read(dir); err != nil || state != nil {
			return state, err
		}
		select {
		case err := <-exited:
			if state, _ := read(dir); state != nil {
				return state, nil
			}
			return nil, fmt.Errorf("the keeper of the engines ended (%w); see %s", err, output.Name())
		case <-timeout:
			_ = cmd.Process.Kill()
			return nil, fmt.Errorf("the engines weren't ready after %s; see %s", startTimeout, output.Name())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

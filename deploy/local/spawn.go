package local

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// spawn starts the process from a thread that lives as long as the process does, because the
// kernel takes the end of the forking thread for the death of the parent.
func (r *Running) spawn() (*exec.Cmd, <-chan error, error) {
	cmd := r.spec.Command()
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	dieWithParent(cmd.SysProcAttr, r.spec.orphanSignal)

	// With a pipe of our own, Wait returns when the process ends and not only when its last
	// descendant has closed the output.
	read, write, err := os.Pipe()
	if err != nil {
		return nil, nil, fmt.Errorf("make a pipe for %s: %w", r.spec.Name, err)
	}
	if cmd.Stdout == nil {
		cmd.Stdout = write
	}
	if cmd.Stderr == nil {
		cmd.Stderr = write
	}
	started, exited := make(chan error, 1), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		_ = write.Close()
		started <- err
		if err == nil {
			exited <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		_ = read.Close()
		return nil, nil, fmt.Errorf("start %s: %w", r.spec.Name, err)
	}
	r.drained = make(chan struct{})
	go func(done chan struct{}) {
		r.log.drain(read)
		close(done)
	}(r.drained)
	return cmd, exited, nil
}

//go:build !linux

package local

import (
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// dieWithParent does nothing: other systems have no such signal. What a killed parent leaves
// behind is ended by the next start on the same data folder.
func dieWithParent(*syscall.SysProcAttr, syscall.Signal) {}

func ps(column string, pid int) string {
	out, err := exec.Command("ps", "-o", column+"=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// Alive tells whether a process runs. One that has ended but was not yet collected by its parent
// is not alive.
func Alive(pid int) bool {
	state := ps("state", pid)
	return state != "" && !strings.HasPrefix(state, "Z")
}

// StartedAt identifies this run of a process ID, so that a later process with the same ID is told
// apart. It is empty where the process is gone.
func StartedAt(pid int) string { return ps("lstart", pid) }

// CommandName is the file name of a process's program.
func CommandName(pid int) string { return filepath.Base(ps("comm", pid)) }

func children(parent int) []int {
	out, err := exec.Command("ps", "-axo", "pid=,ppid=").Output()
	if err != nil {
		return nil
	}
	var pids []int
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) == 2 && fields[1] == strconv.Itoa(parent) {
			if pid, err := strconv.Atoi(fields[0]); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

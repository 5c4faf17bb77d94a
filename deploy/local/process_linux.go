package local

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// dieWithParent has the kernel send sig to the child when we are gone, even by kill -9. The signal
// follows the thread that forked, so the caller must keep its thread until the child has ended.
func dieWithParent(attr *syscall.SysProcAttr, sig syscall.Signal) {
	attr.Pdeathsig = sig
}

// processStatus reads state and parent of a process. The fields follow the command's name, which
// stands in parentheses and may itself hold spaces and parentheses.
func processStatus(pid int) (state string, parent int, started string, err error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", 0, "", err
	}
	end := bytes.LastIndexByte(raw, ')')
	if end < 0 {
		return "", 0, "", fmt.Errorf("unexpected status of process %d", pid)
	}
	fields := strings.Fields(string(raw[end+1:]))
	if len(fields) < 20 {
		return "", 0, "", fmt.Errorf("short status of process %d", pid)
	}
	parent, err = strconv.Atoi(fields[1])
	return fields[0], parent, fields[19], err
}

// Alive tells whether a process runs. One that has ended but was not yet collected by its parent
// is not alive: in a container nobody may ever collect it.
func Alive(pid int) bool {
	state, _, _, err := processStatus(pid)
	return err == nil && state != "Z" && state != "X"
}

// StartedAt identifies this run of a process ID, so that a later process with the same ID is told
// apart. It is empty where the process is gone.
func StartedAt(pid int) string {
	_, _, started, err := processStatus(pid)
	if err != nil {
		return ""
	}
	return started
}

// CommandName is the file name of a process's program.
func CommandName(pid int) string {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(raw))
}

func children(parent int) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if _, p, _, err := processStatus(pid); err == nil && p == parent {
			pids = append(pids, pid)
		}
	}
	return pids
}

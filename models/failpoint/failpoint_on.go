//go:build failpoints

package failpoint

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

var (
	mu    sync.Mutex
	armed map[string]int // Hits that are left until the kill.
	spec  string         // What armed was read from.
)

// Hit kills the process where name is armed and its count is reached.
func Hit(name string) {
	mu.Lock()
	defer mu.Unlock()
	if now := current(); now != spec || armed == nil {
		spec = now
		armed = parse(now)
	}
	left, ok := armed[name]
	if !ok {
		return
	}
	if left > 1 {
		armed[name] = left - 1
		return
	}
	// SIGKILL: nothing is flushed, closed or rolled back by us.
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

func current() string {
	if file := os.Getenv("KEDAI_FAILPOINT_FILE"); file != "" {
		if raw, err := os.ReadFile(file); err == nil && len(raw) > 0 {
			return string(raw)
		}
	}
	return os.Getenv("KEDAI_FAILPOINT")
}

func parse(s string) map[string]int {
	out := map[string]int{}
	for part := range strings.SplitSeq(s, ",") {
		name, action, found := strings.Cut(strings.TrimSpace(part), "=")
		count, kill := strings.CutPrefix(action, "kill@")
		n, err := strconv.Atoi(count)
		if found && kill && err == nil && n > 0 {
			out[name] = n
		}
	}
	return out
}

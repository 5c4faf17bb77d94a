package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// ports are the loopback ports of one stack. They are kept in the data folder, so that a
// restarted part is found where it was.
type ports struct {
	Postgres         int `json:"postgres"`
	Temporal         int `json:"temporal"`
	TemporalHistory  int `json:"temporal_history"`
	TemporalMatching int `json:"temporal_matching"`
	TemporalWorker   int `json:"temporal_worker"`
	TemporalUI       int `json:"temporal_ui"`
	Weaviate         int `json:"weaviate"`
	WeaviateGRPC     int `json:"weaviate_grpc"`
	WeaviateGossip   int `json:"weaviate_gossip"`
	WeaviateData     int `json:"weaviate_data"`
	WeaviateRaft     int `json:"weaviate_raft"`
	WeaviateRaftRPC  int `json:"weaviate_raft_rpc"`
}

var defaultPorts = ports{
	Postgres:         25432,
	Temporal:         7233,
	TemporalHistory:  7234,
	TemporalMatching: 7235,
	TemporalWorker:   7239,
	TemporalUI:       8233,
	Weaviate:         28080,
	WeaviateGRPC:     28051,
	WeaviateGossip:   28091,
	WeaviateData:     28092,
	WeaviateRaft:     28093,
	WeaviateRaftRPC:  28094,
}

func (p *ports) each(do func(name string, port *int) error) error {
	for _, e := range []struct {
		name string
		port *int
	}{
		{"postgres", &p.Postgres},
		{"temporal", &p.Temporal},
		{"temporal history", &p.TemporalHistory},
		{"temporal matching", &p.TemporalMatching},
		{"temporal worker", &p.TemporalWorker},
		{"temporal ui", &p.TemporalUI},
		{"weaviate", &p.Weaviate},
		{"weaviate grpc", &p.WeaviateGRPC},
		{"weaviate gossip", &p.WeaviateGossip},
		{"weaviate data", &p.WeaviateData},
		{"weaviate raft", &p.WeaviateRaft},
		{"weaviate raft rpc", &p.WeaviateRaftRPC},
	} {
		if err := do(e.name, e.port); err != nil {
			return fmt.Errorf("port of %s: %w", e.name, err)
		}
	}
	return nil
}

const (
	portsFile = "ports.json"

	// Free ports are taken from below the range that systems use for outgoing connections. From
	// within it, some connection might hold a part's port just when the part restarts.
	lowestFreePort  = 20000
	highestFreePort = 32000
	portAttempts    = 500
)

// claims holds the ports of a stack against other stacks of this machine, also while a part is
// down and its port seems free.
type claims struct {
	dir   string
	files []*os.File
}

func newClaims() (*claims, error) {
	dir := filepath.Join(os.TempDir(), "kedai-ports-"+strconv.Itoa(os.Geteuid()))
	if err := PrivateFolder(dir); err != nil {
		return nil, fmt.Errorf("make the folder of port claims: %w", err)
	}
	return &claims{dir: dir}, nil
}

// take claims a port if nothing listens on it and no other stack has claimed it.
func (c *claims) take(port int) bool {
	f, err := tryLock(filepath.Join(c.dir, strconv.Itoa(port)))
	if err != nil || f == nil {
		return false
	}
	if !free(port) {
		_ = f.Close()
		return false
	}
	c.files = append(c.files, f)
	return true
}

func (c *claims) takeAny() (int, error) {
	for range portAttempts {
		port := lowestFreePort + rand.IntN(highestFreePort-lowestFreePort)
		if c.take(port) {
			return port, nil
		}
	}
	return 0, fmt.Errorf("none free between %d and %d", lowestFreePort, highestFreePort)
}

func (c *claims) release() {
	for _, f := range c.files {
		_ = f.Close()
	}
	c.files = nil
}

// free tells whether nothing listens on the port, on TCP or, which the gossip needs too, on UDP.
func free(port int) bool {
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	l, err := net.Listen("tcp", address)
	if err != nil {
		return false
	}
	_ = l.Close()
	p, err := net.ListenPacket("udp", address)
	if err != nil {
		return false
	}
	_ = p.Close()
	return true
}

// assignPorts returns the ports of a stack: those it had last time, else the usual ones, or any
// free ones if anyPort is set. A port that is taken by now is replaced by a free one, and moved
// says so. The engines bear that: Temporal's hosts are static, and Weaviate's only voter tells its
// own log where it is.
func assignPorts(dir string, c *claims, anyPort bool, moved func(name string, old, port int)) (ports, error) {
	now, err := keptPorts(dir)
	switch {
	case err == nil:
	case !errors.Is(err, fs.ErrNotExist):
		return now, err
	case !anyPort:
		now = defaultPorts
	}
	err = now.each(func(name string, port *int) error {
		if *port != 0 && c.take(*port) {
			return nil
		}
		other, err := c.takeAny()
		if err != nil {
			return err
		}
		if *port != 0 {
			moved(name, *port, other)
		}
		*port = other
		return nil
	})
	if err != nil {
		return now, err
	}
	return now, writeJSON(filepath.Join(dir, portsFile), now)
}

// keptPorts reads the ports that the stack of a data folder had last.
func keptPorts(dir string) (ports, error) {
	var kept ports
	path := filepath.Join(dir, portsFile)
	raw, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(raw, &kept)
	}
	if err != nil {
		return kept, fmt.Errorf("read the ports in %s: %w", path, err)
	}
	return kept, nil
}

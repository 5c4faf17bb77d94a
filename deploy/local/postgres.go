package local

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	passwordFile = "postgres.password"
	clusterName  = "cluster"
	versionFile  = "PG_VERSION" // The server writes it into each cluster.

	// stopPostgres asks for a fast shutdown: sessions are ended, data is written.
	stopPostgres = syscall.SIGINT
)

// postgres is the stack's PostgreSQL server.
type postgres struct {
	bin      string // Folder of the server's programs.
	dir      string // Folder around the cluster, which the owner may enter.
	owner    *owner // Whom the server runs as; nil for ourselves.
	port     int
	password string
	loose    bool // Whether data may be lost when the operating system crashes.
	count    bool // Whether statements are counted, for benchmarks.
}

func (p *postgres) cluster() string { return filepath.Join(p.dir, clusterName) }

// url is the superuser's address of a database.
func (p *postgres) url(database string) string {
	return (&url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, p.password),
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port)),
		Path:     database,
		RawQuery: "sslmode=disable",
	}).String()
}

// preparePostgres finds or installs the server and makes its cluster where there is none yet.
func preparePostgres(ctx context.Context, dataDir string, port int, loose bool, say func(string)) (*postgres, error) {
	bin, err := findPostgres(ctx, clusterVersion(filepath.Join(dataDir, string(PartPostgres), clusterName)), say)
	if err != nil {
		return nil, err
	}
	owner, err := serverOwner(dataDir)
	if err != nil {
		return nil, err
	}
	fresh, password, err := readOrMakePassword(filepath.Join(dataDir, passwordFile))
	if err != nil {
		return nil, err
	}
	dir, err := serverFolder(dataDir, owner, fresh)
	if err != nil {
		return nil, fmt.Errorf("find a place for PostgreSQL's data: %w", err)
	}
	p := &postgres{bin: bin, dir: dir, owner: owner, port: port, password: password, loose: loose}
	if err := p.initialise(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

func readOrMakePassword(path string) (fresh bool, password string, err error) {
	raw, err := os.ReadFile(path)
	if err == nil {
		return false, strings.TrimSpace(string(raw)), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return false, "", fmt.Errorf("read the database's password: %w", err)
	}
	password = rand.Text()
	if err := WriteFile(path, []byte(password+"\n"), 0o600); err != nil {
		return false, "", err
	}
	return true, password, nil
}

// initialise makes the cluster under another name and renames it when it is whole, so that an
// interrupted start leaves nothing that looks like one.
func (p *postgres) initialise(ctx context.Context) error {
	if clusterVersion(p.cluster()) != 0 {
		return nil
	}
	if err := os.RemoveAll(p.cluster()); err != nil {
		return fmt.Errorf("clear a broken cluster: %w", err)
	}
	secret := filepath.Join(p.dir, "initial-password")
	if err := os.WriteFile(secret, []byte(p.password+"\n"), 0o600); err != nil {
		return fmt.Errorf("hand over the password: %w", err)
	}
	defer func() { _ = os.Remove(secret) }()
	if err := p.owner.own(secret); err != nil {
		return err
	}

	fresh := filepath.Join(p.dir, "new")
	var failures []error
	// Lower-casing must know more than ASCII, but not every system has the first of these.
	for _, locale := range []string{"C.UTF-8", "en_US.UTF-8", "C"} {
		if err := os.RemoveAll(fresh); err != nil {
			return fmt.Errorf("clear an unfinished cluster: %w", err)
		}
		args := []string{
			"--pgdata", fresh, "--username", superuser, "--pwfile", secret,
			"--auth=scram-sha-256", "--encoding=UTF8", "--locale", locale,
		}
		if p.loose {
			args = append(args, "--no-sync")
		}
		out, err := p.command(ctx, "initdb", args...).CombinedOutput()
		if err != nil {
			failures = append(failures, fmt.Errorf("initdb with locale %s: %w: %s", locale, err, lastLine(out)))
			continue
		}
		if err := os.Rename(fresh, p.cluster()); err != nil {
			return fmt.Errorf("put the new cluster in place: %w", err)
		}
		return nil
	}
	return errors.Join(failures...)
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}

// command runs one of PostgreSQL's programs as the server's owner, free of settings that the
// caller's environment may have for clients.
func (p *postgres) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(p.bin, program), args...)
	cmd.Dir = p.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "PG") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.SysProcAttr = p.owner.attributes()
	return cmd
}

// spec describes the server to the supervisor.
func (p *postgres) spec() PartSpec {
	return PartSpec{
		Name:         string(PartPostgres),
		Command:      p.server,
		Ready:        p.ready,
		StopSignal:   stopPostgres,
		StopTimeout:  20 * time.Second,
		orphanSignal: stopPostgres,
		kill:         killWithChildren,
	}
}

func (p *postgres) server() *exec.Cmd {
	settings := []string{
		"port=" + strconv.Itoa(p.port),
		"listen_addresses=127.0.0.1",
		// TCP is all that is used, and a socket's path must be short.
		"unix_socket_directories=",
		"max_connections=300",
		"shared_buffers=192MB",
		"max_wal_size=1GB",
		"checkpoint_timeout=5min",
		"random_page_cost=1.1",
		"jit=off",
		"timezone=UTC",
		"logging_collector=off",
		"log_destination=stderr",
		"log_line_prefix=",
		// The detail of an error repeats the row's values, which can be a customer's words.
		"log_error_verbosity=terse",
	}
	if p.count {
		settings = append(settings, "shared_preload_libraries=pg_stat_statements")
	}
	if p.loose {
		// A killed server loses nothing by this, only a crashed machine would.
		settings = append(settings, "fsync=off", "full_page_writes=off")
	}
	args := []string{"-D", p.cluster()}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return p.command(context.Background(), "postgres", args...)
}

func (p *postgres) ready(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, p.url("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	var one int
	return conn.QueryRow(ctx, "SELECT 1").Scan(&one)
}

// killWithChildren kills the server and all its backends, so that it is as if all had crashed in
// one moment. Backends have groups of their own and would otherwise finish what they are doing.
func killWithChildren(pid int) error {
	// A stopped server makes no new backend while the present ones are listed.
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		if errors.Is(err, syscall.ESRCH) {
			return nil
		}
		return fmt.Errorf("halt PostgreSQL: %w", err)
	}
	backends := children(pid)
	err := syscall.Kill(pid, syscall.SIGKILL)
	for _, b := range backends {
		_ = syscall.Kill(b, syscall.SIGKILL)
	}
	if err != nil {
		return fmt.Errorf("kill PostgreSQL: %w", err)
	}
	// The next server refuses to start while one of them still holds the shared memory.
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		left := false
		for _, b := range backends {
			left = left || Alive(b)
		}
		if !left {
			break
		}
	}
	return nil
}

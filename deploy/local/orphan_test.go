package local_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/deploy/local"
)

// holderVariable makes this test binary start a stack and hold it until it is killed.
const holderVariable = "KEDAI_TEST_HOLD_STACK"

func TestMain(m *testing.M) {
	if os.Getenv(holderVariable) != "" {
		hold()
		return
	}
	os.Exit(m.Run())
}

// report is what the holder tells.
type report struct {
	Error     string
	Dir       string
	Addresses local.Addresses
	PIDs      []int
}

func hold() {
	stack, err := local.Start(context.Background(), local.Options{Ephemeral: true, Output: os.Stderr})
	if err != nil {
		_ = json.NewEncoder(os.Stdout).Encode(report{Error: err.Error()})
		return
	}
	r := report{Dir: stack.DataDir(), Addresses: stack.Addresses()}
	for _, part := range []local.Part{local.PartPostgres, local.PartTemporal, local.PartWeaviate} {
		r.PIDs = append(r.PIDs, stack.PID(part))
	}
	_ = json.NewEncoder(os.Stdout).Encode(r)
	select {}
}

// TestKilledSupervisor starts a stack in another process, which is not root, and kills that
// process: none of its engines may outlive it.
func TestKilledSupervisor(t *testing.T) {
	if testing.Short() {
		t.Skip("starts real engines")
	}
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), buildTime)
	defer cancel()
	require.NoError(t, local.BuildEngines(ctx, logWriter{t}))

	cmd := asAnotherUser(t)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	cmd.Stderr = logWriter{t}
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })

	line, err := bufio.NewReader(out).ReadBytes('\n')
	require.NoError(t, err)
	var r report
	require.NoError(t, json.Unmarshal(line, &r))
	require.Empty(t, r.Error)

	conn, err := pgx.Connect(ctx, r.Addresses.PostgresURL("postgres"))
	require.NoError(t, err)
	var loose string
	require.NoError(t, conn.QueryRow(ctx, "SHOW fsync").Scan(&loose))
	require.Equal(t, "off", loose)
	require.NoError(t, conn.Close(ctx))

	killed := time.Now()
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	require.Eventually(t, func() bool {
		for _, pid := range r.PIDs {
			if local.Alive(pid) {
				return false
			}
		}
		return true
	}, 10*time.Second, 20*time.Millisecond, "engines outlive their supervisor")
	t.Logf("all engines were gone %s after the kill", time.Since(killed).Round(time.Millisecond))
	require.NoError(t, os.RemoveAll(r.Dir))
}

// asAnotherUser is this test binary as the holder of a stack: as nobody where the tests run as
// root, else as ourselves.
func asAnotherUser(t *testing.T) *exec.Cmd {
	self, err := os.Executable()
	require.NoError(t, err)
	source, err := filepath.Abs("../..")
	require.NoError(t, err)
	if os.Geteuid() != 0 {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), holderVariable+"=1")
		return cmd
	}

	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Skipf("tests run as root, and there is no other user to try: %v", err)
	}
	uid, err := strconv.Atoi(nobody.Uid)
	require.NoError(t, err)
	gid, err := strconv.Atoi(nobody.Gid)
	require.NoError(t, err)
	credential := &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	look := exec.Command("ls", filepath.Join(source, "deploy", "stack", "temporal"))
	look.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
	if out, err := look.CombinedOutput(); err != nil {
		t.Skipf("tests run as root, and the user nobody can't read the checkout: %s", strings.TrimSpace(string(out)))
	}

	// Neither root's cache of engines nor the go command's folder of test binaries is open to it.
	dir, err := os.MkdirTemp("", "kedai-local-nobody-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	copyFile(t, self, filepath.Join(dir, "holder"))
	cache := os.Getenv(local.EnginesVariable)
	if cache == "" {
		user, err := os.UserCacheDir()
		require.NoError(t, err)
		cache = filepath.Join(user, "kedai", "engines")
	}
	builds, err := filepath.Glob(filepath.Join(cache, "*-????????????????"))
	require.NoError(t, err)
	for _, b := range builds {
		copyFile(t, b, filepath.Join(dir, "engines", filepath.Base(b)))
	}
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chown(path, uid, gid))
	}))

	cmd := exec.Command(filepath.Join(dir, "holder"))
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
	cmd.Env = append(os.Environ(), holderVariable+"=1", "HOME="+dir, "TMPDIR="+dir,
		local.EnginesVariable+"="+filepath.Join(dir, "engines"), local.SourceVariable+"="+source)
	return cmd
}

func copyFile(t *testing.T, from, to string) {
	require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o755))
	in, err := os.Open(from)
	require.NoError(t, err)
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	require.NoError(t, err)
	_, err = io.Copy(out, in)
	require.NoError(t, errors.Join(err, out.Close()))
}

// pidsBelow lists an open stack's processes with PostgreSQL's backends.
func pidsBelow(t *testing.T, stack *local.Stack) map[int]string {
	pids := make(map[int]string)
	for _, part := range []local.Part{local.PartPostgres, local.PartTemporal, local.PartWeaviate} {
		pids[stack.PID(part)] = string(part)
	}
	rows, err := connect(t, stack).Query(t.Context(), "SELECT pid FROM pg_stat_activity")
	require.NoError(t, err)
	backends, err := pgx.CollectRows(rows, pgx.RowTo[int])
	require.NoError(t, err)
	for _, pid := range backends {
		pids[pid] = "a backend"
	}
	require.Greater(t, len(pids), 10)
	return pids
}

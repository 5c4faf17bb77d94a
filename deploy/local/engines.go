package local

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// engine is a program that is built from a module of its own below deploy/stack.
type engine struct {
	name string
	pkg  string // What go build is told to build, seen from the module's folder.
}

var (
	temporalEngine = engine{name: "temporal", pkg: "."}
	weaviateEngine = engine{name: "weaviate", pkg: "github.com/weaviate/weaviate/cmd/weaviate-server"}
)

const (
	// EnginesVariable names the variable that says where built engines are kept, in place of
	// the user's cache folder.
	EnginesVariable = "KEDAI_ENGINES"
	// SourceVariable names the variable that says where Kedai's checkout is, for a binary that
	// runs from elsewhere.
	SourceVariable = "KEDAI_SOURCE"

	progressEvery = 5 * time.Second
	// keptBuilds is how many builds of an engine the cache holds at least. Others go when they
	// haven't been started for a while: a running stack restarts its engines from the cache.
	keptBuilds = 3
	keptUnused = 7 * 24 * time.Hour
)

// BuildEngines builds what is missing of Temporal and Weaviate into the cache, which can take
// several minutes. Start does the same; this is for those who want it done before.
func BuildEngines(ctx context.Context, progress io.Writer) error {
	lines := &sink{out: progress}
	for _, e := range []engine{temporalEngine, weaviateEngine} {
		if _, err := e.ensure(ctx, lines); err != nil {
			return err
		}
	}
	return nil
}

// ensure returns the path of the built engine, and builds it first where the cache has none of
// exactly these sources.
func (e engine) ensure(ctx context.Context, progress *sink) (string, error) {
	source, err := findSource()
	if err != nil {
		return "", err
	}
	module := filepath.Join(source, "deploy", "stack", e.name)
	cache, err := engineCache()
	if err != nil {
		return "", err
	}
	hash, err := e.hash(ctx, module)
	if err != nil {
		return "", fmt.Errorf("hash the sources of %s: %w", e.name, err)
	}
	path := filepath.Join(cache, e.name+"-"+hash)
	if _, err := os.Stat(path); err == nil {
		now := time.Now()
		_ = os.Chtimes(path, now, now)
		return path, nil
	}

	// Two builders at once would only take the machine from each other.
	lock, err := tryLock(filepath.Join(cache, e.name+".lock"))
	if err == nil && lock == nil {
		progress.line(e.name, []byte("waiting for another build of it"))
		lock, err = waitLock(ctx, filepath.Join(cache, e.name+".lock"))
	}
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Close() }()
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := e.build(ctx, module, path, progress); err != nil {
		return "", fmt.Errorf("build %s: %w", e.name, err)
	}
	e.prune(cache)
	return path, nil
}

func (e engine) build(ctx context.Context, module, path string, progress *sink) error {
	if _, err := exec.LookPath("go"); err != nil {
		return fmt.Errorf("the go command is needed: %w", err)
	}
	work, err := os.MkdirTemp(filepath.Dir(path), e.name+".build-*")
	if err != nil {
		return fmt.Errorf("make a folder for the build: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()

	began := time.Now()
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			progress.line(e.name, fmt.Appendf(nil, "building %s… %d s (some minutes, once per version)",
				e.name, int(time.Since(began).Seconds())))
			select {
			case <-done:
				return
			case <-time.After(progressEvery):
			}
		}
	}()

	modfile, err := applyPatches(ctx, module, work)
	if err != nil {
		return err
	}
	built := filepath.Join(work, "built")
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", built}
	if modfile != "" {
		args = append(args, "-modfile", modfile)
	}
	if out, err := goCommand(ctx, module, append(args, e.pkg)...).CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, bytes.TrimSpace(out))
	}
	if err := os.Rename(built, path); err != nil {
		return fmt.Errorf("put it into the cache: %w", err)
	}
	progress.line(e.name, fmt.Appendf(nil, "built %s in %d s", e.name, int(time.Since(began).Seconds())))
	return nil
}

// hash covers all that a build depends on.
func (e engine) hash(ctx context.Context, module string) (string, error) {
	files, err := filepath.Glob(filepath.Join(module, "*"))
	if err != nil {
		return "", err
	}
	if len(files) == 0 {
		return "", fmt.Errorf("no sources in %s", module)
	}
	slices.Sort(files)
	sum := sha256.New()
	_, _ = fmt.Fprintln(sum, goVersion(ctx, module), runtime.GOOS, runtime.GOARCH)
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		_, _ = fmt.Fprintln(sum, filepath.Base(f), len(content))
		_, _ = sum.Write(content)
	}
	return hex.EncodeToString(sum.Sum(nil))[:16], nil
}

// prune removes builds that were not used of late.
func (e engine) prune(cache string) {
	builds, err := filepath.Glob(filepath.Join(cache, e.name+"-*"))
	if err != nil {
		return
	}
	used := func(path string) time.Time {
		info, err := os.Stat(path)
		if err != nil {
			return time.Time{}
		}
		return info.ModTime()
	}
	slices.SortFunc(builds, func(a, b string) int { return used(b).Compare(used(a)) })
	for _, old := range builds[min(keptBuilds, len(builds)):] {
		if time.Since(used(old)) > keptUnused {
			_ = os.Remove(old)
		}
	}
}

func engineCache() (string, error) {
	dir := os.Getenv(EnginesVariable)
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("find a folder for built engines (set %s to name one): %w", EnginesVariable, err)
		}
		dir = filepath.Join(user, "kedai", "engines")
	}
	// An existing folder may be one that we can only read from, and need no more of.
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", fmt.Errorf("make the folder of built engines: %w", err)
		}
	}
	return dir, nil
}

// goCommand runs the go command for one of the engines' modules. Neither needs C, and without it
// a machine needs no compiler but Go's.
func goCommand(ctx context.Context, module string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	return cmd
}

// goVersion is the version that would build, or else, on a machine that has only the built
// engines, the one that built this binary.
func goVersion(ctx context.Context, module string) string {
	out, err := goCommand(ctx, module, "env", "GOVERSION").Output()
	if err != nil {
		return runtime.Version()
	}
	return strings.TrimSpace(string(out))
}

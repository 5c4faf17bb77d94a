package local

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// oldestPostgres is the oldest major version that the schema works with.
const oldestPostgres = 13

// binGlobs are where packages put the server's programs when they keep them off the PATH.
var binGlobs = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/lib/postgresql*/bin",
	"/usr/libexec/postgresql*",
	"/usr/pgsql-*/bin",
	"/usr/local/bin",
	"/usr/local/pgsql/bin",
	"/usr/local/opt/postgresql*/bin",
	"/opt/homebrew/opt/postgresql*/bin",
}

// findPostgres returns the folder of the newest server's programs, and installs the system's
// package where there is none. A cluster that is there already needs programs of the very major
// version that made it; made is 0 where there is none.
func findPostgres(ctx context.Context, made int, say func(string)) (string, error) {
	dir, found := newestPostgres(ctx, made)
	if dir != "" {
		return dir, nil
	}
	if made != 0 {
		return "", fmt.Errorf("the data folder was made by PostgreSQL %d, whose programs aren't found: install that version again, or use another data folder", made)
	}
	if err := installPostgres(ctx, say); err != nil {
		if found != "" {
			return "", fmt.Errorf("%s is too old, version %d or newer is needed: %w", found, oldestPostgres, err)
		}
		return "", err
	}
	if dir, _ = newestPostgres(ctx, 0); dir == "" {
		return "", fmt.Errorf("PostgreSQL %d or newer isn't found even after its package was installed: put its programs (postgres, initdb) on the PATH", oldestPostgres)
	}
	return dir, nil
}

// newestPostgres looks for one major version, or for the newest if that is 0. It also names a
// server that it found but that is too old.
func newestPostgres(ctx context.Context, major int) (dir, tooOld string) {
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		// initdb looks for the server beside itself, so a link on the PATH is followed.
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	for _, pattern := range binGlobs {
		matches, err := filepath.Glob(pattern)
		if err != nil {
			continue
		}
		dirs = append(dirs, matches...)
	}
	best := 0
	for i, d := range dirs {
		if slices.Contains(dirs[:i], d) || !isProgram(filepath.Join(d, "initdb")) || !isProgram(filepath.Join(d, "postgres")) {
			continue
		}
		version := majorVersion(ctx, filepath.Join(d, "postgres"))
		switch {
		case version < oldestPostgres:
			tooOld = filepath.Join(d, "postgres")
		case major != 0 && version != major:
		case version > best:
			dir, best = d, version
		}
	}
	return dir, tooOld
}

// clusterVersion is the major version that made a cluster, or 0 where there is none.
func clusterVersion(cluster string) int {
	raw, err := os.ReadFile(filepath.Join(cluster, versionFile))
	if err != nil {
		return 0
	}
	version, err := strconv.Atoi(strings.TrimSpace(string(raw)))
	if err != nil {
		return 0
	}
	return version
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0
}

// majorVersion reads a line such as "postgres (PostgreSQL) 15.18 (Debian …)".
func majorVersion(ctx context.Context, program string) int {
	out, err := exec.CommandContext(ctx, program, "--version").Output()
	if err != nil {
		return 0
	}
	_, rest, ok := strings.Cut(string(out), ") ")
	if !ok {
		return 0
	}
	digits := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if digits < 0 {
		digits = len(rest)
	}
	version, err := strconv.Atoi(rest[:digits])
	if err != nil {
		return 0
	}
	return version
}

// packager installs the system's PostgreSQL.
type packager struct {
	program string
	pkg     string
	before  []string // Arguments that bring the package lists up to date.
	install []string
	asRoot  bool
}

var packagers = []packager{
	{
		program: "apt-get", pkg: "postgresql", asRoot: true,
		before: []string{"update"}, install: []string{"install", "-y", "--no-install-recommends", "postgresql"},
	},
	{program: "apk", pkg: "postgresql", asRoot: true, install: []string{"add", "--no-cache", "postgresql"}},
	{program: "dnf", pkg: "postgresql-server", asRoot: true, install: []string{"install", "-y", "postgresql-server"}},
	{program: "brew", pkg: "postgresql@17", install: []string{"install", "postgresql@17"}},
}

func installPostgres(ctx context.Context, say func(string)) error {
	// A start that is given up finds no server, whatever is installed.
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, p := range packagers {
		path, err := exec.LookPath(p.program)
		if err != nil {
			continue
		}
		by := []string{path}
		if p.asRoot && os.Geteuid() != 0 {
			if exec.CommandContext(ctx, "sudo", "-n", "true").Run() != nil {
				return fmt.Errorf("PostgreSQL isn't installed: install the package %s (sudo %s %s)",
					p.pkg, p.program, strings.Join(p.install, " "))
			}
			by = []string{"sudo", "-n", "--preserve-env=DEBIAN_FRONTEND,RUNLEVEL", path}
		}
		say("installing the package " + p.pkg)
		for _, args := range [][]string{p.before, p.install} {
			if args == nil {
				continue
			}
			if err := runPackager(ctx, append(slices.Clone(by), args...)); err != nil {
				return fmt.Errorf("install the package %s: %w", p.pkg, err)
			}
		}
		return nil
	}
	return fmt.Errorf("PostgreSQL isn't installed and no known package manager is there: install PostgreSQL %d or newer", oldestPostgres)
}

func runPackager(ctx context.Context, command []string) error {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	// By the second, Debian's package leaves the server of its own that it makes unstarted.
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(command, " "), err, bytes.TrimSpace(out))
	}
	return nil
}

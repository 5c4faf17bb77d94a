package local

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// owner is the system user that PostgreSQL runs as. The server refuses to run as root, so root
// lends it another user; nil means that it runs as ourselves.
type owner struct {
	name     string
	uid, gid int
}

// ownerNames are tried in this order: the user that a package has made for the server, then the
// one that every system has for the like.
var ownerNames = []string{"postgres", "nobody"}

func serverOwner(dataDir string) (*owner, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	// A cluster that is there already stays with whom it belongs to.
	if info, err := os.Stat(filepath.Join(dataDir, string(PartPostgres))); err == nil {
		if s, ok := info.Sys().(*syscall.Stat_t); ok && s.Uid != 0 {
			return &owner{name: strconv.Itoa(int(s.Uid)), uid: int(s.Uid), gid: int(s.Gid)}, nil
		}
	}
	for _, name := range ownerNames {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 == nil && err2 == nil && uid > 0 {
			return &owner{name: name, uid: uid, gid: gid}, nil
		}
	}
	return nil, fmt.Errorf("PostgreSQL doesn't run as root and there is no user named %s or %s: make one of them, or run as another user",
		ownerNames[0], ownerNames[1])
}

func (o *owner) attributes() *syscall.SysProcAttr {
	if o == nil {
		return nil
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(o.uid), Gid: uint32(o.gid)}}
}

func (o *owner) own(path string) error {
	if o == nil {
		return nil
	}
	if err := os.Chown(path, o.uid, o.gid); err != nil {
		return fmt.Errorf("give %s to the user %s: %w", path, o.name, err)
	}
	return nil
}

// outsideRoot is where root keeps the server's data if the server's user can't reach the data
// folder, as below a private home folder.
const outsideRoot = "/var/lib/kedai"

// serverFolder returns the folder that holds the cluster, made and owned as the server needs it.
// It is inside the data folder. Only where root's data folder lies below one that the server's
// user may not enter, it is under /var/lib/kedai, and a link in the data folder leads there.
func serverFolder(dataDir string, o *owner, fresh bool) (string, error) {
	inside := filepath.Join(dataDir, string(PartPostgres))
	dir := inside
	if o != nil {
		// Entering the data folder is all that the server's user may do there.
		info, err := os.Stat(dataDir)
		if err != nil {
			return "", err
		}
		if err := os.Chmod(dataDir, info.Mode().Perm()|0o011); err != nil {
			return "", err
		}
		if !reachable(dataDir, o) {
			dir, err = outsideFolder(dataDir, inside, fresh)
			if err != nil {
				return "", err
			}
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	return dir, o.own(dir)
}

// reachable tells whether the owner may enter all folders down to dir.
func reachable(dir string, o *owner) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil {
			return false
		}
		mode := info.Mode().Perm()
		enter := mode&0o001 != 0
		if s, ok := info.Sys().(*syscall.Stat_t); ok {
			switch {
			case int(s.Uid) == o.uid:
				enter = mode&0o100 != 0
			case int(s.Gid) == o.gid:
				enter = mode&0o010 != 0
			}
		}
		if !enter {
			return false
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return true
		}
		dir = parent
	}
}

// outsidePath is where the cluster of a data folder stands if not inside it.
func outsidePath(dataDir string) string {
	sum := sha256.Sum256([]byte(dataDir))
	return filepath.Join(outsideRoot, "postgres-"+hex.EncodeToString(sum[:6]))
}

func outsideFolder(dataDir, link string, fresh bool) (string, error) {
	dir := outsidePath(dataDir)
	// The data folder was removed and made anew: its old databases are put aside, not deleted,
	// because nothing says that nobody wants them.
	if _, err := os.Stat(dir); err == nil && fresh {
		if err := os.Rename(dir, dir+".old-"+time.Now().UTC().Format("20060102-150405")); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(outsideRoot, 0o755); err != nil {
		return "", err
	}
	if err := os.Symlink(dir, link); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	return dir, nil
}

// removeServerFolder removes the cluster of a throw-away data folder if it stands outside. The link
// is followed to the one place that we would have made it lead to and nowhere else: what it names
// is deleted with all that is in it.
func removeServerFolder(dataDir string) error {
	outside := outsidePath(dataDir)
	if target, err := os.Readlink(filepath.Join(dataDir, string(PartPostgres))); err == nil && target == outside {
		return os.RemoveAll(outside)
	}
	return nil
}

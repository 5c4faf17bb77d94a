package local

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// patchesFile lists the patches of an engine's module, beside its go.mod.
const patchesFile = "patches.json"

// patches are replacements of text in an engine's own sources, for what no setting can change.
type patches struct {
	Module string  `json:"module"`
	Edits  []patch `json:"edits"`
}

type patch struct {
	File string `json:"file"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// applyPatches copies the module that an engine's patches are for, patches the copy, and returns a
// go.mod to build with that takes the copy in the module's place. It returns nothing for an engine
// without patches. All is made in the folder work.
func applyPatches(ctx context.Context, module, work string) (modfile string, err error) {
	raw, err := os.ReadFile(filepath.Join(module, patchesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the patches: %w", err)
	}
	var p patches
	if err := json.Unmarshal(raw, &p); err != nil {
		return "", fmt.Errorf("read %s: %w", patchesFile, err)
	}
	out, err := goCommand(ctx, module, "mod", "download", "-json", p.Module).Output()
	if err != nil {
		return "", fmt.Errorf("download %s: %w: %s", p.Module, err, bytes.TrimSpace(out))
	}
	var downloaded struct{ Dir string }
	if err := json.Unmarshal(out, &downloaded); err != nil {
		return "", fmt.Errorf("find the sources of %s: %w", p.Module, err)
	}
	source := filepath.Join(work, "source")
	if err := os.CopyFS(source, os.DirFS(downloaded.Dir)); err != nil {
		return "", fmt.Errorf("copy the sources of %s: %w", p.Module, err)
	}
	for _, edit := range p.Edits {
		if err := edit.apply(source); err != nil {
			return "", err
		}
	}
	return replaceModule(module, work, p.Module, source)
}

// apply insists on finding its text once: a new version of the module must not lose a patch
// without a word.
func (e patch) apply(source string) error {
	path := filepath.Join(source, filepath.FromSlash(e.File))
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read what is to be patched: %w", err)
	}
	if n := strings.Count(string(content), e.Old); n != 1 {
		return fmt.Errorf("%s has the text to patch %d times, not once", e.File, n)
	}
	patched := strings.Replace(string(content), e.Old, e.New, 1)
	// The copy is as read-only as the module cache is.
	if err := errors.Join(os.Remove(path), os.WriteFile(path, []byte(patched), 0o600)); err != nil {
		return fmt.Errorf("patch %s: %w", e.File, err)
	}
	return nil
}

func replaceModule(module, work, replaced, by string) (modfile string, err error) {
	modfile = filepath.Join(work, "go.mod")
	mod, err := os.ReadFile(filepath.Join(module, "go.mod"))
	if err != nil {
		return "", fmt.Errorf("read go.mod: %w", err)
	}
	mod = fmt.Appendf(mod, "\nreplace %s => %q\n", replaced, by)
	sum, err := os.ReadFile(filepath.Join(module, "go.sum"))
	if err != nil {
		return "", fmt.Errorf("read go.sum: %w", err)
	}
	err = errors.Join(os.WriteFile(modfile, mod, 0o600), os.WriteFile(filepath.Join(work, "go.sum"), sum, 0o600))
	if err != nil {
		return "", fmt.Errorf("write go.mod: %w", err)
	}
	return modfile, nil
}

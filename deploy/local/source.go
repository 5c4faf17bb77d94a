package local

import (
	"bufio"
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

const (
	modulePath  = "kedai"
	patchesFile = "loopback.json"
)

// findSource returns the checkout that holds the engines' modules: the one that the environment
// names, or the one around the working folder or the binary.
func findSource() (string, error) {
	if dir := os.Getenv(SourceVariable); dir != "" {
		if !isSource(dir) {
			return "", fmt.Errorf("%s names %s, which is not a checkout of Kedai", SourceVariable, dir)
		}
		return dir, nil
	}
	var starts []string
	if dir, err := os.Getwd(); err == nil {
		starts = append(starts, dir)
	}
	if exe, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(exe))
	}
	for _, dir := range starts {
		for {
			if isSource(dir) {
				return dir, nil
			}
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return "", fmt.Errorf("the engines are built from Kedai's sources: run this from within a checkout, or set %s to one", SourceVariable)
}

func isSource(dir string) bool {
	raw, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return false
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for lines.Scan() {
		if name, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "module "); ok {
			return strings.TrimSpace(name) == modulePath
		}
	}
	return false
}

// patches are replacements of text in an engine's own sources, for what no setting can change.
type patches struct {
	Module string `json:"module"`
	Edits  []struct {
		File string `json:"file"`
		Old  string `json:"old"`
		New  string `json:"new"`
	} `json:"edits"`
}

// writeOverlay applies the patches of an engine's module to copies of the files and returns the
// overlay for go build, or nothing where there are no patches.
func writeOverlay(ctx context.Context, module, work string) (string, error) {
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
	if out, err := goCommand(ctx, module, "mod", "download").CombinedOutput(); err != nil {
		return "", fmt.Errorf("download the modules: %w\n%s", err, bytes.TrimSpace(out))
	}
	out, err := goCommand(ctx, module, "list", "-m", "-f", "{{.Dir}}", p.Module).Output()
	if err != nil {
		return "", fmt.Errorf("find the sources of %s: %w", p.Module, err)
	}
	root := strings.TrimSpace(string(out))

	replace := make(map[string]string, len(p.Edits))
	for i, edit := range p.Edits {
		original := filepath.Join(root, filepath.FromSlash(edit.File))
		content, err := os.ReadFile(original)
		if err != nil {
			return "", fmt.Errorf("read what is to be patched: %w", err)
		}
		if n := strings.Count(string(content), edit.Old); n != 1 {
			return "", fmt.Errorf("%s has the text to patch %d times, not once", edit.File, n)
		}
		patched := filepath.Join(work, fmt.Sprintf("%d.go", i))
		if err := os.WriteFile(patched, []byte(strings.Replace(string(content), edit.Old, edit.New, 1)), 0o600); err != nil {
			return "", fmt.Errorf("write a patched file: %w", err)
		}
		replace[original] = patched
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", fmt.Errorf("encode the overlay: %w", err)
	}
	path := filepath.Join(work, "overlay.json")
	if err := os.WriteFile(path, overlay, 0o600); err != nil {
		return "", fmt.Errorf("write the overlay: %w", err)
	}
	return path, nil
}

package local

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	modulePath = "kedai"
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

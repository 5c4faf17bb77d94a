//go:build !failpoints

// Package failpoint lets fault tests kill a process at a named point. In
// builds without the tag failpoints it does nothing.
package failpoint

// Hit marks a named point.
func Hit(string) {}

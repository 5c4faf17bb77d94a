//go:build !failpoints

package failpoint

// Hit does nothing in builds without the tag failpoints.
func Hit(string) {}

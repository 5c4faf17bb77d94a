// Package failpoint names the places in the code where a fault test may kill
// the process. Without the build tag failpoints they are nothing.
//
// With it, KEDAI_FAILPOINT arms them: "name=kill@N" kills the process with
// SIGKILL at the Nth hit of name; several are separated by commas. A fault test
// may also arm a running process by writing the same form to the file that
// KEDAI_FAILPOINT_FILE names: counting starts when the file changes.
package failpoint

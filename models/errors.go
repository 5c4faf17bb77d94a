// Package models holds Kedai's nouns and their rules. It does no I/O and imports nothing of the project.
package models

import (
	"errors"
	"fmt"
)

// Code classifies an Error. The HTTP edge maps codes to statuses and the
// activity edge maps them to retryable or not, each in one place.
type Code string

// The codes of this project.
const (
	CodeInvalid      Code = "invalid"       // The input is wrong; the message says what to do.
	CodeNotFound     Code = "not_found"     // There is no such thing, or it belongs to another account.
	CodeConflict     Code = "conflict"      // The thing's state forbids the change.
	CodeUnauthorized Code = "unauthorized"  // Who asks is unknown.
	CodeForbidden    Code = "forbidden"     // Who asks is known and may not.
	CodeTooLarge     Code = "too_large"     // The body or text exceeds a limit.
	CodeRateLimited  Code = "rate_limited"  // Too many requests; later is fine.
	CodeUnavailable  Code = "unavailable"   // A part we need is down; later is fine.
	CodeRejected     Code = "rejected"      // A third party refused for good.
	CodeUnknownState Code = "unknown_state" // A request went out and its outcome is not known.
	CodeInternal     Code = "internal"      // A defect of ours.
)

// Error is the domain's error: a code for machines, a message for people.
type Error struct {
	Code    Code
	Message string
	// Cause is kept for logs and errors.Is; it is never shown to a client.
	Cause error
}

// Error returns the code and the message.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Cause)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Message)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error. A %w verb sets its cause.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	e := &Error{Code: code, Message: err.Error()}
	if cause := errors.Unwrap(err); cause != nil {
		e.Cause = cause
	}
	return e
}

// CodeOf returns the code of the first Error in err's chain, CodeInternal if
// there is none, and the empty code for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

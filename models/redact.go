package models

import (
	"fmt"
	"log/slog"
)

// Private is a text that can hold personal data: a message, a name, a phone
// number, an e-mail address. Loggers see its length only.
type Private string

// LogValue keeps the text out of logs.
func (p Private) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[redacted %d bytes]", len(p)))
}

// Secret is a credential. Neither loggers nor fmt see any of it.
type Secret string

// LogValue keeps the credential out of logs.
func (Secret) LogValue() slog.Value { return slog.StringValue("[secret]") }

// String keeps the credential out of formatted text; Reveal returns it.
func (Secret) String() string { return "[secret]" }

// GoString keeps the credential out of %#v.
func (Secret) GoString() string { return "[secret]" }

// MarshalJSON keeps the credential out of JSON.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"[secret]"`), nil }

// Reveal returns the credential itself, for the one call that needs it.
func (s Secret) Reveal() string { return string(s) }

// Package channels holds the adapters: one file per channel that proves where
// a request comes from, reads what it says and sends what we say. Adapters
// keep no state of their own.
package channels

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"kedai/models"
)

// Adapter turns one channel's requests into the project's nouns and back.
type Adapter interface {
	// Verify checks that body was posted by the channel. CodeUnauthorized
	// where it wasn't, or where that can't be told.
	Verify(body []byte, header http.Header, secret models.Secret) error
	// Parse reads what body holds. What can't be read comes back beside the
	// rest, so that one bad event doesn't hold up the others.
	Parse(body []byte) Parsed
	// Send makes one request that says r.Text to r.Identity, and returns the
	// provider's ID of the message. The error is a *SendError.
	Send(ctx context.Context, r SendRequest) (providerID string, err error)
}

// For returns a channel's adapter. CodeInvalid for a channel without one.
func For(channel models.Channel) (Adapter, error) {
	switch channel {
	case models.ChannelWebsite:
		return website{}, nil
	case models.ChannelRecorder:
		return recorder{}, nil
	default:
		return nil, models.Errorf(models.CodeInvalid, "there is no adapter for the channel %q", channel)
	}
}

// Parsed is what a body holds, in its order.
type Parsed struct {
	Inbounds   []models.Inbound
	Unreadable []Unreadable
}

// Unreadable is a part of a body that can't be read, whole, and why.
type Unreadable struct {
	Raw []byte
	Err *models.Error
}

// SendRequest is one message to a customer.
type SendRequest struct {
	Endpoint  string
	Secret    models.Secret
	Identity  string // The customer, as the channel names them.
	Text      string
	Reference string // Ours; the channel's echo carries it.
}

// Outcome is what is known of a request that didn't succeed.
type Outcome string

// The outcomes.
const (
	NotSent  Outcome = "not_sent" // It surely didn't arrive; trying again is safe.
	Unknown  Outcome = "unknown"  // It may have arrived.
	Rejected Outcome = "rejected" // The channel refused it for good.
)

// SendError says why a Send has no provider ID. It never holds what the
// platform said: its text may repeat the customer's.
type SendError struct {
	Outcome    Outcome
	RetryAfter time.Duration // With NotSent: how long the channel asks to wait, or zero.
	Code       string        // Short and ours, such as timeout or http_500.
}

// Error returns the outcome and the code.
func (e *SendError) Error() string { return fmt.Sprintf("send: %s: %s", e.Outcome, e.Code) }

// Limits of what adapters take from outside.
const (
	maxID   = 255
	maxText = 16_000 // Characters.
)

// Package provider is what models and embedders have in common: how the
// services of a provider are reached, and what becomes of their refusals.
package provider

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kedai/models"
)

// Service is one kind of service, in the words and codes of who asks it.
type Service struct {
	Noun     string // What errors call it, such as model.
	KeyHint  string // What to do where it refuses the key; a sentence.
	Absent   string // The whole text for what it doesn't have.
	Hint     string // What to do where it refuses a request; a sentence.
	MaxBytes int64  // Of an answer.

	Barred   models.Code // For what the operator can mend: the key, the quota, the address.
	Refused  models.Code // For a request that it refuses.
	Unusable models.Code // For an answer that is too large or can't be read.
}

// Limits of what is read of a refusal, and of how long it may ask to wait.
const (
	maxRefusalBytes = 64 << 10
	maxRetryAfter   = 5 * time.Minute
)

// CheckURL returns CodeInvalid for what can't be the service's.
func (s *Service) CheckURL(address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || (parsed.Scheme != "http" && parsed.Scheme != "https") {
		return models.Errorf(models.CodeInvalid, "The URL of the %s must be like https://host/v1.", s.Noun)
	}
	return nil
}

// Throttled is an error of CodeRateLimited that may say when to come again.
type Throttled struct {
	err   *models.Error
	after time.Duration
}

// Error returns the error's text.
func (t *Throttled) Error() string { return t.err.Error() }

// Unwrap returns the models.Error.
func (t *Throttled) Unwrap() error { return t.err }

// RetryAfter returns the time to wait; 0 where the service didn't say.
func (t *Throttled) RetryAfter() time.Duration { return t.after }

// refusal judges the status of an answer; nil where it is one. What the service
// says is left out: it may repeat what it was sent, or the key.
func (s *Service) refusal(response *http.Response) error {
	status := response.StatusCode
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusTooManyRequests:
		return &Throttled{models.Errorf(models.CodeRateLimited, "The %s has had too many requests.", s.Noun), retryAfter(response)}
	case status >= 500 || status == http.StatusRequestTimeout:
		return models.Errorf(models.CodeUnavailable, "The %s failed: status %d.", s.Noun, status)
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return models.Errorf(s.Barred, "The %s refused the key: status %d. %s", s.Noun, status, s.KeyHint)
	case status == http.StatusPaymentRequired:
		return models.Errorf(s.Barred, "The %s's quota is used up: status %d. See to the provider's account.", s.Noun, status)
	case status == http.StatusNotFound:
		return models.Errorf(s.Barred, "%s", s.Absent)
	}
	return models.Errorf(s.Refused, "The %s refused the request: status %d. %s", s.Noun, status, s.Hint)
}

// retryAfter reads when to come again: the header in either of its forms, or
// Google's RetryInfo in the body.
func retryAfter(response *http.Response) time.Duration {
	text := strings.TrimSpace(response.Header.Get("Retry-After"))
	after := time.Duration(0)
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		after = time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second))
	} else if at, err := http.ParseTime(text); err == nil {
		after = time.Until(at)
	} else {
		after = retryInfo(response.Body)
	}
	return min(max(after, 0), maxRetryAfter)
}

func retryInfo(body io.Reader) time.Duration {
	var told struct {
		Error struct {
			Details []struct {
				Type       string `json:"@type"`
				RetryDelay string `json:"retryDelay"`
			} `json:"details"`
		} `json:"error"`
	}
	if json.NewDecoder(io.LimitReader(body, maxRefusalBytes)).Decode(&told) != nil {
		return 0 // Other providers' refusals have other forms, and tell no delay.
	}
	for _, d := range told.Error.Details {
		if after, err := time.ParseDuration(d.RetryDelay); err == nil && strings.HasSuffix(d.Type, "RetryInfo") {
			return after
		}
	}
	return 0
}

// Unanswered judges what went wrong without a status, or while an answer was
// read. A Throttled and a models.Error stay themselves.
func (s *Service) Unanswered(ctx context.Context, err error) error {
	var throttled *Throttled
	var ours *models.Error
	var tooLarge *http.MaxBytesError
	var network net.Error
	var address *url.Error
	switch {
	case errors.As(err, &throttled):
		return throttled
	case errors.As(err, &ours):
		return ours
	case ctx.Err() != nil:
		return models.Errorf(models.CodeUnavailable, "The %s was given up on: %w", s.Noun, ctx.Err())
	case errors.As(err, &tooLarge):
		return models.Errorf(s.Unusable, "The %s's answer is too large.", s.Noun)
	case errors.As(err, &network), errors.As(err, &address), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		// The error's text names the address and no more, but may have the key in it.
		return models.Errorf(models.CodeUnavailable, "The %s can't be reached, or its answer broke off.", s.Noun)
	}
	return models.Errorf(s.Unusable, "The %s's answer can't be read.", s.Noun)
}

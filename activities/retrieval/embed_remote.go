package retrieval

import (
	"context"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"kedai/models"
)

// Limits of what a model is asked and may answer.
const (
	embedBatch      = 64    // Texts of a request.
	embedBytes      = 6_000 // Of a text; models cut what is longer, or refuse it.
	embedDimensions = 16_384
	embedPatience   = 20 * time.Second // For one request; a search has less.
	maxRetryAfter   = 5 * time.Minute
)

// ModelOptions say where an embedding model is.
type ModelOptions struct {
	URL        string // Where its API begins.
	Model      string
	Key        models.Secret
	HTTPClient *http.Client // Nil means one of its own.
}

// check returns the client to use, and CodeInvalid for what can't be used.
func (o ModelOptions) check() (*http.Client, error) {
	address, err := url.Parse(o.URL)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return nil, models.Errorf(models.CodeInvalid, "The URL of the embedder must be like https://host/v1.")
	}
	if o.Model == "" {
		return nil, models.Errorf(models.CodeInvalid, "The embedder needs the name of a model.")
	}
	if o.HTTPClient != nil {
		return o.HTTPClient, nil
	}
	return newHTTPClient(), nil
}

// Throttled is an error of CodeRateLimited that says when to come again.
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

// refusal judges the status of an embedder's answer; nil where it is one. What
// the service says is left out: it may repeat the text or the key.
func refusal(response *http.Response) error {
	status := response.StatusCode
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusTooManyRequests:
		return &Throttled{models.Errorf(models.CodeRateLimited, "The embedder has had too many requests."), retryAfter(response.Header)}
	case status >= 500 || status == http.StatusRequestTimeout:
		return models.Errorf(models.CodeUnavailable, "The embedder failed: status %d.", status)
	// These are for the operator to mend; until then, what people upload waits.
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return models.Errorf(models.CodeUnavailable, "The embedder refused the key: status %d. Set KEDAI_EMBEDDER_KEY.", status)
	case status == http.StatusNotFound:
		return models.Errorf(models.CodeUnavailable, "The embedder has no such model or address: status 404. Set KEDAI_EMBEDDER_URL and KEDAI_EMBEDDER_MODEL.")
	}
	return models.Errorf(models.CodeInvalid, "The embedder refused the request: status %d. Check KEDAI_EMBEDDER_URL and KEDAI_EMBEDDER_MODEL.", status)
}

// retryAfter reads the header, in either of its forms.
func retryAfter(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	after := time.Duration(0)
	if seconds, err := strconv.Atoi(text); err == nil {
		after = time.Duration(min(seconds, int(maxRetryAfter/time.Second))) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		after = time.Until(at)
	}
	return min(max(after, 0), maxRetryAfter)
}

// unanswered judges what went wrong without a status, or while its body was
// read. A models.Error stays itself.
func unanswered(ctx context.Context, err error) error {
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
		return models.Errorf(models.CodeUnavailable, "The embedder was given up on: %w", ctx.Err())
	case errors.As(err, &tooLarge):
		return models.Errorf(models.CodeInternal, "The embedder's answer is too large.")
	case errors.As(err, &network), errors.As(err, &address), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		// The error's text names the address and no more, but may have the key in it.
		return models.Errorf(models.CodeUnavailable, "The embedder can't be reached, or its answer broke off.")
	}
	return models.Errorf(models.CodeInternal, "The embedder's answer can't be read.")
}

// shape holds a model to one dimension from its first answer on.
type shape struct{ dimension atomic.Int64 }

// check brings an answer's vectors to length 1. CodeInternal where they aren't
// as many as the texts or not all of the model's dimension.
func (s *shape) check(vectors [][]float32, texts int) error {
	if len(vectors) != texts {
		return models.Errorf(models.CodeInternal, "The embedder answered with %d vectors for %d texts.", len(vectors), texts)
	}
	for _, v := range vectors {
		if len(v) == 0 || len(v) > embedDimensions {
			return models.Errorf(models.CodeInternal, "The embedder answered with a vector of %d dimensions.", len(v))
		}
		s.dimension.CompareAndSwap(0, int64(len(v)))
		if want := s.dimension.Load(); int64(len(v)) != want {
			return models.Errorf(models.CodeInternal, "The embedder answered with %d dimensions where it had %d before.", len(v), want)
		}
		if !normalise(v) {
			return models.Errorf(models.CodeInternal, "The embedder answered with a vector that has no length.")
		}
	}
	return nil
}

func normalise(v []float32) bool {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	length := math.Sqrt(sum)
	if length == 0 || math.IsNaN(length) || math.IsInf(length, 0) {
		return false
	}
	for i := range v {
		v[i] = float32(float64(v[i]) / length)
	}
	return true
}

// inBatches embeds texts by requests of bounded size.
func inBatches(ctx context.Context, texts []string, embed func(ctx context.Context, texts []string) ([][]float32, error)) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for start := 0; start < len(texts); start += embedBatch {
		batch := make([]string, 0, embedBatch)
		for _, text := range texts[start:min(start+embedBatch, len(texts))] {
			batch = append(batch, embeddable(text))
		}
		vectors, err := func() ([][]float32, error) {
			ctx, cancel := context.WithTimeout(ctx, embedPatience)
			defer cancel()
			return embed(ctx, batch)
		}()
		if err != nil {
			return nil, err
		}
		out = append(out, vectors...)
	}
	return out, nil
}

// embeddable is a text as every service takes it: valid, not too long, and not
// empty.
func embeddable(text string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, " "))
	if len(text) > embedBytes {
		end := embedBytes
		for !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	if text == "" {
		return "-"
	}
	return text
}

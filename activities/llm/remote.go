package llm

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
	"sync"
	"time"

	"kedai/models"
)

// Limits of what a provider may answer and of how long a call may take. A turn
// has less time: its own budget ends ctx.
const (
	maxResponseBytes = 1 << 20
	maxRefusalBytes  = 64 << 10
	callPatience     = 60 * time.Second
	maxRetryAfter    = 5 * time.Minute

	userAgent = "kedai"
)

// Options say where a model is.
type Options struct {
	URL        string // Where its API begins.
	Name       string // Of the model.
	Key        models.Secret
	HTTPClient *http.Client // Nil means one of its own.
}

// Address returns where a provider's own API is; empty for one that isn't known.
func Address(p models.Provider) string {
	switch p {
	case models.ProviderGemini:
		return "https://generativelanguage.googleapis.com"
	case models.ProviderOpenAI:
		return "https://api.openai.com/v1"
	}
	return ""
}

// Open returns a provider's model; it doesn't connect yet. CodeInvalid for what
// can't be used.
func Open(ctx context.Context, p models.Provider, o Options) (Model, error) {
	switch p {
	case models.ProviderGemini:
		return NewGemini(ctx, o)
	case models.ProviderOpenAI:
		return NewOpenAI(o)
	}
	return nil, models.Errorf(models.CodeInvalid, "There is no provider %q of models; take one of %v.", p, models.Providers())
}

// OpenOwn returns an account's own model, at its provider's own address.
func OpenOwn(ctx context.Context, m models.AccountModel, key models.Secret) (Model, error) {
	return Open(ctx, m.Provider, Options{URL: Address(m.Provider), Name: m.Name, Key: key})
}

// check returns the client to use, and CodeInvalid for what can't be used.
func (o Options) check() (*http.Client, error) {
	address, err := url.Parse(o.URL)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return nil, models.Errorf(models.CodeInvalid, "The URL of the model must be like https://host/v1.")
	}
	if o.Name == "" {
		return nil, models.Errorf(models.CodeInvalid, "The model needs a name.")
	}
	if o.HTTPClient != nil {
		return o.HTTPClient, nil
	}
	return ownClient(), nil
}

// ownClient is shared by all models, so that they share connections.
var ownClient = sync.OnceValue(func() *http.Client {
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		TLSHandshakeTimeout:   5 * time.Second,
		MaxIdleConnsPerHost:   16,
		IdleConnTimeout:       90 * time.Second,
		ForceAttemptHTTP2:     true,
		ResponseHeaderTimeout: callPatience,
	}
	return &http.Client{Timeout: callPatience, Transport: transport, CheckRedirect: stay}
})

// stay follows no redirect: the key would go along.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// throttled is an error of CodeRateLimited that may say when to come again.
type throttled struct {
	err   *models.Error
	after time.Duration // 0: the provider didn't say.
}

func (t *throttled) Error() string { return t.err.Error() }
func (t *throttled) Unwrap() error { return t.err }

// refusal judges the status of a provider's answer; nil where it is one. What
// the provider says is left out: it may repeat the prompt or the key.
func refusal(response *http.Response) error {
	status := response.StatusCode
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusTooManyRequests:
		return &throttled{models.Errorf(models.CodeRateLimited, "The model has had too many requests."), retryAfter(response)}
	case status >= 500 || status == http.StatusRequestTimeout:
		return models.Errorf(models.CodeUnavailable, "The model failed: status %d.", status)
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return models.Errorf(models.CodeRejected, "The model refused the key: status %d. Set the key anew: KEDAI_MODEL_KEY, or the account's own.", status)
	case status == http.StatusPaymentRequired:
		return models.Errorf(models.CodeRejected, "The model's quota is used up: status %d. See to the provider's account.", status)
	case status == http.StatusNotFound:
		return models.Errorf(models.CodeRejected, "The provider has no such model or address: status 404. Check KEDAI_MODEL_URL and KEDAI_MODEL_NAME, or the account's own.")
	}
	return models.Errorf(models.CodeRejected, "The model refused the request: status %d. Check KEDAI_MODEL_URL and KEDAI_MODEL_NAME, or the account's own.", status)
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

// unanswered judges what went wrong without a status, or while its body was
// read. A models.Error stays itself.
func unanswered(ctx context.Context, err error) error {
	var limited *throttled
	var ours *models.Error
	var tooLarge *http.MaxBytesError
	var network net.Error
	var address *url.Error
	switch {
	case errors.As(err, &limited):
		return limited
	case errors.As(err, &ours):
		return ours
	case ctx.Err() != nil:
		return models.Errorf(models.CodeUnavailable, "The model was given up on: %w", ctx.Err())
	case errors.As(err, &tooLarge):
		return models.Errorf(models.CodeRejected, "The model's answer is too large.")
	case errors.As(err, &network), errors.As(err, &address), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return models.Errorf(models.CodeUnavailable, "The model can't be reached, or its answer broke off.")
	}
	return models.Errorf(models.CodeRejected, "The model's answer can't be read.")
}

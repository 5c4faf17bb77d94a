package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"time"

	"google.golang.org/api/option"

	"kedai/models"
)

const (
	userAgent = "kedai"
	patience  = 60 * time.Second // For one call; who asks has less, and ends ctx.
)

// transport is shared by all services, so that they share connections.
var transport = &http.Transport{
	Proxy:                 http.ProxyFromEnvironment,
	DialContext:           (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
	TLSHandshakeTimeout:   5 * time.Second,
	MaxIdleConnsPerHost:   64,
	IdleConnTimeout:       90 * time.Second,
	ForceAttemptHTTP2:     true,
	ResponseHeaderTimeout: patience,
}

// client follows no redirect: the key would go along.
func client(by http.RoundTripper) *http.Client {
	return &http.Client{
		Timeout: patience, Transport: by,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

var plain = client(transport)

// Post sends JSON to an endpoint of OpenAI's kind and reads its answer into
// out. The key may be empty. It returns the answer's status, 0 where none came,
// beside an error too.
func (s *Service) Post(ctx context.Context, address string, key models.Secret, in, out any) (status int, err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return 0, models.Errorf(models.CodeInternal, "The request to the %s can't be written.", s.Noun)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, models.Errorf(models.CodeInvalid, "The URL of the %s can't be used.", s.Noun)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", userAgent)
	if key != "" {
		request.Header.Set("Authorization", "Bearer "+key.Reveal())
	}
	response, err := plain.Do(request)
	if err != nil {
		return 0, s.Unanswered(ctx, err)
	}
	defer response.Body.Close()
	if err := s.refusal(response); err != nil {
		return response.StatusCode, err
	}
	if err := json.NewDecoder(http.MaxBytesReader(nil, response.Body, s.MaxBytes)).Decode(out); err != nil {
		return response.StatusCode, s.Unanswered(ctx, err)
	}
	return response.StatusCode, nil
}

// Gemini returns the options of a client of Gemini's library. What the client
// fails with is for Unanswered.
func (s *Service) Gemini(address string, key models.Secret) []option.ClientOption {
	return []option.ClientOption{
		option.WithEndpoint(address),
		option.WithHTTPClient(client(geminiTransport{s, key})),
		// The key is given to the library too, for it makes a client of its caches
		// that it finds no other credentials for.
		option.WithAPIKey(key.Reveal()),
	}
}

// geminiTransport adds the key, and takes a refusal for an error: the library
// would otherwise try again by itself, and put the service's words into its
// error.
type geminiTransport struct {
	service *Service
	key     models.Secret
}

// RoundTrip sends a request.
func (t geminiTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set("X-Goog-Api-Key", t.key.Reveal())
	request.Header.Set("User-Agent", userAgent)
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if err := t.service.refusal(response); err != nil {
		_ = response.Body.Close()
		return nil, err
	}
	response.Body = http.MaxBytesReader(nil, response.Body, t.service.MaxBytes)
	return response, nil
}

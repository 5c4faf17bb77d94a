package channels

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"
)

const (
	userAgent     = "kedai/1"
	sendTimeout   = 3 * time.Second
	maxReply      = 64 << 10
	longestRetry  = 5 * time.Minute
	defaultRetry  = time.Second
	codeTimeout   = "timeout"
	codeEndpoint  = "bad_endpoint"
	codeBadReply  = "bad_reply"
	codeConnect   = "no_connection"
	codeCut       = "connection_lost"
	codeCancelled = "cancelled"
)

// httpClient makes each request on a connection of its own: one that broke
// while it lay idle would turn a safe failure into an unknown outcome.
var httpClient = &http.Client{
	Timeout: sendTimeout,
	Transport: &http.Transport{
		Proxy:             http.ProxyFromEnvironment,
		DialContext:       (&net.Dialer{Timeout: 2 * time.Second}).DialContext,
		DisableKeepAlives: true,
	},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// post sends a JSON body and returns the reply of a 2xx. All else is a
// SendError that tells whether the body may have arrived.
func post(ctx context.Context, endpoint string, header http.Header, body []byte) ([]byte, error) {
	target, err := url.Parse(endpoint)
	if err != nil || (target.Scheme != "http" && target.Scheme != "https") || target.Host == "" {
		return nil, &SendError{Outcome: Rejected, Code: codeEndpoint}
	}
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	request, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodPost, endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, &SendError{Outcome: Rejected, Code: codeEndpoint}
	}
	request.Header = header.Clone()
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", userAgent)
	response, err := httpClient.Do(request)
	if err != nil {
		if connected.Load() {
			return nil, &SendError{Outcome: Unknown, Code: codeOf(err, codeCut)}
		}
		return nil, &SendError{Outcome: NotSent, Code: codeOf(err, codeConnect)}
	}
	defer response.Body.Close()
	if err := refused(response); err != nil {
		return nil, err
	}
	reply, err := io.ReadAll(io.LimitReader(response.Body, maxReply+1))
	if err != nil {
		return nil, &SendError{Outcome: Unknown, Code: codeOf(err, codeCut)}
	}
	if len(reply) > maxReply {
		return nil, &SendError{Outcome: Unknown, Code: codeBadReply}
	}
	return reply, nil
}

// refused translates the statuses that aren't success.
func refused(response *http.Response) error {
	code := "http_" + strconv.Itoa(response.StatusCode)
	switch {
	case response.StatusCode >= 500:
		return &SendError{Outcome: Unknown, Code: code}
	case response.StatusCode == http.StatusTooManyRequests, response.StatusCode == http.StatusRequestTimeout:
		// The one wasn't looked at, the other didn't come whole.
		return &SendError{Outcome: NotSent, Code: code, RetryAfter: retryAfter(response.Header.Get("Retry-After"))}
	case response.StatusCode >= 300:
		return &SendError{Outcome: Rejected, Code: code}
	}
	return nil
}

// retryAfter reads seconds or an HTTP date, within sane bounds.
func retryAfter(value string) time.Duration {
	wait := defaultRetry
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(seconds, int(longestRetry/time.Second))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = time.Until(at)
	}
	return min(max(wait, 0), longestRetry)
}

func codeOf(err error, otherwise string) string {
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return codeCancelled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return codeTimeout
	}
	return otherwise
}

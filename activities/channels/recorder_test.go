package channels

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

const testSecret = models.Secret("a secret of the test")

func TestRecorderVerify(t *testing.T) {
	t.Parallel()
	body := []byte(`{"events":[]}`)
	verify := func(signature string, secret models.Secret) error {
		return recorder{}.Verify(body, http.Header{RecorderSignature: {signature}}, secret)
	}
	require.NoError(t, verify(SignRecorder(body, testSecret), testSecret))
	for name, err := range map[string]error{
		"no signature":       recorder{}.Verify(body, http.Header{}, testSecret),
		"another secret":     verify(SignRecorder(body, "another"), testSecret),
		"another body":       verify(SignRecorder([]byte("{}"), testSecret), testSecret),
		"no prefix":          verify(strings.TrimPrefix(SignRecorder(body, testSecret), "sha256="), testSecret),
		"no secret at all":   verify(SignRecorder(body, ""), ""),
		"upper-case letters": verify(strings.ToUpper(SignRecorder(body, testSecret)), testSecret),
	} {
		require.Equal(t, models.CodeUnauthorized, models.CodeOf(err), name)
	}
}

func TestRecorderParse(t *testing.T) {
	t.Parallel()
	reference := uuid.NewString()
	parse := func(events ...string) Parsed {
		return recorder{}.Parse([]byte(`{"events":[` + strings.Join(events, ",") + `]}`))
	}

	t.Run("reads all four authors in their order", func(t *testing.T) {
		parsed := parse(
			`{"id":"1","kind":"customer","chat":"c","name":"Ann","text":"hi"}`,
			`{"id":"2","kind":"person","chat":"c","text":"hello"}`,
			`{"id":"3","kind":"echo","chat":"c","text":"hello","reference":"`+reference+`"}`,
			`{"id":"4","kind":"bot","chat":"c","text":"beep"}`,
			`{"id":"5","kind":"customer","chat":"c","text":"Yes","button":true,"reference":"ignored"}`,
		)
		require.Empty(t, parsed.Unreadable)
		require.Equal(t, []models.Inbound{
			{Author: models.AuthorCustomer, Identity: "c", ProviderID: "1", Name: "Ann", Text: "hi"},
			{Author: models.AuthorPerson, Identity: "c", ProviderID: "2", Text: "hello"},
			{Author: models.AuthorEcho, Identity: "c", ProviderID: "3", Text: "hello", Reference: reference},
			{Author: models.AuthorOtherBot, Identity: "c", ProviderID: "4", Text: "beep"},
			{Author: models.AuthorCustomer, Identity: "c", ProviderID: "5", Text: "Yes", Button: true},
		}, parsed.Inbounds)
	})

	for name, event := range map[string]string{
		"an unknown kind":               `{"id":"1","kind":"ghost","chat":"c","text":"hi"}`,
		"no id":                         `{"kind":"customer","chat":"c","text":"hi"}`,
		"no chat":                       `{"id":"1","kind":"customer","text":"hi"}`,
		"no text":                       `{"id":"1","kind":"customer","chat":"c","text":" "}`,
		"an endless id":                 `{"id":"` + strings.Repeat("x", 256) + `","kind":"customer","chat":"c","text":"hi"}`,
		"an endless text":               `{"id":"1","kind":"customer","chat":"c","text":"` + strings.Repeat("x", maxText+1) + `"}`,
		"a number as id":                `{"id":1,"kind":"customer","chat":"c","text":"hi"}`,
		"an echo of somebody else's":    `{"id":"1","kind":"echo","chat":"c","text":"hi"}`,
		"no object":                     `"hi"`,
		"an echo with an ill reference": `{"id":"1","kind":"echo","chat":"c","text":"hi","reference":"x"}`,
	} {
		t.Run("keeps "+name+" as it came, and reads the rest", func(t *testing.T) {
			parsed := parse(event, `{"id":"2","kind":"customer","chat":"c","text":"hi"}`)
			require.Len(t, parsed.Inbounds, 1)
			require.Len(t, parsed.Unreadable, 1)
			require.Equal(t, event, string(parsed.Unreadable[0].Raw))
			require.Equal(t, models.CodeInvalid, parsed.Unreadable[0].Err.Code)
			require.NotContains(t, parsed.Unreadable[0].Err.Message, "hi")
		})
	}

	t.Run("keeps a body that is nothing it knows", func(t *testing.T) {
		for _, body := range []string{"", "x", "[]", "{}", `{"events":7}`, `{"events":null}`} {
			parsed := recorder{}.Parse([]byte(body))
			require.Empty(t, parsed.Inbounds)
			require.Len(t, parsed.Unreadable, 1, body)
			require.Equal(t, body, string(parsed.Unreadable[0].Raw))
		}
		require.Empty(t, recorder{}.Parse([]byte(`{"events":[]}`)).Unreadable)
	})

	t.Run("replaces what no database keeps", func(t *testing.T) {
		parsed := parse(`{"id":"1","kind":"customer","chat":"c","text":"a\u0000b"}`)
		require.Equal(t, "a\uFFFDb", parsed.Inbounds[0].Text)
	})
}

func send(t *testing.T, endpoint string) (string, *SendError) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	id, err := recorder{}.Send(ctx, SendRequest{Endpoint: endpoint, Secret: testSecret, Identity: "c", Text: "secret words", Reference: "r-1"})
	if err == nil {
		return id, nil
	}
	var failure *SendError
	require.ErrorAs(t, err, &failure)
	require.Empty(t, id)
	require.NotContains(t, err.Error(), "secret words")
	require.NotContains(t, err.Error(), "the platform's words")
	return "", failure
}

// platform answers requests with what f does, and counts them.
func platform(t *testing.T, f http.HandlerFunc) (endpoint string, requests *atomic.Int64) {
	t.Helper()
	requests = &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		f(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/messages", requests
}

// raw is a platform that speaks less than HTTP: f has the connection once the
// request was read.
func raw(t *testing.T, f func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if request, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					_, _ = io.Copy(io.Discard, request.Body)
				}
				f(conn)
			}()
		}
	}()
	return "http://" + listener.Addr().String()
}

func TestRecorderSend(t *testing.T) {
	t.Parallel()

	t.Run("posts what it is given, signed, and returns the provider's ID", func(t *testing.T) {
		endpoint, requests := platform(t, func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			require.NoError(t, err)
			require.NoError(t, recorder{}.Verify(body, r.Header, testSecret))
			require.Equal(t, "application/json", r.Header.Get("Content-Type"))
			require.True(t, strings.HasPrefix(r.UserAgent(), "kedai/"))
			var got map[string]string
			require.NoError(t, json.Unmarshal(body, &got))
			require.Equal(t, map[string]string{"reference": "r-1", "chat": "c", "text": "secret words"}, got)
			_, _ = w.Write([]byte(`{"id":"p-1"}`))
		})
		id, err := send(t, endpoint)
		require.Nil(t, err)
		require.Equal(t, "p-1", id)
		require.Equal(t, int64(1), requests.Load())
	})

	for _, c := range []struct {
		name    string
		answer  http.HandlerFunc
		outcome Outcome
		code    string
		after   time.Duration
	}{
		{"too many requests", status(429, "Retry-After", "7"), NotSent, "http_429", 7 * time.Second},
		{"too many requests without a time", status(429, "", ""), NotSent, "http_429", defaultRetry},
		{"too many requests for a year", status(429, "Retry-After", "31536000"), NotSent, "http_429", longestRetry},
		{"a request that came too slowly", status(408, "", ""), NotSent, "http_408", defaultRetry},
		{"a request that came too slowly, with a time", status(408, "Retry-After", "7"), NotSent, "http_408", 7 * time.Second},
		{"a bad request", status(400, "", ""), Rejected, "http_400", 0},
		{"gone", status(410, "", ""), Rejected, "http_410", 0},
		{"moved", status(302, "Location", "/elsewhere"), Rejected, "http_302", 0},
		{"an internal error", status(500, "", ""), Unknown, "http_500", 0},
		{"unavailable", status(503, "Retry-After", "7"), Unknown, "http_503", 0},
		{"no JSON", status(200, "", ""), Unknown, codeBadReply, 0},
		{"no ID", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"id":""}`)) }, Unknown, codeBadReply, 0},
		{"an endless answer", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"id":"`+strings.Repeat("x", maxReply)+`"}`)
		}, Unknown, codeBadReply, 0},
		{"a cut answer", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"id":"p-`))
		}, Unknown, codeCut, 0},
		{"a hang-up instead of an answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, Unknown, codeCut, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			endpoint, requests := platform(t, c.answer)
			_, err := send(t, endpoint)
			require.NotNil(t, err)
			require.Equal(t, SendError{Outcome: c.outcome, Code: c.code, RetryAfter: c.after}, *err)
			require.Equal(t, int64(1), requests.Load())
		})
	}

	t.Run("too many requests until a date", func(t *testing.T) {
		endpoint, _ := platform(t, status(429, "Retry-After", time.Now().Add(20*time.Second).UTC().Format(http.TimeFormat)))
		_, err := send(t, endpoint)
		require.InDelta(t, 19, err.RetryAfter.Seconds(), 2)
	})

	t.Run("a platform that hangs", func(t *testing.T) {
		t.Parallel()
		release := make(chan struct{})
		endpoint, _ := platform(t, func(http.ResponseWriter, *http.Request) { <-release })
		t.Cleanup(func() { close(release) })
		began := time.Now()
		_, err := send(t, endpoint)
		require.Equal(t, SendError{Outcome: Unknown, Code: codeTimeout}, *err)
		require.Less(t, time.Since(began), 4*time.Second)
	})

	t.Run("a platform that drips", func(t *testing.T) {
		t.Parallel()
		endpoint := raw(t, func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
			for range 1000 {
				if _, err := io.WriteString(conn, "x"); err != nil {
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
		})
		_, err := send(t, endpoint)
		require.Equal(t, SendError{Outcome: Unknown, Code: codeTimeout}, *err)
	})

	t.Run("a platform that isn't there", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		address := listener.Addr().String()
		require.NoError(t, listener.Close())
		_, failure := send(t, "http://"+address)
		require.Equal(t, SendError{Outcome: NotSent, Code: codeConnect}, *failure)
	})

	t.Run("a connection that closes before a word", func(t *testing.T) {
		_, err := send(t, raw(t, func(net.Conn) {}))
		require.Equal(t, SendError{Outcome: Unknown, Code: codeCut}, *err)
	})

	t.Run("an endpoint that is none", func(t *testing.T) {
		for _, endpoint := range []string{"", "x", "ftp://example/", "http://", "http://[::1", "file:///etc/passwd"} {
			_, err := send(t, endpoint)
			require.Equal(t, SendError{Outcome: Rejected, Code: codeEndpoint}, *err)
		}
	})

	t.Run("a worker that stops meanwhile", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		endpoint, _ := platform(t, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			cancel()
			<-r.Context().Done()
		})
		_, err := recorder{}.Send(ctx, SendRequest{Endpoint: endpoint})
		var failure *SendError
		require.ErrorAs(t, err, &failure)
		require.Equal(t, SendError{Outcome: Unknown, Code: codeCancelled}, *failure)
	})
}

func status(code int, name, value string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if name != "" {
			w.Header().Set(name, value)
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte("the platform's words"))
	}
}

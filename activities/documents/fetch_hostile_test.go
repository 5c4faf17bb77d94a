package documents

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestFetchRefusesAnswers(t *testing.T) {
	t.Parallel()
	page := func(kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, body)
		}
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	to := func(url string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", strings.ReplaceAll(url, "PORT", r.Host[strings.LastIndex(r.Host, ":")+1:]))
			w.WriteHeader(http.StatusFound)
		}
	}
	endless := func(encode func(io.Writer) io.Writer, encoding string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", encoding)
			out := encode(w)
			for range 1000 {
				if _, err := out.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
		}
	}
	for outcome, test := range map[string]struct {
		handler http.HandlerFunc
		code    models.Code
		message string
	}{
		"a page that isn't there":       {status(404), models.CodeRejected, "status 404"},
		"a page for others":             {status(403), models.CodeRejected, "status 403"},
		"no page":                       {status(204), models.CodeRejected, "status 204"},
		"a part of a page":              {status(206), models.CodeRejected, "status 206"},
		"a choice":                      {status(300), models.CodeRejected, "status 300"},
		"a defect":                      {status(500), models.CodeUnavailable, "status 500"},
		"too many requests":             {status(429), models.CodeUnavailable, "status 429"},
		"a redirect to nowhere":         {status(302), models.CodeRejected, "status 302"},
		"a redirect to this machine":    {to("http://127.0.0.1/"), models.CodeInvalid, "public internet"},
		"to another port of it":         {to("http://127.0.0.1:22/"), models.CodeInvalid, "port"},
		"to it by IPv6":                 {to("http://[::1]:PORT/"), models.CodeInvalid, "public internet"},
		"to it by number":               {to("http://2130706433:PORT/"), models.CodeInvalid, "no public site"},
		"to it by octal number":         {to("http://0177.0.0.1:PORT/"), models.CodeInvalid, "no public site"},
		"to it by name":                 {to("http://localhost:PORT/"), models.CodeInvalid, "public internet"},
		"to the metadata of clouds":     {to("http://169.254.169.254/latest/meta-data/"), models.CodeInvalid, "public internet"},
		"to a private name of the site": {to("http://private.kedai-test.com:PORT/"), models.CodeInvalid, "public internet"},
		"to a file":                     {to("file:///etc/passwd"), models.CodeInvalid, "begins with https://"},
		"to FTP":                        {to("ftp://shop.kedai-test.com/"), models.CodeInvalid, "begins with https://"},
		"to a user":                     {to("http://a:b@shop.kedai-test.com:PORT/"), models.CodeInvalid, "user name"},
		"to another site":               {to("http://shop.kedai-other.com:PORT/"), models.CodeInvalid, "another site"},
		"to a site of the same suffix":  {to("http://kedai.co.uk:PORT/"), models.CodeInvalid, "another site"},
		"to itself":                     {to("/"), models.CodeRejected, "redirects more than 5 times"},
		"a picture":                     {page("image/png", "\x89PNG\r\n\x1a\n"), models.CodeInvalid, "a type that isn't read"},
		"data":                          {page("application/json", "{}"), models.CodeInvalid, "a type that isn't read"},
		"a program called a page":       {page("text/html", "MZ\x90\x00\x03"), models.CodeInvalid, "a program"},
		"a program of no type":          {page("application/octet-stream", "\x7fELF\x02\x01\x01\x00"), models.CodeInvalid, "a type that isn't read"},
		"a PDF that is a page":          {page("application/pdf", pageOfSite), models.CodeInvalid, "an HTML page"},
		"nothing":                       {page("text/html", ""), models.CodeInvalid, "empty"},
		"no end":                        {endless(func(w io.Writer) io.Writer { return w }, "identity"), models.CodeTooLarge, "larger than 10 MB"},
		"a bomb":                        {endless(func(w io.Writer) io.Writer { return gzip.NewWriter(w) }, "gzip"), models.CodeTooLarge, "larger than 10 MB"},
		"gzip that is none": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			page("text/html", pageOfSite)(w, r)
		}, models.CodeRejected, "broken"},
		"a compression not asked for": {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Encoding", "br") }, models.CodeRejected, "wasn't asked for"},
		"a length that is too much":   {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "20000000") }, models.CodeTooLarge, "larger than 10 MB"},
		"a header without end":        {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 1<<20)) }, models.CodeUnavailable, "doesn't answer"},
		"half an answer": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "x")
		}, models.CodeUnavailable, "doesn't answer"},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, func(host string, _ int) []string {
				if strings.HasPrefix(host, "private.") {
					return []string{"10.0.0.1"}
				}
				return []string{"127.0.0.1"}
			}, test.handler)
			fetched, err := s.fetcher.Fetch(context.Background(), s.url("/"))
			require.Zero(t, fetched)
			require.Equal(t, test.code, models.CodeOf(err), err)
			require.ErrorContains(t, err, test.message)
		})
	}
}

func TestFetchIsNotFooledByChangedNames(t *testing.T) {
	t.Parallel()
	t.Run("between two requests", func(t *testing.T) {
		t.Parallel()
		// The name leads to the site first and to another machine then.
		s := newSite(t, func(_ string, n int) []string { return [][]string{{"127.0.0.1"}, {"10.0.0.1"}}[min(n, 2)-1] }, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/again", http.StatusFound)
		})
		_, err := s.fetcher.Fetch(context.Background(), s.url("/"))
		require.Equal(t, models.CodeInvalid, models.CodeOf(err))
		require.ErrorContains(t, err, "public internet")
		require.EqualValues(t, 2, s.asked.Load())
	})
	t.Run("between the check and the request", func(t *testing.T) {
		t.Parallel()
		// A second question would get the other answer, so there must be none.
		s := newSite(t, func(_ string, n int) []string { return [][]string{{"127.0.0.1"}, {"::1"}}[min(n, 2)-1] }, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, pageOfSite)
		})
		_, err := s.fetcher.Fetch(context.Background(), s.url("/"))
		require.NoError(t, err)
		require.EqualValues(t, 1, s.asked.Load())
	})
}

func TestFetchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	stop := make(chan struct{})
	slow := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for r.URL.Path == "/body" {
			if _, err := io.WriteString(w, "x"); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
		<-stop
	}
	s := newSite(t, nil, slow)
	t.Cleanup(func() { close(stop) }) // Before the server is closed, which waits.
	for _, path := range []string{"/head", "/body"} {
		t.Run(path, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
			defer cancel()
			began := time.Now()
			_, err := s.fetcher.Fetch(ctx, s.url(path))
			require.Less(t, time.Since(began), 5*time.Second)
			require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
			require.ErrorContains(t, err, "takes too long")
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := s.fetcher.Fetch(ctx, s.url("/head"))
		require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
		require.ErrorContains(t, err, "cancelled")
	})
}

func TestFetchTakesNoProxy(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	s := newSite(t, nil, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, pageOfSite) })
	_, err := s.fetcher.Fetch(context.Background(), s.url("/"))
	require.NoError(t, err)
}

package api

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/api/web"
	"kedai/models"
	"kedai/models/store"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.Equal(t, http.StatusOK, b.do("GET", "/healthz", nil).status)
	require.Equal(t, http.StatusOK, b.do("GET", "/readyz", nil).status)

	// A server on a database that is there no more.
	address, cut := proxy(t, b.database)
	s, err := store.Open(t.Context(), store.Options{URL: address})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	_, b.url, _ = b.start(s)
	require.Equal(t, http.StatusOK, b.do("GET", "/readyz", nil).status)
	cut()
	require.Equal(t, http.StatusOK, b.do("GET", "/healthz", nil).status)
	r := b.do("GET", "/readyz", nil)
	require.Equal(t, http.StatusServiceUnavailable, r.status)
	require.Equal(t, "unavailable", r.code())
	r = b.do("POST", b.widget("/session"), "{}")
	require.Equal(t, http.StatusServiceUnavailable, r.status)
	require.Equal(t, "1", r.header.Get("Retry-After"))
}

// proxy returns another address of a database, and what cuts it off.
func proxy(t *testing.T, database string) (address string, cut func()) {
	t.Helper()
	u, err := url.Parse(database)
	require.NoError(t, err)
	behind := u.Host
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	u.Host = listener.Addr().String()
	var mu sync.Mutex
	open := []io.Closer{listener}
	keep := func(c io.Closer) {
		mu.Lock()
		defer mu.Unlock()
		open = append(open, c)
	}
	go func() {
		for {
			front, err := listener.Accept()
			if err != nil {
				return
			}
			back, err := net.Dial("tcp", behind)
			if err != nil {
				front.Close()
				return
			}
			keep(front)
			keep(back)
			go func() { _, _ = io.Copy(front, back) }()
			go func() { _, _ = io.Copy(back, front) }()
		}
	}()
	cut = func() {
		mu.Lock()
		defer mu.Unlock()
		for _, c := range open {
			c.Close()
		}
	}
	t.Cleanup(cut)
	return u.String(), cut
}

func TestEveryAnswer(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("has an ID and safe headers", func(t *testing.T) {
		r := b.do("GET", "/healthz", nil)
		require.NoError(t, uuid.Validate(r.header.Get("X-Request-ID")))
		require.Equal(t, "nosniff", r.header.Get("X-Content-Type-Options"))
		require.Equal(t, "no-store", r.header.Get("Cache-Control"))
		require.Contains(t, r.header.Get("Content-Security-Policy"), "default-src 'none'")
		require.Equal(t, "mine-1", b.do("GET", "/healthz", nil, header("X-Request-ID", "mine-1")).header.Get("X-Request-ID"))
		require.NotEqual(t, "a b", b.do("GET", "/healthz", nil, header("X-Request-ID", "a b")).header.Get("X-Request-ID"))
	})

	t.Run("is JSON, errors and unknown addresses too", func(t *testing.T) {
		for path, status := range map[string]int{"/": 404, "/v1/nowhere": 404, "/v1/me": 401} {
			r := b.do("GET", path, nil)
			require.Equal(t, status, r.status)
			require.Equal(t, "application/json; charset=utf-8", r.header.Get("Content-Type"))
			require.NotEmpty(t, r.code())
		}
		require.Equal(t, http.StatusMethodNotAllowed, b.do("PUT", "/healthz", nil).status)
	})
}

func TestErrors(t *testing.T) {
	t.Parallel()
	b := setup(t)
	gin.SetMode(gin.ReleaseMode)
	routes := map[string]func(*gin.Context){
		"/panic":   func(*gin.Context) { panic("the customer wrote a secret") },
		"/nil":     func(*gin.Context) { none := []int{}; none[len(none)] = 1 },
		"/unknown": func(c *gin.Context) { b.server.fail(c, errors.New("a cause of ours")) },
		"/late": func(c *gin.Context) {
			respond(c, http.StatusOK, "fine")
			b.server.fail(c, errors.New("too late"))
		},
	}
	r := gin.New()
	r.Use(identify, b.server.recoverPanic)
	for path, handler := range routes {
		r.GET(path, handler)
	}
	for code := range statuses {
		r.GET("/code/"+string(code), func(c *gin.Context) { b.server.fail(c, models.Errorf(code, "what to do")) })
	}
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}

	t.Run("of ours are internal errors, logged once with their cause", func(t *testing.T) {
		for path, logged := range map[string]string{"/panic": "handler panicked", "/nil": "index out of range", "/unknown": "a cause of ours"} {
			w := get(path)
			require.Equal(t, http.StatusInternalServerError, w.Code)
			require.JSONEq(t, `{"error":{"code":"internal","message":"internal error"}}`, w.Body.String())
			require.Contains(t, b.logs.String(), logged)
		}
		require.Equal(t, 1, strings.Count(b.logs.String(), "a cause of ours"))
		require.NotContains(t, b.logs.String(), "the customer wrote")
	})

	t.Run("of each code have their status", func(t *testing.T) {
		for code, status := range statuses {
			w := get("/code/" + string(code))
			require.Equal(t, status, w.Code, code)
			if code == models.CodeInternal {
				require.NotContains(t, w.Body.String(), "what to do")
			} else {
				require.Contains(t, w.Body.String(), "what to do")
			}
		}
	})

	t.Run("after the answer change it no more", func(t *testing.T) {
		w := get("/late")
		require.Equal(t, http.StatusOK, w.Code)
		require.Equal(t, `"fine"`, w.Body.String())
	})
}

func TestCustomersWordsStayOutOfTheLog(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.visitor()
	v.say("my very private words")
	v.do("POST", "/messages", `{"client_id":"my very private words","text":7}`)
	b.do("POST", "/v1/users", `{"name":"my very private words","role":"x"}`, token(b.admin.token))
	b.do("GET", "/v1/conversations?owner=my+very+private+words", nil, token(b.admin.token))
	require.Equal(t, http.StatusOK, b.hook(customer("p1", "my very private words", "my very private words")).status)
	require.NotContains(t, b.logs.String(), "private")
	require.NotContains(t, b.logs.String(), v.token)
}

func TestPages(t *testing.T) {
	t.Parallel()
	inbox := uuid.NewString()
	b := setup(t, func(o *Options, _ *pace) {
		o.Demo = func(language string) (web.DemoPage, bool) {
			return web.DemoPage{Shop: "Casa", Language: language, Inbox: inbox}, language != "xx"
		}
	})

	t.Run("the demo shop runs under a policy that allows its own scripts only", func(t *testing.T) {
		r := b.do("GET", "/demo?lang=es", nil)
		require.Equal(t, http.StatusOK, r.status)
		require.Contains(t, r.header.Get("Content-Type"), "text/html")
		require.Contains(t, string(r.body), inbox)
		policy := r.header.Get("Content-Security-Policy")
		require.Contains(t, policy, "script-src 'self' 'sha256-")
		require.NotContains(t, strings.Split(policy, "style-src")[0], "unsafe-inline")
		require.Equal(t, http.StatusNotFound, b.do("GET", "/demo?lang=xx", nil).status)
	})

	t.Run("the widget's script is cached and may be loaded by shops", func(t *testing.T) {
		r := b.do("GET", "/widget.js", nil)
		if _, err := web.Widget(); err != nil {
			require.Equal(t, http.StatusNotFound, r.status)
			return
		}
		require.Equal(t, http.StatusOK, r.status)
		require.Contains(t, r.header.Get("Content-Type"), "javascript")
		require.Equal(t, "cross-origin", r.header.Get("Cross-Origin-Resource-Policy"))
		require.Equal(t, http.StatusNotModified, b.do("GET", "/widget.js", nil, header("If-None-Match", r.header.Get("ETag"))).status)
	})
}

func TestServeStopsGracefully(t *testing.T) {
	t.Parallel()
	temporal := &fakeTemporal{}
	b := setup(t, withTemporal(temporal), slowPolls)
	v := b.visitor()
	s := v.follow(b.url, "")
	s.until(func(widgetState) bool { return true })

	// A request whose body comes slowly is under way when the stop comes.
	reader, writer := io.Pipe()
	answered := make(chan int, 1)
	go func() {
		request, err := http.NewRequest(http.MethodPost, b.url+b.widget("/messages"), reader)
		if err == nil {
			request.Header.Set("Authorization", "Bearer "+v.token)
			var response *http.Response
			if response, err = http.DefaultClient.Do(request); err == nil {
				response.Body.Close()
				answered <- response.StatusCode
				return
			}
		}
		answered <- 0
	}()
	_, err := writer.Write([]byte(`{"client_id":"` + uuid.NewString() + `",`))
	require.NoError(t, err)
	time.Sleep(100 * time.Millisecond)

	stopped := make(chan struct{})
	began := time.Now()
	go func() { b.stop(); close(stopped) }()
	s.ended()
	_, err = writer.Write([]byte(`"text":"the last words"}`))
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	require.Equal(t, http.StatusAccepted, <-answered)
	<-stopped
	require.Less(t, time.Since(began), 5*time.Second)
	require.Len(t, temporal.of(v.chat().ID), 1)
	require.Equal(t, int64(1), v.chat().SignalledSeq)
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, options := range map[string]Options{
		"no store":    {Temporal: &fakeTemporal{}, VisitorKeys: []VisitorKey{testVisitorKey}},
		"no Temporal": {Store: b.store, VisitorKeys: []VisitorKey{testVisitorKey}},
		"no key":      {Store: b.store, Temporal: &fakeTemporal{}},
		"a short key": {Store: b.store, Temporal: &fakeTemporal{}, VisitorKeys: []VisitorKey{{ID: "a", Secret: "short"}}},
	} {
		_, err := New(options)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), name)
	}
	keys, err := ParseVisitorKeys("b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,a:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=")
	require.NoError(t, err)
	require.Equal(t, "b", keys[0].ID)
	require.Len(t, keys, 2)
	for _, spec := range []models.Secret{"", "a", "a:", "a:c2hvcnQ=", ":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="} {
		_, err := ParseVisitorKeys(spec)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err))
		require.NotContains(t, err.Error(), "c2hvcnQ=")
	}
}

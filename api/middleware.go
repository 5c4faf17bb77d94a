package api

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"regexp"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"kedai/models"
)

// Body limits.
const (
	maxBody   = 1 << 20
	maxWidget = 64 << 10
	maxImport = 20 << 20
)

const requestIDKey = "request_id"

var saneRequestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// identify gives each request an ID, the caller's where it is a sane one.
func identify(c *gin.Context) {
	id := c.GetHeader("X-Request-ID")
	if !saneRequestID.MatchString(id) {
		id = uuid.NewString()
	}
	c.Set(requestIDKey, id)
	c.Header("X-Request-ID", id)
	c.Next()
}

// secure sets the headers that every answer carries. Pages set a policy of
// their own over it.
func secure(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	c.Next()
}

// observe logs each request by its route, never by its address or body.
func (s *Server) observe(c *gin.Context) {
	began := time.Now()
	c.Next()
	s.log.LogAttrs(c.Request.Context(), slog.LevelDebug, "request",
		slog.String("method", c.Request.Method), slog.String("route", c.FullPath()), slog.Int("status", c.Writer.Status()),
		slog.Duration("took", time.Since(began)), slog.String("request_id", c.GetString(requestIDKey)))
}

// bounded limits a request's body and the time that its work may take.
func (s *Server) bounded(limit func(*gin.Context) int64) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit(c))
		ctx, w := newWorkClock(c.Request.Context(), s.pace.work)
		defer w.stop()
		// A stream undoes the time-out by the context it keeps here.
		c.Set(connectionKey, c.Request.Context())
		c.Set(workClockKey, w)
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}

// workClock ends a request's context after so much work. Reading the body isn't
// work: how long that takes is the client's affair, within the connection's own
// deadlines.
type workClock struct {
	timer  *time.Timer
	cancel context.CancelFunc
	limit  time.Duration
}

func newWorkClock(ctx context.Context, limit time.Duration) (context.Context, *workClock) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, &workClock{time.AfterFunc(limit, cancel), cancel, limit}
}

func (w *workClock) pause() { w.timer.Stop() }

func (w *workClock) restart() { w.timer.Reset(w.limit) }

func (w *workClock) stop() {
	w.timer.Stop()
	w.cancel()
}

const (
	connectionKey = "connection"
	workClockKey  = "work_clock"
)

// connection returns the context that ends with the client's connection.
func connection(c *gin.Context) context.Context {
	if ctx, ok := c.MustGet(connectionKey).(context.Context); ok {
		return ctx
	}
	return c.Request.Context()
}

func always(n int64) func(*gin.Context) int64 { return func(*gin.Context) int64 { return n } }

// readBody returns the whole body. CodeTooLarge beyond the route's limit.
func readBody(c *gin.Context) ([]byte, error) {
	if w, ok := c.MustGet(workClockKey).(*workClock); ok {
		w.pause()
		defer w.restart()
	}
	body, err := io.ReadAll(c.Request.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, models.Errorf(models.CodeTooLarge, "the body exceeds %d bytes", tooLarge.Limit)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, models.Errorf(models.CodeInvalid, "the body took too long to come")
	case err != nil:
		return nil, models.Errorf(models.CodeInvalid, "the body couldn't be read to its end")
	}
	return body, nil
}

// readSlowly is readBody for a large body: it may take within, whatever the
// server's own deadlines are.
func (s *Server) readSlowly(c *gin.Context, within time.Duration) ([]byte, error) {
	control, now := http.NewResponseController(c.Writer), time.Now()
	err := errors.Join(
		unlessUnsupported(control.SetReadDeadline(now.Add(within))),
		unlessUnsupported(control.SetWriteDeadline(now.Add(within+2*s.pace.work))),
	)
	if err != nil {
		return nil, models.Errorf(models.CodeInternal, "set the deadlines of an upload: %w", err)
	}
	return readBody(c)
}

// unlessUnsupported passes over a connection without deadlines, a test's.
func unlessUnsupported(err error) error {
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

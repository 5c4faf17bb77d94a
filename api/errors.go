package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"kedai/models"
)

// statuses maps the domain's codes to HTTP, here and nowhere else.
var statuses = map[models.Code]int{
	models.CodeInvalid:      http.StatusBadRequest,
	models.CodeNotFound:     http.StatusNotFound,
	models.CodeConflict:     http.StatusConflict,
	models.CodeUnauthorized: http.StatusUnauthorized,
	models.CodeForbidden:    http.StatusForbidden,
	models.CodeTooLarge:     http.StatusRequestEntityTooLarge,
	models.CodeRateLimited:  http.StatusTooManyRequests,
	models.CodeUnavailable:  http.StatusServiceUnavailable,
	models.CodeRejected:     http.StatusBadGateway,
	models.CodeUnknownState: http.StatusBadGateway,
	models.CodeInternal:     http.StatusInternalServerError,
}

// fail answers with an error and ends the request. What is our fault is logged
// here, once, with its cause; the client learns no more than that it is.
func (s *Server) fail(c *gin.Context, err error) {
	c.Abort()
	var known *models.Error
	if !errors.As(err, &known) || statuses[known.Code] == 0 || known.Code == models.CodeInternal {
		s.logProblem(c, slog.LevelError, err)
		known = &models.Error{Code: models.CodeInternal, Message: "internal error"}
	} else if statuses[known.Code] >= http.StatusInternalServerError && c.Request.Context().Err() == nil {
		s.logProblem(c, slog.LevelWarn, err)
	}
	if c.Writer.Written() {
		return
	}
	switch known.Code {
	case models.CodeUnauthorized:
		c.Header("WWW-Authenticate", "Bearer")
	case models.CodeUnavailable:
		retryIn(c, time.Second)
	}
	respond(c, statuses[known.Code], problem{problemBody{string(known.Code), known.Message}})
}

func (s *Server) logProblem(c *gin.Context, level slog.Level, err error) {
	s.log.LogAttrs(c.Request.Context(), level, "request failed",
		slog.String("method", c.Request.Method), slog.String("route", c.FullPath()),
		slog.String("request_id", c.GetString(requestIDKey)), slog.String("error", err.Error()))
}

type problem struct {
	Error problemBody `json:"error"`
}

type problemBody struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// respond writes a JSON body with its length, so that a client has the whole
// answer as soon as it is flushed.
func respond(c *gin.Context, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		// The types that come here hold strings, numbers, times and IDs only.
		panic("api: " + err.Error())
	}
	c.Header("Content-Type", "application/json; charset=utf-8")
	c.Header("Content-Length", strconv.Itoa(len(body)))
	c.Status(status)
	_, _ = c.Writer.Write(body)
}

// noContent answers 204.
func noContent(c *gin.Context) {
	c.Status(http.StatusNoContent)
	c.Writer.WriteHeaderNow()
}

// retryIn tells the client when to come again, in whole seconds.
func retryIn(c *gin.Context, wait time.Duration) {
	c.Header("Retry-After", strconv.Itoa(max(1, int(math.Ceil(wait.Seconds())))))
}

// recoverPanic answers 500 for a defect and keeps the process alive.
func (s *Server) recoverPanic(c *gin.Context) {
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		err, _ := value.(error)
		if errors.Is(err, http.ErrAbortHandler) {
			panic(value)
		}
		// Only the runtime's own words are known to hold no customer's text.
		what := "panic"
		var fault runtime.Error
		if errors.As(err, &fault) {
			what = fault.Error()
		}
		s.log.ErrorContext(c.Request.Context(), "handler panicked", "route", c.FullPath(),
			"request_id", c.GetString(requestIDKey), "error", what, "stack", string(debug.Stack()))
		c.Abort()
		if !c.Writer.Written() {
			respond(c, http.StatusInternalServerError, problem{problemBody{string(models.CodeInternal), "internal error"}})
		}
	}()
	c.Next()
}

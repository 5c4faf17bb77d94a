package retrieval

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/weaviate/weaviate-go-client/v4/weaviate/fault"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"kedai/models"
)

// How Weaviate says that nothing was written for an account yet, and that
// Setup wasn't run.
const (
	absentTenant = "tenant not found"
	absentClass  = "could not find class"
)

// failure turns an error of the client into one of ours; nil stays nil. What
// the server says of the error is left out: it may repeat what was searched for.
func failure(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return models.Errorf(models.CodeUnavailable, "Weaviate was given up on to %s: %w", what, ctx.Err())
	}
	answer, cause := answered(err)
	var tooLarge *http.MaxBytesError
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	switch {
	case answer >= http.StatusInternalServerError || answer == http.StatusTooManyRequests:
		return models.Errorf(models.CodeUnavailable, "Weaviate failed to %s: status %d.", what, answer)
	case answer > 0:
		return models.Errorf(models.CodeInternal, "Weaviate refused to %s: status %d.", what, answer)
	case errors.As(cause, &tooLarge) || errors.As(cause, &syntax) || errors.As(cause, &mismatch):
		return models.Errorf(models.CodeInternal, "Weaviate's answer can't be read, when asked to %s.", what)
	}
	if s, ok := status.FromError(cause); ok {
		return statusFailure(what, s)
	}
	return models.Errorf(models.CodeUnavailable, "Weaviate can't be reached to %s: %w", what, cause)
}

// statusFailure judges an answer to a search. The server says Unknown of most
// that goes wrong, of a class that Setup hasn't created as well as of a shard
// that is still loading.
func statusFailure(what string, s *status.Status) error {
	if s.Code() == codes.DeadlineExceeded {
		// The library's own timer may be ahead of the context's.
		return models.Errorf(models.CodeUnavailable, "Weaviate was given up on to %s: %w", what, context.DeadlineExceeded)
	}
	refused := strings.Contains(s.Message(), absentClass)
	switch s.Code() {
	case codes.InvalidArgument, codes.Unimplemented, codes.Unauthenticated, codes.PermissionDenied:
		refused = true
	}
	if refused {
		return models.Errorf(models.CodeInternal, "Weaviate refused to %s: %s.", what, s.Code())
	}
	return models.Errorf(models.CodeUnavailable, "Weaviate failed to %s: %s.", what, s.Code())
}

// answered unpacks the client's errors, which don't unwrap: the status that
// the server answered with, or else what went wrong without an answer.
func answered(err error) (status int, cause error) {
	for {
		var known *fault.WeaviateClientError
		if !errors.As(err, &known) {
			return 0, err
		}
		if known.IsUnexpectedStatusCode || known.DerivedFromError == nil {
			return known.StatusCode, err
		}
		err = known.DerivedFromError
	}
}

func isAbsentTenant(err error) bool {
	return err != nil && strings.Contains(err.Error(), absentTenant)
}

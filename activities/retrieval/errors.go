package retrieval

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/weaviate/weaviate-go-client/v4/weaviate/fault"
	entities "github.com/weaviate/weaviate/entities/models"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"kedai/models"
)

// absentTenant is how Weaviate says that nothing was written for an account yet.
const absentTenant = "tenant not found"

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
		switch s.Code() {
		case codes.InvalidArgument, codes.Unimplemented, codes.Unauthenticated, codes.PermissionDenied, codes.FailedPrecondition:
			return models.Errorf(models.CodeInternal, "Weaviate refused to %s: %s.", what, s.Code())
		default:
			return models.Errorf(models.CodeUnavailable, "Weaviate failed to %s: %s.", what, s.Code())
		}
	}
	return models.Errorf(models.CodeUnavailable, "Weaviate can't be reached to %s: %w", what, cause)
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

// searchFailure judges the errors within an answer. One with a path came up
// while a query of ours was run, and may not come up again; one without says
// that the query itself, or the schema, is wrong.
func searchFailure(problems []*entities.GraphQLError) error {
	for _, p := range problems {
		switch {
		case p == nil || strings.Contains(p.Message, absentTenant):
		case len(p.Path) > 0:
			return models.Errorf(models.CodeUnavailable, "Weaviate failed to search the class %s.", p.Path[len(p.Path)-1])
		default:
			return models.Errorf(models.CodeInternal, "Weaviate refused to search: its schema lacks a class or the query is wrong.")
		}
	}
	return nil
}

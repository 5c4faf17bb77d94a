package worker

import (
	"log/slog"
	"regexp"

	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
)

// ClientOptions are those of every client of Temporal that workers and the API
// use: what a failure says in words stays out of histories.
func ClientOptions(address, namespace string, logger *slog.Logger) client.Options {
	return client.Options{
		HostPort:         address,
		Namespace:        namespace,
		Logger:           log.NewStructuredLogger(logger),
		FailureConverter: wordless{temporal.GetDefaultFailureConverter()},
	}
}

// wordless keeps of a failure its kind, its code and the ID to find it by in
// the log. Messages and stack traces can hold what a customer or a platform
// wrote.
type wordless struct{ converter.FailureConverter }

// ErrorToFailure drops the words.
func (w wordless) ErrorToFailure(err error) *failurepb.Failure {
	failure := w.FailureConverter.ErrorToFailure(err)
	for f := failure; f != nil; f = f.Cause {
		if !ownMessage.MatchString(f.Message) {
			f.Message = ""
		}
		f.StackTrace = ""
		f.EncodedAttributes = nil
		if app := f.GetApplicationFailureInfo(); app != nil {
			app.Details = nil
		}
	}
	return failure
}

// ownMessage matches what activities.edge writes.
var ownMessage = regexp.MustCompile(`^error [0-9a-f-]{36}$`)

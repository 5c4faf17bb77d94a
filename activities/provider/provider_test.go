package provider

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRetryAfterIsReadInAllForms(t *testing.T) {
	t.Parallel()
	const google = `{"error": {"details": [{"@type": "type.googleapis.com/google.rpc.Help"}, {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "4.5s"}]}}`
	for outcome, test := range map[string]struct {
		header, body string
		want         time.Duration
	}{
		"nothing is no time":          {"", "", 0},
		"seconds":                     {"3", "", 3 * time.Second},
		"parts of a second":           {"0.5", "", 500 * time.Millisecond},
		"less than nothing is 0":      {"-3", "", 0},
		"too long is cut":             {"99999999999", "", maxRetryAfter},
		"words are no time":           {"soon", "<soon>", 0},
		"a date too far off is cut":   {time.Now().Add(time.Hour).UTC().Format(http.TimeFormat), "", maxRetryAfter},
		"a date that has passed is 0": {time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat), "", 0},
		"Google's is in the body":     {"", google, 4500 * time.Millisecond},
		"the header goes first":       {"3", google, 3 * time.Second},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			response := &http.Response{Header: http.Header{"Retry-After": {test.header}}, Body: io.NopCloser(strings.NewReader(test.body))}
			require.Equal(t, test.want, retryAfter(response))
		})
	}
}

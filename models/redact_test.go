package models_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestRedaction(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	logger.Info("message", "text", models.Private("call me at +1 202 555 0100"), "key", models.Secret("hunter2"))
	require.NotContains(t, log.String(), "555")
	require.NotContains(t, log.String(), "hunter2")
	require.Contains(t, log.String(), "redacted")

	raw, err := json.Marshal(map[string]any{"key": models.Secret("hunter2")})
	require.NoError(t, err)
	for _, shown := range []string{string(raw), fmt.Sprint(models.Secret("hunter2")), fmt.Sprintf("%#v", models.Secret("hunter2"))} {
		require.NotContains(t, shown, "hunter2")
	}
	require.Equal(t, "hunter2", models.Secret("hunter2").Reveal())
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"How much?": true, "¿Cuánto cuesta? 🙏": true, "сколько стоит?)": true, "How much": false, "Yes. Why? Because.": false, "": false, "？": true,
	} {
		require.Equal(t, want, models.EndsWithQuestion(text), text)
	}
}

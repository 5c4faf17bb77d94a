package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestConverse(t *testing.T) {
	t.Parallel()
	answered := models.PlaygroundTurn{
		Action: models.ActionAnswer, Intent: models.IntentPolicy, Reply: "30 days.",
		Evidence: []models.PlaygroundEvidence{
			{Kind: models.EvidencePassage, Title: "Returns", Headings: []string{"Returns", "How long"}, Cited: true},
			{Kind: models.EvidenceProduct, Title: "Mug"},
		},
	}
	handed := models.PlaygroundTurn{Action: models.ActionHandoff, Reason: models.ReasonCustomerRequest, HandoffText: "A moment."}
	ask := func(_ context.Context, text string) (models.PlaygroundTurn, error) {
		switch text {
		case "Person!":
			return handed, nil
		case "Down?":
			return models.PlaygroundTurn{}, errors.New("no worker")
		}
		return answered, nil
	}

	t.Run("piped lines are answered without prompts, and empty ones left out", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		require.NoError(t, converse(t.Context(), terminal{in: strings.NewReader("How long?\n\n  \nPerson!"), out: &out}, ask))
		require.Equal(t, "30 days.\n[answer · policy · from passage Returns › How long]\nA moment.\n[handoff · would hand over: customer_request]\n", out.String())
	})
	t.Run("a terminal has prompts and dim notes", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		require.NoError(t, converse(t.Context(), terminal{in: strings.NewReader("How long?\n"), out: &out, prompts: true, dims: true}, ask))
		require.Equal(t, "> 30 days.\n\x1b[2m[answer · policy · from passage Returns › How long]\x1b[0m\n> \n", out.String())
	})
	t.Run("an error is told and the chat goes on", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		require.NoError(t, converse(t.Context(), terminal{in: strings.NewReader("Down?\nHow long?\n"), out: &out}, ask))
		require.Contains(t, out.String(), "error: no worker\n30 days.\n")
	})
	t.Run("it ends with its context while it waits for a line", func(t *testing.T) {
		t.Parallel()
		in, writer := io.Pipe()
		defer writer.Close()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- converse(ctx, terminal{in: in, out: io.Discard}, ask) }()
		cancel()
		require.NoError(t, <-done)
	})
	t.Run("an input that can't be read is an error", func(t *testing.T) {
		t.Parallel()
		require.Error(t, converse(t.Context(), terminal{in: strings.NewReader(strings.Repeat("x", longestLine+1)), out: io.Discard}, ask))
	})
}

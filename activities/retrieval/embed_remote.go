package retrieval

import (
	"context"
	"math"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"kedai/activities/provider"
	"kedai/models"
)

// Limits of what a model is asked and may answer.
const (
	embedBatch      = 64    // Texts of a request.
	embedBytes      = 6_000 // Of a text; models cut what is longer, or refuse it.
	embedDimensions = 16_384
	embedPatience   = 20 * time.Second // For one request; a search has less.
)

// remote is how a provider is asked for an embedder. While the operator has
// something to mend, what people upload waits.
var remote = &provider.Service{
	Noun:     "embedder",
	KeyHint:  "Set KEDAI_EMBEDDER_KEY.",
	Absent:   "The embedder has no such model or address: status 404. Set KEDAI_EMBEDDER_URL and KEDAI_EMBEDDER_MODEL.",
	Hint:     "Check KEDAI_EMBEDDER_URL and KEDAI_EMBEDDER_MODEL.",
	MaxBytes: maxResponseBytes,
	Barred:   models.CodeUnavailable,
	Refused:  models.CodeInvalid,
	Unusable: models.CodeInternal,
}

// ModelOptions say where an embedding model is.
type ModelOptions struct {
	URL   string // Where its API begins.
	Model string
	Key   models.Secret
}

// check returns CodeInvalid for what can't be used.
func (o ModelOptions) check() error {
	if err := remote.CheckURL(o.URL); err != nil {
		return err
	}
	if o.Model == "" {
		return models.Errorf(models.CodeInvalid, "The embedder needs the name of a model.")
	}
	return nil
}

// shape holds a model to one dimension from its first answer on.
type shape struct{ dimension atomic.Int64 }

// check brings an answer's vectors to length 1. CodeInternal where they aren't
// as many as the texts or not all of the model's dimension.
func (s *shape) check(vectors [][]float32, texts int) error {
	if len(vectors) != texts {
		return models.Errorf(models.CodeInternal, "The embedder answered with %d vectors for %d texts.", len(vectors), texts)
	}
	for _, v := range vectors {
		if len(v) == 0 || len(v) > embedDimensions {
			return models.Errorf(models.CodeInternal, "The embedder answered with a vector of %d dimensions.", len(v))
		}
		s.dimension.CompareAndSwap(0, int64(len(v)))
		if want := s.dimension.Load(); int64(len(v)) != want {
			return models.Errorf(models.CodeInternal, "The embedder answered with %d dimensions where it had %d before.", len(v), want)
		}
		if !normalise(v) {
			return models.Errorf(models.CodeInternal, "The embedder answered with a vector that has no length.")
		}
	}
	return nil
}

func normalise(v []float32) bool {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	length := math.Sqrt(sum)
	if length == 0 || math.IsNaN(length) || math.IsInf(length, 0) {
		return false
	}
	for i := range v {
		v[i] = float32(float64(v[i]) / length)
	}
	return true
}

// inBatches embeds texts by requests of bounded size.
func inBatches(ctx context.Context, texts []string, embed func(ctx context.Context, texts []string) ([][]float32, error)) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for start := 0; start < len(texts); start += embedBatch {
		batch := make([]string, 0, embedBatch)
		for _, text := range texts[start:min(start+embedBatch, len(texts))] {
			batch = append(batch, embeddable(text))
		}
		vectors, err := func() ([][]float32, error) {
			ctx, cancel := context.WithTimeout(ctx, embedPatience)
			defer cancel()
			return embed(ctx, batch)
		}()
		if err != nil {
			return nil, err
		}
		out = append(out, vectors...)
	}
	return out, nil
}

// embeddable is a text as every service takes it: valid, not too long, and not
// empty.
func embeddable(text string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, " "))
	if len(text) > embedBytes {
		end := embedBytes
		for !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	if text == "" {
		return "-"
	}
	return text
}

package retrieval

import (
	"context"
	"strings"

	"kedai/models"
)

// OpenAI embeds by any endpoint that speaks OpenAI's embeddings API.
type OpenAI struct {
	address string
	model   string
	key     models.Secret
	shape   shape
}

var _ Embedder = (*OpenAI)(nil)

// NewOpenAI returns an embedder; it doesn't connect yet. The URL is that which
// /embeddings is added to. The key may be empty, as local servers want none.
// CodeInvalid for options that can't be used.
func NewOpenAI(o ModelOptions) (*OpenAI, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	return &OpenAI{address: strings.TrimRight(o.URL, "/") + "/embeddings", model: o.Model, key: o.Key}, nil
}

// Name returns the model's name.
func (o *OpenAI) Name() string { return "openai/" + o.model }

// Semantic returns true.
func (o *OpenAI) Semantic() bool { return true }

// Embed asks the endpoint, in batches. CodeInvalid where it refuses for good,
// CodeRateLimited (a provider.Throttled) or CodeUnavailable where later is fine,
// CodeInternal for an answer that can't be right.
func (o *OpenAI) Embed(ctx context.Context, _ models.Language, _ Purpose, texts []string) ([][]float32, error) {
	return inBatches(ctx, texts, o.embed)
}

func (o *OpenAI) embed(ctx context.Context, texts []string) ([][]float32, error) {
	var answer struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	request := map[string]any{"model": o.model, "input": texts, "encoding_format": "float"}
	if _, err := remote.Post(ctx, o.address, o.key, request, &answer); err != nil {
		return nil, err
	}
	// Each says which text it is of; the order isn't promised.
	vectors := make([][]float32, len(texts))
	for _, d := range answer.Data {
		if d.Index < 0 || d.Index >= len(texts) || vectors[d.Index] != nil {
			return nil, models.Errorf(models.CodeInternal, "The embedder answered with a vector of no text that it was asked for.")
		}
		vectors[d.Index] = d.Embedding
	}
	if len(answer.Data) != len(texts) {
		vectors = vectors[:len(answer.Data)]
	}
	return vectors, o.shape.check(vectors, len(texts))
}

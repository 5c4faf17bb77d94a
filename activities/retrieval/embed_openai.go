package retrieval

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"kedai/models"
)

// OpenAI embeds by any endpoint that speaks OpenAI's embeddings API.
type OpenAI struct {
	address string
	model   string
	key     models.Secret
	client  *http.Client
	shape   shape
}

var _ Embedder = (*OpenAI)(nil)

// NewOpenAI returns an embedder; it doesn't connect yet. The URL is that which
// /embeddings is added to. The key may be empty, as local servers want none.
// CodeInvalid for options that can't be used.
func NewOpenAI(o ModelOptions) (*OpenAI, error) {
	client, err := o.check()
	if err != nil {
		return nil, err
	}
	return &OpenAI{address: strings.TrimRight(o.URL, "/") + "/embeddings", model: o.Model, key: o.Key, client: client}, nil
}

// Name returns the model's name.
func (o *OpenAI) Name() string { return "openai/" + o.model }

// Semantic returns true.
func (o *OpenAI) Semantic() bool { return true }

// Embed asks the endpoint, in batches. CodeInvalid where it refuses for good,
// CodeRateLimited (a Throttled) or CodeUnavailable where later is fine,
// CodeInternal for an answer that can't be right.
func (o *OpenAI) Embed(ctx context.Context, _ models.Language, _ Purpose, texts []string) ([][]float32, error) {
	return inBatches(ctx, texts, o.embed)
}

func (o *OpenAI) embed(ctx context.Context, texts []string) ([][]float32, error) {
	body, err := json.Marshal(map[string]any{"model": o.model, "input": texts, "encoding_format": "float"})
	if err != nil {
		return nil, models.Errorf(models.CodeInternal, "The request to the embedder can't be written.")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, o.address, bytes.NewReader(body))
	if err != nil {
		return nil, models.Errorf(models.CodeInvalid, "The URL of the embedder can't be used.")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", userAgent)
	if o.key != "" {
		request.Header.Set("Authorization", "Bearer "+o.key.Reveal())
	}
	response, err := o.client.Do(request)
	if err != nil {
		return nil, unanswered(ctx, err)
	}
	defer response.Body.Close()
	if err := refusal(response); err != nil {
		return nil, err
	}
	var answer struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(nil, response.Body, maxResponseBytes)).Decode(&answer); err != nil {
		return nil, unanswered(ctx, err)
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

package retrieval

import (
	"context"

	"github.com/google/generative-ai-go/genai"

	"kedai/models"
)

// Gemini embeds by Google's Gemini API.
type Gemini struct {
	client *genai.Client
	model  string
	shape  shape
}

var _ Embedder = (*Gemini)(nil)

// NewGemini returns an embedder; it doesn't connect yet. CodeInvalid for
// options that can't be used.
func NewGemini(ctx context.Context, o ModelOptions) (*Gemini, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if o.Key == "" {
		return nil, models.Errorf(models.CodeInvalid, "The embedder needs a key.")
	}
	client, err := genai.NewClient(ctx, remote.Gemini(o.URL, o.Key)...)
	if err != nil {
		return nil, models.Errorf(models.CodeInvalid, "The embedder can't be used with this URL and key.")
	}
	return &Gemini{client: client, model: o.Model}, nil
}

// Close frees the client.
func (g *Gemini) Close() error { return g.client.Close() }

// Name returns the model's name.
func (g *Gemini) Name() string { return "gemini/" + g.model }

// Semantic returns true.
func (g *Gemini) Semantic() bool { return true }

// Embed asks the API, in batches; its errors are those of OpenAI's.
func (g *Gemini) Embed(ctx context.Context, _ models.Language, p Purpose, texts []string) ([][]float32, error) {
	// A copy of its own: the task type is a field of the model.
	model := g.client.EmbeddingModel(g.model)
	model.TaskType = genai.TaskTypeRetrievalDocument
	if p == ForQuery {
		model.TaskType = genai.TaskTypeRetrievalQuery
	}
	return inBatches(ctx, texts, func(ctx context.Context, texts []string) ([][]float32, error) {
		vectors, err := g.embed(ctx, model, texts)
		if err != nil {
			return nil, remote.Unanswered(ctx, err)
		}
		return vectors, g.shape.check(vectors, len(texts))
	})
}

func (g *Gemini) embed(ctx context.Context, model *genai.EmbeddingModel, texts []string) ([][]float32, error) {
	if len(texts) == 1 {
		answer, err := model.EmbedContent(ctx, genai.Text(texts[0]))
		if err != nil {
			return nil, err
		}
		return vectorsOf(answer.Embedding), nil
	}
	batch := model.NewBatch()
	for _, text := range texts {
		batch.AddContent(genai.Text(text))
	}
	answer, err := model.BatchEmbedContents(ctx, batch)
	if err != nil {
		return nil, err
	}
	return vectorsOf(answer.Embeddings...), nil
}

// vectorsOf takes an embedding that lacks as one of no dimension.
func vectorsOf(embeddings ...*genai.ContentEmbedding) [][]float32 {
	vectors := make([][]float32, len(embeddings))
	for i, e := range embeddings {
		if e != nil {
			vectors[i] = e.Values
		}
	}
	return vectors
}

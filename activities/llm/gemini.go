package llm

import (
	"context"
	"errors"
	"strings"

	"github.com/google/generative-ai-go/genai"

	"kedai/activities/answer"
	"kedai/models"
)

// Gemini writes by Google's Gemini API.
type Gemini struct {
	client *genai.Client
	model  string
}

var (
	_ Model  = (*Gemini)(nil)
	_ writer = (*Gemini)(nil)
)

// NewGemini returns a model; it doesn't connect yet. CodeInvalid for options
// that can't be used.
func NewGemini(ctx context.Context, o Options) (*Gemini, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if o.Key == "" {
		return nil, models.Errorf(models.CodeInvalid, "The model gemini needs a key.")
	}
	client, err := genai.NewClient(ctx, remote.Gemini(o.URL, o.Key)...)
	if err != nil {
		return nil, models.Errorf(models.CodeInvalid, "The model can't be used with this URL and key.")
	}
	return &Gemini{client: client, model: o.Name}, nil
}

// Close frees the client.
func (g *Gemini) Close() error { return g.client.Close() }

// Draft asks the API for a draft.
func (g *Gemini) Draft(ctx context.Context, r Request) (Reply, error) { return draft(ctx, g, r) }

// Summarize asks the API for a summary.
func (g *Gemini) Summarize(ctx context.Context, r SummaryRequest) (Summary, error) {
	return summarize(ctx, g, r)
}

func (g *Gemini) name() string { return "gemini/" + strings.TrimPrefix(g.model, "models/") }

// temperature is low: facts are told, and wording varies enough by them.
const temperature = 0.2

func (g *Gemini) write(ctx context.Context, p answer.Prompt, form []property) (string, Usage, error) {
	model := g.client.GenerativeModel(g.model)
	model.SystemInstruction = genai.NewUserContent(genai.Text(p.System))
	model.SetCandidateCount(1)
	model.SetTemperature(temperature)
	model.SetMaxOutputTokens(maxTokens)
	model.ResponseMIMEType = "application/json"
	model.ResponseSchema = geminiSchema(form)
	out, err := model.GenerateContent(ctx, genai.Text(p.User))
	var blocked *genai.BlockedError
	if errors.As(err, &blocked) {
		return "", Usage{Model: g.name()}, models.Errorf(models.CodeRejected, "The model's safety filter blocked the answer.")
	}
	if err != nil {
		return "", Usage{}, remote.Unanswered(ctx, err)
	}
	usage := Usage{Model: g.name()}
	if u := out.UsageMetadata; u != nil {
		// What it thought is in the total only, and paid for as output.
		usage.InputTokens = int(u.PromptTokenCount)
		usage.OutputTokens = int(max(u.CandidatesTokenCount, u.TotalTokenCount-u.PromptTokenCount))
	}
	text, err := textOf(out)
	return text, usage, err
}

func textOf(out *genai.GenerateContentResponse) (string, error) {
	if len(out.Candidates) == 0 {
		return "", unusable("it has no candidate")
	}
	candidate := out.Candidates[0]
	switch candidate.FinishReason {
	case genai.FinishReasonStop, genai.FinishReasonUnspecified:
	case genai.FinishReasonMaxTokens:
		return "", unusable("it was cut off at its most tokens")
	default:
		return "", models.Errorf(models.CodeRejected, "The model refused to answer.")
	}
	var text strings.Builder
	if candidate.Content != nil {
		for _, part := range candidate.Content.Parts {
			if t, ok := part.(genai.Text); ok {
				text.WriteString(string(t))
			}
		}
	}
	return text.String(), nil
}

func geminiSchema(form []property) *genai.Schema {
	out := &genai.Schema{Type: genai.TypeObject, Properties: map[string]*genai.Schema{}}
	for _, p := range form {
		one := &genai.Schema{Type: genai.TypeString}
		if p.kind == "numbers" {
			one = &genai.Schema{Type: genai.TypeArray, Items: &genai.Schema{Type: genai.TypeInteger}}
		} else if p.choices != nil {
			one.Format, one.Enum = "enum", p.choices
		}
		out.Properties[p.name] = one
		out.Required = append(out.Required, p.name)
	}
	return out
}

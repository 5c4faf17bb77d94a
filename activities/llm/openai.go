package llm

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"

	"kedai/activities/answer"
	"kedai/models"
)

// OpenAI writes by any endpoint that speaks OpenAI's chat completions.
type OpenAI struct {
	address string
	model   string
	key     models.Secret
	plain   atomic.Bool // The endpoint has refused schemas.
}

var (
	_ Model  = (*OpenAI)(nil)
	_ writer = (*OpenAI)(nil)
)

// NewOpenAI returns a model; it doesn't connect yet. The URL is that which
// /chat/completions is added to. The key may be empty, as local servers want
// none. CodeInvalid for options that can't be used.
func NewOpenAI(o Options) (*OpenAI, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	return &OpenAI{address: strings.TrimRight(o.URL, "/") + "/chat/completions", model: o.Name, key: o.Key}, nil
}

// Draft asks the endpoint for a draft.
func (o *OpenAI) Draft(ctx context.Context, r Request) (Reply, error) { return draft(ctx, o, r) }

// Summarize asks the endpoint for a summary.
func (o *OpenAI) Summarize(ctx context.Context, r SummaryRequest) (Summary, error) {
	return summarize(ctx, o, r)
}

func (o *OpenAI) name() string { return "openai/" + o.model }

type chatMessage struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type chatRequest struct {
	Model     string         `json:"model"`
	Messages  []chatMessage  `json:"messages"`
	Format    map[string]any `json:"response_format"`
	MaxTokens int            `json:"max_completion_tokens,omitempty"`
}

type chatAnswer struct {
	Choices []struct {
		FinishReason string `json:"finish_reason"`
		Message      struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		} `json:"message"`
	} `json:"choices"`
	Usage struct {
		PromptTokens     int `json:"prompt_tokens"`
		CompletionTokens int `json:"completion_tokens"`
	} `json:"usage"`
}

// write asks with a schema first. Servers that know none are asked once more in
// the form that all know, and in that one only from then on.
func (o *OpenAI) write(ctx context.Context, p answer.Prompt, form []property) (string, Usage, error) {
	request := chatRequest{Model: o.model, Messages: []chatMessage{{"system", p.System}, {"user", p.User}}}
	if !o.plain.Load() {
		request.Format, request.MaxTokens = jsonSchema(form), maxTokens
		out, status, err := o.ask(ctx, request)
		if status != http.StatusBadRequest && status != http.StatusUnprocessableEntity {
			return o.read(out, err)
		}
	}
	request.Format, request.MaxTokens = map[string]any{"type": "json_object"}, 0
	out, _, err := o.ask(ctx, request)
	if err == nil {
		o.plain.Store(true)
	}
	return o.read(out, err)
}

func (o *OpenAI) read(out chatAnswer, err error) (string, Usage, error) {
	if err != nil {
		return "", Usage{}, err
	}
	usage := Usage{Model: o.name(), InputTokens: out.Usage.PromptTokens, OutputTokens: out.Usage.CompletionTokens}
	if len(out.Choices) == 0 {
		return "", usage, unusable("it has no choice")
	}
	choice := out.Choices[0]
	switch {
	case choice.Message.Refusal != "" || choice.FinishReason == "content_filter":
		return "", usage, models.Errorf(models.CodeRejected, "The model refused to answer.")
	case choice.FinishReason == "length":
		return "", usage, unusable("it was cut off at its most tokens")
	}
	return choice.Message.Content, usage, nil
}

// ask returns the answer and its status, 0 where none came.
func (o *OpenAI) ask(ctx context.Context, r chatRequest) (out chatAnswer, status int, err error) {
	status, err = remote.Post(ctx, o.address, o.key, r, &out)
	return out, status, err
}

// jsonSchema is a form as a strict JSON schema.
func jsonSchema(form []property) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, p := range form {
		one := map[string]any{"type": "string"}
		if p.kind == "numbers" {
			one = map[string]any{"type": "array", "items": map[string]any{"type": "integer"}}
		} else if p.choices != nil {
			one["enum"] = p.choices
		}
		properties[p.name] = one
		required = append(required, p.name)
	}
	return map[string]any{"type": "json_schema", "json_schema": map[string]any{
		"name": "answer", "strict": true,
		"schema": map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false},
	}}
}

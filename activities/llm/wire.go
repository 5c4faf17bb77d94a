package llm

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"kedai/activities/answer"
	"kedai/models"
)

// Limits of what a model may write.
const (
	maxDraftText   = 4_000 // Letters.
	maxSummaryText = 4_000
	maxNeed        = 200
	maxTokens      = 4_096 // Those of its thinking are among them.
)

// noReason is what the schema has where there is no handoff: an empty text
// can't be one of its choices everywhere.
const noReason = "none"

// Reasons lists why a model may hand over. The others are code's to give.
func Reasons() []models.HandoffReason {
	return []models.HandoffReason{
		models.ReasonMissingKnowledge, models.ReasonUnsupportedRequest, models.ReasonPolicyRestriction, models.ReasonCustomerRequest,
	}
}

// property is one of an answer's, in the few kinds that there are.
type property struct {
	name    string
	kind    string   // string, or numbers for a list of them.
	choices []string // Of a string; nil: any.
}

// The forms of answers. All of their properties are required.
var (
	draftForm = []property{
		{name: "action", kind: "string", choices: names(models.Actions())},
		{name: "reason", kind: "string", choices: append([]string{noReason}, names(Reasons())...)},
		{name: "intent", kind: "string", choices: names(answer.Intents())},
		{name: "text", kind: "string"},
		{name: "cites", kind: "numbers"},
		{name: "need", kind: "string"},
	}
	summaryForm = []property{{name: "text", kind: "string"}}
)

func names[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return out
}

// unusable is an answer that came and is of no use.
func unusable(why string) error {
	return models.Errorf(models.CodeRejected, "The model's answer can't be used: %s.", why)
}

// unwrap reads an answer's JSON. Models of one's own like to put it into a
// block of code.
func unwrap(text string, into any) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return unusable("it is empty")
	}
	if inner, found := strings.CutPrefix(text, "```"); found {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(inner, "json"), "```"))
	}
	if json.Unmarshal([]byte(text), into) != nil {
		return unusable("it isn't the JSON that was asked for")
	}
	return nil
}

// readDraft reads a draft out of an answer. A handoff without a reason that a
// model may give has none; what becomes of it is the caller's to decide.
func readDraft(text string, r Request, engine string) (models.Draft, error) {
	var said struct {
		Action models.Action        `json:"action"`
		Reason models.HandoffReason `json:"reason"`
		Intent models.Intent        `json:"intent"`
		Text   string               `json:"text"`
		Cites  []int                `json:"cites"`
		Need   string               `json:"need"`
	}
	if err := unwrap(text, &said); err != nil {
		return models.Draft{}, err
	}
	d := models.Draft{Action: said.Action, Intent: said.Intent, Text: clean(said.Text), Need: clean(said.Need), Engine: engine}
	if !slices.Contains(models.Actions(), d.Action) {
		return models.Draft{}, unusable("it has no known action")
	}
	if !slices.Contains(answer.Intents(), d.Intent) {
		d.Intent = models.IntentOther
	}
	if r.Last || utf8.RuneCountInString(d.Need) > maxNeed {
		d.Need = ""
	}
	if d.Action == models.ActionHandoff {
		d.Text = ""
		if slices.Contains(Reasons(), said.Reason) {
			d.Reason = said.Reason
		}
		return d, nil
	}
	if d.Text == "" && d.Need == "" {
		return models.Draft{}, unusable("its text is empty")
	}
	if utf8.RuneCountInString(d.Text) > maxDraftText {
		return models.Draft{}, unusable("its text is too long")
	}
	for _, e := range r.Evidence {
		if slices.Contains(said.Cites, e.N) {
			d.Cites = append(d.Cites, e.N)
		}
	}
	return d, nil
}

func readSummary(text string) (string, error) {
	var said struct {
		Text string `json:"text"`
	}
	if err := unwrap(text, &said); err != nil {
		return "", err
	}
	said.Text = clean(said.Text)
	switch {
	case said.Text == "":
		return "", unusable("its text is empty")
	case utf8.RuneCountInString(said.Text) > maxSummaryText:
		return "", unusable("its text is too long")
	}
	return said.Text, nil
}

// clean takes out what PostgreSQL can't keep and nobody can read.
func clean(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", ""))
}

// writer is one provider's way to have a prompt answered in a form. It returns
// the answer's text.
type writer interface {
	name() string
	write(ctx context.Context, p answer.Prompt, form []property) (string, Usage, error)
}

func draft(ctx context.Context, w writer, r Request) (Reply, error) {
	prompt, err := answer.DraftPrompt(r.Turn, r.Evidence, r.Summary, r.Refused, r.Last)
	if err != nil {
		return Reply{}, models.Errorf(models.CodeInternal, "%w", err)
	}
	text, usage, err := w.write(ctx, prompt, draftForm)
	if err != nil {
		return Reply{Usage: usage}, err
	}
	d, err := readDraft(text, r, w.name())
	return Reply{Draft: d, Usage: usage}, err
}

func summarize(ctx context.Context, w writer, r SummaryRequest) (Summary, error) {
	prompt, err := answer.SummaryPrompt(r.Turn, r.Purpose, r.Before, r.Reason)
	if err != nil {
		return Summary{}, models.Errorf(models.CodeInternal, "%w", err)
	}
	text, usage, err := w.write(ctx, prompt, summaryForm)
	if err != nil {
		return Summary{Usage: usage}, err
	}
	text, err = readSummary(text)
	return Summary{Text: text, Usage: usage}, err
}

package answer

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"text/template"
	"unicode"

	"kedai/models"
)

// The versions of the prompts. A template whose words change gets a new
// version, so that a stored reply tells what it was asked with.
const (
	PromptDraft   = "draft.v1"
	promptRunning = "running.v1"
	promptHandoff = "handoff.v1"
)

// Prompt is what a model is asked: its instructions, and the data.
type Prompt struct {
	Version string
	System  string
	User    string
}

// Refused is a draft that may not be said, and why.
type Refused struct {
	Text    string
	Reasons []string
}

// SummaryPurpose is what a summary is for.
type SummaryPurpose string

// The purposes.
const (
	SummaryRunning SummaryPurpose = "running" // The agent's own memory.
	SummaryHandoff SummaryPurpose = "handoff" // A note for who takes over.
)

// How much of each text a model is shown, in letters.
const (
	mostLine     = 1_000
	mostMessage  = 4_000
	mostSummary  = 2_000
	mostDraft    = 4_000
	mostEvidence = 40_000 // Of all pieces; what is beyond it isn't shown.
)

//go:embed prompt/*.tmpl
var promptFiles embed.FS

// prompts holds each prompt's templates apart: all of them define system and
// user.
var prompts = func() map[string]*template.Template {
	out := map[string]*template.Template{}
	for _, version := range []string{PromptDraft, promptRunning, promptHandoff} {
		out[version] = template.Must(template.New(version).ParseFS(promptFiles, "prompt/lines.tmpl", "prompt/"+version+".tmpl"))
	}
	return out
}()

var languageNames = map[models.Language]string{
	models.English: "English", models.Spanish: "Spanish", models.Portuguese: "Brazilian Portuguese", models.Russian: "Russian",
}

// promptData is what the templates are filled with. Every text in it is fit to
// stand between fences.
type promptData struct {
	Shop, Language, Now, Currency, Intents string

	Evidence []promptEvidence
	Summary  string
	History  []Line
	Messages []string
	Refused  []Refused
	Reason   models.HandoffReason
	Last     bool
}

type promptEvidence struct {
	N    int
	Kind models.EvidenceKind
	Text string
}

// DraftPrompt asks for the reply to a turn. What proves an order, customers'
// addresses and phone numbers, and all that isn't evidence of the turn stay
// out of it. summary is of what was said before the turn's history; last says
// that no further search can be asked for.
func DraftPrompt(t Turn, evidence []models.Evidence, summary string, refused []Refused, last bool) (Prompt, error) {
	data := dataOf(t, summary)
	data.Last = last
	left := mostEvidence
	for i := range evidence {
		text := showEvidence(&evidence[i], t)
		if left -= len(text); text == "" || left < 0 {
			continue
		}
		data.Evidence = append(data.Evidence, promptEvidence{N: evidence[i].N, Kind: evidence[i].Kind, Text: fenced(text, mostEvidence)})
	}
	for _, r := range refused {
		shown := Refused{Text: fenced(r.Text, mostDraft)}
		for _, reason := range r.Reasons {
			shown.Reasons = append(shown.Reasons, fenced(reason, mostLine))
		}
		data.Refused = append(data.Refused, shown)
	}
	return fillPrompt(PromptDraft, data)
}

// SummaryPrompt asks for a summary of a turn's history and messages, and of the
// summary before them.
func SummaryPrompt(t Turn, purpose SummaryPurpose, before string, reason models.HandoffReason) (Prompt, error) {
	data := dataOf(t, before)
	data.Reason = reason
	if purpose == SummaryHandoff {
		return fillPrompt(promptHandoff, data)
	}
	return fillPrompt(promptRunning, data)
}

func dataOf(t Turn, summary string) promptData {
	data := promptData{
		Shop: strings.Join(strings.Fields(fenced(strings.ReplaceAll(t.Shop, `"`, "'"), 200)), " "), Language: languageNames[t.Language],
		Now: t.Now.Format("Monday, 2 January 2006, 15:04"), Currency: t.Currency, Intents: strings.Join(intentNames(), "|"),
		Summary: fenced(withoutContacts(summary), mostSummary),
	}
	if data.Currency == "" {
		data.Currency = "that of the evidence"
	}
	for _, line := range t.History {
		text := line.Text
		if line.From != Agent {
			text = withoutContacts(text)
		}
		data.History = append(data.History, Line{From: line.From, Text: fenced(text, mostLine)})
	}
	for _, message := range t.Messages {
		data.Messages = append(data.Messages, fenced(withoutContacts(message), mostMessage))
	}
	return data
}

func fillPrompt(version string, data promptData) (Prompt, error) {
	var system, user strings.Builder
	if err := prompts[version].ExecuteTemplate(&system, "system", data); err != nil {
		return Prompt{}, fmt.Errorf("fill prompt %s: %w", version, err)
	}
	if err := prompts[version].ExecuteTemplate(&user, "user", data); err != nil {
		return Prompt{}, fmt.Errorf("fill prompt %s: %w", version, err)
	}
	return Prompt{Version: version, System: strings.TrimSpace(system.String()), User: strings.TrimSpace(user.String())}, nil
}

// KnownIntents lists what a model may say that a customer wants.
func KnownIntents() []models.Intent {
	return []models.Intent{
		models.IntentGreeting, models.IntentThanks, models.IntentGoodbye, models.IntentProductPrice, models.IntentProductStock,
		models.IntentProductDetail, models.IntentRecommend, models.IntentCompare, models.IntentOrderStatus, models.IntentPolicy,
		models.IntentPromotion, models.IntentHuman, models.IntentOffTopic, models.IntentOther,
	}
}

func intentNames() []string {
	var names []string
	for _, intent := range KnownIntents() {
		names = append(names, string(intent))
	}
	return names
}

// fenceMark is what only the templates may write. Three of them are enough to
// look like a fence, in any of their forms.
var fenceMark = regexp.MustCompile(`[<＜﹤《≪«]{3,}|[>＞﹥》≫»]{3,}|[≪《«]{2,}|[≫》»]{2,}`)

// fenced makes a text fit to stand between fences: it can't close them, and
// nothing in it is unseen. What is longer is cut.
func fenced(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = fenceMark.ReplaceAllStringFunc(text, func(mark string) string {
		if strings.ContainsAny(mark, "<＜﹤《≪«") {
			return "‹"
		}
		return "›"
	})
	return strings.TrimSpace(clip(text, most))
}

// leakWords is how many words of the instructions in a row are no coincidence.
const leakWords = 8

// instructions are the runs of words that the prompts consist of.
var instructions = func() map[string]bool {
	out := map[string]bool{}
	for version := range prompts {
		raw, err := promptFiles.ReadFile("prompt/" + version + ".tmpl")
		if err != nil {
			panic("answer: " + err.Error()) // It is embedded.
		}
		words := leakable(string(raw))
		for i := 0; i+leakWords <= len(words); i++ {
			out[strings.Join(words[i:i+leakWords], " ")] = true
		}
	}
	return out
}()

func leakable(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// LeaksPrompt reports whether a text repeats the instructions of a prompt, or
// the fences of its data.
func LeaksPrompt(text string) bool {
	if strings.Contains(text, "<<<") || strings.Contains(text, ">>>") {
		return true
	}
	words := leakable(text)
	for i := 0; i+leakWords <= len(words); i++ {
		if instructions[strings.Join(words[i:i+leakWords], " ")] {
			return true
		}
	}
	return false
}

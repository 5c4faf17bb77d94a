// Package llmtest is a server that plays a model of which a test scripts every
// answer, over Gemini's generateContent and OpenAI's chat completions.
package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/activities/llm"
	"kedai/models"
)

// The tokens that each answer of a server took.
const (
	InputTokens  = 120
	OutputTokens = 30
)

// Draft is a draft as a model writes it.
type Draft struct {
	Action string `json:"action"`
	Reason string `json:"reason"`
	Intent string `json:"intent"`
	Text   string `json:"text"`
	Cites  []int  `json:"cites"`
	Need   string `json:"need"`
}

// Play is how a server answers one request.
type Play struct {
	text   string
	blocks bool
	status int
	after  time.Duration
	hangs  bool
	cuts   bool
}

// Says answers with a draft.
func Says(d Draft) Play {
	if d.Action == "" {
		d.Action = string(models.ActionAnswer)
	}
	if d.Reason == "" {
		d.Reason = "none"
	}
	if d.Intent == "" {
		d.Intent = string(models.IntentOther)
	}
	if d.Cites == nil {
		d.Cites = []int{}
	}
	raw, err := json.Marshal(d)
	if err != nil {
		panic(err) // It holds texts and numbers only.
	}
	return Writes(string(raw))
}

// Writes answers with any text in the draft's place.
func Writes(text string) Play { return Play{text: text} }

// Blocks has the safety filter block the answer.
func Blocks() Play { return Play{blocks: true} }

// Fails answers with a status, and with words that must go nowhere.
func Fails(status int) Play { return Play{status: status} }

// Throttles refuses for now, and tells for how long unless that is 0.
func Throttles(after time.Duration) Play {
	return Play{status: http.StatusTooManyRequests, after: after}
}

// Hangs never answers.
func Hangs() Play { return Play{hangs: true} }

// Cuts breaks the connection in the middle of an answer.
func Cuts() Play { return Play{cuts: true, text: strings.Repeat("cut off ", 200)} }

// Asked is a request that a server had.
type Asked struct {
	System string
	User   string
	Format string // Of OpenAI's response_format; of Gemini the type of the answer.
}

// Server plays a model.
type Server struct {
	URL string

	mu    sync.Mutex
	plays []Play
	asked []Asked
	plain bool
	ended chan struct{}
}

// Secret is what the server's refusals say: no error may have it.
const Secret = "zebrafinch"

// New starts a server that answers the nth request by the nth play; the last
// one is repeated.
func New(t testing.TB, plays ...Play) *Server {
	t.Helper()
	s := &Server{plays: plays, ended: make(chan struct{})}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(s.ended) })
	s.URL = server.URL
	return s
}

// RefuseSchemas has the server know no json_schema.
func (s *Server) RefuseSchemas() { s.plain = true }

// Asked returns the requests so far.
func (s *Server) Asked() []Asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Asked(nil), s.asked...)
}

// Model returns a model of the provider that asks the server.
func (s *Server) Model(t testing.TB, p models.Provider) llm.Model {
	t.Helper()
	address := s.URL
	if p == models.ProviderOpenAI {
		address += "/v1"
	}
	model, err := llm.Open(t.Context(), p, llm.Options{URL: address, Name: "scripted", Key: "test key"})
	require.NoError(t, err)
	return model
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	gemini := strings.HasSuffix(r.URL.Path, "/models/scripted:generateContent")
	authorized := r.Header.Get("X-Goog-Api-Key") == "test key" || r.Header.Get("Authorization") == "Bearer test key"
	if r.Method != http.MethodPost || !authorized || (!gemini && r.URL.Path != "/v1/chat/completions") {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	asked := askedOf(gemini, body)
	if s.plain && asked.Format == "json_schema" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.play(w, r, s.next(asked), gemini)
}

func (s *Server) next(asked Asked) Play {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := min(len(s.asked), len(s.plays)-1)
	s.asked = append(s.asked, asked)
	return s.plays[n]
}

func (s *Server) play(w http.ResponseWriter, r *http.Request, p Play, gemini bool) {
	switch {
	case p.hangs:
		select {
		case <-r.Context().Done():
		case <-s.ended:
		}
		panic(http.ErrAbortHandler)
	case p.status != 0:
		refuse(w, p, gemini)
	case p.cuts:
		answer := answerOf(p, gemini)
		w.Header().Set("Content-Length", fmt.Sprint(len(answer)))
		_, _ = w.Write(answer[:len(answer)/2])
		panic(http.ErrAbortHandler)
	default:
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answerOf(p, gemini))
	}
}

func refuse(w http.ResponseWriter, p Play, gemini bool) {
	details := []any{}
	if p.after > 0 && gemini {
		details = append(details, map[string]any{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": p.after.String()})
	} else if p.after > 0 {
		w.Header().Set("Retry-After", fmt.Sprint(p.after.Seconds()))
	}
	w.WriteHeader(p.status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"code": p.status, "message": Secret, "details": details}})
}

func answerOf(p Play, gemini bool) []byte {
	var answer any
	switch {
	case gemini && p.blocks:
		answer = map[string]any{"promptFeedback": map[string]any{"blockReason": "SAFETY"}}
	case gemini:
		answer = map[string]any{
			"candidates":    []any{map[string]any{"finishReason": "STOP", "content": map[string]any{"role": "model", "parts": []any{map[string]any{"text": p.text}}}}},
			"usageMetadata": map[string]any{"promptTokenCount": InputTokens, "candidatesTokenCount": OutputTokens, "totalTokenCount": InputTokens + OutputTokens},
		}
	default:
		message := map[string]any{"role": "assistant", "content": p.text}
		if p.blocks {
			message = map[string]any{"role": "assistant", "content": nil, "refusal": Secret}
		}
		answer = map[string]any{
			"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": message}},
			"usage":   map[string]any{"prompt_tokens": InputTokens, "completion_tokens": OutputTokens},
		}
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		panic(err) // It holds texts and numbers only.
	}
	return raw
}

func askedOf(gemini bool, body []byte) Asked {
	if gemini {
		return geminiAsked(body)
	}
	var chat struct {
		Messages []struct {
			Role    string `json:"role"`
			Content string `json:"content"`
		} `json:"messages"`
		Format struct {
			Type string `json:"type"`
		} `json:"response_format"`
	}
	out := Asked{}
	if json.Unmarshal(body, &chat) == nil {
		out.Format = chat.Format.Type
		for _, m := range chat.Messages {
			if m.Role == "system" {
				out.System += m.Content
			} else {
				out.User += m.Content
			}
		}
	}
	return out
}

func geminiAsked(body []byte) Asked {
	type content struct {
		Parts []struct {
			Text string `json:"text"`
		} `json:"parts"`
	}
	var asked struct {
		System   content   `json:"systemInstruction"`
		Contents []content `json:"contents"`
		Config   struct {
			Type string `json:"responseMimeType"`
		} `json:"generationConfig"`
	}
	out := Asked{}
	if json.Unmarshal(body, &asked) == nil {
		out.Format = asked.Config.Type
		for _, p := range asked.System.Parts {
			out.System += p.Text
		}
		for _, c := range asked.Contents {
			for _, p := range c.Parts {
				out.User += p.Text
			}
		}
	}
	return out
}

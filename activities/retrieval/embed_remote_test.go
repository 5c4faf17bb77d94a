package retrieval

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"kedai/activities/provider"
	"kedai/models"
)

const embedKey = models.Secret("key-of-the-test")

// asked is what a service of the test's own making was asked.
type asked struct {
	path, authorization, apiKey, model, task, agent string
	texts                                           []string
}

// remote is a provider's API as it is published.
type service struct {
	open  func(t *testing.T, url string) Embedder
	read  func(t *testing.T, r *http.Request) asked
	write func(vectors [][]float32) any
	path  string // Of the request for several texts.
}

var providers = map[string]service{
	"openai": {
		open: func(t *testing.T, url string) Embedder {
			e, err := NewOpenAI(ModelOptions{URL: url + "/v1/", Model: "text-embedding-3-small", Key: embedKey})
			require.NoError(t, err)
			return e
		},
		read: func(t *testing.T, r *http.Request) asked {
			var body struct {
				Model  string   `json:"model"`
				Input  []string `json:"input"`
				Format string   `json:"encoding_format"`
			}
			require.NoError(t, json.NewDecoder(r.Body).Decode(&body))
			require.Equal(t, "float", body.Format)
			return asked{model: body.Model, texts: body.Input}
		},
		write: func(vectors [][]float32) any {
			data := []any{}
			for i := range vectors { // From the last: the order isn't promised.
				n := len(vectors) - 1 - i
				data = append(data, map[string]any{"object": "embedding", "index": n, "embedding": vectors[n]})
			}
			return map[string]any{"object": "list", "data": data, "model": "text-embedding-3-small", "usage": map[string]int{"prompt_tokens": 1, "total_tokens": 1}}
		},
		path: "/v1/embeddings",
	},
	"gemini": {
		open: func(t *testing.T, url string) Embedder {
			e, err := NewGemini(t.Context(), ModelOptions{URL: url, Model: "gemini-embedding-001", Key: embedKey})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, e.Close()) })
			return e
		},
		read: func(t *testing.T, r *http.Request) asked {
			type one struct {
				Model    string
				TaskType any
				Content  struct{ Parts []struct{ Text string } }
			}
			var body struct {
				one
				Requests []one
			}
			require.NoError(t, json.NewDecoder(r.Body).Decode(&body))
			list := body.Requests
			if len(list) == 0 {
				list = []one{body.one}
			}
			out := asked{model: list[0].Model, task: fmt.Sprint(list[0].TaskType)}
			for _, q := range list {
				out.texts = append(out.texts, q.Content.Parts[0].Text)
			}
			return out
		},
		write: func(vectors [][]float32) any {
			list := []any{}
			for _, v := range vectors {
				list = append(list, map[string]any{"values": v})
			}
			if len(list) == 1 {
				return map[string]any{"embedding": list[0]}
			}
			return map[string]any{"embeddings": list}
		},
		path: "/v1beta/models/gemini-embedding-001:batchEmbedContents",
	},
}

// eachService runs a test against each provider's API, which answers what
// handle returns for the texts; it is nil where respond writes the answer.
func eachService(t *testing.T, respond func(w http.ResponseWriter, r *http.Request, s service, q asked), test func(t *testing.T, e Embedder, s service)) {
	t.Helper()
	for name, s := range providers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				q := s.read(t, r)
				q.path, q.authorization, q.apiKey, q.agent = r.URL.Path, r.Header.Get("Authorization"), r.Header.Get("X-Goog-Api-Key"), r.UserAgent()
				respond(w, r, s, q)
			}))
			t.Cleanup(server.Close)
			test(t, s.open(t, server.URL), s)
		})
	}
}

// reply writes vectors as the service does.
func reply(w http.ResponseWriter, s service, vectors [][]float32) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(s.write(vectors)); err != nil {
		panic(err)
	}
}

// numbered are vectors that tell which text they are of.
func numbered(texts []string) [][]float32 {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = []float32{float32(len(text)), 3, 4}
	}
	return vectors
}

func TestModelsEmbedInBatches(t *testing.T) {
	t.Parallel()
	eachService(t, func(w http.ResponseWriter, _ *http.Request, s service, q asked) {
		require.LessOrEqual(t, len(q.texts), embedBatch)
		require.Equal(t, userAgent, q.agent)
		require.Contains(t, q.model, "embedding")
		if s.path == "/v1/embeddings" {
			require.Equal(t, "Bearer "+embedKey.Reveal(), q.authorization)
		} else {
			require.Equal(t, embedKey.Reveal(), q.apiKey)
		}
		for _, text := range q.texts {
			require.True(t, utf8.ValidString(text) && text != "" && len(text) <= embedBytes)
		}
		if len(q.texts) > 1 {
			require.Equal(t, s.path, q.path)
		}
		reply(w, s, numbered(q.texts))
	}, func(t *testing.T, e Embedder, _ service) {
		texts := make([]string, 150)
		for i := range texts {
			texts[i] = strings.Repeat("x", i+1)
		}
		texts[7], texts[8], texts[9] = "", strings.Repeat("я", 10_000), "\xff"
		vectors, err := e.Embed(t.Context(), models.English, ForText, texts)
		require.NoError(t, err)
		require.Len(t, vectors, len(texts))
		for i, v := range vectors {
			require.InDelta(t, 1, cosine(v, v), 1e-6, "of length 1")
			if i < 7 || i > 9 {
				require.InDelta(t, float64(i+1)/3, float64(v[0]/v[1]), 1e-3, "text %d has its own vector", i)
			}
		}
		require.True(t, e.Semantic())
		require.NotContains(t, e.Name(), embedKey.Reveal())
	})
}

func TestGeminiTellsQuestionsFromTexts(t *testing.T) {
	t.Parallel()
	var tasks []string
	eachService(t, func(w http.ResponseWriter, _ *http.Request, s service, q asked) {
		if s.path != "/v1/embeddings" {
			tasks = append(tasks, q.task)
		}
		reply(w, s, numbered(q.texts))
	}, func(t *testing.T, e Embedder, s service) {
		for _, p := range []Purpose{ForText, ForQuery} {
			_, err := e.Embed(t.Context(), models.English, p, []string{"one"})
			require.NoError(t, err)
		}
		if s.path != "/v1/embeddings" {
			require.Len(t, tasks, 2)
			require.NotEqual(t, tasks[0], tasks[1])
		}
	})
}

func TestModelsThatMisbehave(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string, headers ...string) func(http.ResponseWriter, *http.Request, service, asked) {
		return func(w http.ResponseWriter, _ *http.Request, _ service, _ asked) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	vectors := func(v ...[]float32) func(http.ResponseWriter, *http.Request, service, asked) {
		return func(w http.ResponseWriter, _ *http.Request, s service, _ asked) { reply(w, s, v) }
	}
	ones, nothing := []float32{1, 1}, []float32{0, 0}
	for outcome, test := range map[string]struct {
		respond func(http.ResponseWriter, *http.Request, service, asked)
		code    models.Code
	}{
		"a refused key may be mended":          {answer(401, secret), models.CodeUnavailable},
		"a forbidden model may be mended":      {answer(403, secret), models.CodeUnavailable},
		"a used-up quota may be mended":        {answer(402, secret), models.CodeUnavailable},
		"a refused request is for the admin":   {answer(400, secret), models.CodeInvalid},
		"an unknown model may be mended":       {answer(404, secret), models.CodeUnavailable},
		"too many requests may come later":     {answer(429, secret, "Retry-After", "7"), models.CodeRateLimited},
		"a server error may come later":        {answer(500, secret), models.CodeUnavailable},
		"an overload may come later":           {answer(503, secret), models.CodeUnavailable},
		"an answer that isn't JSON is a fault": {answer(200, "<"+secret+">", "Content-Type", "application/json"), models.CodeInternal},
		"an empty object is a fault":           {answer(200, "{}", "Content-Type", "application/json"), models.CodeInternal},
		"too few vectors are a fault":          {vectors(ones), models.CodeInternal},
		"too many vectors are a fault":         {vectors(ones, ones, ones), models.CodeInternal},
		"two dimensions at once are a fault":   {vectors(ones, []float32{1}), models.CodeInternal},
		"a vector of no dimension is a fault":  {vectors(ones, nil), models.CodeInternal},
		"a vector of no length is a fault":     {vectors(ones, nothing), models.CodeInternal},
		"a cut answer may come later": {func(w http.ResponseWriter, _ *http.Request, _ service, _ asked) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"data":[{"index":0,"embedding":[1`)
		}, models.CodeUnavailable},
		"a cut connection may come later": {func(http.ResponseWriter, *http.Request, service, asked) { panic(http.ErrAbortHandler) }, models.CodeUnavailable},
		"a hang is given up on": {func(_ http.ResponseWriter, r *http.Request, _ service, _ asked) {
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
		}, models.CodeUnavailable},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			calls := map[string]*atomic.Int64{}
			for _, s := range providers {
				calls[s.path] = &atomic.Int64{}
			}
			eachService(t, func(w http.ResponseWriter, r *http.Request, s service, q asked) {
				calls[s.path].Add(1)
				test.respond(w, r, s, q)
			}, func(t *testing.T, e Embedder, s service) {
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
				defer cancel()
				_, err := e.Embed(ctx, models.English, ForText, []string{secret, "two"})
				require.Equal(t, test.code, models.CodeOf(err), "%v", err)
				require.NotContains(t, err.Error(), secret)
				require.NotContains(t, err.Error(), embedKey.Reveal())
				require.Equal(t, int64(1), calls[s.path].Load(), "nothing is tried again in here")
				if test.code == models.CodeRateLimited {
					var throttled *provider.Throttled
					require.ErrorAs(t, err, &throttled)
					require.Equal(t, 7*time.Second, throttled.RetryAfter())
				}
			})
		})
	}
}

func TestModelsKeepTheirDimension(t *testing.T) {
	t.Parallel()
	eachService(t, func(w http.ResponseWriter, _ *http.Request, s service, q asked) {
		reply(w, s, [][]float32{make1(len(q.texts[0]))})
	}, func(t *testing.T, e Embedder, _ service) {
		_, err := e.Embed(t.Context(), models.English, ForText, []string{"four"})
		require.NoError(t, err)
		_, err = e.Embed(t.Context(), models.English, ForText, []string{"seventy"})
		require.Equal(t, models.CodeInternal, models.CodeOf(err))
	})
}

func make1(n int) []float32 {
	v := make([]float32, n)
	v[0] = 1
	return v
}

func TestModelOptionsAreChecked(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]ModelOptions{
		"no URL":      {Model: "m", Key: "k"},
		"another URL": {URL: "ftp://host", Model: "m", Key: "k"},
		"no model":    {URL: "https://host", Key: "k"},
	} {
		_, err := NewOpenAI(o)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), name)
		_, err = NewGemini(t.Context(), o)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), name)
	}
	_, err := NewGemini(t.Context(), ModelOptions{URL: "https://host", Model: "m"})
	require.Equal(t, models.CodeInvalid, models.CodeOf(err), "no key")
}

func TestModelsFollowNoRedirect(t *testing.T) {
	t.Parallel()
	var followed atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Add(1) }))
	t.Cleanup(elsewhere.Close)
	for _, status := range []int{http.StatusFound, http.StatusTemporaryRedirect} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			eachService(t, func(w http.ResponseWriter, r *http.Request, _ service, _ asked) {
				http.Redirect(w, r, elsewhere.URL, status)
			}, func(t *testing.T, e Embedder, _ service) {
				_, err := e.Embed(t.Context(), models.English, ForText, []string{secret})
				require.Zero(t, followed.Load(), "neither key nor text goes elsewhere")
				require.Equal(t, models.CodeInvalid, models.CodeOf(err), "%v", err)
			})
		})
	}
}

func TestNearnessTakesItsShareOfTheScore(t *testing.T) {
	t.Parallel()
	question := []float32{1, 0}
	near, far := []float32{0.9, float32(math.Sqrt(0.19))}, []float32{0.5, float32(math.Sqrt(0.75))}
	texts := []indexed{{Hit: Hit{Score: 0.5}, vector: far}, {Hit: Hit{Score: 0.5}, vector: near}, {Hit: Hit{Score: 0}, vector: near}, {Hit: Hit{Score: 0}, vector: far}}
	mixIn(texts, question)
	require.Greater(t, texts[1].Score, texts[0].Score, "of two that say the same the nearer wins")
	require.Positive(t, texts[2].Score, "what shares no word is found by its sense")
	require.Zero(t, texts[3].Score, "what doesn't stand out isn't")
	for _, x := range texts {
		require.LessOrEqual(t, x.Score, 1.0)
	}
}

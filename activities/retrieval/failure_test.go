package retrieval

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestOpenRefusesURLs(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "127.0.0.1:8080", "ftp://127.0.0.1", "http://", "http://a b"} {
		_, err := Open(Options{URL: url})
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), url)
	}
}

// TestFailures answers requests in all the ways a server can fail.
func TestFailures(t *testing.T) {
	t.Parallel()
	const secret = "umbrella"
	answer := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	for outcome, test := range map[string]struct {
		handler http.HandlerFunc
		search  models.Code
		others  models.Code
	}{
		"a server error is unavailable":      {answer(500, secret), models.CodeUnavailable, models.CodeUnavailable},
		"too many requests are unavailable":  {answer(429, secret), models.CodeUnavailable, models.CodeUnavailable},
		"a refusal is a defect":              {answer(422, `{"error":[{"message":"umbrella"}]}`), models.CodeInternal, models.CodeInternal},
		"an answer that isn't JSON, as well": {answer(200, "<umbrella>"), models.CodeInternal, models.CodeInternal},
		"a schema that lacks a class, too": {
			answer(200, `{"errors":[{"message":"Cannot query field umbrella","path":null}]}`), models.CodeInternal, models.CodeInternal,
		},
		"an error of the search itself is unavailable": {
			answer(200, `{"data":{"Get":{"Product":null}},"errors":[{"message":"umbrella","path":["Get","Product"]}]}`), models.CodeUnavailable, models.CodeInternal,
		},
		"a cut connection is unavailable": {
			func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, models.CodeUnavailable, models.CodeUnavailable,
		},
		"a hit without an ID is a defect": {
			answer(200, `{"data":{"Get":{"Product":[{"_additional":{"id":"umbrella","score":"1"}}]}}}`), models.CodeInternal, models.CodeInternal,
		},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(test.handler)
			defer server.Close()
			index, err := Open(Options{URL: server.URL})
			require.NoError(t, err)

			_, err = index.Search(t.Context(), uuid.New(), models.English, secret, 5)
			require.Equal(t, test.search, models.CodeOf(err))
			require.NotContains(t, err.Error(), secret)

			err = index.PutProducts(t.Context(), uuid.New(), models.English, []models.Product{{ID: uuid.New(), Title: secret}})
			require.Equal(t, test.others, models.CodeOf(err))
			require.NotContains(t, err.Error(), secret)
		})
	}

	t.Run("no server is unavailable", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(answer(200, ""))
		server.Close()
		index, err := Open(Options{URL: server.URL})
		require.NoError(t, err)
		for _, err := range []error{
			index.Setup(t.Context()),
			index.PutPassages(t.Context(), uuid.New(), models.English, "t", []models.Passage{{ID: uuid.New()}}),
			index.Delete(t.Context(), uuid.New(), models.EvidencePassage, []uuid.UUID{uuid.New()}),
			index.DropAccount(t.Context(), uuid.New()),
		} {
			require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
		}
	})

	t.Run("a server that hangs is given up on at the context's deadline", func(t *testing.T) {
		t.Parallel()
		release := make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
		defer server.Close()
		defer close(release)
		index, err := Open(Options{URL: server.URL})
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err = index.Search(ctx, uuid.New(), models.English, secret, 5)
		require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NotContains(t, err.Error(), secret)
	})

	t.Run("one failed object fails its batch", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(answer(200, `[{"result":{"status":"SUCCESS"}},{"result":{"status":"FAILED","errors":{"error":[{"message":"umbrella"}]}}}]`))
		defer server.Close()
		index, err := Open(Options{URL: server.URL})
		require.NoError(t, err)
		err = index.PutProducts(t.Context(), uuid.New(), models.English, []models.Product{{ID: uuid.New()}, {ID: uuid.New()}})
		require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
		require.ErrorContains(t, err, "1 of 2 objects")
	})

	t.Run("what can't be asked for isn't", func(t *testing.T) {
		t.Parallel()
		index, err := Open(Options{URL: "http://127.0.0.1:1"})
		require.NoError(t, err)
		_, err = index.Search(t.Context(), uuid.New(), "fr", "x", 5)
		require.Equal(t, models.CodeInvalid, models.CodeOf(err))
		require.Equal(t, models.CodeInvalid, models.CodeOf(index.PutProducts(t.Context(), uuid.New(), "fr", nil)))
		require.Equal(t, models.CodeInvalid, models.CodeOf(index.Delete(t.Context(), uuid.New(), "order", nil)))
		for _, text := range []string{"", "what is it?", "?!"} {
			hits, err := index.Search(t.Context(), uuid.New(), models.English, text, 5)
			require.NoError(t, err)
			require.Empty(t, hits)
		}
		require.NoError(t, index.PutProducts(t.Context(), uuid.New(), models.English, nil))
		require.NoError(t, index.Delete(t.Context(), uuid.New(), models.EvidenceProduct, nil))
	})
}

func TestPutCutsBatches(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		products int
		body     int
		batches  []int
	}{
		"by number": {450, 10, []int{200, 200, 50}},
		"by size":   {5, 1 << 20, []int{3, 2}},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			var batches []int
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var batch struct{ Objects []struct{ Tenant string } }
				if err := json.NewDecoder(r.Body).Decode(&batch); err != nil {
					panic(err)
				}
				batches = append(batches, len(batch.Objects))
				answer := make([]struct{}, len(batch.Objects))
				if err := json.NewEncoder(w).Encode(answer); err != nil {
					panic(err)
				}
			}))
			defer server.Close()
			index, err := Open(Options{URL: server.URL})
			require.NoError(t, err)
			body := make([]byte, test.body)
			for i := range body {
				body[i] = "word "[i%5]
			}
			products := make([]models.Product, test.products)
			for i := range products {
				products[i] = models.Product{ID: uuid.New(), Title: "A", Body: string(body)}
			}
			require.NoError(t, index.PutProducts(t.Context(), uuid.New(), models.English, products))
			require.Equal(t, test.batches, batches)
		})
	}
}

func TestSearchQueryEscapes(t *testing.T) {
	t.Parallel()
	account := uuid.MustParse("00000000-0000-0000-0000-000000000001")
	require.Equal(t, `{Get {Product(tenant: "00000000-0000-0000-0000-000000000001", limit: 3, bm25: {query: "a\"} {\n\\ \u0000b", properties: ["titleStems^2", "textStems"]}) {_additional {id score}} `+
		`Passage(tenant: "00000000-0000-0000-0000-000000000001", limit: 3, bm25: {query: "a\"} {\n\\ \u0000b", properties: ["titleStems^2", "textStems"]}) {_additional {id score}} }}`,
		searchQuery(account, []string{"a\"}", "{\n\\", "\x00b\xff"}, 3))
}

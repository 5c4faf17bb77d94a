package retrieval

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	protocol "github.com/weaviate/weaviate/grpc/generated/protocol/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"kedai/models"
)

func TestOpenRefusesAddresses(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "127.0.0.1:8080", "ftp://127.0.0.1", "http://", "http://a b"} {
		_, err := Open(Options{URL: url, GRPCAddress: "127.0.0.1:50051"})
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), url)
	}
	for _, address := range []string{"", "127.0.0.1"} {
		_, err := Open(Options{URL: "http://127.0.0.1", GRPCAddress: address})
		require.Equal(t, models.CodeInvalid, models.CodeOf(err), address)
	}
}

// secret stands for what a customer wrote. No error may repeat it.
const secret = "umbrella"

// open returns an index on a server of the test's own making; what is nil doesn't answer.
func open(t *testing.T, rest http.Handler, search searchFunc) *Weaviate {
	t.Helper()
	o := Options{URL: "http://127.0.0.1:1", GRPCAddress: "127.0.0.1:1"}
	if rest != nil {
		server := httptest.NewServer(rest)
		t.Cleanup(server.Close)
		o.URL = server.URL
	}
	if search != nil {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		server := grpc.NewServer()
		protocol.RegisterWeaviateServer(server, searchServer{search: search})
		go func() { _ = server.Serve(listener) }()
		t.Cleanup(server.Stop)
		o.GRPCAddress = listener.Addr().String()
	}
	index, err := Open(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, index.Close()) })
	return index
}

type searchFunc func(context.Context, *protocol.SearchRequest) (*protocol.SearchReply, error)

type searchServer struct {
	protocol.UnimplementedWeaviateServer
	search searchFunc
}

func (s searchServer) Search(ctx context.Context, r *protocol.SearchRequest) (*protocol.SearchReply, error) {
	return s.search(ctx, r)
}

func TestSearchFailures(t *testing.T) {
	t.Parallel()
	fail := func(code codes.Code, message string) searchFunc {
		return func(context.Context, *protocol.SearchRequest) (*protocol.SearchReply, error) {
			return nil, status.Error(code, message)
		}
	}
	for outcome, test := range map[string]struct {
		server searchFunc
		code   models.Code
	}{
		"no server is unavailable":                {nil, models.CodeUnavailable},
		"an overload is unavailable":              {fail(codes.ResourceExhausted, secret), models.CodeUnavailable},
		"an unnamed error is unavailable":         {fail(codes.Unknown, secret), models.CodeUnavailable},
		"a refusal is a defect":                   {fail(codes.InvalidArgument, secret), models.CodeInternal},
		"a class that lacks is a defect":          {fail(codes.Unknown, "could not find class umbrella in schema"), models.CodeInternal},
		"another service at the address as well":  {fail(codes.Unimplemented, secret), models.CodeInternal},
		"an account nobody wrote for is no error": {fail(codes.Unknown, `explorer: get class: tenant not found: "umbrella"`), ""},
		"one failed kind fails the search": {func(_ context.Context, r *protocol.SearchRequest) (*protocol.SearchReply, error) {
			if r.GetCollection() == classPassage {
				return nil, status.Error(codes.Internal, secret)
			}
			return &protocol.SearchReply{}, nil
		}, models.CodeUnavailable},
		"a hit without an ID is a defect": {func(context.Context, *protocol.SearchRequest) (*protocol.SearchReply, error) {
			return &protocol.SearchReply{Results: []*protocol.SearchResult{{Metadata: &protocol.MetadataResult{Id: secret}}}}, nil
		}, models.CodeInternal},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			hits, err := open(t, nil, test.server).Search(t.Context(), uuid.New(), Query{Language: models.English, Text: secret, Limit: 5})
			require.Equal(t, test.code, models.CodeOf(err))
			require.Empty(t, hits)
			if err != nil {
				require.NotContains(t, err.Error(), secret)
			}
		})
	}

	t.Run("a server that hangs is given up on at the context's deadline", func(t *testing.T) {
		t.Parallel()
		index := open(t, nil, func(ctx context.Context, _ *protocol.SearchRequest) (*protocol.SearchReply, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := index.Search(ctx, uuid.New(), Query{Language: models.English, Text: secret, Limit: 5})
		require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NotContains(t, err.Error(), secret)
	})

	t.Run("equals come in one order", func(t *testing.T) {
		t.Parallel()
		ids := []uuid.UUID{uuid.MustParse("00000000-0000-0000-0000-000000000001"), uuid.MustParse("00000000-0000-0000-0000-000000000002")}
		index := open(t, nil, func(_ context.Context, r *protocol.SearchRequest) (*protocol.SearchReply, error) {
			if r.GetCollection() == classPassage {
				return &protocol.SearchReply{}, nil
			}
			result := func(id uuid.UUID) *protocol.SearchResult {
				title := &protocol.Value{Kind: &protocol.Value_TextValue{TextValue: "beaker"}}
				return &protocol.SearchResult{
					Metadata:   &protocol.MetadataResult{Id: id.String()},
					Properties: &protocol.PropertiesResult{NonRefProps: &protocol.Properties{Fields: map[string]*protocol.Value{propertyTitleTokens: title}}},
				}
			}
			return &protocol.SearchReply{Results: []*protocol.SearchResult{result(ids[1]), result(ids[0])}}, nil
		})
		hits, err := index.Search(t.Context(), uuid.New(), Query{Language: models.English, Text: "beakers", Limit: 5})
		require.NoError(t, err)
		require.NotEmpty(t, hits)
		require.Equal(t, []Hit{{models.EvidenceProduct, ids[0], hits[0].Score}, {models.EvidenceProduct, ids[1], hits[0].Score}}, hits)
	})
}

func TestWriteFailures(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	writes := func(t *testing.T, index *Weaviate) []error {
		t.Helper()
		return []error{
			index.PutProducts(t.Context(), uuid.New(), models.English, []models.Product{{ID: uuid.New(), Title: secret}, {ID: uuid.New()}}),
			index.PutPassages(t.Context(), uuid.New(), models.English, secret, []models.Passage{{ID: uuid.New()}, {ID: uuid.New()}}),
			index.Delete(t.Context(), uuid.New(), models.EvidencePassage, []uuid.UUID{uuid.New()}),
		}
	}
	for outcome, test := range map[string]struct {
		server http.Handler
		code   models.Code
	}{
		"a server error is unavailable":      {answer(500, secret), models.CodeUnavailable},
		"too many requests are unavailable":  {answer(429, secret), models.CodeUnavailable},
		"a refusal is a defect":              {answer(422, `{"error":[{"message":"umbrella"}]}`), models.CodeInternal},
		"an answer that isn't JSON, as well": {answer(200, "<umbrella>"), models.CodeInternal},
		"no server is unavailable":           {nil, models.CodeUnavailable},
		"a cut connection is unavailable": {
			http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), models.CodeUnavailable,
		},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			for _, err := range writes(t, open(t, test.server, nil)) {
				require.Equal(t, test.code, models.CodeOf(err))
				require.NotContains(t, err.Error(), secret)
			}
		})
	}

	t.Run("setting up and dropping need the server", func(t *testing.T) {
		t.Parallel()
		index := open(t, nil, nil)
		require.Equal(t, models.CodeUnavailable, models.CodeOf(index.Setup(t.Context())))
		require.Equal(t, models.CodeUnavailable, models.CodeOf(index.DropAccount(t.Context(), uuid.New())))
	})

	t.Run("one failed object fails its batch", func(t *testing.T) {
		t.Parallel()
		index := open(t, answer(200, `[{"result":{"status":"SUCCESS"}},{"result":{"status":"FAILED","errors":{"error":[{"message":"umbrella"}]}}}]`), nil)
		for _, err := range writes(t, index)[:2] {
			require.Equal(t, models.CodeUnavailable, models.CodeOf(err))
			require.ErrorContains(t, err, "1 of 2 objects")
			require.NotContains(t, err.Error(), secret)
		}
	})

	t.Run("objects that weren't deleted are an error", func(t *testing.T) {
		t.Parallel()
		index := open(t, answer(200, `{"results":{"failed":1}}`), nil)
		require.Equal(t, models.CodeUnavailable, models.CodeOf(writes(t, index)[2]))
	})
}

func TestWhatNeedsNoServer(t *testing.T) {
	t.Parallel()
	index := open(t, nil, nil)
	_, err := index.Search(t.Context(), uuid.New(), Query{Language: "fr", Text: "x", Limit: 5})
	require.Equal(t, models.CodeInvalid, models.CodeOf(err))
	require.Equal(t, models.CodeInvalid, models.CodeOf(index.PutProducts(t.Context(), uuid.New(), "fr", nil)))
	require.Equal(t, models.CodeInvalid, models.CodeOf(index.Delete(t.Context(), uuid.New(), "order", nil)))
	for _, text := range []string{"", "what is it?", "?!"} {
		hits, err := index.Search(t.Context(), uuid.New(), Query{Language: models.English, Text: text, Limit: 5})
		require.NoError(t, err)
		require.Empty(t, hits)
	}
	require.NoError(t, index.PutProducts(t.Context(), uuid.New(), models.English, nil))
	require.NoError(t, index.Delete(t.Context(), uuid.New(), models.EvidenceProduct, nil))
}

func TestPutCutsBatches(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		products int
		body     int
		batches  []int
	}{
		"by number": {450, 10, []int{200, 200, 50}},
		"by size":   {5, 400 << 10, []int{2, 2, 1}},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			var batches []int
			index := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var batch struct{ Objects []struct{ Tenant string } }
				if err := json.NewDecoder(r.Body).Decode(&batch); err != nil {
					panic(err)
				}
				batches = append(batches, len(batch.Objects))
				answer := make([]struct{}, len(batch.Objects))
				if err := json.NewEncoder(w).Encode(answer); err != nil {
					panic(err)
				}
			}), nil)
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

package retrieval

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"
	"github.com/weaviate/weaviate-go-client/v4/weaviate/batch"
	"github.com/weaviate/weaviate-go-client/v4/weaviate/connection"
	"github.com/weaviate/weaviate-go-client/v4/weaviate/filters"
	"github.com/weaviate/weaviate-go-client/v4/weaviate/schema"
	entities "github.com/weaviate/weaviate/entities/models"
	protocol "github.com/weaviate/weaviate/grpc/generated/protocol/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	"kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// Time-outs of one request. A search must leave its activity time to answer.
const (
	setupTimeout  = 20 * time.Second
	writeTimeout  = 30 * time.Second
	searchTimeout = 3 * time.Second
)

const (
	userAgent        = "kedai"
	maxResponseBytes = 64 << 20
	maxReplyBytes    = 64 << 20
)

// Options say where Weaviate is.
type Options struct {
	URL         string       // Such as http://127.0.0.1:8080: for the schema and for writes. https is TLS for both.
	GRPCAddress string       // Such as 127.0.0.1:50051: for searches.
	Embedder    Embedder     // Nil means the built-in one.
	HTTPClient  *http.Client // Nil means one of its own, with time-outs and kept connections.
	Log         *slog.Logger // Nil means none.
}

// Weaviate is an Index on a Weaviate server. It has a class for each kind and
// in it a tenant for each account.
type Weaviate struct {
	schema   *schema.API
	batch    *batch.API
	search   protocol.WeaviateClient
	conn     *grpc.ClientConn
	embedder Embedder
	log      *slog.Logger
}

var _ Index = (*Weaviate)(nil)

// Open returns an index on a server. It doesn't connect yet. Options that can't
// be used are a models.Error of CodeInvalid.
func Open(o Options) (*Weaviate, error) {
	address, err := url.Parse(o.URL)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return nil, models.Errorf(models.CodeInvalid, "The URL of Weaviate must be like http://127.0.0.1:8080.")
	}
	if _, _, err := net.SplitHostPort(o.GRPCAddress); err != nil {
		return nil, models.Errorf(models.CodeInvalid, "The gRPC address of Weaviate must be like 127.0.0.1:50051.")
	}
	conn, err := dial(o.GRPCAddress, address.Scheme == "https")
	if err != nil {
		return nil, models.Errorf(models.CodeInvalid, "The gRPC address of Weaviate can't be used: %w", err)
	}
	client := o.HTTPClient
	if client == nil {
		client = newHTTPClient()
	}
	// The client's parts are put together here, for its own constructor asks the
	// server for its version, without a context, before it returns.
	c := connection.NewConnection(address.Scheme, address.Host, client, writeTimeout, map[string]string{"User-Agent": userAgent})
	go lexicon.Prepare()
	embedder := o.Embedder
	if embedder == nil {
		embedder = BuiltIn{}
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Weaviate{
		schema: schema.New(c), batch: batch.New(c, nil, nil), search: protocol.NewWeaviateClient(conn), conn: conn, embedder: embedder, log: log,
	}, nil
}

// Close ends the connection for searches.
func (w *Weaviate) Close() error { return w.conn.Close() }

func dial(address string, secure bool) (*grpc.ClientConn, error) {
	security := insecure.NewCredentials()
	if secure {
		security = credentials.NewTLS(nil)
	}
	// The usual wait grows to two minutes; chats must go on within seconds of a
	// restart of the server.
	again := backoff.DefaultConfig
	again.BaseDelay, again.MaxDelay = 100*time.Millisecond, time.Second
	return grpc.NewClient(address,
		grpc.WithTransportCredentials(security),
		grpc.WithUserAgent(userAgent),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: again, MinConnectTimeout: 2 * time.Second}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxReplyBytes)),
	)
}

func newHTTPClient() *http.Client {
	return &http.Client{
		Timeout: writeTimeout,
		Transport: limitedTransport{&http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 2 * time.Second}).DialContext,
			MaxIdleConnsPerHost: 64,
			IdleConnTimeout:     90 * time.Second,
			TLSHandshakeTimeout: 5 * time.Second,
		}},
	}
}

// limitedTransport bounds what a response may take of memory.
type limitedTransport struct{ http.RoundTripper }

// RoundTrip sends a request.
func (t limitedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.RoundTripper.RoundTrip(request)
	if err == nil {
		response.Body = http.MaxBytesReader(nil, response.Body, maxResponseBytes)
	}
	return response, err
}

// Setup creates the classes that are missing.
func (w *Weaviate) Setup(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, setupTimeout)
	defer cancel()
	for _, class := range classes(w.embedder.Name()) {
		if err := w.ensure(ctx, class); err != nil {
			return err
		}
	}
	return nil
}

// ensure creates a class unless it exists. When another process creates it at
// the same time, one of the two fails, and then finds it there.
func (w *Weaviate) ensure(ctx context.Context, class *entities.Class) error {
	exists := func() (bool, error) {
		return w.schema.ClassExistenceChecker().WithClassName(class.Class).Do(ctx)
	}
	if found, err := exists(); err != nil || found {
		return failure(ctx, "look for the class "+class.Class, err)
	}
	err := w.schema.ClassCreator().WithClass(class).Do(ctx)
	if err == nil {
		return nil
	}
	if found, _ := exists(); found {
		return nil
	}
	return failure(ctx, "create the class "+class.Class, err)
}

// PutProducts writes products in batches.
func (w *Weaviate) PutProducts(ctx context.Context, account uuid.UUID, l models.Language, products []models.Product) error {
	drafts := make([]draft, len(products))
	for i := range products {
		drafts[i] = productDraft(&products[i])
	}
	return w.put(ctx, account, l, drafts)
}

// PutPassages writes passages in batches.
func (w *Weaviate) PutPassages(ctx context.Context, account uuid.UUID, l models.Language, title string, passages []models.Passage) error {
	drafts := make([]draft, len(passages))
	for i := range passages {
		drafts[i] = passageDraft(title, &passages[i])
	}
	return w.put(ctx, account, l, drafts)
}

// Delete removes objects in batches.
func (w *Weaviate) Delete(ctx context.Context, account uuid.UUID, kind models.EvidenceKind, ids []uuid.UUID) error {
	if !known(kind) {
		return models.Errorf(models.CodeInvalid, "The index has no evidence of the kind %q.", kind)
	}
	for len(ids) > 0 {
		batch := ids[:min(len(ids), maxBatch)]
		ids = ids[len(batch):]
		if err := w.deleteBatch(ctx, account, w.class(kind), batch); err != nil {
			return err
		}
	}
	return nil
}

func (w *Weaviate) deleteBatch(ctx context.Context, account uuid.UUID, class string, ids []uuid.UUID) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	result, err := w.batch.ObjectsBatchDeleter().
		WithClassName(class).WithTenant(account.String()).
		WithWhere(filters.Where().WithPath([]string{"id"}).WithOperator(filters.ContainsAny).WithValueText(texts...)).
		WithOutput("minimal").Do(ctx)
	switch {
	case isAbsentTenant(err):
		return nil
	case err != nil:
		return failure(ctx, "delete from the class "+class, err)
	case result.Results != nil && result.Results.Failed > 0:
		return models.Errorf(models.CodeUnavailable, "Weaviate didn't delete %d of %d objects of the class %s.", result.Results.Failed, len(ids), class)
	}
	return nil
}

// DropAccount removes the account's tenants.
func (w *Weaviate) DropAccount(ctx context.Context, account uuid.UUID) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	for _, class := range classes(w.embedder.Name()) {
		err := w.schema.TenantsDeleter().WithClassName(class.Class).WithTenants(account.String()).Do(ctx)
		if err != nil && !isAbsentTenant(err) {
			return failure(ctx, "delete a tenant of the class "+class.Class, err)
		}
	}
	return nil
}

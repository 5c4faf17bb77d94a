package retrieval

import (
	"context"
	"encoding/binary"
	"math"
	"strings"

	"github.com/go-openapi/strfmt"
	"github.com/google/uuid"
	entities "github.com/weaviate/weaviate/entities/models"
	protocol "github.com/weaviate/weaviate/grpc/generated/protocol/v1"

	"kedai/models"
)

// Plain is Weaviate's own BM25 on words as they are written, titles counting
// twice: what search is measured against. It has a class of its own.
type Plain struct {
	w     *Weaviate
	class string
}

// OpenPlain makes an empty class; Drop removes it.
func (w *Weaviate) OpenPlain(ctx context.Context) (*Plain, error) {
	p := &Plain{w: w, class: "Plain" + strings.ReplaceAll(uuid.NewString(), "-", "")}
	class := classes(BuiltIn{}.Name())[0]
	class.Class = p.class
	class.Properties = nil
	for _, name := range []string{propertyTitle, propertyText} {
		words := property(name, true)
		words.Tokenization = "word"
		class.Properties = append(class.Properties, words)
	}
	return p, w.ensure(ctx, class)
}

// PlainText is what Plain finds.
type PlainText struct {
	ID          uuid.UUID
	Title, Text string
}

// Put adds texts to an account's.
func (p *Plain) Put(ctx context.Context, account uuid.UUID, texts []PlainText) error {
	for len(texts) > 0 {
		part := texts[:min(len(texts), maxBatch)]
		texts = texts[len(part):]
		objects := make([]*entities.Object, len(part))
		for i, t := range part {
			objects[i] = &entities.Object{
				Class: p.class, ID: strfmt.UUID(t.ID.String()), Tenant: account.String(),
				Properties: map[string]any{propertyTitle: t.Title, propertyText: t.Text},
			}
		}
		if err := p.w.putBatch(ctx, objects); err != nil {
			return err
		}
	}
	return nil
}

// Search returns the IDs of at most limit texts, the best first.
func (p *Plain) Search(ctx context.Context, account uuid.UUID, text string, limit int) ([]uuid.UUID, error) {
	return p.w.ids(ctx, &protocol.SearchRequest{
		Collection: p.class, Tenant: account.String(), Limit: uint32(limit),
		Bm25Search:  &protocol.BM25{Query: text, Properties: []string{propertyTitle + "^2", propertyText}},
		Metadata:    &protocol.MetadataRequest{Uuid: true},
		Properties:  &protocol.PropertiesRequest{},
		Uses_127Api: true,
	})
}

// Drop removes the class.
func (p *Plain) Drop(ctx context.Context) error {
	err := p.w.schema.ClassDeleter().WithClassName(p.class).Do(ctx)
	return failure(ctx, "delete the class "+p.class, err)
}

// Bare is one hybrid query of the words and the vector as they are, with
// nothing around it: what a search's time is measured against.
func (w *Weaviate) Bare(ctx context.Context, account uuid.UUID, q Query) ([]uuid.UUID, error) {
	vectors, err := w.embedder.Embed(ctx, q.Language, ForQuery, []string{q.Text})
	if err != nil {
		return nil, err
	}
	return w.ids(ctx, &protocol.SearchRequest{
		Collection: w.class(models.EvidenceProduct), Tenant: account.String(), Limit: uint32(q.Limit),
		HybridSearch: &protocol.Hybrid{Query: q.Text, Alpha: 0.5, VectorBytes: bytesOf(vectors[0])},
		Metadata:     &protocol.MetadataRequest{Uuid: true},
		Properties:   &protocol.PropertiesRequest{},
		Uses_127Api:  true,
	})
}

func (w *Weaviate) ids(ctx context.Context, request *protocol.SearchRequest) ([]uuid.UUID, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()
	reply, err := w.search.Search(ctx, request)
	if err != nil {
		return nil, failure(ctx, "search the class "+request.GetCollection(), err)
	}
	ids := make([]uuid.UUID, 0, len(reply.GetResults()))
	for _, result := range reply.GetResults() {
		id, err := uuid.Parse(result.GetMetadata().GetId())
		if err != nil {
			return nil, models.Errorf(models.CodeInternal, "Weaviate found an object without an ID in the class %s.", request.GetCollection())
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// bytesOf writes a vector as the protocol wants it.
func bytesOf(vector []float32) []byte {
	bytes := make([]byte, 0, 4*len(vector))
	for _, v := range vector {
		bytes = binary.LittleEndian.AppendUint32(bytes, math.Float32bits(v))
	}
	return bytes
}

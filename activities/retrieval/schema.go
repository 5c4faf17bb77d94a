package retrieval

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/go-openapi/strfmt"
	"github.com/google/uuid"
	entities "github.com/weaviate/weaviate/entities/models"

	"kedai/models"
)

// The classes and their properties. The stems are searched, the texts they
// were made from stand beside them for who looks into the index.
const (
	classProduct = "Product"
	classPassage = "Passage"

	propertyTitle      = "title"
	propertyText       = "text"
	propertyTitleStems = "titleStems"
	propertyTextStems  = "textStems"
)

// Sizes of a batch, and of what is searched of one object.
const (
	maxBatch      = 200
	maxBatchBytes = 4 << 20
	maxStems      = 5_000
)

var classOf = map[models.EvidenceKind]string{
	models.EvidenceProduct: classProduct,
	models.EvidencePassage: classPassage,
}

// classes returns the classes as Setup creates them.
func classes() []*entities.Class {
	var list []*entities.Class
	for _, name := range []string{classProduct, classPassage} {
		list = append(list, &entities.Class{
			Class:      name,
			Vectorizer: "none",
			// The graph of the default index costs every tenant memory; flat costs none.
			VectorIndexType: "flat",
			// Else the server logs an error about a default that it doesn't have.
			VectorIndexConfig:  map[string]any{"skipDefaultQuantization": true},
			MultiTenancyConfig: &entities.MultiTenancyConfig{Enabled: true, AutoTenantCreation: true, AutoTenantActivation: true},
			InvertedIndexConfig: &entities.InvertedIndexConfig{
				Bm25: &entities.BM25Config{K1: 1.2, B: 0.75},
				// Stop words are dropped from queries by language; the default would drop English ones.
				Stopwords: &entities.StopwordConfig{Preset: "none"},
			},
			Properties: []*entities.Property{
				property(propertyTitle, false), property(propertyText, false),
				property(propertyTitleStems, true), property(propertyTextStems, true),
			},
		})
	}
	return list
}

func property(name string, searchable bool) *entities.Property {
	filterable := false
	return &entities.Property{
		Name:            name,
		DataType:        []string{"text"},
		Tokenization:    "whitespace",
		IndexSearchable: &searchable,
		IndexFilterable: &filterable,
	}
}

// productObject makes what is indexed of a product. Prices and stock are not:
// they change, and are read from Postgres.
func productObject(account uuid.UUID, l models.Language, p *models.Product) *entities.Object {
	facets := []string{p.Type, p.Vendor, strings.Join(p.Tags, " ")}
	for _, v := range p.Variants {
		facets = append(facets, v.SKU)
		for _, o := range v.Options {
			facets = append(facets, o.Name, o.Value)
		}
	}
	// Each once: forty variants would otherwise say forty times "Size".
	slices.Sort(facets)
	text := strings.Join(slices.Compact(facets), "\n") + "\n" + p.Body
	return object(classProduct, account, p.ID, l, p.Title, text)
}

// passageObject makes what is indexed of a passage. Its headings count as its title.
func passageObject(account uuid.UUID, l models.Language, title string, p *models.Passage) *entities.Object {
	headings := p.Headings
	if len(headings) == 0 || headings[0] != title {
		headings = append([]string{title}, headings...)
	}
	return object(classPassage, account, p.ID, l, strings.Join(headings, "\n"), p.Text)
}

func object(class string, account, id uuid.UUID, l models.Language, title, text string) *entities.Object {
	stems := func(text string) string { return strings.Join(firstStems(l, text, maxStems), " ") }
	return &entities.Object{
		Class:  class,
		ID:     strfmt.UUID(id.String()),
		Tenant: account.String(),
		Properties: map[string]any{
			propertyTitle: title, propertyText: text,
			propertyTitleStems: stems(title), propertyTextStems: stems(text),
		},
	}
}

// put writes objects in batches of bounded number and size.
func (w *Weaviate) put(ctx context.Context, l models.Language, objects iter.Seq[*entities.Object]) error {
	if !l.Valid() {
		return models.Errorf(models.CodeInvalid, "The agent doesn't speak the language %q.", l)
	}
	var batch []*entities.Object
	size := 0
	for o := range objects {
		bytes := 0
		for _, value := range o.Properties.(map[string]any) {
			bytes += len(value.(string))
		}
		if len(batch) == maxBatch || (len(batch) > 0 && size+bytes > maxBatchBytes) {
			if err := w.putBatch(ctx, batch); err != nil {
				return err
			}
			batch, size = nil, 0
		}
		batch, size = append(batch, o), size+bytes
	}
	if len(batch) == 0 {
		return nil
	}
	return w.putBatch(ctx, batch)
}

func (w *Weaviate) putBatch(ctx context.Context, batch []*entities.Object) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	results, err := w.batch.ObjectsBatcher().WithObjects(batch...).Do(ctx)
	if err != nil {
		return failure(ctx, "write to the class "+batch[0].Class, err)
	}
	failed := len(batch) - len(results)
	for _, r := range results {
		if r.Result != nil && r.Result.Errors != nil && len(r.Result.Errors.Error) > 0 {
			failed++
		}
	}
	if failed > 0 {
		return models.Errorf(models.CodeUnavailable, "Weaviate didn't write %d of %d objects to the class %s.", failed, len(batch), batch[0].Class)
	}
	return nil
}

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

// The properties of the classes. Tokens are what is searched: stems, and the
// marks of concepts. The texts they were made from stand beside them for who
// looks into the index. The classes' generation changes with their properties.
const (
	propertyTitle       = "title"
	propertyText        = "text"
	propertyTitleTokens = "titleTokens"
	propertyFacetTokens = "facetTokens"
	propertyTextTokens  = "textTokens"
	propertyGrams       = "grams"
)

// tokenProperties are those of the fields, in their order.
var tokenProperties = [fieldCount]string{propertyTitleTokens, propertyFacetTokens, propertyTextTokens}

// Sizes of a batch, and of what is searched of one object.
const (
	maxBatch      = 200
	maxBatchBytes = 1 << 20 // Of the texts; their tokens are some times as long.
	maxStems      = 2_000
)

// classes returns the classes of an embedder as Setup creates them.
func classes(embedder string) []*entities.Class {
	var list []*entities.Class
	for _, name := range []string{classOf(models.EvidenceProduct, embedder), classOf(models.EvidencePassage, embedder)} {
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
				property(propertyTitleTokens, true), property(propertyFacetTokens, true),
				property(propertyTextTokens, true), property(propertyGrams, true),
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

// productTexts returns what is indexed of a product, by field. Prices and
// stock are not: they change, and are read from Postgres.
func productTexts(p *models.Product) (title, facets, text string) {
	list := []string{p.Type, p.Vendor, strings.Join(p.Tags, "\n")}
	for _, v := range p.Variants {
		list = append(list, v.SKU)
		for _, o := range v.Options {
			list = append(list, o.Name, o.Value)
		}
	}
	// Each once: forty variants would otherwise say forty times "Size".
	slices.Sort(list)
	return p.Title, strings.Join(slices.Compact(list), "\n"), p.Body
}

// draft is what an object is made of.
type draft struct {
	kind  models.EvidenceKind
	id    uuid.UUID
	texts [fieldCount]string
	marks []string // Of concepts that no text names.
}

// onSale are the marks of what is sold below its price: who asks for bargains
// asks for them. What they cost now is read from Postgres all the same.
var onSale = []string{namedMark + "sale", namedMark + "discount", namedMark + "promotion"}

func productDraft(p *models.Product) draft {
	title, facets, text := productTexts(p)
	d := draft{kind: models.EvidenceProduct, id: p.ID, texts: [fieldCount]string{title, facets, text}}
	if p.OnSale() {
		d.marks = onSale
	}
	return d
}

// passageDraft makes what is indexed of a passage. Its headings count as its title.
func passageDraft(title string, p *models.Passage) draft {
	headings := p.Headings
	if len(headings) == 0 || headings[0] != title {
		headings = append([]string{title}, headings...)
	}
	return draft{kind: models.EvidencePassage, id: p.ID, texts: [fieldCount]string{strings.Join(headings, "\n"), "", p.Text}}
}

// object is a draft as the index keeps it.
func (d draft) object(class string, account uuid.UUID, l models.Language, vector []float32) *entities.Object {
	return &entities.Object{
		Class: class, ID: strfmt.UUID(d.id.String()), Tenant: account.String(), Properties: d.properties(l), Vector: vector,
	}
}

// properties reads a draft's texts.
func (d draft) properties(l models.Language) map[string]any {
	properties := map[string]any{propertyTitle: d.texts[fieldTitle], propertyText: d.texts[fieldText]}
	var parts strings.Builder
	for i, text := range d.texts {
		f := newField(l, text)
		if i == fieldFacets {
			f.marks = append(f.marks, d.marks...)
		}
		properties[tokenProperties[i]] = f.tokens()
		if i == fieldText {
			continue
		}
		for _, stem := range f.stems {
			for gram := range grams(stem) {
				parts.WriteString(gram + " ")
			}
		}
	}
	properties[propertyGrams] = parts.String()
	return properties
}

// put writes objects in batches of bounded number and size.
func (w *Weaviate) put(ctx context.Context, account uuid.UUID, l models.Language, drafts []draft) error {
	if !l.Valid() {
		return models.Errorf(models.CodeInvalid, "The agent doesn't speak the language %q.", l)
	}
	for batch := range batches(drafts) {
		texts := make([]string, len(batch))
		for i, d := range batch {
			texts[i] = strings.Join(d.texts[:], "\n")
		}
		vectors, err := w.embedder.Embed(ctx, l, ForText, texts)
		if err != nil {
			return err
		}
		objects := make([]*entities.Object, len(batch))
		for i, d := range batch {
			objects[i] = d.object(w.class(d.kind), account, l, vectors[i])
		}
		if err := w.putBatch(ctx, objects); err != nil {
			return err
		}
	}
	return nil
}

// batches yields parts of the drafts that a request can hold.
func batches(drafts []draft) iter.Seq[[]draft] {
	return func(yield func([]draft) bool) {
		start, size := 0, 0
		for i, d := range drafts {
			bytes := 0
			for _, text := range d.texts {
				bytes += len(text)
			}
			if i > start && (i-start == maxBatch || size+bytes > maxBatchBytes) {
				if !yield(drafts[start:i]) {
					return
				}
				start, size = i, 0
			}
			size += bytes
		}
		if start < len(drafts) {
			yield(drafts[start:])
		}
	}
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

// ProductText returns all that is indexed of a product beside its title.
func ProductText(p *models.Product) string {
	_, facets, text := productTexts(p)
	return facets + "\n" + text
}

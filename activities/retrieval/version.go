package retrieval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// What an index holds depends on these beside the lexicon. A change of the
// classes' properties is another generation, in classes of its own; writing is
// raised where another thing is written in a way that the sample doesn't show.
const (
	generation = 2
	writing    = 1
)

// The classes of the embedder without a name of its own in them.
var (
	classProduct = classOf(models.EvidenceProduct, BuiltIn{}.Name())
	classPassage = classOf(models.EvidencePassage, BuiltIn{}.Name())
)

var stemOfClass = map[models.EvidenceKind]string{models.EvidenceProduct: "Product", models.EvidencePassage: "Passage"}

func known(kind models.EvidenceKind) bool { return stemOfClass[kind] != "" }

// classOf names the class of a kind. Vectors of one class have one dimension,
// so each embedder has classes of its own.
func classOf(kind models.EvidenceKind, embedder string) string {
	name := stemOfClass[kind] + strconv.Itoa(generation)
	if embedder == (BuiltIn{}).Name() {
		return name
	}
	hash := sha256.Sum256([]byte(embedder))
	return name + "_" + hex.EncodeToString(hash[:4])
}

func (w *Weaviate) class(kind models.EvidenceKind) string { return classOf(kind, w.embedder.Name()) }

// Version names all that decides what is written for a text: an account whose
// index was written with another version is to be written anew. It is the
// generation of the classes, the embedder, and a hash of the rest.
func Version(e Embedder) string {
	return strings.Join([]string{strconv.Itoa(generation), e.Name(), fingerprint()}, "/")
}

// Version returns the version that the index writes.
func (w *Weaviate) Version() string { return Version(w.embedder) }

// embedderOf returns the embedder of a version of this generation. What other
// generations wrote can't be searched.
func embedderOf(version string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(version, strconv.Itoa(generation)+"/")
	end := strings.LastIndex(rest, "/")
	if !ok || end < 0 {
		return "", false
	}
	return rest[:end], true
}

// fingerprint hashes the lexicon and what is written of a sample, so that a
// change of the code that reads texts is noticed as well.
var fingerprint = sync.OnceValue(func() string {
	h := sha256.New()
	_ = json.NewEncoder(h).Encode([]any{writing, lexicon.Digest()})
	for _, l := range models.Languages() {
		for _, d := range sample(l) {
			_ = json.NewEncoder(h).Encode(d.properties(l))
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
})

// samples are what a shop says in each language.
var samples = map[models.Language][2]string{
	models.English:    {"Waterproof hiking boots", "They keep your feet dry. Returns are free within 30 days."},
	models.Spanish:    {"Botas de montaña impermeables", "Mantienen los pies secos. Las devoluciones son gratuitas durante 30 días."},
	models.Portuguese: {"Botas de caminhada impermeáveis", "Mantêm os pés secos. As devoluções são grátis em até 30 dias."},
	models.Russian:    {"Непромокаемые треккинговые ботинки", "Ноги остаются сухими. Возврат бесплатный в течение 30 дней."},
}

func sample(l models.Language) []draft {
	title, text := samples[l][0], samples[l][1]
	price, before := decimal.New(9900, -2), decimal.New(12900, -2)
	variant := models.Variant{
		SKU: "KD-100", Price: &price, CompareAt: &before, Currency: "EUR", Quantity: 3, Tracked: true,
		Options: []models.Option{{Name: "Size", Value: "42"}},
	}
	product := models.Product{
		Title: title, Body: text, Vendor: "Kedai", Type: "Shoes", Tags: []string{"winter"}, Published: true, Variants: []models.Variant{variant},
	}
	return []draft{productDraft(&product), passageDraft(title, &models.Passage{Headings: []string{title, "2"}, Text: text})}
}

// ours matches the classes of all generations and embedders.
var ours = regexp.MustCompile(`^(?:Product|Passage)(\d*)(?:_[0-9a-f]{8})?$`)

// DropOld removes the classes of earlier generations and of other embedders.
// No account may need them any more, and no process of an earlier version may
// run.
func (w *Weaviate) DropOld(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, setupTimeout)
	defer cancel()
	dump, err := w.schema.Getter().Do(ctx)
	if err != nil {
		return failure(ctx, "list the classes", err)
	}
	for _, class := range dump.Classes {
		if !w.isOld(class.Class) {
			continue
		}
		if err := w.schema.ClassDeleter().WithClassName(class.Class).Do(ctx); err != nil {
			return failure(ctx, "delete the class "+class.Class, err)
		}
	}
	return nil
}

// isOld reports whether a class is ours and neither current nor of a later
// generation.
func (w *Weaviate) isOld(class string) bool {
	match := ours.FindStringSubmatch(class)
	if match == nil || class == w.class(models.EvidenceProduct) || class == w.class(models.EvidencePassage) {
		return false
	}
	n := 1 // The first had no number.
	if match[1] != "" {
		var err error
		if n, err = strconv.Atoi(match[1]); err != nil {
			return false
		}
	}
	return n <= generation
}

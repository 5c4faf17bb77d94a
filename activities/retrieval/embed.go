package retrieval

import (
	"context"
	"hash/fnv"
	"maps"
	"math"
	"slices"

	"kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// Embedder turns texts into vectors, so that those of like sense are near each
// other. Errors are models.Errors; no message holds a text.
type Embedder interface {
	// Name tells vectors of one embedder from those of another: what was
	// embedded by one can't be searched with another.
	Name() string

	// Semantic reports whether nearness tells more than shared words and
	// concepts do, which are ranked by already.
	Semantic() bool

	// Embed returns a vector of length 1 for each text, all of one dimension.
	Embed(ctx context.Context, l models.Language, p Purpose, texts []string) ([][]float32, error)
}

// Purpose is what a text is embedded for.
type Purpose string

// The purposes.
const (
	ForText  Purpose = "text"  // It is to be found.
	ForQuery Purpose = "query" // It looks for others.
)

// BuiltIn embeds by the words and concepts of a text, with no model and no
// download: each has a few dimensions of its own by its hash (a sparse random
// projection), so that texts which share them are near.
type BuiltIn struct{}

var _ Embedder = BuiltIn{}

const (
	builtInDimensions = 256
	dimensionsOfToken = 4
	builtInWords      = 400 // Of a text; later ones hardly turn the vector.
)

// Name returns the embedder's name and version.
func (BuiltIn) Name() string { return "built-in-1" }

// Semantic returns false.
func (BuiltIn) Semantic() bool { return false }

// Embed embeds without an error.
func (BuiltIn) Embed(_ context.Context, l models.Language, p Purpose, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		out[i] = builtIn(l, p, text)
	}
	return out, nil
}

func builtIn(l models.Language, p Purpose, text string) []float32 {
	weights := map[string]float64{}
	var reading lexicon.Reading
	if p == ForQuery {
		reading = lexicon.ReadQuery(l, text, maxQueryWords)
	} else {
		reading = lexicon.ReadText(l, text, builtInWords)
	}
	for _, w := range reading.Words {
		weights[w.Stem]++
	}
	for _, found := range reading.Concepts {
		weights[namedMark+found.Concept.Name()] += found.Weight
		for _, up := range found.Concept.Above() {
			weights[namedMark+up.Name()] += found.Weight / 2
		}
		for _, link := range found.Concept.Links() {
			if p == ForQuery {
				weights[namedMark+link.To.Name()] += found.Weight * link.Weight
			}
		}
	}
	return project(weights)
}

// project adds up the tokens' dimensions and returns a vector of length 1.
func project(weights map[string]float64) []float32 {
	sums := make([]float64, builtInDimensions)
	// In one order, for sums of floats depend on it.
	for _, token := range slices.Sorted(maps.Keys(weights)) {
		weight := weights[token]
		h := fnv.New64a()
		_, _ = h.Write([]byte(token))
		bits := mix(h.Sum64())
		for range dimensionsOfToken {
			value := math.Sqrt(weight)
			if bits&1 == 1 {
				value = -value
			}
			sums[bits>>1&(builtInDimensions-1)] += value
			bits >>= 9
		}
	}
	length := 0.0
	for _, s := range sums {
		length += s * s
	}
	vector := make([]float32, builtInDimensions)
	if length == 0 {
		vector[0] = 1 // Of nothing; it has to be of length 1 all the same.
		return vector
	}
	for i, s := range sums {
		vector[i] = float32(s / math.Sqrt(length))
	}
	return vector
}

// mix spreads a hash's bits (the finaliser of MurmurHash3), for those of like
// tokens are alike.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

package lexicon

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestDataIsWhole(t *testing.T) {
	t.Parallel()
	x := load()
	require.Empty(t, x.problems)
	for _, l := range models.Languages() {
		named := map[Concept]bool{}
		v := x.vocabularies[l]
		for _, senses := range v.words {
			for _, s := range senses {
				named[s.concept] = true
			}
		}
		for _, phrases := range v.phrases {
			for _, p := range phrases {
				named[p.concept] = true
			}
		}
		for i, c := range x.concepts {
			if !named[Concept(i)] {
				t.Logf("%s: %s has no name", l, c.name)
			}
		}
	}
	for i, c := range x.concepts {
		require.NotContains(t, c.above, Concept(i), "%s is above itself", c.name)
	}
}

func TestReadQueryKnowsWhatWordsMean(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		language models.Language
		text     string
		means    string
	}{
		{models.English, "any trainers?", "sneakers"},
		{models.English, "white sneakers", "shoes"},
		{models.English, "can i send it back", "returns"},
		{models.Spanish, "tenis blancos", "sneakers"},
		{models.Spanish, "algo para el frio", "cold"},
		{models.Portuguese, "tem tenis preto?", "sneakers"},
		{models.Portuguese, "quero trocar", "exchange"},
		{models.Russian, "кроссы белые", "sneakers"},
		{models.Russian, "cevrf", "bag"},
		{models.Russian, "sneakers есть?", "sneakers"},
		{models.Portuguese, "hoodie", "hoodie"},
		{models.English, "sneekers", "sneakers"},
		{models.Spanish, "zapatiyas", "sneakers"},
	} {
		require.True(t, means(test.language, test.text, test.means), "%s in %s means %s", test.text, test.language, test.means)
	}
	require.False(t, means(models.English, "a lamp for the desk", "shoes"))
	require.Empty(t, ReadQuery(models.English, "what is it?", 32).Concepts)
}

func TestAFinerKindIsSurerThanTheWhole(t *testing.T) {
	t.Parallel()
	weight := map[string]float64{}
	for _, f := range ReadQuery(models.English, "windbreaker", 32).Concepts {
		weight[f.Concept.Name()] = f.Weight
	}
	require.Less(t, weight["jacket"], weight["windbreaker"])
}

// means reports whether a question speaks of a concept, or of a kind of it.
func means(l models.Language, text, name string) bool {
	return slices.ContainsFunc(ReadQuery(l, text, 32).Concepts, func(f Found) bool {
		return f.Concept.Name() == name || slices.ContainsFunc(f.Concept.Above(), func(up Concept) bool { return up.Name() == name })
	})
}

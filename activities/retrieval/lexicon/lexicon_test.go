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

// means reports whether a question speaks of a concept, or of a kind of it.
func means(l models.Language, text, name string) bool {
	return slices.ContainsFunc(ReadQuery(l, text, 32).Concepts, func(f Found) bool {
		return f.Concept.Name() == name || slices.ContainsFunc(f.Concept.Above(), func(up Concept) bool { return up.Name() == name })
	})
}

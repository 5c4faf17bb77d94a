package retrieval

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// of makes a text as the index keeps it.
func of(l models.Language, title, text string) indexed {
	return indexed{Hit: Hit{Kind: models.EvidenceProduct}, fields: [fieldCount]string{fieldTitle: newField(l, title).tokens(), fieldText: newField(l, text).tokens()}}
}

// ranked returns the titles by how well they serve, those that don't left out.
func ranked(l models.Language, question string, synonyms [][]string, titles ...string) []string {
	p := newPlan(l, question, synonyms)
	texts := make([]indexed, len(titles))
	for i, title := range titles {
		texts[i] = of(l, title, "")
	}
	p.rank(texts)
	var out []string
	for len(out) < len(titles) {
		best := -1
		for i := range texts {
			if texts[i].Score > 0 && (best < 0 || texts[i].Score > texts[best].Score) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		out = append(out, titles[best])
		texts[best].Score = 0
	}
	return out
}

func TestRankPrefers(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		language models.Language
		question string
		titles   []string // The first is what was meant.
	}{
		"the word itself to another name":         {models.English, "sneakers", []string{"White sneakers", "White trainers", "Lamp"}},
		"another name to a thing of another kind": {models.English, "trainers", []string{"Canvas sneakers", "Canvas bag"}},
		"a kind of what was asked for":            {models.English, "footwear", []string{"Sandals", "Scarf"}},
		"the finer kind":                          {models.Spanish, "rompevientos", []string{"Cortavientos azul", "Abrigo azul"}},
		"what a need leads to":                    {models.English, "something for the rain", []string{"Waterproof jacket", "Silk blouse"}},
		"all words to some of them":               {models.Portuguese, "tênis branco", []string{"Tênis de lona branco", "Tênis de lona preto", "Vaso branco"}},
		"what a misspelling meant":                {models.Russian, "кросовки", []string{"Кроссовки белые", "Куртка белая"}},
		"what the wrong keyboard meant":           {models.Russian, "rhjccjdrb", []string{"Кроссовки белые", "Куртка белая"}},
		"what was meant in Latin letters":         {models.Russian, "krossovki", []string{"Кроссовки белые", "Куртка белая"}},
		"what was asked in another language":      {models.Portuguese, "running shoes", []string{"Tênis de corrida", "Bolsa de couro"}},
		"a rare word to a common one":             {models.English, "silk top", []string{"Silk blouse", "Cotton top", "Denim top", "Linen top", "Wool top"}},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			got := ranked(test.language, test.question, nil, test.titles...)
			require.NotEmpty(t, got)
			require.Equal(t, test.titles[0], got[0])
		})
	}
}

func TestRankLeavesOut(t *testing.T) {
	t.Parallel()
	require.Empty(t, ranked(models.English, "printer cartridge", nil, "Silk blouse", "Denim top"))
	require.Equal(t, []string{"KD-1042 mug"}, ranked(models.English, "KD-1042", nil, "KD-1042 mug", "KD-1043 mug", "KD-1142 mug"), "a code that is like another is another")
}

func TestRankTakesTheAccountsOwnSynonyms(t *testing.T) {
	t.Parallel()
	question, titles := "do you have the zorblax?", []string{"Blue kettle", "Red kettle", "Lamp"}
	require.Empty(t, ranked(models.English, question, nil, titles...))
	require.Equal(t, titles[:1], ranked(models.English, question, [][]string{{"zorblax", "blue"}}, titles...))

	paying := [][]string{{"COD", "cash on delivery"}}
	require.Equal(t, []string{"COD"}, ranked(models.English, "cash on delivery?", paying, "COD", "Lamp on a stand"))
	require.NotContains(t, ranked(models.English, "COD?", paying, "Cash on delivery", "Lamp on a stand"), "Lamp on a stand")
}

func TestRankHoldsWhereAllServe(t *testing.T) {
	t.Parallel()
	var texts []indexed
	for range 40 {
		x := of(models.English, "Cotton T-shirt", "A t-shirt of cotton.")
		x.fields[fieldFacets] = newField(models.English, "t-shirt\ncotton").tokens()
		texts = append(texts, x)
	}
	texts = append(texts, of(models.English, "Cotton Shorts", ""))
	p := newPlan(models.English, "cotton t-shirt", nil)
	p.rank(texts)
	require.Greater(t, texts[0].Score, texts[40].Score)
	require.Positive(t, texts[40].Score)
}

func TestRankIsQuickWhereNothingIsKnown(t *testing.T) {
	t.Parallel()
	question, body := "", ""
	for i := range 400 {
		word := "qx" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + "zv "
		body += word + "jk" + word
		if i < maxQueryWords {
			question += "vw" + word
		}
	}
	texts := make([]indexed, 300)
	for i := range texts {
		texts[i] = of(models.English, "Lamp", body)
	}
	p := newPlan(models.English, question, nil)
	p.rank(texts)
	compared := 0
	for _, w := range p.words {
		compared += len(w.likes)
	}
	require.LessOrEqual(t, compared, maxGuessed*1000, "each word once with each stem")
}

func TestRankCountsTitlesMoreThanTexts(t *testing.T) {
	t.Parallel()
	texts := []indexed{of(models.English, "Lamp", "Goes with the kettle."), of(models.English, "Kettle", "")}
	p := newPlan(models.English, "kettle", nil)
	p.rank(texts)
	require.Greater(t, texts[1].Score, texts[0].Score)
	require.Positive(t, texts[0].Score)
}

func TestTokensCoverEachWord(t *testing.T) {
	t.Parallel()
	p := newPlan(models.English, "white sneakers qwrtzp for the beach", nil)
	tokens := p.tokens(maxTokens)
	require.LessOrEqual(t, len(tokens), maxTokens)
	for _, token := range []string{"white", "sneaker", "qwrtzp", "beach", "c:sneakers", "g:qwr"} {
		require.Contains(t, tokens, token)
	}
	require.NotContains(t, tokens, "g:whi", "a word that is known isn't a misspelling")
}

func TestMarksFollowTheStems(t *testing.T) {
	t.Parallel()
	f := newField(models.Russian, "Белые кроссовки из кожи, KD-10/2")
	require.NotEmpty(t, f.stems)
	require.NotEmpty(t, f.marks)
	require.Empty(t, newField(models.Russian, "").tokens())
	tokens := strings.Fields(f.tokens())
	first := slices.IndexFunc(tokens, isMark)
	require.Equal(t, f.stems, tokens[:first])
	require.Equal(t, f.marks, tokens[first:])
}

func TestBuiltInVectorsAreNearWhereTextsAreAlike(t *testing.T) {
	t.Parallel()
	vectors, err := BuiltIn{}.Embed(t.Context(), models.English, ForText, []string{"White canvas sneakers", "White trainers of canvas", "A pan of cast iron", ""})
	require.NoError(t, err)
	dot := func(a, b []float32) (sum float64) {
		for i := range a {
			sum += float64(a[i]) * float64(b[i])
		}
		return sum
	}
	for _, v := range vectors {
		require.InDelta(t, 1, dot(v, v), 1e-5)
	}
	require.Greater(t, dot(vectors[0], vectors[1]), dot(vectors[0], vectors[2])+0.3)
}

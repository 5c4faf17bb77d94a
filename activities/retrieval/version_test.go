package retrieval

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

type named struct {
	BuiltIn
	name string
}

func (n named) Name() string { return n.name }

func TestVersionTellsEmbeddersApart(t *testing.T) {
	t.Parallel()
	require.NotEqual(t, Version(BuiltIn{}), Version(named{name: "openai/one"}))
	for _, name := range []string{"built-in-1", "openai/one", "gemini/models/embedding-1"} {
		got, ok := embedderOf(Version(named{name: name}))
		require.True(t, ok)
		require.Equal(t, name, got)
	}
	for _, version := range []string{"", "old", "1/built-in-1/abc", "2/abc"} {
		_, ok := embedderOf(version)
		require.False(t, ok, version)
	}
	require.Equal(t, "Product2", classProduct, "an account that is indexed stays so")
	require.Regexp(t, "^Product2_[0-9a-f]{8}$", classOf(models.EvidenceProduct, "openai/one"))
}

func TestSampleShowsAllThatIsWritten(t *testing.T) {
	t.Parallel()
	for _, l := range models.Languages() {
		for _, d := range sample(l) {
			raw, err := json.Marshal(d.properties(l))
			require.NoError(t, err)
			for _, part := range []string{"c:", "g:", "titleTokens", "textTokens"} {
				require.Contains(t, string(raw), part, "%s %s", l, d.kind)
			}
		}
	}
}

func TestDropOldLeavesWhatIsInUse(t *testing.T) {
	t.Parallel()
	var deleted []string
	index := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			deleted = append(deleted, strings.TrimPrefix(r.URL.Path, "/v1/schema/"))
			return
		}
		classes := []map[string]string{}
		for _, class := range []string{"Product", "Passage", "Product1_0123abcd", "Product2", "Passage2", "Product2_0123abcd", "Product3", "Passage3_0123abcd", "Plain0123", "Products", "Other"} {
			classes = append(classes, map[string]string{"class": class})
		}
		if err := json.NewEncoder(w).Encode(map[string]any{"classes": classes}); err != nil {
			panic(err)
		}
	}), nil)
	require.NoError(t, index.DropOld(t.Context()))
	require.ElementsMatch(t, []string{"Product", "Passage", "Product1_0123abcd", "Product2_0123abcd"}, deleted)
}

package config_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/deploy/config"
)

func TestEmbedder(t *testing.T) {
	for outcome, test := range map[string]struct {
		variables      map[string]string
		fault          string // Empty: none about the embedder.
		address, model string
	}{
		"the built-in one is the default":        {map[string]string{}, "", "", ""},
		"gemini has an address and a model":      {map[string]string{"": "gemini", "_KEY": "k"}, "", "https://generativelanguage.googleapis.com", "gemini-embedding-001"},
		"openai as well":                         {map[string]string{"": "openai", "_KEY": "k"}, "", "https://api.openai.com/v1", "text-embedding-3-small"},
		"a server of one's own needs no key":     {map[string]string{"": "openai", "_URL": "http://127.0.0.1:11434/v1", "_MODEL": "m"}, "", "http://127.0.0.1:11434/v1", "m"},
		"an unknown one is refused":              {map[string]string{"": "magic"}, "KEDAI_EMBEDDER is", "", ""},
		"gemini needs a key":                     {map[string]string{"": "gemini", "_URL": "http://127.0.0.1:1"}, "KEDAI_EMBEDDER_KEY is not set", "", ""},
		"openai's own address needs a key":       {map[string]string{"": "openai"}, "KEDAI_EMBEDDER_KEY is not set", "", ""},
		"a malformed address is refused":         {map[string]string{"": "openai", "_KEY": "k", "_URL": "host"}, "KEDAI_EMBEDDER_URL", "", ""},
		"a key without an embedder is a mistake": {map[string]string{"_KEY": "k"}, "set KEDAI_EMBEDDER", "", ""},
	} {
		t.Run(outcome, func(t *testing.T) {
			for _, name := range []string{"", "_KEY", "_URL", "_MODEL"} {
				t.Setenv("KEDAI_EMBEDDER"+name, test.variables[name])
			}
			if test.variables[""] == "" {
				t.Setenv("KEDAI_EMBEDDER", "built-in")
			}
			c, err := config.Load(t.Context())
			require.Error(t, err, "other variables are missing")
			if test.fault == "" {
				require.NotContains(t, err.Error(), "EMBEDDER")
				address, model := c.EmbedderAt()
				require.Equal(t, []string{test.address, test.model}, []string{address, model})
			} else {
				require.ErrorContains(t, err, test.fault)
			}
		})
	}
	t.Run("no key is ever printed", func(t *testing.T) {
		t.Setenv("KEDAI_EMBEDDER_KEY", "the-secret-key")
		c, _ := config.Load(t.Context())
		require.NotContains(t, fmt.Sprintf("%v %+v %#v", c, c, c), "the-secret-key")
	})
}

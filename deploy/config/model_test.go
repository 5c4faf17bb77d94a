package config_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/deploy/config"
	"kedai/models"
)

func TestModel(t *testing.T) {
	for outcome, test := range map[string]struct {
		variables map[string]string
		fault     string // Empty: none about the model.
		name      string
	}{
		"none is the default":                    {map[string]string{}, "", ""},
		"gemini has a model":                     {map[string]string{"": "gemini", "_KEY": "k"}, "", "gemini-2.5-flash"},
		"openai as well":                         {map[string]string{"": "openai", "_KEY": "k"}, "", "gpt-4.1-mini"},
		"a server of one's own needs no key":     {map[string]string{"": "openai", "_URL": "http://127.0.0.1:11434/v1", "_NAME": "m"}, "", "m"},
		"an unknown one is refused":              {map[string]string{"": "magic"}, "KEDAI_MODEL is", ""},
		"gemini needs a key":                     {map[string]string{"": "gemini", "_URL": "http://127.0.0.1:1"}, "KEDAI_MODEL_KEY is not set", ""},
		"openai's own address needs a key":       {map[string]string{"": "openai"}, "KEDAI_MODEL_KEY is not set", ""},
		"a malformed address is refused":         {map[string]string{"": "openai", "_KEY": "k", "_URL": "host"}, "KEDAI_MODEL_URL", ""},
		"a key without a model is a mistake":     {map[string]string{"_KEY": "k"}, "set KEDAI_MODEL", ""},
		"a budget beyond the activity's":         {map[string]string{"_BUDGET": "5m"}, "KEDAI_MODEL_BUDGET is 5m0s", ""},
		"no call at all is refused":              {map[string]string{"_CALLS_PER_ACCOUNT": "0"}, "KEDAI_MODEL_CALLS_PER_ACCOUNT", ""},
		"half a price is none":                   {map[string]string{"": "openai", "_KEY": "k", "_PRICE_IN": "0.3"}, "belong together", ""},
		"a price that is no number is a mistake": {map[string]string{"": "openai", "_KEY": "k", "_PRICE_IN": "$1", "_PRICE_OUT": "1"}, "KEDAI_MODEL_PRICE_IN is", ""},
	} {
		t.Run(outcome, func(t *testing.T) {
			for _, name := range []string{"_URL", "_KEY", "_NAME", "_PRICE_IN", "_PRICE_OUT"} {
				t.Setenv("KEDAI_MODEL"+name, test.variables[name])
			}
			for name, otherwise := range map[string]string{"": "none", "_BUDGET": "12s", "_CALLS_PER_ACCOUNT": "8"} {
				if value := test.variables[name]; value != "" {
					otherwise = value
				}
				t.Setenv("KEDAI_MODEL"+name, otherwise)
			}
			c, err := config.Load(t.Context())
			require.Error(t, err, "other variables are missing")
			if test.fault != "" {
				require.ErrorContains(t, err, test.fault)
				require.NotContains(t, err.Error(), "_KEY=k")
				return
			}
			require.NotContains(t, err.Error(), "MODEL")
			require.Equal(t, test.name, c.ModelCalled())
		})
	}
	t.Run("prices are for a million tokens", func(t *testing.T) {
		t.Setenv("KEDAI_MODEL_PRICE_IN", "0.30")
		t.Setenv("KEDAI_MODEL_PRICE_OUT", "2.50")
		c, _ := config.Load(t.Context())
		require.Equal(t, "0.00205", c.ModelPrice().Cost(6000, 100).String())
		require.Nil(t, config.Config{}.ModelPrice().Cost(1, 1))
		require.Equal(t, 12*time.Second, c.ModelBudget)
	})
	t.Run("a command asks for another provider than the environment's", func(t *testing.T) {
		t.Setenv("KEDAI_MODEL", "none")
		require.ErrorContains(t, config.CheckModel(t.Context(), string(models.ProviderGemini)), "KEDAI_MODEL_KEY is not set")
		t.Setenv("KEDAI_MODEL_KEY", "the-secret-key")
		require.NoError(t, config.CheckModel(t.Context(), string(models.ProviderGemini)))
		c, _ := config.Load(t.Context())
		require.NotContains(t, fmt.Sprintf("%v %+v %#v", c, c, c), "the-secret-key")
	})
}

package config

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sethvargo/go-envconfig"
	"github.com/shopspring/decimal"

	"kedai/models"
)

// ModelNone has the built-in engine answer alone.
const ModelNone = "none"

// commonModel is the model that a provider is asked for unless another is set.
var commonModel = map[models.Provider]string{
	models.ProviderGemini: "gemini-2.5-flash",
	models.ProviderOpenAI: "gpt-4.1-mini",
}

// The bounds of a turn's time for models: less than an answer takes, and what
// the activity that waits for it has.
const (
	leastBudget = time.Second
	mostBudget  = 30 * time.Second
)

// Provider returns whose model answers, false where none does.
func (c Config) Provider() (models.Provider, bool) {
	p := models.Provider(c.Model)
	_, known := commonModel[p]
	return p, known
}

// ModelCalled returns the model's name.
func (c Config) ModelCalled() string {
	if c.ModelName != "" {
		return c.ModelName
	}
	p, _ := c.Provider()
	return commonModel[p]
}

// ModelPrice returns the price of a valid Config's model.
func (c Config) ModelPrice() models.ModelPrice {
	var price models.ModelPrice
	in, errIn := decimal.NewFromString(c.ModelPriceIn)
	out, errOut := decimal.NewFromString(c.ModelPriceOut)
	if errIn == nil && errOut == nil {
		price.In, price.Out = &in, &out
	}
	return price
}

// CheckModel reads the environment as it would be with the given provider and
// returns what keeps its model from being asked, for a command that starts
// processes with it.
func CheckModel(ctx context.Context, provider string) error {
	var c Config
	if err := envconfig.Process(ctx, &c); err != nil {
		return fmt.Errorf("read the environment: %w", err)
	}
	c.Model = provider
	var faults []error
	c.checkModel(func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) })
	return errors.Join(faults...)
}

func (c Config) checkModel(fault func(string, ...any)) {
	if c.ModelBudget < leastBudget || c.ModelBudget > mostBudget {
		fault("KEDAI_MODEL_BUDGET is %s; it must be from %s to %s", c.ModelBudget, leastBudget, mostBudget)
	}
	if c.ModelCalls < 1 {
		fault("KEDAI_MODEL_CALLS_PER_ACCOUNT is %d; it must be 1 or more", c.ModelCalls)
	}
	c.checkPrice(fault)
	p, remote := c.Provider()
	if !remote && c.Model != ModelNone && c.Model != "" {
		fault("KEDAI_MODEL is %q; it must be none, gemini or openai", c.Model)
		return
	}
	if !remote {
		if c.ModelURL != "" || c.ModelKey != "" || c.ModelName != "" {
			fault("KEDAI_MODEL_URL, _KEY and _NAME are for the models gemini and openai; set KEDAI_MODEL, or none of them")
		}
		return
	}
	// A server of one's own that speaks OpenAI's API may want no key.
	if c.ModelKey == "" && (c.ModelURL == "" || p == models.ProviderGemini) {
		fault("KEDAI_MODEL_KEY is not set; the model %s needs it", p)
	}
	if c.ModelURL != "" && !isHTTP(c.ModelURL) {
		fault("KEDAI_MODEL_URL is not an address; its form is https://host/v1")
	}
}

func (c Config) checkPrice(fault func(string, ...any)) {
	if (c.ModelPriceIn == "") != (c.ModelPriceOut == "") {
		fault("KEDAI_MODEL_PRICE_IN and KEDAI_MODEL_PRICE_OUT belong together; set both, or none of them")
	}
	for name, text := range map[string]string{"KEDAI_MODEL_PRICE_IN": c.ModelPriceIn, "KEDAI_MODEL_PRICE_OUT": c.ModelPriceOut} {
		if price, err := decimal.NewFromString(text); text != "" && (err != nil || price.IsNegative()) {
			fault("%s is %q; its form is 0.30, in US dollars for a million tokens", name, text)
		}
	}
}

package llm

import (
	"context"

	"kedai/activities/provider"
	"kedai/models"
)

// remote is how a provider is asked for a model. What it refuses stands: the
// customer is answered without it.
var remote = &provider.Service{
	Noun:     "model",
	KeyHint:  "Set the key anew: KEDAI_MODEL_KEY, or the account's own.",
	Absent:   "The provider has no such model or address: status 404. Check KEDAI_MODEL_URL and KEDAI_MODEL_NAME, or the account's own.",
	Hint:     "Check KEDAI_MODEL_URL and KEDAI_MODEL_NAME, or the account's own.",
	MaxBytes: 1 << 20,
	Barred:   models.CodeRejected,
	Refused:  models.CodeRejected,
	Unusable: models.CodeRejected,
}

// Options say where a model is.
type Options struct {
	URL  string // Where its API begins.
	Name string // Of the model.
	Key  models.Secret
}

// Address returns where a provider's own API is; empty for one that isn't known.
func Address(p models.Provider) string {
	switch p {
	case models.ProviderGemini:
		return "https://generativelanguage.googleapis.com"
	case models.ProviderOpenAI:
		return "https://api.openai.com/v1"
	}
	return ""
}

// Open returns a provider's model; it doesn't connect yet. CodeInvalid for what
// can't be used.
func Open(ctx context.Context, p models.Provider, o Options) (Model, error) {
	switch p {
	case models.ProviderGemini:
		return NewGemini(ctx, o)
	case models.ProviderOpenAI:
		return NewOpenAI(o)
	}
	return nil, models.Errorf(models.CodeInvalid, "There is no provider %q of models; take one of %v.", p, models.Providers())
}

// OpenOwn returns an account's own model, at its provider's own address.
func OpenOwn(ctx context.Context, m models.AccountModel, key models.Secret) (Model, error) {
	return Open(ctx, m.Provider, Options{URL: Address(m.Provider), Name: m.Name, Key: key})
}

// check returns CodeInvalid for what can't be used.
func (o Options) check() error {
	if err := remote.CheckURL(o.URL); err != nil {
		return err
	}
	if o.Name == "" {
		return models.Errorf(models.CodeInvalid, "The model needs a name.")
	}
	return nil
}

package main

import (
	"context"

	"kedai/activities/llm"
	"kedai/deploy/config"
	"kedai/worker"
)

// modelOf returns the model that answers for accounts without one of their own;
// nil where the built-in engine does.
func modelOf(ctx context.Context, c config.Config) (llm.Model, error) {
	provider, ok := c.Provider()
	if !ok {
		return nil, nil
	}
	address := c.ModelURL
	if address == "" {
		address = llm.Address(provider)
	}
	return llm.Open(ctx, provider, llm.Options{URL: address, Name: c.ModelCalled(), Key: c.ModelKey})
}

func modelLimits(c config.Config) worker.ModelLimits {
	return worker.ModelLimits{Budget: c.ModelBudget, PerAccount: c.ModelCalls, Price: c.ModelPrice()}
}

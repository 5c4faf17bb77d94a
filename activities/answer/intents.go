package answer

import (
	"slices"

	"kedai/models"
)

// Intents returns what each message of a burst wants, read by itself after
// those before it.
func Intents(t Turn) [][]models.Intent {
	if len(t.Messages) == 0 {
		return nil
	}
	out := make([][]models.Intent, len(t.Messages))
	one := t
	one.History = slices.Clone(t.History)
	for i, message := range t.Messages {
		one.Messages = t.Messages[i : i+1]
		out[i] = Understand(one).Intents
		one.History = append(one.History, Line{From: Customer, Text: message})
	}
	return out
}

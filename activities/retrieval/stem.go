package retrieval

import "kedai/models"

// Stems is being written.
func Stems(l models.Language, text string) []string { return nil }

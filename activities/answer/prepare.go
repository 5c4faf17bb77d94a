package answer

import (
	"kedai/models"
)

// Prepare compiles what the languages need, which the first turn would
// otherwise wait for.
func Prepare() {
	for _, l := range models.Languages() {
		t := Turn{Language: l, Messages: []string{"12 ?"}}
		u := Understand(t)
		policyOf(l)
		// A code has the guard read its promotions too.
		evidence := []models.Evidence{{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Headings: []string{"CODE10"}, Text: "CODE10 10%"}}}
		Reply(t, u, evidence, 1)
		Guard(t, models.Draft{Text: "CODE10 10%", Cites: []int{1}}, evidence)
	}
}

package answer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// What the shop itself says, word for word and cited, is never refused for its
// figures; and whatever is said, the guard says the same of it twice.
func FuzzGuard(f *testing.F) {
	for i, l := range models.Languages() {
		for _, s := range readScenes(f, l) {
			for _, e := range s.Evidence {
				if e.Passage != nil {
					f.Add(i, e.Passage.Text, s.Good[0].Text)
				}
				if e.Product != nil {
					f.Add(i, e.Product.Body, s.Bad[0].Text)
				}
			}
		}
	}
	f.Add(0, "1, 2 to 3. $4 €5 20.11.26 9:61 7h 12 am", "«1»\u00a0000 $$ http://a.b/ @ +1(2)3-4")
	figures := []string{ViolationNumber, ViolationPrice, ViolationUnit, ViolationCurrency, ViolationDate, ViolationCode, ViolationURL, ViolationEmail, ViolationPhone}
	f.Fuzz(func(t *testing.T, language int, evidence, said string) {
		l := models.Languages()[((language%4)+4)%4]
		g := guardLexiconOf(l)
		turn := Turn{Language: l, Shop: "Shop", Messages: []string{said}, Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
		list := []models.Evidence{{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{Text: evidence}}}
		draft := models.Draft{Action: models.ActionAnswer, Text: said, Cites: []int{1}}
		first := Guard(turn, draft, list)
		require.Equal(t, first, Guard(turn, draft, list))
		// What gives orders to an assistant vouches for nothing.
		if _, _, orders := find(g.orders, g.scan(evidence)); orders {
			return
		}
		turn.Messages = nil
		for _, v := range Guard(turn, models.Draft{Text: evidence, Cites: []int{1}}, list) {
			require.NotContains(t, figures, v.Kind, "%s of %q", v.Text, evidence)
		}
	})
}

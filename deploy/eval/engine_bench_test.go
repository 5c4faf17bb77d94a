package eval

import (
	"slices"
	"testing"
	"time"

	"kedai/activities/answer"
	"kedai/deploy/demo"
	"kedai/models"
)

// BenchmarkEngine has the built-in engine answer the demo shops' conversations
// by language, from what search finds, without the search.
func BenchmarkEngine(b *testing.B) {
	type asked struct {
		turn     answer.Turn
		evidence []models.Evidence
	}
	shops, err := Load(demo.FS, "", "")
	if err != nil {
		b.Fatal(err)
	}
	turns := map[models.Language][]asked{}
	for _, shop := range shops {
		m := newInMemory(b, shop)
		for _, c := range shop.Cases {
			var history []answer.Line
			for _, step := range c.Turns {
				turn := answer.Turn{Language: shop.Language, Shop: shop.Name, Messages: step.Say, History: history, Now: shop.Now, Currency: shop.Currency, Proven: c.Identity != nil}
				turns[shop.Language] = append(turns[shop.Language], asked{turn, m.find(answer.Understand(turn), c.Identity)})
				for _, say := range step.Say {
					history = append(slices.Clone(history), answer.Line{From: answer.Customer, Text: say})
				}
			}
		}
	}
	for _, l := range models.Languages() {
		b.Run(string(l), func(b *testing.B) {
			var took []time.Duration
			b.ReportAllocs()
			for b.Loop() {
				for _, a := range turns[l] {
					start := time.Now()
					draft := answer.Reply(a.turn, answer.Understand(a.turn), a.evidence, 1)
					answer.Guard(a.turn, draft, a.evidence)
					took = append(took, time.Since(start))
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/p50")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms/p95")
		})
	}
}

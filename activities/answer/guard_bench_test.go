package answer

import (
	"fmt"
	"strings"
	"testing"

	"kedai/models"
)

// longReply is a draft of about five hundred letters that cites a dozen pieces
// of evidence: several scenes' together.
func longReply(tb testing.TB, l models.Language) (Turn, models.Draft, []models.Evidence) {
	tb.Helper()
	var turn Turn
	var d models.Draft
	var evidence []models.Evidence
	var text strings.Builder
	for _, s := range readScenes(tb, l) {
		if len(evidence) >= 12 {
			break
		}
		turn = s.turn(tb)
		if text.Len() < 450 {
			text.WriteString(s.Good[0].Text + " ")
		}
		for _, e := range s.Evidence {
			e.N = len(evidence) + 1
			evidence = append(evidence, e)
			d.Cites = append(d.Cites, e.N)
		}
	}
	d.Text = text.String()
	return turn, d, evidence[:min(12, len(evidence))]
}

func BenchmarkGuard(b *testing.B) {
	for _, l := range models.Languages() {
		turn, d, evidence := longReply(b, l)
		b.Run(fmt.Sprintf("%s %d letters", l, len([]rune(d.Text))), func(b *testing.B) {
			Guard(turn, d, evidence)
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				Guard(turn, d, evidence)
			}
		})
	}
}

package activities

import (
	"kedai/activities/answer"
	"kedai/models"
	"kedai/models/store"
)

// heard is what each message of a turn wants, for people to see.
func heard(said answer.Turn, script store.Transcript, turn models.Turn) []models.Heard {
	var seqs []int64
	for _, m := range script.Messages {
		if m.Author == models.AuthorCustomer && m.Seq >= turn.FirstSeq {
			seqs = append(seqs, m.Seq)
		}
	}
	intents := answer.Intents(said)
	out := make([]models.Heard, 0, len(seqs))
	for i, seq := range seqs {
		out = append(out, models.Heard{Seq: seq, Intents: intents[i]})
	}
	return out
}

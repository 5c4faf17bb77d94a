package activities

import (
	"kedai/activities/answer"
	"kedai/models"
	"kedai/models/store"
)

// heard is what each message of a turn wants, for people to see. What the whole
// burst wants is known already; of one message that is all.
func heard(said answer.Turn, script store.Transcript, turn models.Turn, whole []models.Intent) []models.Heard {
	var seqs []int64
	for _, m := range script.Messages {
		if m.Author == models.AuthorCustomer && m.Seq >= turn.FirstSeq {
			seqs = append(seqs, m.Seq)
		}
	}
	intents := [][]models.Intent{whole}
	if len(said.Messages) != 1 {
		intents = answer.Intents(said)
	}
	out := make([]models.Heard, 0, len(seqs))
	for i, seq := range seqs {
		out = append(out, models.Heard{Seq: seq, Intents: intents[i]})
	}
	return out
}

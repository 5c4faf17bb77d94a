package store

import (
	"github.com/google/uuid"

	"kedai/models"
)

// noteLead keeps what an attempt's lead asked for last. Small talk doesn't take
// the place of something that was asked.
func (t *trip) noteLead(account, turn uuid.UUID, attempt int, intent models.Intent) {
	if intent == "" {
		return
	}
	t.exec(`
		UPDATE leads SET intent = $4
		 WHERE account_id = $1 AND id = (
			SELECT lead_id FROM conversations WHERE account_id = $1 AND id = (
				SELECT conversation_id FROM turns WHERE account_id = $1 AND id = $2 AND attempt = $3 AND state = 'preparing'))
		   AND intent IS DISTINCT FROM $4 AND (intent IS NULL OR NOT $5)`,
		account, turn, attempt, intent, intent.SmallTalk())
}

// noteHeard keeps what a turn's messages want, once its draft is stored.
func (t *trip) noteHeard(account, turn uuid.UUID, attempt int, heard []models.Heard) {
	if len(heard) == 0 {
		return
	}
	t.exec(`
		UPDATE messages SET intents = h.intents
		  FROM turns, jsonb_to_recordset($4::jsonb) AS h (seq bigint, intents jsonb)
		 WHERE turns.account_id = $1 AND turns.id = $2 AND messages.account_id = turns.account_id AND messages.chat_id = turns.chat_id AND messages.seq = h.seq
		   AND messages.seq BETWEEN turns.first_seq AND turns.covers_seq AND messages.author = 'customer' AND `+drafting,
		account, turn, attempt, asJSON(heard))
}

// lastIntent is what the engine took the burst for, else what its last messages
// want.
func lastIntent(d models.Draft) models.Intent {
	if d.Intent != "" {
		return d.Intent
	}
	var last models.Intent
	for _, h := range d.Heard {
		for _, one := range h.Intents {
			if last == "" || !one.SmallTalk() {
				last = one
			}
		}
	}
	return last
}

package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kedai/models"
)

// Retrieved is what a draft of one attempt is made of.
type Retrieved struct {
	Turn     models.Turn
	Script   Transcript
	Evidence []models.Evidence
}

// Retrieved returns a turn with its conversation and what an attempt of it has
// retrieved, all as of one transaction. CodeNotFound where there is no such
// turn, CodeConflict where a newer attempt made this one void.
func (s *Store) Retrieved(ctx context.Context, account, turn uuid.UUID, attempt int) (out Retrieved, err error) {
	var read transcript
	err = s.inOneTrip(ctx, account, func(t *trip) {
		out, read = Retrieved{}, transcript{}
		t.one(&out.Turn, "SELECT to_json(t) FROM turns t WHERE account_id = $1 AND id = $2", account, turn)
		t.transcript(&read, account, turn)
		t.evidence(&out.Evidence, account, turn, attempt)
	})
	if err != nil {
		return out, err
	}
	if out.Turn.Attempt != attempt {
		return out, models.Errorf(models.CodeConflict, "the attempt is void")
	}
	out.Script, err = read.script()
	return out, err
}

// Transcript returns the newest lines of a turn's conversation up to what the
// turn covers.
func (s *Store) Transcript(ctx context.Context, account, turn uuid.UUID) (Transcript, error) {
	var read transcript
	err := s.inOneTrip(ctx, account, func(t *trip) {
		read = transcript{}
		t.transcript(&read, account, turn)
	})
	if err != nil {
		return Transcript{}, err
	}
	return read.script()
}

// transcript is a Transcript as it is read.
type transcript struct {
	moment struct {
		AnswersAt time.Time `json:"answers_at"`
		Currency  string    `json:"currency"`
	}
	known struct {
		searchedAccount
		Email      string `json:"verified_email"`
		Phone      string `json:"verified_phone"`
		Summary    string `json:"summary"`
		SummarySeq int64  `json:"summary_seq"`
		models.CodesStanding
	}
	messages []models.Message
}

// transcript reads a turn's conversation. Its clock and currency are those that
// its first reader took, so that later rounds and attempts say the same.
func (t *trip) transcript(out *transcript, account, turn uuid.UUID) {
	t.one(&out.moment, `
		WITH moment AS (SELECT coalesce(t.answers_at, a.answers_at, t.started_at) AS answers_at, coalesce(t.currency, a.currency) AS currency
		                  FROM turns t JOIN accounts a ON a.id = t.account_id WHERE t.account_id = $1 AND t.id = $2),
		     kept AS (UPDATE turns SET answers_at = moment.answers_at, currency = moment.currency FROM moment
		               WHERE turns.account_id = $1 AND turns.id = $2 AND (turns.answers_at IS NULL OR turns.currency IS NULL))
		SELECT to_json(moment) FROM moment`,
		account, turn)
	t.one(&out.known, `
		SELECT to_json(k) FROM (
			SELECT `+searchedColumns+`, c.verified_email, c.verified_phone, u.text AS summary, u.seq AS summary_seq, `+codesStanding+`
			  FROM turns t JOIN `+searchedTables+` ON a.id = t.account_id JOIN chats c ON c.account_id = a.id AND c.id = t.chat_id
			  LEFT JOIN conversation_summaries u ON u.account_id = a.id AND u.conversation_id = t.conversation_id
			 WHERE t.account_id = $1 AND t.id = $2) k`, account, turn)
	t.all(into(&out.messages), `
		SELECT to_json(m) FROM (
			SELECT m.* FROM turns t JOIN messages m ON m.account_id = t.account_id AND m.chat_id = t.chat_id AND m.conversation_id = t.conversation_id AND m.seq <= t.covers_seq
			 WHERE t.account_id = $1 AND t.id = $2 AND m.author IN ('customer', 'agent', 'person') ORDER BY m.seq DESC LIMIT $3) m
		 ORDER BY m.seq`, account, turn, transcriptLines)
}

func (r transcript) script() (Transcript, error) {
	synonyms, err := synonymsOf(r.known.Terms)
	account := r.known.searchedAccount
	return Transcript{
		Account: account.Account, Messages: r.messages, Synonyms: synonyms, Indexed: account.IndexVersion, Hours: account.BusinessHours,
		Email: r.known.Email, Phone: r.known.Phone, Now: account.local(r.moment.AnswersAt), Codes: r.known.CodesStanding, Currency: r.moment.Currency,
		Summary: r.known.Summary, SummarySeq: r.known.SummarySeq, OwnModel: account.OwnModel,
	}, err
}

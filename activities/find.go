package activities

import (
	"context"

	"github.com/google/uuid"

	"kedai/activities/answer"
	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/store"
)

// knowledge is what a turn is answered from.
type knowledge struct {
	account  uuid.UUID
	own      bool // It has a model of its own.
	set      models.SourceSet
	language models.Language // That the index is stemmed in.
	synonyms models.Synonyms // The account's own.
	written  string          // What the index was last wholly written with.

	hours *models.BusinessHours // Nil where none are set.

	// The customer: the chat and turn that wrong tries are counted for, none in
	// the Playground, and what the channel proves.
	chat, conversation, turn uuid.UUID
	email, phone             string
	mail                     bool // One-time codes can be sent.
}

// find searches for what was said or, in a further round, for what the engine
// needs, and looks up the orders that are asked about. Live turns and the
// Playground's find the same in the same set.
func (a *Turns) find(ctx context.Context, k knowledge, said answer.Turn, need string) ([]models.Evidence, error) {
	w := wish{text: need}
	var evidence []models.Evidence
	if need == "" {
		understood := answer.Understand(said)
		w = wishOf(understood)
		if understood.Orders != nil {
			var err error
			if evidence, err = a.orders(ctx, k, *understood.Orders); err != nil {
				return nil, err
			}
		}
		if understood.AsksHours() && !k.hours.Empty() {
			hours := k.hours.Evidence(said.Now)
			evidence = append(evidence, models.Evidence{Kind: models.EvidenceHours, Hours: &hours})
		}
	}
	if w.text == "" {
		return evidence, nil
	}
	query := retrieval.Query{Language: k.language, Text: w.text, Synonyms: k.synonyms, Indexed: k.written}
	found, err := a.search(ctx, k.account, k.set, query, w)
	return append(evidence, found...), err
}

// orders returns how the look-up ended, and the orders that are proven to be
// the customer's.
func (a *Turns) orders(ctx context.Context, k knowledge, wish answer.OrderWish) ([]models.Evidence, error) {
	ask := store.OrderAsk{
		Chat: k.chat, Conversation: k.conversation, Turn: k.turn, Email: k.email, Phone: k.phone,
		Numbers: wish.Numbers, Claims: wish.Claims, Foreign: foreign(k, wish),
		CanMail: k.mail, SendCode: wish.SendCode, Codes: wish.Codes,
	}
	found, err := a.Store.FindOrders(ctx, k.account, ask)
	if err != nil {
		return nil, err
	}
	evidence := []models.Evidence{{Kind: models.EvidenceLookup, Lookup: &models.OrderLookup{Outcome: found.Outcome, Numbers: wish.Numbers, OffersCode: found.OffersCode}}}
	for i := range found.Orders {
		evidence = append(evidence, models.Evidence{Kind: models.EvidenceOrder, Order: &found.Orders[i]})
	}
	return evidence, nil
}

// foreign reports whether somebody else's address or phone was typed: then the
// question isn't about the customer's own orders.
func foreign(k knowledge, wish answer.OrderWish) bool {
	for _, email := range wish.Emails {
		if email != models.NormalEmail(k.email) {
			return true
		}
	}
	for _, phone := range wish.Phones {
		if !models.SamePhone(phone, models.NormalPhone(k.phone)) {
			return true
		}
	}
	return false
}

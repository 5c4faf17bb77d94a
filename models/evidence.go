package models

import "github.com/google/uuid"

// EvidenceKind names what an Evidence was read from.
type EvidenceKind string

// The kinds of evidence.
const (
	EvidenceProduct EvidenceKind = "product"
	EvidencePassage EvidenceKind = "passage"
)

// Evidence is one numbered piece of what a turn may base its reply on, as it
// stood when it was retrieved. Exactly one of Product and Passage is set.
type Evidence struct {
	ID      uuid.UUID
	TurnID  uuid.UUID
	N       int // From 1, in the order of Score.
	Kind    EvidenceKind
	Score   float64
	Product *Product
	Passage *Passage
}

// Action is what a turn does, decided by the engine and never read from the
// text of the reply.
type Action string

// The actions of a turn.
const (
	ActionAnswer  Action = "answer"
	ActionClarify Action = "clarify"
	ActionDecline Action = "decline"
	ActionHandoff Action = "handoff"
)

// Intent is what a customer wants with a message.
type Intent string

// The intents.
const (
	IntentGreeting      Intent = "greeting"
	IntentThanks        Intent = "thanks"
	IntentGoodbye       Intent = "goodbye"
	IntentProductPrice  Intent = "product_price"
	IntentProductStock  Intent = "product_stock"
	IntentProductDetail Intent = "product_detail"
	IntentRecommend     Intent = "recommend"
	IntentCompare       Intent = "compare"
	IntentOrderStatus   Intent = "order_status"
	IntentPolicy        Intent = "policy"
	IntentPromotion     Intent = "promotion"
	IntentHuman         Intent = "human"
	IntentOffTopic      Intent = "off_topic"
	IntentOther         Intent = "other"
)

// Draft is what an engine proposes to say. It is stored with its turn and
// becomes an outbound only by Deliver.
type Draft struct {
	Action Action
	Reason HandoffReason // Set with ActionHandoff.
	Intent Intent
	Text   string // Empty with ActionHandoff: the handoff text is a setting.
	Cites  []int  // Numbers of the evidence used.
	Need   string // A further search the engine asks for, or empty.
	Engine string // Which engine wrote it, such as builtin.
}

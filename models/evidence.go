package models

import (
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// EvidenceKind names what an Evidence was read from.
type EvidenceKind string

// The kinds of evidence.
const (
	EvidenceProduct EvidenceKind = "product"
	EvidencePassage EvidenceKind = "passage"

	EvidenceOrder    EvidenceKind = "order"        // Only what is proven to be the customer's.
	EvidenceLookup   EvidenceKind = "order_lookup" // How the look-up of orders ended.
	EvidenceComputed EvidenceKind = "computed"     // What code worked out of other evidence.
	EvidenceHours    EvidenceKind = "hours"        // The shop's business hours, around the turn's time.
)

// Evidence is one numbered piece of what a turn may base its reply on, as it
// stood when it was retrieved. Exactly one of its pointers is set.
type Evidence struct {
	ID      uuid.UUID
	TurnID  uuid.UUID
	N       int // From 1, in the order of Score.
	Kind    EvidenceKind
	Score   float64
	Product *Product
	Passage *Passage

	Order    *Order
	Lookup   *OrderLookup
	Computed *Computed
	Hours    *HoursEvidence
}

// Content returns what the evidence is of.
func (e *Evidence) Content() any {
	switch e.Kind {
	case EvidencePassage:
		return e.Passage
	case EvidenceOrder:
		return e.Order
	case EvidenceLookup:
		return e.Lookup
	case EvidenceComputed:
		return e.Computed
	case EvidenceHours:
		return e.Hours
	case EvidenceProduct:
	}
	return e.Product
}

// Place returns a new value of the evidence's kind, to be read into.
func (e *Evidence) Place() any {
	switch e.Kind {
	case EvidencePassage:
		e.Passage = &Passage{}
	case EvidenceOrder:
		e.Order = &Order{}
	case EvidenceLookup:
		e.Lookup = &OrderLookup{}
	case EvidenceComputed:
		e.Computed = &Computed{}
	case EvidenceHours:
		e.Hours = &HoursEvidence{}
	case EvidenceProduct:
		e.Product = &Product{}
	}
	return e.Content()
}

// Computed is a figure that code worked out, so that a reply may state it.
type Computed struct {
	What     ComputedKind    `json:"what"`
	Amount   decimal.Decimal `json:"amount"`
	Currency string          `json:"currency,omitempty"` // Empty for what isn't money.
	From     []int           `json:"from,omitempty"`     // Numbers of the evidence it was worked out of.
}

// ComputedKind is what a computed figure is.
type ComputedKind string

// What is computed.
const (
	ComputedTotal      ComputedKind = "total"
	ComputedDifference ComputedKind = "difference"
	ComputedDiscount   ComputedKind = "discount" // An amount that a price is reduced by.
	ComputedPercent    ComputedKind = "percent"
	ComputedRemaining  ComputedKind = "remaining"
)

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

// SmallTalk reports whether an intent asks for nothing.
func (i Intent) SmallTalk() bool {
	return i == IntentGreeting || i == IntentThanks || i == IntentGoodbye
}

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

	Fallback Fallback   // Why it is the built-in engine's where there is a model.
	Computed []Evidence // What was worked out for it; numbered after the turn's own evidence.
	Heard    []Heard    // What the burst's messages want, as it is kept with them.
}

// Heard is what one message of a burst wants.
type Heard struct {
	Seq     int64    `json:"seq"`
	Intents []Intent `json:"intents"`
}

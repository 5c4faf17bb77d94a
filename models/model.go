package models

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// Provider is whose API a model is reached by.
type Provider string

// The providers.
const (
	ProviderGemini Provider = "gemini"
	ProviderOpenAI Provider = "openai"
)

// Providers lists the providers that there are.
func Providers() []Provider { return []Provider{ProviderGemini, ProviderOpenAI} }

// AccountModel is a model that an account pays for itself. Its address is the
// provider's own: an account names no address of its choice, which could be one
// of ours.
type AccountModel struct {
	AccountID uuid.UUID `json:"account_id" gorm:"primaryKey"`
	Provider  Provider  `json:"provider"`
	Name      string    `json:"name"`
	UpdatedAt time.Time `json:"updated_at"`
}

// TableName names the table.
func (AccountModel) TableName() string { return "account_models" }

const maxModelName = 100

// Validate returns CodeInvalid where no such model can be asked.
func (m AccountModel) Validate() error {
	if !slices.Contains(Providers(), m.Provider) {
		return Errorf(CodeInvalid, "provider must be one of %v", Providers())
	}
	plain := func(r rune) bool {
		return r < 0x80 && (r == '-' || r == '.' || r == '_' || r == ':' || r == '/' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}
	n := utf8.RuneCountInString(m.Name)
	if n == 0 || n > maxModelName || strings.ContainsFunc(m.Name, func(r rune) bool { return !plain(r) }) || strings.Contains(m.Name, "..") {
		return Errorf(CodeInvalid, "name must be the provider's name of the model, such as gemini-2.5-flash, with at most %d characters", maxModelName)
	}
	return nil
}

// ModelUse is what a turn's calls of a model took.
type ModelUse struct {
	Model        string
	InputTokens  int64
	OutputTokens int64
	Cost         *decimal.Decimal // US dollars; nil where no price is known.
	Took         time.Duration
}

// Add returns the use of both.
func (u ModelUse) Add(more ModelUse) ModelUse {
	if more.Model != "" {
		u.Model = more.Model
	}
	u.InputTokens += more.InputTokens
	u.OutputTokens += more.OutputTokens
	u.Took += more.Took
	if more.Cost != nil {
		sum := *more.Cost
		if u.Cost != nil {
			sum = sum.Add(*u.Cost)
		}
		u.Cost = &sum
	}
	return u
}

// ModelPrice is what a model costs, in US dollars for a million tokens; nil
// where that isn't known.
type ModelPrice struct{ In, Out *decimal.Decimal }

var million = decimal.NewFromInt(1_000_000)

// Cost returns what tokens cost, nil where that isn't known.
func (p ModelPrice) Cost(in, out int64) *decimal.Decimal {
	if p.In == nil || p.Out == nil {
		return nil
	}
	cost := p.In.Mul(decimal.NewFromInt(in)).Add(p.Out.Mul(decimal.NewFromInt(out))).Div(million)
	return &cost
}

// Fallback is why the built-in engine answered in a model's place.
type Fallback string

// The reasons.
const (
	FallbackDown     Fallback = "down"         // It couldn't be reached, or failed.
	FallbackSlow     Fallback = "slow"         // The turn's time for it was over.
	FallbackLimited  Fallback = "rate_limited" // It wants to be left alone for longer than that.
	FallbackRejected Fallback = "rejected"     // It refused, or its answer was of no use.
	FallbackRefused  Fallback = "refused"      // What it wrote may not be said, and neither may what it wrote then.
	FallbackBusy     Fallback = "busy"         // The account has as many calls under way as it may.
	FallbackFailed   Fallback = "failed"       // The attempt with it broke off.
)

package activities

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"kedai/activities/answer"
	"kedai/activities/llm"
	"kedai/models"
	"kedai/models/store"
)

// Models are the models that replies are asked of: the account's own, else the
// process's. They bound what one account may ask for at a time.
type Models struct {
	Store      *store.Store
	Model      llm.Model                                                                              // The process's; nil: none.
	Open       func(ctx context.Context, m models.AccountModel, key models.Secret) (llm.Model, error) // An account's own.
	Budget     time.Duration                                                                          // Of all calls of a turn; 0: DefaultModelBudget.
	PerAccount int                                                                                    // Calls at a time; 0: DefaultModelCalls.
	Price      models.ModelPrice                                                                      // Of the process's.
	Log        *slog.Logger

	mu    sync.Mutex
	own   map[uuid.UUID]openModel
	slots map[uuid.UUID]*slots
}

// What Models take where nothing is set.
const (
	DefaultModelBudget = 12 * time.Second
	DefaultModelCalls  = 8
)

// openModel is an account's own model as it was set at a time.
type openModel struct {
	model llm.Model
	at    time.Time
}

// slots are the calls that an account may have under way.
type slots struct {
	free  chan struct{}
	users int
}

// chosen is the model of an account, with what it costs.
type chosen struct {
	llm.Model
	price models.ModelPrice
}

// of returns the model that an account's replies are asked of; nil where it
// has none. own says that the account may have one of its own.
func (m *Models) of(ctx context.Context, account uuid.UUID, own bool) (*chosen, error) {
	if m == nil {
		return nil, nil
	}
	if own && m.Open != nil {
		set, err := m.Store.AccountModel(ctx, account)
		if err == nil {
			own, err := m.ownOf(ctx, set)
			return &chosen{Model: own}, err
		}
		if models.CodeOf(err) != models.CodeNotFound {
			return nil, err
		}
	}
	if m.Model == nil {
		return nil, nil
	}
	return &chosen{Model: m.Model, price: m.Price}, nil
}

// ownOf opens an account's own model, or returns it where it is open and
// unchanged.
func (m *Models) ownOf(ctx context.Context, set models.AccountModel) (llm.Model, error) {
	m.mu.Lock()
	had, ok := m.own[set.AccountID]
	m.mu.Unlock()
	if ok && had.at.Equal(set.UpdatedAt) {
		return had.model, nil
	}
	set, key, err := m.Store.AccountModelKey(ctx, set.AccountID)
	if err != nil {
		return nil, err
	}
	opened, err := m.Open(ctx, set, key)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.own == nil {
		m.own = map[uuid.UUID]openModel{}
	}
	m.own[set.AccountID] = openModel{opened, set.UpdatedAt}
	return opened, nil
}

func (m *Models) budget() time.Duration {
	if m == nil || m.Budget <= 0 {
		return DefaultModelBudget
	}
	return m.Budget
}

// enter waits until an account may have another call under way, and returns
// what ends it; false where ctx ended first.
func (m *Models) enter(ctx context.Context, account uuid.UUID) (leave func(), ok bool) {
	m.mu.Lock()
	if m.slots == nil {
		m.slots = map[uuid.UUID]*slots{}
	}
	s := m.slots[account]
	if s == nil {
		most := m.PerAccount
		if most <= 0 {
			most = DefaultModelCalls
		}
		s = &slots{free: make(chan struct{}, most)}
		m.slots[account] = s
	}
	s.users++
	m.mu.Unlock()
	gone := func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if s.users--; s.users == 0 {
			delete(m.slots, account)
		}
	}
	select {
	case s.free <- struct{}{}:
		return func() { <-s.free; gone() }, true
	case <-ctx.Done():
		gone()
		return nil, false
	}
}

// Summarize has the account's model write a summary, within a turn's budget.
// CodeNotFound where the account has no model.
func (m *Models) Summarize(ctx context.Context, account uuid.UUID, r llm.SummaryRequest) (llm.Summary, models.ModelUse, error) {
	model, err := m.of(ctx, account, true)
	if err != nil {
		return llm.Summary{}, models.ModelUse{}, err
	}
	if model == nil {
		return llm.Summary{}, models.ModelUse{}, models.Errorf(models.CodeNotFound, "the account has no model")
	}
	return m.summarizeBy(ctx, model, account, r)
}

func (m *Models) summarizeBy(ctx context.Context, model *chosen, account uuid.UUID, r llm.SummaryRequest) (llm.Summary, models.ModelUse, error) {
	ctx, cancel := context.WithTimeout(ctx, m.budget())
	defer cancel()
	leave, ok := m.enter(ctx, account)
	if !ok {
		return llm.Summary{}, models.ModelUse{}, models.Errorf(models.CodeRateLimited, "the account has too many calls of its model under way")
	}
	defer leave()
	summary, err := model.Summarize(ctx, r)
	if err == nil && answer.LeaksPrompt(summary.Text) {
		err = models.Errorf(models.CodeRejected, "the model wrote its instructions instead of a summary")
	}
	return summary, model.use(summary.Usage, 0), err
}

// use is what calls took, with their price.
func (c *chosen) use(u llm.Usage, took time.Duration) models.ModelUse {
	out := models.ModelUse{Model: u.Model, InputTokens: int64(u.InputTokens), OutputTokens: int64(u.OutputTokens), Took: took}
	if u.Model != "" {
		out.Cost = c.price.Cost(out.InputTokens, out.OutputTokens)
	}
	return out
}

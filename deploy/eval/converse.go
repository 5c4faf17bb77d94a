package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"kedai/deploy/bench"
	"kedai/models"
	"kedai/models/store"
)

// Examined answers the conversations of a shop.
type Examined interface {
	// Converse holds one case's conversation and returns what was said, turn by
	// turn; fewer where the agent fell silent.
	Converse(ctx context.Context, c models.TestCase) ([]Said, error)
	Close()
}

const (
	// sideBySide is how many conversations of a shop are held at a time.
	sideBySide = 12
	// Patience is how long a reply may take before the agent counts as silent.
	Patience = 8 * time.Second
	// ModelPatience is how long one may take that a model writes, in up to three
	// rounds.
	ModelPatience = 45 * time.Second
	// burst is how long the agent waits for more messages.
	burst = 300 * time.Millisecond
)

// twice is what an agent did that answered one burst twice.
const twice models.Action = "answer twice"

// rest waits for as long as a second reply to the same burst would take.
func rest(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(2 * burst):
		return true
	}
}

// live is a shop of a running system: conversations go the way of any chat.
type live struct {
	shop     *bench.Shop
	patience time.Duration
}

// OpenLive makes a throw-away account of the shop by the imports that its user
// would use.
func OpenLive(ctx context.Context, s *bench.System, shop Shop, patience time.Duration) (Examined, error) {
	account := store.NewAccount{Name: shop.Name, Currency: shop.Currency, Language: shop.Language, Admin: "Admin"}
	if !shop.Now.IsZero() {
		account.AnswersAt = &shop.Now
	}
	opened, err := bench.OpenBareShop(ctx, s, account, map[string]any{"burst_question_ms": burst.Milliseconds(), "burst_quiet_ms": burst.Milliseconds(), "burst_max_ms": 2000})
	if err != nil {
		return nil, err
	}
	l := &live{shop: opened, patience: patience}
	if err := l.fill(ctx, shop); err != nil {
		l.Close()
		return nil, fmt.Errorf("%s: %w", shop.Folder, err)
	}
	return l, nil
}

func (l *live) fill(ctx context.Context, shop Shop) error {
	if err := l.shop.Upload(ctx, "products?name=products.csv", "text/csv", shop.Files["products.csv"]); err != nil {
		return err
	}
	if orders := shop.Files["orders.json"]; orders != nil {
		if err := l.shop.Upload(ctx, "orders?name=orders.json", "application/json", orders); err != nil {
			return err
		}
	}
	for _, p := range shop.Policies {
		if err := l.shop.Upload(ctx, "sources?name="+path.Base(p.File), "text/markdown", []byte(p.Text)); err != nil {
			return err
		}
	}
	return nil
}

// Close ends what the shop's channels keep open.
func (l *live) Close() { l.shop.Close() }

// Converse opens a chat on the website or, for somebody whom a phone number
// proves, on the channel that names its customers so.
func (l *live) Converse(ctx context.Context, c models.TestCase) ([]Said, error) {
	chat, inbox, err := l.open(ctx, c)
	if err != nil {
		return nil, err
	}
	defer chat.Close()
	replies := 0
	for _, turn := range c.Turns {
		for _, text := range turn.Say {
			if err := chat.Say(ctx, text); err != nil {
				return nil, err
			}
		}
		replies++
		waiting, cancel := context.WithTimeout(ctx, l.patience)
		err := chat.Await(waiting, replies)
		cancel()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			replies--
			break // Silence, which the turns tell.
		}
		if !rest(ctx) {
			return nil, ctx.Err()
		}
		if chat.Got() > replies {
			return []Said{{Action: twice}}, nil
		}
	}
	return l.said(ctx, inbox, chat, replies)
}

func (l *live) open(ctx context.Context, c models.TestCase) (bench.Chat, models.Inbox, error) {
	if c.Identity != nil && c.Identity.Phone != "" {
		// Several cases are of one customer; each is a chat of its own.
		return bench.NewRecorderChatOf(l.shop, c.Identity.Phone+" "+c.ID, c.Identity.Phone), l.shop.Recorder, nil
	}
	visitor, err := bench.NewVisitor(ctx, l.shop.System.API, l.shop.Website.PublicID.String())
	if err != nil {
		return nil, models.Inbox{}, err
	}
	if c.Identity != nil && c.Identity.Email != "" {
		if err := l.prove(ctx, visitor, c.Identity.Email); err != nil {
			visitor.Close()
			return nil, models.Inbox{}, err
		}
	}
	return bench.NewWebsiteChatOf(visitor), l.shop.Website, nil
}

// prove signs the visitor's e-mail as the shop's server would.
func (l *live) prove(ctx context.Context, visitor *bench.Visitor, email string) error {
	now := time.Now()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"aud": l.shop.Website.PublicID.String(), "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "email": email,
	}).SignedString([]byte(l.shop.Platform.Secret().Reveal()))
	if err != nil {
		return err
	}
	return visitor.Prove(ctx, token)
}

// said reads the turns of a chat's conversation, as an operator would.
func (l *live) said(ctx context.Context, inbox models.Inbox, chat bench.Chat, replies int) ([]Said, error) {
	found, err := l.shop.System.Store.ChatByIdentity(ctx, inbox, chat.Customer().Name)
	if err != nil {
		return nil, err
	}
	rows, err := l.shop.System.Store.Conversations(ctx, l.shop.Account.ID, store.ConversationFilter{Limit: 10_000})
	if err != nil {
		return nil, err
	}
	var out []Said
	for _, row := range rows {
		if row.ChatID != found.ID {
			continue
		}
		if out, err = l.turns(ctx, row.ID); err != nil {
			return nil, err
		}
	}
	got := chat.Customer().Got
	out = out[:min(len(out), replies, len(got))]
	for i := range out {
		out[i].Text = got[i]
	}
	return out, nil
}

func (l *live) turns(ctx context.Context, conversation uuid.UUID) ([]Said, error) {
	var detail struct {
		Turns []struct {
			ID             uuid.UUID
			Action, Intent *string
		}
		Evidence []struct {
			TurnID  uuid.UUID `json:"turn_id"`
			Kind    string
			Content json.RawMessage
			Product *struct{ Title string }
			Passage *struct{ Headings []string }
		}
	}
	if err := l.shop.Call(ctx, http.MethodGet, "/v1/conversations/"+conversation.String(), nil, &detail); err != nil {
		return nil, err
	}
	var out []Said
	for _, turn := range detail.Turns {
		var s Said
		if turn.Action != nil {
			s.Action = models.Action(*turn.Action)
		}
		if turn.Intent != nil {
			s.Intent = *turn.Intent
		}
		for _, e := range detail.Evidence {
			switch {
			case e.TurnID != turn.ID:
			case e.Product != nil:
				s.Evidence = append(s.Evidence, e.Product.Title)
			case e.Passage != nil:
				s.Evidence = append(s.Evidence, fmt.Sprint(e.Passage.Headings))
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// Examine holds all conversations and compares them with what is expected.
func Examine(ctx context.Context, shops []Shop, open func(ctx context.Context, shop Shop) (Examined, error), only string) (*Exam, error) {
	exam := &Exam{}
	start := time.Now()
	for _, shop := range shops {
		examined, err := open(ctx, shop)
		if err != nil {
			return nil, err
		}
		err = exam.hold(ctx, shop, examined, only)
		examined.Close()
		if err != nil {
			return nil, err
		}
	}
	exam.Took = time.Since(start)
	exam.count()
	if exam.Total == 0 {
		return nil, errors.New("there are no such conversations in the exam: it needs a cases.jsonl in a shop's folder")
	}
	return exam, nil
}

func (e *Exam) hold(ctx context.Context, shop Shop, examined Examined, only string) error {
	results := make([]*Result, len(shop.Cases))
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(sideBySide)
	for i, c := range shop.Cases {
		if only != "" && c.ID != only {
			continue
		}
		group.Go(func() error {
			said, err := examined.Converse(ctx, c)
			if err != nil {
				return fmt.Errorf("%s: %w", c.ID, err)
			}
			mu.Lock()
			defer mu.Unlock()
			results[i] = judge(shop, c, said)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, r := range results {
		if r != nil {
			e.Results = append(e.Results, *r)
		}
	}
	return nil
}

package bench

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"kedai/activities"
	"kedai/activities/answer"
	"kedai/activities/retrieval"
	"kedai/models"
	"kedai/models/store"
)

// AnswersReport is how long the built-in engine takes in a large account: alone,
// and as a turn's activities, beside a bare hybrid query and the read of one
// product in the same run.
type AnswersReport struct {
	Machine  string  `json:"machine"`
	Load     string  `json:"load"` // Of the machine over 1, 5 and 15 minutes, once the shop was there.
	Products int     `json:"products"`
	Passages int     `json:"passages"`
	ImportS  float64 `json:"import_s"` // To take in the products' file.

	Questions int                   `json:"questions"` // That the engine alone answered; as many turns are measured.
	Actions   map[models.Action]int `json:"actions"`   // What the replies were.

	Engine     Times   `json:"understand_compose_guard_ms"`
	Retrieve   Times   `json:"retrieve_ms"`
	Generate   Times   `json:"generate_ms"`
	Turn       Times   `json:"retrieve_and_generate_ms"`
	Bare       Times   `json:"bare_query_and_product_ms"`
	RatioP50   float64 `json:"ratio_p50"`
	RatioP95   float64 `json:"ratio_p95"`
	Statements float64 `json:"statements_per_turn"` // Of Retrieve and Generate.
}

const (
	// turnsPerChat lets a third of the turns begin a conversation.
	turnsPerChat = 3
	// warmTurns aren't counted: they open connections and prepare statements.
	warmTurns = 40
	// bareLimit is as many hits as a turn may speak of.
	bareLimit = 10
)

// Answers measures the engine on a system that counts statements.
func Answers(ctx context.Context, system *System, index *retrieval.Weaviate, products, questions int) (*AnswersReport, error) {
	random := rand.New(rand.NewPCG(1, 2))
	shop, err := openLargeShop(ctx, system, random, products)
	if err != nil {
		return nil, err
	}
	defer shop.Close()
	pool, err := pgxpool.New(ctx, system.Superuser)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	if _, err := pool.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements; ANALYZE"); err != nil {
		return nil, fmt.Errorf("count statements: %w", err)
	}
	m := &answersMeasure{
		shop: shop, index: index, pool: pool,
		turns:        &activities.Turns{Store: system.Store, Index: index, Log: slog.Default()},
		answersTaken: answersTaken{actions: map[models.Action]int{}},
	}
	r := &AnswersReport{
		Machine: fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version()), Load: loadAverage(),
		Products: products, Passages: shop.passages, ImportS: shop.importS, Questions: questions,
	}
	if err := m.askAll(ctx, shop.questions(random, warmTurns)); err != nil {
		return nil, err
	}
	m.answersTaken = answersTaken{actions: map[models.Action]int{}}
	if err := m.askAll(ctx, shop.questions(random, 2*questions)); err != nil {
		return nil, err
	}
	if err := m.answerAlone(); err != nil {
		return nil, err
	}
	r.Actions, r.Statements = m.actions, m.statements/float64(len(m.whole))
	r.Engine, r.Retrieve, r.Generate = timesOf(m.engine), timesOf(m.retrieve), timesOf(m.generate)
	r.Turn, r.Bare = timesOf(m.whole), timesOf(m.bare)
	r.RatioP50, r.RatioP95 = r.Turn.P50/r.Bare.P50, r.Turn.P95/r.Bare.P95
	return r, nil
}

// answersMeasure is one run against one shop.
type answersMeasure struct {
	shop  *largeShop
	index *retrieval.Weaviate
	pool  *pgxpool.Pool
	turns *activities.Turns
	answersTaken
}

type answersTaken struct {
	engine, retrieve, generate, whole, bare []time.Duration

	statements float64
	actions    map[models.Action]int
	alone      []aloneTurn
}

// aloneTurn is what the engine sees of a turn.
type aloneTurn struct {
	said     answer.Turn
	evidence []models.Evidence
}

// askAll asks the bursts in chats of a few turns each.
func (m *answersMeasure) askAll(ctx context.Context, bursts [][]string) error {
	chat := &answersChat{}
	for i, burst := range bursts {
		if chat.over {
			chat = &answersChat{}
		}
		if err := m.ask(ctx, chat, burst, i/questionKinds%2 == 0); err != nil {
			return err
		}
	}
	return nil
}

// answersChat is a customer's chat, which no workflow runs.
type answersChat struct {
	identity string
	history  []answer.Line
	turns    int
	over     bool
}

// ask says a burst and has it answered by the turn's activities, which are
// measured beside the bare query; or else what it found is kept for the engine
// alone.
func (m *answersMeasure) ask(ctx context.Context, chat *answersChat, burst []string, wholly bool) error {
	receipt, err := m.say(ctx, chat, burst)
	if err != nil {
		return err
	}
	where := activities.ChatRequest{Account: m.shop.Account.ID, Chat: receipt.Chat}
	if _, err := m.turns.OpenConversation(ctx, where); err != nil {
		return err
	}
	turn, generated, err := m.turn(ctx, where, chat, burst, wholly)
	if err != nil {
		return err
	}
	m.actions[generated.Action]++
	delivery, err := m.turns.Deliver(ctx, turn)
	if err != nil {
		return err
	}
	chat.turns++
	chat.over = delivery.Handoff || chat.turns == turnsPerChat
	return m.remember(ctx, chat, turn, burst)
}

// remember adds a turn to what the engine alone sees of the chat.
func (m *answersMeasure) remember(ctx context.Context, chat *answersChat, r activities.TurnRequest, burst []string) error {
	turn, err := m.shop.System.Store.Turn(ctx, r.Account, r.Turn)
	if err != nil {
		return err
	}
	for _, text := range burst {
		chat.history = append(chat.history, answer.Line{From: answer.Customer, Text: text})
	}
	if turn.Draft != nil {
		chat.history = append(chat.history, answer.Line{From: answer.Agent, Text: *turn.Draft})
	}
	return nil
}

// turn takes a turn up to its draft.
func (m *answersMeasure) turn(ctx context.Context, where activities.ChatRequest, chat *answersChat, burst []string, wholly bool) (turn activities.TurnRequest, generated activities.Generated, err error) {
	before, err := m.counted(ctx)
	if err != nil {
		return turn, generated, err
	}
	start := time.Now()
	begun, err := m.turns.Retrieve(ctx, activities.RetrieveRequest{ChatRequest: where})
	retrieved := time.Since(start)
	if err != nil {
		return turn, generated, err
	}
	if begun.Turn == uuid.Nil {
		return turn, generated, fmt.Errorf("the agent doesn't serve the chat: it is %s", begun.Standing)
	}
	turn = activities.TurnRequest{ChatRequest: where, Turn: begun.Turn, Attempt: begun.Attempt}
	if !wholly {
		if err := m.keepForEngine(ctx, chat, turn, burst); err != nil {
			return turn, generated, err
		}
		generated, err = m.turns.Generate(ctx, turn)
		return turn, generated, err
	}
	start = time.Now()
	if generated, err = m.turns.Generate(ctx, turn); err != nil {
		return turn, generated, err
	}
	drafted := time.Since(start)
	after, err := m.counted(ctx)
	if err != nil {
		return turn, generated, err
	}
	m.retrieve, m.generate, m.whole = append(m.retrieve, retrieved), append(m.generate, drafted), append(m.whole, retrieved+drafted)
	m.statements += after - before
	return turn, generated, m.queryBare(ctx, strings.Join(burst, " "))
}

// say stores a burst. The doorbell is noted as rung, so that no workflow
// answers too.
func (m *answersMeasure) say(ctx context.Context, chat *answersChat, burst []string) (receipt store.Receipt, err error) {
	if chat.identity == "" {
		chat.identity = uuid.NewString()
	}
	system := m.shop.System.Store
	for _, text := range burst {
		in := models.Inbound{Author: models.AuthorCustomer, Identity: chat.identity, ProviderID: uuid.NewString(), Name: "Customer", Text: text}
		if receipt, err = system.Intake(ctx, m.shop.Website, in); err != nil {
			return receipt, err
		}
	}
	return receipt, system.System().Signalled(ctx, []store.Bell{receipt.Bell})
}

// counted returns how many statements the accounts' role has had answered.
func (m *answersMeasure) counted(ctx context.Context) (n float64, err error) {
	err = m.pool.QueryRow(ctx, `SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid JOIN pg_roles r ON r.oid = s.userid
		WHERE d.datname = current_database() AND r.rolname = 'kedai_app'`).Scan(&n)
	return n, err
}

// keepForEngine keeps what the turn has found and what the engine sees of the chat.
func (m *answersMeasure) keepForEngine(ctx context.Context, chat *answersChat, r activities.TurnRequest, burst []string) error {
	evidence, err := m.shop.System.Store.Evidence(ctx, r.Account, r.Turn, r.Attempt)
	m.alone = append(m.alone, aloneTurn{
		answer.Turn{Language: models.English, Shop: m.shop.Account.Name, Messages: burst, History: slices.Clone(chat.history), Now: time.Now(), Currency: "USD"}, evidence,
	})
	return err
}

// answerAlone measures the engine without Weaviate and Postgres, on the turns that
// were kept; their texts are read as Retrieve leaves them.
func (m *answersMeasure) answerAlone() error {
	for _, t := range m.alone {
		answer.ReadAhead(t.said.Language, t.evidence)
		start := time.Now()
		draft := answer.Reply(t.said, answer.Understand(t.said), t.evidence, 1)
		violations := answer.Guard(t.said, draft, t.evidence)
		m.engine = append(m.engine, time.Since(start))
		if len(violations) > 0 {
			return fmt.Errorf("asked %q, the engine says %q, of which the guard refuses %v", t.said.Messages, draft.Text, violations)
		}
	}
	return nil
}

// queryBare measures what a turn can't do without: one query and one product.
func (m *answersMeasure) queryBare(ctx context.Context, text string) error {
	start := time.Now()
	ids, err := m.index.Bare(ctx, m.shop.Account.ID, retrieval.Query{Language: models.English, Text: text, Limit: bareLimit})
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		_, err = m.shop.System.Store.ProductsByID(ctx, m.shop.Account.ID, ids[:1])
	}
	m.bare = append(m.bare, time.Since(start))
	return err
}

// loadAverage says how busy the machine is; it is empty where that isn't told.
func loadAverage() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	fields := strings.Fields(string(raw))
	return strings.Join(fields[:min(3, len(fields))], " ")
}

package eval

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/activities/answer"
	"kedai/activities/commerce"
	"kedai/activities/retrieval"
	"kedai/deploy/demo"
	"kedai/models"
)

// besides is an exam that may stand beside the repository.
const besides = "../../../shared/exam"

// leastShares are the shares of each language's cases that the built-in engine
// has to pass of the demo's shops: about three of forty fewer than it does.
var leastShares = map[string]float64{"homeware": 0.85, "electronics": 0.75}

// leastShare is what it has to pass of any other exam.
const leastShare = 0.92

// leastOf returns the share of a shop's cases that have to pass.
func leastOf(exam, folder string) float64 {
	trade, _, _ := strings.Cut(folder, "/")
	if share, known := leastShares[trade]; known && exam == "demo" {
		return share
	}
	return leastShare
}

// TestBuiltin holds the conversations in memory: the engine's own code over the
// index's own ranking, without the servers that kedai eval runs.
func TestBuiltin(t *testing.T) {
	t.Parallel()
	exams := map[string]fs.FS{"demo": demo.FS}
	if folder := os.Getenv("EXAM"); folder != "" {
		exams = map[string]fs.FS{folder: os.DirFS(folder)}
	} else if _, err := os.Stat(besides); err == nil {
		exams["beside"] = os.DirFS(besides)
	}
	var whole Exam
	held := 0
	var below []string
	for _, name := range slices.Sorted(maps.Keys(exams)) {
		exam := exams[name]
		shops, err := Load(exam, os.Getenv("EXAM_SHOP"), os.Getenv("EXAM_LANG"))
		if err != nil && os.Getenv("EXAM_SHOP")+os.Getenv("EXAM_LANG") != "" {
			continue
		}
		require.NoError(t, err, name)
		for _, shop := range shops {
			m := newInMemory(t, shop)
			passed, asked := 0, 0
			for _, c := range shop.Cases {
				if only := os.Getenv("EXAM_CASE"); only != "" && !strings.Contains(only, c.ID) {
					continue
				}
				asked++
				r := judge(shop, c, m.converse(c))
				whole.Results = append(whole.Results, *r)
				if r.Passed {
					passed++
				}
			}
			held += passed
			t.Logf("%s: %d of %d", shop.Folder, passed, asked)
			// A few picked cases say nothing of the whole.
			if asked == len(shop.Cases) && float64(passed) < leastOf(name, shop.Folder)*float64(asked) {
				below = append(below, shop.Folder)
			}
		}
	}
	var report bytes.Buffer
	whole.Provider = "builtin, in memory"
	whole.count()
	require.NoError(t, whole.Write(&report, true))
	t.Log(report.String())
	t.Logf("all: %d of %d", held, len(whole.Results))
	require.Empty(t, below, "fewer conversations pass than did")
}

// inMemory is a shop whose search and orders stand in memory.
type inMemory struct {
	shop     Shop
	index    *retrieval.Memory
	products map[uuid.UUID]*models.Product
	passages map[uuid.UUID]*models.Passage
	orders   []models.Order
}

func newInMemory(t testing.TB, shop Shop) *inMemory {
	t.Helper()
	m := &inMemory{shop: shop, products: map[uuid.UUID]*models.Product{}, passages: map[uuid.UUID]*models.Passage{}}
	var passages []models.Passage
	for _, p := range shop.Policies {
		for i := range p.Passages {
			passages = append(passages, p.Passages[i])
			m.passages[p.Passages[i].ID] = &p.Passages[i]
		}
	}
	for i := range shop.Products {
		m.products[shop.Products[i].ID] = &shop.Products[i]
	}
	m.index = retrieval.NewMemory(shop.Language, shop.Products, passages)
	orders, bad, err := commerce.ReadOrders(bytes.NewReader(shop.Files["orders.json"]))
	require.NoError(t, err)
	require.Empty(t, bad)
	m.orders = orders
	return m
}

func (m *inMemory) converse(c models.TestCase) []Said {
	var out []Said
	var history []answer.Line
	for _, step := range c.Turns {
		turn := answer.Turn{Language: m.shop.Language, Shop: m.shop.Name, Messages: step.Say, History: history, Now: m.shop.Now, Proven: c.Identity != nil}
		u := answer.Understand(turn)
		evidence := m.find(u, c.Identity)
		draft := answer.Reply(turn, u, evidence, 1)
		said := Said{Action: draft.Action, Intent: string(draft.Intent), Text: draft.Text}
		if violations := answer.Guard(turn, draft, evidence); len(violations) > 0 {
			said.Action, said.Text = models.ActionHandoff, fmt.Sprintf("refused %v: %s", violations, draft.Text)
		}
		said.Evidence = append(said.Evidence, "search: "+u.Search)
		if os.Getenv("EXAM_DEBUG") != "" {
			for _, q := range u.Questions {
				said.Evidence = append(said.Evidence, fmt.Sprintf("\n      %+v", q))
			}
		}
		for _, e := range evidence {
			switch {
			case e.Product != nil:
				said.Evidence = append(said.Evidence, e.Product.Title)
			case e.Passage != nil:
				said.Evidence = append(said.Evidence, e.Passage.Headings[len(e.Passage.Headings)-1])
			case e.Order != nil:
				said.Evidence = append(said.Evidence, e.Order.Name)
			}
		}
		out = append(out, said)
		if draft.Action == models.ActionHandoff {
			return out
		}
		for _, say := range step.Say {
			history = append(history, answer.Line{From: answer.Customer, Text: say})
		}
		history = append(history, answer.Line{From: answer.Agent, Text: draft.Text})
	}
	return out
}

// find does what the activities do for a turn, with the shop in memory.
func (m *inMemory) find(u answer.Understanding, who *models.PlaygroundIdentity) []models.Evidence {
	var evidence []models.Evidence
	if u.Orders != nil {
		evidence = m.lookUp(*u.Orders, who)
	}
	if u.Search != "" {
		var rows []models.Product
		scores := map[uuid.UUID]float64{}
		passages := 0
		diverse, most := wanted(u)
		for _, h := range m.index.Search(u.Search, 60) {
			scores[h.ID] = h.Score
			if p := m.products[h.ID]; p != nil && (most == nil || slices.ContainsFunc(p.Variants, func(v models.Variant) bool { return v.Price != nil && !v.Price.GreaterThan(*most) })) {
				rows = append(rows, *p)
			}
			if p := m.passages[h.ID]; p != nil && passages < 6 {
				passages++
				evidence = append(evidence, models.Evidence{Kind: models.EvidencePassage, Passage: p, Score: h.Score})
			}
		}
		if diverse {
			rows = retrieval.Diverse(m.shop.Language, rows[:min(24, len(rows))], scores, 6)
		}
		for i := range rows[:min(6, len(rows))] {
			evidence = append(evidence, models.Evidence{Kind: models.EvidenceProduct, Product: &rows[i], Score: scores[rows[i].ID]})
		}
	}
	for i := range evidence {
		evidence[i].N = i + 1
	}
	return evidence
}

func wanted(u answer.Understanding) (diverse bool, most *decimal.Decimal) {
	for _, q := range u.Questions {
		diverse = diverse || q.Intent == models.IntentRecommend
		if d, err := decimal.NewFromString(q.AtMost); err == nil && d.GreaterThan(decimal.NewFromInt(5)) {
			most = &d
		}
	}
	return diverse, most
}

func (m *inMemory) lookUp(wish answer.OrderWish, who *models.PlaygroundIdentity) []models.Evidence {
	email, phone := "", ""
	if who != nil {
		email, phone = models.NormalEmail(who.Email), models.NormalPhone(who.Phone)
	}
	var mine []models.Order
	for _, o := range m.orders {
		if (email != "" && o.Email == email) || (phone != "" && o.Phone == phone) ||
			slices.ContainsFunc(wish.Claims, func(c models.OrderClaim) bool { return c.Holds(o) }) {
			mine = append(mine, o)
		}
	}
	foreign := slices.ContainsFunc(wish.Emails, func(e string) bool { return e != email }) ||
		slices.ContainsFunc(wish.Phones, func(p string) bool { return !models.SamePhone(p, phone) })
	asked := slices.DeleteFunc(slices.Clone(mine), func(o models.Order) bool {
		return len(wish.Numbers) > 0 && !slices.Contains(wish.Numbers, models.OrderNumber(o.Name))
	})
	outcome := models.LookupNothing
	proven := email+phone != ""
	switch {
	case len(asked) > 0 && (len(wish.Numbers) > 0 || !foreign):
		outcome = models.LookupFound
	case len(wish.Claims) > 0:
		outcome = models.LookupUnmatched
	case len(wish.Numbers) > 0 && proven:
		outcome = models.LookupOthers
	case len(wish.Numbers) > 0:
		outcome = models.LookupUnproven
	case foreign:
		outcome = models.LookupNoNumber
	case proven:
		outcome = models.LookupNoOrders
	}
	evidence := []models.Evidence{{Kind: models.EvidenceLookup, Lookup: &models.OrderLookup{Outcome: outcome, Numbers: wish.Numbers}}}
	if outcome == models.LookupFound {
		for i := range asked {
			evidence = append(evidence, models.Evidence{Kind: models.EvidenceOrder, Order: &asked[i]})
		}
	}
	return evidence
}

package answer

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

// talkCase is one turn in a shop and what must come of it.
type talkCase struct {
	name     string
	shop     testShop
	history  []Line
	say      string
	now      time.Time
	action   models.Action // Empty: it is answered.
	has      []string
	lacks    []string
	computed []string // All that is worked out, each once, such as "total 36".
}

// reply returns the turn, what comes of it, and the evidence.
func (c talkCase) reply() (Turn, models.Draft, []models.Evidence) {
	turn := Turn{Language: c.shop.language, Shop: "Hearth", Messages: []string{c.say}, History: c.history, Now: c.now, Currency: c.shop.currency}
	evidence := c.shop.evidence()
	return turn, Reply(turn, Understand(turn), evidence, 0), evidence
}

func (c talkCase) check(t *testing.T) {
	t.Helper()
	turn, draft, evidence := c.reply()
	want := c.action
	if want == "" {
		want = models.ActionAnswer
	}
	require.Equal(t, want, draft.Action, draft.Text)
	require.Equal(t, want == models.ActionHandoff, draft.Text == "")
	text := strings.ReplaceAll(draft.Text, noBreak, " ")
	for _, part := range c.has {
		require.Contains(t, text, part)
	}
	for _, part := range c.lacks {
		require.NotContains(t, text, part)
	}
	var computed []string
	for _, e := range draft.Computed {
		computed = include(computed, string(e.Computed.What)+" "+e.Computed.Amount.String())
		require.Equal(t, models.EvidenceComputed, e.Kind)
		require.Equal(t, c.shop.currency, e.Computed.Currency)
		require.Greater(t, e.N, len(evidence), "what is worked out is numbered after the evidence")
		require.Contains(t, draft.Cites, e.N)
		require.NotEmpty(t, e.Computed.From)
		require.Subset(t, draft.Cites, e.Computed.From)
	}
	require.Equal(t, c.computed, computed, text)
	require.Empty(t, Guard(turn, draft, evidence), text)
}

func runTalks(t *testing.T, cases []talkCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(string(c.shop.language)+" "+c.name, func(t *testing.T) {
			t.Parallel()
			c.check(t)
		})
	}
}

// ruled is a language's shop with no rules but these.
func ruled(language models.Language, rules ...[3]string) testShop {
	s := testShops[language]()
	s.passages = nil
	for _, r := range rules {
		s.passage(r[0], r[1], r[2])
	}
	return s
}

// stocked is a shop with nothing in it yet.
func stocked(language models.Language, products ...testProduct) testShop {
	s := testShop{language: language, currency: testShops[language]().currency}
	for _, p := range products {
		s.add(p)
	}
	return s
}

// testProduct is a product whose variants have one value for each option.
type testProduct struct {
	title, kind, body string
	options           []string
	variants          []testChoice
}

type testChoice struct {
	values   []string
	price    string
	quantity int
}

func (s *testShop) add(p testProduct) {
	product := &models.Product{Title: p.title, Type: p.kind, Body: p.body, Published: true}
	for _, c := range p.variants {
		price := decimal.RequireFromString(c.price)
		v := models.Variant{Price: &price, Currency: s.currency, Quantity: c.quantity, Tracked: true}
		for i, value := range c.values {
			v.Options = append(v.Options, models.Option{Name: p.options[i], Value: value})
		}
		product.Variants = append(product.Variants, v)
	}
	s.products = append(s.products, product)
}

// single is a product without options, of which there are three.
func single(title, kind, body, price string) testProduct {
	return testProduct{title, kind, body, nil, []testChoice{{nil, price, 3}}}
}

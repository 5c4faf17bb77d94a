package answer

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kedai/models"
)

// Violation is something in a draft that nothing vouches for.
type Violation struct {
	Kind string
	Text string // The words of the draft.
}

// The kinds of violations.
const (
	ViolationNumber      = "number"
	ViolationPrice       = "price"
	ViolationUnit        = "unit"
	ViolationCurrency    = "currency"
	ViolationDate        = "date"
	ViolationCode        = "code"
	ViolationURL         = "url"
	ViolationEmail       = "email"
	ViolationPhone       = "phone"
	ViolationProduct     = "product"
	ViolationName        = "name"
	ViolationStock       = "stock"
	ViolationOrder       = "order"
	ViolationPromise     = "promise"
	ViolationDiscount    = "discount"
	ViolationNegation    = "negation"
	ViolationLanguage    = "language"
	ViolationLeak        = "leak"
	ViolationUnsupported = "unsupported"
)

// Guard returns what in a draft's text neither its cited evidence nor, for what
// a customer may say of themselves, the customer's own words bear out. What a
// customer says is never proof of a price, a discount or an order.
func Guard(t Turn, d models.Draft, evidence []models.Evidence) []Violation {
	if strings.TrimSpace(d.Text) == "" {
		return nil
	}
	c := newCheck(t, d, slices.Concat(evidence, d.Computed))
	if len(c.tokens) == 0 {
		return nil
	}
	c.speech()
	c.links()
	c.figures()
	c.codes()
	c.names()
	c.prices()
	c.stock()
	c.orders()
	c.days()
	c.promotions()
	c.promises()
	if len(d.Cites) == 0 && (d.Action == models.ActionClarify || d.Action == models.ActionDecline) {
		c.matters()
	}
	c.polarity()
	return c.violations
}

// check is a draft being checked.
type check struct {
	g           *guardLexicon
	turn        Turn
	text        string
	tokens      []token
	segments    []segment
	quantities  []quantity
	proofs      []*proof // Of all evidence.
	ordersCited int
	said        []proofText
	shop        []token // Of the shop's name.
	offers      func() []offer
	mentions    []mention
	violations  []Violation
}

func newCheck(t Turn, d models.Draft, evidence []models.Evidence) *check {
	g := guardLexiconOf(t.Language)
	c := &check{g: g, turn: t, text: d.Text, tokens: g.scan(d.Text), shop: g.scan(t.Shop)}
	c.offers = sync.OnceValue(c.promotionsCited)
	c.segments = g.segments(c.text, c.tokens)
	c.quantities = g.quantities(c.text, c.tokens)
	for i := range evidence {
		e := &evidence[i]
		cited := slices.Contains(d.Cites, e.N)
		// Of what isn't cited nothing but a product's name matters.
		if !cited && e.Product == nil {
			continue
		}
		var p *proof
		if cited {
			p = g.prove(e, t.zone())
		} else {
			p = &proof{evidence: e, title: g.titleOf(g.scan(e.Product.Title))}
		}
		p.cited = cited
		if cited && e.Order != nil {
			c.ordersCited++
		}
		c.proofs = append(c.proofs, p)
	}
	for _, message := range t.Messages {
		c.hear(message)
	}
	for _, line := range t.History {
		if line.From == Customer {
			c.hear(line.Text)
		}
	}
	c.mentions = c.findMentions()
	c.markFormer()
	return c
}

func (t Turn) zone() *time.Location { return t.Now.Location() }

func (c *check) hear(text string) {
	p := proof{}
	p.add(c.g, text, true)
	c.said = append(c.said, p.texts...)
}

// refuse notes a violation, once.
func (c *check) refuse(kind, text string) {
	if v := (Violation{kind, text}); !slices.Contains(c.violations, v) {
		c.violations = append(c.violations, v)
	}
}

// cited ranges over what the draft cites.
func (c *check) cited(yield func(*proof) bool) {
	for _, p := range c.proofs {
		if p.cited && !yield(p) {
			return
		}
	}
}

func (c *check) segmentOf(token int) *segment { return &c.segments[c.segmentIndex(token)] }

func (c *check) segmentIndex(token int) int {
	for i := range c.segments {
		if s := &c.segments[i]; s.from <= token && token < s.to {
			return i
		}
	}
	return len(c.segments) - 1
}

func itoa(n int) string { return strconv.Itoa(n) }

// note collects the figures of a text that others are compared with.
func note(text string, numbers, prices map[string]bool) {
	for _, f := range figures(text) {
		for _, reading := range f.readings {
			if f.price {
				prices[reading] = true
			}
			numbers[reading] = true
		}
	}
}

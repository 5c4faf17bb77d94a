package answer

import (
	"slices"

	"kedai/models"
)

// parcelStates refuses a state of an order that nothing can prove, and one of
// all of it that only a part is in.
func (c *check) parcelStates(n int, orders []*models.Order, roles []string, named bool) {
	s, words := &c.segments[n], c.g.facts()
	tokens := c.tokens[s.from:s.to]
	if s.negative || s.blurred {
		return
	}
	if from, to, ok := find(words.strayed, tokens); ok && (named || has(words.parcel, tokens)) && !c.general(tokens[from:to]) {
		c.refuse(ViolationOrder, s.text)
		return
	}
	inPart := !slices.ContainsFunc(orders, func(o *models.Order) bool { return phaseOf(o) != phasePartly })
	if inPart && has(words.whole, tokens) && slices.ContainsFunc(roles, func(role string) bool {
		return slices.Contains([]string{"shipped", "transit", "arrived", "delivered", "out"}, role)
	}) {
		c.refuse(ViolationOrder, s.text)
		return
	}
	if len(roles) == 0 && c.unknownState(s) {
		c.refuse(ViolationOrder, s.text)
	}
}

// unknownState reports whether a statement says of an order that it is what
// neither the evidence nor the language's states have a word of.
func (c *check) unknownState(s *segment) bool {
	words := c.g.facts()
	tokens := c.tokens[s.from:s.to]
	_, to, ok := find(words.parcel, tokens)
	if !ok || to > priorWords || has(words.ordered, tokens) || has(c.g.expected, tokens) {
		return false
	}
	for to < len(tokens) && tokens[to].number {
		to++
	}
	if to >= len(tokens) || !words.is[tokens[to].text] {
		return false
	}
	telling := false
	for i := s.from + to; i < s.to; i++ {
		t := &c.tokens[i]
		if !c.g.tells(t) || words.is[t.text] {
			continue
		}
		if telling = true; t.number || t.address || c.isUnit(i) || c.anyText(func(p *proofText) bool {
			return slices.ContainsFunc(p.tokens, func(e token) bool { return alikeTokens(t, &e) })
		}) {
			return false
		}
	}
	return telling
}

// placedRole adds to what a segment says of an order that it was placed, where
// its day can be no other one.
func (c *check) placedRole(s *segment, roles []string) []string {
	words, tokens := c.g.facts(), c.tokens[s.from:s.to]
	if !orderDated(roles) && !has(c.g.expected, tokens) && has(words.parcel, tokens) && has(words.ordered, tokens) {
		return append(roles, "placed")
	}
	return roles
}

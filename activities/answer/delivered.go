package answer

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// freeRule is a rule that makes shipping free from an amount on.
type freeRule struct {
	unit
	n    int // Of its passage.
	from decimal.Decimal
}

// rate is a row that says what shipping costs.
type rate struct {
	unit
	n    int
	cost decimal.Decimal
}

// delivered says what a product comes to with its shipping, or that shipping is
// free for it. It says nothing where the rules leave open which price counts.
func (r *reader) delivered(q Question) (found, bool) {
	f := found{intent: models.IntentPolicy, action: models.ActionAnswer, done: true}
	a := r.ask(q)
	free := slices.Contains(a.aspects, aspectFree)
	if !slices.Contains(q.Topics, string(topicShipping)) || q.Pieces == "" && !q.AsksTotal && !free && !q.withShipping() {
		return f, false
	}
	b, ok := r.billOf(q)
	if !ok {
		return f, false
	}
	rates, lowest := r.ratesFor(a)
	rule, ruled, clear := r.freeFrom(a)
	reached := ruled && !b.base.LessThan(rule.from)
	switch {
	case !clear && !b.base.LessThan(rule.from):
		return f, false // Here it may be free.
	case reached && (len(rates) == 0 || r.cheapest(rates, lowest) || len(a.places) == 0):
		return r.saysFree(f, b, rule, r.lex.say.shippingFree), true
	case reached:
		return f, false
	case free && ruled:
		return r.saysFree(f, b, rule, r.lex.say.shippingPaid), true
	case free || len(rates) != 1:
		return f, false
	}
	f.text, f.cites = ended(rates[0].text), []int{rates[0].n}
	return r.addShipping(f, b, rates[0].cost), true
}

// withShipping reports whether a question wants shipping to be in a price: and with
// shipping? how much is it shipped to Ohio?
func (q Question) withShipping() bool {
	words := q.said.words
	lex := lexiconOf(q.said.language)
	for i := range words {
		next := i + 1
		if next < len(words) && lex.stop[words[next].text] {
			next++ // With the shipping.
		}
		topical := func(at int) bool {
			return at < len(words) && slices.Contains(q.TopicWords, strings.ToLower(words[at].plain))
		}
		if lex.besides[words[i].text] && (topical(next) || topical(i)) {
			return true
		}
	}
	return false
}

// billOf returns the bill of the one product that a question is about, where it
// has one price.
func (r *reader) billOf(q Question) (bill, bool) {
	meant, it, ok := r.concerned(q)
	if !ok {
		return bill{}, false
	}
	c := r.choose(it, meant)
	low, high, _, ok := prices(c.variants)
	if !ok || c.unknown || !low.Price.Equal(*high.Price) {
		return bill{}, false
	}
	b := bill{item: it, choice: c, pieces: "1", one: low, base: *low.Price}
	if n, err := decimal.NewFromString(q.Pieces); err == nil && q.Pieces != "" && n.IsPositive() && !q.setOf(c) {
		b.base, b.pieces = b.base.Mul(n), n.String()
	}
	return b, true
}

// saysFree says a rule, what a bill comes to, and what the rule makes of it.
func (r *reader) saysFree(f found, b bill, rule freeRule, saying string) found {
	f.cites = []int{rule.n, b.n}
	r.addTotal(b)
	f.text = ended(rule.text) + " " + fill(saying, "{title}", r.billed(b), "{price}", r.money(b.one, b.base), "{least}", r.money(b.one, rule.from))
	return f
}

// addShipping adds to an answer what a bill comes to with shipping.
func (r *reader) addShipping(f found, b bill, cost decimal.Decimal) found {
	sum := b.base.Add(cost)
	f.cites = include(f.cites, b.n)
	r.addTotal(b)
	r.compute(models.Computed{What: models.ComputedTotal, Amount: sum, Currency: b.one.Currency, From: slices.Clone(f.cites)})
	f.text += " " + fill(r.lex.say.withShipping, "{title}", r.billed(b), "{price}", r.money(b.one, b.base), "{cost}", r.money(b.one, cost), "{total}", r.money(b.one, sum))
	return f
}

// addTotal notes what a bill comes to, and that this reply says it.
func (r *reader) addTotal(b bill) {
	r.compute(models.Computed{What: models.ComputedTotal, Amount: b.base, Currency: b.one.Currency, From: []int{b.n}})
	r.summed = append(r.summed, b.item)
}

// ratesFor returns what shipping may cost for what is asked, each cost once, and
// the lowest of all rows.
func (r *reader) ratesFor(a asking) ([]rate, decimal.Decimal) {
	var rates []rate
	var lowest decimal.Decimal
	for _, it := range r.passages {
		if !it.topics[string(topicShipping)] {
			continue
		}
		fitting := r.fittingRows(it, a)
		for _, u := range it.units {
			cost, ok := onePrice(u)
			if !u.row || !ok {
				continue
			}
			if lowest.IsZero() || cost.LessThan(lowest) {
				lowest = cost
			}
			fits := slices.ContainsFunc(fitting, func(k unit) bool { return k.text == u.text })
			if fits && !slices.ContainsFunc(rates, func(known rate) bool { return known.cost.Equal(cost) }) {
				rates = append(rates, rate{u, it.n, cost})
			}
		}
	}
	return rates, lowest
}

// cheapest reports whether nothing is sent for less than by these rates: what is
// free from an amount on is usually that.
func (r *reader) cheapest(rates []rate, lowest decimal.Decimal) bool {
	return !slices.ContainsFunc(rates, func(known rate) bool { return known.cost.GreaterThan(lowest) })
}

// onePrice returns the price of a sentence that has a single one.
func onePrice(u unit) (decimal.Decimal, bool) {
	var price decimal.Decimal
	n := 0
	for _, f := range figures(u.text) {
		if d, err := decimal.NewFromString(f.readings[0]); f.price && err == nil {
			price, n = d, n+1
		}
	}
	return price, n == 1
}

// freeFrom finds the rule by which shipping is free from an amount on. It is
// clear unless there are several, or it is of a place that isn't said to count.
func (r *reader) freeFrom(a asking) (rule freeRule, ok, clear bool) {
	clear = true
	for _, it := range r.passages {
		for _, u := range it.units {
			if !r.freesShipping(it, u) {
				continue
			}
			price, one := onePrice(u)
			switch {
			case !u.money || one && !r.reaches(u, a):
				continue
			case !one || ok && !rule.from.Equal(price) || len(a.places) == 0 && len(placesIn(r.lex, u.words)) > 0:
				clear = false
			}
			if !ok || price.LessThan(rule.from) {
				rule, ok = freeRule{u, it.n, price}, true
			}
		}
	}
	return rule, ok && clear, clear
}

// reaches reports whether a rule is for the place that is asked about.
func (r *reader) reaches(u unit, a asking) bool {
	if len(a.places) == 0 || len(placesIn(r.lex, u.words)) == 0 {
		return true
	}
	return slices.ContainsFunc(a.places, func(p place) bool { return r.servesPlace(p, u) > 0 })
}

// freesShipping reports whether a sentence says that shipping may be free.
func (r *reader) freesShipping(it *item, u unit) bool {
	if u.row && !it.topics[string(topicShipping)] || r.tellsAspects(u, []string{aspectFree}) == 0 {
		return false
	}
	onIt := u.row
	for _, t := range r.lex.topics {
		if !matchAny(t.patterns, u.words, nil) {
			continue
		}
		switch t.topic {
		case topicShipping:
			onIt = true
		case topicReturns, topicExchanges, topicPickup, topicGiftCard:
			return false
		}
	}
	return onIt
}

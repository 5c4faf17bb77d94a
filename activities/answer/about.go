package answer

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// product answers about the products that are meant.
func (r *reader) product(q Question) (found, bool) {
	asksOne := q.wants(models.IntentProductPrice) || q.wants(models.IntentProductStock) || q.AsksTotal
	if asksOne && len(q.Words) == 0 && len(q.Context) == 0 {
		return found{text: r.lex.say.whichProduct, intent: q.Intent, action: models.ActionClarify}, true
	}
	products, own := r.meant(q)
	if len(products) == 0 || (q.Tentative && (!own || products[0].share < 0.6)) {
		return found{}, false
	}
	f := found{intent: q.Intent, action: models.ActionAnswer}
	var texts []string
	for _, p := range products[:min(len(products), mostListed)] {
		if !own && !q.Refers && r.elsewhere(p.item, q) {
			continue
		}
		if text, ok := r.about(p.item, q); ok {
			texts = append(texts, text)
			f.cites = append(f.cites, p.n)
		}
	}
	if len(texts) == 0 {
		return found{}, false
	}
	if len(products) > mostListed && !asksOne {
		return r.whichOf(q, products), true
	}
	f.text = strings.Join(texts, " ")
	if f.intent == models.IntentOther || f.intent == models.IntentPolicy || f.intent == models.IntentPromotion {
		f.intent = models.IntentProductDetail
	}
	return f, true
}

// elsewhere reports whether a question that could go on with a product that was
// spoken of has words of its own that neither it nor its options tell of.
func (r *reader) elsewhere(it *item, q Question) bool {
	open := r.open(it, q)
	own := slices.ContainsFunc(open, func(w string) bool { return slices.Contains(q.Words, w) })
	return own && len(r.telling(it, q, open)) == 0 && !r.asksOptions(it, q)
}

// bill says what several things come to, each by its number of pieces.
func (r *reader) bill(q Question) (found, bool) {
	f := found{intent: models.IntentProductPrice, action: models.ActionAnswer}
	if len(q.Lots) < 2 {
		return f, false
	}
	sum, currency := decimal.Zero, ""
	var parts []string
	for _, l := range q.Lots {
		products, own := r.meant(l.what)
		pieces, err := decimal.NewFromString(l.pieces)
		if err != nil || !own || len(products) != 1 {
			return f, false
		}
		c := r.choose(products[0].item, l.what)
		low, high, _, ok := prices(c.variants)
		if !ok || c.unknown || !low.Price.Equal(*high.Price) || currency != "" && currency != low.Currency {
			return f, false
		}
		currency = low.Currency
		sum = sum.Add(low.Price.Mul(pieces))
		part := r.title(products[0].product) + optionIn(c) + " (" + r.money(low, *low.Price) + ")"
		if l.pieces != "1" {
			part = pieces.String() + " × " + part
		}
		parts = append(parts, part)
		f.cites = append(f.cites, products[0].n)
	}
	r.compute(models.Computed{What: models.ComputedTotal, Amount: sum, Currency: currency, From: f.cites})
	f.text = fill(r.lex.say.bill, "{list}", strings.Join(parts, " + "), "{total}", FormatMoney(sum, currency, r.lex.code))
	return f, true
}

// wants reports whether a question asks for something of a product, maybe
// beside other things.
func (q Question) wants(intent models.Intent) bool {
	return q.Intent == intent || slices.Contains(q.Wants, intent)
}

// whichOf asks which of several products is meant.
func (r *reader) whichOf(q Question, products []ranked) found {
	f := found{intent: q.Intent, action: models.ActionClarify}
	var titles []string
	for _, p := range products[:min(len(products), mostListed)] {
		titles = append(titles, r.title(p.product))
		f.cites = append(f.cites, p.n)
	}
	f.text = fill(r.lex.say.whichOf, "{list}", strings.Join(titles, ", "))
	return f
}

// about says of one product all that the question asks: what it costs, whether
// it is to be had, and the sentences of its description that tell the rest.
func (r *reader) about(it *item, q Question) (string, bool) {
	c := r.choose(it, q)
	if c.unknown {
		return fill(r.lex.say.unknownOption, "{title}", r.title(it.product), "{list}", optionList(it.product)), true
	}
	if slices.ContainsFunc(it.title, func(w word) bool { return w.number && w.text == q.Pieces }) {
		q.Pieces = "" // It is a part of the product's name.
	}
	open := r.open(it, q)
	units := r.telling(it, q, open)
	if len(units) == 0 && slices.Contains(q.Attributes, "included") {
		units = it.units[:min(len(it.units), mostTold)] // What a set has is what it is.
	}
	price := q.wants(models.IntentProductPrice) || q.AsksTotal
	stock := q.wants(models.IntentProductStock) || r.asksOptions(it, q) || q.AsksCount && !price && len(units) == 0 && len(q.Attributes) == 0 ||
		!price && q.Intent == models.IntentOther && (c.named && len(units) == 0 || q.Pieces != "")
	if stock && !price && len(units) > 0 && len(q.Attributes) > 0 && !c.named && !q.AsksCount {
		stock = false // "Does it have …" asks for no stock.
	}
	var texts []string
	add := func(text string, ok bool) {
		if ok && text != "" {
			texts = append(texts, text)
		}
	}
	if price {
		if text, ok := r.total(it, c, q.Pieces); ok && !q.setOf(c) {
			add(text, true)
		} else {
			add(r.price(it, c))
		}
	}
	if gone := c.named && len(c.variants) == 1 && !c.variants[0].Available(); stock || gone {
		add(r.stock(it, c, q), true)
	}
	switch {
	case len(units) > 0 && len(texts) == 0:
		add(r.said(it, units), true)
	case len(units) > 0:
		for _, u := range units {
			add(ended(u.text), true)
		}
	case len(texts) == 0 && r.noise(open, q):
		add(r.lead(it, c))
	}
	return strings.Join(texts, " "), len(texts) > 0
}

// asksOptions reports whether a question has the name of an option, such as
// colours: it asks for which there are.
func (r *reader) asksOptions(it *item, q Question) bool {
	if q.Options {
		return true
	}
	asked := r.asked(q.Words)
	for _, d := range dimensions(it.product) {
		for _, name := range r.content(d.name) {
			if slices.ContainsFunc(asked, func(w word) bool { return similarity(w, name) >= 0.8 }) {
				return true
			}
		}
	}
	return false
}

// noise reports whether what a question has beside a product's name asks for
// nothing that one could know of: chats are full of words that mean nothing here.
func (r *reader) noise(open []string, q Question) bool {
	if len(q.Attributes) > 0 {
		return false
	}
	for _, w := range r.asked(slices.DeleteFunc(slices.Clone(open), func(text string) bool { return !slices.Contains(q.Words, text) })) {
		for _, weight := range w.wants {
			if weight >= surelySaid {
				return false
			}
		}
	}
	return true
}

// lead says of a product what one wants to know first.
func (r *reader) lead(it *item, c choice) (string, bool) {
	text, ok := r.price(it, c)
	for _, u := range it.units[:min(len(it.units), describedUnits)] {
		text = strings.TrimSpace(text + " " + ended(u.text))
	}
	return text, ok || text != ""
}

// describedUnits is how many sentences tell what a product is.
const describedUnits = 2

// open returns the question's words that neither name the product nor one of
// its options: what the customer wants to know of it.
func (r *reader) open(it *item, q Question) []string {
	texts := slices.Concat(q.Words, q.Cues)
	var options []word
	for _, d := range dimensions(it.product) {
		options = append(options, r.content(d.name)...)
	}
	var open []string
	for i, w := range r.asked(texts) {
		if best(w, it.title) < leastName && best(w, it.kind) < leastName && best(w, options) < 0.8 && !slices.Contains(q.Context, texts[i]) && !r.lex.stop[w.text] {
			open = append(open, texts[i])
		}
	}
	return open
}

// mostTold is how many sentences of a description one answer has.
const mostTold = 3

// telling returns the sentences of a description that tell what is asked: those
// that tell an attribute that was asked for, or hold enough of the open words.
func (r *reader) telling(it *item, q Question, open []string) []unit {
	own := slices.DeleteFunc(slices.Clone(open), func(w string) bool { return !slices.Contains(q.Words, w) })
	timed := q.AsksTime && slices.ContainsFunc(it.units, func(u unit) bool { return u.time })
	if len(own) == 0 && len(q.Attributes) == 0 && !q.wants(models.IntentProductDetail) && !timed {
		return nil
	}
	terms := r.terms(open, 1)
	told := slices.ContainsFunc(it.units, func(u unit) bool { return len(r.toldBy(u, q.Attributes)) > 0 })
	if len(q.Attributes) > 0 && !told && !timed && covered(r.terms(own, 1), it.inUnits) < 0.5 {
		return nil
	}
	if !told && !timed && covered(r.terms(own, 1), it.inUnits) < 0.25 && covered(terms, it.inUnits) < 0.3 {
		return nil
	}
	return r.cover(it, q, terms)
}

// enough is how much of the best sentence's score a further one has to add.
const enough = 0.3

// What a sentence is worth that tells an attribute that was asked for, the first
// one most, and that has a figure of it.
const (
	attributeWeight = 3
	figureWeight    = 0.8
)

// cover picks the sentence that tells most, then those that tell most of what
// is still open, and returns them in their order.
func (r *reader) cover(it *item, q Question, terms []term) []unit {
	open := slices.Clone(terms)
	told := map[string]int{}
	picked := make([]bool, len(it.units))
	first := 0.0
	for range mostTold {
		at, top := -1, 0.0
		for i, u := range it.units {
			if picked[i] {
				continue
			}
			score := r.unitScore(u, q, open)
			for _, a := range r.toldBy(u, q.Attributes) {
				score += attributeWeight / float64(1+told[a])
				if u.number {
					score += figureWeight
				}
			}
			if score > top {
				at, top = i, score
			}
		}
		if at < 0 || top < enough*first || first > 0 && top < 1.5 {
			break
		}
		first = max(first, top)
		picked[at] = true
		u := it.units[at]
		for _, a := range r.toldBy(u, q.Attributes) {
			told[a]++
		}
		open = slices.DeleteFunc(open, func(t term) bool { return best(t.word, u.words) >= 0.6 })
		if len(open) == 0 && len(q.Attributes) == 0 {
			break
		}
	}
	var units []unit
	for i, u := range it.units {
		if picked[i] {
			units = append(units, u)
		}
	}
	return units
}

// toldBy returns which of the attributes a sentence tells.
func (r *reader) toldBy(u unit, attributes []string) []string {
	var told []string
	for _, a := range r.lex.attributes {
		if slices.Contains(attributes, a.name) && matchAny(a.tell, u.words, nil) {
			told = append(told, a.name)
		}
	}
	return told
}

// said puts the product's title before its sentences.
func (r *reader) said(it *item, units []unit) string {
	texts := make([]string, 0, len(units))
	for _, u := range units {
		texts = append(texts, ended(u.text))
	}
	return fill(r.lex.say.about, "{title}", r.title(it.product)) + " " + strings.Join(texts, " ")
}

package answer

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	trade "kedai/activities/retrieval/lexicon"
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
	f.intent = toldOfProduct(q.Intent)
	return f, true
}

// toldOfProduct is the intent of what a product itself has answered, whatever
// the question was taken for.
func toldOfProduct(intent models.Intent) models.Intent {
	switch intent {
	case models.IntentOther, models.IntentPolicy, models.IntentPromotion:
		return models.IntentProductDetail
	}
	return intent
}

// elsewhere reports whether a question that could go on with a product that was
// spoken of has words of its own that neither it nor its options tell of.
func (r *reader) elsewhere(it *item, q Question) bool {
	q = r.ofTheThing(it, q)
	open := r.open(it, q)
	own := slices.ContainsFunc(r.asked(open), func(w word) bool {
		return slices.Contains(q.Words, strings.ToLower(w.plain)) && !r.lex.ofExtremes(w) && r.means(w)
	})
	return own && len(r.telling(it, q, open)) == 0 && !r.asksOptions(it, q)
}

// means reports whether a word says something to the shop: it stands in its
// texts, or its trades know it.
func (r *reader) means(w word) bool {
	return w.wanting(surelySaid, func(trade.Concept) bool { return true }) || r.rarity(w) != unheardWeight
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
	q = r.ofTheThing(it, q)
	open := r.open(it, q)
	units := r.described(it, q, open)
	price := q.wants(models.IntentProductPrice) || q.AsksTotal
	var texts []string
	if text, ok := r.priced(it, c, q); price && ok && text != "" {
		texts = append(texts, text)
	}
	gone := c.named && len(c.variants) == 1 && !c.variants[0].Available()
	if gone || r.asksStock(it, c, q, price, len(units) > 0) {
		texts = append(texts, r.stock(it, c, q))
	}
	if !gone && !price && len(units) == 0 {
		texts = r.withPrice(texts, it, c, q)
	}
	return r.withUnits(texts, units, it, c, q)
}

// withUnits says behind what was told of a product the sentences that tell the
// rest, and what it is where nothing else is asked.
func (r *reader) withUnits(texts []string, units []unit, it *item, c choice, q Question) (string, bool) {
	switch {
	case len(units) > 0 && len(texts) == 0:
		texts = append(texts, r.said(it, units))
	case len(units) > 0:
		for _, u := range units {
			texts = append(texts, ended(u.text))
		}
	case len(texts) == 0 && r.noise(r.open(it, q), q):
		return r.lead(it, c)
	}
	return strings.Join(texts, " "), len(texts) > 0
}

// described returns the sentences of a description that a question is answered
// with. None tells how many are left.
func (r *reader) described(it *item, q Question, open []string) []unit {
	if q.AsksLeft && len(q.Attributes) == 0 {
		return nil
	}
	units := r.telling(it, q, open)
	if len(units) == 0 && slices.Contains(q.Attributes, "included") {
		units = it.units[:min(len(it.units), mostTold)] // What a set has is what it is.
	}
	return r.whole(it, q, open, units)
}

// withPrice says its price behind whether an option is to be had, where a question
// only names the option: it may ask for either.
func (r *reader) withPrice(texts []string, it *item, c choice, q Question) []string {
	named := q.Intent == models.IntentOther && c.named && len(c.variants) == 1 && !q.AsksCount && q.Pieces == "" && !q.Options
	if text, ok := r.price(it, c); ok && named && len(texts) == 1 {
		return append(texts, text)
	}
	return texts
}

// priced says what a product costs, or what so many pieces of it come to.
func (r *reader) priced(it *item, c choice, q Question) (string, bool) {
	if !q.setOf(c) {
		if text, ok := r.total(it, c, q.Pieces); ok {
			return text, true
		}
	}
	return r.price(it, c)
}

// asksStock reports whether a question wants to know if a product is to be had.
// A number or an option alone asks so where the description tells nothing of it.
func (r *reader) asksStock(it *item, c choice, q Question, price, told bool) bool {
	if !price && told && len(q.Attributes) > 0 && !c.named && !q.AsksCount {
		return false // "Does it have …" asks for no stock.
	}
	if q.wants(models.IntentProductStock) || r.asksOptions(it, q) {
		return true
	}
	if price {
		return false
	}
	counted := q.AsksCount && !told && len(q.Attributes) == 0
	return counted || q.Intent == models.IntentOther && (c.named && !told || q.Pieces != "" && q.Pieces != "1")
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
			if slices.ContainsFunc(asked, func(w word) bool { return similarity(&w, &name) >= 0.8 }) {
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
	own := slices.DeleteFunc(slices.Clone(open), func(text string) bool { return !slices.Contains(q.Words, text) })
	return !slices.ContainsFunc(r.asked(own), func(w word) bool {
		return w.wanting(surelySaid, func(trade.Concept) bool { return true })
	})
}

// lead says of a product what one wants to know first.
func (r *reader) lead(it *item, c choice) (string, bool) {
	text, ok := r.price(it, c)
	most := describedUnits
	if r.isBrief(it) {
		most = wholeUnits
	}
	for _, u := range it.units[:min(len(it.units), most)] {
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

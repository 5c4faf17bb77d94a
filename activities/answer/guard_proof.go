package answer

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// proof is one piece of evidence made ready to vouch for a reply.
type proof struct {
	evidence *models.Evidence
	cited    bool
	texts    []proofText
	facts    []quantity // Figures of its fields.
	title    []string   // Roots of a product's name.
	options  []optionValue
}

// proofText is a text of the evidence, without what gives orders to whoever
// reads it: a shop's text is data.
type proofText struct {
	text       string
	tokens     []token
	segments   []segment
	quantities []quantity
	name       bool // It is a name: a title, an option, a vendor.
}

func (g *guardLexicon) prove(e *models.Evidence, zone *time.Location) *proof {
	p := &proof{evidence: e}
	switch {
	case e.Product != nil:
		g.proveProduct(p, e.Product)
	case e.Passage != nil:
		for _, heading := range e.Passage.Headings {
			p.add(g, heading, true)
		}
		p.add(g, e.Passage.Text, false)
	case e.Order != nil:
		g.proveOrder(p, e.Order, zone)
	case e.Lookup != nil && e.Lookup.Outcome == models.LookupCodeSent:
		p.facts = append(p.facts, quantity{readings: []string{codeMinutes()}, unit: unitKinds["minute"]})
	case e.Hours != nil:
		g.proveHours(p, e.Hours, zone)
	case e.Computed != nil:
		q := quantity{readings: []string{plainDecimal(e.Computed.Amount)}}
		if e.Computed.Currency != "" {
			q.money = []string{e.Computed.Currency}
		} else if e.Computed.What == models.ComputedPercent {
			q.unit = unitKinds["percent"]
		}
		p.facts = append(p.facts, q)
	}
	return p
}

func plainDecimal(d decimal.Decimal) string { return figureReadings(d.Abs().StringFixed(2))[0] }

// add makes a text vouch, as far as it gives no orders.
func (p *proof) add(g *guardLexicon, text string, name bool) {
	if text == "" {
		return
	}
	t := proofText{text: text, tokens: g.scan(text), name: name}
	if !name {
		if from, _, ok := find(g.orders, t.tokens); ok {
			t.text = g.withoutOrders(text, t.tokens[from].start)
			t.tokens = g.scan(t.text)
		}
	}
	if len(t.tokens) == 0 {
		return
	}
	if name {
		t.segments = []segment{{to: len(t.tokens), text: t.text}}
	} else {
		t.segments = g.segments(t.text, t.tokens)
	}
	t.quantities = g.quantities(t.text, t.tokens)
	p.texts = append(p.texts, t)
}

// withoutOrders leaves out the line that gives orders from at on, and of the
// lines behind it those that name a price, a discount or a code: they may
// belong to the orders.
func (g *guardLexicon) withoutOrders(text string, at int) string {
	kept := text[:sentenceStart(text, at)]
	_, rest, _ := strings.Cut(text[at:], "\n")
	for line := range strings.Lines(rest) {
		tokens := g.scan(line)
		priced := slices.ContainsFunc(g.quantities(line, tokens), func(q quantity) bool { return q.money != nil || q.unit == unitKinds["percent"] })
		if !priced && !has(g.orders, tokens) && !has(g.free, tokens) && !has(g.discount, tokens) && !codeForm.MatchString(line) {
			kept = strings.TrimRight(kept, "\n") + "\n" + line
		}
	}
	return kept
}

// sentenceStart returns where the sentence begins that a place is in.
func sentenceStart(text string, at int) int {
	return max(strings.LastIndexAny(text[:at], ".!?\n")+1, 0)
}

func (g *guardLexicon) proveProduct(p *proof, product *models.Product) {
	p.add(g, product.Title, true)
	if len(p.texts) > 0 {
		p.title = g.titleOf(p.texts[0].tokens)
	}
	p.add(g, product.Type, true)
	p.add(g, product.Vendor, true)
	p.add(g, strings.Join(product.Tags, ", "), true)
	p.add(g, product.Body, false)
	p.options = g.proveOptions(product)
	for i, o := range p.options {
		p.add(g, o.value, true)
		if i == 0 || p.options[i-1].name != o.name {
			p.add(g, o.name, true)
		}
	}
	for i := range product.Variants {
		v := &product.Variants[i]
		for _, price := range []*decimal.Decimal{v.Price, v.CompareAt} {
			if price != nil {
				p.facts = append(p.facts, quantity{readings: []string{plainDecimal(*price)}, money: []string{v.Currency}, former: price == v.CompareAt})
			}
		}
		if v.Tracked {
			p.facts = append(p.facts, quantity{readings: []string{decimal.NewFromInt(int64(v.Quantity)).String()}, unit: unitKinds["piece"]})
		}
	}
}

// titleOf returns the roots of what tells a product's name from others.
func (g *guardLexicon) titleOf(tokens []token) []string {
	var roots []string
	for i := range tokens {
		if t := &tokens[i]; !g.stop[t.text] || t.number {
			roots = append(roots, t.root)
		}
	}
	return roots
}

// addMoment makes a time vouch for its day and its time of day.
func (p *proof) addMoment(at time.Time, zone *time.Location) {
	p.facts = append(p.facts, quantity{day: calendarDayOf(at, zone)}, timeOfDay(at.In(zone)))
}

func timeOfDay(at time.Time) quantity { return quantity{minutes: at.Hour()*60 + at.Minute() + 1} }

func (g *guardLexicon) proveOrder(p *proof, o *models.Order, zone *time.Location) {
	amount := func(d *decimal.Decimal) {
		if d != nil {
			p.facts = append(p.facts, quantity{readings: []string{plainDecimal(*d)}, money: []string{o.Currency}})
		}
	}
	moment := func(at *time.Time) {
		if at != nil {
			p.addMoment(*at, zone)
		}
	}
	p.add(g, o.Name, true)
	p.add(g, o.Customer, true)
	p.add(g, o.City, true)
	p.add(g, o.Email, true)
	p.add(g, o.Phone, true)
	amount(&o.Total)
	amount(o.Refunded)
	moment(&o.ProcessedAt)
	moment(o.CancelledAt)
	moment(o.RefundedAt)
	for _, l := range o.Lines {
		p.add(g, l.Title, true)
		p.add(g, l.Variant, true)
		p.facts = append(p.facts, quantity{readings: []string{decimal.NewFromInt(int64(l.Quantity)).String()}, unit: unitKinds["piece"]})
		amount(l.Price)
	}
	for i := range o.Shipments {
		s := &o.Shipments[i]
		moment(s.ShippedAt)
		moment(s.EstimatedAt)
		moment(s.DeliveredAt)
		for _, t := range s.Tracking {
			p.add(g, t.Company, true)
			p.add(g, t.Number, true)
			p.add(g, t.URL, true)
		}
	}
}

// holds reports whether one of the evidence's figures is q, and if not so,
// whether one is but for its unit or currency.
func (p *proof) holds(g *guardLexicon, q *quantity) (whole, nearly bool) {
	try := func(e *quantity) bool {
		same := q.same(e)
		nearly = nearly || (same && (q.money != nil) == (e.money != nil))
		return same && q.measuredAs(e)
	}
	for i := range p.facts {
		if e := &p.facts[i]; (q.former || !e.former) && try(e) {
			return true, true
		}
	}
	for i := range p.texts {
		t := &p.texts[i]
		for n := range t.quantities {
			e := &t.quantities[n]
			if q.unit == unitKinds["year"] && e.unit.kind == "" && !g.ofAge(t, e) {
				continue
			}
			if e.sign == "$" && len(q.money) == 1 && !p.isIn(q.money[0]) {
				nearly = nearly || q.same(e)
				continue
			}
			if try(e) {
				return true, true
			}
		}
	}
	return false, nearly
}

// isIn reports whether the evidence says that its prices are in a currency: a
// dollar sign alone doesn't tell which dollars it means.
func (p *proof) isIn(code string) bool {
	return slices.ContainsFunc(p.facts, func(e quantity) bool { return slices.Contains(e.money, code) }) ||
		slices.ContainsFunc(p.texts, func(t proofText) bool {
			return slices.ContainsFunc(t.tokens, func(w token) bool { return strings.EqualFold(w.text, code) })
		})
}

// ofAge reports whether a mere number may be one of years: from 3 up.
func (g *guardLexicon) ofAge(t *proofText, e *quantity) bool {
	return anyToken(t.tokens[max(0, e.from-2):min(len(t.tokens), e.to+3)], g.bounds)
}

// same reports whether two figures are the same number, day or time.
func (q *quantity) same(e *quantity) bool {
	if !q.day.none() || q.minutes > 0 || !e.day.none() || e.minutes > 0 {
		return q.sameMoment(e)
	}
	if slices.ContainsFunc(q.readings, func(r string) bool { return slices.Contains(e.readings, r) }) {
		return true
	}
	if q.unit.kind == "" || q.unit.kind != e.unit.kind || len(q.readings) > 1 {
		return false
	}
	for _, a := range q.amounts() {
		if slices.Contains(e.amounts(), a) {
			return true
		}
	}
	return false
}

// sameMoment compares days and times of day, of which a mere number may be part.
func (q *quantity) sameMoment(e *quantity) bool {
	switch {
	case !q.day.none() && !e.day.none():
		return q.day.fits(e.day)
	case q.minutes > 0 && e.minutes > 0:
		return q.minutes == e.minutes
	case q.minutes > 0:
		return (q.minutes-1)%60 == 0 && e.unit.kind == "" && e.money == nil && slices.Contains(e.readings, itoa((q.minutes-1)/60))
	case e.minutes > 0:
		hour := (e.minutes - 1) / 60
		whole := q.day.none() && (e.minutes-1)%60 == 0
		return whole && (slices.Contains(q.readings, itoa(hour)) || hour > 12 && slices.Contains(q.readings, itoa(hour-12)))
	case q.day.none():
		return slices.Contains(q.readings, itoa(e.day.day)) || slices.Contains(q.readings, itoa(e.day.year))
	}
	return slices.ContainsFunc(q.readings, func(r string) bool { return slices.Contains(e.readings, r) })
}

// countable are the units whose number may stand without them in the evidence.
var countable = map[string]bool{"pieces": true, "persons": true, "pages": true, "letters": true, "ports": true, "times": true, "payments": true, "words": true, "pairs": true}

// holdsBoth reports whether two figures stand side by side in a text.
func (p *proof) holdsBoth(a, b *quantity) bool {
	for i := range p.texts {
		t := &p.texts[i]
		for n := 0; n+1 < len(t.quantities); n++ {
			if a.same(&t.quantities[n]) && b.same(&t.quantities[n+1]) {
				return true
			}
		}
	}
	return false
}

// ofFields reports whether a figure is one of the evidence's fields or options.
func (p *proof) ofFields(q *quantity) bool {
	if slices.ContainsFunc(p.facts, func(e quantity) bool { return q.same(&e) }) {
		return true
	}
	return slices.ContainsFunc(p.texts, func(t proofText) bool {
		return t.name && slices.ContainsFunc(t.quantities, func(e quantity) bool { return q.same(&e) })
	})
}

// measuredAs reports whether two figures of the same number measure the same.
func (q *quantity) measuredAs(e *quantity) bool {
	switch {
	case !q.day.none() || !e.day.none() || q.minutes > 0 || e.minutes > 0:
		return q.money == nil && q.tellsMoment(e)
	case q.money != nil:
		return e.money != nil && q.unit.kind == e.unit.kind && sharesCurrency(q, e)
	case q.unit.kind == "":
		return true
	case e.money != nil:
		return false
	case q.unit.kind == e.unit.kind:
		a, b := q.amounts(), e.amounts()
		return slices.ContainsFunc(a, func(v float64) bool { return slices.Contains(b, v) })
	case q.unit == unitKinds["year"]:
		return e.unit.kind == "" // Ages stand alone.
	}
	return q.counts() && (e.unit.kind == "" || e.unit == unitKinds["piece"] || q.unit == unitKinds["piece"] && e.counts())
}

// tellsMoment reports whether a figure may be a day or a time, or part of one.
func (q *quantity) tellsMoment(e *quantity) bool {
	return q.unit.kind == "" || (q.unit == unitKinds["hour"] && e.minutes > 0) || !q.day.none() || q.minutes > 0
}

// counts reports whether a figure counts things.
func (q *quantity) counts() bool { return countable[q.unit.kind] || containers[q.unit.kind] }

var containers = map[string]bool{"boxes": true, "packs": true, "bottles": true, "jars": true, "bags": true}

// sharesCurrency reports whether two prices can be in the same currency. A
// sign that says which dollar it is isn't vouched for by one that doesn't.
func sharesCurrency(q, e *quantity) bool {
	if q.sign != "" && e.sign == "$" && q.sign != "$" && strings.HasSuffix(q.sign, "$") {
		return false
	}
	return shareCode(q.money, e.money)
}

func shareCode(a, b []string) bool {
	return slices.ContainsFunc(a, func(code string) bool { return slices.Contains(b, code) })
}

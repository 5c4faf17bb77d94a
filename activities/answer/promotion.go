package answer

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"kedai/models"
)

// promotionState is what a promotion is at the time of a turn.
type promotionState int

const (
	promotionRuns promotionState = iota
	promotionBegins
	promotionOver
)

// offer is a passage that is about one promotion.
type offer struct {
	*item
	codes       []string // As written.
	from, until time.Time
	state       promotionState
}

// codeForm is a discount code: capitals with figures, or what stands after the
// word for one.
var codeForm = regexp.MustCompile(`\p{Lu}{3,}\p{Lu}*\d+[\p{Lu}\d]*|(?:[Cc]ode|[Cc]ódigo|[Cc]upón|[Cc]upom|[Пп]ромокод(?:а|у|ом|е)?|[Кк]од(?:а|у|ом|е)?)[\*:"“«]*\s+[\*"“«]*(\p{Lu}[\p{Lu}\d]{3,})`)

// offers reads the promotions among the passages.
func (r *reader) offers() []offer {
	var list []offer
	for _, it := range r.passages {
		o := offer{item: it}
		for _, m := range codeForm.FindAllStringSubmatch(it.passage.Text, -1) {
			code := m[0]
			if m[1] != "" {
				code = m[1]
			}
			o.codes = include(o.codes, code)
		}
		if len(o.codes) == 0 || !it.topics[string(topicPromotion)] && !r.speaksOf(it, []string{string(topicPromotion)}) {
			continue
		}
		r.dateOf(&o)
		list = append(list, o)
	}
	return list
}

// dateOf finds out from when until when an offer runs, and what it is now.
func (r *reader) dateOf(o *offer) {
	p := policyOf(r.lex.code)
	words := r.lex.words(o.passage.Text)
	dates := p.dates(words, r.now)
	switch {
	case len(dates) > 1:
		o.from, o.until = dates[0].at, dates[len(dates)-1].at
	case len(dates) == 1 && matchAny(p.since, words[max(0, dates[0].from-3):dates[0].from], nil):
		o.from = dates[0].at
	case len(dates) == 1:
		o.until = dates[0].at
	}
	told := slices.Concat(o.headings, words)
	switch {
	case r.now.IsZero() || o.from.IsZero() && o.until.IsZero():
		if matchAny(p.over, told, nil) {
			o.state = promotionOver
		} else if matchAny(p.begins, told, nil) {
			o.state = promotionBegins
		}
	case !o.until.IsZero() && !r.now.Before(o.until.AddDate(0, 0, 1)):
		o.state = promotionOver
	case r.now.Before(o.from):
		o.state = promotionBegins
	}
}

// promotion answers what is asked about promotions. What has ended is told as
// ended to who asks for it, and offered to nobody.
func (r *reader) promotion(q Question) (found, bool) {
	a := r.ask(q)
	all := r.offers()
	if code := codeSaid(a.words, all); code != "" {
		return r.aboutCode(a, code, all)
	}
	fits := slices.DeleteFunc(r.ranked(a), func(f scored) bool {
		return slices.ContainsFunc(all, func(o offer) bool { return o.item == f.item && o.state == promotionOver })
	})
	isOffer := func(f scored) bool { return slices.ContainsFunc(all, func(o offer) bool { return o.item == f.item }) }
	running := r.inState(a, all, promotionRuns)
	known := 0.0
	if len(running) > 0 {
		known = r.beyond(a, running[0].item)
	}
	if len(fits) > 0 && !isOffer(fits[0]) && r.beyond(a, fits[0].item) >= max(0.5, known+0.2) {
		return r.quoted(a, fits)
	}
	if coming := r.inState(a, all, promotionBegins); len(coming) > 0 && r.beyond(a, coming[0].item) > 0.5 &&
		(len(running) == 0 || r.beyond(a, running[0].item)+0.4 < r.beyond(a, coming[0].item)) {
		return r.list(coming[:1]), true
	}
	if len(running) > 0 {
		return r.list(running), true
	}
	if len(all) > 0 && r.beyond(a, all[0].item) == 0 {
		p := policyOf(r.lex.code)
		return found{text: p.noPromotion, cites: []int{all[0].n}, intent: models.IntentPromotion, action: models.ActionAnswer}, true
	}
	if len(fits) == 0 {
		return found{}, false
	}
	return r.quoted(a, fits)
}

// beyond tells how much of a question a passage holds, the words that any
// promotion has left out.
func (r *reader) beyond(a asking, it *item) float64 {
	terms := slices.DeleteFunc(slices.Clone(a.terms), func(t term) bool {
		return slices.Contains(a.TopicWords, strings.ToLower(t.word.plain)) || t.weight < 1
	})
	return covered(terms, it.value)
}

// inState returns the offers in a state; where some are for what the question
// names, those only.
func (r *reader) inState(a asking, all []offer, state promotionState) []offer {
	var list, meant []offer
	for _, o := range all {
		if o.state != state {
			continue
		}
		list = append(list, o)
		if r.beyond(a, o.item) >= 0.4 {
			meant = append(meant, o)
		}
	}
	if len(meant) > 0 {
		return meant
	}
	return list
}

// mostOffers is how many promotions one reply tells of, and offerChars how
// long a text of one may be to be said whole.
const (
	mostOffers = 3
	offerChars = 420
)

// list tells what promotions there are.
func (r *reader) list(offers []offer) found {
	f := found{intent: models.IntentPromotion, action: models.ActionAnswer}
	var texts []string
	for _, o := range offers[:min(len(offers), mostOffers)] {
		length := 0
		for _, u := range o.units {
			if length += len([]rune(u.text)); length > offerChars {
				break
			}
			texts = append(texts, r.tell(u)...)
		}
		f.cites = append(f.cites, o.n)
	}
	if f.text = strings.Join(texts, " "); f.text == "" {
		f.text = r.lastTold // The reply has it already.
	}
	r.lastTold = f.text
	return f
}

// codeSaid returns the code that a question names: one of the shop's in any
// spelling, or something of a code's form.
func codeSaid(words []word, all []offer) string {
	for i, w := range words {
		joined := w.text
		if i+1 < len(words) {
			joined += words[i+1].text
		}
		for _, o := range all {
			for _, code := range o.codes {
				if f := fold(code); f == w.text || f == joined {
					return code
				}
			}
		}
	}
	return codeIn(words)
}

// aboutCode answers about one code.
func (r *reader) aboutCode(a asking, code string, all []offer) (found, bool) {
	p := policyOf(r.lex.code)
	f := found{intent: models.IntentPromotion, action: models.ActionAnswer}
	at := slices.IndexFunc(all, func(o offer) bool { return slices.Contains(o.codes, code) })
	if at < 0 {
		running := r.inState(a, all, promotionRuns)
		if len(running) == 0 {
			return found{}, false
		}
		f = r.list(running[:1])
		f.text = fill(p.codeUnknown, "{code}", code) + " " + f.text
		return f, true
	}
	o := all[at]
	f.cites = []int{o.n}
	switch {
	case o.state == promotionOver && !o.until.IsZero():
		f.text = fill(p.codeOver, "{code}", code, "{date}", FormatDate(o.until, r.now, r.lex.code))
		return f, true
	case o.state == promotionBegins && !o.from.IsZero():
		f.text = fill(p.codeNotYet, "{code}", code, "{date}", FormatDate(o.from, r.now, r.lex.code))
		return f, true
	case o.state != promotionRuns:
		return r.list([]offer{o}), true
	}
	return r.aboutRunning(a, o)
}

// aboutRunning answers about a code that is valid: what it is for, and the rule
// that decides whether it counts for what the question names.
func (r *reader) aboutRunning(a asking, o offer) (found, bool) {
	p := policyOf(r.lex.code)
	f := r.list([]offer{o})
	reduced := matchAny(a.customer.asksReduced, a.words, nil)
	if products, own := r.meant(a.Question); own && len(products) > 0 {
		_, _, was, ok := prices(products[0].product.Variants)
		reduced = reduced || ok && was != nil
		f.cites = include(f.cites, products[0].n)
	}
	for _, it := range r.passages {
		for _, u := range it.units {
			onReduced := reduced && matchAny(p.reduced, u.words, nil)
			if it.topics[string(topicPromotion)] && it != o.item && !r.isOffer(it) && (onReduced || r.gain(a, nil, said{unit: u}) > 0.3) && !strings.Contains(f.text, u.text) {
				f.text = ended(u.text) + " " + f.text
				f.cites = include(f.cites, it.n)
			}
		}
	}
	return f, true
}

func (r *reader) isOffer(it *item) bool { return codeForm.MatchString(it.passage.Text) }

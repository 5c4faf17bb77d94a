package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// sending answers for how much, and how fast, something is sent to a place, by
// the rows of the shop's tables that serve it. Rows for some goods only count
// for these, and where another passage tells how they are sent, it is asked.
func (r *reader) sending(q Question) (found, bool) {
	f := found{intent: models.IntentPolicy, action: models.ActionAnswer}
	if !q.onSending() {
		return f, false
	}
	a := r.ask(q)
	if !a.AsksAmount && !a.AsksTime && len(a.places) == 0 || slices.ContainsFunc(a.aspects, besideRates) {
		return f, false
	}
	goods, free := a.goods(), slices.Contains(a.aspects, aspectFree)
	if len(goods) == 0 {
		goods = asking{Question: q, terms: r.terms(q.Things, 1)}.goods() // What was spoken of just before.
	}
	if class := r.classOf(r.thing(a, goods)); len(class) > 0 {
		return r.sendingClass(a, class)
	}
	if len(a.places) == 0 || !a.AsksAmount && !a.AsksTime {
		return f, false
	}
	rows, own := r.ratesOf(a, goods, free)
	if len(rows) == 0 || !own && slices.ContainsFunc(r.passages, func(it *item) bool { return r.sendsApart(it, goods) }) {
		return f, false
	}
	for _, s := range rows {
		f.text = strings.TrimSpace(f.text + " " + strings.Join(r.tell(s.unit), " "))
		f.cites = include(f.cites, s.n)
	}
	if f.text == "" {
		f.text = r.lastTold // The reply has it already.
	}
	r.lastTold, r.earlier = f.text, a.terms
	return f, true
}

// ratesOf returns the rows that tell how goods are sent to the places asked about,
// and whether they are for these goods.
func (r *reader) ratesOf(a asking, goods []term, free bool) (rows []said, own bool) {
	for _, it := range r.passages {
		if !it.topics[string(topicShipping)] {
			continue
		}
		fitting, named := r.ratesTo(it, a, goods)
		if named && !own {
			own, rows = true, nil // Rows for any goods don't count.
		}
		if named || !own {
			rows = append(rows, r.saidOf(it, fitting)...)
		}
		if free {
			rows = slices.Concat(r.saidOf(it, r.freeAt(it, a)), rows)
		}
	}
	return rows, own
}

// sendsApart reports whether a passage tells how some of the goods are sent
// elsewhere than in a table of places.
func (r *reader) sendsApart(it *item, goods []term) bool {
	if !it.topics[string(topicShipping)] || r.tellsAspects(unit{words: it.headings}, []string{aspectFree}) > 0 {
		return false
	}
	return slices.ContainsFunc(goods, func(t term) bool {
		headed := best(t.word, it.headings) >= keyTold
		return slices.ContainsFunc(it.units, func(u unit) bool {
			return !u.row && (u.money || u.time) && (headed || best(t.word, u.words) >= keyTold) && !r.freesShipping(it, u)
		})
	})
}

// freeAt returns what a passage tells of when it costs nothing to send something
// to the places asked about.
func (r *reader) freeAt(it *item, a asking) []unit {
	return slices.DeleteFunc(slices.Clone(it.units), func(u unit) bool {
		headed := r.tellsAspects(unit{words: it.headings}, []string{aspectFree}) > 0
		return u.row || !u.money || !headed && !r.freesShipping(it, u) || !r.reaches(u, a)
	})
}

// onSending reports whether a question is on how things are sent and on nothing
// else that rules tell.
func (q Question) onSending() bool {
	switch q.Intent {
	case models.IntentOrderStatus, models.IntentOffTopic, models.IntentPromotion, models.IntentRecommend, models.IntentCompare:
		return false
	}
	other := func(t string) bool { return t != string(topicShipping) && t != string(topicContact) }
	return slices.Contains(q.Topics, string(topicShipping)) && !slices.ContainsFunc(q.Topics, other) && !q.AsksTotal && q.Pieces == "" && !q.withShipping()
}

// besideRates reports whether an aspect is of sending and told by no rate.
func besideRates(aspect string) bool {
	return slices.Contains([]string{"carried", "holiday", "deadline", "again"}, aspect)
}

// goods returns what of a question's words names things that may be sent.
func (a asking) goods() []term {
	return slices.DeleteFunc(slices.Clone(a.terms), func(t term) bool {
		return t.weight < 1 || slices.Contains(a.TopicWords, strings.ToLower(t.word.plain)) || !t.word.wanting(surely, isGoods)
	})
}

// ratesTo returns the rows of a passage that tell how things are sent to the
// places asked about: those for the goods that are named, else those for any.
func (r *reader) ratesTo(it *item, a asking, goods []term) (rows []unit, named bool) {
	tells := func(u unit) bool {
		serves := slices.ContainsFunc(a.places, func(p place) bool { return r.servesPlace(p, u) > 0 })
		return u.row && serves && (u.money || u.time)
	}
	own := slices.DeleteFunc(slices.Clone(it.units), func(u unit) bool {
		of := r.goodsOf(u)
		return !tells(u) || !slices.ContainsFunc(goods, func(t term) bool { return best(t.word, of) >= keyTold })
	})
	if len(own) > 0 {
		return own, true
	}
	apart := func(u unit) bool { return len(goods) > 0 && len(r.definitions(u)) > 0 } // Of another class.
	fitting := r.fittingRows(it, a)
	if slices.ContainsFunc(fitting, func(u unit) bool { return tells(u) && !apart(u) }) {
		fitting = slices.DeleteFunc(slices.Clone(fitting), apart)
	}
	return slices.DeleteFunc(slices.Clone(fitting), func(u unit) bool { return !tells(u) || len(r.goodsOf(u)) > 0 }), false
}

// goodsOf returns the words of a row that name particular goods.
func (r *reader) goodsOf(u unit) []word {
	places := placesIn(r.lex, u.words)
	var of []word
	for i, w := range u.words {
		counted := i > 0 && u.words[i-1].number || matchAny(r.lex.timeUnit, u.words[i:i+1], nil)
		if !w.number && !counted && !placed(places, i) && !r.lex.stop[w.text] && w.telling(surely, isGoods) {
			of = append(of, w)
		}
	}
	return of
}

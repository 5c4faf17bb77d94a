package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// services are what a question asks a shop to do that one shop does and another
// doesn't, such as engraving, as the shop's language tells of it.
func (r *reader) services(q Question) []aspectPatterns {
	if q.Intent == models.IntentOrderStatus || q.Intent == models.IntentOffTopic || q.Intent == models.IntentRecommend && q.AtMost != "" || q.said.language == "" {
		return nil
	}
	words := q.said.words
	if len(q.Own) > 0 && r.isNamed(q.alone()) {
		words = q.own.words // What is remarked is no wish then.
	}
	if len(q.Words) == 0 && q.Refers {
		words = lexiconOf(q.said.language).words(strings.Join(q.Context, " ")) // And what does that cost?
	}
	var asked []aspectPatterns
	told := policyOf(r.lex.code).services
	for _, s := range policyOf(q.said.language).services {
		if !matchAny(s.ask, words, nil) {
			continue
		}
		if at := slices.IndexFunc(told, func(t aspectPatterns) bool { return t.name == s.name }); at >= 0 {
			asked = append(asked, told[at])
		}
	}
	if len(asked) > 1 {
		// Who asks for something to be made says more closely what.
		asked = slices.DeleteFunc(asked, func(s aspectPatterns) bool { return s.name == "bespoke" })
	}
	return asked
}

// tells reports whether a piece of evidence speaks of a service.
func (it *item) tells(service aspectPatterns) bool {
	return matchAny(service.tell, it.headings[len(it.shared):], nil) || matchAny(service.tell, it.title, nil) ||
		slices.ContainsFunc(it.units, func(u unit) bool { return matchAny(service.tell, u.words, nil) })
}

// unserved reports whether a question asks for a service that nothing speaks of:
// neither the shop's rules nor the product that is meant.
func (r *reader) unserved(q Question) bool {
	return !q.namesCode() && slices.ContainsFunc(r.services(q), func(s aspectPatterns) bool {
		return !slices.ContainsFunc(r.passages, func(it *item) bool { return it.tells(s) }) && !r.meantTells(s, q)
	})
}

// meantTells reports whether a product that a question means speaks of a service.
func (r *reader) meantTells(service aspectPatterns, q Question) bool {
	products, _ := r.meant(q)
	return slices.ContainsFunc(products, func(p ranked) bool { return p.tells(service) })
}

// served answers a question for a service by the rules that speak of it, after
// what the product that is meant says of it itself. Where that is all that is
// asked, it is left to the product.
func (r *reader) served(q Question) (found, bool) {
	services := r.services(q)
	if len(services) == 0 && len(q.Words) == 0 && (q.AsksAmount || q.AsksTime) && !q.AsksTotal {
		services = r.does // And what does that cost?
	}
	if len(services) == 0 {
		return found{}, false
	}
	a := r.ask(q)
	byProduct := r.meantTells(services[0], q)
	fits := r.passagesOn(a, services[0])
	if len(fits) == 0 || byProduct && (!a.AsksAmount && !a.AsksTime || r.kindBonus(fits[0].item, a) < kindShare) {
		return found{}, false
	}
	r.does = services
	f, ok := r.quoted(a, fits)
	if products, _ := r.meant(q); ok && byProduct && len(products) == 1 {
		for _, u := range products[0].units {
			if matchAny(services[0].tell, u.words, nil) {
				f.text, f.cites = strings.Join(append(r.tell(u), f.text), " "), include(f.cites, products[0].n)
			}
		}
	}
	return f, ok
}

// passagesOn returns the passages that speak of a service, the best first: those
// under a heading on it, else those that surely fit. A rule needn't name the
// product that is asked about.
func (r *reader) passagesOn(a asking, service aspectPatterns) []scored {
	headed := slices.DeleteFunc(r.weighed(a), func(s scored) bool {
		return !matchAny(service.tell, r.lex.words(last(s.passage.Headings)), nil)
	})
	if len(headed) > 0 {
		return headed
	}
	if products, own := r.meant(a.Question); own {
		a.terms = slices.DeleteFunc(a.terms, func(t term) bool {
			return best(t.word, products[0].title) >= leastName || best(t.word, products[0].kind) >= leastName
		})
	}
	return slices.DeleteFunc(r.ranked(a), func(s scored) bool { return !s.tells(service) })
}

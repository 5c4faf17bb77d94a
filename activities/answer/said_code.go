package answer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kedai/models"
)

// saidCode is what a customer may mean by a discount code.
type saidCode struct {
	text  string // Folded.
	plain string // As it was said.
	form  bool   // Letters with figures behind them.
	loud  bool   // In capitals where other words aren't, or called a code.
	named bool   // Called a code.
}

// shortestCode is how many letters a code has at least, and shortestWord where
// it has no figures.
const (
	shortestCode = 3
	shortestWord = 4
)

// codesSaid finds what may be codes: SAVE10, save10, WOODS, the code woods.
func (lex *lexicon) codesSaid(words []word) []saidCode {
	quiet := slices.ContainsFunc(words, func(w word) bool { return !w.number && !w.upper && w.plain != "" })
	var found []saidCode
	for i, w := range words {
		if w.number || utf8.RuneCountInString(w.text) < shortestCode || lex.callsCode(words, i) {
			continue
		}
		c := lex.codeAt(words, i)
		caps := w.upper && quiet
		c.loud = c.named || caps
		long := utf8.RuneCountInString(w.text) >= shortestWord && !lex.stop[w.text]
		if c.form || c.loud && long {
			c.named = c.named && (c.form || caps)
			found = append(found, c)
		}
	}
	return found
}

// codeAt reads the code whose letters are at i, with the figures behind them.
func (lex *lexicon) codeAt(words []word, i int) saidCode {
	w := words[i]
	c := saidCode{text: w.text, plain: w.plain, named: lex.callsCode(words, i-1) && words[i-1].stop != '.' || w.stop == 0 && lex.callsCode(words, i+1)}
	if i+1 < len(words) && words[i+1].glued && words[i+1].number {
		c.text, c.plain, c.form = w.text+words[i+1].text, w.plain+words[i+1].plain, true
		c.named = c.named || words[i+1].stop == 0 && lex.callsCode(words, i+2)
	}
	return c
}

// callsCode reports whether the word at i calls something a code.
func (lex *lexicon) callsCode(words []word, i int) bool {
	return i >= 0 && i < len(words) && matchAny(policyOf(lex.code).codeNames, words[i:i+1], nil)
}

// namesCode reports whether a question surely speaks of a code.
func (q Question) namesCode() bool {
	return slices.ContainsFunc(q.Codes, func(c saidCode) bool { return c.form || c.named })
}

// useCodes gives the codes that the customer only says to have to what is asked
// about products beside it.
func useCodes(asked []Question) []Question {
	has := func(q Question) bool {
		return q.Intent == models.IntentPromotion && q.namesCode() && !q.Marked && q.Pieces == ""
	}
	prices := func(q Question) bool {
		priced := q.wants(models.IntentProductPrice) || q.AsksTotal || q.Pieces != ""
		return (q.ofProducts() || q.Intent == models.IntentPromotion) && priced && len(q.Codes) == 0
	}
	at := slices.IndexFunc(asked, has)
	if at < 0 || !slices.ContainsFunc(asked, prices) {
		return asked
	}
	codes := asked[at].Codes
	var kept []Question
	for _, q := range asked {
		if prices(q) {
			q.Codes = codes
		}
		if !has(q) {
			kept = append(kept, q)
		}
	}
	return kept
}

// coded answers a question that names a discount code: what the code is for, and
// what it makes of the price of the product that is meant.
func (r *reader) coded(q Question) (found, bool) {
	if len(q.Codes) == 0 || q.Intent == models.IntentOrderStatus || q.Intent == models.IntentOffTopic || q.Intent == models.IntentHuman {
		return found{}, false
	}
	all := r.offers()
	code, said := codeMeant(q.Codes, all)
	if code == "" {
		return found{}, false
	}
	a := r.ask(q)
	a.Question = r.onSubject(q.withoutCode(said))
	f, ok := r.aboutCode(a, code, all)
	if !ok {
		return f, false
	}
	before := f.text
	if slices.ContainsFunc(all, func(o offer) bool { return o.state == promotionRuns && slices.Contains(o.codes, code) }) {
		f = r.comesTo(a.Question, f)
	}
	if f.text == before {
		f = r.besidePrice(a.Question, f)
	}
	f.done = true
	return f, true
}

// onSubject leaves what is called "it" to be what was spoken of, unless the
// question names a product well.
func (r *reader) onSubject(q Question) Question {
	if products, own := r.meant(q); q.Refers && len(q.Context) > 0 && own && !r.names(products[0]) {
		q.Words = nil
	}
	return q
}

// codeMeant returns the shop's code that is said, or one that the shop hasn't
// where it is called a code.
func codeMeant(said []saidCode, all []offer) (string, saidCode) {
	for _, s := range said {
		for _, o := range all {
			for _, code := range o.codes {
				if fold(code) == s.text && (s.loud || strings.ContainsAny(code, "0123456789")) {
					return code, s
				}
			}
		}
	}
	for _, s := range said {
		if s.named {
			return strings.ToUpper(s.plain), s
		}
	}
	return "", saidCode{}
}

// withoutCode takes the words of a code out of a question: they name no product.
func (q Question) withoutCode(said saidCode) Question {
	parts := split(said.plain, nil)
	without := func(list []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(text string) bool {
			return slices.ContainsFunc(parts, func(w word) bool { return w.text == fold(text) })
		})
	}
	q.Words, q.Cues, q.Aside, q.Context, q.Numbers = without(q.Words), without(q.Cues), without(q.Aside), without(q.Context), without(q.Numbers)
	return q
}

// besidePrice adds to an answer about a code that changes nothing what the product
// costs, where that is asked.
func (r *reader) besidePrice(q Question, f found) found {
	if !q.wants(models.IntentProductPrice) && !q.AsksTotal && !q.AsksAmount {
		return f
	}
	meant, it, ok := r.concerned(q)
	if !ok {
		return f
	}
	if text, ok := r.priced(it, r.choose(it, meant), q); ok {
		f.text, f.cites = f.text+" "+text, include(f.cites, it.n)
	}
	return f
}

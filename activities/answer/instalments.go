package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// How many payments a customer may ask for, and up to which number a rule may
// speak of them: a higher one is something else.
const (
	mostPayments = 36
	mostAllowed  = 48
)

// paymentsAsked returns the number of payments that is asked for, or nothing.
func (lex *lexicon) paymentsAsked(words []word) string {
	for i, w := range words {
		if !lex.countsPayments(words, i) {
			continue
		}
		if w.number {
			return w.text
		}
		return lex.numbers[w.text]
	}
	return ""
}

// countsPayments reports whether a number is of payments: in 3 payments, em 3x.
func (lex *lexicon) countsPayments(words []word, i int) bool {
	w := words[i]
	if i+1 >= len(words) || w.stop != 0 || !w.number && (lex.numbers[w.text] == "" || lex.numbers[w.text] == "1") || !matchAny(lex.payments, words[i+1:i+2], nil) {
		return false
	}
	return words[i+1].text != "x" || i > 0 && lex.sizeMarks[words[i-1].text] // 3x mugs are three of them.
}

// withoutProduct takes the words that name a product and its options out of a
// question: its rules speak of none.
func (r *reader) withoutProduct(q Question) Question {
	_, it, ok := r.concerned(q)
	if !ok || q.said.language == "" {
		return q
	}
	q.said.words = slices.DeleteFunc(slices.Clone(q.said.words), func(w word) bool {
		return !w.number && !slices.Contains(q.TopicWords, strings.ToLower(w.plain)) && (it.isCalled(w) || lexiconOf(q.said.language).sizes[w.text] != "")
	})
	return q
}

// instalments divides by the number of payments that was asked for, where a
// rule of the answer allows as many and each is as much as it wants.
func (r *reader) instalments(q Question, f found, b bill) (string, []int) {
	if !slices.Contains(q.Topics, string(topicPayment)) {
		return "", nil
	}
	numbers := q.Numbers
	if q.Payments != "" {
		numbers = []string{q.Payments}
	}
	for _, number := range numbers {
		n, err := strconv.Atoi(number)
		if err != nil || n < 2 || n > mostPayments || number == q.Pieces {
			continue
		}
		count := decimal.NewFromInt(int64(n))
		each := b.base.DivRound(count, 2)
		if !slices.ContainsFunc(r.quotedUnits(f), func(u unit) bool { return u.allows(count, each) }) {
			continue
		}
		if u, n, short := r.fallsShort(f, each); short {
			if strings.Contains(f.text, u.text) {
				return "", nil
			}
			return ended(u.text), []int{n}
		}
		r.compute(models.Computed{What: models.ComputedTotal, Amount: each, Currency: b.one.Currency, From: append([]int{b.n}, f.cites...)})
		return fill(r.lex.say.instalmentsOf(n), "{title}", r.billed(b), "{count}", number, "{total}", r.money(b.one, each)), nil
	}
	return "", nil
}

// instalmentsOf is the saying for so many payments.
func (s *sayings) instalmentsOf(n int) string {
	if few := n%10 >= 2 && n%10 <= 4 && n/10 != 1; few && s.instalmentsFew != "" {
		return s.instalmentsFew
	}
	return s.instalments
}

// fallsShort finds the sentence, beside those that an answer quotes, that wants
// more of each payment.
func (r *reader) fallsShort(f found, each decimal.Decimal) (unit, int, bool) {
	for _, it := range r.passages {
		if !slices.Contains(f.cites, it.n) {
			continue
		}
		for _, u := range it.units {
			least, ok := onePrice(u)
			if ok && least.GreaterThan(each) && matchAny(r.lex.payments, u.words, nil) {
				return u, it.n, true
			}
		}
	}
	return unit{}, 0, false
}

// allows reports whether a rule names at least so many payments, and no amount
// that each of them would fall short of. A percentage counts none.
func (u unit) allows(payments, each decimal.Decimal) bool {
	allowed := false
	rates := percents(u.text)
	for _, figure := range figures(u.text) {
		d, err := decimal.NewFromString(figure.readings[0])
		switch {
		case err != nil:
		case figure.price && d.GreaterThan(each):
			return false
		case slices.ContainsFunc(rates, d.Equal):
		case !figure.price && !d.LessThan(payments) && !d.GreaterThan(decimal.NewFromInt(mostAllowed)):
			allowed = true
		}
	}
	return allowed
}

package answer

import (
	"slices"
	"strconv"

	trade "kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// amount is an amount that a customer names, in figures or in words.
type amount struct {
	from, to int // Its words.
	value    float64
	money    bool // A name or a sign of money stands beside it.
}

// leastAmount is the least that can be a bound: fewer are pieces or grades.
const leastAmount = 5

// leastBare is the least that is money where nothing names it so.
const leastBare = 20

// How many words may stand between an amount and what makes it a bound.
const (
	ceilingReach = 6
	havingReach  = 3
)

func (a amount) text() string { return strconv.FormatFloat(a.value, 'f', -1, 64) }

// amounts finds what may be amounts of money: no measures, times or pieces.
func (lex *lexicon) amounts(words []word) []amount {
	var found []amount
	for i := 0; i < len(words); i++ {
		a, ok := lex.amountAt(words, i)
		if !ok {
			continue
		}
		next := words[min(a.to, len(words)):min(a.to+1, len(words))]
		thousands := !words[i].number && a.value >= 1000
		a.money = thousands || matchAny(lex.money, next, nil) || len(next) > 0 && isSign(next[0]) || i > 0 && isSign(words[i-1])
		_, measured := measureAt(words, i)
		if a.value >= leastAmount && (a.money || !measured && !matchAny(lex.timeUnit, next, nil) && !matchAny(lex.pieces, next, nil)) {
			found = append(found, a)
		}
		i = a.to - 1
	}
	return found
}

func isSign(w word) bool {
	switch w.text {
	case "$", "€", "£", "₽":
		return true
	}
	return false
}

// amountAt reads an amount from i: 120, two hundred, cento e vinte, тысячи две.
func (lex *lexicon) amountAt(words []word, i int) (amount, bool) {
	if words[i].number {
		value, err := strconv.ParseFloat(words[i].text, 64)
		return amount{from: i, to: i + 1, value: value}, err == nil
	}
	a := amount{from: i, to: i}
	large, part := false, 0.0
	for at := i; at < len(words); at++ {
		value, big := lex.valueOf(words[at])
		if value == 0 {
			if !large || !lex.bridges(words, at) {
				break
			}
			continue
		}
		switch {
		case value >= 100 && part > 0 && part < value:
			part *= value
		case value < 10 && part == 1000:
			part *= value // Said behind its thousands.
		default:
			part += value
		}
		large, a.to = large || big, at+1
		if words[at].stop != 0 {
			break
		}
	}
	a.value = part
	return a, large
}

// bridges reports whether the small word at i goes on with an amount: cento e vinte.
func (lex *lexicon) bridges(words []word, i int) bool {
	w := words[i]
	if i+1 == len(words) || w.stop != 0 || !lex.joiners[w.text] && !lex.stop[w.text] {
		return false
	}
	next, _ := lex.valueOf(words[i+1])
	return next != 0
}

// valueOf returns the number that a word stands for, and whether it is one of
// those that amounts are made of.
func (lex *lexicon) valueOf(w word) (float64, bool) {
	if value, ok := lex.values[w.text]; ok {
		return value, true
	}
	if digits := lex.numbers[w.text]; digits != "" {
		value, _ := strconv.ParseFloat(digits, 64)
		return value, false
	}
	return 0, false
}

// bound reads what may be spent at most, and at least where a range is named. It
// returns where the words of it stand.
func (lex *lexicon) bound(q *Question, words []word) (from, to int) {
	found := lex.amounts(words)
	for n := 1; n < len(found); n++ {
		if low, high := found[n-1], found[n]; lex.spans(words, low, high) {
			q.AtLeast, q.AtMost = low.text(), high.text()
			return low.from, lex.pastMoney(words, high.to)
		}
	}
	for _, a := range found {
		if lex.capped(words, a) || lex.atHand(words, a) || lex.ceiling(words, a) {
			q.AtMost = a.text()
			return a.from, lex.pastMoney(words, a.to)
		}
	}
	if spent := slices.DeleteFunc(slices.Clone(found), func(a amount) bool { return !a.money }); len(spent) == 1 {
		q.Spends = spent[0].text()
	}
	return 0, 0
}

// pastMoney returns where the name of the money ends that may stand at i.
func (lex *lexicon) pastMoney(words []word, i int) int {
	for i < len(words) && (matchAny(lex.money, words[i:i+1], nil) || isSign(words[i]) || lex.tops[words[i].text]) {
		i++
	}
	return i
}

// spans reports whether two amounts are the ends of a range.
func (lex *lexicon) spans(words []word, low, high amount) bool {
	if low.value >= high.value || high.to-low.from > ceilingReach || words[low.to-1].stop != 0 {
		return false
	}
	between := words[low.to:high.from]
	for _, w := range between {
		if !lex.joiners[w.text] && !lex.ranges[w.text] && !isSign(w) && !matchAny(lex.money, []word{w}, nil) {
			return false
		}
	}
	if low.money || high.money {
		return true
	}
	before := words[max(0, low.from-ceilingReach):low.from]
	differ := slices.ContainsFunc(before, func(w word) bool { return lex.differing[w.text] })
	return high.value >= leastBare && low.from > 0 && lex.between[words[low.from-1].text] && !differ
}

// capped reports whether a phrase such as "up to" stands before an amount.
func (lex *lexicon) capped(words []word, a amount) bool {
	for _, p := range lex.upTo {
		for i := a.from - 1; i >= 0 && i >= a.from-ceilingReach; i-- {
			to, ok := p.matchAt(words, i)
			if !ok || to > a.from {
				continue
			}
			if !slices.ContainsFunc(words[to:a.from], func(w word) bool { return !isSign(w) && !lex.stop[w.text] }) {
				return true
			}
		}
	}
	return false
}

// atHand reports whether an amount of money is what the customer has to spend.
func (lex *lexicon) atHand(words []word, a amount) bool {
	if !a.money {
		return false
	}
	for i := a.from - 1; i >= 0 && i >= a.from-havingReach; i-- {
		if lex.having[words[i].text] {
			return true
		}
		if !isSign(words[i]) && !lex.stop[words[i].text] {
			break
		}
	}
	return false
}

// ceiling reports whether an amount is called a ceiling, before or behind it, or
// is what nothing may cost more than.
func (lex *lexicon) ceiling(words []word, a amount) bool {
	if !a.money && a.value < leastBare/2 {
		return false
	}
	for i := a.to; i < len(words) && i < a.to+ceilingReach && !words[i].number && !ends(words[i-1].stop); i++ {
		if lex.tops[words[i].text] || lex.ceilings[words[i].text] {
			return true
		}
	}
	for i := a.from - 1; i >= 0 && i >= a.from-ceilingReach && !words[i].number; i-- {
		if lex.ceilings[words[i].text] {
			return true
		}
	}
	for _, p := range lex.over {
		if _, _, ok := p.match(words); ok {
			return true
		}
	}
	return false
}

// withoutBeyond takes out of a message what only says again that nothing may be
// dearer than a bound: "nothing above that, please".
func (lex *lexicon) withoutBeyond(words []word) []word {
	for _, p := range lex.beyond {
		from, to, ok := p.match(words)
		if !ok || slices.ContainsFunc(words[from:min(to+2, len(words))], func(w word) bool { return w.number }) {
			continue
		}
		kept := slices.Clone(words[:from])
		if n := len(kept); n > 0 && kept[n-1].stop == 0 {
			kept[n-1].stop = words[to-1].stop
		}
		words = append(kept, words[to:]...)
	}
	return words
}

// wishesWithin puts right what a bound makes seem something else: a range is no
// comparison, and what one can pay no way of payment.
func (c *clause) wishesWithin(asked map[models.Intent]bool) {
	q := &c.question
	if q.AtLeast != "" {
		asked[models.IntentCompare], q.Both = false, false
		q.Wants = slices.DeleteFunc(q.Wants, func(i models.Intent) bool { return i == models.IntentCompare })
	}
	if q.AtMost != "" && asked[models.IntentRecommend] && len(c.topics) == 1 && c.topics[0] == topicPayment {
		c.topics, q.Topics = nil, nil
	}
}

// spending makes what a wish names of money the most that may be spent.
func (q Question) spending(remark Question) Question {
	if q.AtMost == "" && q.Intent == models.IntentRecommend {
		q.AtMost = q.Spends
		if q.AtMost == "" {
			q.AtMost = remark.Spends
		}
	}
	return q
}

// givesFor reports whether a question that asks for nothing else names an amount
// of money and speaks of a present.
func (q Question) givesFor(remark Question) bool {
	if q.Intent != models.IntentOther || q.Spends == "" && remark.Spends == "" || len(q.Topics) > 0 {
		return false
	}
	gift, known := trade.Named("gift")
	return known && slices.ContainsFunc(slices.Concat(q.said.words, remark.said.words), func(w word) bool { return w.wants[gift] > 0 })
}

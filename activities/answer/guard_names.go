package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kedai/models"
)

// links refuses URLs, addresses and phone numbers that aren't the evidence's. An
// address that the customer wrote may be said back where a code goes to it.
func (c *check) links() {
	for i := range c.tokens {
		t := &c.tokens[i]
		if !t.address {
			continue
		}
		mail := strings.Contains(t.text, "@") && !strings.Contains(t.text, "://")
		holds := func(p *proofText) bool {
			return slices.ContainsFunc(p.tokens, func(e token) bool {
				return e.address && strings.EqualFold(strings.TrimSuffix(e.text, "/"), strings.TrimSuffix(t.text, "/"))
			})
		}
		known := c.anyText(holds)
		switch {
		case mail && c.codeGoesTo(i, holds):
			continue
		case known && (mail || c.ordersCited < 2 || c.ofThisOrder(i, holds)):
			continue
		case known:
			c.refuse(ViolationOrder, t.text)
			continue
		}
		if mail {
			c.refuse(ViolationEmail, t.text)
		} else {
			c.refuse(ViolationURL, t.text)
		}
	}
	c.phones()
}

// anyText reports whether a text of the cited evidence is as wanted.
func (c *check) anyText(is func(*proofText) bool) bool {
	for p := range c.cited {
		for i := range p.texts {
			if is(&p.texts[i]) {
				return true
			}
		}
	}
	return false
}

// codeGoesTo reports whether a sentence says that a one-time code goes to an
// address of the customer's, or asks about it, where the look-up of orders lets
// a reply do so.
func (c *check) codeGoesTo(at int, holds func(*proofText) bool) bool {
	codes := c.codesAllowed()
	if !codes.sent && !codes.offered || !slices.ContainsFunc(c.said, func(p proofText) bool { return holds(&p) }) {
		return false
	}
	sentence := c.segmentOf(at).sentence
	return slices.ContainsFunc(c.segments, func(s segment) bool {
		return s.sentence == sentence && (s.asks || has(c.g.oneTime, c.tokens[s.from:s.to]))
	})
}

// phones takes phone numbers out of the figures, and refuses those that aren't
// the evidence's in any national form.
func (c *check) phones() {
	for _, at := range phoneForm.FindAllStringIndex(c.text, -1) {
		written := c.text[at[0]:at[1]]
		digits := strings.TrimPrefix(models.NormalPhone(written), "+")
		if len(digits) < leastPhone || !strings.ContainsAny(written, "+-()") || c.within(at[0], at[1]) || strings.Contains(c.turn.Shop, written) {
			continue
		}
		c.quantities = slices.DeleteFunc(c.quantities, func(q quantity) bool {
			start := c.tokens[q.from].start
			return at[0] <= start && start < at[1]
		})
		if !c.anyText(func(p *proofText) bool { return hasPhone(p.text, digits) }) {
			c.refuse(ViolationPhone, written)
		}
	}
}

// within reports whether a place is inside of an address.
func (c *check) within(from, to int) bool {
	return slices.ContainsFunc(c.tokens, func(t token) bool { return t.address && t.start <= from && to <= t.end })
}

// nationalDigits are those of a phone number that a country's prefix, and a
// digit dialled before it, may stand in front of.
const nationalDigits = 10

func hasPhone(text, digits string) bool {
	for _, at := range phoneForm.FindAllString(text, -1) {
		other := strings.TrimPrefix(models.NormalPhone(at), "+")
		if len(other) < leastPhone {
			continue
		}
		n := min(len(digits), len(other), nationalDigits)
		if digits[len(digits)-n:] == other[len(other)-n:] {
			return true
		}
	}
	return false
}

// codes refuses codes that no cited evidence has. One that only the customer
// named may be denied, never confirmed.
func (c *check) codes() {
	for i := 0; i < len(c.tokens); i++ {
		to := i + 1
		letters, figures := c.tokens[i].upper, c.tokens[i].number
		for to < len(c.tokens) && c.tokens[to].glued {
			letters = letters || c.tokens[to].upper
			figures = figures || c.tokens[to].number
			to++
		}
		if to == i+1 || !letters || !figures || c.tokens[i].address {
			continue
		}
		code := c.text[c.tokens[i].start:c.tokens[to-1].end]
		holds := func(p *proofText) bool { return holdsWhole(p.text, code) }
		at := i
		i = to - 1
		if c.anyText(holds) {
			if c.ordersCited > 1 && !c.ofThisOrder(at, holds) {
				c.refuse(ViolationOrder, code)
			}
			continue
		}
		if c.gluedUnit(at, to) {
			continue
		}
		here := c.segmentOf(at)
		if slices.ContainsFunc(c.said, func(p proofText) bool { return holds(&p) }) && (here.negative || here.asks || has(c.g.ended, c.tokens[here.from:here.to])) {
			continue
		}
		c.refuse(ViolationCode, code)
	}
}

// gluedUnit reports whether letters glued to a number are its unit.
func (c *check) gluedUnit(from, to int) bool {
	return slices.ContainsFunc(c.quantities, func(q quantity) bool { return q.from == from && q.to >= to })
}

// holdsWhole reports whether a text has another in it, not as part of a longer
// word.
func holdsWhole(text, part string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], part)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(part):])
		inside := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
		if !inside(before) && !inside(after) {
			return true
		}
		from = at + len(part)
	}
}

// names refuses words with a capital, and names in quotes, that neither the
// cited evidence nor the conversation has.
func (c *check) names() {
	for i := range c.tokens {
		t := &c.tokens[i]
		if !t.upper || t.address || c.g.names[t.text] || c.coded(i) {
			continue
		}
		if c.begins(i) || (utf8.RuneCountInString(t.text) < 2) || c.calls(t) {
			continue
		}
		if _, month := c.g.months[t.text]; month || c.g.weekdays[t.text] > 0 || c.g.numbers[t.text] > 0 || (c.g.stop[t.text] && !t.caps) {
			continue
		}
		if c.measures(i) {
			continue
		}
		kind := ViolationName
		if slices.ContainsFunc(c.proofs, func(p *proof) bool { return !p.cited && slices.Contains(p.title, t.root) }) {
			kind = ViolationProduct
		}
		c.refuse(kind, c.text[t.start:t.end])
	}
}

// measures reports whether a word is the currency or the unit of a figure,
// which is held against the evidence together with it.
func (c *check) measures(i int) bool {
	return slices.ContainsFunc(c.quantities, func(q quantity) bool { return q.spans(i) && !c.inName(&q) })
}

// begins reports whether a word stands where any word would have a capital:
// first in a sentence, an entry or a quotation of somebody's words.
func (c *check) begins(i int) bool {
	if i == 0 {
		return !c.quoted(i)
	}
	gap := c.text[c.tokens[i-1].end:c.tokens[i].start]
	if c.tokens[i-1].address {
		return true
	}
	if strings.ContainsAny(gap, "«“\"") {
		return false
	}
	return strings.ContainsAny(gap, ".!?\n:;¡¿•") && !(strings.TrimSpace(gap) == "." && abbreviated[c.tokens[i-1].text])
}

func (c *check) quoted(i int) bool {
	before, _ := utf8.DecodeLastRuneInString(c.text[:c.tokens[i].start])
	return strings.ContainsRune("«“\"", before)
}

// coded reports whether a word is a part of a code.
func (c *check) coded(i int) bool {
	return (c.tokens[i].glued && c.tokens[i-1].number) || (i+1 < len(c.tokens) && c.tokens[i+1].glued && c.tokens[i+1].number)
}

// calls reports whether something known is called so.
func (c *check) calls(t *token) bool {
	same := func(p *proofText) bool {
		return slices.ContainsFunc(p.tokens, func(e token) bool { return e.upper && sameName(t, &e) || e.text == t.text })
	}
	// A customer writes names in small letters.
	said := func(p proofText) bool {
		return slices.ContainsFunc(p.tokens, func(e token) bool { return sameName(t, &e) })
	}
	return c.anyText(same) || slices.ContainsFunc(c.said, said) ||
		slices.ContainsFunc(c.shop, func(e token) bool { return sameName(t, &e) })
}

// sameName reports whether two words are the same name, inflected or not.
func sameName(a, b *token) bool {
	if a.text == b.text {
		return true
	}
	shared := sharedPrefix(a.text, b.text)
	la, lb := utf8.RuneCountInString(a.text), utf8.RuneCountInString(b.text)
	return shared >= 3 && la-shared <= 3 && lb-shared <= 3 && shared*3 >= 2*max(la, lb)-1
}

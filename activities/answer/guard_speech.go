package answer

import (
	"slices"
	"unicode"

	"kedai/models"
)

// speech refuses what isn't in the turn's language, what tells of the
// instructions that a model was given, and who claims to be a person.
func (c *check) speech() {
	if from, to, leak := find(c.g.leaks, c.tokens); leak && !c.anyPhrase(c.g.leaks) {
		c.refuse(ViolationLeak, c.text[c.tokens[from].start:c.tokens[to-1].end])
	}
	c.persons()
	if spoken := c.spoken(); spoken != "" && spoken != c.turn.Language {
		c.refuse(ViolationLanguage, string(spoken))
		return
	}
	if words := c.foreign(); words != "" {
		c.refuse(ViolationLanguage, words)
	}
}

// persons refuses a reply that says that a person writes it, or no machine.
func (c *check) persons() {
	for _, s := range c.segments {
		if s.asks {
			continue
		}
		tokens := c.tokens[s.from:s.to]
		from, to, ok := find(c.g.person, tokens)
		if ok && slices.ContainsFunc(tokens[max(0, from-1):to], func(t token) bool { return c.g.not[t.text] }) {
			ok = false
		}
		if !ok {
			from, to, ok = find(c.g.machine, tokens)
		}
		if ok {
			c.refuse(ViolationPromise, c.text[tokens[from].start:tokens[to-1].end])
		}
	}
}

// near are languages that the statistics of letters take for one another.
var near = map[models.Language]map[models.Language]bool{
	models.Spanish: {models.Portuguese: true}, models.Portuguese: {models.Spanish: true},
}

// onlyIn returns the language whose small word this is, if it is of one only.
func onlyIn(word string) models.Language {
	var only models.Language
	for code, lex := range lexicons() {
		if lex.stop[word] {
			if only != "" {
				return ""
			}
			only = code
		}
	}
	return only
}

// spoken tells the language of the reply by its small words, without the names
// in it; empty where that cannot be told.
func (c *check) spoken() models.Language {
	cyrillic, latin := 0, 0
	words := map[models.Language]int{}
	for i := range c.tokens {
		t := &c.tokens[i]
		if t.number || t.address || t.upper && i > 0 {
			continue
		}
		for _, r := range t.text {
			if unicode.Is(unicode.Cyrillic, r) {
				cyrillic++
			} else {
				latin++
			}
		}
		if code := onlyIn(t.text); code != "" && !slices.ContainsFunc(c.tokens[:i], func(before token) bool { return before.text == t.text }) {
			words[code]++
		}
	}
	if cyrillic+latin < 12 {
		return ""
	}
	if cyrillic > latin {
		return models.Russian
	}
	best, most := models.Language(""), 0
	for _, code := range models.Languages() {
		if n := words[code]; n > most {
			best, most = code, n
		}
	}
	if most >= 3 && words[c.turn.Language] < most-1 && words[c.turn.Language]*2 <= most {
		return best
	}
	// Words that no list has: a text of many letters tells by those.
	if words[c.turn.Language] == 0 && latin >= 2*leastLetters {
		if likely := likeliest(c.text, latin); !near[c.turn.Language][likely] {
			return likely
		}
	}
	return ""
}

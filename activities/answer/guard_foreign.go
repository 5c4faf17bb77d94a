package answer

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"kedai/models"
)

// otherLanguages has small words of languages that no agent writes, and what is
// said in them of prices and stock.
const otherLanguages = `la le de en un e a o si se da do no na me te oui non est avec pour dans nous vous votre notre une des les cette coute coutent merci bonjour livraison sont avons pouvez jours prix
	nein ist und mit für auf die der das ein eine nicht sie wir ihr kostet kosten verfügbar lager danke bitte haben werden tage
	il gli della nel questo questa abbiamo grazie giorni consegna prezzo anche disponibile spedizione
	het een van voor niet zijn beschikbaar voorraad dagen wij deze
	og på det den ikke til koster kostar och är inte finns har dage dagar hej tack som på
	jest nie oraz kosztuje dostępny dostępna tak dziękuję proszę
	bir için ile gün stokta merhaba evet hayır ve
	este costă prețul zile nu
	dan yang harga tersedia hari tidak
	maksaa varastossa hinta
	та це що ви ми коштує наявності немає доставка днів ціна так які
	за са цена струва наличност`

// otherLetters are letters of Latin and Cyrillic that no agent's language has.
const otherLetters = "ßäöåøæœłşğışżźćśńęąřšžčěůőűțșîûіїєґўђјљњћџқәңөұһ"

var foreignWords = sync.OnceValue(func() map[string]bool { return foldedSet(otherLanguages) })

// foreignness is what shows of a reply whether it is in the turn's language.
type foreignness struct {
	own            int      // Words of the turn's language.
	strange, alien []string // Of languages that no agent speaks, and of another script.

	elsewhere map[models.Language][]string // Words of another language and not of the turn's,
	known     map[models.Language]int      // and how many it has the other way round.
}

// foreign returns words of the reply that show that it isn't in the turn's
// language; empty where they don't. The evidence's words, as names are, may be
// in any.
func (c *check) foreign() string {
	f := foreignness{elsewhere: map[models.Language][]string{}, known: map[models.Language]int{}}
	for i := range c.tokens {
		if !c.nameless(i) {
			continue
		}
		c.place(&c.tokens[i], &f)
	}
	if c.tooAlien(f.alien, f.own) {
		return strings.Join(f.alien, " ")
	}
	if len(f.strange) > 0 && f.own == 0 || len(f.strange) >= mostStrange && len(f.strange) > f.own {
		return strings.Join(f.strange, " ")
	}
	for _, code := range models.Languages() {
		if words := f.elsewhere[code]; len(words) > 0 && f.known[code] == 0 && f.own < len(words)+alikeWords {
			return strings.Join(words, " ")
		}
	}
	return ""
}

// nameless reports whether a token is a word that is no name, address or code.
func (c *check) nameless(i int) bool {
	t := &c.tokens[i]
	if t.number || t.address || t.caps || c.coded(i) {
		return false
	}
	return !t.upper || c.begins(i) || !unicode.In(firstRune(c.text[t.start:t.end]), unicode.Latin, unicode.Cyrillic)
}

// place notes which languages a word may be of.
func (c *check) place(t *token, f *foreignness) {
	raw := c.text[t.start:t.end]
	ours, theirs := knows(c.g.code, t.text), foreignWords()[t.text]
	odd := strings.ContainsAny(strings.ToLower(raw), otherLetters)
	switch {
	case !unicode.In(firstRune(raw), c.script()):
		if utf8.RuneCountInString(raw) > 1 && !c.g.names[t.text] && !c.vouched(t) {
			f.alien = append(f.alien, raw)
		}
		return
	case ours && !theirs:
		f.own++
	case (odd || theirs && !ours) && !c.vouched(t):
		f.strange = append(f.strange, raw)
	}
	for code := range lexicons() {
		if code == c.g.code {
			continue
		}
		switch other := knows(code, t.text); {
		case ours && !other:
			f.known[code]++
		case other && !ours && !slices.Contains(f.elsewhere[code], raw) && !c.vouched(t):
			f.elsewhere[code] = append(f.elsewhere[code], raw)
		}
	}
}

// knows reports whether a word is one that a language's lists have.
func knows(code models.Language, word string) bool {
	lex, g := lexicons()[code], guardLexicons()[code]
	return lex.known[word] || lex.stop[word] || g.stop[word] || g.yes[word]
}

// How many strange words a reply may have at most that has as many of its own,
// and how many more words two languages may share in one that tells nothing.
const (
	mostStrange = 3
	alikeWords  = 3
)

// tooAlien reports whether words of another script are more than a reply may
// have: a Russian one may have some Latin words.
func (c *check) tooAlien(words []string, own int) bool {
	if c.g.code == models.Russian && !slices.ContainsFunc(words, func(w string) bool { return !unicode.In(firstRune(w), unicode.Latin) }) {
		return len(words) >= mostStrange || len(words) > own
	}
	return len(words) > 0
}

// script is the letters that the turn's language is written in.
func (c *check) script() *unicode.RangeTable {
	if c.g.code == models.Russian {
		return unicode.Cyrillic
	}
	return unicode.Latin
}

// vouched reports whether a word stands in the evidence, or in the shop's name.
func (c *check) vouched(t *token) bool {
	same := func(e token) bool { return e.text == t.text }
	return slices.ContainsFunc(c.shop, same) || slices.ContainsFunc(c.proofs, func(p *proof) bool {
		return slices.ContainsFunc(p.texts, func(x proofText) bool { return slices.ContainsFunc(x.tokens, same) })
	})
}

package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// units alters what a number counts.
func (a *alterer) units() {
	text := a.good.Text
	for from, to := range a.each(a.words.units) {
		for _, at := range wordsAt(text, from) {
			rest := text[at+len(from):]
			if !a.counts(text[:at]) || strings.HasPrefix(rest, "-") || (from == "in" && capitalNext(rest)) {
				continue
			}
			options := strings.Split(to, "|")
			a.propose(at, at+len(from), options[a.rng.IntN(len(options))])
		}
	}
	for from, to := range a.each(a.words.currencies) {
		at := strings.Index(text, from)
		if at < 0 || strings.Contains(a.said, from) {
			continue
		}
		options := strings.Split(to, "|")
		a.propose(at, at+len(from), options[a.rng.IntN(len(options))])
	}
}

// capitalNext tells inches from what something comes in.
func capitalNext(rest string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	return unicode.IsUpper(next)
}

// counts reports whether a number stands at the end of a text.
func (a *alterer) counts(before string) bool {
	before = strings.TrimRight(before, " -")
	if before == "" || a.figureOfCustomer(before) {
		return false
	}
	if isDigit(before[len(before)-1]) {
		return true
	}
	word := strings.ToLower(before[strings.LastIndexAny(before, " -(\n")+1:])
	_, is := a.words.value[word]
	return is && !a.saysNumber(word)
}

func (a *alterer) figureOfCustomer(before string) bool {
	found := alterFigure.FindAllString(before, -1)
	return len(found) > 0 && strings.HasSuffix(before, found[len(found)-1]) && a.figureIn(a.said, figureReadings(found[len(found)-1])[0])
}

var (
	alterCode     = regexp.MustCompile(`[\p{Lu}]{2,}[\p{Lu}\d]*\d[\p{Lu}\d]*|\d[\p{Lu}\d]*\p{Lu}[\p{Lu}\d]{5,}`)
	alterLink     = regexp.MustCompile(`https?://[^\s]+[^\s.,;)]|[\w.]+@[\w.]+\w`)
	alterNameWord = regexp.MustCompile(`\p{Lu}[\p{L}]{2,}`)
)

// names alters a name: of a product, a carrier, a place or a way to pay, a
// code, or an address.
func (a *alterer) names() {
	text := a.good.Text
	for _, at := range alterCode.FindAllStringIndex(text, -1) {
		code := text[at[0]:at[1]]
		if strings.Contains(a.cited, code) && !strings.Contains(a.said, code) {
			a.propose(at[0], at[1], a.otherCode(code))
		}
	}
	links := alterLink.FindAllStringIndex(text, -1)
	for _, at := range links {
		link := text[at[0]:at[1]]
		if to := a.otherLink(link); strings.Contains(a.cited, link) && !strings.Contains(a.said, link) {
			a.propose(at[0], at[1], to)
		}
	}
	for _, at := range alterNameWord.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		if slices.ContainsFunc(links, func(one []int) bool { return one[0] <= at[0] && at[1] <= one[1] }) || !a.isName(text, word, at[0]) {
			continue
		}
		others := a.words.names
		if slices.Contains(alterCarriers, word) {
			others = alterCarriers
		}
		to := others[a.rng.IntN(len(others))]
		if !strings.Contains(a.cited, to) {
			a.propose(at[0], at[1], to)
		}
	}
}

var alterCarriers = []string{"UPS", "FedEx", "DHL", "USPS", "Estafeta", "Correios", "Jadlog", "Loggi", "СДЭК", "Boxberry", "DPD"}

// isName reports whether a word with a capital is one in the evidence too, and
// begins no sentence there or here. What a customer is called, what a variant
// is, and what isn't so are left alone.
func (a *alterer) isName(text, word string, at int) bool {
	before := strings.TrimRight(text[:at], " «\"(")
	if before == "" || strings.ContainsRune(".!?:\n•", []rune(before)[len([]rune(before))-1]) {
		return false
	}
	for _, e := range a.scene.Evidence {
		if e.Order != nil && strings.Contains(e.Order.Customer, word) {
			return false
		}
		if e.Product == nil {
			continue
		}
		for _, v := range e.Product.Variants {
			for _, o := range v.Options {
				if strings.Contains(o.Value, word) {
					return false
				}
			}
		}
	}
	lower := strings.ToLower(word)
	if len(wordsAt(a.cited, lower)) > 0 || len(wordsAt(text, word)) > 1 || slices.Contains(a.words.notNames, lower) {
		return false
	}
	return len(wordsAt(a.cited, word)) > 0 && !a.denied(sentenceAround(text, at))
}

func (a *alterer) denied(sentence string) bool {
	return a.words.negative.MatchString(strings.ToLower(sentence))
}

// otherCode changes the figures of a code, or two letters where it has none.
func (a *alterer) otherCode(code string) string {
	b := []byte(code)
	for i := len(b) - 1; i >= 0; i-- {
		if isDigit(b[i]) {
			b[i] = '0' + (b[i]-'0'+1+byte(a.rng.IntN(8)))%10
			return string(b)
		}
	}
	return code + "X"
}

// otherLink writes to somebody else of the shop, or leads to another page.
func (a *alterer) otherLink(link string) string {
	if _, host, mail := strings.Cut(link, "@"); mail {
		return []string{"support", "office", "team"}[a.rng.IntN(3)] + "@" + host
	}
	if cut := strings.LastIndexAny(link, "/="); a.rng.IntN(2) == 0 {
		return link[:cut+1] + "info"
	}
	return strings.Replace(link, "://", "://go.", 1)
}

// negations turns a statement into its opposite, in the grammar of the language.
func (a *alterer) negations() {
	text := a.good.Text
	for _, rule := range a.words.negations {
		for _, at := range rule.from.FindAllStringSubmatchIndex(text, -1) {
			sentence := sentenceAround(text, at[0])
			if !a.states(sentence) || (rule.only && a.denied(sentence)) {
				continue
			}
			before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
			after, _ := utf8.DecodeRuneInString(text[at[1]:])
			linked := slices.ContainsFunc(alterLink.FindAllStringIndex(text, -1), func(one []int) bool { return one[0] <= at[0] && at[1] <= one[1] })
			if linked || a.words.unlike.MatchString(strings.ToLower(text[:at[0]])) {
				continue
			}
			if unicode.IsLetter(before) || unicode.IsLetter(after) {
				continue
			}
			a.propose(at[0], at[1], string(rule.from.ExpandString(nil, rule.to, text, at)))
		}
	}
}

// states reports whether a sentence tells something that the evidence holds:
// no question, no condition, no mere courtesy.
func (a *alterer) states(sentence string) bool {
	lower := strings.ToLower(sentence)
	if strings.HasSuffix(sentence, "?") || a.words.conditional.MatchString(lower) {
		return false
	}
	shared := 0
	cited := strings.ToLower(a.cited)
	for _, w := range strings.FieldsFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if utf8.RuneCountInString(w) >= 5 && strings.Contains(cited, string([]rune(w)[:5])) {
			shared++
		} else if isDigit(w[0]) && strings.Contains(cited, w) {
			shared++
		}
	}
	return shared >= 2
}

// sentenceAround returns the sentence that a place is in.
func sentenceAround(text string, at int) string {
	for _, s := range sentences(text) {
		if from := strings.Index(text, s); from >= 0 && from <= at && at < from+len(s) {
			return s
		}
	}
	return text
}

package answer

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kedai/models"
)

// codeSayings are what one says of one-time codes. Phrases are in the form that
// pattern describes. {n} is the order's name, {code} the code and {minutes} how
// long it holds.
type codeSayings struct {
	ask     []string // Asks for one.
	again   []string // Asks for one more, where one was sent.
	missing []string // Says that it hasn't come or doesn't work.
	refuse  []string // Wants none.
	agree   []string // Agrees to an offer, where nothing but polite words is said beside it.
	polite  string
	others  []string // Other sorts of code: for discounts, of parcels.

	offer, sent, limited, wrong string
	subject, body               string // Of the mail.
}

// codePatterns are codeSayings made ready for matching.
type codePatterns struct {
	ask, again, missing, refuse, agree, others []pattern
	polite                                     map[string]bool
}

// codeLexicons are of all languages: an answer of a word or two is too short to
// tell its language.
var codeLexicons = sync.OnceValue(func() []codePatterns {
	var all []codePatterns
	for _, l := range models.Languages() {
		say := lexiconOf(l).orders.code
		all = append(all, codePatterns{
			ask: compilePatterns(say.ask), again: compilePatterns(say.again), missing: compilePatterns(say.missing), refuse: compilePatterns(say.refuse),
			agree: compilePatterns(say.agree), others: compilePatterns(say.others), polite: wordSet(say.polite),
		})
	}
	return all
})

// codeWish is what a burst wants of one-time codes.
type codeWish struct {
	send  bool     // One is to be sent.
	codes []string // That were typed.
}

func (w codeWish) any() bool { return w.send || len(w.codes) > 0 }

// oneTimeForm is a code as people type it, apart from numbers that are marked as
// something else.
var oneTimeForm = regexp.MustCompile(`(?:^|[^\pL\pN#№@$€£₽+.,\-])(\d{3}[ \-]?\d{3})(?:$|[^\pL\pN@$€£₽%.,\-]|[.,](?:$|\s))`)

// typedCodes returns the codes in a burst; none where none was asked for.
func typedCodes(t Turn) []string {
	if !t.Codes.Asked {
		return nil
	}
	var codes []string
	for _, message := range t.Messages {
		message = phoneForm.ReplaceAllStringFunc(message, func(found string) string {
			if _, is := phoneOf(found, leastPhone); is {
				return " , "
			}
			return found
		})
		for _, found := range oneTimeForm.FindAllStringSubmatch(message, -1) {
			if code := joined(found[1]); code != t.Codes.Number {
				codes = include(codes, code)
			}
		}
	}
	return codes
}

func joined(code string) string { return strings.NewReplacer(" ", "", "-", "").Replace(code) }

// withoutCodes returns messages with the codes taken out.
func withoutCodes(messages, codes []string) []string {
	if len(codes) == 0 {
		return messages
	}
	out := make([]string, len(messages))
	for i, message := range messages {
		out[i] = oneTimeForm.ReplaceAllStringFunc(message, func(found string) string {
			if slices.Contains(codes, joined(oneTimeForm.FindStringSubmatch(found)[1])) {
				return " , "
			}
			return found
		})
	}
	return out
}

// takeCodes reads what a burst wants of one-time codes, and takes the clauses
// that say so out of it: what is left is understood as ever.
func takeCodes(t Turn, found []clause, before subject) (rest []clause, wish codeWish) {
	if !t.Codes.Available {
		return found, wish
	}
	wish.codes = typedCodes(t)
	about := t.Codes.Offered || t.Codes.Asked || before.intent == models.IntentOrderStatus
	for _, c := range found {
		asks := about && !c.human && c.asksCode(t.Codes)
		if asks || !c.human && c.typesCode(wish.codes) {
			wish.send = wish.send || asks
			continue
		}
		rest = append(rest, c)
	}
	return rest, wish
}

// asksCode reports whether a clause asks for a code, or agrees to one that was
// offered.
func (c clause) asksCode(now models.CodesStanding) bool {
	onOrder := slices.Contains(c.intents, models.IntentOrderStatus)
	lexicons := codeLexicons()
	says := func(of func(codePatterns) []pattern) bool {
		return slices.ContainsFunc(lexicons, func(p codePatterns) bool { return matchAny(of(p), c.words, nil) })
	}
	switch {
	case says(func(p codePatterns) []pattern { return p.others }):
		return false
	case now.Asked && !onOrder && says(func(p codePatterns) []pattern { return p.missing }):
		return true
	case says(func(p codePatterns) []pattern { return p.refuse }):
		return false
	case says(func(p codePatterns) []pattern { return p.ask }):
		return true
	case now.Asked && !onOrder && says(func(p codePatterns) []pattern { return p.again }):
		return true
	}
	return now.Offered && !onOrder && slices.ContainsFunc(lexicons, c.agrees)
}

// agrees reports whether a clause says yes and nothing else.
func (c clause) agrees(p codePatterns) bool {
	used := make([]bool, len(c.words))
	if !matchAny(p.agree, c.words, used) {
		return false
	}
	for i, w := range c.words {
		if !used[i] && !p.polite[w.text] && !matchAny(p.agree, c.words[i:i+1], nil) {
			return false
		}
	}
	return true
}

// typesCode reports whether a clause holds one of the codes, whole or in halves.
// The numbers of clauses have no zeros before them.
func (c clause) typesCode(codes []string) bool {
	half := models.CodeDigits / 2
	return slices.ContainsFunc(c.words, func(w word) bool {
		return w.number && slices.ContainsFunc(codes, func(code string) bool {
			return slices.ContainsFunc([]string{code, code[:half], code[half:]}, func(part string) bool {
				return w.text == cmp.Or(strings.TrimLeft(part, "0"), "0")
			})
		})
	})
}

// orderWishOf is what orders are looked up by and what is wanted of codes. A
// code is no order's number, neither now nor when it was typed before.
func orderWishOf(t Turn, wish codeWish) OrderWish {
	t.Messages = withoutCodes(t.Messages, wish.codes)
	now, spoken := t.typed()
	w := orderWish(now, spoken)
	w.SendCode, w.Codes = wish.send, wish.codes
	if t.Codes.Number == "" {
		return w
	}
	isCode := func(number string) bool {
		return !slices.Contains(now.numbers, number) && number != t.Codes.Number && len(number) == models.CodeDigits && strings.Trim(number, "0123456789") == ""
	}
	w.Claims = slices.DeleteFunc(slices.Clone(w.Claims), func(c models.OrderClaim) bool { return isCode(c.Number) })
	if w.Numbers = now.numbers; len(w.Numbers) > 0 {
		return w
	}
	w.Numbers = []string{t.Codes.Number}
	if before := slices.DeleteFunc(spoken.numbers, isCode); len(before) > 0 {
		w.Numbers = before[len(before)-1:]
	}
	return w
}

// codeReply says how a look-up stands that one-time codes have to do with.
func (r *reader) codeReply(outcome models.LookupOutcome) string {
	say := r.lex.orders.code
	switch outcome {
	case models.LookupCodeSent:
		return fill(say.sent, "{minutes}", codeMinutes())
	case models.LookupCodeLimited:
		return say.limited
	case models.LookupCodeWrong:
		return say.wrong
	}
	return ""
}

// withOffer adds the offer of a code to what a reply asks for.
func (r *reader) withOffer(text string) string {
	if r.lookup.lookup.OffersCode {
		text += " " + r.lex.orders.code.offer
	}
	return text
}

func codeMinutes() string { return strconv.Itoa(int(models.CodeHolds.Minutes())) }

// CodeMail writes the mail that a one-time code is sent by.
func CodeMail(l models.Language, shop, order, code string) (subject, body string) {
	say := lexiconOf(l).orders.code
	values := []string{"{n}", order, "{shop}", shop, "{code}", code, "{minutes}", codeMinutes()}
	return fill(say.subject, values...), fill(say.body, values...)
}

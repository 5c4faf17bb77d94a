package answer

// lot is a number of pieces of one thing, in a question about several.
type lot struct {
	pieces string
	what   Question // The words, options and measures that name the thing.
}

// lots reads what is wanted of each of several things: 2 of the long cables and
// one charger. One number alone makes no lots.
func (lex *lexicon) lots(words []word) []lot {
	var starts []int
	for i, w := range words {
		if (w.number || lex.numbers[w.text] != "") && lex.counts(words, i) {
			starts = append(starts, i)
		}
	}
	if len(starts) < 2 {
		return nil
	}
	lots := make([]lot, len(starts))
	for n, start := range starts {
		end := len(words)
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		lots[n].pieces = words[start].text
		if digits := lex.numbers[words[start].text]; digits != "" {
			lots[n].pieces = digits
		}
		part := clause{words: words[start+1 : end]}
		none := make([]bool, len(part.words))
		lex.fill(&part, none, none, none)
		lots[n].what = part.question
	}
	return lots
}

package answer

import (
	"slices"
	"strings"
	"time"

	"kedai/models"
)

// reader is a turn's evidence made ready for matching.
type reader struct {
	lex      *lexicon // Of the language that the shop's texts are in.
	seed     uint64
	now      time.Time
	products []*item
	passages []*item
	orders   []*item
	lookup   *item            // How the look-up of orders ended; nil where there was none.
	top      float64          // The best score of a search.
	hours    *models.Evidence // The shop's business hours, where they are set and asked for.
	computed []models.Evidence
	next     int             // Number of the next piece that is computed.
	summed   []*item         // Products of which this reply says what they come to.
	told     map[string]bool // Sentences that this reply has already.
	lastTold string
	earlier  []term           // What was asked for just before in this burst.
	places   []place          // That were asked about last in this burst.
	does     []aspectPatterns // The service that this reply has last spoken of.

	countries map[string]bool // Parts of which the rules on sending name; nil until they are read.
}

// item is one piece of evidence.
type item struct {
	n        int
	score    float64
	product  *models.Product
	passage  *models.Passage
	order    *models.Order
	lookup   *models.OrderLookup
	title    []word // Of a product.
	head     word   // The word of the title that says what kind of thing it is.
	class    []word // The words of its type.
	kind     []word // Its type, tags, vendor and options.
	headings []word // Of a passage.
	shared   []word // Those of a title that names several matters, of which this passage is on one.
	topics   map[string]bool
	units    []unit
}

// unit is a sentence, a list entry or a table row: the least that is quoted.
type unit struct {
	text   string
	words  []word
	names  []word // Of a row: the names of its columns, said or not.
	row    bool   // Of a table.
	listed bool   // An entry of a list.
	lead   string // Of an entry: the sentence that ends with a colon before its list.
	number bool
	money  bool
	time   bool
	share  bool // It has a percentage.
}

// newReader leaves out what must not be offered.
func newReader(lex *lexicon, evidence []models.Evidence, now time.Time, seed uint64) *reader {
	r := &reader{lex: lex, now: now, seed: seed}
	for i := range evidence {
		e := &evidence[i]
		r.top, r.next = max(r.top, e.Score), max(r.next, e.N)
		switch {
		case e.Product != nil && e.Product.Published && len(e.Product.Variants) > 0:
			r.products = append(r.products, r.readProduct(e))
		case e.Passage != nil:
			r.passages = append(r.passages, r.readPassage(e))
		case e.Order != nil:
			r.orders = append(r.orders, r.readOrder(e))
		case e.Lookup != nil:
			r.lookup = &item{n: e.N, lookup: e.Lookup}
		case e.Hours != nil:
			r.hours = e
		}
	}
	return r
}

func (r *reader) readProduct(e *models.Evidence) *item {
	p := e.Product
	it := &item{n: e.N, score: e.Score, product: p, title: r.content(p.Title)}
	it.kind = r.content(p.Type + "\n" + strings.Join(p.Tags, "\n") + "\n" + p.Vendor)
	for _, v := range p.Variants {
		for _, o := range v.Options {
			it.kind = append(it.kind, r.content(o.Value)...)
		}
	}
	it.class = r.content(p.Type)
	it.head = r.head(p.Title, it.title, it.class)
	it.units = r.units(p.Body)
	return it
}

func (r *reader) readOrder(e *models.Evidence) *item {
	it := &item{n: e.N, order: e.Order}
	for _, l := range e.Order.Lines {
		it.title = append(it.title, r.content(l.Title+" "+l.Variant)...)
	}
	return it
}

// head finds the noun of a title by the word order of the language: in English
// the last word before "with", "of" or a comma, elsewhere the word that the type
// repeats, or else the first that is no adjective.
func (r *reader) head(whole string, title, kind []word) word {
	if r.lex.nounLast {
		var head word
		for _, w := range r.lex.mean(r.lex.words(whole)) {
			if head.text != "" && (r.lex.stop[w.text] || w.number) {
				break
			}
			head = w
			if w.stop != 0 {
				break
			}
		}
		return head
	}
	for _, w := range title {
		if best(w, kind) > 0 {
			return w
		}
	}
	for _, w := range title {
		if !slices.ContainsFunc(r.lex.adjectives, func(ending string) bool { return strings.HasSuffix(w.text, ending) }) {
			return w
		}
	}
	return word{}
}

func (r *reader) readPassage(e *models.Evidence) *item {
	it := &item{n: e.N, score: e.Score, passage: e.Passage, topics: map[string]bool{}}
	for i, heading := range e.Passage.Headings {
		words := r.lex.mean(r.lex.words(heading))
		it.headings = append(it.headings, words...)
		if i == 0 && len(e.Passage.Headings) > 1 && r.lex.namesSeveral(words) {
			it.shared = words
		}
	}
	for _, t := range r.lex.headedTopics(it.headings) {
		it.topics[string(t)] = true
	}
	it.units = r.units(e.Passage.Text)
	if slices.ContainsFunc(it.units, r.tellsHours) {
		it.topics[string(topicHours)] = true
	}
	return it
}

// content returns a text's words without those that say nothing. They are
// everybody's: who changes them changes a clone.
func (r *reader) content(text string) []word {
	return contentRead.of(r.lex.code, text, func() []word { return slices.Clip(r.readContent(text)) })
}

func (r *reader) readContent(text string) []word {
	words := r.lex.mean(r.lex.words(text))
	kept := words[:0]
	for _, w := range words {
		if !r.lex.stop[w.text] || w.number {
			kept = append(kept, w)
		}
	}
	return kept
}

// units cuts a text into the pieces that may be quoted. They are everybody's:
// who changes them changes a clone.
func (r *reader) units(text string) []unit {
	return unitsRead.of(r.lex.code, text, func() []unit { return slices.Clip(r.readUnits(text)) })
}

func (r *reader) readUnits(text string) []unit {
	var units []unit
	var rows [][]string
	lead := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.ReplaceAll(line, "**", ""))
		if cells, ok := cellsOf(line); ok {
			rows = append(rows, cells)
			continue
		}
		units = append(units, r.tableUnits(rows)...)
		rows = nil
		listed := isListed(line)
		if !listed && line != "" {
			lead = ""
		}
		for _, sentence := range asAnswered(sentences(tidy(line))) {
			u := r.unit(sentence)
			if u.listed = listed; listed {
				u.lead = lead
			} else if strings.HasSuffix(sentence, ":") {
				lead = sentence
			}
			units = append(units, r.quotable(u)...)
		}
	}
	return append(units, r.tableUnits(rows)...)
}

func (r *reader) unit(text string) unit {
	u := unit{text: text, words: r.lex.mean(r.lex.words(text)), share: strings.Contains(text, "%")}
	for _, f := range figures(text) {
		u.number = true
		u.money = u.money || f.price
	}
	u.time = u.number && matchAny(r.lex.timeUnit, u.words, nil)
	return u
}

// term is a word of a question and how much it tells: a word that few pieces
// of evidence hold tells more.
type term struct {
	word   word
	weight float64
}

// unheardWeight is that of a word no evidence holds. It counts against an
// answer, but less than a rare word counts for one, because chat is full of
// words that don't matter.
const unheardWeight = 2.4

// usualEvidence keeps words from losing weight where little was found.
const usualEvidence = 10

// terms weighs a question's words against the evidence.
func (r *reader) terms(words []string, factor float64) []term {
	terms := make([]term, 0, len(words))
	for _, w := range r.asked(words) {
		terms = append(terms, term{w, r.rarity(w) * factor})
	}
	return terms
}

// asked makes a question's words comparable with the shop's texts, by what they
// mean too.
func (r *reader) asked(texts []string) []word {
	words := make([]word, len(texts))
	for i, text := range texts {
		words[i] = r.word(text)
	}
	r.lex.want(words)
	return words
}

// word makes a question's word comparable with the shop's texts.
func (r *reader) word(text string) word {
	w := newWord(text, r.lex.endings)
	w.number = text != "" && isDigit(text[0])
	if w.number {
		w.text, w.stem = text, text
	}
	if group, ok := r.lex.synonyms[w.stem]; ok {
		w.stem = group
	}
	return w
}

// best returns how well the most similar of words matches w.
func best(w word, words []word) float64 {
	top := 0.0
	for i := range words {
		if s := similarity(&w, &words[i]); s > top {
			top = s
		}
	}
	return top
}

func (it *item) holds(w word) bool {
	for i := range it.units {
		if best(w, it.units[i].words) > 0 || best(w, it.units[i].names) > 0 {
			return true
		}
	}
	return false
}

// inUnits returns how well a word matches the text.
func (it *item) inUnits(w word) float64 {
	top := 0.0
	for i := range it.units {
		top = max(top, best(w, it.units[i].words), best(w, it.units[i].names))
	}
	return top
}

// covered returns the share of the terms' weight that value accounts for.
func covered(terms []term, value func(word) float64) float64 {
	sum, total := 0.0, 0.0
	for _, t := range terms {
		sum += t.weight * value(t.word)
		total += t.weight
	}
	if total == 0 {
		return 0
	}
	return sum / total
}

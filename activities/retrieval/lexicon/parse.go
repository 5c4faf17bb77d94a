package lexicon

import (
	"fmt"
	"io/fs"
	"strings"

	"kedai/models"
)

// block is a concept as a file states it:
//
//	sneakers < shoes > running, casual
//	en trainers, kicks, ?runners
//	es zapatillas, tenis
//
// First its name, then what it is a kind of, then what it leads to; then how
// each language calls it. A term with a question mark commonly means something
// else too.
type block struct {
	name    string
	service bool // It stands in the file about service.
	broader []string
	leads   []string
	terms   map[models.Language][]term
}

type term struct {
	text string
	weak bool
}

const serviceFile = "data/service.txt"

// read returns the blocks of all files, and what is wrong with them.
func read(files fs.FS) ([]block, []string) {
	var blocks []block
	var problems []string
	names, err := fs.Glob(files, "data/*.txt")
	if err != nil {
		return nil, []string{err.Error()}
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, []string{err.Error()}
		}
		more, wrong := parse(string(data))
		for i := range more {
			more[i].service = name == serviceFile
		}
		blocks = append(blocks, more...)
		for _, w := range wrong {
			problems = append(problems, name+" "+w)
		}
	}
	return blocks, problems
}

func parse(text string) ([]block, []string) {
	var blocks []block
	var problems []string
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		l, rest, isTerms := strings.Cut(line, " ")
		switch language := models.Language(l); {
		case !isTerms || !language.Valid():
			blocks = append(blocks, parseHead(line))
		case len(blocks) == 0:
			problems = append(problems, fmt.Sprintf("line %d: terms without a concept", n))
		default:
			b := &blocks[len(blocks)-1]
			b.terms[language] = append(b.terms[language], parseTerms(rest)...)
		}
	}
	return blocks, problems
}

func parseHead(line string) block {
	line, leads, _ := strings.Cut(line, ">")
	name, broader, _ := strings.Cut(line, "<")
	name = strings.TrimSpace(name)
	b := block{name: canonical(name), broader: names(broader), leads: names(leads), terms: map[models.Language][]term{}}
	b.terms[models.English] = []term{{text: name}}
	return b
}

func parseTerms(list string) []term {
	var out []term
	for text := range strings.SplitSeq(list, ",") {
		text = strings.TrimSpace(text)
		text, weak := strings.CutPrefix(text, "?")
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, term{text: text, weak: weak})
		}
	}
	return out
}

func names(list string) []string {
	var out []string
	for name := range strings.SplitSeq(list, ",") {
		if name = canonical(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// canonical is how a concept's name is written.
func canonical(name string) string {
	return strings.Join(strings.Fields(strings.ToLower(name)), "_")
}

// vocabulary gathers a language's terms.
func (x *lexicon) vocabulary(l models.Language, blocks []block) *vocabulary {
	v := &vocabulary{words: map[string][]sense{}, phrases: map[string][]phrase{}, spelling: map[string][]string{}}
	var phrases []phrase
	var rests []rest
	for _, b := range blocks {
		c := x.byName[b.name]
		for _, t := range b.terms[l] {
			stems := termStems(l, t.text)
			switch {
			case len(stems) > 1:
				phrases = append(phrases, phrase{c, stems, t.weak, bitsOf(stems)})
			case len(stems) == 1 && strings.Contains(t.text, " "):
				rests = append(rests, rest{stems[0], sense{c, t.weak}})
			case len(stems) == 1:
				v.addWord(stems[0], sense{c, t.weak})
			}
		}
	}
	v.addRests(rests)
	v.addPhrases(phrases)
	v.learnSpelling(l)
	return v
}

// rest is a term of several words of which only one says something.
type rest struct {
	stem string
	sense
}

// addRests adds words that are left of longer terms. What is left of "all in
// one" or "clothes to go out in" must not find all that is one or clothes: it
// counts for less where it is short or has a meaning of its own.
func (v *vocabulary) addRests(rests []rest) {
	own := map[string]bool{}
	for _, r := range rests {
		own[r.stem] = len(v.words[r.stem]) > 0
	}
	for _, r := range rests {
		r.weak = r.weak || own[r.stem] || len([]rune(r.stem)) < minSpelling
		v.addWord(r.stem, r.sense)
	}
}

func (v *vocabulary) addPhrases(phrases []phrase) {
	count := map[string]int{}
	for _, p := range phrases {
		for _, s := range p.stems {
			count[s]++
		}
	}
	for _, p := range phrases {
		rarest := p.stems[0]
		for _, s := range p.stems {
			if count[s] < count[rarest] {
				rarest = s
			}
		}
		v.phrases[rarest] = append(v.phrases[rarest], p)
	}
}

// termStems returns a term's different stems without its stop words, unless it
// has no others.
func termStems(l models.Language, text string) []string {
	var stems []string
	for _, w := range QueryWords(l, text, 8) {
		stems = append(stems, w.Stem)
	}
	if len(stems) == 0 {
		stems = Stems(l, text)
	}
	return distinct(stems)
}

func (v *vocabulary) addWord(stem string, s sense) {
	for i, known := range v.words[stem] {
		if known.concept == s.concept {
			v.words[stem][i].weak = known.weak && s.weak
			return
		}
	}
	v.words[stem] = append(v.words[stem], s)
}

package answer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kedai/models"
)

//go:embed places.txt
var placeData string

// place is where something may be sent, as a text names it.
type place struct {
	id       string
	within   []string // All that it lies in, the nearest first.
	from, to int      // The words that name it.
}

// placeName is one way to name a place.
type placeName struct {
	id      string
	words   []string // As placeKey has them.
	capital bool     // An abbreviation that is a word too unless in capitals.
}

// gazetteer is the places in the form that one language's words are compared in.
type gazetteer struct {
	names  map[string][]placeName // By their first word; longer names first.
	within map[string][]string
}

var gazetteers = sync.OnceValue(func() map[models.Language]*gazetteer {
	all := map[models.Language]*gazetteer{}
	for code, lex := range lexicons() {
		all[code] = readPlaces(lex)
	}
	return all
})

func readPlaces(lex *lexicon) *gazetteer {
	g := &gazetteer{names: map[string][]placeName{}, within: map[string][]string{}}
	for line := range strings.Lines(placeData) {
		head, names, ok := strings.Cut(strings.TrimSpace(line), " : ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		id, parents, _ := strings.Cut(head, " < ")
		for _, parent := range strings.Fields(parents) {
			g.within[id] = include(g.within[id], parent)
			for _, above := range g.within[parent] {
				g.within[id] = include(g.within[id], above)
			}
		}
		for _, name := range strings.Split(names, ", ") {
			name, only, _ := strings.Cut(name, "@")
			if only != "" && models.Language(only) != lex.code {
				continue
			}
			name, capital := strings.CutPrefix(name, "^")
			n := placeName{id: id, capital: capital}
			for _, w := range lex.words(name) {
				n.words = append(n.words, lex.placeKey(w))
			}
			g.names[n.words[0]] = append(g.names[n.words[0]], n)
		}
	}
	for _, names := range g.names {
		slices.SortStableFunc(names, func(a, b placeName) int { return len(b.words) - len(a.words) })
	}
	return g
}

// placeKey is what of a word a name is known by: places are inflected in
// Russian only.
func (lex *lexicon) placeKey(w word) string {
	if lex.code == models.Russian {
		return stem(w.text, lex.endings)
	}
	return w.text
}

// placesIn finds the places that a text names.
func placesIn(lex *lexicon, words []word) []place {
	g := gazetteers()[lex.code]
	if g == nil {
		return nil
	}
	var found []place
	shouted := !slices.ContainsFunc(words, func(w word) bool { return !w.upper && !w.number && utf8.RuneCountInString(w.text) > 1 })
	for i := 0; i < len(words); i++ {
		for _, name := range g.names[lex.placeKey(words[i])] {
			if (!name.capital || i > 0 && !shouted) && name.at(lex, words, i) {
				found = append(found, place{id: name.id, within: g.within[name.id], from: i, to: i + len(name.words)})
				i += len(name.words) - 1
				break
			}
		}
	}
	return found
}

func (n placeName) at(lex *lexicon, words []word, i int) bool {
	if i+len(n.words) > len(words) || (n.capital && !words[i].upper) {
		return false
	}
	for j, want := range n.words {
		if lex.placeKey(words[i+j]) != want {
			return false
		}
	}
	return true
}

// placed reports whether a word is part of a place's name.
func placed(places []place, i int) bool {
	return slices.ContainsFunc(places, func(p place) bool { return p.from <= i && i < p.to })
}

// How well a text that names places serves for one: by its own name, by what
// it lies in, the nearer the better, and as what is left of a country.
const (
	placeItself = 1.0
	placeWithin = 0.9
	placeFar    = 0.1 // Less for each step outwards.
	placeRest   = 0.4
)

// servesPlace tells how well a sentence or row serves for a place.
func (r *reader) servesPlace(p place, u unit) float64 {
	top := 0.0
	except := policyOf(r.lex.code).except
	for _, named := range placesIn(r.lex, u.words) {
		i := slices.Index(p.within, named.id)
		if i < 0 && named.id != p.id {
			continue
		}
		if matchAny(except, u.words[max(0, named.from-2):named.from], nil) {
			return 0 // All of it but this place.
		}
		if named.id == p.id {
			return placeItself
		}
		top = max(top, placeWithin-placeFar*float64(i))
	}
	if top == 0 && r.atHome(p) && matchAny(policyOf(r.lex.code).elsewhere, u.words, nil) {
		return placeRest
	}
	return top
}

// country returns the widest that a place lies in, or itself.
func (p place) country() string {
	for i := len(p.within) - 1; i >= 0; i-- {
		if p.within[i] != unionOfCountries {
			return p.within[i]
		}
	}
	return p.id
}

// unionOfCountries holds several countries.
const unionOfCountries = "cis"

// atHome reports whether a place lies in a country of which the shop's rules on
// sending name a part: the rest of that country may be it.
func (r *reader) atHome(p place) bool {
	if len(p.within) == 0 {
		return false
	}
	if r.countries == nil {
		r.countries = map[string]bool{}
		for _, it := range r.passages {
			if !it.topics[string(topicShipping)] {
				continue
			}
			for _, u := range it.units {
				for _, named := range placesIn(r.lex, u.words) {
					if len(named.within) > 0 {
						r.countries[named.country()] = true
					}
				}
			}
		}
	}
	return len(r.countries) == 0 || r.countries[p.country()]
}

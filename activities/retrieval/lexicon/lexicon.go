// Package lexicon knows the words of shops in the agent's languages: their
// stems, what else a thing is called, what is a kind of what, and which needs
// lead to which things. Its data are files of the languages and the trades;
// nothing in them is about a shop.
package lexicon

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"kedai/models"
)

//go:embed data/*.txt
var files embed.FS

// Concept is the index of a concept. Its name is what stays the same between
// versions of the data.
type Concept int

// Link leads from a concept to another that serves who asked for the first.
type Link struct {
	To     Concept
	Weight float64 // Of 1.
}

// concept is what a block of the data says.
type concept struct {
	name    string
	service bool
	broader []Concept
	leads   []Concept
	links   []Link // What serves who asks for it, itself not included.
	above   []Concept
	broad   bool // Others have it above them.
}

// phrase is a term of several words: the concept stands where all of its stems do.
type phrase struct {
	concept Concept
	stems   []string // Different ones, sorted.
	weak    bool
	bits    uint64 // Of the stems.
}

// sense is a concept that a word can mean.
type sense struct {
	concept Concept
	weak    bool // The word commonly means something else too.
}

// vocabulary is how one language names the concepts.
type vocabulary struct {
	words    map[string][]sense
	phrases  map[string][]phrase // By the rarest of their stems.
	spelling map[string][]string // Stems of words by what is left of their spelling; see spelling.go.
}

// concepts are those of all files, and vocabularies how each language names
// them. Reading them takes some tenths of a second.
var load = sync.OnceValue(func() *lexicon { return build(read(files)) })

type lexicon struct {
	concepts     []concept
	byName       map[string]Concept
	vocabularies map[models.Language]*vocabulary
	problems     []string // Names that nothing is called; a test wants none.
}

// Prepare reads the data, so that the first search needn't.
func Prepare() { load() }

// Name returns a concept's name: English, in lower case, with _ for spaces.
func (c Concept) Name() string { return load().concepts[c].name }

// Service reports whether who speaks of a concept asks about the shop's
// service rather than for a thing.
func (c Concept) Service() bool { return load().concepts[c].service }

// Above returns the broader concepts of a concept, at any distance.
func (c Concept) Above() []Concept { return load().concepts[c].above }

// Broad reports whether the concept is above any.
func (c Concept) Broad() bool { return load().concepts[c].broad }

// Links returns what else serves who asks for a concept, the best first.
func (c Concept) Links() []Link { return load().concepts[c].links }

// Named returns the concept of a name.
func Named(name string) (Concept, bool) {
	c, known := load().byName[name]
	return c, known
}

// How well a concept serves who asks for another.
const (
	toBroader = 0.5  // A text says shoes; sneakers were asked for.
	toLed     = 0.5  // A text says waterproof; it rains.
	toFirst   = 0.2  // More for the first things a need leads to: they stand in order.
	toBeside  = 0.25 // A text says leather; a handbag was asked for, which is a thing and no need.
	toFurther = 0.3  // A text says carafe; juice was asked for, and a drink leads there.
	toLeading = 0.2  // A text speaks of rain; something waterproof was asked for.
	maxFrom   = 24   // A concept that so many lead to says nothing of any of them.
	maxAbove  = 4    // Levels of broader concepts.
)

// build resolves the names and works out the links.
func build(blocks []block, problems []string) *lexicon {
	x := &lexicon{byName: map[string]Concept{}, vocabularies: map[models.Language]*vocabulary{}, problems: problems}
	for _, b := range blocks {
		if _, known := x.byName[b.name]; !known {
			x.byName[b.name] = Concept(len(x.concepts))
			x.concepts = append(x.concepts, concept{name: b.name, service: b.service})
		}
	}
	for _, l := range models.Languages() {
		x.vocabularies[l] = x.vocabulary(l, blocks)
	}
	for _, b := range blocks {
		c := &x.concepts[x.byName[b.name]]
		c.broader = union(c.broader, x.resolve(b, b.broader))
		c.leads = union(c.leads, x.resolve(b, b.leads))
	}
	x.link()
	return x
}

// resolve returns the concepts of names, which may be other English terms of them.
func (x *lexicon) resolve(b block, names []string) []Concept {
	var out []Concept
	for _, name := range names {
		c, known := x.byName[name]
		if !known {
			if c, known = x.byTerm(name); !known {
				x.problems = append(x.problems, b.name+" refers to "+name)
				continue
			}
		}
		if c != x.byName[b.name] {
			out = append(out, c)
		}
	}
	return out
}

// byTerm returns the concept that an English term names without doubt.
func (x *lexicon) byTerm(name string) (Concept, bool) {
	stems := distinct(Stems(models.English, strings.ReplaceAll(name, "_", " ")))
	v := x.vocabularies[models.English]
	if len(stems) == 1 {
		for _, s := range v.words[stems[0]] {
			if !s.weak {
				return s.concept, true
			}
		}
	}
	for _, stem := range stems {
		for _, p := range v.phrases[stem] {
			if slices.Equal(p.stems, stems) {
				return p.concept, true
			}
		}
	}
	return 0, false
}

// link works out, for each concept, all above it and what serves who asks for it.
func (x *lexicon) link() {
	from := make([][]Concept, len(x.concepts))
	for i := range x.concepts {
		for _, to := range x.concepts[i].leads {
			from[to] = append(from[to], Concept(i))
		}
	}
	for i := range x.concepts {
		c := &x.concepts[i]
		c.above = x.climb(Concept(i))
		for _, up := range c.above {
			x.concepts[up].broad = true
		}
		best := map[Concept]float64{}
		add := func(to Concept, weight float64) {
			if to != Concept(i) {
				best[to] = max(best[to], weight)
			}
		}
		for n, to := range c.leads {
			if len(c.broader) == 0 {
				add(to, toLed+toFirst/float64(n+1))
			} else {
				add(to, toBeside)
			}
		}
		for _, to := range c.broader {
			add(to, toBroader)
			// Who asks for a kind of something may be led where the whole is.
			for _, further := range x.concepts[to].leads {
				add(further, toFurther)
			}
		}
		if len(from[i]) <= maxFrom {
			for _, to := range from[i] {
				add(to, toLeading)
			}
		}
		for to, weight := range best {
			c.links = append(c.links, Link{To: to, Weight: weight})
		}
		slices.SortFunc(c.links, func(a, b Link) int {
			if a.Weight != b.Weight {
				if a.Weight > b.Weight {
					return -1
				}
				return 1
			}
			return int(a.To - b.To)
		})
	}
}

func (x *lexicon) climb(c Concept) []Concept {
	var above []Concept
	level := []Concept{c}
	for range maxAbove {
		var next []Concept
		for _, at := range level {
			for _, up := range x.concepts[at].broader {
				if up != c && !slices.Contains(above, up) {
					above, next = append(above, up), append(next, up)
				}
			}
		}
		level = next
	}
	return above
}

func union[T comparable](a, b []T) []T {
	for _, v := range b {
		if !slices.Contains(a, v) {
			a = append(a, v)
		}
	}
	return a
}

func distinct(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

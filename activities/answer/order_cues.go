package answer

import (
	"sync"

	"kedai/models"
)

// cue is a kind of words by which a message tells that it is, or isn't, about
// an order of the customer's own. Few of them tell it alone: "does my size
// come in red" has two of them and is about no order.
type cue int

const (
	cueMine    cue = iota // An order or a parcel that is said to be the customer's.
	cueThing              // An order or a parcel.
	cueOwn                // Something is the customer's.
	cueBought             // The customer has ordered.
	cueWay                // What becomes of an order: it ships, arrives, can be fetched.
	cueYet                // Of now, not of how things are in general.
	cueWhere              // Where something is, or what is new about it.
	cueChase              // Nobody says it but of an order of their own.
	cueSettled            // Something was cancelled, paid or paid back.
	cueTrack              // How a parcel is followed.
	cueGoods              // What an order holds, costs, or where it goes.
	cueOthers             // Somebody else's order.
	cueRules              // How things go in general.
	cueWhether            // Asks to be told whether, which isn't a rule's "if".
	cueWrong              // What came is broken or another thing than was ordered.
	cueSuppose            // What would be if something happened.
	cueCould              // What may still be done, or is wished to be done.
	cueKeep               // How long an order is kept for the customer.
	cueAll                // Several orders at once.
	cues
)

// cuePatterns are a language's cues, made ready for matching.
type cuePatterns [cues][]pattern

var cueLexicons = sync.OnceValue(func() map[models.Language]*cuePatterns {
	compiled := map[models.Language]*cuePatterns{}
	for code, phrases := range map[models.Language]map[cue][]string{
		models.English: englishCues, models.Spanish: spanishCues, models.Portuguese: portugueseCues, models.Russian: russianCues,
	} {
		patterns := new(cuePatterns)
		for c, list := range phrases {
			patterns[c] = compilePatterns(list)
		}
		compiled[code] = patterns
	}
	return compiled
})

// cuesOf returns a language's cues; English where there are none.
func cuesOf(code models.Language) *cuePatterns {
	if patterns, ok := cueLexicons()[code]; ok {
		return patterns
	}
	return cueLexicons()[models.English]
}

// cueSet tells which cues some words have.
type cueSet [cues]bool

func (p *cuePatterns) in(words []word) cueSet {
	var has cueSet
	for c := range p {
		has[c] = matchAny(p[c], words, nil)
	}
	return has
}

// any reports whether one of the cues is there.
func (has cueSet) any(list ...cue) bool {
	for _, c := range list {
		if has[c] {
			return true
		}
	}
	return false
}

package answer

import (
	"sync"

	"kedai/models"
)

// policyLanguage is what is needed of a language to answer about a shop's
// rules, in the form that pattern describes.
type policyLanguage struct {
	weekdays      []string // Monday first.
	months        []string
	everyDay      []string
	workdays      []string // Monday to Friday.
	weekend       []string
	rangeTo       string   // Words between the two ends of a range of days or dates.
	today         []string // Asks about the present day.
	tomorrow      []string
	steps         []string // Asks how something is done.
	aspects       map[string]aspect
	services      map[string]aspect   // What one shop does for its customers and another doesn't.
	ruleHeads     [ruleKinds][]string // Stands in the heading of a rule of a kind.
	ruleWords     [ruleKinds]string   // What such a rule is searched with.
	ways          []string            // Asks how or where to money comes back.
	refusing      []string            // Asks what isn't so.
	refused       string              // Says no, before what is excluded.
	denying       []string            // Begins a heading that says what isn't so of what stands below it.
	except        []string            // Stands before a place that is left out.
	elsewhere     []string            // Names the rest of a country in a table.
	shippingWords []string            // What a table of where things are sent is searched with.
	express       []string            // A fast service, which is said only to who asks for one.

	over, begins []string // Tells that a promotion has ended, or that it is still to begin.
	since        []string // Stand before the day that something begins on.
	firstDay     string   // Words between a day and its month, or before a day.
	reduced      []string // Goods that are sold for less already.
	asksReduced  []string
	hypothetical []string // An order that is thought of and not placed.
	tasks        []string // What an assistant of any kind could be asked.
	facts        []string // General knowledge.
	commands     []string // Orders to the system itself.
	toModels     []string // Stands where somebody speaks to a machine in the shop's texts.
	codeNames    []string // What a discount code is called.
	codeOver     string   // Of {code} and {date}.
	codeNotYet   string
	codeUnknown  string
	noPromotion  string
}

// policyLexicon is a policyLanguage made ready for matching.
type policyLexicon struct {
	policyLanguage
	weekdays, months                     [][]pattern
	everyDay, workdays, weekend          []pattern
	rangeTo, firstDay                    map[string]bool
	today, tomorrow, steps               []pattern
	aspects, services                    []aspectPatterns
	ruleHeads                            [ruleKinds][]pattern
	ways, refusing, denying              []pattern
	except, elsewhere, express           []pattern
	over, begins, since                  []pattern
	reduced, asksReduced                 []pattern
	hypothetical, tasks, facts, commands []pattern
	toModels, codeNames                  []pattern
}

// policyLexicons compiles the languages at their first use; the result never
// changes.
var policyLexicons = sync.OnceValue(func() map[models.Language]*policyLexicon {
	return map[models.Language]*policyLexicon{
		models.English: compilePolicy(englishPolicy), models.Spanish: compilePolicy(spanishPolicy),
		models.Portuguese: compilePolicy(portuguesePolicy), models.Russian: compilePolicy(russianPolicy),
	}
})

// policyOf returns a language's data; English where there is none.
func policyOf(code models.Language) *policyLexicon {
	if p, ok := policyLexicons()[code]; ok {
		return p
	}
	return policyLexicons()[models.English]
}

func compilePolicy(l policyLanguage) *policyLexicon {
	p := &policyLexicon{
		policyLanguage: l, rangeTo: wordSet(l.rangeTo), firstDay: wordSet(l.firstDay),
		everyDay: compilePatterns(l.everyDay), workdays: compilePatterns(l.workdays), weekend: compilePatterns(l.weekend),
		today: compilePatterns(l.today), tomorrow: compilePatterns(l.tomorrow),
		steps: compilePatterns(l.steps), ways: compilePatterns(l.ways), refusing: compilePatterns(l.refusing), denying: compilePatterns(l.denying), except: compilePatterns(l.except), elsewhere: compilePatterns(l.elsewhere), express: compilePatterns(l.express),
		over: compilePatterns(l.over), begins: compilePatterns(l.begins), since: compilePatterns(l.since),
		reduced: compilePatterns(l.reduced), asksReduced: compilePatterns(l.asksReduced),
		hypothetical: compilePatterns(l.hypothetical), tasks: compilePatterns(l.tasks), facts: compilePatterns(l.facts),
		commands: compilePatterns(l.commands), toModels: compilePatterns(l.toModels), codeNames: compilePatterns(l.codeNames),
	}
	for kind := range l.ruleHeads {
		p.ruleHeads[kind] = compilePatterns(l.ruleHeads[kind])
	}
	for _, day := range l.weekdays {
		p.weekdays = append(p.weekdays, compilePatterns([]string{day}))
	}
	for _, month := range l.months {
		p.months = append(p.months, compilePatterns([]string{month}))
	}
	p.aspects, p.services = compileAspects(l.aspects), compileAspects(l.services)
	return p
}

func compileAspects(aspects map[string]aspect) []aspectPatterns {
	var compiled []aspectPatterns
	for _, name := range sortedKeys(aspects) {
		a := aspects[name]
		compiled = append(compiled, aspectPatterns{name, compilePatterns(a.ask), compilePatterns(a.tell)})
	}
	return compiled
}

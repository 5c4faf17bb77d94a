package models

import (
	"cmp"
	"slices"

	"github.com/google/uuid"
)

// FindingKind is what would make answers wrong.
type FindingKind string

// The kinds of findings in sources.
const (
	FindingPromotionWithoutEnd FindingKind = "promotion_without_end"
	FindingContradiction       FindingKind = "contradiction"
)

// Finding is something in the sources that would make answers wrong.
type Finding struct {
	Kind       FindingKind
	Subject    string // Of a contradiction: what is stated, such as returns.days.
	Statements []Statement
}

// Statement is a place in a source that a finding is about.
type Statement struct {
	SourceID uuid.UUID
	Title    string // The source's.
	Place    string // The headings above it.
	Value    string // Of a contradiction: the figure, with its unit.
	Quote    string
}

// Fact is a figure that a source states about a subject.
type Fact struct {
	Subject string
	Statement
}

// Contradictions compares the facts of the sources of one set. Two sources
// contradict each other where they state figures about the same subject and
// have none in common: one source may well state several, for several cases.
func Contradictions(facts []Fact) []Finding {
	bySubject := map[string][]Statement{}
	for _, f := range facts {
		bySubject[f.Subject] = append(bySubject[f.Subject], f.Statement)
	}
	var out []Finding
	for subject, statements := range bySubject {
		if apart := contradicting(statements); len(apart) > 0 {
			out = append(out, Finding{Kind: FindingContradiction, Subject: subject, Statements: apart})
		}
	}
	slices.SortFunc(out, func(a, b Finding) int { return cmp.Compare(a.Subject, b.Subject) })
	return out
}

// contradicting returns the statements of the sources that share no figure
// with another source.
func contradicting(statements []Statement) []Statement {
	values := map[uuid.UUID]map[string]bool{}
	for _, s := range statements {
		if values[s.SourceID] == nil {
			values[s.SourceID] = map[string]bool{}
		}
		values[s.SourceID][s.Value] = true
	}
	apart := map[uuid.UUID]bool{}
	for one, mine := range values {
		for other, theirs := range values {
			if one != other && !meet(mine, theirs) {
				apart[one] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(statements), func(s Statement) bool { return !apart[s.SourceID] })
}

func meet(a, b map[string]bool) bool {
	for v := range a {
		if b[v] {
			return true
		}
	}
	return false
}

// ProductGaps counts the published products that lack what answers need.
type ProductGaps struct {
	Products           int
	WithoutPrice       int
	WithoutDescription int
	WithoutStock       int // None of their variants can be ordered.
}

// Topic is what a shop's customers ask about, and a source may tell.
type Topic string

// Topics lists what a new account is advised to add, in its order.
func Topics() []Topic {
	return []Topic{TopicProducts, TopicShipping, TopicReturns, TopicRefunds, TopicPayment, TopicFAQ, TopicPromotions, TopicAbout}
}

// The topics.
const (
	TopicProducts   Topic = "products"
	TopicShipping   Topic = "shipping"
	TopicReturns    Topic = "returns"
	TopicRefunds    Topic = "refunds"
	TopicPayment    Topic = "payment"
	TopicFAQ        Topic = "faq"
	TopicPromotions Topic = "promotions"
	TopicAbout      Topic = "about"
)

// Examination is what was found in a revision's text as it was taken in.
type Examination struct {
	Topics   []Topic
	Facts    []Fact
	Findings []Finding
}
